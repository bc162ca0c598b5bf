"""Topics: which IPTC Media Topics an article is about: the top concepts, best first, then those of the second level.

The top concepts come from a linear model over two kinds of evidence: how much of the hand-written lexicon of each
concept the text holds, and the words and word pairs themselves. A second-level concept is told by a lexicon of its
own, under a top concept that the text has, with a score that a regression makes a probability. All weights are made
by ``topics_training`` and shipped in ``data/topics/weights.npz``; nothing is fetched at run time. English only.
"""

from __future__ import annotations

import csv
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.article import TopicScore

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

TABLES = Path(__file__).resolve().parents[3] / "data" / "topics"
# Every byte of ASCII as a small letter, a digit, a mark that joins words, or a blank.
_LETTERS = bytes(
    ord(c.lower()) if c.isascii() and c.isalnum() else ord(c) if c in "-'" else 32
    for c in map(chr, range(256))
)
# News tells its subject early: what comes after so many characters only repeats it. Where the first of them leave no
# doubt, the rest is not read at all.
_READ = 3_000
_NEAR = 1_000
_SURE = 0.9
_LEAD = 400
_ENOUGH_WORDS = 3
_LEAST_SCORE = 0.08
_MOST = 4
_LEAST_LOGIT = math.log(0.6 / 0.4)  # a second-level concept is told from a probability of .6 on
_MOST_SECOND = 5
_LOUDEST = 4  # terms that a rule names

Evidence = dict[str, float]
# Words and what one of them counts.
Parts = tuple[tuple[list[str], float], ...]
# Stemmed term → ((concept index, weight), …).
Lexicon = dict[str, tuple[tuple[int, float], ...]]
Features = tuple[float, float, float, float]


def stem(word: str) -> str:
    """A word without its commonest English endings, so that "floods" and "flooding" meet: deliberately light."""
    return _STEMS[word]


def _stem(word: str) -> str:
    word = word.strip("-'").removesuffix("'s")
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


class _Stems(dict[str, str]):
    """Stems of the words met so far; emptied before it outgrows the memory it is worth."""

    def __missing__(self, word: str) -> str:
        if len(self) >= 200_000:
            self.clear()
        found = self[word] = _stem(word)
        return found


_STEMS = _Stems()


def words_of(text: str) -> list[str]:
    """The stemmed words of ``text``, lower case; a letter outside ASCII parts words."""
    return list(filter(None, map(_STEMS.__getitem__, _split(text))))


def _split(text: str) -> list[str]:
    plain = text.replace("’", "'").encode("ascii", "replace").translate(_LETTERS).decode("ascii")
    return plain.split()


def parts_of(title: str, text: str, reach: int = _READ) -> Parts:
    """The words of the title, of the opening and of what follows, with what a word counts there."""
    return (
        (words_of(title[:_LEAD]), 2.0),
        (words_of(text[:_LEAD]), 1.5),
        (words_of(text[_LEAD:reach]), 1.0),
    )


def evidence(title: str, text: str) -> Evidence:
    """How much of each word, pair and triple an article holds, as stems joined by a blank: the logarithm of a count
    in which title and lead weigh more, so that a long text is not louder than a brief.
    """
    counts: Evidence = {}
    for words, weight in parts_of(title, text):
        seen = Counter(words)
        seen.update(map(" ".join, pairwise(words)))
        seen.update(map(" ".join, zip(words, words[1:], words[2:], strict=False)))
        for key, count in seen.items():
            counts[key] = counts.get(key, 0.0) + weight * count
    return _damped(counts)


def _damped(counts: Evidence) -> Evidence:
    return dict(zip(counts, map(math.log1p, counts.values()), strict=True))


@dataclass(frozen=True, slots=True)
class Subject:
    """A second-level concept and the code of the top concept above it."""

    code: str
    label: str
    parent: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The terms that mean anything: ``terms`` all of them, ``pairs`` a word → the words that may follow it → the two
    of them, ``openings`` the first two words of the phrases of three.
    """

    terms: frozenset[str]
    pairs: dict[str, dict[str, str]]
    openings: frozenset[str]

    @classmethod
    def of(cls, *tables: Iterable[str]) -> Vocabulary:
        """The vocabulary of the terms of all ``tables``."""
        terms = frozenset(term for table in tables for term in table)
        openings = frozenset(term.rpartition(" ")[0] for term in terms if term.count(" ") == 2)
        pairs: dict[str, dict[str, str]] = {}
        for term in terms | openings:
            if term.count(" ") == 1:
                first, _, second = term.partition(" ")
                pairs.setdefault(first, {})[second] = term
        return cls(terms, pairs, openings)


def known_evidence(parts: Parts, vocabulary: Vocabulary) -> Evidence:
    """What ``evidence`` says of the terms of the vocabulary, without putting the others together first."""
    counts: Evidence = {}
    known, after = vocabulary.terms.__contains__, vocabulary.pairs.get
    for words, weight in parts:
        followed = zip(map(after, words), words[1:], strict=False)
        pairs = [follows[word] for follows, word in followed if follows and word in follows]
        triples: Iterable[str] = ()
        if not vocabulary.openings.isdisjoint(pairs):
            triples = map(" ".join, zip(words, words[1:], words[2:], strict=False))
        for key in filter(known, chain(words, pairs, triples)):
            counts[key] = counts.get(key, 0.0) + weight
    return _damped(counts)


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """The tagger.

    ``lexicon`` and ``second`` map terms to the top concepts and to ``subjects``; ``terms`` maps a term to its row of
    ``weights``, (terms, concepts) float32. ``bridge`` (2 × concepts, concepts) maps the lexicon's evidence to scores,
    ``bias`` (concepts,). ``calibration`` weighs the features of a subject, the constant last; ``above`` has the code
    of the parent of each subject.
    """

    concepts: tuple[tuple[str, str], ...]
    subjects: tuple[Subject, ...]
    lexicon: Lexicon
    second: Lexicon
    terms: dict[str, int]
    weights: Floats
    bridge: Floats
    bias: Floats
    calibration: tuple[float, ...]
    vocabulary: Vocabulary
    above: tuple[str, ...]


def read_concepts(path: Path = TABLES / "concepts.csv") -> tuple[tuple[str, str], ...]:
    """(code, label) of every top concept, in the order the model numbers them."""
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple((row["code"], row["label"]) for row in csv.DictReader(lines) if not row["parent"])


def read_subjects(path: Path = TABLES / "concepts.csv") -> tuple[Subject, ...]:
    """Every concept of the second level, in the order the model numbers them."""
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(Subject(**row) for row in csv.DictReader(lines) if row["parent"])


@lru_cache(maxsize=1)
def parents() -> dict[str, str]:
    """The code of the top concept above each second-level code."""
    return {subject.code: subject.parent for subject in read_subjects()}


def read_lexicon(codes: Iterable[str], path: Path = TABLES / "lexicon.csv") -> Lexicon:
    """Stemmed term → the numbers, in the order of ``codes``, of what it speaks for, with weights."""
    number = {code: k for k, code in enumerate(codes)}
    found: dict[str, dict[int, float]] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            key = " ".join(words_of(row["term"]))
            if key:
                held = found.setdefault(key, {})
                k = number[row["code"]]
                # A phrase says more than its words do.
                held[k] = max(held.get(k, 0.0), float(row["weight"]) * (1.0 + 0.5 * key.count(" ")))
    return {key: tuple(sorted(held.items())) for key, held in found.items()}


@lru_cache(maxsize=1)
def lexicons() -> tuple[Lexicon, Lexicon]:
    """The lexicons of the top concepts and of the second level."""
    return (
        read_lexicon(code for code, _ in read_concepts()),
        read_lexicon((s.code for s in read_subjects()), TABLES / "subjects.csv"),
    )


def model_of(
    terms: Sequence[str], weights: Floats, bridge: Floats, bias: Floats, calibration: Iterable[float]
) -> Model:
    """A model from what was trained and the tables."""
    lexicon, second = lexicons()
    subjects = read_subjects()
    return Model(
        read_concepts(),
        subjects,
        lexicon,
        second,
        {term: row for row, term in enumerate(terms)},
        weights,
        bridge,
        bias,
        tuple(float(w) for w in calibration),
        Vocabulary.of(terms, lexicon, second),
        tuple(subject.parent for subject in subjects),
    )


@lru_cache(maxsize=1)
def load() -> Model:
    """The shipped model. Raises FileNotFoundError, naming the file, where the tables are not installed."""
    import numpy as np

    with np.load(TABLES / "weights.npz") as stored:
        weights = stored["weights"].astype(np.float32) * stored["scale"].astype(np.float32)
        terms = str(stored["terms"]).split("\n")
        return model_of(terms, weights, stored["bridge"], stored["bias"], stored["calibration"])


def lexicon_sums(spoken: Evidence, lexicon: Lexicon, size: int) -> list[float]:
    """How strongly the lexicon speaks for each of ``size`` concepts; ``spoken`` has only terms of the lexicon."""
    sums = [0.0] * size
    for key, strength in spoken.items():
        for k, weight in lexicon[key]:
            sums[k] += strength * weight
    return sums


def spoken_of(counts: Evidence, lexicon: Lexicon) -> Evidence:
    """The evidence that the lexicon has."""
    return {key: counts[key] for key in filter(lexicon.__contains__, counts)}


def lexicon_evidence(sums: Sequence[float]) -> Floats:
    """The share of each concept and its damped sum, (2 × concepts,) float32."""
    import numpy as np

    total = sum(sums) + 4.0
    return np.array([s / total for s in sums] + [math.log1p(s) / 3.0 for s in sums], dtype=np.float32)


def word_evidence(counts: Evidence, terms: Mapping[str, int]) -> tuple[list[int], Floats]:
    """Rows of the known terms and their values, scaled to length one."""
    import numpy as np

    known = list(filter(terms.__contains__, counts))
    values = np.array([counts[key] for key in known], dtype=np.float32)
    norm = math.sqrt(float(values @ values))
    return [terms[key] for key in known], values / np.float32(norm) if norm else values


def top_scores(model: Model, counts: Evidence, spoken: Evidence) -> list[float] | None:
    """The scores of the top concepts, summing to 1; None without a single known term. ``spoken`` is the evidence
    that the lexicon has.
    """
    import numpy as np

    sums = lexicon_sums(spoken, model.lexicon, len(model.concepts))
    rows, values = word_evidence(counts, model.terms)
    if not rows and not spoken:
        return None
    logits = lexicon_evidence(sums) @ model.bridge + model.bias
    if rows:
        logits += values @ model.weights.take(rows, axis=0)
    scores = np.exp(logits - logits.max())
    told: list[float] = (scores / scores.sum()).tolist()
    return told


def second_features(model: Model, spoken: Evidence, scores: Sequence[float]) -> dict[int, Features]:
    """For each subject that a term speaks for, under a top concept that the text has: the damped strength of its
    terms, their share among all subjects', its share of the strongest under its parent, and the parent's score.
    """
    sums = lexicon_sums(spoken, model.second, len(model.subjects))
    total = sum(sums) + 4.0
    top = {code: s for (code, _), s in zip(model.concepts, scores, strict=True) if s >= _LEAST_SCORE}
    under = [(k, s, p) for k, (s, p) in enumerate(zip(sums, model.above, strict=True)) if s and p in top]
    strongest: dict[str, float] = {}
    for _, strength, parent in under:
        strongest[parent] = max(strongest.get(parent, 0.0), strength)
    return {k: (math.log1p(s), s / total, s / strongest[p], top[p]) for k, s, p in under}


def find(title: str, text: str) -> list[TopicScore]:
    """The topics of one article; see ``find_all``."""
    return find_all([(title, text)])[0]


def find_all(articles: Sequence[tuple[str, str]]) -> list[list[TopicScore]]:
    """The concepts that each article (title, text) is about: top concepts, best first, scores summing to at most 1;
    after them second-level ones under these (``parents`` says which is above), best first, each with the probability
    that it is right. The answer for one does not depend on the others.

    ``rule`` names the lexicon's terms that spoke loudest. A text of fewer than three words gets none, and so
    does one without a single known word (another script, figures only).
    """
    found: list[list[TopicScore]] = [[] for _ in articles]
    left: Sequence[int] = range(len(articles))
    for reach in (_NEAR, _READ):
        if not left:
            break
        told, sure = _told([articles[n] for n in left], reach)
        for n, topics in zip(left, told, strict=True):
            found[n] = topics
        left = [n for n, done in zip(left, sure, strict=True) if not done and len(articles[n][1]) > reach]
    return found


def _told(articles: Sequence[tuple[str, str]], reach: int) -> tuple[list[list[TopicScore]], list[bool]]:
    """The topics of each article as far as it is read, and whether they leave no doubt."""
    import numpy as np

    from dateline.findings import topics_batch as batch

    model = load()
    index = batch.index_of(model, _stem)
    evidence = batch.evidence_of(index, [_words(title, text, reach) for title, text in articles])
    top = batch.spoken_of(index.top, evidence, len(model.concepts))
    second = batch.spoken_of(index.second, evidence, len(model.subjects))
    scores, heard = batch.top_scores(model, index, evidence, top)
    order = np.argsort(-scores, axis=1, kind="stable")[:, :_MOST]
    kept = np.zeros(scores.shape, dtype=np.bool_)
    np.put_along_axis(kept, order, np.take_along_axis(scores, order, axis=1) >= _LEAST_SCORE, axis=1)
    kept[np.arange(len(kept)), order[:, 0]] = True
    logits = batch.second_logits(model, index, second, scores, _LEAST_SCORE)
    words = (
        batch.loudest(index, top, kept, _LOUDEST),
        batch.loudest(index, second, logits >= _LEAST_LOGIT, _LOUDEST),
    )
    likely: list[list[tuple[float, int]]] = [[] for _ in articles]
    for n, k in zip(*(at.tolist() for at in np.nonzero(logits >= _LEAST_LOGIT)), strict=True):
        likely[n].append((-1.0 / (1.0 + math.exp(-float(logits[n, k]))), k))
    answers: list[list[TopicScore]] = []
    for n, (answered, said) in enumerate(zip(heard.tolist(), evidence.said.tolist(), strict=True)):
        if not answered or said < _ENOUGH_WORDS:
            answers.append([])
            continue
        first = [
            TopicScore(
                *model.concepts[int(k)], score=_floor(float(scores[n, k])), rule=_rule(words[0].get((n, k)))
            )
            for k in order[n].tolist()
            if kept[n, k]
        ]
        answers.append(first + _second(model, n, likely[n], words[1]))
    sure = (heard & (scores.max(axis=1) >= _SURE)).tolist()
    return answers, sure


def _words(title: str, text: str, reach: int) -> tuple[tuple[list[str], float], ...]:
    """As ``parts_of``, with the words not yet stemmed."""
    return (
        (_split(title[:_LEAD]), 2.0),
        (_split(text[:_LEAD]), 1.5),
        (_split(text[_LEAD:reach]), 1.0),
    )


def _second(
    model: Model, n: int, likely: Sequence[tuple[float, int]], words: Mapping[tuple[int, int], list[str]]
) -> list[TopicScore]:
    """The likeliest of the second level; ``likely`` has minus the probability of each, and its number."""
    return [
        TopicScore(model.subjects[k].code, model.subjects[k].label, _floor(-score), _rule(words.get((n, k))))
        for score, k in sorted(likely)[:_MOST_SECOND]
    ]


def _floor(score: float) -> float:
    return math.floor(score * 1e4) / 1e4


def _rule(words: Sequence[str] | None) -> str:
    return f"words: {', '.join(words)}" if words else "the wording as a whole"
