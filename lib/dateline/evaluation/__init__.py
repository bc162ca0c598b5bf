"""Scores against gold files: what ``dateline evaluate KIND FILE`` prints.

Each module has ``evaluate(rows, …) -> dict[str, float]`` over rows of a gold file; ``run`` reads the file.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

KINDS = ("places", "dates", "tolls", "topics", "stories", "pages", "feeds")


def run(kind: str, path: Path) -> dict[str, float]:
    """The figures of ``kind`` on a gold file of JSON lines, which may be gzipped.

    Raises ValueError for a kind that is none of ``KINDS`` and for a line that is no JSON object, naming it.
    """
    if kind not in KINDS:
        raise ValueError(f"kind {kind!r} is none of {', '.join(KINDS)}")
    module = import_module(f"dateline.evaluation.{kind}")
    rows = read(path)
    scores: dict[str, float] = (
        module.evaluate(rows, path.parent) if kind == "pages" else module.evaluate(rows)
    )
    return scores


def read(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a JSONL file, gzipped or not; empty lines are skipped."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError as problem:
                raise ValueError(f"{path}, line {number}: no JSON ({problem})") from None
            if not isinstance(row, dict):
                raise ValueError(f"{path}, line {number}: not an object")
            yield row
