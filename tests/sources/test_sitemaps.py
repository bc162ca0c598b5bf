"""Sitemaps, news sitemaps, indexes and plain lists of addresses."""

from __future__ import annotations

from dateline.sources import sitemaps
from dateline.sources.sitemaps import ListedPage, read_sitemap

NEWS = b"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> https://civil.ge/1?a=1&amp;b=2 </loc><lastmod>2025-12-15T10:00:00+04:00</lastmod>
 <image:image><image:title>Not this</image:title></image:image>
 <news:news><news:publication><news:name>Civil</news:name><news:language>en</news:language></news:publication>
 <news:publication_date>2025-12-14</news:publication_date><news:title>Ferry  late</news:title></news:news></url>
<url><loc>https://civil.ge/2</loc><lastmod>yesterday</lastmod></url>
<url><loc>/relative</loc></url><url/></urlset>"""


def test_a_news_sitemap() -> None:
    found = read_sitemap(NEWS)
    assert found.pages == [
        ListedPage(
            "https://civil.ge/1?a=1&b=2", "2025-12-15T10:00:00+04:00", "Ferry late", "2025-12-14", "Civil"
        ),
        ListedPage("https://civil.ge/2"),
    ]
    assert [(p.position, p.reason) for p in found.problems] == [
        ("url 3", "the entry's address is no http or https address"),
        ("url 4", "the entry has no address"),
    ]


def test_an_index() -> None:
    data = b"<sitemapindex><sitemap><loc>https://a.org/1.xml.gz</loc></sitemap></sitemapindex>"
    assert read_sitemap(data).sitemaps == ["https://a.org/1.xml.gz"]


def test_a_plain_list() -> None:
    found = read_sitemap(b"https://a.org/1\n\nnonsense\nhttps://a.org/2\n")
    assert [page.address for page in found.pages] == ["https://a.org/1", "https://a.org/2"]
    assert [p.position for p in found.problems] == ["line 3"]


def test_the_limit_is_said(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(sitemaps, "LIST_LIMIT", 2)
    found = read_sitemap(b"https://a.org/1\nhttps://a.org/2\nhttps://a.org/3\n")
    assert len(found.pages) == 2
    assert "only the first 2" in found.problems[0].reason


def test_what_is_no_sitemap_says_so() -> None:
    for data, reason in (
        (b"<rss/>", "not with <rss>"),
        (b"<urlset/>", "lists no addresses"),
        (b"%PDF-1.7 ", "this is a PDF document"),
        (b'<!DOCTYPE u [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><urlset>&c;</urlset>', "XML entities"),
    ):
        assert reason in read_sitemap(data).problems[0].reason
