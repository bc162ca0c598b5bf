"""How well unseen texts are read: ``python -m dateline.evaluation.unseen_places --gold DIR``.

Recogniser and ranker are trained together without the documents they are then measured on: by cross-validation over
documents, and with each collection left out whole. The shipped weights have seen every text of the gold files, so
figures of theirs on those files say nothing; these do.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from dateline.evaluation.places import evaluate
from dateline.findings import places, sentences
from dateline.findings.places import learned, ranker, ranker_training, recogniser_training, tagger
from dateline.findings.places.trees import Forest
from dateline.gazetteer import Gazetteer, load

FOLDS = 5
FIGURES = ("precision", "recall", "f1", "f1_at_161", "id_or_161")
SCORES = learned.WEIGHTS.with_name("scores.json")


def weights() -> dict[str, str]:
    """What tells the shipped weights apart from others, file by file."""
    return {
        name: hashlib.blake2b(SCORES.with_name(name).read_bytes(), digest_size=8).hexdigest()
        for name in ("recogniser.npz", "ranker.npz")
    }


@dataclass(frozen=True, slots=True)
class Material:
    """All that is trained on: gold rows by name, texts for the recogniser, examples for the ranker."""

    rows: dict[str, dict[str, Any]]
    texts: list[recogniser_training.Text]
    vocabulary: recogniser_training.Vocabulary
    examples: list[ranker_training.Example]
    made_up: list[ranker_training.Example]
    gazetteer: Gazetteer


def material(folder: Path) -> Material:
    """What the gold files of ``folder`` hold."""
    gazetteer = load()
    rows = {
        f"{path.name.split('.')[0]}/{row['id']}": row
        for path in sorted(folder.glob("*.jsonl"))
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())
    }
    texts, vocabulary = recogniser_training.texts(folder, gazetteer)
    examples = ranker_training.news(folder, gazetteer)
    made_up = [
        *ranker_training.encyclopedic(gazetteer, ranker_training.TEXTS, held_out=False),
        *ranker_training.short_wires(gazetteer, ranker_training.WIRES, held_out=False),
    ]
    return Material(rows, texts, vocabulary, examples, made_up, gazetteer)


@contextmanager
def trained_without(held: Material, left_out: Callable[[str], bool]) -> Iterator[None]:
    """Read places with models that never saw the documents ``left_out`` names."""
    width = len(held.vocabulary.numbers)
    seen = [text for text in held.texts if not left_out(text.name)]
    arrays = recogniser_training.learn(seen, width, held.gazetteer).compiled(held.vocabulary)
    recogniser = learned.Recogniser(tagger.read(arrays), Forest.of(arrays, "spans"), held.gazetteer)
    cases = [case for case in held.examples if not left_out(f"{case.corpus}/{case.document}")]
    trained = ranker_training.learn([*cases, *held.made_up], ranker_training.Setting(), confidence=True)
    ranking = ranker_training.compiled(trained)
    with ExitStack() as stack:
        stack.enter_context(patch.object(learned, "load", lambda *_: recogniser))
        stack.enter_context(patch.object(ranker, "load", lambda *_: ranking))
        yield


def unseen(held: Material, part_of: Callable[[str], int | str]) -> dict[str, dict[str, float]]:
    """Figures of each collection, every document read by models trained without its part."""
    found: dict[str, Any] = {}
    for part in sorted({part_of(name) for name in held.rows}, key=str):
        with trained_without(held, lambda name, part=part: part_of(name) == part):  # type: ignore[misc]
            for name, row in held.rows.items():
                if part_of(name) == part:
                    text = row["text"]
                    found[name] = places.find(text, sentences.split(text), gazetteer=held.gazetteer)
        sys.stderr.write(f"read part {part}\n")
    scores = {}
    for corpus in sorted({name.split("/")[0] for name in held.rows}):
        named = [{**row, "name": name} for name, row in held.rows.items() if name.startswith(f"{corpus}/")]
        told = evaluate(named, lambda row: found[row["name"]])
        scores[corpus] = {figure: round(told[figure], 3) for figure in FIGURES}
    return scores


def main(argv: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description="Measure places on texts the models never saw.")
    parser.add_argument("--gold", type=Path, required=True, help="folder of gold files")
    parser.add_argument("--out", type=Path, default=SCORES, help="where the figures go")
    given = parser.parse_args(argv)
    held = material(given.gold)
    if not held.rows:
        sys.stderr.write(f"no *.jsonl in {given.gold}\n")
        return 2
    scores: dict[str, dict[str, Any]] = {
        "cross_validated": unseen(held, lambda name: recogniser_training.fold_of(name, FOLDS, "outer")),
        "unseen_corpus": unseen(held, lambda name: name.split("/")[0]),
    }
    given.out.write_text(json.dumps({**scores, "weights": weights()}, indent=1) + "\n", encoding="utf-8")
    for scheme, corpora in scores.items():
        for corpus, figures in corpora.items():
            told = "  ".join(f"{figure} {value:.3f}" for figure, value in figures.items())
            sys.stdout.write(f"{scheme:16} {corpus:12} {told}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
