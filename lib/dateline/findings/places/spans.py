"""Which stretches of a text are toponyms: candidates from the tagger and the gazetteer, weighed by boosted trees.

The tagger sees a few tokens around each token; a candidate is weighed with what the whole text says of its name,
where the gazetteer knows it, and how the tagger sees its edges. One piece of code for training and for reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from dateline.findings.places import clues
from dateline.findings.places.recognise import TITLE, UNCASED, UPPER, Tokens, Toponym, known
from dateline.gazetteer import Gazetteer
from dateline.gazetteer.kinds import QUALITIES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int64]

# Where a candidate comes from.
TAGGED, LISTED, RUN, FEATURE = 1, 2, 4, 8
# A gazetteer name is weighed where the tagger gives one of its tokens this much; a run, where it gives it to each.
LEAST_NAME, LEAST_RUN = 0.02, 0.1
LONGEST = 6
# Verdicts of the rules that stand whatever the model says: readers must not meet "Paris Hilton" on a map.
SURE = frozenset(["person", "body", "case"])
_REACH = 2


@dataclass(frozen=True, slots=True)
class Seen:
    """A text as the tagger left it: words, columns (names, tokens) by ``clues.SIZES``, and P(B), P(I) (tokens, 2)."""

    tokens: Tokens
    columns: Ints
    marginals: Floats
    found: Sequence[Toponym]
    verdicts: Sequence[str]
    features: Sequence[tuple[int, int]]


def candidates(seen: Seen) -> dict[tuple[int, int], int]:
    """The stretches worth weighing, by their first and last token, with where each comes from."""
    sources: dict[tuple[int, int], int] = {}
    inside = seen.marginals.sum(1)

    def add(first: int, last: int, source: int) -> None:
        sources[first, last] = sources.get((first, last), 0) | source

    for first, last in tagged(seen.tokens, seen.marginals):
        add(first, last, TAGGED)
    for toponym in seen.found:
        if inside[toponym.first : toponym.last + 1].max() > LEAST_NAME:
            add(toponym.first, toponym.last, LISTED)
    for first, last in _runs(seen.tokens, inside):
        add(first, last, RUN)
    for first, last in seen.features:
        add(first, last, FEATURE)
    barred = {
        index: toponym.last
        for toponym, verdict in zip(seen.found, seen.verdicts, strict=True)
        if verdict in SURE
        for index in range(toponym.first, toponym.last + 1)
    }
    return {span: source for span, source in sources.items() if barred.get(span[0], -1) < span[1]}


def tagged(tokens: Tokens, marginals: Floats) -> list[tuple[int, int]]:
    """The stretches that the tagger's marginals make: a token is inside where that is likelier than not."""
    found: list[tuple[int, int]] = []
    previous = -2
    for index in np.flatnonzero(marginals.sum(1) >= 0.5).tolist():
        opens, goes_on = marginals[index]
        joined = previous == index - 1 and tokens.sentence[index] == tokens.sentence[previous]
        if joined and goes_on > opens:
            found[-1] = (found[-1][0], index)
        else:
            found.append((index, index))
        previous = index
    return found


def _runs(tokens: Tokens, inside: Floats) -> Iterable[tuple[int, int]]:
    first = last = -2
    for index in np.flatnonzero(inside >= LEAST_RUN).tolist():
        if index == last + 1 and tokens.sentence[index] == tokens.sentence[last] and tokens.linked(last):
            last = index
            continue
        if first >= 0 and last - first < LONGEST:
            yield first, last
        first = last = index
    if first >= 0 and last - first < LONGEST:
        yield first, last


@lru_cache(maxsize=50_000)
def _named(key: str, gazetteer: Gazetteer) -> tuple[int, float, int, int]:
    """What the gazetteer knows of a name: kind, how well known, how many places, how well the name fits."""
    found = gazetteer.candidates(key)
    if not found:
        return 0, 0.0, 0, 9
    best = max(found, key=known)
    return clues.kind_number(best), known(best), len(found), QUALITIES.index(best.match)


# The token columns a candidate is seen with: counted from its first token, and from its last.
_FIRST: tuple[tuple[str, int], ...] = (
    ("class", -2),
    ("class", -1),
    ("class", 0),
    ("cluster", -1),
    ("cluster", 0),
    ("left", 0),
    ("first", 0),
    ("zone", 0),
    ("doc", 0),
    ("placed", 0),
    ("person", 0),
    ("backed", 0),
    ("spot", 0),
    ("spot", -1),
    ("sort", -1),
)
_LAST: tuple[tuple[str, int], ...] = (
    ("class", 0),
    ("class", 1),
    ("class", 2),
    ("cluster", 0),
    ("cluster", 1),
    ("right", 0),
    ("spot", 0),
    ("spot", 1),
    ("sort", 0),
    ("sort", 1),
)
_TAGGED = ("alone", "opens", "least", "mean", "left", "right", "goes-on", "left-2", "right-2", "tokens")
_TEXT = (
    *("source", "verdict", "kind", "known", "places", "fit", "elsewhere", "uses", "best-use"),
    *("first-elsewhere", "last-elsewhere", "least-elsewhere", "first-uses", "last-uses"),
    *("position", "length", "share-of-places", "bodies", "possessive", "first-shape", "last-shape"),
    *("common", "letters"),
)
COLUMNS = (
    *_TAGGED,
    *(f"{name}{offset:+d}" for name, offset in _FIRST),
    *(f"last-{name}{offset:+d}" for name, offset in _LAST),
    *_TEXT,
)
_COLUMN = {name: number for number, name in enumerate(clues.SIZES)}
_BODIES = np.array([clues.CLASS_NUMBER["cap-body"], clues.CLASS_NUMBER["cap-local"]])


def table(
    texts: Sequence[Seen], sources: Sequence[dict[tuple[int, int], int]], gazetteer: Gazetteer
) -> NDArray[np.float64]:
    """One row of ``COLUMNS`` for each candidate of each text, in the order of ``sources``."""
    columns, marginals, opens = _side_by_side(texts)
    spans = np.array(
        [
            (first + start, last + start)
            for start, held in zip(opens, sources, strict=True)
            for first, last in held
        ],
        np.int64,
    ).reshape(-1, 2)
    first, last = spans[:, 0], spans[:, 1]
    alone, tagger = _of_tagger(marginals, first, last)
    rows, at = [], 0
    for seen, held in zip(texts, sources, strict=True):
        rows.extend(_of_text(seen, held, alone[at : at + len(held)].tolist(), gazetteer))
        at += len(held)
    told = np.array(rows, np.float64).reshape(len(rows), len(_TEXT)).T
    return np.stack([*tagger, *_of_columns(columns, first, last), *told], 1)


def _side_by_side(texts: Sequence[Seen]) -> tuple[Ints, Any, list[int]]:
    """Columns and marginals of all texts with ``_REACH`` empty tokens between them, and where each text starts."""
    opens = np.cumsum([_REACH, *(len(seen.tokens) + _REACH for seen in texts)]).tolist()
    columns = np.full((len(clues.SIZES), opens[-1]), -1, np.int64)
    marginals = np.zeros((opens[-1], 2))
    for seen, start in zip(texts, opens, strict=False):
        stretch = slice(start, start + len(seen.tokens))
        columns[:, stretch], marginals[stretch] = seen.columns, seen.marginals
    return columns, marginals, opens[:-1]


def _odds(share: Any) -> Any:
    return np.log((share + 1e-4) / (1.0 - share + 1e-4))


def _of_tagger(marginals: Any, first: Ints, last: Ints) -> tuple[Any, list[Any]]:
    """The probability that the tagger gives each candidate, and how it sees the tokens inside and beside it."""
    inside, goes_on = marginals.sum(1), marginals[:, 1]
    summed = np.concatenate([[0.0], np.cumsum(inside)])
    alone, least = marginals[first, 0].copy(), inside[first].copy()
    for step in range(1, int((last - first).max(initial=0)) + 1):
        longer = np.flatnonzero(first + step <= last)
        at = first[longer] + step
        alone[longer] *= goes_on[at]
        least[longer] = np.minimum(least[longer], inside[at])
    length = last - first + 1.0
    mean = (summed[last + 1] - summed[first]) / length
    beside = [inside[first - 1], inside[last + 1], goes_on[last + 1], inside[first - 2], inside[last + 2]]
    return alone, [*map(_odds, (alone, marginals[first, 0], least, mean, *beside)), length]


def _of_columns(columns: Ints, first: Ints, last: Ints) -> list[Any]:
    """The token columns at the ends of each candidate and beside them; -1 outside the text."""
    rows = [columns[_COLUMN[name], first + offset] for name, offset in _FIRST]
    return rows + [columns[_COLUMN[name], last + offset] for name, offset in _LAST]


def _uses(keys: Iterable[str], values: Iterable[float]) -> dict[str, list[float]]:
    """For each key how often it is used, the sum of its values and the best of them."""
    held: dict[str, list[float]] = {}
    for key, value in zip(keys, values, strict=True):
        use = held.get(key)
        if use is None:
            held[key] = [1.0, value, value]
        else:
            use[0] += 1.0
            use[1] += value
            if value > use[2]:
                use[2] = value
    return held


_UNUSED = (0.0, 0.0, 0.0)


def _elsewhere(use: Sequence[float], own: float) -> float:
    """The mean of a key's other uses; -1 where there are none."""
    return (use[1] - own) / (use[0] - 1.0) if use[0] > 1.0 else -1.0


def _of_text(
    seen: Seen, sources: dict[tuple[int, int], int], own: list[float], gazetteer: Gazetteer
) -> list[tuple[float, ...]]:
    """What the whole text and the gazetteer say of each candidate's name."""
    tokens = seen.tokens
    inside = seen.marginals.sum(1).tolist()
    keys = [bare or folded for bare, folded in zip(tokens.bare, tokens.folded, strict=True)]
    cased = [index for index, shape in enumerate(tokens.shapes) if shape in (TITLE, UPPER, UNCASED)]
    words = _uses([keys[index] for index in cased], [inside[index] for index in cased])
    called = [" ".join(keys[first : last + 1]) if first < last else keys[first] for first, last in sources]
    names = _uses(called, own)
    verdicts = {(t.first, t.last): clues.VERDICTS[v] for t, v in zip(seen.found, seen.verdicts, strict=True)}
    places = sum(inside[index] for index in cased) / len(cased) if cased else 0.0
    style = (float(len(tokens)), places, _before_bodies(seen, inside))
    rows: list[tuple[float, ...]] = []
    for ((first, last), source), key, mine in zip(sources.items(), called, own, strict=True):
        opens, closes = words.get(keys[first], _UNUSED), words.get(keys[last], _UNUSED)
        elsewhere = [
            _elsewhere(words.get(keys[index], _UNUSED), inside[index]) for index in range(first, last + 1)
        ]
        name = names[key]
        rows.append(
            (
                *(source, verdicts.get((first, last), 0), *_named(key, gazetteer)),
                *(_elsewhere(name, mine), name[0], name[2]),
                *(elsewhere[0], elsewhere[-1], min(elsewhere), opens[0], closes[0]),
                *(first, *style, tokens.bare[last] is not None, tokens.shapes[first], tokens.shapes[last]),
                *(gazetteer.common.get(key, 0.0), len(key)),
            )
        )
    return rows


def _before_bodies(seen: Seen, inside: list[float]) -> float:
    """How the tagger takes names in front of bodies in this text ("Boston Police"): its style; -1 for none."""
    following = np.flatnonzero(np.isin(seen.columns[_COLUMN["class"], 1:], _BODIES)).tolist()
    taken = [inside[index] for index in following if inside[index] > 0.05]
    return sum(taken) / len(taken) if taken else -1.0


def chosen(spans: Sequence[tuple[int, int]], odds: Sequence[float], least: float) -> list[int]:
    """The numbers of the candidates kept: the likeliest first, none overlapping another, none below ``least``."""
    taken: set[int] = set()
    kept = []
    for number in sorted(range(len(spans)), key=lambda n: -odds[n]):
        if odds[number] < least:
            break
        stretch = range(spans[number][0], spans[number][1] + 1)
        if taken.isdisjoint(stretch):
            taken.update(stretch)
            kept.append(number)
    return sorted(kept)
