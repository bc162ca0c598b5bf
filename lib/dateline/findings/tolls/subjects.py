"""Tolls told of the subject: "37 people have been killed", "17 dead", "20 taken to hospital"."""

from __future__ import annotations

import re
from dataclasses import replace

from dateline.findings.quantities import ENDERS, PLURAL, Group, count_at, united, words_in
from dateline.findings.tolls.harm import (
    ACTIVE,
    BE,
    CAUSE,
    INTRANSITIVE,
    MANNERS,
    PASSIVE_ONLY,
    PERPETRATORS,
    SUB,
)
from dateline.findings.tolls.nouns import of_the_dead
from dateline.findings.tolls.sentence import Sentence, is_part, joined, object_of
from dateline.findings.tolls.verbs import has_object, is_passive, only_thought_of

_CLAUSE = frozenset(
    words_in("after when while because but before since if whereas although though until unless")
)


def read_subject(s: Sentence, i: int, word: str) -> None:
    """ "37 people have been killed", "17 dead", "20 others injured", "two are missing"."""
    low = s.tokens.low
    kind = ACTIVE.get(word) or INTRANSITIVE[word]
    passive = is_passive(s, i)
    if i == 0 and low[1:2] in (("were",), ("was",), ("are",)) and (members := object_of(s, 2)):
        s.tell(members, kind, f"“{word} were” them", 0.9)  # "Killed were a pilot and a mechanic"
        return
    if word in PASSIVE_ONLY and not passive and object_of(s, i + 1) and not _object_taken(s, i):
        return
    if word in PASSIVE_ONLY and not passive and has_object(s, i):
        return
    if word == "trapped" and (
        not passive or re.search(r"(?i)\b(?:rescued|freed|pulled|saved)\b", s.text[s.piece[0] : s.piece[1]])
    ):
        return
    if word == "missing" and _misses_something(s, i):
        return
    if word == "dead" and i and low[i - 1] == "the":
        of_the_dead(s, i)
        return
    if s.game and kind == "injured":
        return
    if word in ("fled", "fleeing") and _escaped(s, i):
        return
    if (word == "dead" and _is_attribute(low, i)) or (word in ("die", "hurt") and only_thought_of(low, i)):
        return
    if word == "dead" and low[max(i - 2, 0) : i][-1:] == ("shot",) and low[max(i - 2, 0)] not in BE:
        members = object_of(s, i + 1)  # "troops shot dead two men"
        if members and not any(k in s.taken for k in members):
            s.tell(members, kind, "the object of “shot dead”", 0.95)
            return
    if word == "dying" and low[i - 1] == "from":
        return
    if word == "dead" and i and low[i - 2 if low[i - 1].endswith("ly") else i - 1] == "as":
        return  # "described the deal as dead"
    if word == "hurt" and not passive and _goes_on(low, i):
        return  # "stranded passengers and hurt exporters"
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
    if kind == "injured" and group.head in _ATHLETES:
        return
    if low[group.last - 1].endswith("'s") or (group.head == "" and word in ("executed", "slaughtered")):
        return
    if word in PASSIVE_ONLY and i == group.last and not passive and (whole := _whole(s, group)):
        group, members = whole, []  # "eight of the 16 people killed were French": 16 were killed
    if word in ("die", "dies") and "if" in low[max(group.first - 3, 0) : group.first]:
        return
    if group.low == 1 and not group.counted:
        if word in ("missing", "fled", "fleeing", "homeless", "trapped"):
            return
        if "if" in low[max(group.first - 3, 0) : group.first]:
            return
        if word == "hurt" and not CAUSE.search(s.text, *s.span):
            return
        if word in ("died", "die", "dies", "dying", "dead", "deceased") and not CAUSE.search(s.text, *s.span):
            return
        if word in ("died", "dies", "die") and low[group.first] in ("his", "her", "whose", "their"):
            return
    rule, sure = f"the subject of “{word}”", 0.95 if group.counted else 0.8
    if members:
        s.tell(members, kind, rule, sure)
    else:
        s.told.append((group, kind, rule, sure))


def _escaped(s: Sentence, i: int) -> bool:
    """ "Four suspects fled the scene" is an escape; those who fled a war are displaced."""
    if any(word in _SCENES for word in s.tokens.low[i + 1 : i + 4]):
        return True
    return any(group.head in PERPETRATORS for group in s.groups if i - 4 <= group.last - 1 < i)


_SCENES = frozenset(words_in("scene car vehicle van custody prison jail foot motorcycle motorbike court"))


def _is_attribute(low: tuple[str, ...], i: int) -> bool:
    """ "Two dead birds": of things that can be counted but are no people."""
    after = low[i + 1] if i + 1 < len(low) else ""
    return (
        after.endswith("s")
        and after.isalpha()
        and after not in PLURAL
        and after not in ENDERS
        and after != "bodies"
    )


def _whole(s: Sentence, group: Group) -> Group | None:
    """The 16 of "eight of the 16 people"; None for a group that is no part."""
    low = s.tokens.low[group.first : group.last]
    at = low.index("of") + 2 if "of" in low and low[low.index("of") + 1 :][:1] == ("the",) else 0
    count = count_at(s.tokens, group.first + at) if at and group.first + at < group.last else None
    return replace(count, last=group.last, head=group.head) if count and count.low > group.low else None


def _goes_on(low: tuple[str, ...], i: int) -> bool:
    """Whether a noun follows, not the end of the clause, a preposition, an adverb or a day."""
    after = low[i + 1] if i + 1 < len(low) else ""
    return after.isalpha() and after not in ENDERS and not after.endswith(("ly", "day"))


def read_to_death(s: Sentence, i: int) -> None:
    """ "Two teenagers were stabbed to death", "stabbed two teenagers to death"."""
    low = s.tokens.low
    verb = next((k for k in range(i - 2, max(i - 12, -1), -1) if low[k] in MANNERS), None)
    if verb is None:
        return
    members = object_of(s, verb + 1) if verb < i - 2 else _left(s, verb, close=False)
    if members and (verb == i - 2 or s.groups[members[-1]].last == i - 1):
        s.tell(members, "killed", f"“{low[verb]} to death”", 0.95)


_ATHLETES = frozenset(
    words_in(
        "player players teammate teammates goalkeeper defender defenders midfielder midfielders winger wingers "
        "striker strikers batsman batsmen pitcher quarterback forwards"
    )
)


def _neither(s: Sentence, kind: str) -> None:
    """ "nobody was killed or hurt": nought of both; "20 were killed or hurt" is a figure of neither."""
    told = [t for t in s.told if t[0].low == 0 and t[0].high == 0]
    if told:
        s.told.append((told[-1][0], kind, told[-1][2], told[-1][3]))


def _other_harm(word: str, kind: str) -> bool:
    return (ACTIVE.get(word) or INTRANSITIVE.get(word) or kind) != kind


def _object_taken(s: Sentence, i: int) -> bool:
    members = object_of(s, i + 1)
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


_ROLLS = frozenset(words_in("vote session meeting squad team training line-up list lineup parliament class"))


def _misses_something(s: Sentence, i: int) -> bool:
    """ "missing funds", "missing expectations", "missing two players": no person is."""
    low = s.tokens.low
    if i + 1 < len(low) and low[i + 1][0].isalnum() and not _AFTER_MISSING(low[i + 1]):
        return True
    before = low[max(0, i - 12) : i]
    if low[i + 1 : i + 2] == ("from",) and any(w in _ROLLS for w in low[i + 2 : i + 6]):
        return True
    return any(
        w in "$£€" or w in ("funds", "money", "assets", "cash", "dollars", "property", "accounts")
        for w in before
    ) or (low[i + 1 : i + 2] == ("from",) and any("account" in w for w in low[i : i + 8]))


def _left(s: Sentence, i: int, close: bool) -> list[int]:
    """Indexes of the groups that are the subject of token ``i``; ``close`` asks for one that ends beside it."""
    low = s.tokens.low
    candidate = None
    for k in range(len(s.groups) - 1, -1, -1):
        group = s.groups[k]
        if group.last > i:
            continue
        if i - group.last > (3 if close else 16):
            break
        if is_part(low, group.first):
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
        if previous in s.taken or joined(s, s.groups[previous].last) != members[0]:
            break
        members.insert(0, previous)
    while (
        (after := joined(s, s.groups[members[-1]].last)) is not None
        and s.groups[after].last <= i
        and after not in s.taken
    ):
        members.append(after)
    along = _joined_after_verb(s, i)
    return members + ([along] if along is not None and along not in s.taken else [])


def _joined_after_verb(s: Sentence, i: int) -> int | None:
    """ "The 11 were killed in Kenya, along with five employees"."""
    low = s.tokens.low
    for j in range(i + 1, min(len(low), i + 10)):
        if low[j : j + 2] in (("along", "with"), ("together", "with")):
            return s.starts.get(j + 2)
        if low[j] in ("and", ";", "after", "when"):
            return None
    return None


def _reaches(s: Sentence, j: int, i: int) -> bool:
    """Nothing between tokens ``j`` and ``i`` takes the verb away from the group before it."""
    low = s.tokens.low
    between = low[j:i]
    if any(w in (";", ":", "(", "“", '"') or w in _CLAUSE for w in between):
        return False
    if not _who_follows(between) or _says_something(between):
        return False
    commas = [k for k, w in enumerate(between) if w == ","]
    if len(commas) == 1:
        ahead = between[commas[0] + 1 : commas[0] + 2]
        if not ahead or ahead[0] not in (*SUB, "among", "who", "all", "most", "many", "some", "mostly"):
            return False
    if len(commas) > 4:
        return False
    if any(w in ACTIVE or (w in INTRANSITIVE and w != "trapped") or w == "toll" for w in between):
        return between[-1:] in (("and",), ("or",)) and not any(w == "toll" for w in between)
    if "and" in between and not _paired(between):
        inside = commas and between.index("and") < commas[-1] and len(commas) >= 2
        return bool(inside)
    return not (between and between[0] in ("'s", "'"))


def _says_something(between: tuple[str, ...]) -> bool:
    """ "Several contractors said their business had been hurt": the verb is of what they said."""
    return any(
        word in ("said", "say", "says")
        and "," not in between[:k]
        and (k == 0 or between[k - 1] not in BE)
        and between[k + 1 : k + 2] != ("to",)
        for k, word in enumerate(between)
    )


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


_FALLING = frozenset(words_in("fell fall falling plunged plunging plummeted jumped leapt leaped"))


def read_phrase(s: Sentence, i: int, word: str) -> None:
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
    elif word in ("death", "deaths"):
        if low[i - 1] not in ("their", "his", "her") or low[i - 2] != "to" or low[i - 3] not in _FALLING:
            return
        kind, verb, sure = "killed", i - 3, 0.95
    elif word == "homes":
        if low[max(i - 2, 0) : i] != ("lost", "their"):
            return
        kind, verb, sure = "displaced", i - 2, 0.9
    elif word in ("hospital", "hospitals"):
        verbs = [
            k
            for k in range(max(0, i - 6), i)
            if low[k] in ("taken", "rushed", "admitted", "sent", "transferred", "airlifted", "brought")
        ]
        if low[i - 1] == "in" and any(w in BE or w.startswith("remain") for w in low[max(i - 3, 0) : i]):
            verbs = [i - 2]
        if not verbs:
            return
        kind, verb, sure = "injured", verbs[-1], 0.8
    elif word in ("injuries", "burns", "wounds"):
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
        after = low[verbs[0] + 1 : verbs[0] + 2]
        if low[verbs[0]] == "treated" and not (
            low[verbs[0] - 1] in BE or after in (("for",), ("at",), ("in",))
        ):
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
