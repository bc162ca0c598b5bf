"""A figure of a benchmark, and the table of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median
from typing import Any


@dataclass(frozen=True)
class Figure:
    """One measured number; ``target`` is the largest it should be, where there is one."""

    what: str
    value: float
    unit: str
    target: float | None = None

    @property
    def met(self) -> bool | None:
        return None if self.target is None else self.value <= self.target

    def line(self, width: int) -> str:
        verdict = ""
        if self.target is not None:
            verdict = f"  target ≤ {number(self.target)}: {'met' if self.met else 'MISSED'}"
        return f"  {self.what:<{width}}  {number(self.value):>10} {self.unit}{verdict}"


def number(value: float) -> str:
    """As a reader wants it: three digits that count, thousands set apart."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.3g}"


def table(title: str, figures: Iterable[Figure]) -> str:
    rows = list(figures)
    width = max((len(f.what) for f in rows), default=0)
    return "\n".join([title, *(f.line(width) for f in rows)])


@dataclass(frozen=True)
class Spent:
    """Seconds that passed, and seconds of processor time of this process (all its threads).

    On a machine that others use too, the second says more than the first.
    """

    wall: float
    processor: float


def spent(work: Callable[[], Any]) -> Spent:
    """What one piece of work took."""
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return Spent(time.perf_counter() - wall, time.process_time() - processor)


def seconds(work: Callable[[], Any], times: int = 1) -> float:
    """The median time of a piece of work."""
    return median(spent(work).wall for _ in range(times))
