from datetime import date
from itertools import pairwise
from typing import Any

import pandas as pd
import pytest

from dateline.figures import tolls

SENTENCE = "At least 37 people died <b>, officials said."
BASE = {
    "article": "a",
    "source": "Desk A",
    "published": "2025-12-15",
    "published_on": date(2025, 12, 15),
    "kind": "killed",
    "low": 37,
    "high": None,
    "qualifier": "at least",
    "vague": False,
    "reference": False,
    "own": True,
    "said": "at least 37",
    "sentence": SENTENCE,
    "start": 0,
    "end": 11,
}


def frame(*rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame([BASE | row for row in rows]).astype({"low": "Int64", "high": "Int64"})


def marks(drawn: Any) -> list[Any]:
    return [t for t in drawn.data if t.mode == "markers"]


def test_the_figure_holds_until_another_is_published() -> None:
    rows = frame({"low": 21}, {"article": "b", "published_on": date(2025, 12, 16), "published": None})
    line, points = tolls.steps(rows, dark=False).data
    assert line.line.shape == "hv"
    assert (list(line.x), list(line.y)) == (["2025-12-15", "2025-12-16"], [21, 37])
    assert [custom[0] for custom in points.customdata] == ["a", "b"]


@pytest.mark.parametrize(
    ("row", "mark"),
    [
        ({}, "triangle-up"),
        ({"qualifier": "exact"}, "circle"),
        ({"qualifier": "up to"}, "triangle-down"),
        ({"qualifier": "dozens", "vague": True}, "circle-open"),
    ],
)
def test_the_mark_says_how_the_figure_was_given(row: dict[str, Any], mark: str) -> None:
    (points,) = marks(tolls.steps(frame(row), dark=True))
    assert list(points.marker.symbol) == [mark]
    assert not points.error_y.visible


def test_a_range_has_a_bar_up_to_its_higher_end() -> None:
    (points,) = marks(tolls.steps(frame({"high": 41, "qualifier": "between"}), dark=False))
    assert points.error_y.visible
    assert list(points.error_y.array) == [4]
    assert list(points.error_y.arrayminus) == [0]


def test_older_counts_repeats_and_undated_figures_are_not_drawn() -> None:
    rows = frame(
        {"low": 1, "reference": True, "own": False},
        {"low": 2, "own": False},
        {"low": 3, "published_on": None},
        {"low": 4},
    )
    (points,) = marks(tolls.steps(rows, dark=False))
    assert list(points.y) == [4]
    nothing = tolls.steps(rows.head(3), dark=False)
    assert not nothing.data
    assert "No article with a date" in nothing.layout.annotations[0].text


def test_each_kind_has_an_axis_of_its_own() -> None:
    rows = frame({}, {"kind": "injured", "low": 500}, {"kind": "displaced", "low": 20_000})
    drawn = tolls.steps(rows, dark=False)
    assert [t.yaxis for t in marks(drawn)] == ["y", "y2", "y3"]
    domains = [drawn.layout[f"yaxis{n}"].domain for n in ("", 2, 3)]
    assert all(upper[0] > lower[1] for upper, lower in pairwise(domains))
    assert [a.text for a in drawn.layout.annotations] == [
        "<b>Killed</b>",
        "<b>Injured</b>",
        "<b>Displaced</b>",
    ]


def test_the_sentence_is_told_with_its_figure_in_bold_and_nothing_of_it_is_run() -> None:
    (points,) = marks(tolls.steps(frame({"source": "<i>Desk"}), dark=False))
    said = points.customdata[0][1].replace("<br>", " ")
    assert "<b>At</b> <b>least</b> <b>37</b> people died &lt;b&gt;," in said
    assert "<i>" not in said
    assert "2025-12-15" in said


@pytest.mark.parametrize("sentence", ["x" * 5000, "يوم " * 300, "", "\x00\n\u202e", "a " * 2000])
def test_odd_sentences_are_cut_and_told(sentence: str) -> None:
    row = frame({"sentence": sentence, "start": min(900, len(sentence)), "end": min(911, len(sentence))})
    (points,) = marks(tolls.steps(row, dark=False))
    assert len(points.customdata[0][1]) < 2000


@pytest.mark.parametrize(
    ("published", "x"),
    [
        ("2025-12-15T09:30:00+01:00", "2025-12-15T09:30"),
        ("2025-12-15T99:99", "2025-12-15"),
        ("", "2025-12-15"),
    ],
)
def test_the_hour_counts_where_it_is_known(published: str, x: str) -> None:
    (points,) = marks(tolls.steps(frame({"published": published}), dark=False))
    assert list(points.x) == [x]
