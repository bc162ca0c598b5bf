"""RSS, Atom, RDF and JSON feeds, whole and broken."""

from __future__ import annotations

import json

from dateline.article import Article, Reject
from dateline.sources import read_bytes

RSS = """<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Civil.ge - News</title><link>https://civil.ge/</link><language>en-GB</language>
<item><title>Ferry &amp;amp; port</title><link>https://civil.ge/1</link>
<pubDate>Mon, 15 Dec 2025 01:20:00 +0400</pubDate>
<description>&lt;p&gt;The ferry left &lt;b&gt;Poti&lt;/b&gt; late.&lt;/p&gt;</description></item>
<item><title>Мост</title><link>https://civil.ge/2</link><description>Short.</description>
<content:encoded>&lt;p&gt;First paragraph.&lt;/p&gt;&lt;p&gt;Second paragraph.&lt;/p&gt;</content:encoded></item>
<item><title>Only a title</title></item>
<item><link>https://civil.ge/4</link></item>
</channel></rss>"""


def parts(data: bytes) -> tuple[list[Article], list[Reject]]:
    found = list(read_bytes("feed", data))
    return [i for i in found if isinstance(i, Article)], [i for i in found if isinstance(i, Reject)]


def test_rss() -> None:
    articles, rejects = parts(RSS.format(encoding="utf-8").encode())
    assert [(a.kind, a.title, a.text) for a in articles] == [
        ("brief", "Ferry & port", "The ferry left Poti late."),
        ("article", "Мост", "First paragraph.\nSecond paragraph."),
        ("headline", "Only a title", "Only a title"),
    ]
    assert articles[0].published == "2025-12-15T01:20:00+04:00"
    assert {(a.source, a.source_country, a.language) for a in articles} == {("Civil Georgia", "GE", "en")}
    assert [(r.position, r.reason) for r in rejects] == [
        ("entry 4", "the entry has neither a title nor a text")
    ]


def test_a_declared_legacy_encoding() -> None:
    articles, _ = parts(RSS.format(encoding="windows-1251").encode("cp1251"))
    assert articles[1].title == "Мост"


def test_undated_entries_take_the_users_date() -> None:
    found = list(read_bytes("feed", RSS.format(encoding="utf-8").encode(), date="2025-12-20"))
    assert [a.published for a in found if isinstance(a, Article)] == [
        "2025-12-15T01:20:00+04:00",
        "2025-12-20",
        "2025-12-20",
    ]


def test_atom() -> None:
    atom = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Desk</title><entry><title>T</title>
    <link href="https://example.org/1"/><updated>2025-12-15T10:00:00Z</updated><summary>Words.</summary></entry></feed>"""
    articles, rejects = parts(atom.encode())
    assert not rejects
    assert [(a.title, a.url, a.published, a.source) for a in articles] == [
        ("T", "https://example.org/1", "2025-12-15T10:00:00+00:00", "Desk")
    ]


def test_a_feed_cut_short_keeps_its_good_entries() -> None:
    whole = RSS.format(encoding="utf-8").encode()
    articles, rejects = parts(whole[: whole.index(b"Only a title")])
    assert [a.title for a in articles][:2] == ["Ferry & port", "Мост"]
    assert any("damaged" in r.reason for r in rejects)


def test_white_space_before_the_declaration() -> None:
    _, rejects = parts(b"\n\n" + RSS.format(encoding="utf-8").encode())
    assert [r.position for r in rejects] == ["entry 4"]


def test_json_feed() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Gazeta.uz",
        "items": [
            {"id": "1", "url": "https://www.gazeta.uz/1", "title": "T", "content_html": "<p>A.</p><p>B.</p>",
             "date_published": "2025-12-15T10:00:00+05:00"},
            {"id": "2", "content_text": "No title here."},
            {"id": "3"},
            7,
        ],
    }  # fmt: skip
    articles, rejects = parts(json.dumps(feed).encode())
    assert [(a.kind, a.text, a.source_country) for a in articles] == [
        ("article", "A.\nB.", "UZ"),
        ("brief", "No title here.", "UZ"),
    ]
    assert [r.position for r in rejects] == ["entry 3", "entry 4"]
