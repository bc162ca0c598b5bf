"""What a time expression is resolved against: the day of writing, the time spoken of before, and tense."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from dateline.findings.dates import timex
from dateline.findings.dates.grammar import Expression

PAST, FUTURE, NO_TENSE = -1, 1, 0


Resolved = tuple[str, str]  # the value, and why in plain words


@dataclass(slots=True)
class Context:
    """What an expression is resolved against.

    ``reference`` is the day the text was written; ``anchor`` the last value resolved before it, which "a year
    earlier" or "the next day" counts from; ``event_day`` the last day on which something happened, ``quarters`` how
    often each was named; ``tense`` tells, from the words around, past from future.
    """

    reference: date | None
    anchor: str | None
    tense: Callable[[], int]
    event_day: date | None = None
    quarters: Counter[str] = field(default_factory=Counter)

    def pass_by(self, value: str, of: str) -> None:
        """Remember a value that was resolved: what comes after it may count from it."""
        self.anchor = value
        first, last, granularity = timex.interval(value)
        if of == "event" and granularity in ("day", "time") and first == last:
            self.event_day = first
        if "-Q" in value:
            self.quarters[value] += 1

    def day(self) -> date | None:
        """The day that relative expressions count from when they point at the text before: anchor or reference."""
        if self.anchor:
            first, _, granularity = timex.interval(self.anchor)
            if first and granularity in ("day", "time"):
                return first
        return self.reference

    def clock_day(self) -> date | None:
        """The day a bare time of day falls on: the last one something happened on, else the day of writing."""
        return self.day() if self.event_day is None else self.event_day

    def quarter(self) -> str | None:
        """The quarter the text is about: the one named most often so far, the first of equals."""
        return max(self.quarters, key=lambda value: self.quarters[value], default=None)


def said_direction(expression: Expression, context: Context) -> int:
    """What last, next or this says, else the verb."""
    if expression.has("last"):
        return PAST
    return FUTURE if expression.has("next") else NO_TENSE if expression.has("this") else context.tense()


def why_year(context: Context) -> str:
    """Why a day and month are in that year."""
    return f"a day and month in the year nearest to {context.reference}"


Resolver = Callable[[Expression, Context], Resolved | None]
