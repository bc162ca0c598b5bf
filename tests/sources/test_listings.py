"""Saved pages that list several items, and pages of one article with pointers under it."""

from __future__ import annotations

import pytest

from dateline.article import Article
from dateline.sources import read_bytes

CARDS = (
    (
        "Tunnel under the pass opened",
        "A tunnel was opened to lorries on Thursday, the agency said.",
        "2025-12-11",
    ),
    ("Salt dear in Khorog", "The price of salt doubled over the winter, traders said.", "2025-12-12"),
    ("Ferry leaves Poti late", "The ferry left nine hours late because of ice in the harbour.", "2025-12-13"),
    ("Only a title stands here", "", "2025-12-14"),
)
HEAD = (
    "<html lang='en'><head><title>News - Example Gazette</title><base href='https://example.org/'></head><body>"
    "<nav><h2>Sections of the paper</h2><a href='/a'>A</a></nav>"
)


def as_articles(title: str, text: str, day: str, at: int) -> str:
    said = f"<p>{text}</p>" if text else ""
    return (
        f"<article><h2><a href='/news/{at}'>{title}</a></h2><time datetime='{day}T10:00:00+04:00'>x</time>"
        f"{said}</article>"
    )


def as_divs(title: str, text: str, day: str, at: int) -> str:
    said = f"<div>{text}</div>" if text else ""
    return (
        f"<div class='card c{at}'><a href='news/{at}'><img><h3>{title}</h3></a><span class='card-date'>{day}</span>"
        f"{said}</div>"
    )


def as_list(title: str, text: str, day: str, at: int) -> str:
    said = f"<p>{text}</p>" if text else ""
    return f"<li><a href='https://example.org/news/{at}'><h4>{title}</h4>{said}<time>{day}</time></a></li>"


def read(html: str) -> list[Article]:
    return [item for item in read_bytes("page.html", html.encode()) if isinstance(item, Article)]


@pytest.mark.parametrize("shape", [as_articles, as_divs, as_list])
def test_a_list_becomes_its_items(shape) -> None:  # type: ignore[no-untyped-def]
    cards = "".join(shape(*card, at) for at, card in enumerate(CARDS))
    found = read(f"{HEAD}<main><h1>Latest from the region</h1><div>{cards}</div></main></body></html>")
    assert [(a.title, a.text, a.kind) for a in found] == [
        (title, text or title, "brief" if text else "headline") for title, text, _ in CARDS
    ]
    assert [a.url for a in found] == [f"https://example.org/news/{at}" for at in range(4)]
    assert [(a.published or "")[:10] for a in found] == [day for _, _, day in CARDS]


def test_whole_articles_on_one_page() -> None:
    blocks = "".join(
        f"<article><h2>{title}</h2>"
        + "".join(f"<p>{text} It is told in part {part} of the report.</p>" for part in range(3))
        + "</article>"
        for title, text, _ in CARDS[:3]
    )
    found = read(f"{HEAD}{blocks}</body></html>")
    assert [(a.title, a.kind) for a in found] == [(title, "article") for title, _, _ in CARDS[:3]]


BODY = "".join(
    f"<p>The road agency said in its report number {n} that the tunnel would carry two thousand lorries a day, "
    "and that the old road over the pass would be closed in winter from the first snow on.</p>"
    for n in range(5)
)


@pytest.mark.parametrize("shape", [as_articles, as_divs, as_list])
@pytest.mark.parametrize(
    "wrapped",
    ["<article><h1>Tunnel opened at last</h1>{}</article>", "<h1>Tunnel opened at last</h1><div>{}</div>"],
)
def test_an_article_with_pointers_under_it_is_one(shape, wrapped: str) -> None:  # type: ignore[no-untyped-def]
    cards = "".join(shape(*card, at) for at, card in enumerate(CARDS))
    head = HEAD.replace("News -", "Tunnel opened at last -")
    found = read(f"{head}<main>{wrapped.format(BODY)}</main><div>{cards}</div></body></html>")
    assert [a.title for a in found] == ["Tunnel opened at last"]
    assert "two thousand lorries" in found[0].text
    assert "Ferry" not in found[0].title


def test_two_cards_are_no_list() -> None:
    cards = "".join(as_articles(*card, at) for at, card in enumerate(CARDS[:2]))
    assert len(read(f"{HEAD}<div>{cards}</div>{BODY}</body></html>")) == 1


def test_addresses_of_other_kinds_are_left() -> None:
    cards = "".join(as_articles(*card, at) for at, card in enumerate(CARDS))
    html = f"{HEAD}{cards}</body></html>".replace("href='/news/1'", "href='javascript:alert(1)'")
    assert read(html)[1].url is None


@pytest.mark.parametrize("base", ["http://[", "//", "javascript:x", "https://example.org:99999/"])
def test_a_base_that_is_none_does_no_harm(base: str) -> None:
    cards = "".join(as_articles(*card, at) for at, card in enumerate(CARDS))
    assert len(read(f"{HEAD}{cards}</body></html>".replace("https://example.org/", base))) == len(CARDS)
