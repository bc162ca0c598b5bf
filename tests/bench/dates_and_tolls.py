"""How fast dates and tolls are read, each alone on one core, and how the time grows with a line that never ends.

``python -m tests.bench.dates_and_tolls [--limit N]``. Articles come from the large corpus beside the project, or
from the sample where it is absent. Processor time, the best of the passes.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

from dateline.annotate import reference
from dateline.findings import dates, sentences, tolls
from tests.bench import annotating
from tests.bench.figures import Figure, table

PASSES = 5
# What a line of a megabyte is made of, and how much longer it is than the one it is set beside.
LINES = (
    "At least 37 people were killed on Monday, officials said on 14 December 2025, and ",
    "37 ",
    "a-",
    "5 May 2025 ",
)
TIMES = 4
MEGABYTE = 1_000_000
DAY = date(2025, 12, 15)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.dates_and_tolls", description=__doc__)
    parser.add_argument("--limit", type=int, default=1_000, help="how many articles")
    options = parser.parse_args()
    name, rows = list(annotating.corpora(options.limit))[-1]
    figures = [*speeds(rows), *growth()]
    print(table(f"Dates and tolls: {name}, {len(rows):,} articles", figures))
    return int(any(figure.met is False for figure in figures))


def speeds(rows: list[dict[str, Any]]) -> Iterator[Figure]:
    """Articles and sentences a second; the sentences are split before the clock starts."""
    read = [(row["text"], sentences.split(row["text"]), reference(row)) for row in rows]
    count = sum(len(spans) for _, spans, _ in read)
    for name, run in (
        ("dates", lambda: [dates.find(text, spans, day) for text, spans, day in read]),
        ("tolls", lambda: [tolls.find(text, spans) for text, spans, _ in read]),
    ):
        spent = _best(run)
        yield Figure(name, len(rows) / spent, "articles/s")
        yield Figure(name, count / spent, "sentences/s")


def growth() -> Iterator[Figure]:
    """How many times as long a line takes that is four times as long; linear work takes four times, give or take."""
    for unit in LINES:
        short = unit * (MEGABYTE // TIMES // len(unit)) + "killed"
        long = unit * (MEGABYTE // len(unit)) + "killed"
        for name, find in (
            ("dates", lambda text: dates.find(text, [(0, len(text))], DAY)),
            ("tolls", lambda text: tolls.find(text, [(0, len(text))])),
        ):
            ratio = _best(partial(find, long), 2) / _best(partial(find, short), 2)
            yield Figure(f"{name}, a line of “{unit.strip()[:12]}”, {TIMES} × as long", ratio, "×", 2 * TIMES)


def _best(run: Callable[[], object], passes: int = PASSES) -> float:
    """Seconds of processor time of the quickest pass."""
    best = float("inf")
    for _ in range(passes):
        began = time.process_time()
        run()
        best = min(best, time.process_time() - began)
    return max(best, 1e-6)


if __name__ == "__main__":
    sys.exit(main())
