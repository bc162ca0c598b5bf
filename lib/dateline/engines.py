"""Engines: where annotation runs, this process or a pool of processes. The work itself is ``annotate``."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from typing import Any, TypeVar

import pandas as pd

from dateline.annotate import annotate, annotate_article
from dateline.article import Findings

T = TypeVar("T")
# Large enough that the cost of sending a batch to a process does not count, small enough that progress moves.
BATCH = 250


def batches(items: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """Consecutive lists of at most ``size`` items."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def annotate_all(
    frames: Iterable[pd.DataFrame], *, workers: int = 1
) -> Iterator[tuple[pd.DataFrame, dict[str, pd.DataFrame]]]:
    """Each frame of articles with its findings, in order; ``workers`` processes (1: this one).

    At most ``2 * workers`` frames wait at a time, so a long stream stays small in memory.
    """
    if workers <= 1:
        for frame in frames:
            yield frame, annotate(frame)
        return
    with ProcessPoolExecutor(max_workers=min(workers, os.cpu_count() or 1)) as pool:
        rest = iter(frames)
        waiting = [(frame, pool.submit(annotate, frame)) for frame in islice(rest, 2 * workers)]
        while waiting:
            frame, job = waiting.pop(0)
            yield frame, job.result()
            waiting += [(f, pool.submit(annotate, f)) for f in islice(rest, 1)]


def findings_of(rows: Iterable[Mapping[str, Any]], *, workers: int) -> Iterator[Findings]:
    """Findings of each row in order, by a pool of processes; at most a few batches wait in memory."""
    with ProcessPoolExecutor(max_workers=workers) as pool:
        rest = batches(rows, 64)
        waiting = [pool.submit(_findings_of_batch, batch) for batch in islice(rest, 2 * workers)]
        while waiting:
            yield from waiting.pop(0).result()
            waiting += [pool.submit(_findings_of_batch, batch) for batch in islice(rest, 1)]


def _findings_of_batch(rows: list[Mapping[str, Any]]) -> list[Findings]:
    return [annotate_article(row) for row in rows]
