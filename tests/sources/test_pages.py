"""Saved pages: body, title, address, outlet, day."""

from __future__ import annotations

from dateline.article import Article
from dateline.sources import read_bytes

PAGE = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="{charset}">
<title>Ferry leaves late - Agenda.ge</title><link rel="canonical" href="https://agenda.ge/en/news/2025/17">
<meta property="og:site_name" content="Agenda.ge">
<meta property="article:published_time" content="2025-03-15T10:20:00+04:00">
</head><body><nav><a href="/">Home</a><a href="/news">News</a></nav><article><h1>Ferry leaves late</h1>
<p>The ferry to Constanta left the port of Poti four hours late on Saturday because a crane had failed.</p>
<p>The port’s master said that the crane would be replaced before the summer, and that nobody had been hurt.</p>
<p>Forty lorries waited on the quay, some of them since the evening before, while the drivers played backgammon.</p>
</article><footer>All rights reserved</footer></body></html>"""


def page(data: bytes) -> Article:
    (found,) = read_bytes("page.html", data)
    assert isinstance(found, Article)
    return found


def test_a_page() -> None:
    article = page(PAGE.format(charset="utf-8").encode())
    assert (article.kind, article.title, article.language) == ("article", "Ferry leaves late", "en")
    assert article.url == "https://agenda.ge/en/news/2025/17"
    assert (article.source, article.source_country) == ("Agenda.ge", "GE")
    assert article.published == "2025-03-15T10:20:00+04:00"
    assert "backgammon" in article.text
    assert "Home" not in article.text
    assert "rights" not in article.text


def test_a_declared_charset() -> None:
    russian = PAGE.replace("backgammon", "в нарды").replace("’", "'")
    assert "в нарды" in page(russian.format(charset="windows-1251").encode("cp1251")).text


def test_the_users_outlet_wins_and_the_pages_date_wins() -> None:
    (article,) = read_bytes("p", PAGE.format(charset="utf-8").encode(), source="The Quay", date="2020-01-01")
    assert isinstance(article, Article)
    assert (article.source, article.published) == ("The Quay", "2025-03-15T10:20:00+04:00")


def test_nothing_is_fetched(monkeypatch: object) -> None:
    import socket

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a page tried to reach the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)  # type: ignore[attr-defined]
    monkeypatch.setattr(socket, "getaddrinfo", refuse)  # type: ignore[attr-defined]
    assert page(PAGE.format(charset="utf-8").encode()).title
