"""What a recogniser sees of a text: for each token its word's own attributes, and columns of small numbers.

One piece of code for training and for reading. A *word attribute* depends on the word alone ("ends in -stan", "a
title", "a town of a million"), so it is found once a word and kept. A *column* holds one small whole number a token,
from the token's place in the text: what parts it from its neighbours, which gazetteer name it is part of, what the
rules made of it.
"""

from __future__ import annotations

import csv
import gzip
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from dateline import shipped
from dateline.findings.places import words
from dateline.findings.places.recognise import (
    DIGIT,
    LOWER,
    PARTICLES,
    TITLE,
    UNCASED,
    UPPER,
    Tokens,
    Toponym,
    best_known,
    known,
)
from dateline.gazetteer import Candidate, Gazetteer
from dateline.gazetteer.kinds import KINDS, WATERS
from dateline.gazetteer.names import fold, without_possessive

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int32]

# Words that speak by themselves as neighbours; all others go by their class.
_SPEAKING = words.listed(
    """in at near from of to for on by with and or the a an as into outside between around across through toward
    towards throughout within over against off about after before who that which where when while is was are
    were has had have will would said says told al el de la del du san new old north south east west northern
    southern eastern western central upper lower including like via amid inside"""
)
_LISTS: tuple[tuple[str, frozenset[str]], ...] = (
    ("day", words.MONTHS_AND_DAYS),
    ("title", words.TITLES),
    ("direction", words.DIRECTIONS),
    ("street", words.STREETS),
    ("feature", words.FEATURES),
    ("sort", words.SETTLEMENT_WORDS | words.DIVISION_WORDS),
    ("local", words.LOCAL_BODIES),
    ("body", words.BODIES),
    ("person-verb", words.PERSONAL_VERBS),
    ("speech", words.SPEECH),
    ("person", words.PERSONS),
    ("event", words.EVENTS),
    ("locals", words.LOCALS),
    ("filler", words.FILLERS),
)
CLASSES: tuple[str, ...] = (
    "edge",
    *sorted(_SPEAKING),
    *(f"{case}-{name}" for case in ("low", "cap") for name, _ in _LISTS),
    *(f"low-{ending}" for ending in ("ed", "ing", "ly", "s", "an", "other")),
    *(f"cap-{sort}" for sort in ("given", "common", "adjective", "people", "country", "wide", "division")),
    *(f"cap-{sort}" for sort in ("city", "town", "village", "head", "initial", "other")),
    *(f"upp-{sort}" for sort in ("short", "place", "other")),
    "number",
    "year",
    "uncased",
)
CLASS_NUMBER = {name: number for number, name in enumerate(CLASSES)}
GAPS = (
    "edge",
    "space",
    "comma",
    "hyphen",
    "stop",
    "line",
    "open",
    "close",
    "dash",
    "quote",
    "colon",
    "slash",
    "other",
)
_GAP_NUMBER = {name: number for number, name in enumerate(GAPS)}
_KINDS = ("country", "wide", "division", "district", "settlement", "feature", "adjective", "people")
_KIND_NUMBER = {name: number for number, name in enumerate(_KINDS, 1)}
_WIDE = frozenset(["macro-region", "continent", "body", "disputed"]) | (WATERS - {"lake", "river"})
_FEATURES = frozenset(KINDS) - _WIDE - {"country", "division", "district", "settlement"}
_JOINING = frozenset(
    PARTICLES | {"county", "counties", "city", "region", "river", "province", "st", "street"}
)
# Where a token stands in a name: none, alone, first, inside, last.
OUTSIDE, ALONE, FIRST, INSIDE, LAST = range(5)
WEIGHTS = 11
VERDICTS = {"": 0, "drop": 1, "doubt": 2, "keep": 3, "inside": 4, "person": 5, "body": 6, "case": 7}


@dataclass(frozen=True, slots=True)
class Word:
    """A word as written: its class, and its attributes near (itself and next to it) and far (two words away)."""

    kind: int
    cluster: int
    own: tuple[str, ...]
    near: tuple[str, ...]
    far: tuple[str, ...]


def kind_group(candidate: Candidate) -> str:
    """A candidate's kind, coarsely: what a recogniser may tell apart."""
    if candidate.match in ("adjective", "people"):
        return candidate.match
    kind = candidate.place.kind
    if kind in _WIDE:
        return "wide"
    return "feature" if kind in _FEATURES else kind


def kind_number(candidate: Candidate) -> int:
    """``kind_group`` as a whole number above 0."""
    return _KIND_NUMBER[kind_group(candidate)]


def weight_of(candidates: Sequence[Candidate]) -> int:
    """How well known the best of ``candidates`` is, from 0 to ``WEIGHTS`` - 1."""
    return max(0, min(WEIGHTS - 1, int(max(map(known, candidates)))))


def word(surface: str, shape: int, gazetteer: Gazetteer) -> Word:
    """What the word tells by itself."""
    bare = fold(without_possessive(surface) or surface)
    cased = shape in (TITLE, UPPER, UNCASED)
    found = gazetteer.candidates(bare) if cased else ()
    best = max(found, key=known) if found else None
    share = gazetteer.common.get(bare, 0.0)
    kind = _class(surface, bare, shape, best, share, gazetteer)
    clusters = _clusters().get(cluster_key(surface), ())
    alike = [f"{name}:{number}" for name, number in zip("abc", clusters, strict=False)]
    near = [f"w:{bare}", f"k:{kind}", f"s:{_outline(surface, shape)}", *alike]
    far = [f"w:{bare}", f"k:{kind}", *alike]
    own = []
    if best is not None:
        group = kind_group(best)
        near += [f"g:{group}", f"g:{group}:{weight_of(found)}"]
        far.append(f"g:{group}")
        names = sum(c.match not in ("adjective", "people") for c in found)
        own += [f"q:{best.match}", f"n:{min(6, names)}", f"gl:{group}:{min(len(bare), 6)}"]
        own += [f"c:{int(share * 8 + 0.99)}:{weight_of(found)}"]
    elif cased:
        near.append("g:none")
    if shape != DIGIT:
        own += [f"e3:{bare[-3:]}", f"e2:{bare[-2:]}", f"b3:{bare[:3]}", f"e4:{bare[-4:]}"]
        if cased:
            own.append(f"l:{min(len(bare), 12)}")
    return Word(
        CLASS_NUMBER[kind], clusters[0] + 1 if clusters else 0, (*near, *own), tuple(near), tuple(far)
    )


CLUSTERS = shipped.path("places", "clusters.csv.gz")
COARSE = 48


def cluster_key(surface: str) -> str:
    """How the table of clusters writes a word: folded, "^" before a capital, noughts for digits."""
    core = without_possessive(surface) or surface
    if core[0].isdigit():
        return "0" * min(len(core), 5) if core.isdigit() else "0x"
    return ("^" if core[0].isupper() else "") + fold(core)


@lru_cache(maxsize=1)
def _clusters() -> dict[str, tuple[int, int, int]]:
    """Word → its cluster among 48, 200 and 800; words used alike in news share a cluster."""
    with gzip.open(CLUSTERS, "rt", encoding="utf-8", newline="") as file:
        return {row["word"]: (int(row["a"]), int(row["b"]), int(row["c"])) for row in csv.DictReader(file)}


def _outline(surface: str, shape: int) -> str:
    if shape == DIGIT:
        return f"d{len(surface)}" if surface.isdigit() else "dx"
    possessive = "'s" if without_possessive(surface) else ""
    if "." in surface:
        return "X.X." + possessive
    if shape == TITLE and any(c.isupper() for c in surface[1:]):
        return "xX" + possessive
    return ("x", "Xx", "XX", "u")[shape] + ("1" if len(surface) == 1 else "") + possessive


def _class(
    surface: str, bare: str, shape: int, best: Candidate | None, share: float, gazetteer: Gazetteer
) -> str:
    if shape == DIGIT:
        return "year" if len(surface) == 4 and surface[:2] in ("18", "19", "20") else "number"
    if shape == LOWER:
        if bare in _SPEAKING:
            return bare
        for name, listed in _LISTS:
            if bare in listed:
                return f"low-{name}"
        for ending in ("ed", "ing", "ly", "s", "an"):
            if bare.endswith(ending):
                return f"low-{ending}"
        return "low-other"
    if shape == UPPER and best is None:
        return "upp-short" if len(surface) <= 4 else "upp-other"
    for name, listed in _LISTS:
        if bare in listed:
            return f"cap-{name}"
    if bare in words.FIRST_NAMES or bare in words.GIVEN_NAMES:
        return "cap-given"
    if shape == UPPER:
        return "upp-place"
    if bare in _SPEAKING or share > 0.3:
        return "cap-common"
    if len(surface) == 1:
        return "cap-initial"
    if best is None:
        return "cap-head" if gazetteer.longest(bare) else ("uncased" if shape == 3 else "cap-other")
    group = kind_group(best)
    if group in ("adjective", "people", "country", "wide", "division"):
        return f"cap-{group}"
    weight = known(best)
    return "cap-city" if weight >= 5 else "cap-town" if weight >= 3.5 else "cap-village"


@lru_cache(maxsize=4096)
def gap(between: str) -> int:
    """The sort of what stands between two tokens."""
    if "\n" in between:
        return _GAP_NUMBER["line"]
    core = between.strip()
    if not core:
        return _GAP_NUMBER["space"]
    if core == "-":
        return _GAP_NUMBER["hyphen" if core == between else "dash"]
    for sign, name in (
        ("(", "open"),
        (")", "close"),
        ("—", "dash"),
        ("–", "dash"),
        ("--", "dash"),
        (".", "stop"),
        ("!", "stop"),
        ("?", "stop"),
        (",", "comma"),
        (";", "stop"),
        (":", "colon"),
        ("/", "slash"),
        ('"', "quote"),
        ("“", "quote"),
        ("”", "quote"),
        ("'", "quote"),
        ("’", "quote"),
        ("‘", "quote"),
    ):
        if sign in core:
            return _GAP_NUMBER[name]
    return _GAP_NUMBER["other"]


# Short forms of a street that end a name with their full stop.
_STOPPED = frozenset(["st", "rd", "ave", "blvd", "dr", "ln", "hwy", "mt"])

# The columns and how many values each has.
SIZES = {
    "class": len(CLASSES),
    "cluster": COARSE + 1,
    "left": len(GAPS),
    "right": len(GAPS),
    "first": 3,
    "zone": 5,
    "spot": 5,
    "sort": len(_KINDS) + 1,
    "weight": WEIGHTS + 1,
    "backed": 3,
    "verdict": 40,
    "doc": 3,
    "placed": 4,
    "person": 4,
}


def columns(
    tokens: Tokens,
    kinds: NDArray[np.int64],
    alike: NDArray[np.int64],
    found: Sequence[Toponym],
    verdicts: Sequence[str],
    backed: Sequence[bool],
    capitals: set[int],
) -> NDArray[np.int64]:
    """The columns (names, tokens) of a tokenised text, in the order of ``SIZES``.

    ``kinds`` and ``alike`` are its words' classes and clusters, ``found`` the gazetteer's matches with the rules'
    ``verdicts`` and whether their wider place is ``backed`` by the words beside them; ``capitals`` are the sentences
    written in capitals.
    """
    import numpy as np

    count = len(tokens)
    gaps = [1 if between == " " else gap(between) for between in tokens.gaps]
    made = np.zeros((len(SIZES), count), np.int64)
    row = {name: made[number] for number, name in enumerate(SIZES)}
    row["class"][:], row["cluster"][:] = kinds, alike
    row["left"][1:], row["right"][:-1] = gaps, gaps
    row["first"][:] = tokens.first
    if capitals:
        row["first"][[number in capitals for number in tokens.sentence]] = 2
    row["zone"][:] = np.searchsorted((3, 12, 40, 150), np.arange(count), side="right")
    _names(row, count, found, verdicts, backed)
    _document(tokens, row)
    return made


def _names(
    row: dict[str, NDArray[np.int64]],
    count: int,
    found: Sequence[Toponym],
    verdicts: Sequence[str],
    backed: Sequence[bool],
) -> None:
    """Fill in what the gazetteer's matches tell."""
    spot, sort, weight, back, verdict = ([0] * count for _ in range(5))
    for toponym, judged, inside in zip(found, verdicts, backed, strict=True):
        first, last = toponym.first, toponym.last
        heavy, best = best_known(toponym)
        group, heaviness = kind_number(best), max(0, min(WEIGHTS - 1, int(heavy))) + 1
        for index in range(first, last + 1):
            at = ALONE if first == last else FIRST if index == first else LAST if index == last else INSIDE
            spot[index], sort[index], weight[index] = at, group, heaviness
            back[index] = 2 if inside else 1
            verdict[index] = at + 5 * VERDICTS[judged]
    for name, values in zip(
        ("spot", "sort", "weight", "backed", "verdict"), (spot, sort, weight, back, verdict), strict=True
    ):
        row[name][:] = values


_PERSONAL = frozenset(CLASS_NUMBER[k] for k in ("cap-title", "cap-given", "cap-initial"))


def _document(tokens: Tokens, made: dict[str, NDArray[np.int64]]) -> None:
    """What the other uses of a word in the text tell: lower case, after a placing word, after a title or a name."""
    lowered = {f for f, s in zip(tokens.folded, tokens.shapes, strict=True) if s == LOWER}
    placed: dict[str, int] = {}
    person: dict[str, int] = {}
    inside: set[str] = set()
    keys = [b or f for b, f in zip(tokens.bare, tokens.folded, strict=True)]
    cased = [i for i, s in enumerate(tokens.shapes) if s in (TITLE, UPPER)]
    kinds, left = made["class"].tolist(), made["left"].tolist()
    doc, place, human = [0] * len(tokens), [0] * len(tokens), [0] * len(tokens)
    for index in cased:
        key = keys[index]
        if not tokens.first[index]:
            inside.add(key)
        if index and left[index] in (1, 4):
            if tokens.folded[index - 1] in words.PLACING:
                placed[key] = placed.get(key, 0) + 1
            elif kinds[index - 1] in _PERSONAL:
                person[key] = person.get(key, 0) + 1
    for index in cased:
        key = keys[index]
        doc[index] = 1 if key in lowered else 2 if key in inside else 0
        place[index] = min(3, placed.get(key, 0))
        human[index] = min(3, person.get(key, 0))
    made["doc"][:], made["placed"][:], made["person"][:] = doc, place, human


def active(tokens: Tokens) -> NDArray[np.int64]:
    """The tokens that can belong to a name: cased ones, numbers beside them, and small words that join them."""
    import numpy as np

    count = len(tokens)
    shapes = np.zeros(count + 4, np.int64)
    shapes[2:-2] = tokens.shapes
    cased = (shapes == TITLE) | (shapes == UPPER) | (shapes == UNCASED)
    before, after, beyond = cased[1:-3], cased[3:-1], cased[4:]
    number = (shapes[2:-2] == DIGIT) & (before | after)
    near = (shapes[2:-2] == LOWER) & (after | (before & beyond))
    joins = [index for index in np.flatnonzero(near).tolist() if tokens.folded[index] in _JOINING]
    kept = cased[2:-2] | number
    kept[joins] = True
    return np.flatnonzero(kept)


# Columns that speak together: (name, offset) pairs.
JOINED: tuple[tuple[tuple[str, int], ...], ...] = (
    (("left", 0),),
    (("right", 0),),
    (("left", -1),),
    (("right", 1),),
    (("first", 0),),
    (("zone", 0),),
    (("spot", 0), ("sort", 0), ("weight", 0)),
    (("spot", -1), ("sort", -1)),
    (("spot", 1), ("sort", 1)),
    (("verdict", 0),),
    (("verdict", -1),),
    (("verdict", 1),),
    (("verdict", 0), ("sort", 0)),
    (("doc", 0), ("first", 0)),
    (("placed", 0), ("person", 0)),
    (("doc", 0), ("weight", 0)),
    (("placed", 0), ("weight", 0), ("spot", 0)),
    (("person", 0), ("weight", 0), ("spot", 0)),
    (("class", -1), ("left", 0)),
    (("class", 1), ("right", 0)),
    (("class", -1), ("class", 0)),
    (("class", 0), ("class", 1)),
    (("class", -1), ("class", 1)),
    (("class", -2), ("class", -1)),
    (("class", 1), ("class", 2)),
    (("class", -3),),
    (("class", 3),),
    (("class", -1), ("spot", 0), ("sort", 0)),
    (("class", 1), ("spot", 0), ("sort", 0)),
    (("class", -2), ("spot", 0), ("sort", 0)),
    (("class", 2), ("spot", 0), ("sort", 0)),
    (("class", -1), ("verdict", 0)),
    (("class", 1), ("verdict", 0)),
    (("first", 0), ("spot", 0), ("weight", 0)),
    (("first", 0), ("class", 0)),
    (("left", 0), ("right", 0), ("spot", 0)),
    (("left", 0), ("sort", -1), ("sort", 0)),
    (("right", 0), ("sort", 0), ("sort", 1)),
    (("zone", 0), ("right", 0), ("spot", 0)),
    (("backed", 0), ("spot", 0), ("weight", 0)),
    (("class", -1), ("weight", 0)),
    (("class", 1), ("weight", 0)),
    (("zone", 0), ("class", 0)),
    (("first", 0), ("left", 0)),
    (("cluster", -1), ("spot", 0), ("sort", 0)),
    (("cluster", 1), ("spot", 0), ("sort", 0)),
    (("cluster", 0), ("spot", 0), ("sort", 0)),
    (("cluster", -1), ("cluster", 1)),
    (("cluster", -1), ("cluster", 0)),
    (("cluster", 0), ("cluster", 1)),
    (("cluster", -2), ("cluster", -1)),
    (("cluster", 1), ("cluster", 2)),
    (("cluster", 0), ("first", 0)),
)
_NAMES = tuple(SIZES)
# How far beside a token the columns look.
REACH = 3
# Every (column, offset) that speaks, and how much it counts in each joined column's number.
_PAIRS = tuple(sorted({pair for parts in JOINED for pair in parts}))


def joined_sizes() -> list[int]:
    """How many values each entry of ``JOINED`` may have."""
    return [math.prod(SIZES[name] for name, _ in parts) for parts in JOINED]


@lru_cache(maxsize=1)
def _factors() -> NDArray[np.float64]:
    import numpy as np

    factors = np.zeros((len(_PAIRS), len(JOINED)))
    for column, parts in enumerate(JOINED):
        size = 1
        for pair in reversed(parts):
            factors[_PAIRS.index(pair), column] = size
            size *= SIZES[pair[0]]
    return factors


def joined_at(columns: NDArray[np.int64], at: NDArray[np.int64]) -> NDArray[np.int64]:
    """The values (tokens, joined) of the joined columns at the tokens ``at``; ``columns`` is (names, tokens)."""
    import numpy as np

    count = columns.shape[1]
    padded = np.zeros((len(_NAMES), count + 2 * REACH))
    padded[:, REACH : count + REACH] = columns
    parts = np.empty((len(_PAIRS), len(at)))
    for row, (name, offset) in enumerate(_PAIRS):
        parts[row] = padded[_NAMES.index(name), at + (REACH + offset)]
    # Whole numbers far below 2**53, so the product is exact, and BLAS makes it at once.
    return (parts.T @ _factors()).astype(np.int64)


def short_stop(tokens: Tokens, first: int, last: int, gazetteer: Gazetteer) -> bool:
    """Whether the full stop behind a name belongs to it: "Scranton, Pa.", "of 12 Main St."."""
    end = tokens.ends[last]
    if tokens.text[end : end + 1] != "." or tokens.text[end - 1 : end] == ".":
        return False
    if tokens.folded[last] in _STOPPED:
        return True
    if first < last or not tokens.surface(last).isalpha():
        return False
    short = any(c.match == "abbreviation" for c in gazetteer.candidates(tokens.folded[last]))
    # Two letters are enough behind a comma: "Georgetown, Ky."
    return short and (len(tokens.folded[last]) > 2 or (first > 0 and tokens.gap(first - 1) == ", "))


def end_of(tokens: Tokens, first: int, last: int, gazetteer: Gazetteer) -> int:
    """Where the name of the tokens [first, last] ends: before its 's, behind a full stop of its own."""
    written = without_possessive(tokens.surface(last))
    if written:
        return tokens.starts[last] + len(written)
    return tokens.ends[last] + short_stop(tokens, first, last, gazetteer)
