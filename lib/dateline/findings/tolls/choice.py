"""The article's own figure among all it gives."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.article import Toll


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
