"""How likely each token of a text opens or continues a toponym: a linear-chain conditional random field.

The weights come from ``tagger_training`` (python-crfsuite); reading them needs numpy alone. A word's attributes are
summed once a word, the columns' weights lie in dense tables, and only the stretches that can hold a name (cased
words and what joins them) are gone through.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from dateline.findings.places import clues
from dateline.findings.places.recognise import Tokens

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int64]

LABELS = ("O", "B", "I")
_OFFSETS = (-2, -1, 0, 1, 2)


@dataclass(frozen=True, slots=True)
class Stretches:
    """The stretches of a text that can hold a name: ``lengths[k]`` rows from row ``starts[k]`` on.

    ``opens`` and ``closes`` tell those that begin and end their sentence; beside the others stands an "O".
    """

    starts: Ints
    lengths: Ints
    opens: NDArray[np.bool_]
    closes: NDArray[np.bool_]

    @classmethod
    def together(cls, parts: Sequence[Stretches], rows: Sequence[int]) -> Stretches:
        """The stretches of several texts one after the other, each with its number of ``rows``."""
        opens = np.cumsum([0, *rows[:-1]])
        return cls(
            np.concatenate([part.starts + start for part, start in zip(parts, opens, strict=True)]),
            *(
                np.concatenate([getattr(part, name) for part in parts])
                for name in ("lengths", "opens", "closes")
            ),
        )

    @classmethod
    def of(cls, tokens: Tokens, at: Ints) -> Stretches:
        """The stretches that the tokens ``at``, in order, make."""
        sentence, first = np.asarray(tokens.sentence, np.int64), np.asarray([*tokens.first, True], bool)
        breaks = np.ones(len(at), bool)
        breaks[1:] = (np.diff(at) > 1) | (sentence[at[1:]] != sentence[at[:-1]])
        starts = np.flatnonzero(breaks)
        lengths = np.diff(np.append(starts, len(at)))
        return cls(starts, lengths, first[at[starts]], first[at[starts + lengths - 1] + 1])


class Tagger:
    """The weights, and the scores of the words seen so far.

    ``attributes`` maps a word's attribute with its offset ("-1|w:near") to a row of ``scores`` (attributes, 3);
    ``tables`` holds for each entry of ``clues.JOINED`` its weights (values, 3); ``steps`` the transitions (3, 3).
    """

    def __init__(
        self, attributes: dict[str, int], scores: Floats, tables: Sequence[Floats], steps: Floats
    ) -> None:
        self._attributes = attributes
        self._scores = scores
        sizes = [len(table) for table in tables]
        self._bases = np.cumsum([0, *sizes[:-1]])
        self._tables = np.concatenate(tables)
        self._steps = np.exp(steps.astype(np.float64))
        self._known = 0
        self._words = np.zeros((len(_OFFSETS), 4096, len(LABELS)), np.float32)

    def take(self, word: clues.Word) -> int:
        """Take a word in; its row from now on."""
        row = self._known
        if row == self._words.shape[1] - 1:
            self._words = np.concatenate([self._words, np.zeros_like(self._words)], 1)
        for slot, offset in enumerate(_OFFSETS):
            named = word.own if offset == 0 else word.near if offset in (-1, 1) else word.far
            rows = [
                self._attributes[a] for a in (f"{offset}|{name}" for name in named) if a in self._attributes
            ]
            if rows:
                self._words[slot, row] = self._scores[rows].sum(0)
        self._known += 1
        return row

    def forget(self) -> None:
        """Let go of all words; rows given out before mean nothing from now on."""
        self._known = 0
        self._words[:] = 0.0

    def emissions(self, rows: Ints, columns: Ints, at: Ints) -> Floats:
        """Scores (tokens, 3) of the tokens ``at``; ``rows`` are the word rows of all tokens of the text."""
        padded = np.full(len(rows) + 4, -1, np.int64)
        padded[2:-2] = rows
        total = np.zeros((len(at), len(LABELS)), np.float32)
        for slot, offset in enumerate(_OFFSETS):
            # Row -1, the last, is never given to a word: it stands for what lies outside the text.
            total += self._words[slot].take(padded[at + (2 + offset)], 0, mode="wrap")
        values = clues.joined_at(columns, at)
        total += self._tables[values + self._bases].sum(1)
        return total

    def marginals(self, emissions: Floats, stretches: Stretches) -> Floats:
        """P(B) and P(I) of each token (tokens, 2), by forward and backward passes over all stretches at once."""
        made = np.zeros((len(emissions), 2), np.float32)
        if not len(emissions):
            return made
        order = np.argsort(-stretches.lengths, kind="stable")
        starts, lengths = stretches.starts[order], stretches.lengths[order]
        raw = np.exp((emissions - emissions.max(1, keepdims=True)).astype(np.float64))
        forward: list[Any] = []
        # The longest come first: at each step those that go on are the first ``reach[step]``.
        reach = np.searchsorted(-lengths, -np.arange(lengths[0]), side="left").tolist()
        for step, count in enumerate(reach):
            coming = (
                _moved(forward[-1][:count], self._steps) if step else self._opening(stretches.opens[order])
            )
            forward.append(_scaled(coming * raw[starts[:count] + step]))
        ending = np.where(stretches.closes[order][:, None], 1.0, self._steps[:, 0])
        behind = np.zeros((0, 3))
        for step in range(len(reach) - 1, -1, -1):
            count = reach[step]
            rows = starts[:count] + step
            behind = np.concatenate([behind, ending[len(behind) : count]])
            made[rows] = _scaled(forward[step] * behind)[:, 1:]
            behind = _scaled(_moved(behind * raw[rows], self._steps.T))
        return made

    def _opening(self, opens: Any) -> Any:
        return np.where(opens[:, None], 1.0, self._steps[0])


def _moved(states: Any, steps: Any) -> Any:
    """``states @ steps``, summed in one order whatever the number of rows, so that batches change no bit."""
    return states[:, :1] * steps[0] + states[:, 1:2] * steps[1] + states[:, 2:] * steps[2]


def _scaled(values: Any) -> Any:
    return values / (values[:, :1] + values[:, 1:2] + values[:, 2:])


def read(held: Any) -> Tagger:
    """The tagger of a weights file's arrays."""
    names = bytes(held["names"]).decode().split("\n")
    joined, weights = held["joined"].astype(np.int64), held["joined_scores"].astype(np.float32)
    tables = []
    for number, size in enumerate(clues.joined_sizes()):
        table = np.zeros((size, len(LABELS)), np.float32)
        mine = joined[:, 0] == number
        table[joined[mine, 1]] = weights[mine]
        tables.append(table)
    scores = held["scores"].astype(np.float32)
    return Tagger(
        {name: row for row, name in enumerate(names)}, scores, tables, held["steps"].astype(np.float32)
    )
