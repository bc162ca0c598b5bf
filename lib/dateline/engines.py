"""Engines: where annotation runs, this process or a pool of processes. The work itself is ``annotate``."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, TypeVar

from dateline.annotate import annotate, annotate_articles
from dateline.article import Findings

if TYPE_CHECKING:
    import pandas as pd

T = TypeVar("T")
R = TypeVar("R")
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
    yield from _in_order(annotate, frames, workers)


def findings_of(rows: Iterable[Mapping[str, Any]], *, workers: int) -> Iterator[Findings]:
    """Findings of each row in order, by a pool of processes; at most a few batches wait in memory."""
    for _, found in _in_order(_findings_of_batch, batches(rows, 64), workers):
        yield from found


def _findings_of_batch(rows: list[Mapping[str, Any]]) -> list[Findings]:
    return list(annotate_articles(rows))


def _in_order(work: Callable[[T], R], items: Iterable[T], workers: int) -> Iterator[tuple[T, R]]:
    """Each item with what ``work`` makes of it in another process, in the order of the items.

    Processes are started afresh: a fork of one that has threads (Delta Lake and DuckDB do) can hang.
    """
    rest = iter(items)
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_ignore_interrupts)
    try:
        waiting = deque((item, pool.submit(work, item)) for item in islice(rest, 2 * workers))
        while waiting:
            item, job = waiting.popleft()
            yield item, job.result()
            waiting.extend((item, pool.submit(work, item)) for item in islice(rest, 1))
    finally:
        pool.shutdown(cancel_futures=True)


def _ignore_interrupts() -> None:
    # Ctrl+C reaches every process of the terminal; the one that started the pool ends it in order.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
