"""Pairs: the articles that may tell one event, with the likenesses of their words.

Candidates come through an inverted index over the rarer terms, among articles published near each other, so that the
work grows with the number of articles and not with its square; their likenesses are then exact. Longer texts that are
very much alike are compared whatever their days say, since a feed's day may be wrong: through the rarest terms alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.stories.words import VIEWS, Rows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Articles published further apart, in days, are compared only where they are long and very much alike.
WINDOW = 120
# A term that more articles of the window have finds no candidates: it is no sign of one event.
LONGEST = 200
# Candidates whose rarer terms come to less are left out; so are those that have less in all.
_GLIMPSE = 0.04
FLOOR = 0.08
# The same beyond the window, and how many terms both have at least: short reports of two years read alike.
FAR_LONGEST = 40
_FAR_GLIMPSE = 0.08
FAR_FLOOR = 0.2
_FAR_TERMS = 40


@dataclass(frozen=True, slots=True)
class Pairs:
    """Positions ``left`` < ``right``, and a row of ``values`` a pair: see ``COLUMNS``."""

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    values: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.left)


# Cosines of the views; title against the other's whole, both ways; number and weight of shared terms.
COLUMNS = (*VIEWS, "title_in", "shared", "evidence", "rarest")


def find(rows: Rows, days: Sequence[int | None], fresh: NDArray[np.bool_] | None = None) -> Pairs:
    """Pairs of rows whose mean cosine of opening and whole reaches the floor, which is higher beyond the window.

    ``days`` must ascend, the undated last: those are compared with everything. With ``fresh`` only the pairs of which
    at least one is marked.
    """
    import numpy as np

    index = _index(rows, _begins(days, len(rows)))
    dense = np.zeros((rows.size, len(VIEWS) + 1), dtype=np.float32)
    lefts: list[NDArray[np.int64]] = []
    rights: list[NDArray[np.int64]] = []
    found: list[NDArray[np.float32]] = []
    for n in range(len(rows)):
        far = _far(rows, index, n)
        candidates = np.concatenate([far, _candidates(rows, index, n)])
        least = np.where(np.arange(len(candidates)) < len(far), FAR_FLOOR, FLOOR)
        if fresh is not None and not fresh[n]:
            candidates, least = candidates[fresh[candidates]], least[fresh[candidates]]
        if not len(candidates):
            continue
        values = _likeness(rows, n, candidates, dense)
        kept = values[:, 0] + values[:, 1] >= 2 * least
        lefts.append(candidates[kept])
        rights.append(np.full(len(lefts[-1]), n))
        found.append(values[kept])
    if not lefts:
        none = np.zeros(0, dtype=np.int32)
        return Pairs(none, none, np.zeros((0, len(COLUMNS)), dtype=np.float32))
    return Pairs(
        np.concatenate(lefts).astype(np.int32), np.concatenate(rights).astype(np.int32), np.concatenate(found)
    )


def _begins(days: Sequence[int | None], count: int) -> NDArray[np.int64]:
    """The first row that each row is compared with."""
    import numpy as np

    day = np.array([d for d in days if d is not None], dtype=np.int64)
    begins = np.zeros(count, dtype=np.int64)
    begins[: len(day)] = np.searchsorted(day, day - WINDOW)
    return begins


@dataclass(frozen=True, slots=True)
class _Index:
    """Entries by term: their ``owner`` and ``weights`` (opening and whole together), and of each entry of the rows,
    where those before it lie: from ``first`` beyond the window, from ``low`` to ``high`` within.
    """

    owner: NDArray[np.int32]
    weights: NDArray[np.float32]
    first: NDArray[np.int64]
    low: NDArray[np.int64]
    high: NDArray[np.int64]
    begins: NDArray[np.int64]


def _index(rows: Rows, begins: NDArray[np.int64]) -> _Index:
    import numpy as np

    owner = np.repeat(np.arange(len(rows), dtype=np.int32), np.diff(rows.starts))
    order = np.argsort(rows.terms, kind="stable")
    keys = rows.terms[order].astype(np.int64) * len(rows) + owner[order]
    high = np.empty(len(order), dtype=np.int64)
    high[order] = np.arange(len(order))
    low = np.empty(len(order), dtype=np.int64)
    low[order] = np.searchsorted(keys, keys - owner[order] + begins[owner[order]])
    first = np.empty(len(order), dtype=np.int64)
    first[order] = np.searchsorted(keys, keys - owner[order])
    return _Index(owner[order], rows.weights[order, :2].sum(axis=1), first, low, high, begins)


def _candidates(rows: Rows, index: _Index, n: int) -> NDArray[np.int64]:
    """Rows before ``n`` and within its window whose rarer terms glimpse at a likeness."""
    import numpy as np

    span = slice(rows.starts[n], rows.starts[n + 1])
    low = index.low[span]
    lengths = index.high[span] - low
    chosen = (lengths > 0) & (lengths <= LONGEST)
    lengths = lengths[chosen]
    at = _ranges(low[chosen], lengths)
    own = rows.weights[span, :2].sum(axis=1)[chosen]
    likeness = np.repeat(own, lengths) * index.weights[at]
    begin = int(index.begins[n])
    sums = np.bincount(index.owner[at] - begin, likeness)
    return np.flatnonzero(sums >= 4 * _GLIMPSE) + begin


def _far(rows: Rows, index: _Index, n: int) -> NDArray[np.int64]:
    """Rows before the window of ``n`` whose rarest terms glimpse at much likeness, where both are long."""
    import numpy as np

    span = slice(rows.starts[n], rows.starts[n + 1])
    first = index.first[span]
    lengths = index.low[span] - first
    chosen = (lengths > 0) & (lengths <= FAR_LONGEST)
    if span.stop - span.start < _FAR_TERMS or not chosen.any():
        return np.zeros(0, dtype=np.int64)
    lengths = lengths[chosen]
    at = _ranges(first[chosen], lengths)
    own = rows.weights[span, :2].sum(axis=1)[chosen]
    # sorted, not counted from the first row on: the rows before the window are many, those met are few
    met, where = np.unique(index.owner[at], return_inverse=True)
    sums = np.bincount(where, np.repeat(own, lengths) * index.weights[at])
    long = rows.starts[met + 1] - rows.starts[met] >= _FAR_TERMS
    return met[long & (sums >= 4 * _FAR_GLIMPSE)].astype(np.int64)


def _ranges(low: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers ``low[i]`` to ``low[i] + lengths[i] - 1``, one range after another."""
    import numpy as np

    ends = np.cumsum(lengths)
    return np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(low - ends + lengths, lengths)


def _likeness(
    rows: Rows, n: int, candidates: NDArray[np.int64], dense: NDArray[np.float32]
) -> NDArray[np.float32]:
    """``COLUMNS`` of ``n`` with each candidate; ``dense`` is a scratch table of noughts and is left as one.

    A term's row in it has the weights of ``n``, and a one where ``n`` has the term.
    """
    import numpy as np

    span = slice(rows.starts[n], rows.starts[n + 1])
    own = rows.terms[span]
    dense[own, :-1] = rows.weights[span]
    dense[own, -1] = 1.0
    lows = rows.starts[candidates]
    lengths = rows.starts[candidates + 1] - lows
    at = _ranges(lows, lengths)
    ends = np.cumsum(lengths)
    meets = np.flatnonzero(dense[:, -1][rows.terms[at]])
    at = at[meets]
    here = dense[rows.terms[at]]
    whom = np.searchsorted(ends, meets, side="right")
    there = rows.weights[at]
    idf = rows.idf[at]
    values = np.zeros((len(candidates), len(COLUMNS)), dtype=np.float32)
    both = (here[:, 1] > 0) & (there[:, 1] > 0)

    def total(what: NDArray[np.float32]) -> NDArray[np.float64]:
        return np.bincount(whom, what, minlength=len(candidates)).astype(np.float64)

    for view in range(len(VIEWS)):
        values[:, view] = total(here[:, view] * there[:, view])
    values[:, 5] = np.maximum(total(here[:, 2] * there[:, 1]), total(here[:, 1] * there[:, 2]))
    values[:, 6] = total(both.astype(np.float32))
    values[:, 7] = total(idf * both)
    np.maximum.at(values[:, 8], whom, idf * both)
    dense[own] = 0.0
    return values
