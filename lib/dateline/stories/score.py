"""Score: how likely two articles tell one event, from the likeness of their words, their days, places and tolls.

The weights of words and days are learned (``python -m dateline.stories.fitting``, logistic regression) and lie in
``data/stories/weights.csv``; what places, event days and tolls add is set by hand, since no gold set has them.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.stories.item import Item
from dateline.stories.pairs import COLUMNS, Pairs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WEIGHTS = Path(__file__).resolve().parents[3] / "data" / "stories" / "weights.csv"
FEATURES = (
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
    import numpy as np

    _, means, scales, weights, constant = learned()
    odds = (features(pairs, items) - means) / scales @ weights + constant
    held = pairs.values[:, COLUMNS.index("shared")] < _SHARED
    has = np.array([bool(i.places or i.killed or i.first) for i in items], dtype=np.bool_)
    for n in np.flatnonzero(has[pairs.left] & has[pairs.right]).tolist():
        a, b = items[pairs.left[n]], items[pairs.right[n]]
        odds[n] += agreement(a, b)
        held[n] |= bool(a.places and b.places) and _elsewhere(a, b, _FAR_KM)
    found = (np.clip(odds, -SURE, SURE) + SURE) / (2 * SURE)
    return np.where(held, np.minimum(found, APART), found).astype(np.float32)


def features(pairs: Pairs, items: Sequence[Item]) -> NDArray[np.float64]:
    """A column a name of ``FEATURES``: square roots of cosines, logarithms of counts, days and lengths."""
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
    return np.stack([columns[name] for name in FEATURES], axis=1)


Learned = tuple[tuple[str, ...], "NDArray[np.float64]", "NDArray[np.float64]", "NDArray[np.float64]", float]


@lru_cache(maxsize=1)
def learned() -> Learned:
    """Names, means, scales and weights of the features, and the constant. FileNotFoundError where not installed."""
    import numpy as np

    with WEIGHTS.open(encoding="utf-8", newline="") as lines:
        rows = {row["feature"]: row for row in csv.DictReader(lines)}
    constant = float(rows.pop("")["weight"])
    if tuple(rows) != FEATURES:
        raise ValueError(f"{WEIGHTS} has the features {', '.join(rows)}; wanted are {', '.join(FEATURES)}.")
    means, scales, weights = (
        np.array([float(row[name]) for row in rows.values()]) for name in ("mean", "scale", "weight")
    )
    return FEATURES, means, scales, weights, constant


def agreement(a: Item, b: Item) -> float:
    """Log-odds for what two articles say beside their words: event days, places and figures."""
    odds = 0.0
    if a.first and b.first and a.last and b.last:
        gap = max(a.first - b.last, b.first - a.last, 0)
        odds += 0.2 if gap == 0 else -1.5 * (1 - math.exp(-max(0, gap - 2) / 20))
    if a.places and b.places:
        if a.places.keys() & b.places.keys():
            odds += 0.5
        elif _elsewhere(a, b, _NEAR_KM):
            odds -= 1.5
    if a.killed and a.killed == b.killed and a.killed > 3:
        odds += 0.6
    return odds


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
