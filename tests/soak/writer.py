"""A writer beside the server, ``python -m tests.soak.writer STORE EVERY SECONDS``: ten articles, again and again."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from dateline.ingest import ingest
from dateline.store import Store
from tests.soak.articles import articles


def main() -> None:
    """Prints a line a commit: seconds it took."""
    folder, every, seconds = Path(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3])
    store, end, number = Store(folder), time.monotonic() + seconds, 1
    while (start := time.monotonic()) < end:
        report = ingest(articles(10, seed=number), store)
        print(f"{time.monotonic() - start:.2f} {report.kept}", flush=True)
        number += 1
        time.sleep(max(0.0, start + every - time.monotonic()))


if __name__ == "__main__":
    main()
