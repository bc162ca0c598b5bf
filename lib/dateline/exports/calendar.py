"""Calendar: stories as all-day events of iCalendar (RFC 5545)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, timedelta
from typing import Any, Final

from dateline.exports.rows import clean, flat
from dateline.exports.selection import Selection
from dateline.filters import days_in_words

# Calendars choke on more; the newest are kept, and the calendar says so.
MOST: Final = 5_000
_EXACT: Final = ("day", "time")
_LINE: Final = 75


def to_ics(selection: Selection) -> bytes:
    """An event a dated story, from its first day to its last.

    One known only to the week, month, quarter, season, year or decade says so in its summary, is TENTATIVE and blocks
    no time. Stories without a day on the axis of events are not in it.
    """
    stamp = selection.at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Dateline//Dateline//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{text('Dateline')}",
        f"X-WR-CALDESC:{text(f'{selection.words}. {selection.denominators}.')}",
    ]
    for story in selection.stories(MOST):
        if story["first"]:
            lines += _event(story, selection, stamp)
    lines.append("END:VCALENDAR")
    return "".join(part for line in lines for part in folded(line)).encode("utf-8", "replace")


def _event(story: dict[str, Any], selection: Selection, stamp: str) -> Iterator[str]:
    first = date.fromisoformat(story["first"])
    last = max(first, date.fromisoformat(story["last"] or story["first"]))
    exact = story["granularity"] in _EXACT
    said = days_in_words(first, last)
    yield "BEGIN:VEVENT"
    yield f"UID:{re.sub('[^A-Za-z0-9_-]', '-', str(story['story']))}@dateline"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{_day(first)}"
    # The end is the first day that is no part of it.
    if last < date.max:
        yield f"DTEND;VALUE=DATE:{_day(last + timedelta(days=1))}"
    yield f"SUMMARY:{text(story['title'] if exact else _about(story, said))}"
    yield f"DESCRIPTION:{text(chr(10).join(_description(story, said, exact)))}"
    if story["places"]:
        yield f"LOCATION:{text(story['places'])}"
    if story["label"]:
        yield f"CATEGORIES:{text(story['label'])}"
    if story["url"]:
        yield f"URL:{clean(story['url'])}"
    yield f"X-DATELINE-GRANULARITY:{text(story['granularity'] or 'unknown')}"
    yield f"STATUS:{'CONFIRMED' if exact else 'TENTATIVE'}"
    yield "TRANSP:TRANSPARENT"
    yield "CLASS:PUBLIC"
    yield "END:VEVENT"


def _about(story: dict[str, Any], said: str) -> str:
    return f"{flat(story['title'])} (some time in {said})"


def _description(story: dict[str, Any], said: str, exact: bool) -> Iterator[str]:
    yield said if exact else f"Date uncertain: {said}, known only to the {story['granularity'] or 'interval'}"
    for figure, what in ((story["killed_said"], "killed"), (story["injured_said"], "injured")):
        if figure:
            yield f"{flat(figure)} {what}"
    yield f"Articles: {story['articles']}, sources: {story['sources']}"


def _day(day: date) -> str:
    return f"{day.year:04d}{day.month:02d}{day.day:02d}"


def text(value: object) -> str:
    """A TEXT value (3.3.11): backslash, semicolon, comma and line breaks escaped, other control characters out."""
    written = "\n".join(flat(line) for line in re.split(r"\r\n|[\r\n]", clean(value)))
    return re.sub(r"([\\;,])", r"\\\1", written).replace("\n", "\\n")


def folded(line: str) -> Iterator[str]:
    """A content line in lines of at most 75 octets (3.1), no character cut in two."""
    held: list[str] = []
    size = 0
    for character in re.sub(r"[\r\n]", " ", line):
        width = len(character.encode("utf-8", "replace"))
        if size + width > _LINE:
            yield "".join(held) + "\r\n"
            held, size = [" "], 1
        held.append(character)
        size += width
    yield "".join(held) + "\r\n"
