"""Tolls: how many people an article says were killed, injured, missing or displaced, with the words that say it.

A toll is a group of people (``quantities``) tied to a word of harm by one of a few constructions: the object of an
active verb ("killed 37 people"), the subject of a passive or intransitive one ("37 people have died"), a count
before a state ("17 dead"), or a noun ("the death toll rose to 37"). Harm to animals, money, games and figures of
speech are left out. English only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dateline.article import Toll
from dateline.findings.quantities import (
    SINGULAR,
    Group,
    Tokens,
    count_at,
    group_at,
    groups_of,
    tokens_of,
    united,
    words_in,
)

# A sentence without one of these says nothing about a toll; most sentences stop here.
_TRIGGERS = words_in(
    "kill dead death die dying injur wound hurt missing unaccounted displac homeless toll fatal surviv casualt lives "
    "life bodies body corpse perish drown slain massacre murder evacuat fled flee hospital executed assassinat forced "
    "martyr victim remains maimed slaughter treated treatment trapped lived uprooted number count"
)
_BE = frozenset(words_in("is are was were be been being 's 're am"))
_HAVE = frozenset(words_in("has have had having"))
_ADVERBS = frozenset(
    words_in(
        "also reportedly confirmed feared reported presumed believed officially all now already so far "
        "thus both later either instantly allegedly still known said thought seriously critically badly "
        "slightly severely lightly gravely mortally fatally not listed declared pronounced found there"
    )
)
_ACTIVE = {
    "killed": "killed", "kill": "killed", "kills": "killed", "killing": "killed", "slain": "killed",
    "massacred": "killed", "murdered": "killed", "murdering": "killed", "slaughtered": "killed",
    "executed": "killed", "executing": "killed", "assassinated": "killed", "drowned": "killed", "drowning": "killed",
    "injured": "injured", "injure": "injured", "injures": "injured", "injuring": "injured",
    "wounded": "injured", "wound": "injured", "wounds": "injured", "wounding": "injured",
    "hurt": "injured", "hurting": "injured", "maimed": "injured", "maiming": "injured",
    "displaced": "displaced", "displacing": "displaced", "displaces": "displaced", "uprooted": "displaced",
    "evacuated": "displaced", "evacuating": "displaced", "evacuate": "displaced",
    "hospitalised": "injured", "hospitalized": "injured",
}  # fmt: skip
_INTRANSITIVE = {
    "died": "killed", "die": "killed", "dies": "killed", "dying": "killed", "perished": "killed", "perish": "killed",
    "dead": "killed", "martyred": "killed", "deceased": "killed", "missing": "missing", "unaccounted": "missing",
    "trapped": "missing",
    "homeless": "displaced", "fled": "displaced", "fleeing": "displaced",
}  # fmt: skip
_PASSIVE_ONLY = {"injured", "wounded", "killed", "hurt", "displaced", "evacuated", "drowned", "executed", "murdered",
                 "massacred", "slaughtered", "assassinated", "slain", "maimed", "hospitalised", "hospitalized",
                 "uprooted"}  # fmt: skip
_COUNT_NOUNS = {
    "deaths": "killed", "death": "killed", "fatalities": "killed", "fatality": "killed", "bodies": "killed",
    "body": "killed", "corpses": "killed", "injuries": "injured", "injury": "injured", "disappearances": "missing",
    "killings": "killed", "murders": "killed", "drownings": "killed",
}  # fmt: skip
_OF_NOUNS = {
    "death": "killed", "deaths": "killed", "killing": "killed", "killings": "killed", "murder": "killed",
    "murders": "killed", "massacre": "killed", "slaying": "killed", "lives": "killed", "life": "killed",
    "bodies": "killed", "body": "killed", "corpses": "killed", "remains": "killed", "execution": "killed",
    "displacement": "displaced", "drowning": "killed", "disappearance": "missing",
    "wounding": "injured",
}  # fmt: skip
_TOLL_VERBS = frozenset(
    words_in(
        "to at of is was reached reaches reaching hit hits passed passes surpassed surpasses exceeded "
        "exceeds topped tops climbed rose rises stood stands put reach are were as"
    )
)
_CLAUSE = frozenset(
    words_in("after when while because but before since if whereas although though until unless")
)
_SUB = frozenset({"including", "include", "includes", "included"})
_PERPETRATORS = frozenset(
    words_in(
        "attacker attackers assailant assailants gunman gunmen shooter bomber bombers suspect suspects "
        "driver perpetrator"
    )
)
# One person who "died" is news of a toll only where the sentence says what of; the rest are obituaries.
_CAUSE = re.compile(
    r"(?i)\b(?:accident|crash\w*|collision|fire|blaze|blast|explo\w+|attack\w*|bomb\w*|shot|shoot\w*|gun\w*|"
    r"shell\w*|"
    r"strikes?|air ?strike\w*|flood\w*|quake|earthquake|storm|hurricane|cyclone|typhoon|tornado|landslide|avalanche|"
    r"fell|"
    r"fall(?:s|ing|en)?|stab\w*|clash\w*|riot\w*|protest\w*|drown\w*|collaps\w*|poison\w*|overdose|outbreak|virus|"
    r"drinking|trap\w*|struck|hit|derail\w*|sank|sunk|capsiz\w*|well|rubble|debris|heatwave|lightning|murder\w*|"
    r"kill\w*|injur\w*|mine|war|battle|fighting|slipped|search|rescue\w*)\b"
)
_GAME = re.compile(
    r"(?i)\b(?:quarterback|touchdown|linebacker|midfielder|striker|defender|fullback|nfl|nba|"
    r"premier league|"
    r"nhl|fifa|uefa|play-?off|first quarter|second half|first half|halftime|"
    r"season|injury list|knee|hamstring|ankle|squad|roster|"
    r"video ?game|gamers?|box office|episode|sequel)\b"
)
_YEAR = re.compile(r"\b(?:1[89]\d\d|20\d\d)\b")
_PAST = re.compile(
    r"(?i)\b(?:in|of|during|from|the|a|an|between)\s+(?:(?:early|late|mid)[ -])?(?:1[89]\d\d|20\d\d)s?\b|"
    r"\b(?:last (?:year|month|summer|winter|autumn|spring|decade|century)|"
    r"(?:years?|decades?|century|months) (?:ago|earlier|before)|"
    r"over the years|historic(?:al)?ly|in history|anniversary)\b"
)
_EARLIER = re.compile(
    r"(?i)(?:(?<!day )(?<!days )(?<!week )(?<!night )(?<!hours )(?<!minutes )\bearlier\b|"
    r"\bpreviously\b|\binitial(?:ly)?\b|"
    r"\b(?:up|down|raised|revised|rose|risen|increased|lowered|corrected) (?:down |up )?from\b|\bprevious\b|"
    r"\bfirst (?:put|given|reported|reports?)\b|\bfrom (?:an|the) (?:earlier|previous|initial|first)\b|\binstead of\b|"
    r"\bfewer than the\b)[^.;]{0,40}$"
)
_EARLIER_AFTER = re.compile(
    r"(?i)^(?:(?!\bfrom\b)[^.;,\d]){0,30}\b(?:(?<!day )(?<!hours )earlier|previously|initially|reported before|"
    r"(?:given|announced|reported) (?:earlier|before))\b"
)


_MONTHS = frozenset(
    words_in("january february march april may june july august september october november december")
)


def find(text: str, sentences: Sequence[tuple[int, int]]) -> list[Toll]:
    """Every toll in ``text``, in order; ``sentences`` are the spans it is divided into."""
    whole = text.lower()
    triggers = [word for word in _TRIGGERS if word in whole]
    if not triggers:
        return []
    latest = max(_YEAR.findall(text), default="")
    found: list[Toll] = []
    for start, end in sentences:
        sentence = text[start:end].lower()
        if any(word in sentence for word in triggers):
            for first, last in _pieces(start, end):
                found += _in_sentence(text, first, last, (start, end), latest)
    return found


def _pieces(start: int, end: int, size: int = 4_000) -> list[tuple[int, int]]:
    """A sentence of inhuman length is read in pieces, so that the work stays linear in it."""
    return [(i, min(i + size, end)) for i in range(start, end, size)]


def own(tolls: Sequence[Toll]) -> dict[str, Toll]:
    """The article's own figure of each kind: never a reference, a written number before a vague one, the surest
    first, and of equals the one that comes first; a later revision of the total ("rose to") outranks both.
    """
    mine = [toll for toll in tolls if not toll.reference]
    kinds = dict.fromkeys(toll.kind for toll in mine)
    return {kind: toll for kind in kinds if (toll := foremost([t for t in mine if t.kind == kind]))}


def foremost(tolls: Sequence[Toll]) -> Toll | None:
    """The best of several figures of one kind: written before vague, then the surest, then the first."""
    return max(tolls, key=_rank, default=None)


def _rank(toll: Toll) -> tuple[bool, float]:
    return not toll.vague, round(toll.confidence, 2)


class _Sentence:
    """What is known while one sentence is read: its tokens, groups, and which of them are already told of."""

    __slots__ = ("game", "groups", "piece", "span", "starts", "taken", "text", "tokens", "told")

    def __init__(self, text: str, first: int, last: int, span: tuple[int, int]) -> None:
        self.text = text
        self.span = span
        self.piece = (first, last)
        self.tokens = tokens_of(text, first, last)
        self.groups = _with_bare_members(self.tokens, groups_of(self.tokens))
        self.starts = {g.first: k for k, g in enumerate(self.groups)}
        self.taken: set[int] = set()
        self.told: list[tuple[Group, str, str, float]] = []
        self.game = bool(_GAME.search(text, first, last))

    def tell(self, members: list[int], kind: str, rule: str, confidence: float) -> None:
        """Record that the people of ``members`` (indexes of groups) came to that harm."""
        self.taken.update(members)
        self.told.append((united([self.groups[k] for k in members]), kind, rule, confidence))


def _with_bare_members(tokens: Tokens, groups: list[Group]) -> list[Group]:
    """Add the member of a list that shares its determiner: "his mother and father", "his wife and baby daughter"."""
    full: list[Group] = []
    taken = {g.first for g in groups}
    for group in groups:
        full.append(group)
        j = group.last
        if group.counted or tokens.low[j : j + 1] != ("and",) or j + 1 in taken:
            continue
        for k in range(j + 1, min(len(tokens), j + 6)):
            word = tokens.low[k]
            if word in SINGULAR and group.head in SINGULAR:
                full.append(Group(j + 1, k + 1, 1, 1, "exact", False, word, False))
                break
            if k in taken or not (word.isalnum() or "-" in word):
                break
    return full


def _in_sentence(text: str, first: int, last: int, span: tuple[int, int], latest: str) -> list[Toll]:
    s = _Sentence(text, first, last, span)
    _nothing(s)
    for i, word in enumerate(s.tokens.low):
        _nouns(s, i, word)
        if word in _ACTIVE or word in ("left", "leaving", "leaves", "leave", "claimed", "forced", "forcing"):
            _active(s, i, word)
    for i, word in enumerate(s.tokens.low):
        if word in _PASSIVE_ONLY or word in _INTRANSITIVE:
            _subject(s, i, word)
        elif word in (
            "hospital",
            "hospitals",
            "flee",
            "leave",
            "treatment",
            "treated",
            "lives",
            "life",
            "injuries",
        ):
            _phrase(s, i, word)
    tolls = [_toll(s, told, latest) for told in s.told]
    return sorted(tolls, key=lambda t: t.start)


def _toll(s: _Sentence, told: tuple[Group, str, str, float], latest: str) -> Toll:
    group, kind, rule, confidence = told
    start, end = s.tokens.start[group.first], s.tokens.end[group.last - 1]
    low = s.tokens.low
    if group.first and low[group.first - 1] in _SUB:
        rule, confidence = f"{rule}; part of a total", confidence - 0.4
    elif (group.first and low[group.first - 1] in ("another", "further")) or group.head in (
        "other",
        "others",
    ):
        confidence -= 0.05
    if (
        any(w in ("more", "further", "additional") for w in low[group.first : group.last + 1])
        and "than" not in low[group.first : group.last]
    ):
        confidence -= 0.05
    if group.head in _PERPETRATORS and group.low <= 3:
        rule, confidence = f"{rule}; those who did it", confidence - 0.35
    if low[group.last : group.last + 2] == ("of", "the") and group.last + 2 < len(low) and low[group.last + 2] in (
        "dead", "injured", "wounded", "victims", "missing"
    ):  # fmt: skip
        rule, confidence = f"{rule}; part of a total", confidence - 0.4
    reference = _refers_back(s, start, end, latest)
    return Toll(
        start=start,
        end=end,
        surface=s.text[start:end],
        kind=kind,
        low=group.low,
        high=group.high,
        qualifier=group.qualifier,
        vague=group.vague,
        sentence=s.span,
        rule=f"{rule}; of another event or an older count" if reference else rule,
        reference=reference,
        confidence=round(max(confidence, 0.05), 2),
    )


def _refers_back(s: _Sentence, start: int, end: int, latest: str) -> bool:
    """The figure is an older count of this event, or belongs to an event of another time."""
    before = s.text[max(s.span[0], start - 60) : start]
    after = s.text[end : min(s.span[1], end + 60)]
    if _EARLIER.search(before) or _EARLIER_AFTER.search(after):
        return True
    clause = _clause(s, start, end)
    if _PAST.search(clause):
        return True
    years = _YEAR.findall(clause)
    return bool(years) and max(years) < latest


def _clause(s: _Sentence, start: int, end: int) -> str:
    """The part of the sentence around the figure, from one pause to the next, 160 characters each way at most."""
    before = re.split(r"[;:]|, (?:and|but|while|when|after) ", s.text[max(s.span[0], start - 160) : start])[
        -1
    ]
    after = re.split(r"[;:]|, ", s.text[end : min(s.span[1], end + 160)])[0]
    return before + s.text[start:end] + after


def _nothing(s: _Sentence) -> None:
    """ "no injuries", "without casualties", "no immediate reports of any deaths": a toll of nought."""
    low = s.tokens.low
    for i, word in enumerate(low):
        if word not in ("no", "without", "any", "zero") or (
            word == "any" and "no" not in low[max(0, i - 5) : i]
        ):
            continue
        if word == "no" and any(w == "any" for w in low[i : i + 6]):
            continue
        harm = [w for w in low[i + 1 : i + 5] if w not in ("or", "and", "serious", "immediate", "reported")]
        kinds: list[str] = []
        for w in harm:
            if w in ("casualties", "casualty", "victims"):
                kinds += ["killed", "injured"]
            elif w in ("deaths", "fatalities", "injuries", "death", "fatality"):
                kinds.append(_COUNT_NOUNS[w])
            elif w not in ("reports", "of", "human", "loss", "life"):
                break
        for kind in dict.fromkeys(kinds):
            zero = Group(i, i + 1, 0, 0, "exact", False, "one")
            s.told.append((zero, kind, "said that there were none", 0.8))


def _nouns(s: _Sentence, i: int, word: str) -> None:
    """ "37 deaths", "the deaths of 37 people", "the death toll rose to 37", "claimed 37 lives"."""
    low = s.tokens.low
    if word == "toll" and (i == 0 or low[i - 1] not in ("a", "heavy")):
        _toll_noun(s, i)
    if word in ("number", "count") and low[i + 1 : i + 2] in (("of",), ("killed",)):
        _number_of(s, i)
    if word == "dead" and i and low[i - 1] == "the":
        _the_dead(s, i)
    if word in ("survived", "survive", "lived"):
        _none_survived(s, i)
    if word in _OF_NOUNS and low[i + 1 : i + 2] == ("of",):
        members = _object(s, i + 2)
        if members and not (word in ("life", "lives") and not _took(low, i)):
            s.tell(
                members,
                _OF_NOUNS[word],
                f"“{word} of” them",
                0.85 if word not in ("bodies", "body", "remains") else 0.7,
            )
    if word in _COUNT_NOUNS or (word in ("lives", "life") and _lost(low, i)):
        count = _count_before(s, i)
        if count and count.low:
            kind = _COUNT_NOUNS.get(word, "killed")
            s.told.append(
                (
                    replace(count, last=i + 1),
                    kind,
                    f"a count of {word}",
                    0.7 if word in ("bodies", "body") else 0.85,
                )
            )
            s.taken.update(k for k, g in enumerate(s.groups) if count.first <= g.first < i)


def _took(low: tuple[str, ...], i: int) -> bool:
    return any(
        w in ("claimed", "claiming", "claims", "took", "taken", "taking", "cost", "costing", "loss")
        for w in low[max(0, i - 3) : i]
    )


def _lost(low: tuple[str, ...], i: int) -> bool:
    """ "claimed 37 lives", "37 lives were lost"."""
    around = (*low[max(0, i - 6) : i], *low[i + 1 : i + 4])
    return any(
        w in ("claimed", "claiming", "claims", "took", "taking", "cost", "costing", "lost", "taken")
        for w in around
    )


def _count_before(s: _Sentence, i: int) -> Group | None:
    """The count whose noun is token ``i``, at most two adjectives between; a span is walked back to its hedge."""
    best = None
    for j in range(i - 1, max(-1, i - 8), -1):
        count = count_at(s.tokens, j)
        if (
            count
            and count.last <= i
            and i - count.last <= 2
            and all(w.isalpha() for w in s.tokens.low[count.last : i])
        ):
            best = count
        elif best:
            break
    return best


def _toll_noun(s: _Sentence, i: int) -> None:
    """A figure after "toll": the one reached is the toll, the one it came from is an older count."""
    low, n = s.tokens.low, len(s.tokens)
    kind = "injured" if low[max(0, i - 1)] in ("injury", "injured") else "killed"
    j, said = i + 1, False
    while j < min(n, i + 22):
        if low[j] in (";", ".") or (said and low[j] in ("people", "after")):
            break
        if low[j - 1] in _TOLL_VERBS or low[j - 1] == "from":
            group = group_at(s.tokens, j) or count_at(s.tokens, j)
            if group and group.low and group.counted and not _is_other(s, group):
                s.taken.update(k for k, g in enumerate(s.groups) if group.first <= g.first < group.last)
                s.told.append((group, kind, "the toll stands at it", 0.97))
                said, j = True, group.last
                continue
        j += 1


def _is_other(s: _Sentence, group: Group) -> bool:
    """A bare number that is a year, a share, or a comparison ("one lower than feared")."""
    after = s.tokens.low[group.last : group.last + 1]
    if group.head:
        return False
    year = 1900 <= group.low <= 2099 and group.qualifier == "exact"
    return year or after in (
        ("%",),
        ("percent",),
        ("lower",),
        ("higher",),
        ("fewer",),
        ("less",),
        ("more",),
        ("times",),
    )


_NUMBERED = {
    "dead": "killed", "deaths": "killed", "killed": "killed", "fatalities": "killed", "died": "killed",
    "lives": "killed", "injured": "injured", "wounded": "injured", "hurt": "injured", "missing": "missing",
    "displaced": "displaced", "victims": "killed", "evacuated": "displaced",
}  # fmt: skip


def _number_of(s: _Sentence, i: int) -> None:
    """ "the number of injured rose to 120", "raised to 25 the number of people killed"."""
    low = s.tokens.low
    noun = next((j for j in range(i + 1, min(len(low), i + 8)) if low[j] in _NUMBERED), None)
    if noun is None or "," in low[i:noun]:
        return
    places = [
        j
        for j in range(noun + 1, min(len(low), noun + 22))
        if low[j - 1] in _TOLL_VERBS and low[j - 1] != "of"
    ]
    before = [j for j in range(max(1, i - 8), i) if low[j - 1] == "to"]
    for j in before + places:
        if low[j - 1] in (";",):
            return
        group = group_at(s.tokens, j) or count_at(s.tokens, j)
        if group and group.counted and not _is_other(s, group):
            _state(s, group, _NUMBERED[low[noun]], "the number stands at it")
            return


def _state(s: _Sentence, group: Group, kind: str, rule: str) -> None:
    """Record a total that the text states as such, which outranks a count of some of the victims."""
    s.taken.update(k for k, g in enumerate(s.groups) if group.first <= g.first < group.last)
    s.told.append((group, kind, rule, 0.97))


def _the_dead(s: _Sentence, i: int) -> None:
    """ "bringing the dead to 12", "the dead numbered 144", "the number of dead"."""
    low = s.tokens.low
    bringing = any(w in _BRINGING for w in low[max(0, i - 4) : i])
    for j in range(i + 1, min(len(low), i + 14)):
        if (bringing and low[j - 1] == "to" and j <= i + 3) or low[j - 1] in (
            "numbered",
            "number",
            "numbering",
        ):
            group = group_at(s.tokens, j) or count_at(s.tokens, j)
            if group and group.counted and not _is_other(s, group):
                _state(s, group, "killed", "the dead come to it")
            return


_BRINGING = frozenset(
    words_in("bringing brings brought raising raises raised taking takes took pushing pushed lifting lifted")
)


def _none_survived(s: _Sentence, i: int) -> None:
    """ "None of the 20 people on board survived"."""
    low = s.tokens.low
    for j in range(max(0, i - 16), i):
        if low[j : j + 2] == ("none", "of") and (group := group_at(s.tokens, j + 2)) and group.low:
            _state(s, group, "killed", "none of them survived")


def _object(s: _Sentence, i: int) -> list[int]:
    """Indexes of the groups that start at token ``i`` (a few adverbs may come first) and are named together."""
    low = s.tokens.low
    while i < len(low) and (low[i] in ("also", "as", "up") or low[i].endswith("ly")) and i not in s.starts:
        i += 1
    if i not in s.starts:
        return []
    members = [s.starts[i]]
    while True:
        group = s.groups[members[-1]]
        nxt = _joined(s, group.last)
        if nxt is None or nxt in s.taken or _has_own_verb(s, s.groups[nxt]):
            break
        members.append(nxt)
    last = s.groups[members[-1]]
    if low[last.last : last.last + 1] == ("'s",) or low[last.last - 1].endswith(("'s", "s'")):
        return []
    return members


def _joined(s: _Sentence, j: int) -> int | None:
    """The group that token ``j`` joins to the one before it, by "and", a comma or "along with"."""
    low, n = s.tokens.low, len(s.tokens)
    stop = min(n, j + 6)
    if j < n and low[j] in ("in", "on", "at", "aboard", "from") and not _is_day(low, j + 1):
        while j < stop and low[j] not in (",", "and", "along"):
            j += 1
        placed = True
    else:
        placed = False
    if j < n and low[j] == ",":
        j += 1
        if placed and low[j : j + 1] not in (("along",), ("and",)):
            return None
    if low[j : j + 2] in (("along", "with"), ("together", "with")):
        j += 2
    elif low[j : j + 3] == ("as", "well", "as"):
        j += 3
    elif j < n and low[j] in ("and", "plus"):
        j += 1
    elif low[j - 1 : j] != (",",) or j not in s.starts or not _list_goes_on(s, s.groups[s.starts[j]]):
        return None
    return s.starts.get(j)


def _is_day(low: tuple[str, ...], j: int) -> bool:
    return j < len(low) and low[j].endswith("day")


def _list_goes_on(s: _Sentence, group: Group) -> bool:
    """After a comma a group belongs to a list only where an "and" with one more follows; else it is an apposition."""
    low, j = s.tokens.low, group.last
    if group.head == "":
        return False
    if low[j : j + 1] == (",",):
        j += 1
    return low[j : j + 1] == ("and",) and (j + 1 in s.starts or _modified(s, j + 1) is not None)


def _modified(s: _Sentence, j: int) -> int | None:
    """Token of a person without a determiner, as at the end of a list: "his wife and 19-month-old daughter"."""
    low = s.tokens.low
    for k in range(j, min(len(low), j + 5)):
        if low[k] in SINGULAR:
            return k
        if not (low[k].isalnum() or low[k] in "-" or "-" in low[k]):
            return None
    return None


def _has_own_verb(s: _Sentence, group: Group) -> bool:
    """The group is the subject of what follows it, so it is not part of the object before it."""
    ahead = s.tokens.low[group.last : group.last + 4]
    if not ahead:
        return False
    if ahead[0] in _BE or ahead[0] in _HAVE or ahead[0] in ("remain", "remained", "suffered", "sustained"):
        return True
    return any(w in _PASSIVE_ONLY or w in _INTRANSITIVE for w in ahead[:2])


def _active(s: _Sentence, i: int, word: str) -> None:
    """ "killed 37 people", "left 17 dead", "claimed 37 lives", "forced 200 families to leave"."""
    low = s.tokens.low
    if _is_passive(s, i):
        return
    members = _object(s, i + 1)
    if not members:
        members = _object_after_pair(s, i)
    if not members or any(k in s.taken for k in members):
        return
    last = s.groups[members[-1]].last
    if word in _ACTIVE:
        if (
            low[i - 1 : i] in (("or",), ("and",))
            and low[i - 2 : i - 1]
            and low[i - 2] in _ACTIVE
            and _ACTIVE[low[i - 2]] != _ACTIVE[word]
        ):
            return
        if s.game and _ACTIVE[word] != "killed":
            return
        if not _counts(s, members, _ACTIVE[word]):
            return
        s.tell(
            members, _ACTIVE[word], f"the object of “{word}”", 0.95 if s.groups[members[0]].counted else 0.8
        )
        return
    state = _state_after(low, last, word)
    if state:
        s.tell(members, state, f"“{word}” in that state", 0.95)


def _object_after_pair(s: _Sentence, i: int) -> list[int]:
    """ "killed and injured", "killing at once": the object one conjunct further is not this verb's alone."""
    low = s.tokens.low
    if low[i + 1 : i + 2] == ("off",):
        return []
    if low[i + 1 : i + 2] == ("between",):
        return _object(s, i + 1)
    return []


def _state_after(low: tuple[str, ...], j: int, verb: str) -> str | None:
    ahead = low[j : j + 5]
    if verb == "claimed":
        return None
    if verb.startswith("forc"):
        leaving = ahead[:1] == ("to",) and any(
            w in ("flee", "leave", "evacuate", "move", "abandon") for w in ahead
        )
        out = ahead[:1] in (("from",), ("out",)) and any(w in ("homes", "their") for w in ahead)
        return "displaced" if leaving or out else None
    for w in ahead:
        if w in ("dead",):
            return "killed"
        if w in ("injured", "wounded", "hurt"):
            return "injured"
        if w == "missing":
            return "missing"
        if w in ("homeless", "displaced"):
            return "displaced"
        if w not in ("more", "others", "other", "people", "and", "seriously", "badly", "critically"):
            return None
    return None


def _is_passive(s: _Sentence, i: int) -> bool:
    """An auxiliary stands before the participle: "were killed", "were shot and killed", "have been killed"."""
    low = s.tokens.low
    if low[i] not in _PASSIVE_ONLY and low[i] != "trapped":
        return False
    j = i - 1
    if (
        j >= 1
        and low[j] in ("and", "or")
        and (low[j - 1].endswith("ed") or low[j - 1] in ("shot", "beaten", "hurt", "run", "hit", "struck"))
    ):
        j -= 2
    steps = 0
    while j >= 0 and steps < 4:
        if low[j] in _BE or low[j] in ("get", "got", "gets"):
            return True
        if low[j] in _ADVERBS or low[j].endswith("ly") or low[j] in ("confirmed", "reported"):
            j, steps = j - 1, steps + 1
            continue
        return False
    return False


def _counts(s: _Sentence, members: list[int], kind: str) -> bool:
    """A group of unnamed size is not counted where its verb needs none, and a bare number may be of things."""
    group = s.groups[members[-1]]
    ahead = s.tokens.low[group.last : group.last + 3]
    if (
        group.head == ""
        and ahead
        and ahead[0] in ("hours", "days", "weeks", "months", "years", "km", "kilometres", "miles")
    ):
        return False
    return kind != "displaced" or any(s.groups[k].counted for k in members)


def _subject(s: _Sentence, i: int, word: str) -> None:
    """ "37 people have been killed", "17 dead", "20 others injured", "two are missing"."""
    low = s.tokens.low
    kind = _ACTIVE.get(word) or _INTRANSITIVE[word]
    passive = _is_passive(s, i)
    if word in _PASSIVE_ONLY and not passive and _object(s, i + 1) and not _object_taken(s, i):
        return
    if word in _PASSIVE_ONLY and not passive and _has_object(s, i):
        return
    if word == "trapped" and (
        not passive or re.search(r"(?i)\b(?:rescued|freed|pulled|saved)\b", s.text[s.piece[0] : s.piece[1]])
    ):
        return
    if word == "missing" and _misses_something(s, i):
        return
    if word == "dead" and i and low[i - 1] == "the":
        _of_the_dead(s, i)
        return
    if s.game and kind == "injured":
        return
    if i > 1 and low[i - 1] == "or" and _other_harm(low[i - 2], kind):
        _neither(s, kind)
        return
    members = _left(
        s,
        i,
        close=not (
            passive or word in ("died", "die", "dead", "missing", "perished", "drowned", "unaccounted")
        ),
    )
    if not members:
        return
    group = united([s.groups[k] for k in members])
    if low[group.last - 1].endswith("'s"):
        return
    if group.low == 1 and not group.counted:
        if word in ("missing", "fled", "fleeing", "homeless"):
            return
        if word in ("died", "die", "dies", "dying", "dead", "deceased") and not _CAUSE.search(
            s.text, *s.span
        ):
            return
        if word in ("died", "dies", "die") and low[group.first] in ("his", "her", "whose", "their"):
            return
    s.tell(members, kind, f"the subject of “{word}”", 0.95 if group.counted else 0.8)


def _neither(s: _Sentence, kind: str) -> None:
    """ "nobody was killed or hurt": nought of both; "20 were killed or hurt" is a figure of neither."""
    told = [t for t in s.told if t[0].low == 0 and t[0].high == 0]
    if told:
        s.told.append((told[-1][0], kind, told[-1][2], told[-1][3]))


def _other_harm(word: str, kind: str) -> bool:
    return (_ACTIVE.get(word) or _INTRANSITIVE.get(word) or kind) != kind


def _has_object(s: _Sentence, i: int) -> bool:
    """An object that is no counted group follows: "killed the deal", "killed many people's interest"."""
    nxt = s.tokens.low[i + 1] if i + 1 < len(s.tokens) else ""
    if nxt in ("the", "his", "her", "its", "their", "many", "any", "a", "an", "off"):
        return True
    raw = s.tokens.raw[i + 1] if nxt else ""
    return raw[:1].isupper() and not nxt.endswith("day") and nxt not in _MONTHS


def _object_taken(s: _Sentence, i: int) -> bool:
    members = _object(s, i + 1)
    return any(k in s.taken for k in members) and not any(
        g.first == s.groups[members[0]].first for g, *_ in s.told
    )


_AFTER_MISSING = frozenset(
    words_in(
        "in after and since on as at from when following near off under for with by while but or presumed feared is "
        "were are was during has have early late amid a monday tuesday wednesday thursday friday saturday sunday more "
        "according authorities officials there because so last inside beneath over two three"
    )
).__contains__


def _misses_something(s: _Sentence, i: int) -> bool:
    """ "missing funds", "missing expectations", "missing two players": no person is."""
    low = s.tokens.low
    if i + 1 < len(low) and low[i + 1][0].isalnum() and not _AFTER_MISSING(low[i + 1]):
        return True
    before = low[max(0, i - 12) : i]
    return any(
        w in "$£€" or w in ("funds", "money", "assets", "cash", "dollars", "property", "accounts")
        for w in before
    ) or (low[i + 1 : i + 2] == ("from",) and any("account" in w for w in low[i : i + 8]))


def _of_the_dead(s: _Sentence, i: int) -> None:
    """ "five of the dead": a part of the toll."""
    low = s.tokens.low
    if low[i - 2 : i - 1] != ("of",):
        return
    count = _count_before(s, i - 2)
    if count and count.last == i - 2 and low[i + 1 : i + 2] != ("people",):
        s.told.append((replace(count, last=i + 1), "killed", "a part of the dead", 0.5))


def _left(s: _Sentence, i: int, close: bool) -> list[int]:
    """Indexes of the groups that are the subject of token ``i``; ``close`` asks for one that ends beside it."""
    low = s.tokens.low
    candidate = None
    for k in range(len(s.groups) - 1, -1, -1):
        group = s.groups[k]
        if group.last > i:
            continue
        if i - group.last > (3 if close else 16):
            break
        if group.first and low[group.first - 1] in _SUB:
            continue
        if low[group.last : group.last + 2] in (("of", "them"), ("of", "whom")) and i - group.last > 2:
            continue
        if (
            k
            and low[group.first - 1] == "of"
            and s.groups[k - 1].last == group.first - 1
            and s.groups[k - 1].head
            and s.groups[k - 1].low > 1
        ):
            continue
        if k in s.taken or not _reaches(s, group.last, i):
            break
        candidate = k
        break
    if candidate is None:
        return []
    members = [candidate]
    while members[0] > 0:
        previous = members[0] - 1
        if previous in s.taken or _joined(s, s.groups[previous].last) != members[0]:
            break
        members.insert(0, previous)
    while (
        (after := _joined(s, s.groups[members[-1]].last)) is not None
        and s.groups[after].last <= i
        and after not in s.taken
    ):
        members.append(after)
    along = _joined_after_verb(s, i)
    return members + ([along] if along is not None and along not in s.taken else [])


def _joined_after_verb(s: _Sentence, i: int) -> int | None:
    """ "The 11 were killed in Kenya, along with five employees"."""
    low = s.tokens.low
    for j in range(i + 1, min(len(low), i + 10)):
        if low[j : j + 2] in (("along", "with"), ("together", "with")):
            return s.starts.get(j + 2)
        if low[j] in ("and", ";", "after", "when"):
            return None
    return None


def _reaches(s: _Sentence, j: int, i: int) -> bool:
    """Nothing between tokens ``j`` and ``i`` takes the verb away from the group before it."""
    low = s.tokens.low
    between = low[j:i]
    if any(w in (";", ":", "(", "“", '"') or w in _CLAUSE for w in between):
        return False
    if not _who_follows(between):
        return False
    commas = [k for k, w in enumerate(between) if w == ","]
    if len(commas) == 1:
        ahead = between[commas[0] + 1 : commas[0] + 2]
        if not ahead or ahead[0] not in (*_SUB, "who", "all", "most", "many", "some", "mostly"):
            return False
    if len(commas) > 4:
        return False
    if any(w in _ACTIVE or (w in _INTRANSITIVE and w != "trapped") or w == "toll" for w in between):
        return between[-1:] in (("and",), ("or",)) and not any(w == "toll" for w in between)
    if "and" in between and not _paired(between):
        inside = commas and between.index("and") < commas[-1] and len(commas) >= 2
        return bool(inside)
    return not (between and between[0] in ("'s", "'"))


def _who_follows(between: tuple[str, ...]) -> bool:
    """A relative "who" belongs to the noun beside it, so only a phrase of place may stand before it."""
    if "who" not in between:
        return True
    ahead = between[: len(between) - 1 - between[::-1].index("who")]
    return (
        not ahead
        or ahead == (",",)
        or (ahead[0] in ("in", "on", "at", "aboard", "from", "of") and "," not in ahead[:-1])
    )


def _paired(between: tuple[str, ...]) -> bool:
    """ "shot and", "trapped and": the verb is the second of a pair."""
    return between[-1] in ("and", "or") or (len(between) >= 2 and between[-2] == "and")


def _phrase(s: _Sentence, i: int, word: str) -> None:
    """Harm told in more than one word: "lost their lives", "taken to hospital", "forced to flee"."""
    low = s.tokens.low
    before = low[max(0, i - 6) : i]
    if word in ("lives", "life"):
        if low[i - 1] not in ("their", "his", "her") or low[i - 2 : i - 1] not in (
            ("lost",),
            ("lose",),
            ("losing",),
        ):
            return
        kind, verb, sure = "killed", i - 2, 0.95
    elif word in ("hospital", "hospitals"):
        verbs = [
            k
            for k in range(max(0, i - 6), i)
            if low[k] in ("taken", "rushed", "admitted", "sent", "transferred", "airlifted", "brought")
        ]
        if not verbs:
            return
        kind, verb, sure = "injured", verbs[-1], 0.8
    elif word == "injuries":
        verbs = [
            k
            for k in range(max(0, i - 6), i)
            if low[k] in ("suffered", "sustained", "treated", "received", "with")
        ]
        if not verbs or any(w == "died" for w in before):
            return
        kind, verb, sure = "injured", verbs[-1], 0.8
    elif word in ("treatment", "treated"):
        verbs = [
            k
            for k in range(max(0, i - 5), i + 1)
            if low[k] in ("brought", "treated", "receiving", "needed", "received")
        ]
        if not verbs:
            return
        kind, verb, sure = "injured", verbs[0], 0.7
    else:
        if not any(w in ("forced", "had", "ordered", "told") for w in before[-3:]):
            return
        kind, verb, sure = "displaced", i, 0.85
    if s.game:
        return
    members = _left(s, verb, close=False)
    if members and any(s.groups[k].counted for k in members):
        s.tell(members, kind, f"“{low[verb]} … {word}”" if verb != i else f"“{word}”", sure)
