"""The scorer of dates: known findings against known gold give known figures."""

from __future__ import annotations

from typing import Any

import pytest

from dateline.evaluation.dates import evaluate, overlapping


def _row(text: str, *timex: tuple[str, str, str]) -> dict[str, Any]:
    """A gold row; every timex is (words, type, value)."""
    marks = [
        {"start": text.index(words), "end": text.index(words) + len(words), "type": kind, "value": value}
        for words, kind, value in timex
    ]
    return {"text": text, "dct": "2025-12-15", "timex": marks}


def test_all_right() -> None:
    scores = evaluate([_row("He left on Sunday.", ("Sunday", "DATE", "2025-12-14"))])
    assert (scores["strict_f1"], scores["relaxed_f1"], scores["value_f1"]) == (1.0, 1.0, 1.0)


def test_a_wider_span_counts_as_relaxed_only() -> None:
    scores = evaluate([_row("He left early last week.", ("last week", "DATE", "2025-W50"))])
    assert (scores["strict_f1"], scores["relaxed_f1"], scores["value_f1"]) == (0.0, 1.0, 1.0)


def test_a_wrong_value_counts_for_the_span_only() -> None:
    scores = evaluate([_row("He left on Sunday.", ("Sunday", "DATE", "2025-12-21"))])
    assert (scores["strict_f1"], scores["value_f1"], scores["value_accuracy"]) == (1.0, 0.0, 0.0)


def test_misses_and_false_alarms_lower_it() -> None:
    row = _row(
        "He left on Sunday and Tuesday at someday.",
        ("Sunday", "DATE", "2025-12-14"),
        ("someday", "DATE", "FUTURE_REF"),
    )
    scores = evaluate([row])
    assert scores["relaxed_f1"] == pytest.approx(0.5)
    assert (scores["precision"], scores["recall"]) == (0.5, 0.5)


def test_durations_are_not_asked_for() -> None:
    scores = evaluate([_row("He stayed two days.", ("two days", "DURATION", "P2D"))])
    assert (scores["gold"], scores["found"]) == (0.0, 0.0)


def test_scores_are_pooled_over_rows() -> None:
    right = _row("He left on Sunday.", ("Sunday", "DATE", "2025-12-14"))
    missed = _row("Someday he left.", ("Someday", "DATE", "PAST_REF"))
    assert evaluate([right, missed])["relaxed_f1"] == pytest.approx(2 / 3)


def test_no_rows() -> None:
    assert evaluate([])["relaxed_f1"] == 0.0


def test_each_span_is_paired_once() -> None:
    gold = [(0, 10, "a")]
    assert overlapping(gold, [(0, 4, "a"), (5, 9, "b")]) == [((0, 10, "a"), (0, 4, "a"))]
    assert overlapping([(0, 2, "a"), (8, 9, "b")], [(3, 5, "c"), (8, 9, "d")]) == [((8, 9, "b"), (8, 9, "d"))]
