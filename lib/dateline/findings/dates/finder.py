"""The time expressions of a text as findings, and the one interval an article's event has."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dateline.article import DateFinding
from dateline.findings.dates import timex
from dateline.findings.dates.grammar import Expression, expressions
from dateline.findings.dates.lexicon import words_of
from dateline.findings.dates.resolve import Context, is_comparison, resolve
from dateline.findings.dates.roles import role
from dateline.findings.dates.tense import tense

_NAMED_WEEKDAY = words_of("times mirror telegraph express mail people post world herald independent")
_NAME_BEFORE = words_of("bloody black super cyber ash palm")


def find(
    text: str, sentences: Sequence[tuple[int, int]], reference: date | None, language: str = "en"
) -> list[DateFinding]:
    """Every DATE and TIME of the text, in order, resolved against ``reference`` (the day it was written)."""
    found: list[DateFinding] = []
    context = Context(reference, None, lambda: 0)
    for sentence in sentences:
        for expression in expressions(text, sentence[0], sentence[1], language):
            finding = _finding(text, sentence, expression, context, language)
            if finding is not None:
                found.append(finding)
                if finding.first is not None and not is_comparison(expression):
                    context.anchor = finding.value
    return found


def _finding(
    text: str, sentence: tuple[int, int], expression: Expression, context: Context, language: str
) -> DateFinding | None:
    """The expression resolved, or None where it is none after all."""
    if _is_name(expression):
        return None
    start, end = expression.start, expression.end
    context.tense = lambda: tense(expression, language)
    resolved = resolve(expression, context)
    if resolved is None:
        return None
    value, why = resolved
    of, because = role(expression, value, context.reference, language)
    first, last, granularity = timex.interval(value)
    return DateFinding(
        start, end, text[start:end], value, first, last, granularity, of, f"{why}; {because}", sentence
    )


def _is_name(expression: Expression) -> bool:
    """Newspapers and days with a name of their own: "Sunday Times", "Bloody Sunday"."""
    if expression.name != "weekday":
        return False
    after = expression.word(1)
    return (after[:1].isupper() and after.lower() in _NAMED_WEEKDAY) or expression.word(
        -1
    ).lower() in _NAME_BEFORE


_FINENESS = {
    "time": 0,
    "day": 0,
    "weekend": 1,
    "week": 1,
    "month": 2,
    "season": 3,
    "quarter": 3,
    "half": 4,
    "year": 5,
}


def best_interval(dates: Sequence[DateFinding], reference: date | None) -> tuple[date, date, str] | None:
    """The days of the article's event and their granularity: the finest event date, the earliest in the text.

    A future date serves only where no past one does. None where the article dates statements only, or nothing.
    """
    events = [
        (finding, finding.first, finding.last)
        for finding in dates
        if finding.of == "event" and finding.first and finding.last and finding.granularity in _FINENESS
    ]
    if not events:
        return None

    def rank(entry: tuple[DateFinding, date, date]) -> tuple[int, bool, int]:
        finding, first, _ = entry
        ahead = reference is not None and first > reference
        return _FINENESS[finding.granularity], ahead, finding.start

    finding, first, last = min(events, key=rank)
    return first, last, "day" if finding.granularity == "time" else finding.granularity
