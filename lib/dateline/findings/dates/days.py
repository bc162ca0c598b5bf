"""Days: written out, named by weekday, counted from the day of writing, and stretches of them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dateline.findings.dates import timex
from dateline.findings.dates.context import (
    FUTURE,
    PAST,
    Context,
    Resolved,
    Resolver,
    said_direction,
    why_year,
)
from dateline.findings.dates.grammar import Expression
from dateline.findings.dates.lexicon import MONTHS, WEEKDAYS
from dateline.findings.dates.parts import day_and_month, year_of


def _iso(expression: Expression, context: Context) -> Resolved | None:
    text = str(expression.get("iso"))
    text = text[:10].replace("/", "-").replace(".", "-") + text[10:]
    if timex.interval(text[:10])[0] is None:
        return None
    return (text[:16] if "T" in text else text), "written out as ISO 8601"


def _numeric(expression: Expression, context: Context) -> Resolved | None:
    """Dots and a first number over 12 mean day first; slashes mean month first where both fit, and say so."""
    text = str(expression.get("numeric"))
    first, second, third = (int(part) for part in re.split(r"[./-]", text))
    year = third if third > 99 else 2000 + third if third < 70 else 1900 + third
    if not 1000 <= year <= 2100:
        return None
    day_first = "." in text or first > 12
    day = timex.valid_day(year, second, first) if day_first else timex.valid_day(year, first, second)
    if day is None:
        return None
    if first <= 12 and second <= 12 and first != second:
        order = (
            "day before month, as dots usually mean"
            if day_first
            else "month before day, as slashes usually mean"
        )
        return day.isoformat(), f"ambiguous numbers, read {order}"
    return day.isoformat(), "a full date in numbers"


def resolve_full_date(expression: Expression, context: Context) -> Resolved | None:
    """A day and month with their year."""
    month, number = day_and_month(expression)
    year = year_of(expression, context)
    if year is None:
        return f"XXXX-{month:02d}-{number:02d}", "a day and month; no reference date tells the year"
    day = timex.valid_day(year, month, number)
    return (day.isoformat(), "a full date") if day else None


def resolve_day_month(expression: Expression, context: Context) -> Resolved | None:
    """A day and month, in the year nearest to the reference."""
    month, number = day_and_month(expression)
    if context.reference is None:
        if timex.valid_day(2000, month, number) is None:
            return None
        return f"XXXX-{month:02d}-{number:02d}", "a day and month; no reference date tells the year"
    day = nearest_day(month, number, context.reference, said_direction(expression, context))
    return (_with_part(day.isoformat(), expression), why_year(context)) if day else None


def _and_day(expression: Expression, context: Context) -> Resolved | None:
    """The 25 of "April 24 and 25", the 14 of "14 and 16 December": the month stands beside the other day."""
    number = expression.number("num") or 1
    tokens, begin = expression.tokens, max(expression.first - 4, 0)
    months = (
        at for at in range(begin, min(expression.last + 3, len(tokens.words))) if tokens.codes[at] in "MB"
    )
    month = next((tokens.value(at) for at in months), None)
    if not isinstance(month, int):
        return None
    if context.reference is None:
        return f"XXXX-{month:02d}-{number:02d}", "a day and month; no reference date tells the year"
    day = nearest_day(month, number, context.reference, context.tense())
    return (day.isoformat(), why_year(context)) if day else None


def nearest_day(month: int, number: int, reference: date, tense: int) -> date | None:
    """The day and month in the year nearest to the reference, a past verb never more than a month ahead."""
    days = [timex.valid_day(reference.year + shift, month, number) for shift in (-1, 0, 1)]
    real = [day for day in days if day]
    if not real:  # 29 February: the latest leap year
        leap = [timex.valid_day(reference.year - back, month, number) for back in range(8)]
        return next((day for day in leap if day), None)
    if tense == PAST:
        real = [day for day in real if day <= reference + timedelta(45)] or real
    if tense == FUTURE:
        real = [day for day in real if day >= reference - timedelta(45)] or real
    return min(real, key=lambda day: abs((day - reference).days))


def resolve_weekday_date(expression: Expression, context: Context) -> Resolved | None:
    """A weekday beside a day and month: the weekday chooses the year, unless the year is written."""
    if not expression.has("month", "abbr"):
        return resolve_weekday(expression, context)
    if year_of(expression, context) is not None:
        return resolve_full_date(expression, context)
    month, number = day_and_month(expression)
    weekday = expression.number("weekday") or 0
    if context.reference is None:
        return f"XXXX-{month:02d}-{number:02d}", "a weekday, day and month; no reference date tells the year"
    day = weekday_year(weekday, month, number, context.reference)
    if day is None:
        return resolve_day_month(expression, context)
    name = WEEKDAYS[weekday].capitalize()
    return _with_part(day.isoformat(), expression), (
        f"the year nearest to {context.reference} in which {number} {MONTHS[month - 1].capitalize()} is a {name}"
    )


def weekday_year(weekday: int, month: int, number: int, reference: date) -> date | None:
    """The day and month in the year nearest to the reference (6 either way) whose weekday it is."""
    days = [timex.valid_day(reference.year + shift, month, number) for shift in range(-6, 7)]
    fitting = [day for day in days if day and day.weekday() == weekday]
    return min(fitting, key=lambda day: abs((day - reference).days), default=None)


ANAPHORIC = frozenset({"previous", "following"})


def resolve_weekday(expression: Expression, context: Context) -> Resolved | None:
    """A weekday, by last, next or the verb beside it."""
    weekday = expression.number("weekday", "maybeday") or 0
    if context.reference is None:
        return f"XXXX-WXX-{weekday + 1}", "a weekday; no reference date tells the week"
    start = context.reference
    if expression.get("last", "next") in ANAPHORIC:
        start = context.day() or start  # "the following Tuesday" counts from the day spoken of
    day, why = weekday_near(weekday, start, _weekday_direction(expression, context))
    if expression.get("part", "night") == "NI":
        return day.isoformat(), f"{why} {start}; a night belongs to two days, so no part is given"
    return _with_part(day.isoformat(), expression), f"{why} {start}"


def _weekday_direction(expression: Expression, context: Context) -> int:
    """Before, after or around the reference: from last/next, else from the verb; 2 means strictly after."""
    if expression.has("last"):
        return -2
    if expression.has("next"):
        return 2
    return context.tense() or PAST


def weekday_near(weekday: int, reference: date, direction: int) -> tuple[date, str]:
    """The nearest such weekday: up to (-1) or before (-2), from (1) or after (2) the reference."""
    back = (reference.weekday() - weekday) % 7
    name = WEEKDAYS[weekday].capitalize()
    if direction == -2:
        return reference - timedelta(back or 7), f"the last {name} before"
    if direction == 2:
        return reference + timedelta((7 - back) % 7 or 7), f"the next {name} after"
    if direction == FUTURE:
        return reference + timedelta((7 - back) % 7), f"the verb looks ahead: the first {name} from"
    return reference - timedelta(back), f"the last {name} up to"


def resolve_dayword(expression: Expression, context: Context) -> Resolved | None:
    """Today, yesterday, tomorrow."""
    if expression.word(-1).lower() == "of" and expression.has("tomorrow"):
        return None  # "the people of tomorrow"
    if _is_title(expression):
        return None  # "USA TODAY", "Caucasus Today"
    shift = next(by for name, by in _DAYWORDS if expression.has(name))
    if context.reference is None:
        return "XXXX-XX-XX", "counted from the day of writing, which is not known"
    day = context.reference + timedelta(shift)
    return _with_part(day.isoformat(), expression), f"counted from {context.reference}"


_DAYWORDS = (("today", 0), ("yesterday", -1), ("tomorrow", 1), ("ereyesterday", -2), ("overmorrow", 2))


def _is_title(expression: Expression) -> bool:
    """Whether a day word is written like part of a name, behind a name."""
    word, before = expression.written("today", "yesterday", "tomorrow"), expression.word(-1)
    if not before[:1].isupper() or expression.first == 1:
        return False
    return word.istitle() or (word.isupper() and not expression.word(1).isupper())


def _day_beyond(expression: Expression, context: Context) -> Resolved | None:
    """ "The day before yesterday", "the day after tomorrow"."""
    if context.reference is None:
        return "XXXX-XX-XX", "counted from the day of writing, which is not known"
    day = context.reference + timedelta(2 if expression.has("tomorrow") else -2)
    return day.isoformat(), f"counted from {context.reference}"


def _tonight(expression: Expression, context: Context) -> Resolved | None:
    if context.reference is None:
        return "XXXX-XX-XXTNI", "counted from the day of writing, which is not known"
    return f"{context.reference}TNI", f"the night of {context.reference}"


def _with_part(value: str, expression: Expression) -> str:
    """The value with its part of the day: ``2025-12-14TEV``."""
    part = expression.get("part", "night")
    return f"{value}T{part}" if part else value


def _range(expression: Expression, context: Context) -> Resolved | None:
    """Two days of one month: ``2025-12-05/2025-12-07``."""
    month = expression.number("month", "abbr") or 1
    first, last = (number for number in expression.all("num") if isinstance(number, int))
    year = year_of(expression, context)
    if year is None and context.reference is None:
        return f"XXXX-{month:02d}-{first:02d}", "days of a month; no reference date tells the year"
    if year is not None:
        start = timex.valid_day(year, month, first)
    else:
        assert context.reference is not None  # the case without either returned above
        start = nearest_day(month, first, context.reference, context.tense())
    end = timex.valid_day(start.year, month, last) if start else None
    if start is None or end is None or end < start:
        return None
    return f"{start}/{end}", "from the first to the second day of the month"


RESOLVERS: dict[str, Resolver] = {
    "iso": _iso,
    "numeric": _numeric,
    "weekday_date": resolve_weekday_date,
    "range": _range,
    "and_day": _and_day,
    "full_date": resolve_full_date,
    "day_month": resolve_day_month,
    "dayword": resolve_dayword,
    "day_beyond": _day_beyond,
    "tonight": _tonight,
    "weekday": resolve_weekday,
}
