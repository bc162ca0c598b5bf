"""A reader of iCalendar that accepts nothing but what RFC 5545 allows, written from the RFC, apart from the writer."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime

# 3.1: name *(";" param) ":" value
_LINE = re.compile(
    r'([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"\x00-\x08\x0a-\x1f\x7f]*"|[^";:,\x00-\x08\x0a-\x1f\x7f]*))*):(.*)',
    re.DOTALL,
)
_CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f]")
_TEXT = {
    "SUMMARY",
    "DESCRIPTION",
    "LOCATION",
    "COMMENT",
    "X-WR-CALNAME",
    "X-WR-CALDESC",
    "X-DATELINE-GRANULARITY",
}
_ONCE = {
    "UID",
    "DTSTAMP",
    "DTSTART",
    "DTEND",
    "SUMMARY",
    "DESCRIPTION",
    "LOCATION",
    "URL",
    "STATUS",
    "TRANSP",
    "CLASS",
}
_VALUES = {
    "STATUS": {"TENTATIVE", "CONFIRMED", "CANCELLED"},
    "TRANSP": {"OPAQUE", "TRANSPARENT"},
    "CLASS": {"PUBLIC", "PRIVATE", "CONFIDENTIAL"},
}


@dataclass(frozen=True)
class Property:
    name: str
    parameters: str
    value: str


@dataclass
class Event:
    properties: list[Property] = field(default_factory=list)

    def text(self, name: str) -> str:
        (found,) = (p.value for p in self.properties if p.name == name)
        return found

    def day(self, name: str) -> date:
        (found,) = (p for p in self.properties if p.name == name)
        assert found.parameters == ";VALUE=DATE", found
        return datetime.strptime(found.value, "%Y%m%d").date()


@dataclass
class Calendar:
    properties: list[Property] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)


def read_calendar(data: bytes) -> Calendar:
    """The calendar; AssertionError for anything the RFC does not allow."""
    assert data.endswith(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert b"\r" not in data.replace(b"\r\n", b"")
    for line in data.split(b"\r\n"):
        assert len(line) <= 75, line
        line.decode("utf-8")  # no character is cut in two
    lines = data.decode("utf-8").replace("\r\n ", "").split("\r\n")[:-1]
    properties = [_property(line) for line in lines]
    assert (properties[0].name, properties[0].value) == ("BEGIN", "VCALENDAR")
    assert (properties[-1].name, properties[-1].value) == ("END", "VCALENDAR")
    calendar, event = Calendar(), None
    for found in properties[1:-1]:
        if found.name == "BEGIN":
            assert found.value == "VEVENT"
            assert event is None
            event = Event()
        elif found.name == "END":
            assert found.value == "VEVENT"
            assert event is not None
            _check(event)
            calendar.events.append(event)
            event = None
        else:
            (calendar if event is None else event).properties.append(found)
    assert event is None
    names = [p.name for p in calendar.properties]
    assert names.count("VERSION") == names.count("PRODID") == 1
    uids = [e.text("UID") for e in calendar.events]
    assert len(uids) == len(set(uids))
    return calendar


def _property(line: str) -> Property:
    found = _LINE.fullmatch(line)
    assert found, line
    name, parameters, value = found.group(1).upper(), found.group(2), found.group(3)
    assert not _CONTROL.search(value), line
    return Property(name, parameters, _unescaped(value) if name in _TEXT else value)


def _unescaped(value: str) -> str:
    # 3.3.11: a backslash, a semicolon and a comma never stand alone.
    assert re.fullmatch(r"(?:[^\\;,]|\\[\\;,nN])*", value, re.DOTALL), value
    return re.sub(r"\\(.)", lambda m: "\n" if m.group(1) in "nN" else m.group(1), value)


def _check(event: Event) -> None:
    names = [p.name for p in event.properties]
    assert {"UID", "DTSTAMP", "DTSTART"} <= set(names)
    assert all(names.count(name) <= 1 for name in _ONCE)
    assert re.fullmatch(r"\d{8}T\d{6}Z", event.text("DTSTAMP"))
    if "DTEND" in names:
        assert event.day("DTEND") > event.day("DTSTART")
    for name, allowed in _VALUES.items():
        assert all(p.value in allowed for p in event.properties if p.name == name)
