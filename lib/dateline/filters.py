"""Filters: which articles are on screen. One place turns them into an address, into SQL and into words.

``Filters`` says *which* articles, ``View`` *how* they are shown (map mode, metric, camera, pinned snapshot).
Both are small frozen values: they are cache keys, and a share link is nothing else than the two written out.

The SQL speaks to the tables that :class:`dateline.query.Atlas` lays out: ``article`` (one row an article, key
``k``), ``mention`` (one row a resolved toponym) and ``subject`` (second-level topics of articles). Values reach SQL as
parameters only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

AXES: Final = ("event", "published")
SCOPES: Final = ("happened", "mentions")
METRICS: Final = ("articles", "stories", "killed")
MAPS: Final = ("points", "heat", "hexagons", "countries")
PRECISION_WORDS: Final = {
    1: "settlements",
    2: "districts and surroundings",
    3: "divisions",
    4: "countries",
    5: "wider areas",
}

# A link is typed, mailed and mangled: what is longer than this was not made by a person.
MOST_VALUES: Final = 60
LONGEST_TEXT: Final = 200
LONGEST_VALUE: Final = 120

_REGION = re.compile(
    r"[A-Z]{2}(?:\.[A-Za-z0-9]{1,12}(?:\.[a-z0-9-]{1,60})?)?|g[1-9][0-9]{0,11}|[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
)
_TOPIC = re.compile(r"medtop:[0-9]{8}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_STORY = re.compile(r"[A-Za-z0-9_-]{1,64}")
_SNAPSHOT = re.compile(r"[0-9]{1,9}-[0-9a-f]{8}")
_WORD = re.compile(r'"([^"]*)"|(\S+)')

Query = dict[str, list[str]]
Names = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles. Every field at its default means "all of them".

    ``regions`` are stable codes: ``MA`` (country), ``MA.07`` (division), ``GE.67.sighnaghi`` (district),
    ``g2537881`` (town) or ``south-caucasus`` (macro-region, sea …). ``first`` and ``last`` are inclusive days on
    ``axis``; either may be open. ``text`` is searched word by word, a phrase in double quotes as a whole; case does
    not count.
    """

    regions: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    axis: str = "event"
    scope: str = "happened"
    topics: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    text: str = ""
    precisions: tuple[int, ...] = ()
    story: str | None = None

    def __bool__(self) -> bool:
        """True when anything is filtered; the axis and the scope alone filter nothing."""
        return replace(self, axis="event", scope="happened") != Filters()

    def but(self, **changes: Any) -> Filters:
        """A copy with some fields changed."""
        return replace(self, **changes)

    def to_query(self) -> Query:
        """The parameters of the address, in a fixed order; defaults are left out."""
        query: Query = {}
        for parameter, values in (
            ("region", self.regions),
            ("date", _days(self.first, self.last)),
            ("axis", () if self.axis == "event" else (self.axis,)),
            ("scope", () if self.scope == "happened" else (self.scope,)),
            ("topic", self.topics),
            ("source", self.sources),
            ("lang", self.languages),
            ("q", (self.text,) if self.text else ()),
            ("precision", tuple(str(p) for p in self.precisions)),
            ("story", (self.story,) if self.story else ()),
        ):
            if values:
                query[parameter] = list(values)
        return query

    @classmethod
    def from_query(
        cls, query: Mapping[str, Sequence[str]], *, known_region: Callable[[str], bool] | None = None
    ) -> tuple[Filters, list[str]]:
        """Filters and, in plain words, what of the address was dropped. Never raises.

        ``known_region`` says whether a code exists; without it a code only has to look like one.
        """
        read = _Reader(query)
        first, last = read.days("date")
        filters = cls(
            regions=read.many("region", _REGION, known_region),
            first=first,
            last=last,
            axis=read.choice("axis", AXES),
            scope=read.choice("scope", SCOPES),
            topics=read.many("topic", _TOPIC),
            sources=read.many("source", None),
            languages=read.many("lang", _LANGUAGE),
            text=read.text("q"),
            precisions=tuple(int(p) for p in read.many("precision", re.compile("[1-5]"))),
            story=read.one("story", _STORY),
        )
        return filters, read.dropped

    def to_sql(self, members: Members) -> tuple[str, list[Any]]:
        """A condition on the table ``article`` and its parameters; ``members`` expands macro-regions."""
        parts: list[str] = []
        parameters: list[Any] = []

        def add(sql: str, *values: Any) -> None:
            parts.append(sql)
            parameters.extend(values)

        if self.first or self.last:
            early, late = ("first", "last") if self.axis == "event" else ("published_on", "published_on")
            # An interval belongs to the range as soon as the two overlap: an event dated "December 2025"
            # may have happened on the 3rd.
            if self.first:
                add(f"{late} >= ?", self.first)
            if self.last:
                add(f"{early} <= ?", self.last)
        if self.topics:
            # A top concept takes in all that lies under it: the finer ones are told of articles it is the first of.
            finer = f"k IN (SELECT k FROM subject WHERE code IN ({_marks(self.topics)}))"
            add(f"(topic IN ({_marks(self.topics)}) OR {finer})", *self.topics, *self.topics)
        for column, values in (
            ("source", self.sources),
            ("language", self.languages),
        ):
            if values:
                add(f"{column} IN ({_marks(values)})", *values)
        if self.regions or self.precisions:
            within, bound = self.mention_sql(members)
            add(f"k IN (SELECT k FROM mention WHERE {within})", *bound)
        if words := self.words_of_text():
            each = " AND ".join(["(contains(lower(title), ?) OR contains(lower(text), ?))"] * len(words))
            add(f"k IN (SELECT k FROM wording WHERE {each})", *(word for w in words for word in (w, w)))
        if self.story:
            add("s IN (SELECT s FROM story_key WHERE story = ?)", self.story)
        return " AND ".join(parts) or "TRUE", parameters

    def mention_sql(self, members: Members) -> tuple[str, list[Any]]:
        """A condition on the table ``mention``: in scope, within the regions, of the precisions asked for."""
        parts: list[str] = ["TRUE"]
        parameters: list[Any] = []
        if self.scope == "happened":
            parts.append("here")
        if self.precisions:
            parts.append(f"precision IN ({_marks(self.precisions)})")
            parameters.extend(self.precisions)
        if self.regions:
            within, values = _within(self.regions, members)
            parts.append(within)
            parameters.extend(values)
        return " AND ".join(parts), parameters

    def words_of_text(self) -> list[str]:
        """The words and quoted phrases of ``text``, in lower case."""
        return [(a or b).lower() for a, b in _WORD.findall(self.text) if (a or b).strip()]

    def to_words(self, names: Names = str) -> str:
        """The selection as a sentence; ``names`` turns a region, topic or story code into its name."""
        about = "that happened in" if self.scope == "happened" else "that mention"
        words = "All articles" if not self else "Articles"
        if self.regions:
            words += f" {about} {_listed((names(r) for r in self.regions), 'or')}"
        elif self.scope == "mentions":
            words += " by any place they mention"
        if self.topics:
            words += f" on {_listed((names(t) for t in self.topics), 'or')}"
        if self.sources:
            words += f" from {_listed(self.sources, 'or')}"
        if self.languages:
            words += f" in {_listed((names(x) for x in self.languages), 'or')}"
        if self.text:
            words += f" that contain “{self.text}”"
        if self.precisions:
            words += f" placed to {_listed((PRECISION_WORDS[p] for p in self.precisions), 'or')}"
        if self.story:
            words += f" of the story “{names(self.story)}”"
        if self.first or self.last:
            words += f", {days_in_words(self.first, self.last)}"
        return f"{words}, by {'event' if self.axis == 'event' else 'publication'} date"


@dataclass(frozen=True, slots=True)
class View:
    """How the selection is shown: what a share link carries beside the filters.

    ``camera`` is latitude and longitude in degrees and the zoom of the map; ``snapshot`` pins the data.
    """

    metric: str = "articles"
    map: str = "points"
    camera: tuple[float, float, float] | None = None
    snapshot: str | None = None

    def to_query(self) -> Query:
        """The parameters of the address; defaults are left out."""
        query: Query = {}
        if self.metric != "articles":
            query["metric"] = [self.metric]
        if self.map != "points":
            query["map"] = [self.map]
        if self.camera:
            query["v"] = [",".join(f"{x:.4f}".rstrip("0").rstrip(".") for x in self.camera)]
        if self.snapshot:
            query["data"] = [self.snapshot]
        return query

    @classmethod
    def from_query(cls, query: Mapping[str, Sequence[str]]) -> tuple[View, list[str]]:
        """A view and, in plain words, what of the address was dropped. Never raises."""
        read = _Reader(query)
        return cls(
            metric=read.choice("metric", METRICS),
            map=read.choice("map", MAPS),
            camera=read.camera("v"),
            snapshot=read.one("data", _SNAPSHOT),
        ), read.dropped


PARAMETERS: Final = (
    *("region", "date", "axis", "scope", "topic", "source", "lang", "q", "precision", "story"),
    *("metric", "map", "v", "data"),
)


@dataclass(frozen=True, slots=True)
class Members:
    """What lies in a macro-region: countries (ISO2), divisions, place codes (its own included)."""

    of: Mapping[str, tuple[Collection[str], Collection[str], Collection[str]]] = field(default_factory=dict)

    def __call__(self, code: str) -> tuple[Collection[str], Collection[str], Collection[str]]:
        """Countries, divisions and places of a code; a code that is no macro-region stands for itself."""
        if code in self.of:
            return self.of[code]
        if len(code) == 2 and code.isupper():
            return (code,), (), ()
        if code.count(".") == 1:
            return (), (code,), ()
        return (), (), (code,)


def link_query(page: str, filters: Filters, view: View) -> str:
    """What stands behind the "?" of the link that opens this selection and view on a page of the dashboard."""
    return urlencode({"page": [page], **filters.to_query(), **view.to_query()}, doseq=True, safe=",:")


def days_in_words(first: date | None, last: date | None) -> str:
    """An inclusive range as people write it: "1-16 December 2025", "since 3 May 2025"."""
    if first is None and last is None:
        return "any date"
    if first is None or last is None:
        return f"since {_day(first)}" if first else f"until {_day(last)}"
    if first == last:
        return _day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}-{_day(last)}"
    if first.year == last.year:
        return f"{_day(first).rsplit(' ', 1)[0]} - {_day(last)}"
    return f"{_day(first)} - {_day(last)}"


# Written out, not taken from the locale: the words under a map must not change with the server's settings.
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def _day(day: date | None) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if day else ""


def _days(first: date | None, last: date | None) -> tuple[str, ...]:
    # Open ends are written as empty values, so that the two places of `date` keep their meaning.
    if first is None and last is None:
        return ()
    return (first.isoformat() if first else "", last.isoformat() if last else "")


def _marks(values: Collection[Any]) -> str:
    return ", ".join("?" * len(values))


def _within(regions: Iterable[str], members: Members) -> tuple[str, list[Any]]:
    """A condition that the mention lies in any of the regions."""
    columns: dict[str, list[str]] = {"country": [], "admin1": [], "place": []}
    for code in regions:
        for column, codes in zip(columns, members(code), strict=True):
            columns[column].extend(codes)
    parts = [f"{column} IN ({_marks(codes)})" for column, codes in columns.items() if codes]
    return f"({' OR '.join(parts)})", [code for codes in columns.values() for code in codes]


def _listed(items: Iterable[str], last: str) -> str:
    *head, tail = items
    return f"{', '.join(head)} {last} {tail}" if head else tail


@dataclass(slots=True)
class _Reader:
    """Reads parameters one by one and notes what it had to drop."""

    query: Mapping[str, Sequence[str]]
    dropped: list[str] = field(default_factory=list)

    def drop(self, parameter: str, value: str, why: str) -> None:
        shown = value if len(value) <= 40 else value[:39] + "…"
        self.dropped.append(f"{parameter}={shown}: {why}")

    def values(self, parameter: str) -> list[str]:
        values = [str(v) for v in self.query.get(parameter, ())]
        if len(values) > MOST_VALUES:
            self.drop(parameter, values[MOST_VALUES], f"more than {MOST_VALUES} values; the rest is left out")
        return values[:MOST_VALUES]

    def many(
        self, parameter: str, shape: re.Pattern[str] | None, known: Callable[[str], bool] | None = None
    ) -> tuple[str, ...]:
        kept: dict[str, None] = {}
        for value in self.values(parameter):
            if len(value) > LONGEST_VALUE or not value.strip() or not value.isprintable():
                self.drop(parameter, value, "is empty, too long or not text")
            elif shape is not None and not shape.fullmatch(value):
                self.drop(parameter, value, "does not look like one of its values")
            elif known is not None and not known(value):
                self.drop(parameter, value, "is not in the gazetteer")
            else:
                kept[value] = None
        return tuple(kept)

    def one(self, parameter: str, shape: re.Pattern[str]) -> str | None:
        values = self.many(parameter, shape)
        for value in values[1:]:
            self.drop(parameter, value, "only one value counts; the first is kept")
        return values[0] if values else None

    def choice(self, parameter: str, choices: Sequence[str]) -> str:
        for value in self.values(parameter)[-1:]:
            if value in choices:
                return value
            self.drop(parameter, value, f"is none of {', '.join(choices)}")
        return choices[0]

    def text(self, parameter: str) -> str:
        value = " ".join(" ".join(self.values(parameter)[-1:]).split())
        if len(value) > LONGEST_TEXT or not value.isprintable():
            self.drop(parameter, value, f"is longer than {LONGEST_TEXT} characters or not text")
            return ""
        return value

    def days(self, parameter: str) -> tuple[date | None, date | None]:
        values = self.values(parameter)
        for value in values[2:]:
            self.drop(parameter, value, "a range has two days; the first two are kept")
        days = [self.day(parameter, value) for value in values[:2]]
        if len(days) == 1:
            return days[0], days[0]
        first, last = days or (None, None)
        if first and last and first > last:
            self.drop(parameter, f"{first} {last}", "the range runs backwards; its ends were swapped")
            first, last = last, first
        return first, last

    def day(self, parameter: str, value: str) -> date | None:
        if not value:
            return None
        try:
            if len(value) != 10:
                raise ValueError(value)
            return date.fromisoformat(value)
        except ValueError:
            self.drop(parameter, value, "is no day (YYYY-MM-DD)")
            return None

    def camera(self, parameter: str) -> tuple[float, float, float] | None:
        for value in self.values(parameter)[-1:]:
            try:
                lat, lon, zoom = (round(float(x), 4) for x in value.split(","))
            except ValueError:
                self.drop(parameter, value, "is no latitude,longitude,zoom")
                continue
            if abs(lat) <= 90 and abs(lon) <= 180 and 0 <= zoom <= 20:
                return lat + 0.0, lon + 0.0, zoom + 0.0
            self.drop(parameter, value, "lies outside the map")
        return None


def parameters_unknown(query: Mapping[str, Any]) -> list[str]:
    """Plain words for parameters of the address that mean nothing here."""
    return [
        f"{name}: there is no such parameter"
        for name in query
        if name not in PARAMETERS and not name.startswith("embed")
    ]
