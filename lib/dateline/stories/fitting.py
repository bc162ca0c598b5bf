"""Learn the weights of the score: ``python -m dateline.stories.fitting GOLD.jsonl… [--others TEXTS] [--out FILE]``.

Gold rows have ``id``, ``title``, ``text``, ``date`` and ``cluster`` (or ``published`` and ``story``). Each article
counts the same, alone and among the other articles, whose pairs with gold ones are wrong and whose pairs with each
other are not used. Writes ``data/stories/weights.csv``; the same files give the same weights.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from dateline.stories import pairs, score, words
from dateline.stories.item import age, items_of_texts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_OTHERS = 5_000
# What an article's pairs weigh together, against a penalty of this on the squares of the weights.
_WEIGHT = 10.0
_PENALTY = 3.0


def examples(
    gold: Sequence[dict[str, Any]], others: Sequence[dict[str, Any]]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """The features of the pairs with a gold article, 1 where both are of one story, else 0, and weights."""
    import numpy as np

    rows = [*gold, *others]
    frame = pd.DataFrame(
        {
            "id": [str(n) for n in range(len(rows))],
            "title": [row.get("title") for row in rows],
            "text": [row["text"] for row in rows],
            "date": [row.get("date") or row.get("published") for row in rows],
        }
    )
    items = sorted(items_of_texts(frame), key=age)
    story = np.array(
        [
            str(gold[int(i.id)].get("cluster") or gold[int(i.id)]["story"]) if int(i.id) < len(gold) else ""
            for i in items
        ],
        dtype=object,
    )
    found = pairs.find(words.rows_of(items), [i.day for i in items])
    left, right = story[found.left], story[found.right]
    used = (left != "") | (right != "")
    right_ones = (left == right)[used].astype(np.float64)
    weight = np.full(len(right_ones), _WEIGHT * len(gold) / max(len(right_ones), 1))
    return score.features(found, items)[used], right_ones, weight


def fit(
    features: NDArray[np.float64], right: NDArray[np.float64], weight: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Means, scales and weights (the constant last) of a logistic regression with a penalty, by Newton's method."""
    import numpy as np

    means, scales = features.mean(axis=0), features.std(axis=0) + 1e-9
    table = np.c_[(features - means) / scales, np.ones(len(features))]
    penalty = np.eye(table.shape[1]) * _PENALTY
    penalty[-1, -1] = 0
    weights = np.zeros(table.shape[1])
    for _ in range(30):
        likely = 1 / (1 + np.exp(-np.clip(table @ weights, -30, 30)))
        slope = table.T @ (weight * (likely - right)) + penalty @ weights
        bend = (table * (weight * likely * (1 - likely))[:, None]).T @ table + penalty
        weights -= np.linalg.solve(bend, slope)
    return means, scales, weights


def write(
    means: NDArray[np.float64], scales: NDArray[np.float64], weights: NDArray[np.float64], path: Path
) -> None:
    """The table, rounded to what matters."""
    with path.open("w", encoding="utf-8", newline="") as lines:
        table = csv.writer(lines, lineterminator="\n")
        table.writerow(("feature", "mean", "scale", "weight"))
        for name, *numbers in zip(score.FEATURES, means, scales, weights, strict=False):
            table.writerow((name, *(f"{n:.5g}" for n in numbers)))
        table.writerow(("", "", "", f"{weights[-1]:.5g}"))


def main(argv: Sequence[str] | None = None) -> None:
    """Learn from gold files."""
    import numpy as np

    parser = argparse.ArgumentParser(prog="python -m dateline.stories.fitting", description=__doc__)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--others", type=Path)
    parser.add_argument("--out", type=Path, default=score.WEIGHTS)
    options = parser.parse_args(argv)
    others = list(islice(_read(options.others), _OTHERS)) if options.others else []
    parts = [
        examples(list(_read(path)), beside)
        for path in options.gold
        for beside in ([], others)[: 1 + bool(others)]
    ]
    table, right, weight = (np.concatenate(column) for column in zip(*parts, strict=True))
    write(*fit(table, right, weight), options.out)


def _read(path: Path) -> Iterator[dict[str, Any]]:
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


if __name__ == "__main__":
    main()
