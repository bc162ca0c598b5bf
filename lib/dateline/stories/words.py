"""Words: an article as weighted terms, one sparse row an article.

How telling a word is comes mostly from a fixed table of how many news texts use it (``data/stories``), so a story
hardly depends on what else is loaded.
"""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.findings.topics import stem
from dateline.stories.item import Item

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BACKGROUND = Path(__file__).resolve().parents[3] / "data" / "stories" / "background.csv.gz"
LEAD = 300
READ = 2_500
# The most telling terms of the opening and of the whole that are kept.
TERMS = 60
LEAST_IDF = 3.0
# How much the table of background counts weighs against the collection at hand.
BACKGROUND_WEIGHT = 0.3
# The columns of ``Rows.weights``: opening, whole, title; names and numbers of the whole.
VIEWS = ("lead", "whole", "title", "names", "numbers")
# Articles counted at a time.
_BLOCK = 2_000
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Background:
    """``counts`` of how many of ``texts`` news texts hold a stemmed word."""

    texts: int
    counts: dict[str, int]


@lru_cache(maxsize=1)
def background() -> Background:
    """The shipped table. Raises FileNotFoundError where it is not installed."""
    with gzip.open(BACKGROUND, "rt", encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines)
        next(rows)
        counts = {term: int(texts) for term, texts in rows}
    return Background(counts.pop(""), counts)


def words_of(title: str, text: str) -> set[str]:
    """The stemmed words by which an article is compared."""
    return {stem(w) for w in _WORD.findall(f"{title}\n{text[:READ]}".lower())}


@dataclass(frozen=True, slots=True)
class Rows:
    """A sparse matrix a view, over the same terms: article ``n`` has the entries ``starts[n]`` to ``starts[n + 1]``.

    ``terms`` are the terms' numbers (below ``size``), ``idf`` how telling each entry's term is; ``weights`` has a
    column a view, each article's column of length one, or nought where it has no such word.
    """

    starts: NDArray[np.int64]
    terms: NDArray[np.int32]
    weights: NDArray[np.float32]
    idf: NDArray[np.float32]
    size: int

    def __len__(self) -> int:
        return len(self.starts) - 1

    def take(self, chosen: NDArray[np.int64]) -> Rows:
        """The rows at these positions."""
        import numpy as np

        lengths = np.diff(self.starts)[chosen]
        starts = np.concatenate([[0], np.cumsum(lengths)])
        at = np.arange(int(starts[-1])) + np.repeat(self.starts[chosen] - starts[:-1], lengths)
        return Rows(starts, self.terms[at], self.weights[at], self.idf[at], self.size)


class _Lexicon(dict[str, int]):
    """Word as written → the number of its stem times four, plus its form: 1 capitalised, 2 a number, 0 neither."""

    def __init__(self) -> None:
        super().__init__()
        self.stems: dict[str, int] = {}

    def __missing__(self, word: str) -> int:
        lower = word.lower()
        code = 4 * self.stems.setdefault(stem(lower), len(self.stems))
        code += 2 if word[0].isdecimal() else int(word[0] != lower[:1])
        self[word] = code
        return code


@dataclass(frozen=True, slots=True)
class _Counts:
    """An entry an article and term, in that order: how often it stands in title, opening and whole, and its form."""

    article: NDArray[np.int32]
    term: NDArray[np.int32]
    title: NDArray[np.int32]
    lead: NDArray[np.int32]
    whole: NDArray[np.int32]
    form: NDArray[np.int8]


def rows_of(items: Sequence[Item]) -> Rows:
    """The items as rows, in order; what a row holds depends on the set of items, not on their order."""
    import numpy as np

    lexicon = _Lexicon()
    blocks = [_count(items[n : n + _BLOCK], lexicon, np.int32(n)) for n in range(0, len(items), _BLOCK)]
    size = len(lexicon.stems)
    lexicon.clear()
    idf = _idf(lexicon.stems, blocks, len(items))
    kept = [_weigh(blocks.pop(0), idf) for _ in range(len(blocks))]
    if not kept:
        kept = [_weigh(_count([], lexicon, np.int32(0)), idf)]
    article = np.concatenate([block[0] for block in kept])
    terms = np.concatenate([block[1] for block in kept])
    weights = np.concatenate([block[2] for block in kept])
    starts = np.searchsorted(article, np.arange(len(items) + 1))
    return Rows(starts, terms, weights, idf[terms], size)


def _count(items: Sequence[Item], lexicon: _Lexicon, first: np.int32) -> _Counts:
    import numpy as np

    codes: list[int] = []
    ends: list[int] = []
    look = lexicon.__getitem__
    for item in items:
        for section in (item.title[:READ], item.text[:LEAD], item.text[LEAD:READ]):
            codes.extend(map(look, _WORD.findall(section)))
            ends.append(len(codes))
    code = np.array(codes, dtype=np.int64)
    lengths: NDArray[np.int64] = np.array(ends, dtype=np.int64)
    lengths[1:] -= lengths[:-1].copy()
    part = np.repeat(np.arange(len(ends), dtype=np.int64), lengths)
    keys, where = np.unique((part // 3 << 32) | (code >> 2), return_inverse=True)
    part %= 3
    form = code & 3

    def tally(chosen: NDArray[np.bool_]) -> NDArray[np.int32]:
        return np.bincount(where[chosen], minlength=len(keys)).astype(np.int32)

    title = tally(part == 0)
    lead = tally(part == 1) + 2 * title
    body = tally(part > 0)
    # A title may have every word capitalised, so that the body says what is a name.
    names = 2 * tally((part > 0) & (form == 1)) > np.maximum(body, 1)
    forms = np.where(tally(form == 2) > 0, 2, names).astype(np.int8)
    return _Counts(
        (keys >> 32).astype(np.int32) + first,
        (keys & 0xFFFFFFFF).astype(np.int32),
        title,
        lead,
        tally(part == 2) + lead,
        forms,
    )


def _idf(stems: dict[str, int], blocks: Sequence[_Counts], articles: int) -> NDArray[np.float32]:
    import numpy as np

    table = background()
    own = np.zeros(len(stems))
    for block in blocks:
        own += np.bincount(block.term, minlength=len(stems))
    known = np.fromiter((table.counts.get(s, 0) for s in stems), dtype=np.float64, count=len(stems))
    texts = table.texts * BACKGROUND_WEIGHT + articles + 1.0
    idf = np.log(texts / np.maximum(known * BACKGROUND_WEIGHT + own, 1.0)).astype(np.float32)
    short = np.fromiter((len(s) < 2 for s in stems), dtype=np.bool_, count=len(stems))
    idf[short] = 0.0
    return idf


def _weigh(
    counts: _Counts, idf: NDArray[np.float32]
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float32]]:
    """Article, term and weights of the entries that are kept."""
    import numpy as np

    telling = idf[counts.term]
    telling = np.where(telling >= LEAST_IDF, telling, np.float32(0.0))

    def weight(times: NDArray[np.int32]) -> NDArray[np.float32]:
        damped = np.where(times > 0, 1.0 + np.log(np.maximum(np.minimum(times, 99), 1)), 0.0)
        return (damped * telling).astype(np.float32)

    lead = _first(counts, weight(counts.lead))
    whole = _first(counts, weight(counts.whole))
    title = np.where(counts.title > 0, telling, np.float32(0.0))
    kept = (lead > 0) | (whole > 0) | (title > 0)
    article = counts.article[kept]
    names = np.where(counts.form == 1, whole, 0)
    numbers = np.where(counts.form == 2, whole, 0)
    weights = np.stack([view[kept] for view in (lead, whole, title, names, numbers)], axis=1)
    return article, counts.term[kept], _unit(article, weights)


def _first(counts: _Counts, weight: NDArray[np.float32]) -> NDArray[np.float32]:
    """The weights with all but the largest ``TERMS`` of each article set to nought; ties go by the term."""
    import numpy as np

    order = np.lexsort((counts.term, -weight, counts.article))
    article = counts.article[order]
    begins = np.searchsorted(article, article)
    kept = np.zeros(len(weight), dtype=np.float32)
    chosen = order[np.arange(len(order)) - begins < TERMS]
    kept[chosen] = weight[chosen]
    return kept


def _unit(article: NDArray[np.int32], weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """The columns scaled so that each article's squares add up to one."""
    import numpy as np

    if not len(article):
        return weights.astype(np.float32)
    local = article - article[0]
    norms = np.stack([np.bincount(local, column * column) for column in weights.T.astype(np.float64)], axis=1)
    scale = np.sqrt(np.where(norms > 0, norms, 1.0))
    unit: NDArray[np.float32] = (weights / scale[local]).astype(np.float32)
    return unit
