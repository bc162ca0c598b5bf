"""Learn the score of pairs: ``python -m dateline.evaluation.stories_fitting GOLD… [--others TEXTS] [--validate]``.

Gold rows have ``id``, ``title``, ``text``, ``date`` and ``cluster`` (or ``published`` and ``story``). They are
annotated as in reading, and learned from alone and among other articles, with their findings and without. A pair of a
gold article with another one is wrong; so are two others whose days are further apart than the window, which come from
one agency with sure days; other pairs of others are not used. Needs lightgbm, which the run time does not. The same
files give the same trees.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from dateline.evaluation import read
from dateline.evaluation.stories import Told, b_cubed, told
from dateline.findings.places.ranker_training import padded
from dateline.findings.places.trees import Forest
from dateline.stories import linkage, pairs, score, words
from dateline.stories.item import Item, age, items_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

OTHERS = 5_000
FOLDS = 5
SEEDS = (1, 2, 3)
ROUNDS = 60
DEPTH = 4
# What pairs weigh beside those of a gold collection alone with findings: each set of pairs by its articles.
BARE, AMONG, FAR = 0.3, 0.5, 0.6
TREES: dict[str, Any] = {
    "objective": "binary",
    "num_leaves": 12,
    "max_depth": DEPTH,
    "learning_rate": 0.08,
    "min_data_in_leaf": 20,
    "lambda_l2": 5.0,
    "feature_fraction": 0.6,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "max_bin": 63,
    "num_threads": 1,
    "verbose": -1,
    "deterministic": True,
    "force_row_wise": True,
    "monotone_constraints_method": "advanced",
}
# More likeness never speaks against one event, more days never for it; what the others say is left to the data.
_RISES = frozenset({"lead", "whole", "title_in", "evidence", "names", "numbers", "title", "rarest"})
_FALLS = frozenset({"days"})


@dataclass(frozen=True, slots=True)
class Sheet:
    """Articles of a collection with the pairs among them: ``story`` and ``topic`` are empty for the others.

    ``rows`` are the pairs' features, ``right`` 1 where both are of one story, ``far`` marks pairs beyond the window.
    """

    items: list[Item]
    found: pairs.Pairs
    rows: Floats
    story: NDArray[np.object_]
    topic: NDArray[np.object_]
    right: Floats
    far: NDArray[np.bool_]
    among: bool


def sheet(gold: Sequence[dict[str, Any]], known: Told, others: Told | None = None) -> Sheet:
    """The pairs of the gold rows, whose findings are ``known``, alone or among the others."""
    items = items_of(*known) + (items_of(*others) if others else [])
    story = {str(row["id"]): str(row.get("cluster") or row.get("story")) for row in gold}
    topic = {str(row["id"]): str(row.get("topic")) for row in gold}
    if len(set(topic.values())) < 2 * FOLDS:
        topic = story
    items.sort(key=age)
    found = pairs.find(words.rows_of(items), [item.day for item in items])
    stories = np.array([story.get(item.id, "") for item in items], dtype=object)
    day = np.array([item.day or 0 for item in items])
    left, right = day[found.left], day[found.right]
    return Sheet(
        items,
        found,
        score.features(found, items),
        stories,
        np.array([topic.get(item.id, "") for item in items], dtype=object),
        ((stories[found.left] == stories[found.right]) & (stories[found.left] != "")).astype(np.float64),
        (left > 0) & (right > 0) & (np.abs(left - right) > pairs.WINDOW),
        others is not None,
    )


def examples(made: Sheet, kept: NDArray[np.bool_]) -> tuple[Floats, Floats, Floats]:
    """Rows, rights and weights of the ``kept`` pairs that are known, each with its findings and without."""
    left, right = made.story[made.found.left] != "", made.story[made.found.right] != ""
    known, apart = kept & (left | right), kept & ~(left | right) & made.far
    weight = np.zeros(len(made.right))
    articles = float((made.story != "").sum())
    weight[known] = (AMONG if made.among else 1.0) * articles / max(int(known.sum()), 1)
    weight[apart] = FAR * articles / max(int(apart.sum()), 1)
    used = weight > 0
    rows, bare = made.rows[used], made.rows[used].copy()
    bare[:, len(score.WORDED) :] = score.MISSING
    weight, truth = weight[used], made.right[used]
    return np.concatenate([rows, bare]), np.tile(truth, 2), np.concatenate([weight, BARE * weight])


def fit(parts: Sequence[tuple[Floats, Floats, Floats]]) -> Forest:
    """Boosted trees, the mean of several seeds, whose sum is the log-odds."""
    lightgbm = importlib.import_module("lightgbm")
    rows, right, weight = (np.concatenate(column) for column in zip(*parts, strict=True))
    signs = [int(name in _RISES) - int(name in _FALLS) for name in score.FEATURES]
    forests = []
    for seed in SEEDS:
        booster = lightgbm.train(
            {**TREES, "seed": seed, "monotone_constraints": signs},
            lightgbm.Dataset(rows, label=right, weight=weight / weight.mean()),
            num_boost_round=ROUNDS,
        )
        forests.append(padded(booster, DEPTH, range(len(score.FEATURES))))
    return forests[0].joined(forests[1:], 1 / len(forests))


def validated(sheets: Sequence[Sheet]) -> list[Floats]:
    """Log-odds of each sheet's pairs, by trees that saw neither article's topic."""
    fold = [_folds(made.topic) for made in sheets]
    odds = [np.zeros(len(made.right)) for made in sheets]
    for first in range(FOLDS):
        for second in range(first, FOLDS):
            parts = []
            for made, own in zip(sheets, fold, strict=True):
                seen = np.isin(own, (first, second))
                parts.append(examples(made, ~(seen[made.found.left] | seen[made.found.right])))
            forest = fit(parts)
            for made, own, result in zip(sheets, fold, odds, strict=True):
                left, right = own[made.found.left], own[made.found.right]
                # the others have no topic: whatever the pair's gold article is decides
                low, high = np.minimum(left, right), np.maximum(left, right)
                low = np.where(low < 0, np.maximum(high, 0), low)
                chosen = (low == first) & (np.maximum(high, 0) == second)
                result[chosen] = forest(made.rows[chosen])
    return odds


def _folds(topics: NDArray[np.object_]) -> NDArray[np.int64]:
    """A fold an article, -1 for one of the others; topics are dealt out by a fixed shuffle."""
    names = sorted(set(topics) - {""})
    order = np.random.default_rng(0).permutation(len(names))
    fold = {name: int(order[n]) % FOLDS for n, name in enumerate(names)} | {"": -1}
    return np.array([fold[topic] for topic in topics], dtype=np.int64)


def f1(made: Sheet, odds: Floats, threshold: float) -> float:
    """B³ F1 of the gold articles when the pairs have these log-odds."""
    likely = score.held_down(odds, made.found, made.items)
    where = np.zeros(len(made.items), dtype=np.int64)
    for n, members in enumerate(linkage.groups(made.items, made.found, likely, threshold)):
        where[members] = n
    gold = made.story != ""
    order = np.concatenate([np.flatnonzero(gold), np.flatnonzero(~gold)])
    precision, recall = b_cubed([str(s) for s in made.story[gold]], [str(n) for n in where[order].tolist()])
    return 2 * precision * recall / (precision + recall)


def report(names: Sequence[str], sheets: Sequence[Sheet], odds: Sequence[Floats], what: str) -> None:
    """Print F1 of each sheet by threshold."""
    sys.stdout.write(f"{what:16s} {' '.join(names)}\n")
    for threshold in np.arange(0.32, 0.62, 0.02).tolist():
        cells = [f1(made, own, threshold) for made, own in zip(sheets, odds, strict=True)]
        sys.stdout.write(f"  {threshold:.2f} {' '.join(f'{cell:.3f}' for cell in cells)}\n")
        sys.stdout.flush()


def main(argv: Sequence[str] | None = None) -> None:
    """Learn from gold files."""
    parser = argparse.ArgumentParser(description="Learn how likely two articles tell one event.")
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--others", type=Path, help="articles of one agency, none of a gold story")
    parser.add_argument("--validate", action="store_true", help="print cross-validated figures first")
    parser.add_argument("--out", type=Path, default=score.WEIGHTS)
    options = parser.parse_args(argv)
    others = told(list(islice(read(options.others), OTHERS))) if options.others else None
    names, sheets = [], []
    for path in options.gold:
        rows = [{"id": str(n), **row} for n, row in enumerate(read(path))]
        known = told(rows)
        for beside in (None, others)[: 1 + (others is not None)]:
            names.append(path.name.partition(".")[0] + (" among others" if beside else ""))
            sheets.append(sheet(rows, known, beside))
    learn(names, sheets, options.out, validate=options.validate)


def learn(names: Sequence[str], sheets: Sequence[Sheet], out: Path, *, validate: bool = False) -> None:
    """Learn from all sheets and write the trees."""
    if validate:
        report(names, sheets, validated(sheets), "topics unseen")
    forest = fit([examples(made, np.ones(len(made.right), dtype=np.bool_)) for made in sheets])
    if validate:
        report(names, sheets, [forest(made.rows) for made in sheets], "topics seen")
    beside = out.with_suffix(".part.npz")
    with beside.open("wb") as lines:
        arrays: dict[str, Any] = {"features": np.array(score.FEATURES), **forest.arrays("pair")}
        np.savez_compressed(lines, **arrays)
    beside.replace(out)


if __name__ == "__main__":
    main()
