"""What an expression says in so many words: its day, year, direction, unit, count."""

from __future__ import annotations

from dateline.findings.dates.context import Context
from dateline.findings.dates.grammar import Expression


def day_and_month(expression: Expression) -> tuple[int, int]:
    """Month and day of the month of an expression that has both."""
    month = expression.number("month", "abbr") or 1
    return month, expression.number("num", "ord") or 1


def year_of(expression: Expression, context: Context) -> int | None:
    """The year an expression names: in figures, or as this, last or next year."""
    year = expression.number("year")
    if year is not None:
        return year
    if expression.has("yearunit") and context.reference:
        return context.reference.year + direction_of(expression)
    return None


def direction_of(expression: Expression) -> int:
    """-1, 0 or 1 for last, this and next."""
    if expression.has("last"):
        return -2 if expression.written("last")[:6].lower() == "позапр" else -1
    return 1 if expression.has("next") and not expression.has("this") else 0


_UNITS = {"day": "D", "week": "W", "monthunit": "M", "quarter": "Q", "yearunit": "Y", "decadeunit": "E",
          "centuryunit": "C"}  # fmt: skip


def unit_of(expression: Expression) -> str | None:
    """The unit it counts in, as a letter of TIMEX3 ("E" a decade, "C" a century)."""
    return next((letter for name, letter in _UNITS.items() if expression.has(name)), None)


def count_of(expression: Expression) -> int | None:
    """The number counted; None for "a few"."""
    if expression.has("few"):
        word = str(expression.get("few"))
        return 2 if word == "couple" else 12 if word == "dozen" else None
    tens = expression.number("tens")
    number = expression.number("num", "count", "teen") or (tens or 0) + (expression.number("word") or 0)
    return number or 1


def quarter_number(expression: Expression) -> int | None:
    """1 to 4, or None."""
    number = expression.number("ord")
    return number if number and 1 <= number <= 4 else None


def spoken_year(expression: Expression) -> int | None:
    """1994 of "nineteen ninety-four", 2000 of "the year two thousand"; None where no year is spoken."""
    teens = [n for n in expression.all("teen") if isinstance(n, int)]
    word = expression.number("word") or 0
    if expression.has("thousand"):
        return word * 1000 + (teens[0] if teens else 0)
    if not teens:
        return None
    rest = teens[1] if len(teens) > 1 else (expression.number("tens") or 0) + word
    return teens[0] * 100 + rest if rest else None
