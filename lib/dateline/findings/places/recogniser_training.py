"""Make the weights of ``learned``: ``python -m dateline.findings.places.recogniser_training --gold DIR``.

First a linear-chain conditional random field over the stretches that can hold a name, by L-BFGS with an L2 penalty;
then boosted trees over candidate stretches, trained on what fields that never saw a text say of it. The same
``clues`` and ``spans`` serve training and reading. Needs scipy and lightgbm, which nothing else here needs.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import io
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from dateline.findings import sentences
from dateline.findings.places import clues, learned, spans
from dateline.findings.places.ranker_training import padded
from dateline.findings.places.recognise import tokenise
from dateline.findings.places.tagger import LABELS, Tagger
from dateline.gazetteer import Gazetteer, load

# The L2 penalty of the field; set by cross-validation among 0.1 to 4.
DECAY = 1.5
ROUNDS = 90
# An attribute of fewer tokens than this is left out.
RAREST = 2
TREES_DEPTH = 5
TREES: dict[str, Any] = {
    "objective": "binary",
    "learning_rate": 0.05,
    "num_leaves": 15,
    "max_depth": TREES_DEPTH,
    "min_data_in_leaf": 20,
    "lambda_l2": 2.0,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "verbosity": -1,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
}
TREE_ROUNDS = 130
SEEDS = (1, 2)
_OFFSETS = (-2, -1, 0, 1, 2)


@dataclass(slots=True)
class Text:
    """A labelled text: its page, the numbers of its attributes, its labels and its gold spans (characters)."""

    name: str
    corpus: str
    page: learned.Page
    rows: list[list[int]]
    joined: Any
    labels: Any
    gold: frozenset[tuple[int, int]]
    nouns_only: bool
    adjectives: frozenset[tuple[int, int]]


class Vocabulary:
    """Attribute with its offset → column number, growing as texts are read."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self._words: dict[tuple[int, int], list[int]] = {}

    def of(self, number: int, word: clues.Word, offset: int) -> list[int]:
        """The columns of word ``number`` seen ``offset`` tokens away."""
        known = self._words.get((number, offset))
        if known is None:
            named = word.own if offset == 0 else word.near if offset in (-1, 1) else word.far
            known = [self.numbers.setdefault(f"{offset}|{name}", len(self.numbers)) for name in named]
            self._words[number, offset] = known
        return known


def texts(folder: Path, gazetteer: Gazetteer) -> tuple[list[Text], Vocabulary]:
    """The labelled texts of a folder of gold files, and the attributes of their words."""
    lexicon, vocabulary = learned.Lexicon(gazetteer), Vocabulary()
    made = []
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            made.append(_text(row, path.name.split(".")[0], lexicon, vocabulary))
    return made, vocabulary


def _text(row: dict[str, Any], corpus: str, lexicon: learned.Lexicon, vocabulary: Vocabulary) -> Text:
    tokens = tokenise(row["text"], sentences.split(row["text"]))
    numbers = lexicon.numbers(tokens)
    page = learned.page(tokens, numbers, lexicon)
    rows = []
    for index in page.at.tolist():
        attributes: list[int] = []
        for offset in _OFFSETS:
            if 0 <= index + offset < len(tokens):
                number = int(numbers[index + offset])
                attributes += vocabulary.of(number, lexicon.words[number], offset)
        rows.append(attributes)
    gold = frozenset((t["start"], t["end"]) for t in row["toponyms"])
    nouns_only = any("page" in t for t in row["toponyms"])
    adjectives = frozenset(_adjectives(page) if nouns_only else ())
    labels = np.array([LABELS.index(label) for label in _labels(page, gold | adjectives, lexicon.gazetteer)])
    joined = clues.joined_at(page.columns, page.at)
    name = f"{corpus}/{row['id']}"
    return Text(name, corpus, page, rows, joined, labels[page.at], gold, nouns_only, adjectives)


def _adjectives(page: learned.Page) -> Iterable[tuple[int, int]]:
    """What the rules keep as adjectives; a corpus that leaves them out says neither yes nor no to them."""
    for toponym, verdict in zip(page.judged.found, page.judged.verdicts, strict=True):
        if toponym.form == "adjectival" and verdict == "keep":
            yield toponym.start, toponym.end


def _labels(page: learned.Page, gold: Iterable[tuple[int, int]], gazetteer: Gazetteer) -> list[str]:
    tokens = page.tokens
    opens = {start: index for index, start in enumerate(tokens.starts)}
    closes: dict[int, int] = {}
    for index in range(len(tokens)):
        for end in (
            clues.end_of(tokens, index, index, gazetteer),
            tokens.ends[index],
            tokens.ends[index] + 1,
        ):
            closes.setdefault(end, index)
    labels = ["O"] * len(tokens)
    for start, end in sorted(gold):
        first, last = opens.get(start), closes.get(end)
        if first is not None and last is not None and first <= last:
            labels[first] = "B"
            labels[first + 1 : last + 1] = ["I"] * (last - first)
    return labels


def matrix(examples: Sequence[Text], width: int) -> Any:
    """The sparse matrix (active tokens, attributes and joined values) of ``examples``."""
    sparse = importlib.import_module("scipy.sparse")
    sizes = clues.joined_sizes()
    bases = width + np.cumsum([0, *sizes[:-1]])
    indices = [
        np.concatenate([np.asarray(row, np.int64), joined])
        for text in examples
        for row, joined in zip(text.rows, text.joined + bases, strict=True)
    ]
    pointers = np.cumsum([0, *map(len, indices)])
    flat = np.concatenate(indices)
    shape = (len(indices), width + sum(sizes))
    return sparse.csr_matrix((np.ones(len(flat), np.float32), flat, pointers), shape=shape)


@dataclass(frozen=True, slots=True)
class Chains:
    """All stretches of a set of texts, longest first, so that the first ``reach[t]`` go on at step t.

    ``index`` (stretches, longest) are token rows; ``opens`` and ``closes`` the stretches that begin and end their
    sentence.
    """

    index: Any
    lengths: Any
    reach: list[int]
    opens: Any
    closes: Any


def chains(examples: Sequence[Text]) -> Chains:
    """The stretches of ``examples``, their tokens numbered through."""
    bases = np.cumsum([0, *(len(text.rows) for text in examples[:-1])])
    held = [text.page.stretches for text in examples]
    start = np.concatenate([one.starts + base for one, base in zip(held, bases, strict=True)])
    length = np.concatenate([one.lengths for one in held])
    opens, closes = (np.concatenate([getattr(one, name) for one in held]) for name in ("opens", "closes"))
    order = np.argsort(-length, kind="stable")
    start, length = start[order], length[order]
    index = start[:, None] + np.arange(length[0])
    reach = [int((length > step).sum()) for step in range(int(length[0]))]
    return Chains(index, length, reach, opens[order], closes[order])


def likelihood(scores: Any, steps: Any, labels: Any, chain: Chains) -> tuple[float, Any, Any]:
    """Negative log-likelihood of the labels, and its gradients by the scores (tokens, 3) and the steps (3, 3)."""
    moves = np.exp(steps)
    top = scores.max(1, keepdims=True)
    raw = np.exp(scores - top)
    last = np.where(chain.closes[:, None], 1.0, moves[:, 0])
    total = float(top.sum())
    forward: list[Any] = []
    for step, count in enumerate(chain.reach):
        here = raw[chain.index[:count, step]]
        coming = forward[-1][:count] @ moves if step else np.where(chain.opens[:, None], 1.0, moves[0])
        current = here * coming
        norm = current.sum(1, keepdims=True)
        total += float(np.log(norm).sum())
        forward.append(current / norm)
    expected = np.zeros_like(scores)
    moved = np.zeros((3, 3))
    backward = np.zeros((0, 3))
    for step in range(len(chain.reach) - 1, -1, -1):
        count, rows = chain.reach[step], chain.index[: chain.reach[step], step]
        ending = last[len(backward) : count]
        total += float(np.log((forward[step][len(backward) :] * ending).sum(1)).sum())
        behind = np.concatenate([backward, ending])
        state = forward[step] * behind
        state /= state.sum(1, keepdims=True)
        expected[rows] = state
        closing = ~chain.closes[len(backward) : count]
        moved[:, 0] += state[len(backward) :][closing].sum(0)
        ahead = behind * raw[rows]
        if step:
            pair = forward[step - 1][:count, :, None] * moves * ahead[:, None, :]
            moved += (pair / pair.sum((1, 2), keepdims=True)).sum(0)
            backward = ahead @ moves.T
            backward /= backward.sum(1, keepdims=True)
        else:
            moved[0] += state[~chain.opens].sum(0)
    rows = np.arange(len(labels))
    counted = _steps_taken(labels, chain)
    total -= float(scores[rows, labels].sum() + (counted * steps).sum())
    expected[rows, labels] -= 1.0
    return total, expected, moved - counted


def _steps_taken(labels: Any, chain: Chains) -> Any:
    """How often each label follows each other one in the labelled stretches."""
    counted = np.zeros((3, 3))
    for step, count in enumerate(chain.reach):
        here = labels[chain.index[:count, step]]
        if step:
            np.add.at(counted, (labels[chain.index[:count, step - 1]], here), 1)
        else:
            np.add.at(counted[0], here[~chain.opens], 1)
        ends = chain.lengths[:count] == step + 1
        np.add.at(counted[:, 0], here[ends & ~chain.closes[:count]], 1)
    return counted


@dataclass(frozen=True, slots=True)
class Field:
    """A trained field: weights (attributes and joined values, 3) and steps (3, 3)."""

    weights: Any
    steps: Any

    def marginals(self, examples: Sequence[Text], width: int) -> list[Any]:
        """P(B) and P(I) of each text's active tokens."""
        tagger = Tagger({}, np.zeros((1, 3), np.float32), [np.zeros((1, 3), np.float32)], self.steps)
        scores = matrix(examples, width) @ self.weights
        made, at = [], 0
        for text in examples:
            made.append(tagger.marginals(scores[at : at + len(text.rows)], text.page.stretches))
            at += len(text.rows)
        return made


def fit_field(examples: Sequence[Text], width: int, dropped: Any = None) -> Field:
    """The field under which the labels of ``examples`` are likeliest, with an L2 penalty; ``dropped`` are left out."""
    optimize = importlib.import_module("scipy.optimize")
    design = matrix(examples, width)
    common = np.asarray(design.sum(0)).ravel() >= RAREST
    kept = np.flatnonzero(common if dropped is None else common & ~dropped)
    whole = design.shape[1]
    design = design[:, kept]
    across = design.T.tocsr()
    labels = np.concatenate([text.labels for text in examples])
    chain = chains(examples)

    def loss(flat: Any) -> tuple[float, Any]:
        weights, steps = flat[:-9].reshape(-1, 3), flat[-9:].reshape(3, 3)
        scores = (design @ weights.astype(np.float32)).astype(np.float64)
        value, by_score, by_step = likelihood(scores, steps, labels, chain)
        slope = across @ by_score.astype(np.float32) + DECAY * weights
        value += 0.5 * DECAY * float((weights**2).sum()) + 0.05 * float((steps**2).sum())
        return value, np.concatenate([slope.ravel(), (by_step + 0.1 * steps).ravel()])

    options = {"maxiter": ROUNDS, "maxcor": 8}
    found = optimize.minimize(loss, np.zeros(len(kept) * 3 + 9), jac=True, method="L-BFGS-B", options=options)
    weights = np.zeros((whole, 3), np.float32)
    weights[kept] = found.x[:-9].reshape(-1, 3)
    return Field(weights, found.x[-9:].reshape(3, 3).astype(np.float32))


@dataclass(frozen=True, slots=True)
class Candidates:
    """The candidate stretches of a text: tokens, spans in characters, table, and which are gold."""

    stretches: list[tuple[int, int]]
    spans: list[tuple[int, int]]
    table: Any
    right: Any


def candidates(text: Text, marginals: Any, gazetteer: Gazetteer) -> Candidates:
    """The candidates of a text as the trees see them."""
    view = learned.seen(text.page, marginals)
    sources = spans.candidates(view)
    tokens = text.page.tokens
    held = [(tokens.starts[f], clues.end_of(tokens, f, last, gazetteer)) for f, last in sources]
    rows = spans.table([view], [sources], gazetteer) if sources else np.zeros((0, len(spans.COLUMNS)))
    right = np.array([span in text.gold or span in text.adjectives for span in held], bool)
    return Candidates(list(sources), held, rows, right)


def _boosters(held: Sequence[Candidates], columns: Sequence[int] | None = None) -> list[Any]:
    lightgbm = importlib.import_module("lightgbm")
    rows = np.concatenate([one.table for one in held])
    if columns is not None:
        rows = rows[:, columns]
    right = np.concatenate([one.right for one in held]).astype(float)
    return [
        lightgbm.train(
            {**TREES, "seed": seed}, lightgbm.Dataset(rows, label=right), num_boost_round=TREE_ROUNDS
        )
        for seed in SEEDS
    ]


def fold_of(name: str, folds: int, salt: str = "") -> int:
    """The fold of a document, by its name alone."""
    return int(hashlib.sha256(f"{salt}{name}".encode()).hexdigest()[:8], 16) % folds


def unseen(examples: Sequence[Text], width: int, folds: int, salt: str, dropped: Any = None) -> list[Any]:
    """For each text its marginals by a field that was trained without it."""
    made: list[Any] = [None] * len(examples)
    numbers = [fold_of(text.name, folds, salt) for text in examples]
    for fold in sorted(set(numbers)):
        field = fit_field([t for t, n in zip(examples, numbers, strict=True) if n != fold], width, dropped)
        held = [position for position, n in enumerate(numbers) if n == fold]
        for position, marginals in zip(
            held, field.marginals([examples[p] for p in held], width), strict=True
        ):
            made[position] = marginals
    return made


@dataclass(frozen=True, slots=True)
class Trained:
    """A field and the trees over its candidates."""

    field: Field
    boosters: list[Any]

    def compiled(self, vocabulary: Vocabulary) -> dict[str, Any]:
        """The arrays of the weights file: small weights left out, the rest in half precision."""
        width = len(vocabulary.numbers)
        words, joined = self.field.weights[:width], self.field.weights[width:]
        names = np.array(list(vocabulary.numbers))
        kept = np.flatnonzero(np.abs(words).max(1) > 0.01)
        entries = np.flatnonzero(np.abs(joined).max(1) > 0.01)
        bases = np.cumsum([0, *clues.joined_sizes()])
        column = np.searchsorted(bases, entries, side="right") - 1
        forests = [padded(booster, TREES_DEPTH, range(len(spans.COLUMNS))) for booster in self.boosters]
        forest = forests[0].joined(forests[1:], 1.0 / len(forests))
        return {
            "columns": np.array(spans.COLUMNS),
            "names": np.frombuffer("\n".join(names[kept].tolist()).encode(), np.uint8),
            "scores": words[kept].astype(np.float16),
            "joined": np.stack([column, entries - bases[column]], 1).astype(np.int32),
            "joined_scores": joined[entries].astype(np.float16),
            "steps": self.field.steps,
            **forest.arrays("spans"),
        }


def learn(examples: Sequence[Text], width: int, gazetteer: Gazetteer, *, folds: int = 5) -> Trained:
    """A recogniser trained on ``examples``."""
    seen = unseen(examples, width, folds, "inner")
    held = [candidates(text, marginals, gazetteer) for text, marginals in zip(examples, seen, strict=True)]
    return Trained(fit_field(examples, width), _boosters(held))


# Groups of clues left out by turns: attributes of words, columns, columns of the trees.
GROUPS: dict[str, tuple[frozenset[str], frozenset[str], frozenset[str]]] = {
    "words and their letters": (frozenset(["w", "e2", "e3", "e4", "b3", "s", "l"]), frozenset(), frozenset()),
    "classes of words": (frozenset(["k"]), frozenset(["class"]), frozenset(["class", "last-class"])),
    "the gazetteer": (
        frozenset(["g", "q", "n", "gl", "c:"]),
        frozenset(["spot", "sort", "weight", "backed"]),
        frozenset(
            ["spot", "sort", "backed", "last-spot", "last-sort", "kind", "known", "places", "fit", "common"]
        ),
    ),
    "clusters of words": (frozenset("abc"), frozenset(["cluster"]), frozenset(["cluster", "last-cluster"])),
    "the rules' verdict": (frozenset(), frozenset(["verdict"]), frozenset(["verdict"])),
    "the rest of the text": (
        frozenset(),
        frozenset(["doc", "placed", "person"]),
        frozenset(
            [
                *(
                    "doc",
                    "placed",
                    "person",
                    "elsewhere",
                    "uses",
                    "best-use",
                    "first-elsewhere",
                    "last-elsewhere",
                ),
                *("least-elsewhere", "first-uses", "last-uses", "share-of-places", "bodies"),
            ]
        ),
    ),
}


# Clues that tell much the same, so that leaving out one alone shows little.
GROUPS |= {
    name: tuple(frozenset().union(*sets) for sets in zip(*(GROUPS[part] for part in parts), strict=True))  # type: ignore[misc]
    for name, parts in {
        "gazetteer and rules": ("the gazetteer", "the rules' verdict"),
        "words, classes, clusters": ("words and their letters", "classes of words", "clusters of words"),
    }.items()
}


def _left_out(vocabulary: Vocabulary, group: str | None) -> tuple[Any, list[int]]:
    """The field's columns without which a group is gone, and the columns of the trees that stay."""
    attributes, columns, trees = GROUPS.get(group or "", (frozenset(), frozenset(), frozenset()))
    words = [_sort_of(name.partition("|")[2]) in attributes for name in vocabulary.numbers]
    joined = [any(name in columns for name, _ in parts) for parts in clues.JOINED]
    stretches = np.repeat(joined, clues.joined_sizes())
    kept = [n for n, name in enumerate(spans.COLUMNS) if name.rstrip("+-012") not in trees]
    return np.concatenate([words, stretches]).astype(bool), kept


def _sort_of(attribute: str) -> str:
    """The sort of an attribute; "c:" for the share of lower case, which has two values, "c" for a cluster."""
    sort, _, value = attribute.partition(":")
    return "c:" if sort == "c" and ":" in value else sort


def f1_of(pairs: Iterable[tuple[Text, Iterable[tuple[int, int]]]]) -> dict[str, float]:
    """The F1 of exact spans for each corpus and their mean; adjectives aside where a corpus leaves them out."""
    tally: dict[str, list[int]] = {}
    for text, found in pairs:
        spans_found = set(found) - text.adjectives
        both, all_found, all_gold = tally.setdefault(text.corpus, [0, 0, 0])
        tally[text.corpus] = [
            both + len(text.gold & spans_found),
            all_found + len(spans_found),
            all_gold + len(text.gold),
        ]
    scores = {corpus: 2 * both / (found + gold) for corpus, (both, found, gold) in tally.items()}
    return {**scores, "mean": sum(scores.values()) / len(scores)}


def ablation(examples: Sequence[Text], vocabulary: Vocabulary, gazetteer: Gazetteer, folds: int = 5) -> None:
    """Print what each group of clues is worth: cross-validated F1 with it left out."""
    numbers = [fold_of(text.name, folds, "outer") for text in examples]
    for group in (None, *GROUPS, "the trees"):
        dropped, columns = _left_out(vocabulary, group)
        told = unseen(examples, len(vocabulary.numbers), folds, "outer", dropped)
        held = [
            candidates(text, marginals, gazetteer) for text, marginals in zip(examples, told, strict=True)
        ]
        pairs: list[tuple[Text, list[tuple[int, int]]]] = []
        for fold in range(folds):
            tested = [n for n, number in enumerate(numbers) if number == fold]
            if group == "the trees":
                pairs += [(examples[n], _tagged(examples[n], told[n], gazetteer)) for n in tested]
                continue
            seen = [held[n] for n, number in enumerate(numbers) if number != fold]
            boosters = _boosters(seen, columns)
            pairs += [(examples[n], _chosen(held[n], boosters, columns)) for n in tested]
        line = "  ".join(f"{corpus} {score:.3f}" for corpus, score in f1_of(pairs).items())
        sys.stdout.write(f"{'all' if group is None else 'without ' + group:32} {line}\n")
        sys.stdout.flush()


def _tagged(text: Text, marginals: Any, gazetteer: Gazetteer) -> list[tuple[int, int]]:
    view = learned.seen(text.page, marginals)
    tokens = text.page.tokens
    return [
        (tokens.starts[first], clues.end_of(tokens, first, last, gazetteer))
        for first, last in spans.tagged(tokens, view.marginals)
    ]


def _chosen(held: Candidates, boosters: Sequence[Any], columns: Sequence[int]) -> list[tuple[int, int]]:
    if not held.stretches:
        return []
    odds = np.mean([booster.predict(held.table[:, columns]) for booster in boosters], 0)
    return [held.spans[n] for n in spans.chosen(held.stretches, odds.tolist(), learned.LEAST)]


def write(trained: Trained, vocabulary: Vocabulary, path: Path) -> None:
    """Keep the weights where ``learned.load`` finds them; the same weights give the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **trained.compiled(vocabulary))
    path.write_bytes(buffer.getvalue())


def main(argv: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description="Train the recogniser of toponyms.")
    parser.add_argument("--gold", type=Path, required=True, help="folder of gold files")
    parser.add_argument("--out", type=Path, default=learned.WEIGHTS, help="where the weights go")
    parser.add_argument(
        "--ablation", action="store_true", help="print what each part is worth; train nothing"
    )
    given = parser.parse_args(argv)
    gazetteer = load()
    examples, vocabulary = texts(given.gold, gazetteer)
    if not examples:
        sys.stderr.write(f"no *.jsonl in {given.gold}\n")
        return 2
    if given.ablation:
        ablation(examples, vocabulary, gazetteer)
        return 0
    write(learn(examples, len(vocabulary.numbers), gazetteer), vocabulary, given.out)
    sys.stdout.write(f"{given.out}: {given.out.stat().st_size:,} bytes from {len(examples)} texts\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
