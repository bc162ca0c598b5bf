"""The learned recogniser: the rules' matches, the tagger's view of each token, and the trees' choice of stretches.

``page`` gathers what both training and reading need; ``toponyms`` is the way in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from dateline import shipped
from dateline.findings.places import clues, spans, unlisted, words
from dateline.findings.places.recognise import (
    LOCAL_BODY,
    Judged,
    Tokens,
    Toponym,
    is_local,
    judged,
    settled,
    stretch_of,
)
from dateline.findings.places.tagger import Stretches, Tagger, read
from dateline.findings.places.trees import Forest
from dateline.findings.places.unlisted import Unlisted
from dateline.gazetteer import Gazetteer

if TYPE_CHECKING:
    from numpy.typing import NDArray

WEIGHTS = shipped.path("places", "recogniser.npz")
# How likely a stretch must be a toponym to be taken for one; the best F1 by cross-validation.
LEAST = 0.35
# Words kept with their attributes; a fresh start beyond.
_MOST_WORDS = 60_000


@dataclass(frozen=True, slots=True)
class Page:
    """A text before the tagger: the rules' view of it, its words and columns, and the tokens worth tagging."""

    tokens: Tokens
    judged: Judged
    columns: NDArray[np.int64]
    features: list[Unlisted]
    at: NDArray[np.int64]
    stretches: Stretches


class Lexicon:
    """The words seen so far, each with its number; ``kinds`` and ``alike`` are their classes and clusters."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.words: list[clues.Word] = []
        self.kinds = np.zeros(4096, np.int64)
        self.alike = np.zeros(4096, np.int64)
        self._numbers: dict[str, int] = {}

    def numbers(self, tokens: Tokens) -> NDArray[np.int64]:
        """The number of each token's word."""
        known = self._numbers
        found = [known.get(surface, -1) for surface in tokens.surfaces]
        if -1 in found:
            for index, number in enumerate(found):
                if number < 0:
                    found[index] = self._take(tokens.surfaces[index], tokens.shapes[index])
        return np.asarray(found, np.int64)

    def _take(self, surface: str, shape: int) -> int:
        number = self._numbers.get(surface)
        if number is not None:
            return number
        number = self._numbers[surface] = len(self.words)
        word = clues.word(surface, shape, self.gazetteer)
        self.words.append(word)
        if number == len(self.kinds):
            self.kinds = np.concatenate([self.kinds, np.zeros_like(self.kinds)])
            self.alike = np.concatenate([self.alike, np.zeros_like(self.alike)])
        self.kinds[number], self.alike[number] = word.kind, word.cluster
        return number


def page(tokens: Tokens, numbers: NDArray[np.int64], lexicon: Lexicon) -> Page:
    """What the tagger and the trees need of a tokenised text, whose words have the ``numbers``."""
    view = judged(tokens, lexicon.gazetteer)
    kinds, alike = lexicon.kinds[numbers], lexicon.alike[numbers]
    columns = clues.columns(tokens, kinds, alike, view.found, view.verdicts, view.backed, view.capitals)
    at = clues.active(tokens)
    kept = [t for t, verdict in zip(view.found, view.verdicts, strict=True) if verdict == "keep"]
    return Page(tokens, view, columns, unlisted.features(tokens, kept), at, Stretches.of(tokens, at))


def seen(page: Page, marginals: NDArray[np.float32]) -> spans.Seen:
    """The page with what the tagger says of its active tokens (tokens ``page.at``, 2)."""
    whole = np.zeros((len(page.tokens), 2), np.float32)
    whole[page.at] = marginals
    features = [(feature.first, feature.last) for feature in page.features]
    return spans.Seen(page.tokens, page.columns, whole, page.judged.found, page.judged.verdicts, features)


class Recogniser:
    """Tagger and trees together, with the words they have met."""

    def __init__(self, tagger: Tagger, forest: Forest, gazetteer: Gazetteer) -> None:
        self._tagger, self._forest = tagger, forest
        self._lexicon = Lexicon(gazetteer)

    def stretches(self, batch: Sequence[Tokens]) -> list[tuple[Page, list[tuple[int, int]]]]:
        """For each text its page and the stretches (first token, last token) that name places, in order.

        Texts are taken together only to spare time: none changes what is found in another.
        """
        pages, numbers = self._read(batch)
        views = [seen(one, told) for one, told in zip(pages, self._tag(pages, numbers), strict=True)]
        sources = [spans.candidates(view) for view in views]
        if not any(sources):
            return [(one, []) for one in pages]
        odds = 1.0 / (1.0 + np.exp(-self._forest(spans.table(views, sources, self._lexicon.gazetteer))))
        found, at = [], 0
        for one, held in zip(pages, sources, strict=True):
            stretches = list(held)
            kept = spans.chosen(stretches, odds[at : at + len(held)].tolist(), LEAST)
            found.append((one, sorted(stretches[number] for number in kept)))
            at += len(held)
        return found

    def _read(self, batch: Sequence[Tokens]) -> tuple[list[Page], list[NDArray[np.int64]]]:
        if len(self._lexicon.words) > _MOST_WORDS:
            self._lexicon = Lexicon(self._lexicon.gazetteer)
            self._tagger.forget()
        before = len(self._lexicon.words)
        numbers = [self._lexicon.numbers(tokens) for tokens in batch]
        for word in self._lexicon.words[before:]:
            self._tagger.take(word)
        return [page(t, n, self._lexicon) for t, n in zip(batch, numbers, strict=True)], numbers

    def _tag(self, pages: Sequence[Page], numbers: Sequence[NDArray[np.int64]]) -> list[NDArray[np.float32]]:
        """P(B) and P(I) of each page's active tokens; the pages lie side by side, empty tokens between them."""
        opens = np.cumsum([0, *(len(one.tokens) + clues.REACH for one in pages)])
        columns = np.zeros((len(clues.SIZES), opens[-1]), np.int64)
        rows = np.full(opens[-1], -1, np.int64)
        for one, held, start in zip(pages, numbers, opens, strict=False):
            columns[:, start : start + len(held)], rows[start : start + len(held)] = one.columns, held
        at = np.concatenate([one.at + start for one, start in zip(pages, opens, strict=False)])
        counts = [len(one.at) for one in pages]
        together = Stretches.together([one.stretches for one in pages], counts)
        marginals = self._tagger.marginals(self._tagger.emissions(rows, columns, at), together)
        return np.split(marginals, np.cumsum(counts)[:-1])


@lru_cache(maxsize=2)
def load(gazetteer: Gazetteer, path: Path = WEIGHTS) -> Recogniser:
    """The shipped recogniser over ``gazetteer``."""
    with np.load(path) as held:
        if tuple(held["columns"].tolist()) != spans.COLUMNS:
            raise ValueError(
                f"{path} was trained on other columns; run dateline.findings.places.recogniser_training"
            )
        return Recogniser(read(held), Forest.of(held, "spans"), gazetteer)


def toponyms(batch: Sequence[Tokens], gazetteer: Gazetteer) -> list[tuple[list[Toponym], list[Unlisted]]]:
    """The toponyms of each text in order, none overlapping another; apart, those whose name the gazetteer lacks."""
    read = load(gazetteer).stretches(batch) if batch else []
    return [
        _named(tokens, one, stretches, gazetteer)
        for tokens, (one, stretches) in zip(batch, read, strict=True)
    ]


def _named(
    tokens: Tokens, page: Page, stretches: Sequence[tuple[int, int]], gazetteer: Gazetteer
) -> tuple[list[Toponym], list[Unlisted]]:
    matched = {(toponym.first, toponym.last): toponym for toponym in page.judged.found}
    kept: list[Toponym] = []
    lacking: list[Unlisted] = []
    for first, last in stretches:
        toponym = stretch_of(tokens, first, last, matched.get((first, last)), gazetteer)
        if toponym is None:
            lacking.append(_lacking(tokens, first, last, gazetteer))
        else:
            kept.append(toponym)
    if lacking and not any(is_local(toponym) for toponym in kept):
        # Better the town of an unknown "Lyon General Hospital" than no place at all.
        towns = [t for t in page.judged.found if t.evidence == LOCAL_BODY]
        lacking = [one for one in lacking if not any(one.first <= t.first <= one.last for t in towns)]
    ends = [(name.first, name.last) for name in kept] + [(name.first, name.last) for name in lacking]
    taken = {index for first, last in ends for index in range(first, last + 1)}
    return settled(tokens, kept, page.judged, taken), lacking


def _lacking(tokens: Tokens, first: int, last: int, gazetteer: Gazetteer) -> Unlisted:
    """A toponym without an entry; what it is shows in its last word at best."""
    word = tokens.folded[last]
    kind = "street" if word in words.STREETS else word if word in words.FEATURES else "place"
    end = clues.end_of(tokens, first, last, gazetteer)
    return Unlisted(first, last, tokens.starts[first], end, tokens.sentence[first], kind)
