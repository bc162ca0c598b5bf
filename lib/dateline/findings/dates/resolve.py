"""What day, month or year an expression means: its TIMEX3 value, worked out from a reference date and tense."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from dateline.findings.dates import timex
from dateline.findings.dates.grammar import Expression
from dateline.findings.dates.lexicon import CLASSES, MONTHS, WEEKDAYS, words_of

PAST, FUTURE, NO_TENSE = -1, 1, 0

Resolved = tuple[str, str]  # the value, and why in plain words


@dataclass(slots=True)
class Context:
    """What an expression is resolved against.

    ``reference`` is the day the text was written; ``anchor`` the last value resolved before it, which "a year
    earlier" or "the next day" counts from; ``tense`` tells, from the words around, past from future.
    """

    reference: date | None
    anchor: str | None
    tense: Callable[[], int]

    def day(self) -> date | None:
        """The day that relative expressions count from when they point at the text before: anchor or reference."""
        if self.anchor:
            first, _, granularity = timex.interval(self.anchor)
            if first and granularity in ("day", "time"):
                return first
        return self.reference


_UNITS = {"day": "D", "week": "W", "monthunit": "M", "quarter": "Q", "yearunit": "Y", "decadeunit": "E",
          "centuryunit": "C"}  # fmt: skip
_LONGEST = {"D": 0, "W": 6, "M": 30, "Q": 91, "Y": 365, "E": 3652, "C": 36524}  # days of a unit, less one
_CLOCK = re.compile(r"(\d{1,2})(?::(\d\d))?")


def resolve(expression: Expression, context: Context) -> Resolved | None:
    """The TIMEX3 value and the reason for it; None where the words turn out to be no time at all."""
    return _RESOLVERS[expression.name](expression, context)


# --- days -------------------------------------------------------------------------------------------------


def _iso(expression: Expression, context: Context) -> Resolved | None:
    text = str(expression.get("iso"))
    text = text[:10].replace("/", "-").replace(".", "-") + text[10:]
    if timex.interval(text[:10])[0] is None:
        return None
    return (text[:16] if "T" in text else text), "written out as ISO 8601"


def _numeric(expression: Expression, context: Context) -> Resolved | None:
    """Dots and a first number over 12 mean day first; slashes mean month first where both fit, and say so."""
    text = str(expression.get("numeric"))
    first, second, third = (int(part) for part in re.split(r"[./-]", text))
    year = third if third > 99 else 2000 + third if third < 70 else 1900 + third
    if not 1000 <= year <= 2100:
        return None
    day_first = "." in text or first > 12
    day = timex.valid_day(year, second, first) if day_first else timex.valid_day(year, first, second)
    if day is None:
        return None
    if first <= 12 and second <= 12 and first != second:
        order = (
            "day before month, as dots usually mean"
            if day_first
            else "month before day, as slashes usually mean"
        )
        return day.isoformat(), f"ambiguous numbers, read {order}"
    return day.isoformat(), "a full date in numbers"


def _day_and_month(expression: Expression) -> tuple[int, int]:
    """Month and day of the month of an expression that has both."""
    month = expression.number("month", "abbr") or 1
    return month, expression.number("num", "ord") or 1


def _year_of(expression: Expression, context: Context) -> int | None:
    """The year an expression names: in figures, or as this, last or next year."""
    year = expression.number("year")
    if year is not None:
        return year
    if expression.has("yearunit") and context.reference:
        return context.reference.year + _direction(expression)
    return None


def _direction(expression: Expression) -> int:
    """-1, 0 or 1 for last, this and next."""
    if expression.has("last"):
        return -1
    return 1 if expression.has("next") and not expression.has("this") else 0


def is_comparison(expression: Expression) -> bool:
    """Whether it is the year before something, named beside it only for comparison: never what follows counts from."""
    if expression.name in ("year_ago", "quarter_ago"):
        return True
    if expression.name == "quarter_year" and expression.has("period"):
        return True
    return expression.name in ("ago", "offset") and expression.has("yearunit")


def _full_date(expression: Expression, context: Context) -> Resolved | None:
    month, number = _day_and_month(expression)
    year = _year_of(expression, context)
    if year is None:
        return f"XXXX-{month:02d}-{number:02d}", "a day and month; no reference date tells the year"
    day = timex.valid_day(year, month, number)
    return (day.isoformat(), "a full date") if day else None


def _day_month(expression: Expression, context: Context) -> Resolved | None:
    month, number = _day_and_month(expression)
    if context.reference is None:
        if timex.valid_day(2000, month, number) is None:
            return None
        return f"XXXX-{month:02d}-{number:02d}", "a day and month; no reference date tells the year"
    day = nearest_day(month, number, context.reference, _said_direction(expression, context))
    return (_with_part(day.isoformat(), expression), _why_year(context)) if day else None


def _said_direction(expression: Expression, context: Context) -> int:
    """What last, next or this says, else the verb."""
    if expression.has("last"):
        return PAST
    return FUTURE if expression.has("next") else NO_TENSE if expression.has("this") else context.tense()


def _and_day(expression: Expression, context: Context) -> Resolved | None:
    """The 25 of "April 24 and 25", the 14 of "14 and 16 December": the month stands beside the other day."""
    number = expression.number("num") or 1
    near = expression.tokens.entries[max(expression.first - 4, 0) : expression.last + 3]
    codes = expression.tokens.codes[max(expression.first - 4, 0) : expression.last + 3]
    month = next((entry[1] for code, entry in zip(codes, near, strict=True) if code in "MB"), None)
    if not isinstance(month, int):
        return None
    if context.reference is None:
        return f"XXXX-{month:02d}-{number:02d}", "a day and month; no reference date tells the year"
    day = nearest_day(month, number, context.reference, context.tense())
    return (day.isoformat(), _why_year(context)) if day else None


def _why_year(context: Context) -> str:
    return f"a day and month in the year nearest to {context.reference}"


def nearest_day(month: int, number: int, reference: date, tense: int) -> date | None:
    """The day and month in the year nearest to the reference, a past verb never more than a month ahead."""
    days = [timex.valid_day(reference.year + shift, month, number) for shift in (-1, 0, 1)]
    real = [day for day in days if day]
    if not real:  # 29 February: the latest leap year
        leap = [timex.valid_day(reference.year - back, month, number) for back in range(8)]
        return next((day for day in leap if day), None)
    if tense == PAST:
        real = [day for day in real if day <= reference + timedelta(45)] or real
    if tense == FUTURE:
        real = [day for day in real if day >= reference - timedelta(45)] or real
    return min(real, key=lambda day: abs((day - reference).days))


def _weekday_date(expression: Expression, context: Context) -> Resolved | None:
    """A weekday beside a day and month: the weekday chooses the year, unless the year is written."""
    if not expression.has("month", "abbr"):
        return _weekday(expression, context)
    if _year_of(expression, context) is not None:
        return _full_date(expression, context)
    month, number = _day_and_month(expression)
    weekday = expression.number("weekday") or 0
    if context.reference is None:
        return f"XXXX-{month:02d}-{number:02d}", "a weekday, day and month; no reference date tells the year"
    day = weekday_year(weekday, month, number, context.reference)
    if day is None:
        return _day_month(expression, context)
    name = WEEKDAYS[weekday].capitalize()
    return _with_part(day.isoformat(), expression), (
        f"the year nearest to {context.reference} in which {number} {MONTHS[month - 1].capitalize()} is a {name}"
    )


def weekday_year(weekday: int, month: int, number: int, reference: date) -> date | None:
    """The day and month in the year nearest to the reference (6 either way) whose weekday it is."""
    days = [timex.valid_day(reference.year + shift, month, number) for shift in range(-6, 7)]
    fitting = [day for day in days if day and day.weekday() == weekday]
    return min(fitting, key=lambda day: abs((day - reference).days), default=None)


def _weekday(expression: Expression, context: Context) -> Resolved | None:
    weekday = expression.number("weekday") or 0
    if context.reference is None:
        return f"XXXX-WXX-{weekday + 1}", "a weekday; no reference date tells the week"
    start = context.reference
    if expression.get("last", "next") in _ANAPHORIC:
        start = context.day() or start  # "the following Tuesday" counts from the day spoken of
    day, why = weekday_near(weekday, start, _weekday_direction(expression, context))
    return _with_part(day.isoformat(), expression), f"{why} {start}"


def _weekday_direction(expression: Expression, context: Context) -> int:
    """Before, after or around the reference: from last/next, else from the verb; 2 means strictly after."""
    if expression.has("last"):
        return -2
    if expression.has("next"):
        return 2
    return context.tense() or PAST


def weekday_near(weekday: int, reference: date, direction: int) -> tuple[date, str]:
    """The nearest such weekday: up to (-1) or before (-2), from (1) or after (2) the reference."""
    back = (reference.weekday() - weekday) % 7
    name = WEEKDAYS[weekday].capitalize()
    if direction == -2:
        return reference - timedelta(back or 7), f"the last {name} before"
    if direction == 2:
        return reference + timedelta((7 - back) % 7 or 7), f"the next {name} after"
    if direction == FUTURE:
        return reference + timedelta((7 - back) % 7), f"the verb looks ahead: the first {name} from"
    return reference - timedelta(back), f"the last {name} up to"


def _dayword(expression: Expression, context: Context) -> Resolved | None:
    if expression.word(-1).lower() == "of" and expression.has("tomorrow"):
        return None  # "the people of tomorrow"
    shift = 0 if expression.has("today") else -1 if expression.has("yesterday") else 1
    if context.reference is None:
        return "XXXX-XX-XX", "counted from the day of writing, which is not known"
    day = context.reference + timedelta(shift)
    return _with_part(day.isoformat(), expression), f"counted from {context.reference}"


def _day_beyond(expression: Expression, context: Context) -> Resolved | None:
    """ "The day before yesterday", "the day after tomorrow"."""
    if context.reference is None:
        return "XXXX-XX-XX", "counted from the day of writing, which is not known"
    day = context.reference + timedelta(2 if expression.has("tomorrow") else -2)
    return day.isoformat(), f"counted from {context.reference}"


def _tonight(expression: Expression, context: Context) -> Resolved | None:
    if context.reference is None:
        return "XXXX-XX-XXTNI", "counted from the day of writing, which is not known"
    return f"{context.reference}TNI", f"the night of {context.reference}"


def _with_part(value: str, expression: Expression) -> str:
    """The value with its part of the day: ``2025-12-14TEV``."""
    part = expression.get("part")
    return f"{value}T{part}" if part else value


def _range(expression: Expression, context: Context) -> Resolved | None:
    """Two days of one month: ``2025-12-05/2025-12-07``."""
    month = expression.number("month", "abbr") or 1
    first, last = (number for number in expression.all("num") if isinstance(number, int))
    year = _year_of(expression, context)
    if year is None and context.reference is None:
        return f"XXXX-{month:02d}-{first:02d}", "days of a month; no reference date tells the year"
    if year is not None:
        start = timex.valid_day(year, month, first)
    else:
        assert context.reference is not None  # the case without either returned above
        start = nearest_day(month, first, context.reference, context.tense())
    end = timex.valid_day(start.year, month, last) if start else None
    if start is None or end is None or end < start:
        return None
    return f"{start}/{end}", "from the first to the second day of the month"


_HOLIDAYS = {"christmas": (12, 25), "halloween": (10, 31), "boxing": (12, 26), "independence": (7, 4),
             "veterans": (11, 11), "victory": (5, 9), "valentine": (2, 14)}  # fmt: skip


def _holiday(expression: Expression, context: Context) -> Resolved | None:
    name = str(expression.get("holiday", "feast", "new"))
    year = expression.number("year") if expression.has("new") else _year_of(expression, context)
    if context.reference is None and year is None:
        return "XXXX-XX-XX", f"{name}; no reference date tells the year"
    years = (
        [year]
        if year
        else [context.reference.year + shift for shift in (-1, 0, 1)]
        if context.reference
        else []
    )
    days = [day for day in (holiday_day(name, expression, each) for each in years) if day]
    if context.reference and year is None:
        if expression.has("last"):
            days = [day for day in days if day < context.reference] or days
        if expression.has("next"):
            days = [day for day in days if day > context.reference] or days
        days.sort(key=lambda day: abs((day - (context.reference or day)).days))
    if not days:
        return None
    day = days[0]
    return (timex.week_value(day) if expression.has("week") else day.isoformat()), f"{name} of {day.year}"


def holiday_day(name: str, expression: Expression, year: int) -> date | None:
    """The day a holiday falls on in a year (United States' days for those that differ by country)."""
    if name == "new":
        return date(year, 12, 31) if expression.has("eve") else date(year, 1, 1)
    if name == "easter":
        return easter(year) + timedelta(1 if expression.number("weekday") == 0 else 0)
    moving = {"thanksgiving": (11, 3, 4), "election": (11, 0, 1), "labor": (9, 0, 1), "memorial": (5, 0, -1)}
    if name in moving:
        return _nth_weekday(year, *moving[name]) + timedelta(1 if name == "election" else 0)
    fixed = _HOLIDAYS.get(name)
    day = timex.valid_day(year, *fixed) if fixed else None
    return day - timedelta(1) if day and expression.has("eve") else day


def _nth_weekday(year: int, month: int, weekday: int, count: int) -> date:
    """The count-th such weekday of a month, -1 the last."""
    if count < 0:
        last = date(year, month, 31)
        return last - timedelta((last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta((weekday - first.weekday()) % 7 + 7 * (count - 1))


def easter(year: int) -> date:
    """Western Easter Sunday, by the anonymous Gregorian computus."""
    golden, century = year % 19, year // 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * ((year % 100) // 4) - moon - year % 4) % 7
    shift = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


# --- times of day -----------------------------------------------------------------------------------------


def _clock_time(expression: Expression) -> str | None:
    """``17:00`` from "5 p.m."; None where there is no such hour."""
    noon = expression.get("noon")
    if noon:
        return str(noon)
    military = expression.written("year", "count")
    if military and not expression.has("clock", "num"):
        return f"{military[:2]}:{military[2:]}" if military < "2400" and military[2:] < "60" else None
    written = str(expression.get("clock") or expression.get("num"))
    found = _CLOCK.match(written)
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    half = expression.get("ampm")
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if str(half)[0].lower() == "p" else 0)
    return f"{hour:02d}:{minute:02d}" if hour <= 24 and minute < 60 else None


def _clock(expression: Expression, context: Context) -> Resolved | None:
    if expression.has("year", "count"):  # "at 0735 GMT"; in brackets it only repeats a time in another zone
        digits = expression.written("year", "count")
        if len(digits) != 4 or expression.word(-1) == "(":
            return None
    time = _clock_time(expression)
    if time is None:
        return None
    day = _weekday_behind(expression, context) or context.day()
    return f"{day or 'XXXX-XX-XX'}T{time}", "a time of day, on the day spoken of"


def _weekday_behind(expression: Expression, context: Context) -> date | None:
    """The Sunday of "3:15 a.m. local time on Sunday": a weekday a few words on."""
    tokens = expression.tokens
    for at in range(expression.last, min(expression.last + 6, len(tokens.words))):
        weekday = tokens.entries[at][1]
        if tokens.codes[at] == CLASSES["weekday"] and isinstance(weekday, int) and context.reference:
            return weekday_near(weekday, context.reference, context.tense() or PAST)[0]
    return None


def _clock_day(expression: Expression, context: Context) -> Resolved | None:
    time = _clock_time(expression)
    if time is None:
        return None
    if expression.has("month", "abbr"):
        found = _clock_date(expression, context)
    elif expression.has("weekday"):
        found = _weekday(expression, context)
    else:
        found = _dayword(expression, context)
    return (f"{found[0]}T{time}", found[1]) if found else None


def _clock_date(expression: Expression, context: Context) -> Resolved | None:
    """The date behind a time of day; the hour's number is not the day's."""
    skip = 1 + next(at for at, code in enumerate(expression.codes) if code in "!zZ")
    rest = Expression(expression.name, expression.first + skip, expression.last, expression.tokens)
    return _weekday_date(rest, context) if rest.has("weekday") else (
        _full_date(rest, context) if _year_of(rest, context) else _day_month(rest, context)
    )  # fmt: skip


# --- months, quarters, seasons, years ---------------------------------------------------------------------


def _month(expression: Expression, context: Context) -> Resolved | None:
    month = expression.number("month", "abbr") or 1
    if expression.word(-1).lower() in ("each", "every"):
        return None
    if expression.codes == "B" and expression.word(-1).lower() not in (
        "in",
        "last",
        "since",
        "until",
        "next",
    ):
        return None
    if context.reference is None:
        return f"XXXX-{month:02d}", "a month; no reference date tells the year"
    direction = 2 if expression.has("next") else _said_direction(expression, context)
    year = month_year(month, context.reference, direction)
    return timex.month_value(year, month), f"the month nearest to {context.reference} the words allow"


_JUST_GONE = 9


def month_year(month: int, reference: date, direction: int) -> int:
    """The year of a month: the latest up to (past), the first from (future; 2 whatever else), or the nearest."""
    ahead = (month - reference.month) % 12
    # A month just gone by is hardly next year's, whatever the verb: "will publish October's figures".
    if direction == NO_TENSE or (direction == FUTURE and ahead >= _JUST_GONE):
        direction = FUTURE if ahead <= 5 else PAST
    months = ahead if direction >= FUTURE else ahead - 12 if ahead else 0
    return timex.shift_month(reference.year, reference.month, months)[0]


def _month_year(expression: Expression, context: Context) -> Resolved | None:
    month = expression.number("month", "abbr") or 1
    year = _year_of(expression, context)
    if year is None:
        return f"XXXX-{month:02d}", "a month; no reference date tells the year"
    return timex.month_value(year, month), "a month and its year"


def _quarter_number(expression: Expression) -> int | None:
    number = expression.number("ord")
    return number if number and 1 <= number <= 4 else None


def _quarter_year(expression: Expression, context: Context) -> Resolved | None:
    year = _year_of(expression, context)
    if year is None:
        return None
    quarter = _quarter_number(expression) or _anchor_quarter(context)[1]
    return f"{year}-Q{quarter}", "a quarter and its year"


def _quarter(expression: Expression, context: Context) -> Resolved | None:
    quarter = _quarter_number(expression)
    if quarter is None:
        return None
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
    if context.anchor and "-Q" in context.anchor and context.anchor[:4].isdigit():
        return int(context.anchor[:4]), int(context.anchor[-1])
    return _ended_quarter(context.reference or date(1, 12, 1))


def _ended_quarter(reference: date) -> tuple[int, int]:
    """Year and number of the last quarter ended before the reference."""
    index = reference.year * 4 + timex.quarter_of(reference.month) - 2
    return index // 4, index % 4 + 1


def _quarter_ago(expression: Expression, context: Context) -> Resolved | None:
    if context.reference is None:
        return "PAST_REF", "a year before a quarter that no reference date tells"
    year, number = _anchor_quarter(context)
    return f"{year - 1}-Q{_quarter_number(expression) or number}", "the same quarter a year before"


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
            + _direction(expression)
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
    year = _year_of(expression, context)
    if year is None:
        return None
    number = 2 if expression.has("last") or expression.number("ord") == 2 else 1
    return f"{year}-H{number}", "half of a year"


def _season(expression: Expression, context: Context) -> Resolved | None:
    season = str(expression.get("season"))
    year = _spoken_year(expression) or (
        _year_of(expression, context) if expression.has("year", "yearunit") else None
    )
    if year is None and context.reference is None:
        return f"XXXX-{season}", "a season; no reference date tells the year"
    if year is None:
        assert context.reference is not None  # the case without either returned above
        year = _season_year(season, context.reference, _direction(expression), expression, context)
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


def _fiscal(expression: Expression, context: Context) -> Resolved | None:
    year = expression.number("year")
    if year is None:
        if context.reference is None:
            return "XXXX", "a fiscal year; no reference date tells which"
        year = context.reference.year + _direction(expression) - (1 if expression.has("latest") else 0)
    return f"{year:04d}", "a fiscal year"


def _spoken_year(expression: Expression) -> int | None:
    """1994 of "nineteen ninety-four", 2000 of "the year two thousand"; None where no year is spoken."""
    teens = [n for n in expression.all("teen") if isinstance(n, int)]
    word = expression.number("word") or 0
    if expression.has("thousand"):
        return word * 1000 + (teens[0] if teens else 0)
    if not teens:
        return None
    rest = teens[1] if len(teens) > 1 else (expression.number("tens") or 0) + word
    return teens[0] * 100 + rest if rest else None


def _word_year(expression: Expression, context: Context) -> Resolved | None:
    year = _spoken_year(expression)
    if year is None or not 1100 <= year <= 2100:
        return None
    return f"{year}", "a year in words"


_COUNTED = words_of(
    "people persons men women children soldiers troops families houses homes jobs votes points percent "
    "per km miles metres meters kilometres kilometers kg tonnes tons pounds dollars euros rubles shares "
    "units cases deaths seats feet hectares acres barrels cars vehicles times years months weeks days "
    "hours minutes members degrees hp mm cm mw gw megawatts residents casualties victims m"
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
    number = expression.number("num", "ord")
    if number is None or not 5 <= number <= 22:
        return None
    return f"{number - 1:02d}", "a century"


# --- relative to the reference or to the text before ------------------------------------------------------


def _unit(expression: Expression) -> str | None:
    return next((letter for name, letter in _UNITS.items() if expression.has(name)), None)


def _count(expression: Expression) -> int | None:
    """The number counted; None for "a few"."""
    if expression.has("few"):
        word = str(expression.get("few"))
        return 2 if word == "couple" else 12 if word == "dozen" else None
    tens = expression.number("tens")
    number = expression.number("num", "count", "teen") or (tens or 0) + (expression.number("word") or 0)
    return number or 1


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
    unit, count = _unit(expression), _count(expression)
    if context.reference is None or unit is None or count is None:
        return "PAST_REF", "some time before the day of writing"
    value = _like_anchor(count, unit, context) or shift(context.reference, -count, unit)
    return (value, f"counted back from {context.reference}") if value else None


def _like_anchor(count: int, unit: str, context: Context) -> str | None:
    """ "A year ago" after a quarter or a month means that quarter or month of the year before."""
    if unit != "Y" or count != 1 or not context.anchor or not context.anchor[:4].isdigit():
        return None
    return _year_before(context.anchor, count)


def _year_before(value: str, count: int) -> str | None:
    """A quarter's or month's value some years before; None for other values."""
    if re.fullmatch(r"\d{4}-(?:Q\d|\d\d)", value):
        return f"{int(value[:4]) - count:04d}{value[4:]}"
    return None


def _year_ago(expression: Expression, context: Context) -> Resolved | None:
    if context.reference is None:
        return "PAST_REF", "a year before"
    return (_year_before(context.anchor, 1) if context.anchor else None) or str(
        context.reference.year - 1
    ), "the same time a year before"


def _offset(expression: Expression, context: Context) -> Resolved | None:
    """ "Two days earlier", "a year later": counted from the time spoken of last."""
    unit, count = _unit(expression), _count(expression)
    back = not expression.has("later")
    if unit is None or count is None or (not context.anchor and not back):
        return ("PAST_REF", "some time before") if back else None
    anchored = _year_before(context.anchor, count) if context.anchor and unit == "Y" and back else None
    first = timex.interval(context.anchor)[0] if context.anchor else context.reference
    start = first or context.reference
    if start is None:
        return "PAST_REF" if back else "FUTURE_REF", "counted from a time that is not known"
    value = anchored or shift(start, -count if back else count, unit)
    return (value, "counted from the time spoken of before") if value else None


def _same(expression: Expression, context: Context) -> Resolved | None:
    """ "The same day", "that year": the time spoken of last, as coarse as the unit."""
    unit = _unit(expression)
    first, last, _ = timex.interval(context.anchor) if context.anchor else (None, None, "vague")
    if unit is None or first is None or last is None or (last - first).days > _LONGEST[unit]:
        return None  # the time spoken of is coarser than "the same day" asks for
    value = shift(first, 0, unit)
    return (value, "the time spoken of before") if value else None


_ANAPHORIC = frozenset({"previous", "following"})


def _relative(expression: Expression, context: Context) -> Resolved | None:
    word = str(expression.get("last", "next", "this"))
    if expression.has("part"):
        return _relative_part(expression, context)
    unit = _unit(expression)
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
    pointing = word in _ANAPHORIC or unit == "D"
    if pointing and (word == "last" or expression.has("this")):
        return None  # "the last day of", "this day"
    start = context.reference
    if pointing and context.anchor:
        start = timex.interval(context.anchor)[0] or start
    if start is None:
        return _vague_relative(_direction(expression))
    value = shift(start, _direction(expression), unit)
    why = "counted from the time spoken of before" if pointing else f"counted from {context.reference}"
    return (value, why) if value else None


def _vague_relative(direction: int) -> Resolved:
    value = ("PRESENT_REF", "FUTURE_REF", "PAST_REF")[direction]
    return value, "counted from the day of writing, which is not known"


def _relative_part(expression: Expression, context: Context) -> Resolved | None:
    """ "Last night" is the night before the day of writing; "this morning" is that day's."""
    part = expression.get("part")
    day = context.reference
    if day is None:
        return f"XXXX-XX-XXT{part}", "a part of a day that no reference date tells"
    moved = day + timedelta(_direction(expression))
    return f"{moved}T{part}", f"counted from {day}"


def _phase_unit(expression: Expression, context: Context) -> Resolved | None:
    """ "Later in the day", "the end of the month"."""
    unit = _unit(expression)
    start = context.day()
    if unit is None:
        return None
    if start is None:
        return "PRESENT_REF", "counted from the day of writing, which is not known"
    value = shift(start, 0, unit)
    return (value, "the one spoken of") if value else None


def _year_end(expression: Expression, context: Context) -> Resolved | None:
    if context.reference is None:
        return "XXXX-12-31", "the end of a year; no reference date tells which"
    return f"{context.reference.year}-12-31", "the end of the year of writing"


def _weekend(expression: Expression, context: Context) -> Resolved | None:
    if context.reference is None:
        return "XXXX-WXX-WE", "a weekend; no reference date tells which"
    direction = _direction(expression)
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


def _future_ref(expression: Expression, context: Context) -> Resolved | None:
    return "FUTURE_REF", "a vague time after the day of writing"


def _now(expression: Expression, context: Context) -> Resolved | None:
    return "PRESENT_REF", "the time of writing"


_RESOLVERS: dict[str, Callable[[Expression, Context], Resolved | None]] = {
    "iso": _iso, "numeric": _numeric, "clock_day": _clock_day, "clock": _clock, "weekday_date": _weekday_date,
    "range": _range, "and_day": _and_day, "full_date": _full_date, "day_month": _day_month, "fiscal": _fiscal,
    "quarter_year": _quarter_year, "quarter_ago": _quarter_ago, "quarter": _quarter, "this_quarter": _this_quarter,
    "half_year": _half_year, "month_year": _month_year, "month": _month, "season": _season, "ago": _ago,
    "year_ago": _year_ago, "offset": _offset, "same": _same, "decade": _decade, "century": _century,
    "recent_ref": _recent_ref, "weekend": _weekend, "relative": _relative, "phase_unit": _phase_unit,
    "year_end": _year_end, "dayword": _dayword,
    "day_beyond": _day_beyond, "short": _short_quarter, "tonight": _tonight, "weekday": _weekday, "holiday": _holiday,
    "future_ref": _future_ref, "past_ref": _past_ref, "year": _year, "word_year": _word_year, "now": _now,
    "recently": _recent_ref,
}  # fmt: skip
