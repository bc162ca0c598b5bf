"""Times of day."""

from __future__ import annotations

import re
from datetime import date

from dateline.findings.dates.context import PAST, Context, Resolved, Resolver
from dateline.findings.dates.days import (
    resolve_day_month,
    resolve_dayword,
    resolve_full_date,
    resolve_weekday,
    resolve_weekday_date,
    weekday_near,
)
from dateline.findings.dates.grammar import Expression
from dateline.findings.dates.lexicon import CLASSES
from dateline.findings.dates.parts import year_of

_CLOCK = re.compile(r"(\d{1,2})(?::(\d\d))?")


def _clock_time(expression: Expression) -> str | None:
    """``17:00`` from "5 p.m."; None where there is no such hour."""
    noon = expression.get("noon")
    if noon:
        return str(noon)
    military = expression.written("year", "count")
    if military and not expression.has("clock", "num"):
        return f"{military[:2]}:{military[2:]}" if military < "2400" and military[2:] < "60" else None
    written = str(expression.get("clock") or expression.get("num"))
    found = _CLOCK.match(written)
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    half = expression.get("ampm")
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if str(half)[0].lower() == "p" else 0)
    return f"{hour:02d}:{minute:02d}" if hour <= 24 and minute < 60 else None


def _clock(expression: Expression, context: Context) -> Resolved | None:
    if expression.has("year", "count"):  # "at 0735 GMT"; in brackets it only repeats a time in another zone
        digits = expression.written("year", "count")
        if len(digits) != 4 or expression.word(-1) == "(":
            return None
    time = _clock_time(expression)
    if time is None:
        return None
    day = _weekday_behind(expression, context) or context.clock_day()
    return f"{day or 'XXXX-XX-XX'}T{time}", "a time of day, on the day spoken of"


def _weekday_behind(expression: Expression, context: Context) -> date | None:
    """The Sunday of "3:15 a.m. local time on Sunday": a weekday a few words on."""
    tokens = expression.tokens
    for at in range(expression.last, min(expression.last + 6, len(tokens.words))):
        weekday = tokens.value(at)
        if tokens.codes[at] == CLASSES["weekday"] and isinstance(weekday, int) and context.reference:
            return weekday_near(weekday, context.reference, context.tense() or PAST)[0]
    return None


def _clock_day(expression: Expression, context: Context) -> Resolved | None:
    time = _clock_time(expression)
    if time is None:
        return None
    if expression.has("month", "abbr"):
        found = _clock_date(expression, context)
    elif expression.has("weekday"):
        found = resolve_weekday(expression, context)
    else:
        found = resolve_dayword(expression, context)
    return (f"{found[0]}T{time}", found[1]) if found else None


def _clock_date(expression: Expression, context: Context) -> Resolved | None:
    """The date behind a time of day; the hour's number is not the day's."""
    skip = 1 + next(at for at, code in enumerate(expression.codes) if code in "!zZ")
    first, codes = expression.first + skip, expression.codes[skip:]
    rest = Expression(expression.name, first, expression.last, expression.tokens, codes)
    return resolve_weekday_date(rest, context) if rest.has("weekday") else (
        resolve_full_date(rest, context) if year_of(rest, context) else resolve_day_month(rest, context)
    )  # fmt: skip


RESOLVERS: dict[str, Resolver] = {
    "clock_day": _clock_day,
    "clock": _clock,
}
