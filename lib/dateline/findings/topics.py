"""Topics: which of the IPTC Media Topics' top concepts an article is about, several a text, best first.

A linear model over two kinds of evidence: how much of the hand-written lexicon of each concept the text holds,
and the words and word pairs themselves. Its weights are made by ``topics_training`` and shipped in
``data/topics/weights.npz``; nothing is fetched at run time. English only.
"""

from __future__ import annotations

import csv
import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.article import TopicScore

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

TABLES = Path(__file__).resolve().parents[3] / "data" / "topics"
_WORD = re.compile(r"[a-z][a-z0-9]*(?:[-'’][a-z0-9]+)*|\b[345]g\b")
# News tells its subject early: what comes after this many characters only repeats it.
_READ = 2_400
_LEAD = 400
_ENOUGH_WORDS = 3
_LEAST_SCORE = 0.08
_MOST = 4

Evidence = dict[str, float]


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """A word without its commonest English endings, so that "floods" and "flooding" meet: deliberately light."""
    word = word.removesuffix("'s").removesuffix("’s")
    if len(word) > 5 and word.endswith("ing") and not word.endswith(("ring", "king", "thing")):
        word = word[:-3]
    elif len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 4 and word.endswith(("sses", "shes", "ches", "xes")):
        word = word[:-2]
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    elif len(word) > 5 and word.endswith("ed"):
        word = word[:-2]
    if len(word) > 4 and word.endswith("e"):
        word = word[:-1]
    return word


def words_of(text: str) -> list[str]:
    """The stemmed words of ``text``, lower case."""
    return [stem(w) for w in _WORD.findall(text.lower())]


def evidence(title: str, text: str) -> Evidence:
    """Weighted counts of the words, pairs and triples of an article, as stems joined by a blank; title and lead
    count more.
    """
    counts: Evidence = {}
    for part, weight in ((title[:_LEAD], 2.0), (text[:_LEAD], 1.5), (text[_LEAD:_READ], 1.0)):
        words = words_of(part)
        seen = Counter(words)
        seen.update(map(" ".join, pairwise(words)))
        seen.update(map(" ".join, zip(words, words[1:], words[2:], strict=False)))
        for key, count in seen.items():
            counts[key] = counts.get(key, 0.0) + weight * count
    return counts


@dataclass(frozen=True)
class Model:
    """The tagger: ``lexicon`` term → ((concept index, weight), …), ``terms`` term → row of ``weights``.

    ``weights`` is (terms, concepts) float32, ``bridge`` (2 × concepts, concepts) maps the lexicon's evidence to
    scores, ``bias`` (concepts,).
    """

    concepts: tuple[tuple[str, str], ...]
    lexicon: dict[str, tuple[tuple[int, float], ...]]
    terms: dict[str, int]
    weights: Floats
    bridge: Floats
    bias: Floats


def read_concepts(path: Path = TABLES / "concepts.csv") -> tuple[tuple[str, str], ...]:
    """(code, label) of every concept, in the order the model numbers them."""
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple((row["code"], row["label"]) for row in csv.DictReader(lines))


def read_lexicon(
    concepts: Iterable[tuple[str, str]], path: Path = TABLES / "lexicon.csv"
) -> dict[str, tuple[tuple[int, float], ...]]:
    """Stemmed term → the concepts it speaks for, with weights."""
    number = {code: k for k, (code, _) in enumerate(concepts)}
    found: dict[str, dict[int, float]] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            key = " ".join(words_of(row["term"]))
            if key:
                held = found.setdefault(key, {})
                k = number[row["code"]]
                held[k] = max(held.get(k, 0.0), float(row["weight"]))
    return {key: tuple(sorted(held.items())) for key, held in found.items()}


@lru_cache(maxsize=1)
def load() -> Model:
    """The shipped model. Raises FileNotFoundError, naming the file, where the tables are not installed."""
    import numpy as np

    concepts = read_concepts()
    with np.load(TABLES / "weights.npz") as stored:
        terms = {term: row for row, term in enumerate(str(stored["terms"]).split("\n"))}
        scale = stored["scale"].astype(np.float32)
        weights = stored["weights"].astype(np.float32) * scale
        return Model(concepts, read_lexicon(concepts), terms, weights, stored["bridge"], stored["bias"])


def lexicon_evidence(
    counts: Evidence, lexicon: dict[str, tuple[tuple[int, float], ...]], concepts: int
) -> tuple[Floats, list[tuple[float, int, str]]]:
    """How strongly each concept's lexicon speaks: its share and its damped sum, (2 × concepts,) float32;
    and the terms found as (strength, concept index, term).
    """
    import numpy as np

    sums = [0.0] * concepts
    hits: list[tuple[float, int, str]] = []
    for key in counts.keys() & lexicon.keys():
        # A phrase says more than its words do.
        strength = math.log1p(counts[key]) * (1.0 + 0.5 * key.count(" "))
        for k, weight in lexicon[key]:
            sums[k] += strength * weight
            hits.append((strength * weight, k, key))
    total = sum(sums) + 4.0
    return np.array([s / total for s in sums] + [math.log1p(s) / 3.0 for s in sums], dtype=np.float32), hits


def word_evidence(counts: Evidence, terms: dict[str, int]) -> tuple[list[int], Floats]:
    """Rows of the known terms and their values, scaled to length one."""
    import numpy as np

    # a count is damped, so that a long text is not louder than a brief
    known = sorted((terms[key], math.log1p(counts[key])) for key in counts.keys() & terms.keys())
    values = np.array([v for _, v in known], dtype=np.float32)
    norm = float(np.sqrt((values * values).sum()))
    return [row for row, _ in known], values / norm if norm else values


def find(title: str, text: str) -> list[TopicScore]:
    """The concepts an article is about, best first, scores summing to at most 1.

    ``rule`` names the lexicon's terms that spoke loudest. A text of fewer than three words gets none, and so
    does one without a single known word (another script, figures only).
    """
    import numpy as np

    model = load()
    if len(_WORD.findall(f"{title[:_LEAD]} {text[:_LEAD]}".lower())) < _ENOUGH_WORDS:
        return []
    counts = evidence(title, text)
    spoken, hits = lexicon_evidence(counts, model.lexicon, len(model.concepts))
    rows, values = word_evidence(counts, model.terms)
    if not rows and not hits:
        return []
    logits = spoken @ model.bridge + model.bias
    if rows:
        logits = logits + values @ model.weights[rows]
    scores = np.exp(logits - logits.max())
    scores /= scores.sum()
    order = [int(k) for k in np.argsort(-scores, kind="stable")[:_MOST]]
    kept = [k for k in order if scores[k] >= _LEAST_SCORE] or order[:1]
    return [
        TopicScore(*model.concepts[k], score=math.floor(float(scores[k]) * 1e4) / 1e4, rule=_rule(hits, k))
        for k in kept
    ]


def _rule(hits: list[tuple[float, int, str]], concept: int) -> str:
    loudest = sorted((h for h in hits if h[1] == concept), key=lambda h: (-h[0], h[2]))[:4]
    return "words: " + ", ".join(term for *_, term in loudest) if loudest else "the wording as a whole"
