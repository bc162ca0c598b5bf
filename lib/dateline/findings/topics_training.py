"""Make the weights of ``topics``: ``python -m dateline.findings.topics_training --gold DIR [--out FILE]``.

Multinomial logistic regression by full-batch Adam in plain numpy. A training text may allow several concepts (a
"world" page says only what it is not): its likelihood is the sum over those. Each label of each set weighs the
same, however many texts it has, and the ledes of ``data/topics/ledes.csv`` are repeated because only they cover
all seventeen concepts. The lexicon's part is pulled towards "each concept's terms speak for it" instead of nought.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dateline.findings import topics

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Example:
    """A text to learn from: its concepts (indexes), its weight, and the codes of its second-level concepts where
    these are known.
    """

    title: str
    text: str
    allowed: tuple[int, ...]
    weight: float
    second: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """``word_decay`` and ``bridge_decay`` are L2 penalties; ``least`` drops terms of fewer texts."""

    word_decay: float = 1e-5
    bridge_decay: float = 1e-3
    least: int = 3
    most_terms: int = 24_000
    rounds: int = 120
    step: float = 0.05
    diagonal: float = 3.0


def read_gold(folder: Path, number: dict[str, int], mass: float = 75.0) -> list[Example]:
    """The labelled texts of a folder of JSONL files; each label of each file weighs ``mass`` in all."""
    examples: list[Example] = []
    for path in sorted(folder.glob("*.jsonl")):
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
        sizes = Counter(row["label"] for row in rows)
        labels = len(sizes)
        for row in rows:
            allowed = (row["medtop"],) if row["medtop"] else tuple(row["medtop_ok"])
            weight = mass * 4 / labels / sizes[row["label"]]
            examples.append(Example(row["title"], row["text"], tuple(number[c] for c in allowed), weight))
    return examples


def read_ledes(
    number: dict[str, int], weight: float = 8.0, path: Path = topics.TABLES / "ledes.csv"
) -> list[Example]:
    """The project's own ledes, one top concept each; some with all their second-level concepts, blank-separated."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            Example(
                r["title"], r["text"], (number[r["code"]],), weight, frozenset(r["second"].split()) or None
            )
            for r in csv.DictReader(lines)
        ]


def _vocabulary(counts: Sequence[topics.Evidence], least: int, most: int) -> list[str]:
    seen: Counter[str] = Counter()
    for evidence in counts:
        seen.update(evidence.keys())
    kept = [
        (n, term)
        for term, n in seen.items()
        if n >= (least if " " not in term else 2 * least) and term.count(" ") < 2
    ]
    kept.sort(key=lambda pair: (-pair[0], pair[1]))
    return sorted(term for _, term in kept[:most])


@dataclass(frozen=True)
class Trained:
    """What ``fit`` returns; see ``topics.Model`` for the shapes."""

    terms: list[str]
    weights: Floats
    bridge: Floats
    bias: Floats


def fit(examples: Sequence[Example], settings: Settings = Settings()) -> Trained:
    """The weights that explain ``examples`` best under the penalties of ``settings``. Deterministic."""
    concepts = topics.read_concepts()
    lexicon, _ = topics.lexicons()
    counts = [topics.evidence(e.title, e.text) for e in examples]
    terms = _vocabulary(counts, settings.least, settings.most_terms)
    number = {term: row for row, term in enumerate(terms)}
    rows, values, ends = [], [], [0]
    spoken = np.zeros((len(examples), 2 * len(concepts)), dtype=np.float32)
    for n, evidence in enumerate(counts):
        spoken[n] = _spoken(evidence, lexicon, len(concepts))
        row, value = topics.word_evidence(evidence, number)
        rows.append(np.array(row or [0], dtype=np.int64))
        values.append(value if row else np.zeros(1, dtype=np.float32))
        ends.append(ends[-1] + len(rows[-1]))
    allowed = np.zeros((len(examples), len(concepts)), dtype=np.float32)
    for n, example in enumerate(examples):
        allowed[n, list(example.allowed)] = 1.0
    mass = np.array([e.weight for e in examples], dtype=np.float32)
    mass /= mass.sum()
    return _adam(
        terms, np.concatenate(rows), np.concatenate(values), np.array(ends), spoken, allowed, mass, settings
    )


def _spoken(evidence: topics.Evidence, lexicon: topics.Lexicon, concepts: int) -> Floats:
    spoken = topics.spoken_of(evidence, lexicon)
    return topics.lexicon_evidence(topics.lexicon_sums(spoken, lexicon, concepts))


def _adam(
    terms: list[str],
    rows: NDArray[np.int64],
    values: Floats,
    ends: NDArray[np.int64],
    spoken: Floats,
    allowed: Floats,
    mass: Floats,
    settings: Settings,
) -> Trained:
    k = allowed.shape[1]
    owner = np.repeat(np.arange(len(ends) - 1), np.diff(ends))
    order = np.argsort(rows, kind="stable")
    sorted_rows = rows[order]
    firsts = np.flatnonzero(np.r_[True, sorted_rows[1:] != sorted_rows[:-1]])
    prior = np.concatenate([np.eye(k), np.eye(k)]).astype(np.float32) * settings.diagonal
    state = {
        "weights": np.zeros((len(terms), k), dtype=np.float32),
        "bridge": prior.copy(),
        "bias": np.zeros(k, dtype=np.float32),
    }
    first = {name: np.zeros_like(v) for name, v in state.items()}
    second = {name: np.zeros_like(v) for name, v in state.items()}
    for turn in range(1, settings.rounds + 1):
        logits = np.add.reduceat(values[:, None] * state["weights"][rows], ends[:-1], axis=0)
        logits += spoken @ state["bridge"] + state["bias"]
        p = np.exp(logits - logits.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        inside = p * allowed
        target = inside / np.maximum(inside.sum(axis=1, keepdims=True), 1e-12)
        slope = (p - target) * mass[:, None]
        word_slope = np.zeros_like(state["weights"])
        word_slope[sorted_rows[firsts]] = np.add.reduceat(
            values[order, None] * slope[owner[order]], firsts, axis=0
        )
        slopes = {
            "weights": word_slope + settings.word_decay * state["weights"],
            "bridge": spoken.T @ slope + settings.bridge_decay * (state["bridge"] - prior),
            "bias": slope.sum(axis=0) + settings.bridge_decay * state["bias"],
        }
        rate = settings.step * min(1.0, 2.0 * (1 - turn / (settings.rounds + 1)))
        for name, g in slopes.items():
            first[name] = 0.9 * first[name] + 0.1 * g
            second[name] = 0.99 * second[name] + 0.01 * g * g
            ahead = first[name] / (1 - 0.9**turn)
            spread = np.sqrt(second[name] / (1 - 0.99**turn))
            state[name] = (state[name] - rate * ahead / (spread + 1e-7)).astype(np.float32)
    return Trained(terms, state["weights"], state["bridge"], state["bias"])


def calibrate(
    trained: Trained, examples: Sequence[Example], rounds: int = 50, decay: float = 0.01
) -> tuple[float, ...]:
    """The weights of a subject's features, the constant last, by logistic regression (Newton's method).

    ``trained`` must not have seen the examples that say their second-level concepts, for a parent's score on a text
    that was learnt is better than it will ever be again.
    """
    model = topics.model_of(trained.terms, trained.weights, trained.bridge, trained.bias, (0.0,) * 5)
    values, right = [], []
    for example in examples:
        counts = topics.known_evidence(topics.parts_of(example.title, example.text), model.vocabulary)
        scores = topics.top_scores(model, counts, topics.spoken_of(counts, model.lexicon))
        if example.second is None or scores is None:
            continue
        for k, feature in topics.second_features(
            model, topics.spoken_of(counts, model.second), scores
        ).items():
            values.append((*feature, 1.0))
            right.append(model.subjects[k].code in example.second)
    if not values:
        return (0.0, 0.0, 0.0, 0.0, -10.0)
    x, y = np.array(values), np.array(right, dtype=np.float64)
    weights = np.zeros(x.shape[1])
    for _ in range(rounds):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (p - y) + decay * weights
        bend = (x.T * (p * (1 - p))) @ x + decay * np.eye(len(weights))
        weights -= np.linalg.solve(bend, slope)
    return tuple(float(w) for w in weights)


def save(trained: Trained, calibration: Sequence[float], path: Path) -> None:
    """Write the weights, eight bits a figure and one scale a concept; terms that say nothing are left out."""
    strength = np.abs(trained.weights).max(axis=1)
    kept = strength > 0.02 * strength.max()
    weights = trained.weights[kept]
    scale = np.abs(weights).max(axis=0) / 127.0 + 1e-12
    np.savez_compressed(
        path,
        terms=np.array("\n".join(t for t, k in zip(trained.terms, kept, strict=True) if k)),
        weights=np.round(weights / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        calibration=np.array(calibration, dtype=np.float32),
        bridge=trained.bridge,
        bias=trained.bias,
    )


def main(argv: Sequence[str] | None = None) -> None:
    """Train on a folder of labelled JSONL files and the project's ledes, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--gold", type=Path, required=True, help="folder with *.jsonl of title, text, medtop, medtop_ok"
    )
    parser.add_argument("--out", type=Path, default=topics.TABLES / "weights.npz")
    options = parser.parse_args(argv)
    number = {code: k for k, (code, _) in enumerate(topics.read_concepts())}
    examples = read_gold(options.gold, number) + read_ledes(number)
    calibration = calibrate(fit([e for e in examples if e.second is None]), examples)
    save(fit(examples), calibration, options.out)
    print(f"{len(examples)} texts, {options.out.stat().st_size / 1e6:.2f} MB written to {options.out}")


if __name__ == "__main__":
    main()
