"""Web archives: pages and feeds of answers, gzipped a record or not, cut short and damaged."""

from __future__ import annotations

import gzip
import io
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.article import Article, Reject
from dateline.sources import read_bytes

PAGE = """<html><head><title>Tunnel open</title>
<meta property="article:published_time" content="2025-12-15T10:00:00+04:00">
</head><body><article><h1>Tunnel open</h1><p>A tunnel under the Hamza pass was opened to lorries on Thursday, the road
agency said, after three years of work in which two companies had failed.</p><p>Cars will follow in the spring, when
the lights are in place and the second tube has been cleared of rock and water.</p></article></body></html>"""


def record(kind: str, url: str, block: bytes, media: str = "application/http; msgtype=response") -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2025-12-16T00:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{abs(hash(url))}>\r\nContent-Type: {media}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def answer(
    body: bytes, media: str = "text/html; charset=utf-8", status: str = "200 OK", more: str = ""
) -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n{more}Content-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


FEED = b"""<rss version="2.0"><channel><title>T</title><item><title>Salt dear</title><link>https://b.org/1</link>
</item></channel></rss>"""
PACKED = gzip.compress(PAGE.replace("Tunnel", "Bridge").encode())
EMPTY = "<html><body><p>Пусто</p></body></html>".encode("cp1251")
RECORDS = [
    record("warcinfo", "https://a.org/", b"software: test\r\n", "application/warc-fields"),
    record("request", "https://a.org/1", b"GET /1 HTTP/1.1\r\n\r\n", "application/http; msgtype=request"),
    record("response", "https://a.org/1", answer(PAGE.encode())),
    record("response", "https://a.org/2", answer(PACKED, more="Content-Encoding: gzip\r\n")),
    record("response", "https://a.org/gone", answer(b"gone", status="404 Not Found")),
    record("response", "https://a.org/p.png", answer(b"\x89PNG", "image/png")),
    record("response", "https://b.org/feed", answer(FEED, "application/rss+xml")),
    record("response", "https://c.org/1", answer(EMPTY, "text/html; charset=windows-1251")),
    record("revisit", "https://a.org/1", answer(b"")),
]  # fmt: skip


def both(data: bytes, name: str = "a.warc") -> tuple[list[Article], list[Reject]]:
    items = list(read_bytes(name, data))
    return [i for i in items if isinstance(i, Article)], [i for i in items if isinstance(i, Reject)]


def test_answers_become_articles() -> None:
    for data in (b"".join(RECORDS), b"".join(map(gzip.compress, RECORDS))):
        articles, rejects = both(data)
        assert [(a.title, a.url, a.published) for a in articles] == [
            ("Tunnel open", "https://a.org/1", "2025-12-15T10:00:00+04:00"),
            ("Bridge open", "https://a.org/2", "2025-12-15T10:00:00+04:00"),
            ("Salt dear", "https://b.org/1", None),
        ]
        assert [(r.position, r.reason) for r in rejects] == [
            ("record 8", "the page holds no article text"),
            ("", "1 record left out: the server answered 404"),
            ("", "1 record left out: image/png is neither a page, a feed nor a text"),
            ("", "1 record left out: the same answer as an earlier one, which the record only names"),
        ]


def test_an_archive_cut_short_keeps_what_it_holds() -> None:
    data = b"".join(RECORDS[:4])
    articles, _ = both(data[:-300])
    assert articles[0].title == "Tunnel open"
    packed = b"".join(map(gzip.compress, RECORDS[:4]))
    articles, _ = both(packed[:-40])
    assert articles[0].title == "Tunnel open"


def test_an_archive_of_nothing() -> None:
    assert [r.reason for r in both(b"".join(RECORDS[:2]))[1]] == [
        "the web archive holds no answers of servers"
    ]


def test_archives_inside_archives() -> None:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as packed:
        packed.writestr("one.warc", b"".join(RECORDS[:3]))
    articles, _ = both(sink.getvalue(), "a.zip")
    assert [(a.title, a.locator) for a in articles] == [("Tunnel open", "a.zip!/one.warc")]
    _, rejects = both(record("response", "https://a.org/x", answer(sink.getvalue(), "text/plain")))
    assert [r.reason for r in rejects] == ["a zip archive inside a web archive is not read"]


WHOLE = b"".join(RECORDS)


@settings(deadline=None)
@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=8))
def test_damage_is_never_an_error(at: int, bytes_: bytes) -> None:
    list(read_bytes("a.warc", WHOLE[:at] + bytes_ + WHOLE[at + len(bytes_) :]))
    list(read_bytes("a.warc", WHOLE[:at]))
