"""The time expressions of a text as findings, and the one interval an article's event has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from dateline.article import DateFinding
from dateline.findings.dates import timex
from dateline.findings.dates.abroad import LANGUAGES
from dateline.findings.dates.context import Context
from dateline.findings.dates.grammar import Expression, expressions
from dateline.findings.dates.lexicon import words_of
from dateline.findings.dates.resolve import is_comparison, resolve
from dateline.findings.dates.roles import role
from dateline.findings.dates.tense import tense
from dateline.findings.dates.tokens import TIMES

_WRITTEN_FROM, _WRITTEN_TO = 1500, 2999
_NAMED_WEEKDAY = words_of("times mirror telegraph express mail people post world herald independent")
_SHORT_WEEKDAYS = words_of("Mon Tue Tues Wed Weds Thu Thur Thurs Fri MON TUE TUES WED THU FRI")
_NAME_BEFORE = words_of("bloody black super cyber ash palm remembrance good holy fat")


def find(
    text: str, sentences: Sequence[tuple[int, int]], reference: date | None, language: str = "en"
) -> list[DateFinding]:
    """Every DATE and TIME of the text, in order, resolved against ``reference`` (the day it was written)."""
    if reference is not None and not _WRITTEN_FROM <= reference.year <= _WRITTEN_TO:
        reference = None  # no article was written then, and arithmetic on it would leave the calendar
    found: list[DateFinding] = []
    context = Context(reference, None, lambda: 0)
    spoken = language if language in LANGUAGES else "en"
    for sentence in TIMES.among(text, sentences) if spoken == "en" else sentences:
        for expression in expressions(text, sentence[0], sentence[1], language):
            finding = _finding(text, sentence, expression, context, language)
            if finding is not None:
                if found and _is_stretch(text, found[-1], finding):
                    found[-1], finding = _stretch(found[-1], finding)
                found.append(finding)
                if finding.first is not None and not is_comparison(expression):
                    context.pass_by(finding.value, finding.of)
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


_JOINED = re.compile(r"\s*(?:to|through|until|till|[-–—])\s*(?:the\s+)?")
_BETWEEN = re.compile(r"(?i)\bbetween\s+(?:the\s+)?$")
_AND = re.compile(r"\s*and\s*(?:the\s+)?")
_LONGEST_STRETCH = timedelta(days=366)


def _is_stretch(text: str, before: DateFinding, after: DateFinding) -> bool:
    """Whether two days are the ends of one stretch: "28 November to 3 December", "between May 30 and June 2"."""
    if before.sentence != after.sentence or before.of != after.of:
        return False
    if before.granularity != "day" or after.granularity != "day" or after.start - before.end > 16:
        return False
    if (
        before.first is None
        or after.last is None
        or not (timedelta() < after.last - before.first <= _LONGEST_STRETCH)
    ):
        return False
    if _JOINED.fullmatch(text, before.end, after.start):
        return True
    between = _BETWEEN.search(text[max(before.start - 16, 0) : before.start])
    return bool(between and _AND.fullmatch(text, before.end, after.start))


def _stretch(before: DateFinding, after: DateFinding) -> tuple[DateFinding, DateFinding]:
    """Both ends with the days of the whole; each keeps the value of its own day."""
    why = f"one stretch from {before.value} to {after.value}"
    return (
        replace(before, last=after.last, rule=f"{before.rule}; {why}"),
        replace(after, first=before.first, rule=f"{after.rule}; {why}"),
    )


def _is_name(expression: Expression) -> bool:
    """Newspapers, "Bloody Sunday", "every Friday", and "Mon State": an abbreviation needs its stop or a date."""
    if expression.name != "weekday":
        return False
    after = expression.word(1)
    if expression.word(-1).lower() in ("each", "every"):
        return True
    if expression.word(0) in _SHORT_WEEKDAYS and after != ".":
        return True
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
_FADE = 600.0  # characters after which a mention counts half as much as one in the lede
_RECENT = timedelta(days=14)
_IN_PASSING = (
    0.15  # what is named once, far down or long before the day of writing, is not what the article tells
)


def best_interval(dates: Sequence[DateFinding], reference: date | None) -> tuple[date, date, str] | None:
    """The days of the article's event and their granularity; None where it dates statements only, or nothing.

    Among the event dates of the finest granularity, the interval named earliest and most often wins; days ahead of the
    day of writing, or more than two weeks before it, count less, and what is only named in passing not at all.
    """
    events = [
        (
            finding,
            finding.first,
            finding.last,
            "day" if finding.granularity == "time" else finding.granularity,
        )
        for finding in dates
        if finding.of == "event" and finding.first and finding.last and finding.granularity in _FINENESS
    ]
    if not events:
        return None
    finest = min(_FINENESS[granularity] for _, _, _, granularity in events)
    weights: dict[tuple[date, date, str], float] = {}
    for finding, first, last, granularity in events:
        if _FINENESS[granularity] == finest:
            key = (first, last, granularity)
            weights[key] = weights.get(key, 0.0) + _weight(finding, first, last, reference)
    best = max(weights, key=lambda key: weights[key])
    return best if weights[best] >= _IN_PASSING else None


def _weight(finding: DateFinding, first: date, last: date, reference: date | None) -> float:
    """How much one mention says for its days being the event's."""
    weight = 1.0 / (1.0 + finding.start / _FADE)
    if reference is not None and (first > reference or last < reference - _RECENT):
        weight *= 0.4
    return weight
