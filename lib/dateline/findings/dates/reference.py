"""The day an undated page was written, worked out from its own words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from dateline.findings import language, sentences
from dateline.findings.dates import timex
from dateline.findings.dates.context import FUTURE, Context
from dateline.findings.dates.grammar import Expression, expressions
from dateline.findings.dates.lexicon import MONTHS, WEEKDAYS, words_of
from dateline.findings.dates.resolve import resolve
from dateline.findings.dates.roles import heads_a_report, role
from dateline.findings.dates.tense import tense

_YEARS_BACK = 28  # after which weekdays repeat: a longer search would not decide more
_BEFORE_YEARS = words_of("in since during and to of until early late mid from 's ’s")
_BYLINE = re.compile(
    r"^(?:by\b.{0,80}|.{0,40}\b(?:published|updated|posted|released|last\s+modified)\b.{0,30}|[^.]{0,60}[—–|-]\s*|\W*)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Clue:
    """A day and month with the weekday it was, or with its year, on which something was said or happened."""

    weekday: int | None
    year: int | None
    month: int
    day: int
    surface: str
    ahead: bool


@dataclass(slots=True)
class _Clues:
    """What a page says of when it was written."""

    weekdays: list[_Clue] = field(default_factory=list)
    past_years: list[int] = field(default_factory=list)
    bylines: list[tuple[date, str]] = field(default_factory=list)


def reference_date(text: str, *, latest: date) -> tuple[date, str] | None:
    """The day the page was written and why, in words; None where its text does not tell.

    ``latest`` is the last day it can be (today). A full date in a byline's place serves first; else a weekday
    beside a day and month, which fixes the year: the nearest one up to ``latest`` that has that weekday and is not
    before a year the page speaks of as past.
    """
    code = language.detect(text)
    clues = _Clues()
    for start, end in sentences.split(text):
        for expression in expressions(text, start, end, code):
            _collect(text, (start, end), expression, code, clues)
    bylines = [byline for byline in clues.bylines if byline[0] <= latest]
    if bylines:
        day, surface = max(bylines)
        return day, f"the page carries the date '{surface}' where a byline stands"
    return _from_weekdays(clues.weekdays, [year for year in clues.past_years if year <= latest.year], latest)


def _collect(text: str, sentence: tuple[int, int], expression: Expression, code: str, clues: _Clues) -> None:
    """Sort one expression into the clues it gives."""
    month, number = expression.number("month", "abbr"), expression.number("num", "ord")
    weekday, year = expression.number("weekday"), expression.number("year")
    surface = text[expression.start : expression.end]
    ahead = tense(expression, code) == FUTURE
    if year is not None and not ahead and _dates_something(expression):
        clues.past_years.append(year)
    full = _full_day(expression)
    if full and _in_byline(text, sentence, expression):
        clues.bylines.append((full, surface))
    elif month and number and (weekday is not None if year is None else _is_said(expression, full, code)):
        clues.weekdays.append(_Clue(weekday, year, month, number, surface, ahead))


def _dates_something(expression: Expression) -> bool:
    """Whether a year says what is past: "the 2026 World Cup" may lie ahead, "Copyright 2026" dates nothing."""
    if expression.name == "year":
        return expression.word(-1).lower() in _BEFORE_YEARS
    return expression.name in ("full_date", "month_year")


def _is_said(expression: Expression, full: date | None, code: str) -> bool:
    """Whether a full date is that of a verb of saying."""
    return full is not None and role(expression, full.isoformat(), None, code)[0] == "statement"


def _full_day(expression: Expression) -> date | None:
    """The day an expression names with its year, if it does."""
    if expression.name not in ("iso", "numeric", "full_date", "weekday_date"):
        return None
    resolved = resolve(expression, Context(None, None, lambda: 0))
    return timex.interval(resolved[0])[0] if resolved else None


def _in_byline(text: str, sentence: tuple[int, int], expression: Expression) -> bool:
    """Whether the date stands in a short line of its own, after a name or "Published", or heads a report."""
    if heads_a_report(expression):
        return True
    before, after = text[sentence[0] : expression.start], text[expression.end : sentence[1]]
    return len(before) + len(after) <= 80 and bool(_BYLINE.match(before)) and len(after) <= 40


def _from_weekdays(clues: list[_Clue], past_years: list[int], latest: date) -> tuple[date, str] | None:
    """The latest day a clue fixes; clues of a past verb go before those that look ahead."""
    floor = max(past_years, default=None)
    dated = [(clue, day) for clue in clues if (day := _fix_year(clue, floor, latest)) is not None]
    past = [(clue, day) for clue, day in dated if not clue.ahead] or dated
    if not past:
        return None
    clue, day = max(past, key=lambda pair: pair[1])
    return day, _words(clue, day, floor)


def _fix_year(clue: _Clue, floor: int | None, latest: date) -> date | None:
    """The last day up to ``latest`` with the clue's weekday, day and month, not before the year ``floor``."""
    if clue.year is not None:
        day = timex.valid_day(clue.year, clue.month, clue.day)
        return day if day and day <= latest else None
    for back in range(_YEARS_BACK):
        day = timex.valid_day(latest.year - back, clue.month, clue.day)
        if day and day <= latest and day.weekday() == clue.weekday:
            return day if floor is None or day.year >= floor else None
    return None


def _words(clue: _Clue, day: date, floor: int | None) -> str:
    """Why the day is the day of writing."""
    if clue.weekday is None or clue.year is not None:
        return f"the page quotes a statement of '{clue.surface}'"
    why = (
        f"the page names '{clue.surface}': {clue.day} {MONTHS[clue.month - 1].capitalize()} "
        f"is a {WEEKDAYS[clue.weekday].capitalize()} in {day.year}"
    )
    return why + (f", and the page already speaks of {floor}" if floor else "")
