"""Holidays and the days they fall on in a year."""

from __future__ import annotations

from datetime import date, timedelta

from dateline.findings.dates import timex
from dateline.findings.dates.context import Context, Resolved, Resolver
from dateline.findings.dates.grammar import Expression
from dateline.findings.dates.parts import year_of

_HOLIDAYS = {"christmas": (12, 25), "halloween": (10, 31), "boxing": (12, 26), "independence": (7, 4),
             "veterans": (11, 11), "victory": (5, 9), "valentine": (2, 14)}  # fmt: skip


def _holiday(expression: Expression, context: Context) -> Resolved | None:
    name = str(expression.get("holiday", "feast", "new"))
    year = expression.number("year") if expression.has("new") else year_of(expression, context)
    if context.reference is None and year is None:
        return "XXXX-XX-XX", f"{name}; no reference date tells the year"
    years = (
        [year]
        if year
        else [context.reference.year + shift for shift in (-1, 0, 1)]
        if context.reference
        else []
    )
    days = [day for day in (holiday_day(name, expression, each) for each in years) if day]
    if context.reference and year is None:
        if expression.has("last"):
            days = [day for day in days if day < context.reference] or days
        if expression.has("next"):
            days = [day for day in days if day > context.reference] or days
        days.sort(key=lambda day: abs((day - (context.reference or day)).days))
    if not days:
        return None
    day = days[0]
    return (timex.week_value(day) if expression.has("week") else day.isoformat()), f"{name} of {day.year}"


def holiday_day(name: str, expression: Expression, year: int) -> date | None:
    """The day a holiday falls on in a year (United States' days for those that differ by country)."""
    if name == "new":
        return date(year, 12, 31) if expression.has("eve") else date(year, 1, 1)
    if name == "easter":
        return easter(year) + timedelta(1 if expression.number("weekday") == 0 else 0)
    moving = {"thanksgiving": (11, 3, 4), "election": (11, 0, 1), "labor": (9, 0, 1), "memorial": (5, 0, -1)}
    if name in moving:
        return _nth_weekday(year, *moving[name]) + timedelta(1 if name == "election" else 0)
    fixed = _HOLIDAYS.get(name)
    day = timex.valid_day(year, *fixed) if fixed else None
    return day - timedelta(1) if day and expression.has("eve") else day


def _nth_weekday(year: int, month: int, weekday: int, count: int) -> date:
    """The count-th such weekday of a month, -1 the last."""
    if count < 0:
        last = date(year, month, 31)
        return last - timedelta((last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta((weekday - first.weekday()) % 7 + 7 * (count - 1))


def easter(year: int) -> date:
    """Western Easter Sunday, by the anonymous Gregorian computus."""
    golden, century = year % 19, year // 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * ((year % 100) // 4) - moon - year % 4) % 7
    shift = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


RESOLVERS: dict[str, Resolver] = {
    "holiday": _holiday,
}
