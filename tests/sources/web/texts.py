"""Pages and feeds written for these tests."""

from __future__ import annotations

from html import escape

SENTENCES = (
    "The river rose over its banks near the old mill on Tuesday night and reached the market before dawn.",
    "Crews carried sandbags to the school, where forty families slept on the floor of the sports hall.",
    "The mayor said that the bridge stays closed until engineers have looked at its piers.",
    "Buses run only as far as the railway station, and the ferry has stopped for the day.",
)


def page(title: str = "River floods the market", *, head: str = "", lang: str = "en", text: str = "") -> str:
    """A page with one article of four paragraphs."""
    body = text or "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{escape(title)}</title>{head}</head>'
        f"<body><article><h1>{escape(title)}</h1>{body}</article></body></html>"
    )


def rss(*entries: tuple[str, str], title: str = "Valley Post", text: str = "", channel: str = "") -> str:
    """An RSS feed; an entry is a title and an address."""
    items = "".join(
        f"<item><title>{escape(name)}</title><link>{escape(link)}</link>"
        f"<description>{escape(text or f'A few words about {name}.')}</description>"
        "<pubDate>Tue, 25 Nov 2025 08:30:00 +0400</pubDate></item>"
        for name, link in entries
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>{escape(title)}</title><link>https://valleypost.example/</link>{channel}{items}</channel></rss>"
    )


def opml(*addresses: str) -> str:
    """A list of feeds."""
    lines = "".join(f'<outline text="feed" type="rss" xmlUrl="{escape(a)}"/>' for a in addresses)
    return f'<?xml version="1.0"?><opml version="2.0"><head/><body>{lines}</body></opml>'


def sitemap(*pages: tuple[str, str]) -> str:
    """A sitemap; a page is an address and the day it changed ("" for none)."""
    rows = "".join(
        f"<url><loc>{escape(loc)}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>"
        for loc, day in pages
    )
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'


def sitemap_index(*addresses: str) -> str:
    """An index of sitemaps."""
    rows = "".join(f"<sitemap><loc>{escape(a)}</loc></sitemap>" for a in addresses)
    return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</sitemapindex>'
