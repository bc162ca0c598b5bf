"""Publication times as outlets write them, to ISO 8601: never a guess, None where the value is no full date."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from email.utils import parsedate_to_datetime

_MONTHS: dict[str, int] = {}
for _row in (
    # A stem a month; the longest stem that opens the word wins, so "мая" and "март" stay apart.
    "jan feb mar apr may jun jul aug sep oct nov dec",
    "янв фев мар апр мая июн июл авг сен окт ноя дек",
    "янв фев март апр май июнь июль авг сент окт нояб дек",
    "січ лют бер квіт трав черв лип серп вер жов лист груд",
    "oca şub mar nis may haz tem ağu eyl eki kas ara",
    "yan fev mar apr may iyun iyul avq sen okt noy dek",
    "janv févr mars avr mai juin juil août sept oct nov déc",
    "jän feb mär apr mai jun jul aug sep okt nov dez",
    "ene feb mar abr may jun jul ago sep oct nov dic",
):
    for _number, _stem in enumerate(_row.split(), start=1):
        _MONTHS[_stem] = _number

_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?",
    re.IGNORECASE,
)
_DAY_MONTH = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th|\.|-?го)?[\s\-]+(?:de\s+)?([^\W\d_]{3,12})\.?,?[\s\-]+(?:de\s+)?(\d{4})\b"
)
_MONTH_DAY = re.compile(r"\b([^\W\d_]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")
_NUMERIC = re.compile(r"\b(\d{1,2})([./-])(\d{1,2})\2(\d{4})\b")
_YEAR_FIRST = re.compile(r"\b(\d{4})([./])(\d{1,2})\2(\d{1,2})\b")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})Z?)?$")
_CLOCK = re.compile(r"\b(\d{1,2})[:.](\d{2})(?::\d{2})?\s*([ap]\.?m\.?)?(?!\d)", re.IGNORECASE)
_ZONE = re.compile(r"(?:\b(?:GMT|UTC)\s*)?([+-])(\d{1,2})(?::?(\d{2}))?\b|\b(GMT|UTC)\b")
_RFC = re.compile(
    r"(?:[A-Za-z]{3,9},?\s+)?\d{1,2}\s+[A-Za-z]{3,9}\s+\d{2,4}\s+\d{1,2}:\d{2}(?::\d{2})?\s*(?:[+-]\d{4}|[A-Z]{1,5})?\s*$"
)
# An instant of the epoch written in seconds or milliseconds: 1990 to 2100.
_EPOCH = (631_152_000, 4_102_444_800)
_LONGEST = 120


def month_number(word: str) -> int | None:
    """1..12 for a month's name or its abbreviation in one of the desks' languages."""
    folded = word.casefold().replace("i̇", "i")
    for length in range(min(len(folded), 5), 2, -1):
        number = _MONTHS.get(folded[:length])
        if number:
            return number
    return None


def to_iso(value: object) -> str | None:
    """``value`` (a date, a datetime, an epoch or a text) as an ISO 8601 day or instant; None if it is no full date.

    An offset is kept as written, since the day an outlet published on is the day of its own clock.
    """
    if isinstance(value, datetime):
        return value.isoformat() if value.time() != time(0) or value.tzinfo else value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _epoch(float(value))
    text = str(value or "").strip()
    if not text or len(text) > _LONGEST:
        return None
    if re.fullmatch(r"\d{9,13}(?:\.\d+)?", text):
        return _epoch(float(text))
    return _iso(text) or _compact(text) or _rfc(text) or find(text)


def _epoch(seconds: float) -> str | None:
    if seconds >= _EPOCH[0] * 1000:
        seconds /= 1000
    if not _EPOCH[0] <= seconds <= _EPOCH[1]:
        return None
    return datetime.fromtimestamp(seconds, UTC).isoformat()


def _iso(text: str) -> str | None:
    found = _ISO.match(text)
    if not found or text[found.end() :].strip(" .Zz"):
        return None
    year, month, day, hour, minute, second, zone = found.groups()
    return _stamp(int(year), int(month), int(day), hour, minute, second, _offset(zone))


def _compact(text: str) -> str | None:
    found = _COMPACT.fullmatch(text)
    if not found:
        return None
    year, month, day, hour, minute, second = found.groups()
    return _stamp(int(year), int(month), int(day), hour, minute, second, UTC if text.endswith("Z") else None)


def _rfc(text: str) -> str | None:
    if not _RFC.match(text):
        return None
    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, IndexError, TypeError, OverflowError):
        return None


def _offset(zone: str | None) -> timezone | None:
    if not zone:
        return None
    if zone[0] not in "+-":
        return UTC
    hours, minutes = int(zone[1:3]), int(zone[-2:])
    if hours > 14 or minutes > 59:
        return None
    return timezone((1 if zone[0] == "+" else -1) * timedelta(hours=hours, minutes=minutes))


def _stamp(
    year: int,
    month: int,
    day: int,
    hour: str | None = None,
    minute: str | None = None,
    second: str | None = None,
    zone: timezone | None = None,
) -> str | None:
    try:
        if hour is None:
            return date(year, month, day).isoformat()
        return datetime(
            year, month, day, int(hour), int(minute or 0), int(second or 0), tzinfo=zone
        ).isoformat()
    except ValueError:
        return None


def find(text: str) -> str | None:
    """The first full date written in a short line, with its time of day where one stands beside it."""
    line = text[: 2 * _LONGEST]
    for spot, year, month, day in _days(line):
        rest = line[: spot[0]] + " " * (spot[1] - spot[0]) + line[spot[1] :]
        clock = _CLOCK.search(rest)
        if not clock:
            return _stamp(year, month, day)
        hour = int(clock.group(1))
        half = (clock.group(3) or "").lower()
        if half and hour <= 12:
            hour = hour % 12 + (12 if half.startswith("p") else 0)
        zone = _ZONE.search(rest, clock.end(), clock.end() + 12)
        return _stamp(year, month, day, str(hour), clock.group(2), None, _zone(zone)) or _stamp(
            year, month, day
        )
    return None


def _zone(found: re.Match[str] | None) -> timezone | None:
    if not found:
        return None
    if found.group(4):
        return UTC
    hours, minutes = int(found.group(2)), int(found.group(3) or 0)
    if hours > 14 or minutes > 59:
        return None
    return timezone((1 if found.group(1) == "+" else -1) * timedelta(hours=hours, minutes=minutes))


def _days(line: str) -> list[tuple[tuple[int, int], int, int, int]]:
    """Every full date in ``line`` that exists, by position: (span, year, month, day)."""
    found: list[tuple[tuple[int, int], int, int, int]] = []
    for m in _ISO.finditer(line):
        found.append(((m.start(), m.end(3)), int(m[1]), int(m[2]), int(m[3])))
    for m in _YEAR_FIRST.finditer(line):
        found.append((m.span(), int(m[1]), int(m[3]), int(m[4])))
    for m in _DAY_MONTH.finditer(line):
        month = month_number(m[2])
        if month:
            found.append((m.span(), int(m[3]), month, int(m[1])))
    for m in _MONTH_DAY.finditer(line):
        month = month_number(m[1])
        if month:
            found.append((m.span(), int(m[3]), month, int(m[2])))
    for m in _NUMERIC.finditer(line):
        first, second = int(m[1]), int(m[3])
        # Day first is the desks' habit; the American order only where it alone is a date.
        day, month = (first, second) if second <= 12 else (second, first)
        found.append((m.span(), int(m[4]), month, day))
    return sorted(item for item in found if _stamp(*item[1:]))
