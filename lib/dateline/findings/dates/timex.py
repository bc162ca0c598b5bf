"""TIMEX3 values and the days they cover.

A value is written as TIMEX3 does: ``2025-12-14``, ``2025-12``, ``2025``, ``2025-W50``, ``2025-W50-WE``, ``2025-Q4``,
``2025-H2``, ``2025-WI``, ``202`` (the 2020s), ``20`` (the 21st century's index), ``2025-12-14TEV``,
``2025-12-14T17:00``, ``PAST_REF``. An interval is a pair of days, both included; a span of days is written
with a slash, ``2025-12-05/2025-12-07``.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}  # the first month of each
_SHAPE = re.compile(
    r"""(?P<day>\d{4}-\d\d-\d\d)(?P<time>T.+)?$
      | (?P<month>\d{4}-\d\d)$
      | (?P<weekend>\d{4}-W\d\d-WE)$
      | (?P<week>\d{4}-W\d\d)$
      | (?P<quarter>\d{4}-Q[1-4])$
      | (?P<half>\d{4}-H[12])$
      | (?P<season>\d{4}-(?:SP|SU|FA|WI))$
      | (?P<year>\d{4})$
      | (?P<decade>\d{3})$
      | (?P<century>\d{2})$""",
    re.VERBOSE,
)

Interval = tuple[date | None, date | None, str]


@lru_cache(maxsize=4096)
def interval(value: str) -> Interval:
    """First and last day of a TIMEX3 value and its granularity; open (None) and ``vague`` where it names no days."""
    if "/" in value:
        first, _, _ = interval(value.split("/")[0])
        _, last, granularity = interval(value.split("/")[1])
        return first, last, granularity
    shape = _SHAPE.match(value)
    if shape is None:
        return None, None, "vague"
    try:
        return _days(value, shape)
    except (ValueError, OverflowError):
        return None, None, "vague"


def _days(value: str, shape: re.Match[str]) -> Interval:
    """The interval of a value whose shape is known."""
    kind = shape.lastgroup or ""
    if shape["day"]:
        day = date.fromisoformat(value[:10])
        return day, day, "time" if shape["time"] else "day"
    if kind == "decade":
        return date(int(value) * 10 or 1, 1, 1), date(int(value) * 10 + 9, 12, 31), kind
    if kind == "century":
        return date(int(value) * 100 or 1, 1, 1), date(int(value) * 100 + 99, 12, 31), kind
    year = int(value[:4])
    if kind == "year":
        return date(year, 1, 1), date(year, 12, 31), kind
    if kind in ("week", "weekend"):
        monday = date.fromisocalendar(year, int(value[6:8]), 1)
        return monday + timedelta(5 if kind == "weekend" else 0), monday + timedelta(6), kind
    first, months = _first_month(value, kind)
    return *_months(year, first, months), kind


def _first_month(value: str, kind: str) -> tuple[int, int]:
    """The first month of a month, quarter, half or season, and how many months it has."""
    if kind == "month":
        return int(value[5:]), 1
    if kind == "quarter":
        return 3 * int(value[6]) - 2, 3
    if kind == "half":
        return 6 * int(value[6]) - 5, 6
    return SEASONS[value[5:]], 3


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    """The days from the first of ``month`` over ``count`` months."""
    end_year, end_month = shift_month(year, month, count - 1)
    return date(year, month, 1), date(end_year, end_month, monthrange(end_year, end_month)[1])


def shift_month(year: int, month: int, by: int) -> tuple[int, int]:
    """The year and month ``by`` months away."""
    index = year * 12 + month - 1 + by
    return index // 12, index % 12 + 1


def week_value(day: date) -> str:
    """The ISO week that holds ``day``: ``2025-W50``."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def month_value(year: int, month: int) -> str:
    """``2025-12``."""
    return f"{year:04d}-{month:02d}"


def quarter_of(month: int) -> int:
    """1 to 4."""
    return (month + 2) // 3


def valid_day(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
