"""Tolls told by nouns: "37 deaths", "the death toll rose to 37", "no casualties"."""

from __future__ import annotations

from dataclasses import replace

from dateline.findings.quantities import ANIMALS, ENDERS, Group, count_at, group_at, words_in
from dateline.findings.tolls.harm import COUNT_NOUNS, NUMBERED, OF_NOUNS, PERPETRATORS, SUB, TOLL_VERBS
from dateline.findings.tolls.sentence import Sentence, is_other, object_of, state_total


def read_nothing(s: Sentence) -> None:
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
            if w in ("casualties", "casualty") or (w == "victims" and _ends_there(low, i)):
                kinds += ["killed", "injured"]
            elif w in ("deaths", "fatalities", "injuries", "death", "fatality"):
                kinds.append(COUNT_NOUNS[w])
            elif w not in ("reports", "of", "human", "loss", "life"):
                break
        for kind in dict.fromkeys(kinds):
            zero = Group(i, i + 1, 0, 0, "exact", False, "one")
            s.told.append((zero, kind, "said that there were none", 0.8))


def _ends_there(low: tuple[str, ...], i: int) -> bool:
    """ "There were no victims.", "no victims were reported"; not "no victims in this crime"."""
    after = low[i + 2] if i + 2 < len(low) else "."
    return after in (".", ",", ";", "were", "and", "or", "so")


def read_nouns(s: Sentence, i: int, word: str) -> None:
    """ "37 deaths", "the deaths of 37 people", "the death toll rose to 37", "claimed 37 lives"."""
    low = s.tokens.low
    if word == "toll" and not _is_no_toll(s, i):
        _toll_noun(s, i)
    if word in ("number", "count") and low[i + 1 : i + 2] in (("of",), ("killed",)):
        _number_of(s, i)
    if word in ("search", "searching"):
        _searched_for(s, i)
    if word == "dead" and i and low[i - 1] == "the":
        _the_dead(s, i)
    if word in ("survived", "survive", "lived"):
        _none_survived(s, i)
    if word in OF_NOUNS and low[i + 1 : i + 2] == ("of",):
        members = object_of(s, i + 2)
        if members and not (word in ("life", "lives") and not _took(low, i)):
            s.tell(
                members,
                OF_NOUNS[word],
                f"“{word} of” them",
                0.85 if word not in ("bodies", "body", "remains") else 0.7,
            )
    if (word in COUNT_NOUNS and not _modifies(low, i)) or (word in ("lives", "life") and _lost(low, i)):
        count = _count_before(s, i)
        if count and count.low:
            kind = COUNT_NOUNS.get(word, "killed")
            s.told.append(
                (
                    replace(count, last=i + 1),
                    kind,
                    f"a count of {word}",
                    0.7 if word in ("bodies", "body") else 0.85,
                )
            )
            s.taken.update(k for k, g in enumerate(s.groups) if count.first <= g.first < i)


def _modifies(low: tuple[str, ...], i: int) -> bool:
    """ "29 fatality reports", "two murder cases": a noun beside its noun counts nobody."""
    after = low[i + 1] if i + 1 < len(low) else ""
    return low[i] in _SINGULAR_NOUNS and after.isalpha() and after.endswith("s") and after not in ENDERS


_SINGULAR_NOUNS = frozenset(words_in("death fatality body injury"))


def _searched_for(s: Sentence, i: int) -> None:
    """ "The search goes on for 19 others": they are missing, unless it is suspects that are looked for."""
    low = s.tokens.low
    for j in range(i + 1, min(i + 6, len(low))):
        if low[j] == "for" and (members := object_of(s, j + 1)):
            group = s.groups[members[-1]]
            if group.counted and group.head and group.head not in PERPETRATORS:
                s.tell(members, "missing", "searched for", 0.7)
            return


def _is_no_toll(s: Sentence, i: int) -> bool:
    """ "A heavy toll", and Toll where it is a name: with a capital, unless a headline begins with it."""
    low, raw = s.tokens.low, s.tokens.raw
    if i and low[i - 1] in ("a", "heavy"):
        return True
    if raw[i] != "Toll":
        return False
    return low[i + 1 : i + 2] not in _HEADLINES if i == 0 else raw[i - 1] != "Death"


_HEADLINES = frozenset(
    (word,) for word in words_in("rises rose climbs hits reaches tops passes nears now stands from")
)


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


def _count_before(s: Sentence, i: int) -> Group | None:
    """The count whose noun is token ``i``, at most two adjectives between; a span is walked back to its hedge."""
    best = None
    for j in range(i - 1, max(-1, i - 8), -1):
        count = count_at(s.tokens, j)
        between = s.tokens.low[count.last : i] if count else ()
        if any(w in ANIMALS for w in between) or (
            s.tokens.low[i] in ("bodies", "body") and not (_CORPSES.issuperset(between) and _are_corpses(s))
        ):
            return None  # "three pet deaths", "two regulatory bodies"
        if (
            count
            and count.last <= i
            and i - count.last <= 2
            and all(w.isalpha() and w not in _LINKS for w in s.tokens.low[count.last : i])
        ):
            best = count
        elif best:
            break
    return best


_CORPSES = frozenset(
    words_in("more other dead charred burnt burned decomposed mutilated unidentified human the")
)
_LINKS = frozenset(words_in("to of in for by from on at with and or as the a an his her their"))


def _are_corpses(s: Sentence) -> bool:
    """Whether bodies are found, counted or carried, rather than sit in office."""
    return not _FOUND.isdisjoint(s.tokens.low)


_FOUND = frozenset(
    words_in(
        "recovered found pulled retrieved discovered buried identified washed morgue rubble river wreck sea "
        "debris received came lay lying strewn collected unearthed exhumed counted removed brought dug grave lake "
        "hospital mortuary scene rescuers searchers dead killed charred"
    )
)


def _toll_noun(s: Sentence, i: int) -> None:
    """A figure after "toll": the one reached is the toll, the one it came from is an older count."""
    low, n = s.tokens.low, len(s.tokens)
    kind = "injured" if low[max(0, i - 1)] in ("injury", "injured") else "killed"
    j, said = i + 1, False
    while j < min(n, i + 22):
        if low[j] in (";", ".") or (said and low[j] in ("people", "after")):
            break
        if low[j - 1] in TOLL_VERBS or low[j - 1] == "from":
            group = group_at(s.tokens, j) or count_at(s.tokens, j)
            if group and group.low and group.counted and not is_other(s, group):
                s.taken.update(k for k, g in enumerate(s.groups) if group.first <= g.first < group.last)
                s.told.append((group, kind, "the toll stands at it", 0.97))
                said, j = True, group.last
                continue
        j += 1


def _number_of(s: Sentence, i: int) -> None:
    """ "the number of injured rose to 120", "raised to 25 the number of people killed"."""
    low = s.tokens.low
    noun = next((j for j in range(i + 1, min(len(low), i + 8)) if low[j] in NUMBERED), None)
    if noun is None or "," in low[i:noun]:
        return
    places = [
        j
        for j in range(noun + 1, min(len(low), noun + 22))
        if low[j - 1] in TOLL_VERBS and low[j - 1] != "of"
    ]
    before = [j for j in range(max(1, i - 8), i) if low[j - 1] == "to"]
    for j in before + places:
        if low[j - 1] in (";",):
            return
        group = group_at(s.tokens, j) or count_at(s.tokens, j)
        if group and group.counted and not is_other(s, group):
            state_total(s, group, NUMBERED[low[noun]], "the number stands at it")
            return


def _the_dead(s: Sentence, i: int) -> None:
    """ "bringing the dead to 12", "the dead numbered 144", "the number of dead"."""
    low = s.tokens.low
    if low[i + 1 : i + 2] and low[i + 1] in SUB and (members := object_of(s, i + 2)):
        s.tell(members, "killed", "a part of the dead", 0.5)  # "the dead included four women"
        return
    bringing = any(w in _BRINGING for w in low[max(0, i - 4) : i])
    for j in range(i + 1, min(len(low), i + 14)):
        if (bringing and low[j - 1] == "to" and j <= i + 3) or low[j - 1] in (
            "numbered",
            "number",
            "numbering",
        ):
            group = group_at(s.tokens, j) or count_at(s.tokens, j)
            if group and group.counted and not is_other(s, group):
                state_total(s, group, "killed", "the dead come to it")
            return


_BRINGING = frozenset(
    words_in("bringing brings brought raising raises raised taking takes took pushing pushed lifting lifted")
)


def _none_survived(s: Sentence, i: int) -> None:
    """ "None of the 20 people on board survived"; "of the 53 on board, only two survived" is 51."""
    low = s.tokens.low
    if (
        low[:2] == ("of", "the")
        and len(s.groups) >= 2
        and s.groups[0].first in (1, 2)
        and s.groups[1].last == i
    ):
        aboard, alive = s.groups[:2]
        if aboard.low > alive.low and low[alive.first - 1] in ("only", "just"):
            lost = replace(aboard, low=aboard.low - alive.low, high=aboard.low - alive.low)
            s.told.append((lost, "killed", "those who did not survive", 0.85))
            s.taken.update((0, 1))
            return
    for j in range(max(0, i - 16), i):
        if low[j : j + 2] == ("none", "of") and (group := group_at(s.tokens, j + 2)) and group.low:
            state_total(s, group, "killed", "none of them survived")


def of_the_dead(s: Sentence, i: int) -> None:
    """ "five of the dead": a part of the toll."""
    low = s.tokens.low
    if low[i - 2 : i - 1] != ("of",):
        return
    count = _count_before(s, i - 2)
    if count and count.last == i - 2 and low[i + 1 : i + 2] != ("people",):
        s.told.append((replace(count, last=i + 1), "killed", "a part of the dead", 0.5))
