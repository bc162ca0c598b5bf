"""Publication times as written by outlets in several languages."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.sources.timestamps import find, to_iso

CASES = {
    "2025-12-15": "2025-12-15",
    "2025-12-15T14:20:00Z": "2025-12-15T14:20:00+00:00",
    "2025-12-15T14:20:00.123+04:00": "2025-12-15T14:20:00+04:00",
    "2025-12-15 14:20": "2025-12-15T14:20:00",
    "20251215": "2025-12-15",
    "20251215T142000Z": "2025-12-15T14:20:00+00:00",
    "Mon, 15 Dec 2025 01:20:00 +0400": "2025-12-15T01:20:00+04:00",
    "15 December 2025, 14:20": "2025-12-15T14:20:00",
    "December 15, 2025 2:20 PM": "2025-12-15T14:20:00",
    "Dec. 5th, 2025": "2025-12-05",
    "15 Dec 2025 14:20 GMT+4": "2025-12-15T14:20:00+04:00",
    "15.12.2025 14:20": "2025-12-15T14:20:00",
    "12/31/2025": "2025-12-31",
    "15 декабря 2025, 14:20": "2025-12-15T14:20:00",
    "1 мая 2025": "2025-05-01",
    "8 марта 2025 г.": "2025-03-08",
    "15 грудня 2025": "2025-12-15",
    "15 Aralık 2025 14:20": "2025-12-15T14:20:00",
    "3 Şubat 2025": "2025-02-03",
    "15 dekabr 2025": "2025-12-15",
    "3 iyul 2025": "2025-07-03",
    "15 décembre 2025": "2025-12-15",
    "15. Dezember 2025": "2025-12-15",
    "1765808400": "2025-12-15T14:20:00+00:00",
    "1765808400000": "2025-12-15T14:20:00+00:00",
}


@pytest.mark.parametrize("written", CASES)
def test_to_iso(written: str) -> None:
    assert to_iso(written) == CASES[written]


@pytest.mark.parametrize(
    "written",
    [
        "",
        "soon",
        "2025",
        "December 2025",
        "Monday",
        "31 February 2025",
        "2025-02-31",
        "2025-13-01",
        "0",
        "x" * 500,
    ],
)
def test_what_is_no_full_date(written: str) -> None:
    assert to_iso(written) is None


def test_values_that_are_dates() -> None:
    assert to_iso(date(2025, 12, 15)) == "2025-12-15"
    assert to_iso(datetime(2025, 12, 15)) == "2025-12-15"
    assert to_iso(datetime(2025, 12, 15, 14, 20)) == "2025-12-15T14:20:00"
    assert to_iso(None) is None
    assert to_iso(True) is None


def test_find_in_a_line() -> None:
    assert find("By Nino Kapanadze · 15 December 2025 · 09:05") == "2025-12-15T09:05:00"
    assert find("The 40 lorries left at 09:05") is None


@given(st.text(max_size=150))
def test_any_text(text: str) -> None:
    found = to_iso(text)
    assert found is None or datetime.fromisoformat(found)


@given(st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2099, 1, 1)))
def test_round_trip(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    assert to_iso(moment.isoformat()) == moment.isoformat()
