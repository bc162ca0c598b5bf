"""Months, with the year they belong to."""

from __future__ import annotations

from datetime import date

from dateline.findings.dates import timex
from dateline.findings.dates.context import (
    FUTURE,
    NO_TENSE,
    PAST,
    Context,
    Resolved,
    Resolver,
    said_direction,
)
from dateline.findings.dates.grammar import Expression
from dateline.findings.dates.parts import year_of


def _month(expression: Expression, context: Context) -> Resolved | None:
    month = expression.number("month", "abbr") or 1
    if expression.word(-1).lower() in ("each", "every"):
        return None
    if expression.codes == "B" and expression.word(-1).lower() not in (
        "in",
        "last",
        "since",
        "until",
        "next",
    ):
        return None
    if context.reference is None:
        return f"XXXX-{month:02d}", "a month; no reference date tells the year"
    direction = 2 if expression.has("next") else said_direction(expression, context)
    year = month_year(month, context.reference, direction)
    return timex.month_value(year, month), f"the month nearest to {context.reference} the words allow"


_JUST_GONE = 10


def month_year(month: int, reference: date, direction: int) -> int:
    """The year of a month: the latest up to (past), the first from (future; 2 whatever else), or the nearest."""
    ahead = (month - reference.month) % 12
    # A month just gone by is hardly next year's, whatever the verb: "will publish October's figures".
    if direction == NO_TENSE or (direction == FUTURE and ahead >= _JUST_GONE):
        direction = FUTURE if ahead <= 5 else PAST
    months = ahead if direction >= FUTURE else ahead - 12 if ahead else 0
    return timex.shift_month(reference.year, reference.month, months)[0]


def _month_year(expression: Expression, context: Context) -> Resolved | None:
    month = expression.number("month", "abbr") or 1
    year = year_of(expression, context)
    if year is None:
        return f"XXXX-{month:02d}", "a month; no reference date tells the year"
    return timex.month_value(year, month), "a month and its year"


RESOLVERS: dict[str, Resolver] = {
    "month_year": _month_year,
    "month": _month,
}
