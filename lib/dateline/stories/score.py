"""Score: how likely two articles tell one event, from the likeness of their words, their days, places and figures.

Boosted trees, learned by ``python -m dateline.evaluation.stories_fitting``, lie in ``data/stories/trees.npz``. What an
article does not say (no place, no figure, no event day) is its own value of a feature, so that bare texts are scored by
the same trees.
"""

from __future__ import annotations

import math
from collections.abc import Sequence, Set
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.findings.places.trees import Forest
from dateline.stories.item import Item
from dateline.stories.pairs import COLUMNS, Pairs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WEIGHTS = Path(__file__).resolve().parents[3] / "data" / "stories" / "trees.npz"
# Of words, days and lengths.
WORDED = (
    "lead",
    "whole",
    "title_in",
    "shared",
    "evidence",
    "names",
    "numbers",
    "title",
    "rarest",
    "dated",
    "days",
    "shorter",
    "longer",
)
# Of findings; each is MISSING where one of the two has none.
FOUND = ("killed", "injured", "topic", "event_gap", "places", "kilometres", "countries", "named", "elsewhere")
FEATURES = (*WORDED, *FOUND)
MISSING = -1.0
# Log-odds beyond these say no more than "surely" and "surely not".
SURE = 4.0
# Where a pair that cannot be one event is held: well below the threshold.
APART = 0.25
_SHARED = 3
_NEAR_KM = 150.0
_FAR_KM = 300.0


def scores(pairs: Pairs, items: Sequence[Item]) -> NDArray[np.float32]:
    """A score of 0 (surely not one event) to 1 (surely) a pair.

    A pair that cannot be one event is held down however alike its wording: the tenth report of a quake reads like the
    ninth's. So is one that shares fewer than three telling words: in a headline of nine words the name of a region is
    most of the text, and says little about the event.
    """
    return held_down(learned()(features(pairs, items)), pairs, items)


def held_down(odds: NDArray[np.float64], pairs: Pairs, items: Sequence[Item]) -> NDArray[np.float32]:
    """Scores from log-odds, those of pairs that cannot be one event held."""
    import numpy as np

    held = pairs.values[:, COLUMNS.index("shared")] < _SHARED
    placed = np.array([bool(i.places) for i in items], dtype=np.bool_)
    for n in np.flatnonzero(placed[pairs.left] & placed[pairs.right]).tolist():
        held[n] |= _elsewhere(items[pairs.left[n]], items[pairs.right[n]], _FAR_KM)
    found = (np.clip(odds, -SURE, SURE) + SURE) / (2 * SURE)
    return np.where(held, np.minimum(found, APART), found).astype(np.float32)


def features(pairs: Pairs, items: Sequence[Item]) -> NDArray[np.float64]:
    """A column a name of ``FEATURES``, a row a pair."""
    import numpy as np

    return np.concatenate([_worded(pairs, items), _found(pairs, items)], axis=1)


def _worded(pairs: Pairs, items: Sequence[Item]) -> NDArray[np.float64]:
    """Columns of ``WORDED``: square roots of cosines, logarithms of counts, days and lengths."""
    import numpy as np

    by_name = dict(zip(COLUMNS, pairs.values.T.astype(np.float64), strict=True))
    day = np.array([i.day or 0 for i in items], dtype=np.int64)
    length = np.array([min(len(i.text), 2_500) for i in items], dtype=np.float64)
    left, right = pairs.left, pairs.right
    dated = (day[left] > 0) & (day[right] > 0)
    columns = {
        name: np.sqrt(by_name[name]) for name in ("lead", "whole", "title_in", "names", "numbers", "title")
    }
    columns |= {name: np.log1p(by_name[name]) for name in ("shared", "evidence")}
    columns["rarest"] = by_name["rarest"]
    columns["dated"] = dated.astype(np.float64)
    columns["days"] = np.log1p(np.abs(day[left] - day[right]) * dated)
    columns["shorter"] = np.log(np.minimum(length[left], length[right]) + 30)
    columns["longer"] = np.log(np.maximum(length[left], length[right]) + 30)
    return np.stack([columns[name] for name in WORDED], axis=1)


def _found(pairs: Pairs, items: Sequence[Item]) -> NDArray[np.float64]:
    """Columns of ``FOUND``; only pairs of which both have findings are looked at."""
    import numpy as np

    table = np.full((len(pairs), len(FOUND)), MISSING)
    says = np.array([bool(i.countries or i.named or i.topic or i.killed or i.first) for i in items])
    if not says.any():
        return table
    for n in np.flatnonzero(says[pairs.left] & says[pairs.right]).tolist():
        table[n] = beside(items[pairs.left[n]], items[pairs.right[n]])
    return table


def beside(a: Item, b: Item) -> tuple[float, ...]:
    """What two articles say beside their words, as ``FOUND``: 1 or 0 for the same figure or topic, logarithms of days
    between the events and of kilometres, shares of the shorter list of places or countries that is in the other.
    """
    places = _share(a.places.keys(), b.places.keys())
    apart = elsewhere = MISSING
    if a.places and b.places:
        apart = 0.0 if places > 0 else math.log1p(_kilometres(a, b))
        elsewhere = float(_elsewhere(a, b, _NEAR_KM))
    gap = MISSING
    if a.first and b.first and a.last and b.last:
        gap = math.log1p(max(a.first - b.last, b.first - a.last, 0))
    return (
        _same(a.killed, b.killed),
        _same(a.injured, b.injured),
        _same(a.topic, b.topic),
        gap,
        places,
        apart,
        _share(a.countries, b.countries),
        _share(a.named, b.named),
        elsewhere,
    )


def _same(a: int | str | None, b: int | str | None) -> float:
    return float(a == b) if a and b else MISSING


def _share(a: Set[str], b: Set[str]) -> float:
    return len(a & b) / min(len(a), len(b)) if a and b else MISSING


@lru_cache(maxsize=1)
def learned() -> Forest:
    """The trees, whose sum is the log-odds. FileNotFoundError where they are not installed."""
    import numpy as np

    with np.load(WEIGHTS) as arrays:
        if tuple(arrays["features"].tolist()) != FEATURES:
            raise ValueError(f"{WEIGHTS} was learned from other features: {', '.join(arrays['features'])}.")
        return Forest.of(arrays, "pair")


def _elsewhere(a: Item, b: Item, kilometres: float) -> bool:
    """Nothing happened near the other's places, and neither text names the other's place (which the gazetteer may
    have taken for another of that name).
    """
    if a.places.keys() & b.places.keys() or _kilometres(a, b) <= kilometres:
        return False
    return not any(n in b.text or n in b.title for n in a.names) and not any(
        n in a.text or n in a.title for n in b.names
    )


def _kilometres(a: Item, b: Item) -> float:
    """The shortest way between a place of one and a place of the other, on a flattened Earth: near enough here."""
    best = math.inf
    for lat1, lon1 in a.places.values():
        for lat2, lon2 in b.places.values():
            turn = abs(lon1 - lon2)
            east = min(turn, 360 - turn) * math.cos(math.radians((lat1 + lat2) / 2))
            best = min(best, 111.2 * math.hypot(lat1 - lat2, east))
    return best
