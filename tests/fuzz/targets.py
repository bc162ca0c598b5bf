"""The ways in for bytes and texts from outside, each as one call that must neither raise nor break a promise.

``TARGETS`` is what the tests here run for moments and a fuzzer runs for minutes; ``SEEDS`` are good inputs to start
from. A target raises AssertionError where what it got back is not what the code promises.
"""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date
from urllib.parse import parse_qs

from dateline.article import KINDS, Article, Reject, iso_day
from dateline.sources import (
    columns,
    encodings,
    furniture,
    lines,
    markup,
    opml,
    read_bytes,
    sitemaps,
    tables,
    timestamps,
)
from dateline.sources.hints import Hints
from dateline.sources.limits import EXCERPT_LIMIT
from tests.sources.workbook import sheet_of, workbook

Target = Callable[[bytes], None]
# No input of a fuzzer needs more; what an archive says beyond it is refused.
_LIMIT = 1024 * 1024


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def check(items: Iterable[Article | Reject]) -> None:
    """What every reader promises of its items."""
    for item in items:
        json.dumps(item.to_dict()).encode()
        if isinstance(item, Reject):
            assert item.reason
            assert "\n" not in item.reason
            assert len(item.excerpt) <= EXCERPT_LIMIT
        else:
            assert item.text.strip()
            assert item.id
            assert item.kind in KINDS
            assert item.published is None or iso_day(item.published)


def reader(form: str | None) -> Target:
    """The reader of a form; None lets the bytes say it."""

    def target(data: bytes) -> None:
        check(read_bytes("fuzz", data, form=form, limit=_LIMIT))

    return target


def _parquet(data: bytes) -> None:
    check(tables.read_parquet(data, Hints("fuzz")))


def _workbook(data: bytes) -> None:
    check(tables.read_workbook(data, Hints("fuzz"), _LIMIT))


def _sheet(data: bytes) -> None:
    check(read_bytes("fuzz", workbook({"S": data.decode("utf-8", "replace")}), limit=_LIMIT))


def _opml(data: bytes) -> None:
    entries, problems = opml.read_opml(data)
    assert entries or problems
    assert all(opml.web_address(entry.address) for entry in entries)


def _sitemap(data: bytes) -> None:
    found = sitemaps.read_sitemap(data)
    assert found.pages or found.sitemaps or found.problems
    assert all(opml.web_address(page.address) for page in found.pages)


def _mapping(data: bytes) -> None:
    for name in ("a.csv", "a.jsonl", "a"):
        found = tables.mapping_of(data, name)
        assert found is None or set(found.roles.values()) <= set(found.columns)


def _columns(data: bytes) -> None:
    with suppress(ValueError):
        assert columns.parse(_text(data)).keys() <= set(columns.ROLES)


def _timestamp(data: bytes) -> None:
    for found in (timestamps.to_iso(_text(data)), timestamps.find(_text(data))):
        assert found is None or iso_day(found)


def _encoding(data: bytes) -> None:
    with suppress(encodings.NotText):
        assert "\x00" not in encodings.decode(data).text


def _fragment(data: bytes) -> None:
    assert "\x1e" not in markup.to_text(data.decode("utf-8", "replace").replace("\x1e", ""))


def _furniture(data: bytes) -> None:
    furniture.without(data.decode("utf-8", "replace"), furniture.Markup())


def _lines(data: bytes) -> None:
    assert all(line.text for line in lines.read_lines(_text(data)))


def _filters(data: bytes) -> None:
    """A link's query: what is read of it survives being written and read again."""
    from dateline.filters import Filters

    filters, _ = Filters.from_query(parse_qs(_text(data)))
    again, dropped = Filters.from_query(filters.to_query())
    assert (again, dropped) == (filters, [])


def _links(data: bytes) -> None:
    """A link's view: the map, its camera, the snapshot it pins."""
    from dateline.filters import View

    view, _ = View.from_query(parse_qs(_text(data)))
    again, dropped = View.from_query(view.to_query())
    assert (again, dropped) == (view, [])


def _spans(data: bytes) -> tuple[str, list[tuple[int, int]]]:
    from dateline.findings import sentences

    text = _text(data)
    spans = sentences.split(text)
    assert all(0 <= start <= end <= len(text) for start, end in spans)
    return text, spans


def _dates(data: bytes) -> None:
    from dateline.findings import dates

    text, spans = _spans(data)
    for language in ("en", "ru", "az", "tr"):
        for found in dates.find(text, spans, date(2025, 12, 15), language):
            assert text[found.start : found.end] == found.surface


def _tolls(data: bytes) -> None:
    from dateline.findings import tolls

    text, spans = _spans(data)
    for found in tolls.find(text, spans):
        assert text[found.start : found.end] == found.surface
        assert found.high is None or found.low <= found.high


def _places(data: bytes) -> None:
    from dateline.findings import places
    from dateline.gazetteer import load

    text, spans = _spans(data)
    for language in ("en", "ru", "az", "tr"):
        for found in places.find(text, spans, gazetteer=load(), language=language):
            assert text[found.start : found.end] == found.surface


def _language(data: bytes) -> None:
    from dateline.findings import language

    assert language.detect(_text(data))


def _topics(data: bytes) -> None:
    from dateline.findings import topics

    assert all(0 <= found.score <= 1 for found in topics.find("", _text(data)))


TARGETS: dict[str, Target] = {
    "anything": reader(None),
    **{form: reader(form) for form in ("text", "page", "feed", "jsonfeed", "json", "jsonl", "csv")},
    "opml": _opml,
    "sitemap": _sitemap,
    "zip": reader(None),
    "gzip": reader(None),
    "warc": reader(None),
    "workbook": _workbook,
    "sheet": _sheet,
    "parquet": _parquet,
    "mapping": _mapping,
    "columns": _columns,
    "timestamp": _timestamp,
    "encoding": _encoding,
    "fragment": _fragment,
    "furniture": _furniture,
    "lines": _lines,
    "filters": _filters,
    "links": _links,
    "dates": _dates,
    "tolls": _tolls,
    "places": _places,
    "language": _language,
    "topics": _topics,
}

_NEWS = (
    "BATUMI, Georgia, 14 December. At least 12 people were killed and 30 injured on Sunday when a ferry sank.\n"
    "The minister said on Monday (15 December) that 5,000 people had left their homes in northern Adjara since 2020.\n"
    "В Душанбе 15 декабря 2025 года погибли трое. Bakıda 3 nəfər öldü. İstanbul'da 15 Aralık'ta 7 kişi yaralandı."
)
_TABLE = "title,text,date,url\nFerry sinks,A ferry sank off Poti.,2025-12-14,https://example.org/1\n"
_RSS = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY nbsp "&#160;">]><rss version="2.0"><channel>
<title>T</title><item>
<title>Ferry &amp; port</title><link>https://example.org/1</link><pubDate>Mon, 15 Dec 2025 01:20:00 +0400</pubDate>
<description><![CDATA[<p>A ferry <b>sank</b>.</p>]]></description></item></channel></rss>"""
_PAGE = f"""<html lang="en"><head><title>Ferry sinks</title><meta property="og:type" content="article">
<script type="application/ld+json">{{"@type":"NewsArticle","datePublished":"2025-12-14T10:00:00Z"}}</script></head>
<body><nav><a href="/">Home</a></nav><article><h1>Ferry sinks</h1><p>{_NEWS}</p><figcaption>A ferry</figcaption>
<p>{_NEWS}</p></article></body></html>"""
_CARD = "<article><h2><a href='/1'>A ferry sank off Poti {n}</a></h2><time>2025-12-14</time><p>It sank.</p></article>"
_LIST = f"<html><body>{''.join(_CARD.format(n=n) for n in range(4))}</body></html>"
_OPML = '<opml><body><outline text="A"><outline title="B" xmlUrl="https://example.org/rss"/></outline></body></opml>'
_SITEMAP = """<urlset xmlns:n="news"><url><loc>https://example.org/1</loc><lastmod>2025-12-14</lastmod><n:news>
<n:publication><n:name>B</n:name></n:publication><n:title>T</n:title></n:news></url></urlset>"""
_JSON = {"title": "Ferry sinks", "text": "A ferry sank.", "date": "2025-12-14", "source": {"name": "B"}}
_JSONFEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "items": [{"title": "T", "content_html": "<p>A</p>", "date_published": "2025-12-14T10:00:00Z"}],
}
_QUERY = (
    "region=GE&region=south-caucasus&date=2025-12-01&date=2025-12-31&axis=event&topic=medtop:16000000&q=ferry&lang=en"
    "&precision=2&v=41.6,41.6,7&map=heat&metric=killed&data=3"
)
_WARC = (
    "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/1\r\nWARC-Date: 2025-12-16T00:00:00Z\r\n"
    "WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http; msgtype=response\r\n"
    "Content-Length: {}\r\n\r\n{}\r\n\r\n"
)
_HTTP = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{_LIST}"


def _zip() -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("news.csv", _TABLE)
        archive.writestr("page.html", _PAGE)
    return sink.getvalue()


def _parquet_file() -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = io.BytesIO()
    pq.write_table(
        pa.table({"title": ["Ferry sinks"], "text": ["A ferry sank."], "date": ["2025-12-14"]}), sink
    )
    return sink.getvalue()


_SHEET = sheet_of([["Title", "Text", "Date"], ["Ferry sinks", "A ferry sank.", (46005,)]])
_WARC_FILE = _WARC.format(len(_HTTP.encode()), _HTTP).encode()
SEEDS: dict[str, tuple[bytes, ...]] = {
    "anything": (_NEWS.encode(), _PAGE.encode(), _RSS.encode(), _TABLE.encode(), _zip()),
    "text": (_NEWS.encode(), f"Home\nNews\nSport\n\n{_NEWS}\n\nRead more\n© 2025".encode()),
    "page": (_PAGE.encode(), _LIST.encode()),
    "feed": (_RSS.encode(), _RSS.replace("utf-8", "utf-16").encode("utf-16")),
    "jsonfeed": (json.dumps(_JSONFEED).encode(),),
    "json": (json.dumps([_JSON]).encode(), json.dumps({"articles": [_JSON]}).encode()),
    "jsonl": (f"{json.dumps(_JSON)}\n{json.dumps(_JSON)}\n".encode(),),
    "csv": (_TABLE.encode(), _TABLE.replace(",", "\t").encode("utf-16")),
    "opml": (_OPML.encode(),),
    "sitemap": (_SITEMAP.encode(), b"https://example.org/1\nhttps://example.org/2\n"),
    "zip": (_zip(),),
    "gzip": (gzip.compress(_TABLE.encode()) + gzip.compress(b"a,b,,\n"),),
    "warc": (_WARC_FILE, gzip.compress(_WARC_FILE)),
    "workbook": (workbook({"S": _SHEET}),),
    "sheet": (_SHEET.encode(),),
    "parquet": (_parquet_file(),),
    "mapping": (_TABLE.encode(), json.dumps(_JSON).encode(), workbook({"S": _SHEET})),
    "columns": (b"title=Headline,text=Body text, published=Date",),
    "timestamp": (
        b"Mon, 15 Dec 2025 01:20:00 +0400",
        b"2025-12-15T01:20:00Z",
        "15 декабря 2025, 10:00".encode(),
    ),
    "encoding": (_NEWS.encode(), _NEWS.encode("utf-16"), "Мост через реку".encode("cp1251")),
    "fragment": (b"<p>A <b>ferry</b>&nbsp;sank.</p><script>x</script>",),
    "furniture": (_NEWS.encode(), b"Photo: A\nText here.\nRead also\nA title\nMore text."),
    "lines": (_NEWS.encode(), b"Home\tNews\tSport\n15 December 2025\n\nA ferry sank."),
    "filters": (_QUERY.encode(),),
    "links": (_QUERY.encode(),),
    **{name: (_NEWS.encode(),) for name in ("dates", "tolls", "places", "language", "topics")},
}
