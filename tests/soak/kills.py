"""Kills: two hundred processes killed while they write, as a table for docs/store.md."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from tests.faults.killing import killed


def main() -> None:
    """Kill, check, and print the figures; an AssertionError where a store was not whole."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        done = killed(Path(folder) / "atlas", options.kills, options.seed)
    print(
        f"{done.kills} kills in {done.seconds:,.0f} s; {done.too_late} processes had ended before their kill"
    )
    print(f"{done.leftovers} times something was left behind; the store was whole each time")
    for what in (done.stages, done.seen):
        print()
        for name, count in sorted(what.items()):
            if count:
                print(f"{count:5}  {name}")


if __name__ == "__main__":
    main()
