"""Boosted regression trees as padded arrays, read with numpy alone: all rows go down all trees level by level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees of one depth: ``column`` and ``threshold`` are [trees, 2**depth - 1], ``leaf`` [trees, 2**depth].

    Node n has the children 2n + 1 (value ≤ threshold) and 2n + 2. A tree that ends early goes left for ever.
    """

    column: NDArray[np.intp]
    threshold: NDArray[np.float64]
    leaf: NDArray[np.float64]
    depth: int

    @classmethod
    def of(cls, arrays: Mapping[str, Any], name: str) -> Forest:
        """The forest ``name`` of a weights file."""
        leaf = np.asarray(arrays[f"{name}_leaf"], dtype=np.float64)
        return cls(
            np.asarray(arrays[f"{name}_column"], dtype=np.intp),
            np.asarray(arrays[f"{name}_threshold"], dtype=np.float64),
            leaf,
            int(leaf.shape[1]).bit_length() - 1,
        )

    def joined(self, others: Sequence[Forest], share: float) -> Forest:
        """This forest and ``others`` of the same depth as one, each leaf times ``share``."""
        forests = [self, *others]
        return Forest(
            np.concatenate([forest.column for forest in forests]),
            np.concatenate([forest.threshold for forest in forests]),
            np.concatenate([forest.leaf for forest in forests]) * share,
            self.depth,
        )

    def arrays(self, name: str) -> dict[str, NDArray[Any]]:
        """What ``of`` reads back."""
        return {
            f"{name}_column": self.column.astype(np.int16),
            f"{name}_threshold": self.threshold,
            f"{name}_leaf": self.leaf.astype(np.float32),
        }

    def __call__(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """The sum of the trees' leaves for each row of [rows, columns]."""
        total = np.empty(len(rows))
        for start in range(0, len(rows), 512):
            total[start : start + 512] = self._some(rows[start : start + 512])
        return total

    def _some(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        trees, nodes = self.column.shape
        flat = np.ascontiguousarray(rows).ravel()
        base = (np.arange(len(rows), dtype=np.intp) * rows.shape[1])[:, None]
        first = (np.arange(trees, dtype=np.intp) * nodes)[None, :]
        column, threshold = self.column.ravel(), self.threshold.ravel()
        # The first level is the same node for all rows.
        at = (rows[:, self.column[:, 0]] > self.threshold[:, 0]) + 1
        for _ in range(self.depth - 1):
            node = first + at
            at = 2 * at + 1 + (flat.take(base + column.take(node)) > threshold.take(node))
        leaves = first + at - nodes + np.arange(trees, dtype=np.intp)[None, :]
        summed: NDArray[np.float64] = self.leaf.ravel().take(leaves).sum(axis=1)
        return summed
