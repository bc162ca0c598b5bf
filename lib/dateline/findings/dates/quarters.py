"""Quarters, halves and seasons, with the year they belong to."""

from __future__ import annotations

from datetime import date

from dateline.findings.dates import timex
from dateline.findings.dates.context import FUTURE, PAST, Context, Resolved, Resolver
from dateline.findings.dates.grammar import Expression
from dateline.findings.dates.lexicon import CLASSES
from dateline.findings.dates.parts import direction_of, quarter_number, spoken_year, year_of


def _quarter_year(expression: Expression, context: Context) -> Resolved | None:
    year = year_of(expression, context)
    if year is None:
        return None
    quarter = quarter_number(expression) or _anchor_quarter(context)[1]
    return f"{year}-Q{quarter}", "a quarter and its year"


def _quarter(expression: Expression, context: Context) -> Resolved | None:
    quarter = quarter_number(expression)
    if quarter is None or expression.tokens.words[expression.last - 1].lower() == "quarters":
        return None  # "in third quarters" is every year's
    if context.reference is None:
        return f"XXXX-Q{quarter}", "a quarter; no reference date tells the year"
    year = context.reference.year
    now = timex.quarter_of(context.reference.month)
    verb = context.tense()
    if quarter == 4 and now == 1:
        return f"{year - 1}-Q4", "the quarter that ended last"
    if quarter > now and verb != FUTURE and (quarter - now > 1 or verb == PAST):
        year -= 1
    return f"{year}-Q{quarter}", f"the quarter nearest to {context.reference} the verb allows"


def _anchor_quarter(context: Context) -> tuple[int, int]:
    """Year and number of the quarter spoken of: the anchor's, else the last one ended before the reference."""
    spoken = context.quarter()
    if spoken and spoken[:4].isdigit() and spoken[-1].isdigit():
        return int(spoken[:4]), int(spoken[-1])
    return _ended_quarter(context.reference or date(1, 12, 1))


def _ended_quarter(reference: date) -> tuple[int, int]:
    """Year and number of the last quarter ended before the reference."""
    index = reference.year * 4 + timex.quarter_of(reference.month) - 2
    return index // 4, index % 4 + 1


def _quarter_ago(expression: Expression, context: Context) -> Resolved | None:
    if context.reference is None:
        return "PAST_REF", "a year before a quarter that no reference date tells"
    year, number = _anchor_quarter(context)
    return f"{year - 1}-Q{quarter_number(expression) or number}", "the same quarter a year before"


def _this_quarter(expression: Expression, context: Context) -> Resolved | None:
    if context.reference is None:
        return "XXXX-QX", "a quarter; no reference date tells which"
    if expression.has("latest"):
        year, number = _ended_quarter(context.reference)
        return f"{year}-Q{number}", f"the last quarter ended before {context.reference}"
    if expression.has("this", "next", "last"):
        index = (
            context.reference.year * 4
            + timex.quarter_of(context.reference.month)
            - 1
            + direction_of(expression)
        )
        return f"{index // 4}-Q{index % 4 + 1}", f"counted from {context.reference}"
    year, number = _anchor_quarter(context)
    return f"{year}-Q{number}", "the quarter spoken of"


def _short_quarter(expression: Expression, context: Context) -> Resolved | None:
    """ "Q3 2025", "H1"."""
    year = expression.number("year") or (context.reference.year if context.reference else None)
    code = expression.written("short")
    if year is None or (expression.codes == CLASSES["short"] and code[0] == "H"):
        return None
    return f"{year}-{code}", "a quarter or half and its year"


def _half_year(expression: Expression, context: Context) -> Resolved | None:
    year = year_of(expression, context)
    if year is None:
        return None
    number = 2 if expression.has("last") or expression.number("ord") == 2 else 1
    return f"{year}-H{number}", "half of a year"


def _season(expression: Expression, context: Context) -> Resolved | None:
    season = str(expression.get("season", "seasonal"))
    year = spoken_year(expression) or (
        year_of(expression, context) if expression.has("year", "yearunit") else None
    )
    if year is None and context.reference is None:
        return f"XXXX-{season}", "a season; no reference date tells the year"
    if year is None:
        assert context.reference is not None  # the case without either returned above
        year = _season_year(season, context.reference, direction_of(expression), expression, context)
    return f"{year}-{season}", "a season and its year"


def _season_year(
    season: str, reference: date, direction: int, expression: Expression, context: Context
) -> int:
    """The year of this, last or next summer; a bare one takes the verb's direction."""
    began = timex.SEASONS[season]
    if expression.has("last"):
        return reference.year - (0 if reference.month >= began + 3 else 1)
    if direction > 0:
        return reference.year + (0 if reference.month < began else 1)
    if expression.has("this") or context.tense() != PAST:
        return reference.year - (1 if season == "WI" and reference.month <= 2 else 0)
    return reference.year - (0 if reference.month >= began else 1)


RESOLVERS: dict[str, Resolver] = {
    "quarter_year": _quarter_year,
    "quarter_ago": _quarter_ago,
    "quarter": _quarter,
    "this_quarter": _this_quarter,
    "half_year": _half_year,
    "season": _season,
    "short": _short_quarter,
}
