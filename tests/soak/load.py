"""Load: fifty sessions on one server for five minutes while a writer commits every ten seconds, as a table.

``python -m tests.soak.load [--clients 50] [--seconds 300] [--every 10] [--pause 12]``. Exit code 1 where a client met
an error, the server wrote one, or its memory grew by more than a fifth after the warm-up (the first 90 seconds).
"""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import median

import psutil

from dateline.ingest import ingest
from dateline.store import Store
from tests.browser.server import PROJECT, Server, serving
from tests.soak.articles import articles
from tests.soak.clients import Record, crowd, quantiles

WARM_UP = 90.0
MOST_GROWTH = 0.20


class Memory:
    """The server's resident memory, looked at every two seconds."""

    def __init__(self, server: Server) -> None:
        port = server.url.rpartition(":")[2]
        (self._process,) = (p for p in psutil.Process().children() if port in p.cmdline())
        self.seen: list[tuple[float, int]] = []
        self._over = threading.Event()
        self._start = time.monotonic()
        threading.Thread(target=self._look, daemon=True).start()

    def _look(self) -> None:
        while not self._over.wait(2):
            self.seen.append((time.monotonic() - self._start, self._process.memory_info().rss))

    def end(self) -> None:
        """Look no more."""
        self._over.set()

    def around(self, low: float, high: float) -> float:
        """The median in bytes between two times in seconds."""
        return float(median([rss for at, rss in self.seen if low <= at <= high] or [0]))


def main() -> int:
    """See the module."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--clients", type=int, default=50)
    asked.add_argument("--seconds", type=float, default=300)
    asked.add_argument("--every", type=float, default=10)
    asked.add_argument(
        "--pause", type=float, default=12, help="seconds a reader looks before acting, on average"
    )
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ingest(articles(300, seed=0), Store(folder / "atlas"))
        with serving(folder) as server:
            return _measure(server, options)


def _measure(server: Server, options: argparse.Namespace) -> int:
    # The first page of a server loads everything; fifty at once would measure that and nothing else.
    asyncio.run(crowd(server.url, 1, 5, Record(), 2))
    record, memory = Record(), Memory(server)
    command = [
        sys.executable,
        "-m",
        "tests.soak.writer",
        str(server.store),
        str(options.every),
        str(options.seconds),
    ]
    writer = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True, env=dict(os.environ))
    try:
        asyncio.run(crowd(server.url, options.clients, options.seconds, record, options.pause))
    finally:
        writer.terminate()
        written = (writer.communicate()[0] or "").split("\n")
        memory.end()
    commits = [float(line.split()[0]) for line in written if line]
    log = server.log.read_text("utf-8", "replace")
    faults = record.faults + [line for line in log.splitlines() if "Traceback" in line or "Error" in line]
    before = memory.around(WARM_UP, WARM_UP + 30)
    after = memory.around(options.seconds - 30, options.seconds)
    grown = after / before - 1 if before else 0.0

    print(
        f"{options.clients} sessions for {options.seconds:.0f} s; a reader acts every {options.pause:.0f} s on average"
    )
    print(f"{len(commits)} commits of 10 articles, median {median(commits or [0]):.1f} s each")
    print(f"{record.received / 1e6:,.0f} MB sent")
    print("| run of the script | runs | median s | p95 s | p99 s | longest s |\n|---|---|---|---|---|---|")
    for kind, seconds in record.runs.items():
        print(f"| {kind} | {len(seconds):,} | " + " | ".join(f"{q:.2f}" for q in quantiles(seconds)) + " |")
    print(
        f"memory {before / 1e6:,.0f} MB after {WARM_UP:.0f} s, {after / 1e6:,.0f} MB at the end: {grown:+.1%}"
    )
    print(
        "by the minute, MB: "
        + " ".join(f"{memory.around(m, m + 30) / 1e6:,.0f}" for m in range(0, int(options.seconds), 60))
    )
    print(f"faults: {len(faults)}")
    for fault in faults[:20]:
        print(f"  {fault}")
    return int(bool(faults) or grown > MOST_GROWTH)


if __name__ == "__main__":
    sys.exit(main())
