"""Engines: other processes find the same, in the same order, and hold little at a time."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import pytest

from dateline.annotate import annotate_article
from dateline.engines import _in_order, annotate_all, batches, findings_of

TEXTS = [
    "Floods killed 12 people in Safi, Morocco, on Sunday (14 December), officials said.",
    "A quake shook Vienna, Austria, on 5 December 2025.",
    "",
    "Ministers of Kazakhstan and Uzbekistan met in Tashkent on Monday.",
    "В Баку во вторник открылась выставка.",
]
ROWS = [{"id": f"a{n}", "text": text, "published": "2025-12-15"} for n, text in enumerate(TEXTS * 4)]


def test_batches_are_consecutive_and_lose_nothing() -> None:
    assert list(batches(range(7), 3)) == [[0, 1, 2], [3, 4, 5], [6]]
    assert list(batches([], 3)) == []


def test_two_processes_find_the_same_in_the_same_order() -> None:
    frames = [pd.DataFrame(batch) for batch in batches(ROWS, 3)]
    alone = list(annotate_all(frames))
    pair = list(annotate_all(frames, workers=2))
    assert len(alone) == len(pair) == 7
    for (frame, one), (again, two) in zip(alone, pair, strict=True):
        pd.testing.assert_frame_equal(frame, again)
        assert one.keys() == two.keys()
        for table in one:
            pd.testing.assert_frame_equal(one[table], two[table])
    assert list(findings_of(ROWS, workers=2)) == [annotate_article(row) for row in ROWS]


def test_a_long_stream_is_not_read_ahead_of_the_work() -> None:
    taken = 0

    def stream() -> Iterator[int]:
        nonlocal taken
        for n in range(1_000):
            taken = n + 1
            yield n

    done = _in_order(str, stream(), 2)
    assert next(done) == (0, "0")
    assert next(done) == (1, "1")
    # Two processes with two items each, and what was handed out.
    assert taken <= 6
    done.close()


def test_a_failure_in_a_process_is_raised_here_in_its_turn() -> None:
    # `int` is known everywhere: the processes need not load this module to do the work.
    results = _in_order(int, [*"123", "four", *"5" * 100], 2)
    assert [n for _, n in (next(results) for _ in range(3))] == [1, 2, 3]
    with pytest.raises(ValueError, match="four"):
        next(results)
