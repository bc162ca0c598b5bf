"""Times counted from the day of writing or from the time spoken of before, and vague ones."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dateline.findings.dates import timex
from dateline.findings.dates.context import FUTURE, Context, Resolved, Resolver
from dateline.findings.dates.days import ANAPHORIC
from dateline.findings.dates.grammar import Expression
from dateline.findings.dates.lexicon import CLASSES, words_of
from dateline.findings.dates.parts import count_of, direction_of, unit_of

_LONGEST = {"D": 0, "W": 6, "M": 30, "Q": 91, "Y": 365, "E": 3652, "C": 36524}  # days of a unit, less one


def shift(day: date, count: int, unit: str) -> str | None:
    """The value ``count`` units away from a day, as coarse as the unit; None beyond the calendar."""
    try:
        if unit == "D":
            return (day + timedelta(count)).isoformat()
        if unit == "W":
            return timex.week_value(day + timedelta(7 * count))
        if unit == "M":
            return timex.month_value(*timex.shift_month(day.year, day.month, count))
        if unit == "Q":
            index = day.year * 4 + timex.quarter_of(day.month) - 1 + count
            return f"{index // 4:04d}-Q{index % 4 + 1}"
    except OverflowError:
        return None
    years = {"Y": 1, "E": 10, "C": 100}[unit]
    year = day.year + years * count
    if not 1 <= year <= 9999:
        return None
    return f"{year:04d}" if unit == "Y" else f"{year // 10:03d}" if unit == "E" else f"{year // 100:02d}"


def _ago(expression: Expression, context: Context) -> Resolved | None:
    if expression.has("hour"):
        return None if context.reference is None else (context.reference.isoformat(), "hours or minutes ago")
    unit, count = unit_of(expression), count_of(expression)
    if unit == "E" and expression.word(-1).lower() == "than":
        return None  # "more than four decades ago" is no decade
    if context.reference is None or unit is None or count is None:
        return "PAST_REF", "some time before the day of writing"
    value = _like_anchor(count, unit, context) or shift(context.reference, -count, unit)
    return (value, f"counted back from {context.reference}") if value else None


def _like_anchor(count: int, unit: str, context: Context) -> str | None:
    """ "A year ago" after a quarter or a month means that quarter or month of the year before."""
    if unit != "Y" or count != 1 or not context.anchor or not context.anchor[:4].isdigit():
        return None
    return _year_before(_spoken_of(context.anchor, context), count)


def _spoken_of(anchor: str, context: Context) -> str:
    """The anchor, or, where it is a quarter, the quarter the text is about."""
    return (context.quarter() or anchor) if "-Q" in anchor else anchor


def _year_before(value: str, count: int) -> str | None:
    """A quarter's or month's value some years before; None for other values."""
    if re.fullmatch(r"\d{4}-(?:Q\d|\d\d)", value):
        return f"{int(value[:4]) - count:04d}{value[4:]}"
    return None


def _year_ago(expression: Expression, context: Context) -> Resolved | None:
    if context.reference is None:
        return "PAST_REF", "a year before"
    return (_year_before(_spoken_of(context.anchor, context), 1) if context.anchor else None) or str(
        context.reference.year - 1
    ), "the same time a year before"


def _offset(expression: Expression, context: Context) -> Resolved | None:
    """ "Two days earlier", "a year later": counted from the time spoken of last."""
    unit, count = unit_of(expression), count_of(expression)
    back = not expression.has("later")
    if unit is None or count is None or (not context.anchor and not back):
        return ("PAST_REF", "some time before") if back else None
    anchored = (
        _year_before(_spoken_of(context.anchor, context), count)
        if context.anchor and unit == "Y" and back
        else None
    )
    first = timex.interval(context.anchor)[0] if context.anchor else context.reference
    start = first or context.reference
    if start is None:
        return "PAST_REF" if back else "FUTURE_REF", "counted from a time that is not known"
    value = anchored or shift(start, -count if back else count, unit)
    return (value, "counted from the time spoken of before") if value else None


def _from_event(expression: Expression, context: Context) -> Resolved | None:
    """ "Two days after the attack": counted from the last day something happened; None where none was named.

    Behind a date and a comma it only says that date again: "on Tuesday, a day after the vote".
    """
    before = expression.word(-1).lower()
    if (
        before == ","
        and context.anchor
        and expression.word(-2)
        and _is_dated(expression, expression.first - 2)
    ):
        return context.anchor, "the date named right before, told another way"
    if expression.has("before") or expression.word(1).lower() not in _THAT_EVENT or before in _BOUNDS:
        return None  # what it is before, or what "after he left" speaks of, has no day yet
    plural = expression.tokens.words[expression.last - 2].endswith("s")
    unit, count = unit_of(expression), count_of(expression)
    if context.event_day is None or unit is None or count is None or (expression.has("the", "a") and plural):
        return None  # "in the weeks after" is no one week
    value = shift(context.event_day, count, unit)
    return (value, f"counted from {context.event_day}, when it happened") if value else None


_THAT_EVENT = words_of("the that this his her its their")
_BOUNDS = words_of("until till within least than nearly almost about some first last every each")
_DATED = "".join(CLASSES[name] for name in ("weekday", "month", "abbr", "num", "ord", "year", "dot"))


def _is_dated(expression: Expression, at: int) -> bool:
    """Whether the token at a place may end a date."""
    return expression.tokens.codes[at] in _DATED


def _same(expression: Expression, context: Context) -> Resolved | None:
    """ "The same day", "that year": the time spoken of last, as coarse as the unit."""
    unit = unit_of(expression)
    first, last, _ = timex.interval(context.anchor) if context.anchor else (None, None, "vague")
    if unit is None or first is None or last is None or (last - first).days > _LONGEST[unit]:
        return None  # the time spoken of is coarser than "the same day" asks for
    value = shift(first, 0, unit)
    return (value, "the time spoken of before") if value else None


def _relative(expression: Expression, context: Context) -> Resolved | None:
    word = str(expression.get("last", "next", "this"))
    if expression.has("part", "night"):
        return _relative_part(expression, context)
    unit = unit_of(expression)
    last_word = expression.word(0)
    if unit is None or (last_word.istitle() and expression.word(-1) != ""):
        return None  # "This Week" with capitals is a title
    if word == "coming" and last_word.endswith("s"):
        return "FUTURE_REF", "a vague time after the day of writing"
    if last_word.lower().endswith("s") or (
        word in ("last", "past") and unit in "WM" and expression.has("the")
    ):
        return None  # "the following months", "the past week": stretches of time, not dates
    if word in ("next", "coming") and unit != "D" and expression.codes[0] == "1":
        return None  # "over the next year"
    if word == "past" and unit == "E":
        return None  # "over the past decade"
    pointing = word in ANAPHORIC or unit == "D"
    if pointing and (word == "last" or expression.has("this")):
        return None  # "the last day of", "this day"
    start = context.reference
    if pointing and context.anchor:
        start = timex.interval(context.anchor)[0] or start
    if start is None:
        return _vague_relative(direction_of(expression))
    value = shift(start, direction_of(expression), unit)
    why = "counted from the time spoken of before" if pointing else f"counted from {context.reference}"
    return (value, why) if value else None


def _vague_relative(direction: int) -> Resolved:
    value = ("PRESENT_REF", "FUTURE_REF", "PAST_REF")[direction]
    return value, "counted from the day of writing, which is not known"


def _relative_part(expression: Expression, context: Context) -> Resolved | None:
    """ "Last night" is the night before the day of writing; "this morning" is that day's."""
    part = expression.get("part", "night")
    day = context.reference
    if day is None:
        return f"XXXX-XX-XXT{part}", "a part of a day that no reference date tells"
    moved = day + timedelta(direction_of(expression))
    return f"{moved}T{part}", f"counted from {day}"


def _phase_unit(expression: Expression, context: Context) -> Resolved | None:
    """ "Later in the day", "the end of the month"."""
    unit = unit_of(expression)
    start = context.day()
    if unit is None:
        return None
    if start is None:
        return "PRESENT_REF", "counted from the day of writing, which is not known"
    value = shift(start, 0, unit)
    return (value, "the one spoken of") if value else None


def _weekend(expression: Expression, context: Context) -> Resolved | None:
    if context.reference is None:
        return "XXXX-WXX-WE", "a weekend; no reference date tells which"
    direction = direction_of(expression)
    if direction == 0 and not expression.has("this") and context.tense() != FUTURE:
        direction = 0 if context.reference.weekday() >= 5 else -1
    return (
        f"{timex.week_value(context.reference + timedelta(7 * direction))}-WE",
        f"counted from {context.reference}",
    )


def _recent_ref(expression: Expression, context: Context) -> Resolved | None:
    if expression.has("recent") and not expression.has("yearunit", "decadeunit", "monthunit"):
        return None  # recent days and weeks are a stretch of time, not a date
    return "PAST_REF", "a vague time before the day of writing"


def _past_ref(expression: Expression, context: Context) -> Resolved | None:
    if expression.get("last") != "past":
        return None  # "in the last", "in the previous"
    return "PAST_REF", "a vague time before the day of writing"


_BEHIND_FUTURE = words_of(
    ", . ; ? away at with is was will in and as lies looks depends remains hung hangs but"
)


def _future_ref(expression: Expression, context: Context) -> Resolved | None:
    if expression.word(-1) in ("'s", "’s") and expression.word(1).lower() not in _BEHIND_FUTURE:
        return None  # "the firm's future earnings" are no time
    return "FUTURE_REF", "a vague time after the day of writing"


def _now(expression: Expression, context: Context) -> Resolved | None:
    if expression.first == 0 and expression.word(1).lower() in (",", "for"):
        return None  # "Now, what is next?" opens a thought
    return "PRESENT_REF", "the time of writing"


RESOLVERS: dict[str, Resolver] = {
    "ago": _ago,
    "back": _ago,
    "year_ago": _year_ago,
    "offset": _offset,
    "from_event": _from_event,
    "same": _same,
    "recent_ref": _recent_ref,
    "weekend": _weekend,
    "relative": _relative,
    "phase_unit": _phase_unit,
    "future_ref": _future_ref,
    "past_ref": _past_ref,
    "now": _now,
    "recently": _recent_ref,
}
