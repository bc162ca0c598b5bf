"""Linkage: average linkage over a sparse graph of scores, near duplicates first. Work grows with the pairs."""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from dateline.stories.item import Item
from dateline.stories.pairs import Pairs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# A pair below this is not kept; its share in an average is nought.
FLOOR = 0.1
_DUPLICATE = 0.8
# Copies and cut texts share their opening, so their cosine is at least this.
_MAYBE_DUPLICATE = 0.45
_READ = 10_000
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+(?:[.,]\d+)*")


def groups(
    items: Sequence[Item], pairs: Pairs, scores: NDArray[np.float32], threshold: float
) -> list[list[int]]:
    """Indexes of ``items`` by story, each in order, the stories by their first.

    Ties between merges are broken by position: sort the items first, and the answer is one of the set.
    """
    parent = _linked(len(items), pairs, scores, _duplicates(items, pairs), threshold)
    found: dict[int, list[int]] = {}
    for n in range(len(items)):
        found.setdefault(_root(parent, n), []).append(n)
    return sorted(found.values())


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = _WORD.findall(text[:_READ].lower())
    return frozenset(tuple(words[i : i + 4]) for i in range(len(words) - 3))


def _duplicates(items: Sequence[Item], pairs: Pairs) -> list[tuple[int, int]]:
    """Pairs of which one's text is, but for a few words, a part of the other's."""
    maybe = pairs.values[:, 0] + pairs.values[:, 1] >= 2 * _MAYBE_DUPLICATE
    held: dict[int, frozenset[tuple[str, ...]]] = {}
    found = []
    for i, j in sorted(zip(pairs.left[maybe].tolist(), pairs.right[maybe].tolist(), strict=True)):
        for n in (i, j):
            if n not in held:
                held[n] = _shingles(items[n].text)
        fewer, more = sorted((held[i], held[j]), key=len)
        if len(fewer) >= 5 and len(fewer & more) >= _DUPLICATE * len(fewer):
            found.append((i, j))
    return found


def _root(parent: list[int], n: int) -> int:
    while parent[n] != n:
        parent[n] = parent[parent[n]]
        n = parent[n]
    return n


def _linked(
    count: int,
    pairs: Pairs,
    scores: NDArray[np.float32],
    joined: Iterable[tuple[int, int]],
    threshold: float,
) -> list[int]:
    """The parent of each node. Of ``joined`` pairs the later one is dropped from the averages, so that many copies
    weigh as one.
    """
    parent = list(range(count))
    for i, j in joined:
        a, b = sorted((_root(parent, i), _root(parent, j)))
        parent[b] = a
    near = _graph(count, pairs, scores, parent)
    size = [1] * count
    heap = [(-s, i, j) for i in range(count) for j, s in near[i].items() if i < j and s >= threshold]
    heapq.heapify(heap)
    while heap:
        value, i, j = heapq.heappop(heap)
        total = near[i].get(j)
        if total is None or abs(total / (size[i] * size[j]) + value) > 1e-12:
            continue
        if len(near[i]) < len(near[j]):
            i, j = j, i
        _merge(near, size, i, j)
        parent[j] = i
        for k, total in near[i].items():
            mean = total / (size[i] * size[k])
            if mean >= threshold:
                heapq.heappush(heap, (-mean, min(i, k), max(i, k)))
    return parent


def _graph(
    count: int, pairs: Pairs, scores: NDArray[np.float32], parent: list[int]
) -> list[dict[int, float]]:
    near: list[dict[int, float]] = [{} for _ in range(count)]
    kept = scores >= FLOOR
    for i, j, score in zip(
        pairs.left[kept].tolist(), pairs.right[kept].tolist(), scores[kept].tolist(), strict=True
    ):
        a, b = _root(parent, i), _root(parent, j)
        if a != b:
            near[a][b] = near[b][a] = max(score, near[a].get(b, 0.0))
    return near


def _merge(near: list[dict[int, float]], size: list[int], into: int, gone: int) -> None:
    size[into] += size[gone]
    del near[into][gone]
    for k, total in near[gone].items():
        if k != into:
            del near[k][gone]
            near[into][k] = near[k][into] = near[into].get(k, 0.0) + total
    near[gone] = {}
