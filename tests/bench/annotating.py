"""How fast articles are annotated: articles and characters a second, and against splitting at white space."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

from dateline.annotate import annotate_article
from dateline.engines import findings_of
from dateline.homes import SAMPLE
from tests.bench.figures import Figure, seconds, spent

SCALE = Path(__file__).resolve().parents[3] / "shared" / "gold" / "scale"


def corpora(most: int) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The sample, and the first articles of a large corpus where it lies beside the project."""
    yield "sample corpus", list(islice(_rows(SAMPLE), most))
    for path in sorted(SCALE.glob("*.jsonl.gz"))[:1]:
        yield f"{path.name.partition('.')[0]}", list(islice(_rows(path), most))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            yield {"id": str(number), **json.loads(line)}


def measure(rows: list[dict[str, Any]], *, times: int) -> Iterator[Figure]:
    """The figures for one corpus; the gazetteer is loaded before the clock starts."""
    characters = sum(len(row["text"]) for row in rows)
    # Tables and caches fill with the first articles.
    for row in rows[:20]:
        annotate_article(row)
    runs = [spent(lambda: [annotate_article(row) for row in rows]) for _ in range(times)]
    alone = median(run.wall for run in runs)
    split = seconds(lambda: [row["text"].split() for row in rows], 5)
    yield Figure("articles", len(rows), f"of {characters / len(rows):,.0f} characters")
    yield Figure("annotate, this process", len(rows) / alone, "articles/s")
    yield Figure("annotate, this process", characters / alone, "characters/s")
    yield Figure("… by processor time", characters / median(r.processor for r in runs), "characters/s")
    yield Figure("… as many times as splitting at white space", alone / split, "×")
    # Two processes start, load the gazetteer and work; a long run does not notice the start.
    pair = seconds(lambda: list(findings_of(rows, workers=2)))
    yield Figure("annotate, 2 workers, their start included", len(rows) / pair, "articles/s")
