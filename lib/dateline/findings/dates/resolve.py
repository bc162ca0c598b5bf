"""What day, month or year an expression means: its TIMEX3 value, worked out from a reference date and tense."""

from __future__ import annotations

from dateline.findings.dates import clock, days, holidays, months, quarters, relative, years
from dateline.findings.dates.context import Context, Resolved, Resolver
from dateline.findings.dates.grammar import Expression

# One a rule of the grammar, by its name.
_RESOLVERS: dict[str, Resolver] = {
    name: resolver
    for module in (days, clock, holidays, months, quarters, years, relative)
    for name, resolver in module.RESOLVERS.items()
}


def resolve(expression: Expression, context: Context) -> Resolved | None:
    """The TIMEX3 value and the reason for it; None where the words turn out to be no time at all."""
    return _RESOLVERS[expression.name](expression, context)


def is_comparison(expression: Expression) -> bool:
    """Whether it is the year before something, named beside it only for comparison: never what follows counts from."""
    if expression.name in ("year_ago", "quarter_ago"):
        return True
    if expression.name == "quarter_year" and expression.has("period"):
        return True
    return expression.name in ("ago", "offset") and expression.has("yearunit")
