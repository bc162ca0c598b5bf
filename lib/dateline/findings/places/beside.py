"""The wider places that the words around a name put it in: "X, Y", "X, a town in Y", "Y's X", "the Z city of X"."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.findings.places import words
from dateline.findings.places.recognise import LOWER, Tokens, Toponym, container, previous

# Farthest a name is followed by its wider place, in tokens: ", a small port on the coast in the north of Y".
_REACH = 12
_LINKS = frozenset(["in", "of", "on", "within", "inside"])
_SMALL_WORDS = frozenset(["the", "a", "an", "its", "one", "s"])
_ENDS_A_PHRASE = (
    words.SPEECH | words.PLACING - _LINKS | frozenset(["for", "by", "with", "and", "or", "but", "as"])
)


def wider_beside(tokens: Tokens, toponym: Toponym, at: dict[int, Toponym]) -> list[Toponym]:
    """The names that the words beside ``toponym`` make its wider places, nearest first."""
    wider = list(_after(tokens, toponym, at))
    direct = container(tokens, toponym, at)
    if direct is not None and direct not in wider and not in_a_list(tokens, toponym, direct, at):
        wider.append(direct)
    owner = _owner(tokens, toponym, at)
    if owner is not None:
        wider.append(owner)
    return wider


def stated_beside(tokens: Tokens, toponym: Toponym, at: dict[int, Toponym]) -> list[Toponym]:
    """The wider places a text plainly puts ``toponym`` in, lists left out: "X, Y, …", "X, a town in Y"."""
    stated = [wider for wider in _after(tokens, toponym, at) if wider.form == "name"]
    direct = container(tokens, toponym, at)
    if direct is not None and direct not in stated and _closes(tokens, direct):
        before = previous(tokens, toponym)
        if before is None or not any(
            at[k].last == before for k in range(max(0, before - 3), before + 1) if k in at
        ):
            stated.append(direct)
    return stated


def _closes(tokens: Tokens, toponym: Toponym) -> bool:
    """Whether no list goes on after the name, and it is not a country that does something: "In X, Y said"."""
    after = toponym.last + 1
    if after >= len(tokens):
        return True
    gap = tokens.gap(toponym.last)
    word = tokens.folded[after]
    if gap == ", ":
        return tokens.shapes[after] == LOWER and word not in ("and", "or")
    if gap == " " and any(c.place.kind == "country" for c in toponym.candidates):
        return word in words.LOCATIVE or word in ("on", "after", "when", "where", "during", "last", "this")
    return word not in ("and", "or")


def in_a_list(tokens: Tokens, toponym: Toponym, other: Toponym, at: dict[int, Toponym]) -> bool:
    """Whether "X, Y" are two items of a list of countries or of divisions, not X in Y: "Ghana, Niger, Nigeria and"."""
    kinds = _wide_kinds(toponym) & _wide_kinds(other)
    if not kinds:
        return False
    after = other.last + 1
    if after + 1 < len(tokens) and tokens.sentence[after] == other.sentence:
        following = at.get(after if tokens.gap(other.last) == ", " else after + 1)
        joined = tokens.folded[after] in ("and", "or") or tokens.gap(other.last) == ", "
        if joined and following is not None and kinds & _wide_kinds(following):
            return True
    before = previous(tokens, toponym)
    return before is not None and any(
        kinds & _wide_kinds(at[first])
        for first in range(max(0, before - 3), before + 1)
        if first in at and at[first].last == before
    )


def _wide_kinds(toponym: Toponym) -> set[str]:
    return {c.place.kind for c in toponym.candidates if c.place.kind in ("country", "division")}


def _after(tokens: Tokens, toponym: Toponym, at: dict[int, Toponym]) -> Iterator[Toponym]:
    """The wider places that follow: "X in Y", "X, in the north of Y", "X, a port in the Z province of Y"."""
    index = toponym.last + 1
    if toponym.possessive or toponym.form != "name" or index >= len(tokens):
        return
    opened = tokens.text[toponym.end : tokens.starts[index]]
    if opened not in (" ", ", ", " (", " – ", " — "):
        return
    if tokens.folded[index] not in _LINKS and (opened == " " or tokens.shapes[index] != LOWER):
        return
    if opened == " " and tokens.folded[index] != "in":
        return
    linked = False
    end = min(len(tokens), index + _REACH)
    while index < end and tokens.sentence[index] == toponym.sentence:
        wider = at.get(index)
        if wider is not None:
            if not linked and wider.form == "name" and not wider.possessive:
                return
            yield wider
            index = wider.last + 1
            if not _goes_on(tokens, wider, index, end):
                return
            linked = linked or wider.possessive or wider.form == "adjectival"
            continue
        linked = linked or tokens.folded[index] in _LINKS
        if not _of_the_phrase(tokens, index):
            return
        index += 1
        if index < end and tokens.gap(index - 1) not in (" ", "-", "\u00a0", "\n"):
            return


def _goes_on(tokens: Tokens, wider: Toponym, index: int, end: int) -> bool:
    """Whether a still narrower place follows: "in the US state of Y", "in Z's Y province", "in Y, Z"."""
    if index >= end:
        return False
    if wider.possessive or wider.form == "adjectival":
        return tokens.text[wider.end : tokens.starts[index]].strip("'’s ") == ""
    gap = tokens.gap(wider.last)
    if gap == " ":
        return tokens.folded[index] in words.DIVISION_WORDS
    return False


def _of_the_phrase(tokens: Tokens, index: int) -> bool:
    """Whether a token can stand between a name and its wider place: "a Kurdish mining town in the far east of"."""
    word = tokens.folded[index]
    if word in _ENDS_A_PHRASE or word in words.SPEECH_ONLY:
        return False
    if tokens.shapes[index] == LOWER:
        return word in _LINKS or word in _SMALL_WORDS or not word.endswith("ed") or word in words.FILLERS
    return tokens.bare[index] is not None or word in words.DIRECTIONS or word in words.FILLERS


def _owner(tokens: Tokens, toponym: Toponym, at: dict[int, Toponym]) -> Toponym | None:
    """The place in the possessive, or the adjective, a few tokens before in the same sentence: "Morocco's … Safi"."""
    for step in range(1, 7):
        index = toponym.first - step
        if index < 0 or tokens.sentence[index] != toponym.sentence:
            return None
        other = at.get(index)
        if other is not None and other.last < toponym.first:
            if other.possessive or other.form == "adjectival":
                return other
            if (
                step > 2
                and tokens.folded[other.last + 1] not in words.DIVISION_WORDS | words.SETTLEMENT_WORDS
            ):
                return None
        word = tokens.folded[index]
        if (
            word not in words.FILLERS
            and word not in words.DIVISION_WORDS
            and word not in words.SETTLEMENT_WORDS
        ):
            # "the US state of Y": a country's short form is its own adjective.
            return other if other is not None and step > 1 and word in ("us", "uk") else None
    return None


def town_beside(tokens: Tokens, toponym: Toponym, at: dict[int, Toponym]) -> Toponym | None:
    """The town a name is said to be a part of: Y of "the X district of Y", "X, a suburb of Y", "Y's X quarter"."""
    after = toponym.last + 1
    if toponym.form != "name" or toponym.possessive or after >= len(tokens):
        return None
    if tokens.folded[after] in words.QUARTERS and tokens.gap(toponym.last) == " ":
        if after + 2 < len(tokens) and tokens.folded[after + 1] in ("of", "in") and tokens.gap(after) == " ":
            town = at.get(after + 2)
        else:
            town = _owner(tokens, toponym, at)
        return town if town is not None and _is_town(town) else None
    return _suburb_of(tokens, toponym, at)


def _suburb_of(tokens: Tokens, toponym: Toponym, at: dict[int, Toponym]) -> Toponym | None:
    """Y of "X, a northern suburb of Y"."""
    after = toponym.last + 1
    if tokens.text[toponym.end : tokens.starts[after]] != ", " or tokens.folded[after] not in _SMALL_WORDS:
        return None
    for index in range(after + 1, min(len(tokens) - 2, after + 5)):
        if tokens.sentence[index] != toponym.sentence or tokens.shapes[index] != LOWER:
            return None
        if tokens.folded[index] in words.QUARTERS and tokens.folded[index + 1] == "of":
            town = at.get(index + 2)
            return town if town is not None and _is_town(town) else None
    return None


def _is_town(toponym: Toponym) -> bool:
    return toponym.form == "name" and any(c.place.kind == "settlement" for c in toponym.candidates)
