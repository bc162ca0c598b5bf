"""Articles, rejects and findings: the records everything else passes along, and the tables they fill.

Offsets count characters (Unicode code points) of ``Article.text`` as given. Dates are ISO 8601 strings
in the records and ``date32`` in the tables. Coordinates are WGS 84 degrees.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

KINDS = ("article", "brief", "headline")
ROLES = ("where", "dateline", "government", "origin", "mention")
DATE_OF = ("event", "statement", "reference")
TOLL_KINDS = ("killed", "injured", "missing", "displaced")
# What a precision figure says; the dashboard and the docs show these words.
PRECISIONS = {
    1: "settlement or finer",
    2: "district, or near a settlement",
    3: "first-order division",
    4: "country",
    5: "macro-region or sea",
}

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Article:
    """One text from one source.

    ``published`` is an ISO 8601 day or instant, or None where neither the page nor the user says it
    (the dashboard then says "undated"). ``locator`` is what the user handed over.
    """

    id: str
    kind: str
    title: str
    text: str
    url: str | None = None
    source: str | None = None
    source_country: str | None = None
    published: str | None = None
    language: str | None = None
    locator: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """One line of ``articles.jsonl``."""
        return asdict(self)


def article_id(source: str | None, url: str | None, title: str, text: str) -> str:
    """A 16-digit hexadecimal id that is the same whenever the same text of the same source is read.

    White space does not count, so a page pasted twice with other line ends keeps its ids.
    """
    parts = (source or "", url or "", _SPACE.sub(" ", title).strip(), _SPACE.sub(" ", text).strip())
    return hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def make_article(
    text: str,
    *,
    title: str = "",
    kind: str = "article",
    url: str | None = None,
    source: str | None = None,
    source_country: str | None = None,
    published: str | None = None,
    language: str | None = None,
    locator: str | None = None,
) -> Article:
    """An article with its id computed; ``kind`` is one of KINDS."""
    if kind not in KINDS:
        raise ValueError(f"kind {kind!r} is none of {', '.join(KINDS)}")
    return Article(
        id=article_id(source, url, title, text),
        kind=kind,
        title=title,
        text=text,
        url=url,
        source=source,
        source_country=source_country,
        published=published,
        language=language,
        locator=locator,
    )


def day_of(published: str | None) -> date | None:
    """The calendar day of an ISO 8601 day or instant, in the offset it was written with; None if it is neither."""
    if not published:
        return None
    try:
        return date.fromisoformat(published[:10])
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Reject:
    """Something read that could not become an article.

    ``position`` says where in the locator ("line 7", "row 12", "byte 4096", ""); ``reason`` is one plain
    sentence; ``excerpt`` is the raw text, at most 300 characters; ``kind`` groups reasons: ``boilerplate``,
    ``duplicate`` (cut short or read before) or ``broken``.
    """

    locator: str
    position: str
    reason: str
    excerpt: str = ""
    kind: str = "broken"

    def to_dict(self) -> dict[str, Any]:
        """One line of the rejects file."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Mention:
    """A toponym in an article, resolved to a place or (``place`` None) left unresolved.

    ``place`` is a stable code used in URLs: ``MA`` a country, ``MA.07`` a first-order division, ``g2537881``
    a GeoNames settlement, ``south-caucasus`` a row of the project's region table. ``alternatives`` are the
    losing candidates, best first: ``{"place", "name", "country", "score"}``. ``qualifier`` keeps "northern" of
    "northern Colombia". ``sentence`` is the span of the sentence that holds the mention.
    """

    start: int
    end: int
    surface: str
    form: str
    name: str
    kind: str
    place: str | None
    geonameid: int | None
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    precision: int | None
    role: str
    confidence: float
    sentence: tuple[int, int]
    rule: str
    qualifier: str | None = None
    alternatives: tuple[dict[str, Any], ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """One element of ``places`` in ``findings.jsonl``."""
        row = asdict(self)
        row["sentence"] = list(self.sentence)
        row["alternatives"] = list(self.alternatives)
        return row


@dataclass(frozen=True, slots=True)
class DateFinding:
    """A time expression: TIMEX3 ``value``, the interval it covers (inclusive days, None where open or unknown),
    its granularity (day, week, month, quarter, season, year, decade, time, vague), and of what it is the date.
    """

    start: int
    end: int
    surface: str
    value: str
    first: date | None
    last: date | None
    granularity: str
    of: str
    rule: str
    sentence: tuple[int, int] = (0, 0)

    def to_dict(self) -> dict[str, Any]:
        """One element of ``dates`` in ``findings.jsonl``; the interval is written ``from`` and ``to``."""
        return {
            "start": self.start,
            "end": self.end,
            "surface": self.surface,
            "value": self.value,
            "from": self.first.isoformat() if self.first else None,
            "to": self.last.isoformat() if self.last else None,
            "granularity": self.granularity,
            "of": self.of,
            "rule": self.rule,
            "sentence": list(self.sentence),
        }


@dataclass(frozen=True, slots=True)
class Toll:
    """A figure of people killed, injured, missing or displaced.

    ``low`` and ``high`` bound it (``high`` None where open: "at least 37"); ``qualifier`` is ``exact``, ``at least``,
    ``more than``, ``about``, ``up to``, ``between``, ``dozens``, ``hundreds``, ``several`` …; ``vague`` where no number
    is written; ``reference`` where the figure belongs to another, older event.
    """

    start: int
    end: int
    surface: str
    kind: str
    low: int
    high: int | None
    qualifier: str
    vague: bool
    sentence: tuple[int, int]
    rule: str = ""
    reference: bool = False
    confidence: float = 1.0

    def to_dict(self) -> dict[str, Any]:
        """One element of ``tolls`` in ``findings.jsonl``."""
        row = asdict(self)
        row["sentence"] = list(self.sentence)
        return row


@dataclass(frozen=True, slots=True)
class TopicScore:
    """An IPTC Media Topic (``code`` such as ``medtop:16000000``) with a score in 0..1, best first."""

    code: str
    label: str
    score: float
    rule: str = ""

    def to_dict(self) -> dict[str, Any]:
        """One element of ``topics`` in ``findings.jsonl``."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Findings:
    """All that was found in one article."""

    id: str
    language: str
    places: tuple[Mention, ...] = ()
    dates: tuple[DateFinding, ...] = ()
    tolls: tuple[Toll, ...] = ()
    topics: tuple[TopicScore, ...] = field(default=())

    def to_dict(self) -> dict[str, Any]:
        """One line of ``findings.jsonl``."""
        return {
            "id": self.id,
            "language": self.language,
            "places": [m.to_dict() for m in self.places],
            "dates": [d.to_dict() for d in self.dates],
            "tolls": [t.to_dict() for t in self.tolls],
            "topics": [t.to_dict() for t in self.topics],
        }


def iso_day(value: str | None) -> str | None:
    """``value`` if it is an ISO 8601 day or instant whose day exists, else None (31 February is none)."""
    if not value:
        return None
    try:
        date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)
    except ValueError:
        return None
    return value


class _Schemas(Mapping[str, "pa.Schema"]):
    """A schema a table. pyarrow is loaded when one is asked for: half of a short command's start otherwise."""

    def __getitem__(self, table: str) -> pa.Schema:
        return _schemas()[table]

    def __iter__(self) -> Iterator[str]:
        return iter(_schemas())

    def __len__(self) -> int:
        return len(_schemas())


# The atlas, a schema a table. `events` is one row an article: its best event interval and its own figures.
SCHEMAS = _Schemas()


@lru_cache(maxsize=1)
def _schemas() -> dict[str, pa.Schema]:
    import pyarrow as pa

    span = [("start", pa.int32()), ("end", pa.int32()), ("surface", pa.string())]
    sentence = [("sentence_start", pa.int32()), ("sentence_end", pa.int32())]
    return {
        "articles": pa.schema(
            [
                ("id", pa.string()),
                ("kind", pa.string()),
                ("title", pa.string()),
                ("text", pa.string()),
                ("url", pa.string()),
                ("source", pa.string()),
                ("source_country", pa.string()),
                ("published", pa.string()),
                ("published_on", pa.date32()),
                ("language", pa.string()),
                ("locator", pa.string()),
                ("run", pa.string()),
            ]
        ),
        "mentions": pa.schema(
            [
                ("article", pa.string()),
                *span,
                ("form", pa.string()),
                ("name", pa.string()),
                ("kind", pa.string()),
                ("place", pa.string()),
                ("geonameid", pa.int64()),
                ("country", pa.string()),
                ("admin1", pa.string()),
                ("lat", pa.float64()),
                ("lon", pa.float64()),
                ("precision", pa.int8()),
                ("role", pa.string()),
                # True where the article counts as having happened here: see `annotate.happened`.
                ("here", pa.bool_()),
                ("qualifier", pa.string()),
                ("confidence", pa.float32()),
                *sentence,
                ("rule", pa.string()),
                ("alternatives", pa.string()),
            ]
        ),
        "dates": pa.schema(
            [
                ("article", pa.string()),
                *span,
                ("value", pa.string()),
                ("first", pa.date32()),
                ("last", pa.date32()),
                ("granularity", pa.string()),
                ("of", pa.string()),
                *sentence,
                ("rule", pa.string()),
            ]
        ),
        "tolls": pa.schema(
            [
                ("article", pa.string()),
                *span,
                ("kind", pa.string()),
                ("low", pa.int64()),
                ("high", pa.int64()),
                ("qualifier", pa.string()),
                ("vague", pa.bool_()),
                ("reference", pa.bool_()),
                ("confidence", pa.float32()),
                *sentence,
                ("rule", pa.string()),
            ]
        ),
        "topics": pa.schema(
            [
                ("article", pa.string()),
                ("rank", pa.int8()),
                ("code", pa.string()),
                ("label", pa.string()),
                ("score", pa.float32()),
                ("rule", pa.string()),
            ]
        ),
        "events": pa.schema(
            [
                ("article", pa.string()),
                ("first", pa.date32()),
                ("last", pa.date32()),
                ("granularity", pa.string()),
                ("topic", pa.string()),
                ("killed", pa.int64()),
                ("killed_said", pa.string()),
                ("injured", pa.int64()),
                ("injured_said", pa.string()),
            ]
        ),
        # `former` names the stories an article was in before a merge or a split, oldest first, apart by blanks.
        "stories": pa.schema([("article", pa.string()), ("story", pa.string()), ("former", pa.string())]),
        # What people said of the findings, append-only; `dateline.corrections` says what a row means. `subject` is the
        # figure's kind, the topic's code, the story or the reject that is meant; `prefix` and `suffix` are the words
        # around the span; `before`, `after` are JSON; `undoes` is the id of the correction that is taken back.
        "corrections": pa.schema(
            [
                ("id", pa.string()),
                ("at", pa.timestamp("us", tz="UTC")),
                ("who", pa.string()),
                ("kind", pa.string()),
                ("article", pa.string()),
                ("subject", pa.string()),
                *span,
                ("prefix", pa.string()),
                ("suffix", pa.string()),
                ("text_hash", pa.string()),
                ("before", pa.string()),
                ("after", pa.string()),
                ("note", pa.string()),
                ("undoes", pa.string()),
                ("imported_by", pa.string()),
            ]
        ),
        # An article that its outlet changed: the version `article` counts, and `former` is kept for its history.
        "versions": pa.schema(
            [
                ("article", pa.string()),
                ("former", pa.string()),
                ("at", pa.timestamp("us", tz="UTC")),
                ("run", pa.string()),
            ]
        ),
        "rejects": pa.schema(
            [
                ("run", pa.string()),
                ("locator", pa.string()),
                ("position", pa.string()),
                ("kind", pa.string()),
                ("reason", pa.string()),
                ("excerpt", pa.string()),
            ]
        ),
        "runs": pa.schema(
            [
                ("run", pa.string()),
                ("at", pa.timestamp("us", tz="UTC")),
                ("locator", pa.string()),
                ("read", pa.int64()),
                ("kept", pa.int64()),
                ("doubled", pa.int64()),
                ("rejected", pa.int64()),
            ]
        ),
    }
