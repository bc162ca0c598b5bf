"""The day an undated page was written, worked out from its own words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from dateline.findings import language, sentences
from dateline.findings.dates import timex
from dateline.findings.dates.grammar import Expression, expressions
from dateline.findings.dates.lexicon import MONTHS, WEEKDAYS
from dateline.findings.dates.resolve import FUTURE
from dateline.findings.dates.roles import is_attribute
from dateline.findings.dates.tense import tense

_YEARS_BACK = 28  # after which weekdays repeat: a longer search would not decide more
_BYLINE = re.compile(
    r"^(?:by\b.{0,80}|.{0,40}\b(?:published|updated|posted|released|last\s+modified)\b.{0,30}|[^.]{0,60}[—–|-]\s*|\W*)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Clue:
    """A weekday beside a day and month."""

    weekday: int
    month: int
    day: int
    surface: str
    ahead: bool


def reference_date(text: str, *, latest: date) -> tuple[date, str] | None:
    """The day the page was written and why, in words; None where its text does not tell.

    ``latest`` is the last day it can be (today). A full date in a byline's place serves first; else a weekday
    beside a day and month, which fixes the year: the nearest one up to ``latest`` that has that weekday and is not
    before a year the page speaks of as past.
    """
    code = language.detect(text)
    clues: list[_Clue] = []
    past_years: list[int] = []
    bylines: list[tuple[date, str]] = []
    for start, end in sentences.split(text):
        for expression in expressions(text, start, end, code):
            ahead = tense(expression, code) == FUTURE
            _collect(text, (start, end), expression, ahead, clues, past_years, bylines)
    bylines = [byline for byline in bylines if byline[0] <= latest]
    if bylines:
        day, surface = max(bylines)
        return day, f"the page carries the date '{surface}' where a byline stands"
    return _from_weekdays(clues, [year for year in past_years if year <= latest.year], latest)


def _collect(
    text: str, sentence: tuple[int, int], expression: Expression, ahead: bool, clues: list[_Clue],
    past_years: list[int], bylines: list[tuple[date, str]],
) -> None:  # fmt: skip
    """Sort one expression into the clues it gives."""
    month, number = expression.number("month", "abbr"), expression.number("num", "ord")
    weekday, year = expression.number("weekday"), expression.number("year")
    surface = text[expression.start : expression.end]
    dated = expression.name in ("year", "full_date", "month_year")
    # "The 2026 World Cup" may lie ahead: only years that date something say what is past.
    if (
        year is not None
        and dated
        and not ahead
        and not (expression.name == "year" and is_attribute(expression))
    ):
        past_years.append(year)
    full = _full_day(expression, year, month, number)
    if full and _in_byline(text, sentence, expression):
        bylines.append((full, surface))
    elif weekday is not None and month and number and year is None:
        clues.append(_Clue(weekday, month, number, surface, ahead))


def _full_day(expression: Expression, year: int | None, month: int | None, number: int | None) -> date | None:
    """The day an expression names with its year, if it does."""
    if expression.name == "iso":
        return timex.interval(str(expression.get("iso"))[:10])[0]
    return timex.valid_day(year, month, number) if year and month and number else None


def _in_byline(text: str, sentence: tuple[int, int], expression: Expression) -> bool:
    """Whether the date stands in a short line of its own, after a name or "Published"."""
    before, after = text[sentence[0] : expression.start], text[expression.end : sentence[1]]
    return len(before) + len(after) <= 80 and bool(_BYLINE.match(before)) and len(after) <= 40


def _from_weekdays(clues: list[_Clue], past_years: list[int], latest: date) -> tuple[date, str] | None:
    """The latest day a weekday-with-date clue fixes; clues of a past verb go before those that look ahead."""
    floor = max(past_years, default=None)
    dated = [(clue, day) for clue in clues if (day := _fix_year(clue, floor, latest)) is not None]
    past = [(clue, day) for clue, day in dated if not clue.ahead] or dated
    if not past:
        return None
    clue, day = max(past, key=lambda pair: pair[1])
    return day, _words(clue, day, floor)


def _fix_year(clue: _Clue, floor: int | None, latest: date) -> date | None:
    """The last day up to ``latest`` with the clue's weekday, day and month, not before the year ``floor``."""
    for back in range(_YEARS_BACK):
        day = timex.valid_day(latest.year - back, clue.month, clue.day)
        if day and day <= latest and day.weekday() == clue.weekday:
            return day if floor is None or day.year >= floor else None
    return None


def _words(clue: _Clue, day: date, floor: int | None) -> str:
    why = (
        f"the page names '{clue.surface}': {clue.day} {MONTHS[clue.month - 1].capitalize()} "
        f"is a {WEEKDAYS[clue.weekday].capitalize()} in {day.year}"
    )
    return why + (f", and the page already speaks of {floor}" if floor else "")
