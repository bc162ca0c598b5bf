"""Years, fiscal years, decades and centuries."""

from __future__ import annotations

import re

from dateline.findings.dates.context import Context, Resolved, Resolver
from dateline.findings.dates.grammar import Expression
from dateline.findings.dates.lexicon import words_of
from dateline.findings.dates.parts import direction_of, spoken_year


def _fiscal(expression: Expression, context: Context) -> Resolved | None:
    year = expression.number("year")
    if year is None and expression.word(1).lower() in _TERM:
        return None  # "the fiscal year ended 30 June" is a stretch of time
    if year is None:
        if context.reference is None:
            return "XXXX", "a fiscal year; no reference date tells which"
        year = context.reference.year + direction_of(expression) - (1 if expression.has("latest") else 0)
    return f"{year:04d}", "a fiscal year"


_TERM = words_of("ended ending end through beginning starting to")


def _the_year(expression: Expression, context: Context) -> Resolved | None:
    """ "A loss for the full year": the year of writing, unless it says which year."""
    before = expression.word(-1).lower()
    if (
        before not in _IN_YEAR
        or expression.tokens.words[expression.last - 1] == "years"
        or (expression.word(1).lower() in (*_TERM, "of") and before != "of")
    ):
        return None
    if context.reference is None:
        return "XXXX", "a year; no reference date tells which"
    return f"{context.reference.year:04d}", "the year of writing"


_IN_YEAR = words_of("for of in during")


def _word_year(expression: Expression, context: Context) -> Resolved | None:
    year = spoken_year(expression)
    if year is None or not 1100 <= year <= 2100:
        return None
    return f"{year}", "a year in words"


_COUNTED = words_of(
    "people persons men women children soldiers troops families houses homes jobs votes points percent "
    "per km miles metres meters kilometres kilometers kg tonnes tons pounds dollars euros rubles shares "
    "units cases deaths seats feet hectares acres barrels cars vehicles times years months weeks days "
    "hours minutes members degrees hp mm cm mw gw megawatts residents casualties victims m "
    "человек людей тысяч рублей долларов тонн метров километров домов nəfər manat metr kilometr ton ev kişi lira dolar"
)


_YEAR_PREPOSITIONS = words_of("in since during until till from after before between year mid early late by")


_NUMBERING = words_of(
    "flight no number room page highway route boeing windows resolution at least than over about nearly "
    "almost some under"
)


_NOT_PLURAL = words_of("was is has as its 's this")


_DETERMINING = words_of("the 's ’s a its their his to of with for")


def _year(expression: Expression, context: Context) -> Resolved | None:
    """A year, unless the number counts something or belongs to a name."""
    year = expression.number("year") or 0
    after, before = expression.word(1), expression.word(-1).lower()
    if after.lower() in _COUNTED or after in ("%", "°"):
        return None
    in_time = before in _YEAR_PREPOSITIONS or len(expression.codes) > 1
    if not in_time:
        if before in _NUMBERING or not 1800 <= year <= 2100:
            return None
        plural = after.islower() and after.endswith("s") and after not in _NOT_PLURAL
        if plural and before not in _DETERMINING:
            return None
    return f"{year:04d}", "a year"


def _decade(expression: Expression, context: Context) -> Resolved | None:
    written = expression.get("decade")
    if expression.has("years"):
        year = expression.number("year") or 0
        return (f"{year // 10:03d}", "a decade") if year % 10 == 0 else None
    digits = re.sub(r"\D", "", str(written)) if written else str(expression.number("decadeword"))
    if len(digits) == 2:
        digits = ("20" if int(digits) <= 10 else "19") + digits
    before = expression.word(-1).lower()
    if expression.codes == "%" and before in ("his", "her", "their", "my", "your"):
        return None  # an age
    if not 1000 <= int(digits) <= 2100 or (not written and "1" not in expression.codes):
        return None
    return digits[:3], "a decade"


def _century(expression: Expression, context: Context) -> Resolved | None:
    number = expression.number("num", "ord", "roman")
    if number is None or not 5 <= number <= 22:
        return None
    return f"{number - 1:02d}", "a century"


def _year_end(expression: Expression, context: Context) -> Resolved | None:
    if context.reference is None:
        return "XXXX-12-31", "the end of a year; no reference date tells which"
    if expression.has("phase", "yearend"):
        return f"{context.reference.year}", "the year of writing"
    return f"{context.reference.year}-12-31", "the end of the year of writing"


RESOLVERS: dict[str, Resolver] = {
    "fiscal": _fiscal,
    "the_year": _the_year,
    "decade": _decade,
    "century": _century,
    "year_end": _year_end,
    "year": _year,
    "word_year": _word_year,
}
