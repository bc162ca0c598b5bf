"""The feeds report: what counts as equal, and what it says of rows that hurt."""

from __future__ import annotations

import base64

import pytest

from dateline.evaluation import feeds

FEED = """<rss version="2.0"><channel><title>T</title>
<item><title>One &amp;amp; two</title><link>https://a.org/1</link>
<pubDate>Mon, 15 Dec 2025 10:00:00 +0400</pubDate></item>
<item><title>Three</title><link>https://a.org/3</link></item><item><title>Three</title><link>https://a.org/3</link></item>
<item><link>https://a.org/4</link></item></channel></rss>"""
ENTRIES = [
    {"title": "One &amp; two", "link": "https://a.org/1", "published_iso": "2025-12-15T06:00:00Z"},
    {"title": "Three", "link": "https://a.org/3", "published_iso": None},
    {"title": "Three", "link": "https://a.org/3", "published_iso": None},
    {"title": None, "link": "https://a.org/4", "published_iso": None},
]


def row(text: str, entries: list[dict[str, str | None]] | None) -> dict[str, object]:
    content = base64.b64encode(text.encode()).decode()
    return {"id": "x.xml", "content_b64": content, "feedparser_ref": entries and {"entries": entries}}


def test_equal_entries_doubles_and_those_without_words() -> None:
    found = feeds.evaluate([row(FEED, ENTRIES), row("<rss/>", None)])
    assert [found[k] for k in ("titles", "links", "times", "all_equal", "entries", "wordless")] == [
        1,
        1,
        1,
        1,
        3,
        1,
    ]
    assert [found[k] for k in ("rows", "parsed", "rejected", "silent", "crashed", "hung")] == [
        2,
        1,
        1,
        0,
        0,
        0,
    ]
    assert found["reject: the feed has no entries"] == 1


def test_differences_are_counted() -> None:
    wrong = [{**ENTRIES[0], "link": "https://b.org/", "published_iso": "2025-12-15T07:00:00Z"}, *ENTRIES[1:]]
    found = feeds.evaluate([row(FEED, wrong)])
    assert found["titles"] == 1
    assert found["links"] == found["times"] == found["all_equal"] == pytest.approx(2 / 3)


def test_a_manual_that_quotes_a_feed_is_not_compared() -> None:
    found = feeds.evaluate([row(f"How to write a feed\n\n{FEED}", ENTRIES)])
    assert found.get("entries", 0) == 0
