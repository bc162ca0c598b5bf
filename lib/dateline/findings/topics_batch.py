"""Many articles scored for topics at once: words become numbers, and what is known of them is added up in arrays.

The arithmetic is that of ``topics``' own functions, which training uses and the tests hold this against; here it is
done for a whole batch, several times as fast. What an article gets does not depend on the articles beside it: no sum
runs across two of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dateline.findings.topics import Lexicon, Model

    Numbers = NDArray[np.int64]
    Reals = NDArray[np.float64]

# Between two parts of an article stands a word of no meaning; it is written like a number, which nobody counts.
_GAP = 1
_REMEMBERED = 200_000


class _Codes(dict[str, int]):
    """A word as the text has it → twice the number of its stem (0: unknown), and one more for digits; -1: no word."""

    def __init__(self, numbers: dict[str, int], stem: Callable[[str], str]) -> None:
        super().__init__()
        self.numbers, self.stem = numbers, stem

    def __missing__(self, word: str) -> int:
        if len(self) >= _REMEMBERED:
            self.clear()
        stemmed = self.stem(word)
        code = self[word] = 2 * self.numbers.get(stemmed, 0) + stemmed.isdigit() if stemmed else -1
        return code


@dataclass(frozen=True, slots=True)
class Table:
    """A lexicon over term numbers: term ``t`` speaks for ``whom[starts[t]:starts[t + 1]]``, each with a weight."""

    starts: Numbers
    whom: Numbers
    weights: Reals

    @classmethod
    def of(cls, terms: Sequence[str], lexicon: Lexicon) -> Table:
        """The table of a lexicon whose terms are among ``terms``."""
        held = [lexicon.get(term, ()) for term in terms]
        starts = np.cumsum([0, *map(len, held)])
        pairs = [pair for group in held for pair in group]
        return cls(starts, np.array([k for k, _ in pairs], dtype=np.int64), np.array([w for _, w in pairs]))


@dataclass(frozen=True, slots=True)
class Index:
    """The model's vocabulary as numbers; term numbers are in alphabetical order, -1 stands for none.

    ``term_of`` a word is its term; ``pair_keys`` and ``triple_keys`` are sorted, first × ``base`` + second, where the
    first of a triple is the position of its pair; ``follows`` marks words that begin a pair, ``followed`` those that
    end one, ``opens`` the pairs that begin a triple.
    """

    terms: tuple[str, ...]
    codes: _Codes
    base: int
    term_of: Numbers
    follows: NDArray[np.bool_]
    followed: NDArray[np.bool_]
    pair_keys: Numbers
    pair_terms: Numbers
    opens: NDArray[np.bool_]
    triple_keys: Numbers
    triple_terms: Numbers
    row_of: Numbers
    top: Table
    second: Table
    above: Numbers


@lru_cache(maxsize=1)
def index_of(model: Model, stem: Callable[[str], str]) -> Index:
    """The index of a model."""
    terms = tuple(sorted(model.vocabulary.terms))
    number = {term: n for n, term in enumerate(terms)}
    words = {word: n for n, word in enumerate(sorted({w for t in terms for w in t.split(" ")}), 1)}
    base = len(words) + 1
    pairs = {
        words[first] * base + words[second]: number.get(pair, -1)
        for first, held in model.vocabulary.pairs.items()
        for second, pair in held.items()
    }
    pair_keys = np.array(sorted(pairs), dtype=np.int64)
    at = {key: n for n, key in enumerate(pair_keys.tolist())}
    triples = {}
    for term in (t for t in terms if t.count(" ") == 2):
        first, second, third = (words[w] for w in term.split(" "))
        triples[at[first * base + second] * base + third] = number[term]
    triple_keys = np.array(sorted(triples), dtype=np.int64)
    follows, followed = (np.zeros(base, dtype=np.bool_) for _ in range(2))
    follows[pair_keys // base] = True
    followed[pair_keys % base] = True
    opens = np.zeros(len(pair_keys), dtype=np.bool_)
    opens[triple_keys // base] = True
    code_of = {code: n for n, (code, _) in enumerate(model.concepts)}
    return Index(
        terms,
        _Codes(words, stem),
        base,
        np.array([-1, *(number.get(word, -1) for word in words)]),
        follows,
        followed,
        pair_keys,
        np.array([pairs[key] for key in pair_keys.tolist()], dtype=np.int64),
        opens,
        triple_keys,
        np.array([triples[key] for key in triple_keys.tolist()], dtype=np.int64),
        np.array([model.terms.get(term, -1) for term in terms]),
        Table.of(terms, model.lexicon),
        Table.of(terms, model.second),
        np.array([code_of[parent] for parent in model.above]),
    )


@dataclass(frozen=True, slots=True)
class Evidence:
    """What ``count`` articles hold: a row an article and term, sorted, with its damped strength.

    ``said`` is how many words, not figures, title and opening of each article have.
    """

    count: int
    article: Numbers
    term: Numbers
    strength: Reals
    said: Numbers


# The words of the parts of an article, in its own letters, and what a word of each counts.
Words = Sequence[tuple[Sequence[str], float]]


def evidence_of(index: Index, articles: Sequence[Words]) -> Evidence:
    """The evidence of a batch; title and opening are the first two parts of each."""
    codes: list[int] = []
    sizes, weights = [], []
    look = index.codes.__getitem__
    for parts in articles:
        for words, weight in parts:
            before = len(codes)
            codes.extend(map(look, words))
            codes.append(_GAP)
            sizes.append(len(codes) - before)
            weights.append(weight)
    code = np.array(codes, dtype=np.int64)
    parts_each = [len(parts) for parts in articles]
    part = np.repeat(np.arange(len(sizes)), sizes)
    kept = code >= 0
    code, part = code[kept], part[kept]
    number = code >> 1
    owner = np.repeat(np.arange(len(articles)), parts_each)[part]
    spoken = (np.concatenate([np.arange(n) for n in parts_each])[part] < 2) & (code & 1 == 0)
    said = np.bincount(owner[spoken], minlength=len(articles))
    where, terms = _terms(index, number)
    keys = owner[where] * len(index.terms) + terms
    unique, inverse = np.unique(keys, return_inverse=True)
    strength = np.log1p(np.bincount(inverse, np.array(weights)[part[where]], minlength=len(unique)))
    return Evidence(len(articles), unique // len(index.terms), unique % len(index.terms), strength, said)


def _terms(index: Index, number: Numbers) -> tuple[Numbers, Numbers]:
    """Where the known words, pairs and triples begin among the word numbers, and their terms."""
    single = index.term_of[number]
    one = np.flatnonzero(single >= 0)
    two = np.flatnonzero(index.follows[number[:-1]] & index.followed[number[1:]])
    two, pair = _found(index.pair_keys, number[two] * index.base + number[two + 1], two)
    opening = index.opens[pair] & (two + 2 < len(number))
    three, first = two[opening], pair[opening]
    three, triple = _found(index.triple_keys, first * index.base + number[three + 2], three)
    named = index.pair_terms[pair] >= 0
    where = np.concatenate([one, two[named], three])
    return where, np.concatenate([single[one], index.pair_terms[pair[named]], index.triple_terms[triple]])


def _found(keys: Numbers, sought: Numbers, where: Numbers) -> tuple[Numbers, Numbers]:
    """Those of the places whose sought key is among the sorted keys, and its position there."""
    if not len(keys):
        return where[:0], where[:0]
    at = np.minimum(np.searchsorted(keys, sought), len(keys) - 1)
    hit = keys[at] == sought
    return where[hit], at[hit]


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a lexicon says of a batch: an entry an article and term it has, for ``whom``, how ``loud``; the ``sums``,
    (articles, concepts).
    """

    article: Numbers
    term: Numbers
    whom: Numbers
    loud: Reals
    sums: Reals


def spoken_of(table: Table, evidence: Evidence, size: int) -> Spoken:
    """What the lexicon speaks for each of ``size`` concepts."""
    lows = table.starts[evidence.term]
    counts = table.starts[evidence.term + 1] - lows
    ends = np.cumsum(counts)
    at = np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(lows - ends + counts, counts)
    article, whom = np.repeat(evidence.article, counts), table.whom[at]
    loud = np.repeat(evidence.strength, counts) * table.weights[at]
    sums = np.bincount(article * size + whom, loud, minlength=evidence.count * size).astype(np.float64)
    return Spoken(article, np.repeat(evidence.term, counts), whom, loud, sums.reshape(evidence.count, size))


def top_scores(
    model: Model, index: Index, evidence: Evidence, spoken: Spoken
) -> tuple[Reals, NDArray[np.bool_]]:
    """Scores of the top concepts, (articles, concepts), rows summing to one; and which articles have a known term."""
    rows = index.row_of[evidence.term]
    known = rows >= 0
    article, rows = evidence.article[known], rows[known]
    values = evidence.strength[known].astype(np.float32)
    norms = np.sqrt(np.bincount(article, values.astype(np.float64) ** 2, minlength=evidence.count))
    values /= norms[article].astype(np.float32)
    total = spoken.sums.sum(axis=1, keepdims=True) + 4.0
    shares = np.concatenate([spoken.sums / total, np.log1p(spoken.sums) / 3.0], axis=1).astype(np.float32)
    # No matrix product: its rounding may depend on how many rows it has.
    logits = (shares[:, :, None] * model.bridge).sum(axis=1) + model.bias
    if len(rows):
        begins = np.flatnonzero(np.diff(article, prepend=-1))
        products = values[:, None] * model.weights.take(rows, axis=0)
        logits[article[begins]] += np.add.reduceat(products, begins, axis=0)
    scores = np.exp(logits - logits.max(axis=1, keepdims=True))
    scores = (scores / scores.sum(axis=1, keepdims=True)).astype(np.float64)
    heard = np.bincount(article, minlength=evidence.count) + np.bincount(
        spoken.article, minlength=evidence.count
    )
    return scores, heard > 0


def second_logits(model: Model, index: Index, spoken: Spoken, scores: Reals, least: float) -> Reals:
    """Log-odds of each subject, (articles, subjects): minus infinity where no term speaks for it, or its parent
    scores less than ``least``.
    """
    sums, above = spoken.sums, scores[:, index.above]
    strongest = np.zeros_like(scores)
    np.maximum.at(strongest.T, index.above, sums.T)
    total = sums.sum(axis=1, keepdims=True) + 4.0
    *weights, constant = model.calibration
    with np.errstate(divide="ignore", invalid="ignore"):
        features = (np.log1p(sums), sums / total, sums / strongest[:, index.above], above)
    logits: Reals = constant + sum(w * f for w, f in zip(weights, features, strict=True))
    return np.where((sums > 0) & (above >= least), logits, -np.inf)


def loudest(
    index: Index, spoken: Spoken, wanted: NDArray[np.bool_], most: int
) -> dict[tuple[int, int], list[str]]:
    """The terms that speak loudest, ``most`` at most, for each wanted article and concept (articles, concepts)."""
    chosen = np.flatnonzero(wanted[spoken.article, spoken.whom])
    group = spoken.article[chosen] * wanted.shape[1] + spoken.whom[chosen]
    order = np.lexsort((spoken.term[chosen], -spoken.loud[chosen], group))
    group, term = group[order], spoken.term[chosen[order]]
    first = np.flatnonzero(np.diff(group, prepend=-1))
    place = np.arange(len(group)) - np.repeat(first, np.diff(first, append=len(group)))
    loud = place < most
    found: dict[tuple[int, int], list[str]] = {}
    for key, n in zip(group[loud].tolist(), term[loud].tolist(), strict=True):
        found.setdefault(divmod(key, wanted.shape[1]), []).append(index.terms[n])
    return found
