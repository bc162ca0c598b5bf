"""Streets and natural features the gazetteer lacks: found by their last word, left without a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dateline.findings.places import words
from dateline.findings.places.recognise import DIGIT, TITLE, Tokens, Toponym

_STREETS = frozenset(["street", "road", "avenue", "drive", "lane", "boulevard"])
_WATERS = ("river", "creek", "lake", "bay", "falls", "springs", "beach")
_LAND = (
    "valley",
    "park",
    "grove",
    "wilderness",
    "forest",
    "island",
    "islands",
    "hills",
    "mountains",
    "canyon",
)
_NATURE = frozenset((*_WATERS, *_LAND, "peninsula", "township"))
_LONGEST = 3


@dataclass(frozen=True, slots=True)
class Unlisted:
    """A named street or feature: its tokens [first, last] and span, its sentence's number, the word for what it is."""

    first: int
    last: int
    start: int
    end: int
    sentence: int
    kind: str


def features(tokens: Tokens, found: Sequence[Toponym]) -> list[Unlisted]:
    """The streets and features of a text that no toponym of ``found`` overlaps, in order."""
    taken = {index for toponym in found for index in range(toponym.first, toponym.last + 1)}
    named: list[Unlisted] = []
    for last, word in enumerate(tokens.folded):
        if (word not in _STREETS and word not in _NATURE) or tokens.shapes[last] != TITLE or last in taken:
            continue
        first = _first(tokens, last, taken)
        if first < last and not _goes_on(tokens, last):
            kind = "street" if word in _STREETS else word.removesuffix("s")
            named.append(
                Unlisted(first, last, tokens.starts[first], tokens.ends[last], tokens.sentence[last], kind)
            )
    return named


def _first(tokens: Tokens, last: int, taken: set[int]) -> int:
    """The first token of the name that ends in token ``last``; ``last`` itself where none belongs to it."""
    first = last
    while first > 0 and last - first < _LONGEST and tokens.gap(first - 1) in (" ", "-"):
        before = first - 1
        if before in taken or tokens.shapes[before] not in (TITLE, DIGIT) or tokens.bare[before] is not None:
            break
        word = tokens.folded[before]
        if (word in words.PREMODIFIERS and word not in words.DIRECTIONS and word != "old") or len(word) < 2:
            break
        if tokens.shapes[before] == DIGIT and tokens.folded[before].isdigit():
            break
        first = before
    return first


def _goes_on(tokens: Tokens, last: int) -> bool:
    """Whether the name goes on into a body's: "Park Street Church", "Hudson Valley Bank"."""
    after = last + 1
    return tokens.bare[last] is not None or (
        after < len(tokens)
        and tokens.gap(last) in (" ", "-")
        and tokens.shapes[after] == TITLE
        and tokens.folded[after] not in words.MONTHS_AND_DAYS
    )
