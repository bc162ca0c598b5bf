"""How long grouping takes from 10 to 100 thousand articles, and what memory: ``python -m tests.bench.stories``.

``[--sizes N …] [--texts FILE]``. The articles come from the large corpus beside the project. A corpus that is larger
than the file is made of it: each further pass draws its articles anew, with a part of the words put in another's place
and the days moved on. Each size runs in a process of its own, so that its memory is its own.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import resource
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pandas as pd

from tests.bench.figures import Figure, table

TEXTS = Path(__file__).parents[3] / "shared" / "gold" / "scale" / "reuters-20k.jsonl.gz"
SIZES = (10_000, 25_000, 50_000, 100_000)
# Articles a day: that of a desk with many feeds.
A_DAY = 100
# The share of words that are replaced in each further pass, by words of the corpus.
REPLACED = 0.3
# 100,000 articles: seconds and gigabytes.
MOST_SECONDS, MOST_GIGABYTES = 180.0, 2.0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.stories", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--texts", type=Path, default=TEXTS)
    options = parser.parse_args()
    if not options.texts.exists():
        print(f"{options.texts} is not here, so nothing is measured.")
        return 0
    figures = list(measure(options.texts, options.sizes))
    print(table("Stories", figures))
    return int(any(figure.met is False for figure in figures))


def measure(texts: Path, sizes: tuple[int, ...] = SIZES) -> Iterator[Figure]:
    for size in sizes:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            seconds, later, gigabytes, stories = pool.submit(_grouped, texts, size).result()
        print(
            f"{size:>8,} articles: {seconds:.1f} s, 1,000 more {later:.1f} s, {gigabytes:.2f} GB, {stories:,} stories"
        )
        yield Figure(f"{size:,} articles", seconds, "s", MOST_SECONDS if size == 100_000 else None)
        yield Figure(f"1,000 more to {size:,}", later, "s")
        yield Figure(f"memory at {size:,}", gigabytes, "GB", MOST_GIGABYTES if size == 100_000 else None)


def _grouped(texts: Path, size: int) -> tuple[float, float, float, int]:
    from dateline import stories

    nothing = pd.DataFrame()
    articles = corpus(texts, size + 1_000)
    began = time.perf_counter()
    found = stories.group(articles[:size], nothing, nothing, nothing)
    seconds = time.perf_counter() - began
    began = time.perf_counter()
    stories.group(articles, nothing, nothing, nothing, found)
    later = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    return seconds, later, peak, found["story"].nunique()


def corpus(texts: Path, size: int) -> pd.DataFrame:
    """``size`` articles, ``A_DAY`` a day; the same ones whenever it is called."""
    with gzip.open(texts, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    pick = random.Random(7)
    words = [w for row in rows[::20] for w in row["text"][:2_500].split(" ")]
    start = date(2020, 1, 1)
    made: list[dict[str, Any]] = []
    for n in range(size):
        row = rows[n % len(rows)]
        title, text = row["title"], row["text"][:4_000]
        if n >= len(rows):
            title, text = _jittered(title, words, pick), _jittered(text, words, pick)
        made.append(
            {
                "id": f"{pick.getrandbits(64):016x}",
                "title": title,
                "text": text,
                "published_on": start + timedelta(n // A_DAY),
            }
        )
    return pd.DataFrame(made)


def _jittered(text: str, words: list[str], pick: random.Random) -> str:
    parts = text.split(" ")
    for n in range(len(parts)):
        if pick.random() < REPLACED:
            parts[n] = words[int(pick.random() * len(words))]
    return " ".join(parts)


if __name__ == "__main__":
    sys.exit(main())
