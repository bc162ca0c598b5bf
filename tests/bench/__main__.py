"""``python -m tests.bench [--quick] [--json FILE]``: print the figures; exit with 1 where a target is missed."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from dateline.homes import prepare, sample_store
from tests import chromium
from tests.bench import annotating, browsing, machine, querying
from tests.bench.figures import Figure, table

LARGE = (400_000, 1_000_000)
SMALL = (20_000, 50_000)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a small generated store and fewer articles")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to a file, too")
    options = parser.parse_args()

    described = machine.describe()
    print("\n".join(f"{name:<9} {words}" for name, words in described.items()))
    print(f"{'yardstick':<9} a million numbers sorted in {1000 * machine.sorting():.0f} ms\n", flush=True)

    sections: dict[str, list[Figure]] = {}

    def show(title: str, figures: Iterable[Figure]) -> None:
        sections[title] = list(figures)
        print(table(title, sections[title]) + "\n", flush=True)

    # What is built once is no part of any figure.
    prepare()
    for name, rows in annotating.corpora(100 if options.quick else 500):
        show(f"Annotate: {name}", annotating.measure(rows, times=1 if options.quick else 3))
    articles, mentions = SMALL if options.quick else LARGE
    large = querying.kept_store(articles, mentions)
    size = f"{mentions:,} mentions over {articles:,} articles"
    show("Server: the sample", querying.measure(sample_store().folder))
    show(f"Server: {size}", querying.measure(large))
    if chromium.path() is None:
        print("Browser: there is no chromium here, so nothing is measured in it.")
    else:
        show("Browser: the sample", browsing.measure(None))
        show(f"Browser: {size}", browsing.measure(large))
    if options.json:
        figures = {title: [asdict(f) for f in rows] for title, rows in sections.items()}
        options.json.write_text(json.dumps({"machine": described, "figures": figures}, indent=1) + "\n")
    return int(any(f.met is False for rows in sections.values() for f in rows))


if __name__ == "__main__":
    sys.exit(main())
