"""The Topics page: both levels can be filtered, and a change names what it is measured against."""

from __future__ import annotations

import json

from tests.app.conftest import Open
from tests.app.test_pages import loaded, words

DECEMBER = ["2025-12-01", "2025-12-14"]


def test_a_change_names_both_periods_and_their_articles(opened: Open) -> None:
    app = opened("topics", date=DECEMBER)
    assert not app.exception
    said = next(c.value for c in app.caption if c.value.startswith("Change:"))
    assert f"{loaded(app).split()[0]} articles here" in said
    assert "17-30 November 2025" in said
    before = int(said.split("here, ")[1].split()[0].replace(",", ""))
    earlier = opened("topics", date=["2025-11-17", "2025-11-30"])
    assert loaded(earlier).startswith(f"{before} of ")
    table = next(f.value for f in app.dataframe if "Share before" in f.value.columns)
    assert table["Share before"].between(0, 1).all()
    counted = table["Period before"].sum() / before
    assert abs(table["Share before"].sum() - counted) < 0.1


def test_second_level_bars_carry_codes_that_filter(opened: Open) -> None:
    app = opened("topics", topic="medtop:03000000")
    charts = [json.loads(c.proto.spec) for c in app.main.get("plotly_chart")]
    bars = charts[-1]["data"][0]
    codes = [custom[0] for custom in bars["customdata"]]
    assert codes
    assert all(code.startswith("medtop:2") for code in codes)
    finer = opened("topics", topic=codes[0])
    assert not finer.exception
    assert "topic" in words(finer).lower() or "on" in words(finer)
    assert 0 < int(loaded(finer).split()[0]) <= int(loaded(app).split()[0])


def test_missing_values_are_not_called_none(opened: Open) -> None:
    app = opened("timeline")
    assert app.dataframe
    assert {frame.proto.placeholder for frame in app.dataframe} == {"–"}
