"""Locators of every kind, read from a server on the loopback address."""

from __future__ import annotations

import gzip
import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.article import Article, Reject
from dateline.sources import FORM_READERS
from dateline.sources.hints import Hints
from dateline.sources.web import WebSettings, harvest

from . import texts
from .conftest import Read
from .server import Request, Site, answer, moved, zipped


def articles(items: list[Article | Reject]) -> list[Article]:
    return [item for item in items if isinstance(item, Article)]


def rejects(items: list[Article | Reject]) -> list[Reject]:
    return [item for item in items if isinstance(item, Reject)]


def test_a_page_is_an_article(site: Site, read: Read) -> None:
    site["/flood"] = answer(texts.page(), content_type="text/html")
    (article,) = articles(read(site.url("/flood")))
    assert article.title == "River floods the market"
    assert all(sentence in article.text for sentence in texts.SENTENCES)
    assert article.url == site.url("/flood")
    assert article.locator == site.url("/flood")


def test_a_redirected_page_has_the_address_it_ended_at(site: Site, read: Read) -> None:
    site["/old"] = moved("/new", 301)
    site["/new"] = answer(texts.page())
    (article,) = articles(read(site.url("/old")))
    assert article.url == site.url("/new")
    assert article.locator == site.url("/old")


def test_a_feed_gives_its_entries(site: Site, read: Read) -> None:
    site["/feed"] = answer(texts.rss(("One", "https://valleypost.example/1"), ("Two", "/two")))
    one, two = articles(read(site.url("/feed")))
    assert (one.title, one.published, one.source) == ("One", "2025-11-25T08:30:00+04:00", "Valley Post")
    assert one.url == "https://valleypost.example/1"
    assert two.url == site.url("/two")


def test_a_feed_of_json(site: Site, read: Read) -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Valley Post",
        "items": [{"id": "1", "url": "/1", "title": "One", "content_text": texts.SENTENCES[0]}],
    }
    site["/feed.json"] = answer(json.dumps(feed), content_type="application/feed+json")
    (article,) = articles(read(site.url("/feed.json")))
    assert article.text == texts.SENTENCES[0]
    assert article.url == site.url("/1")


def test_full_fetches_the_pages_and_keeps_what_the_feed_says(site: Site, read: Read) -> None:
    site["/feed"] = answer(texts.rss(("The feed's title", site.url("/1"))))
    site["/1"] = answer(texts.page("Another title"))
    (article,) = articles(read(site.url("/feed"), full=True))
    assert article.title == "The feed's title"
    assert article.published == "2025-11-25T08:30:00+04:00"
    assert texts.SENTENCES[3] in article.text
    assert (article.source, article.kind, article.locator) == ("Valley Post", "article", site.url("/feed"))


def test_full_keeps_the_feeds_text_where_it_is_longer(site: Site, read: Read) -> None:
    long = " ".join(texts.SENTENCES * 3)
    site["/feed"] = answer(texts.rss(("One", site.url("/1")), text=long))
    site["/1"] = answer(texts.page())
    (article,) = articles(read(site.url("/feed"), full=True))
    assert article.text == long


def test_full_keeps_an_entry_whose_page_fails_and_says_so(site: Site, read: Read) -> None:
    site["/feed"] = answer(texts.rss(("One", site.url("/1")), ("Two", site.url("/2"))))
    site["/2"] = answer(texts.page())
    items = read(site.url("/feed"), full=True)
    assert [a.title for a in articles(items)] == ["One", "Two"]
    (reject,) = rejects(items)
    assert "404" in reject.reason
    assert (reject.locator, reject.position) == (site.url("/feed"), site.url("/1"))


def test_full_takes_of_several_articles_on_a_page_the_one_with_the_entrys_title(
    site: Site, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    long, own = " ".join(texts.SENTENCES * 3), " ".join(texts.SENTENCES)

    def several(text: str, data: bytes, hints: Hints) -> Iterator[Article]:
        yield hints.article(long, title="Something else")
        yield hints.article(own, title="River floods the market | Valley Post")

    monkeypatch.setitem(FORM_READERS, "page", several)
    site["/feed"] = answer(
        texts.rss(("River floods the market", site.url("/1")), ("Unknown", site.url("/2")))
    )
    site["/1"] = site["/2"] = answer(texts.page())
    assert [a.text for a in articles(read(site.url("/feed"), full=True))] == [
        own,
        "A few words about Unknown.",
    ]


def test_full_does_not_take_a_wall_for_the_article(site: Site, read: Read) -> None:
    site["/feed"] = answer(texts.rss(("Parliament elects a new speaker", site.url("/1"))))
    site["/1"] = answer(texts.page("We value your privacy"))
    items = read(site.url("/feed"), full=True)
    assert [a.text for a in articles(items)] == ["A few words about Parliament elects a new speaker."]
    (reject,) = rejects(items)
    assert "does not tell of" in reject.reason
    assert reject.position == site.url("/1")


def test_full_knows_inflected_words(site: Site, read: Read) -> None:
    words = "".join(
        f"<p>Паводки разрушили мосты в {n} сёлах Хатлонской области, сообщили спасатели утром.</p>"
        for n in range(5)
    )
    site["/feed"] = answer(texts.rss(("Паводок разрушил мост в Хатлонской области", site.url("/1"))))
    site["/1"] = answer(texts.page("Другой заголовок", lang="ru", text=words))
    (article,) = articles(read(site.url("/feed"), full=True))
    assert "спасатели" in article.text


def test_full_asks_the_robots_of_each_page(site: Site, read: Read) -> None:
    site["/robots.txt"] = answer("User-agent: *\nDisallow: /closed\n")
    site["/feed"] = answer(texts.rss(("One", site.url("/closed/1"))))
    (article, reject) = read(site.url("/feed"), full=True)
    assert isinstance(article, Article)
    assert isinstance(reject, Reject)
    assert "robots.txt" in reject.reason
    assert site.targets() == ["/feed"]


def test_a_home_page_leads_to_the_feeds_it_links(site: Site, read: Read) -> None:
    links = (
        '<link rel="alternate" type="application/rss+xml" href="/main.xml">'
        '<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">'
        '<link rel="alternate" type="application/atom+xml" href="/main.atom">'
    )
    site["/"] = answer(texts.page("Front page", head=links))
    site["/main.xml"] = answer(texts.rss(("One", "https://valleypost.example/1")))
    (article,) = read(site.url("/"))
    assert isinstance(article, Article)
    assert article.title == "One"
    assert site.targets() == ["/", "/main.xml"]


def test_a_home_page_without_links_is_asked_for_its_feed_where_feeds_lie(site: Site, read: Read) -> None:
    site["/"] = answer(texts.page("Front page"))
    site["/rss.xml"] = answer(texts.rss(("One", "https://valleypost.example/1")))
    (article,) = read(site.url())
    assert isinstance(article, Article)
    assert article.title == "One"
    assert site.targets() == ["/", "/feed", "/rss.xml"]


def test_a_home_page_without_any_feed_is_read_as_a_page(site: Site, read: Read) -> None:
    site["/"] = answer(texts.page("Front page"))
    (article,) = articles(read(site.url()))
    assert article.title == "Front page"


def test_an_opml_file_on_disk_and_on_the_web(site: Site, read: Read, tmp_path: Path) -> None:
    site["/a"] = answer(texts.rss(("A", "https://valleypost.example/a")))
    site["/b"] = answer(texts.rss(("B", "https://valleypost.example/b")))
    listed = texts.opml(site.url("/a"), site.url("/b"), "ftp://valleypost.example/c")
    site["/feeds.opml"] = answer(listed)
    file = tmp_path / "feeds.opml"
    file.write_text(listed, "utf-8")
    for locator in (str(file), site.url("/feeds.opml")):
        items = read(locator)
        assert [(a.title, a.locator) for a in articles(items)] == [
            ("A", site.url("/a")),
            ("B", site.url("/b")),
        ]
        assert [reject.locator for reject in rejects(items)] == [locator]


def test_a_page_where_a_list_names_a_feed_is_not_read_as_news(site: Site, read: Read) -> None:
    link = '<link rel="alternate" type="application/atom+xml" href="/moved.xml">'
    site["/feeds.opml"] = answer(texts.opml(site.url("/parked"), site.url("/old")))
    site["/parked"] = answer(texts.page("This domain is for sale"))
    site["/old"] = answer(texts.page("Our feed has moved", head=link))
    site["/moved.xml"] = answer(texts.rss(("One", "https://valleypost.example/1")))
    reject, article = read(site.url("/feeds.opml"))
    assert isinstance(article, Article)
    assert isinstance(reject, Reject)
    assert (reject.locator, reject.reason) == (
        site.url("/parked"),
        "a feed is listed here, but this is a page",
    )
    assert (article.title, article.locator) == ("One", site.url("/moved.xml"))


def test_a_sitemap_gives_its_newest_pages(site: Site, read: Read) -> None:
    days = [f"2025-11-{day:02d}" for day in range(1, 6)]
    site["/sitemap.xml"] = answer(texts.sitemap(*((site.url(f"/{day}"), day) for day in days)))
    for day in days:
        site[f"/{day}"] = answer(texts.page(f"Report of {day}"))
    items = read(site.url("/sitemap.xml"), pages=2)
    assert [a.title for a in articles(items)] == ["Report of 2025-11-05", "Report of 2025-11-04"]
    (reject,) = rejects(items)
    assert reject.reason == "only the newest 2 of its 5 pages are read"
    assert {a.locator for a in articles(items)} == {site.url("/sitemap.xml")}


def test_a_packed_index_of_sitemaps(site: Site, read: Read) -> None:
    site["/index.xml.gz"] = answer(
        gzip.compress(
            texts.sitemap_index(site.url("/1.xml"), site.url("/2.xml"), site.url("/0.xml")).encode()
        )
    )
    site["/1.xml"] = answer(texts.sitemap((site.url("/old"), "2024-01-01")))
    site["/2.xml"] = answer(gzip.compress(texts.sitemap((site.url("/new"), "2025-01-01")).encode()))
    site["/old"] = answer(texts.page("Old"))
    site["/new"] = answer(texts.page("New"))
    items = read(site.url("/index.xml.gz"))
    assert [a.title for a in articles(items)] == ["New", "Old"]
    (reject,) = rejects(items)
    assert (reject.position, "404" in reject.reason) == (site.url("/0.xml"), True)


def test_an_index_that_lists_itself_ends(site: Site, read: Read) -> None:
    site["/index.xml"] = answer(texts.sitemap_index(site.url("/index.xml"), site.url("/more.xml")))
    site["/more.xml"] = answer(texts.sitemap_index(site.url("/index.xml")))
    assert not articles(read(site.url("/index.xml")))
    assert site.targets() == ["/index.xml", "/more.xml"]


def test_a_news_sitemap_dates_its_pages(site: Site, read: Read) -> None:
    news = (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
        f"<url><loc>{site.url('/1')}</loc><news:news><news:publication_date>2025-11-20T10:00:00+04:00"
        "</news:publication_date><news:title>One</news:title></news:news></url></urlset>"
    )
    site["/news.xml"] = answer(news)
    site["/1"] = answer(texts.page())
    (article,) = articles(read(site.url("/news.xml")))
    assert article.published == "2025-11-20T10:00:00+04:00"


def test_a_table_on_the_web_is_read_as_one(site: Site, read: Read) -> None:
    site["/a.csv"] = zipped(
        "title,text,date\nOne,Some words of a report.,2025-11-20\n", content_type="text/csv"
    )
    (article,) = articles(read(site.url("/a.csv")))
    assert (article.title, article.published) == ("One", "2025-11-20")


def test_a_charset_of_the_header_serves_where_the_document_says_none(site: Site, read: Read) -> None:
    title = "Река вышла из берегов ночью"
    words = "".join(
        f"<p>Вода дошла до рынка на рассвете, и {n} семей ночевали в школе на горе.</p>"
        for n in range(20, 26)
    )
    html = texts.page(title, lang="ru", text=words).replace('<meta charset="utf-8">', "")
    site["/page"] = answer(html.encode("cp1251"), content_type="text/html; charset=windows-1251")
    feed = texts.rss((title, "https://valleypost.example/1")).replace(' encoding="utf-8"', "")
    site["/feed"] = answer(feed.encode("cp1251"), content_type="text/xml; charset=windows-1251")
    assert [a.title for a in articles(read(site.url("/page"), site.url("/feed")))] == [title, title]


def test_a_charset_that_is_wrong_or_unknown_does_no_harm(site: Site, read: Read) -> None:
    title = "Sel məktəbi və bazarı basdı"
    for number, charset in enumerate(("windows-1251", "no-such-charset", "\xff", "utf-16")):
        site[f"/{number}"] = answer(texts.page(title), content_type=f"text/html; charset={charset}")
    assert [a.title for a in articles(read(*(site.url(f"/{n}") for n in range(4))))] == [title] * 4


def test_the_order_is_that_of_the_locators_whatever_answers_first(site: Site, read: Read) -> None:
    other = Site()
    try:
        site["/1"], other["/2"], site["/3"] = (answer(texts.page(name)) for name in ("One", "Two", "Three"))
        late = site.url("/1"), other.url("/2", "other.test"), site.url("/3")
        assert [a.title for a in articles(read(*late))] == ["One", "Two", "Three"]
    finally:
        other.close()


def test_a_host_is_asked_one_thing_at_a_time(site: Site, read: Read) -> None:
    second, together = threading.Event(), []

    def first(_: Request, wire: socket.socket) -> None:
        together.append(second.wait(0.2))
        wire.sendall(answer(texts.page("One")))

    def next_(_: Request, wire: socket.socket) -> None:
        second.set()
        wire.sendall(answer(texts.page("Two")))

    site["/1"], site["/2"] = first, next_
    assert len(articles(read(site.url("/1"), site.url("/2")))) == 2
    assert together == [False]


def test_hosts_are_asked_side_by_side(site: Site, read: Read) -> None:
    second, together = threading.Event(), []

    def first(_: Request, wire: socket.socket) -> None:
        together.append(second.wait(10))
        wire.sendall(answer(texts.page("One")))

    def next_(_: Request, wire: socket.socket) -> None:
        second.set()
        wire.sendall(answer(texts.page("Two")))

    site["/1"], site["/2"] = first, next_
    items = read(site.url("/1", "one.test"), site.url("/2", "two.test"))
    assert [a.title for a in articles(items)] == ["One", "Two"]
    assert together == [True]


def test_what_fails_is_one_reject_that_names_locator_and_reason(site: Site, read: Read) -> None:
    site["/gone"] = answer("", 410)
    site["/empty"] = answer("")
    site["/image"] = answer(b"\x89PNG....", content_type="image/png")
    cases = {
        site.url("/nothing"): "404",
        site.url("/gone"): "410",
        site.url("/empty"): "empty",
        site.url("/image"): "image/png",
        "https://user:secret@valleypost.example/": "user name",
        "http://": "no host",
    }
    for locator, words in cases.items():
        (reject,) = read(locator)
        assert isinstance(reject, Reject)
        assert words in reject.reason
        assert reject.locator == locator


def test_the_same_address_twice_is_read_once(site: Site, read: Read) -> None:
    site["/1"] = answer(texts.page())
    article, reject = read(site.url("/1"), site.url("/1"))
    assert isinstance(article, Article)
    assert isinstance(reject, Reject)
    assert reject.kind == "duplicate"
    assert site.targets() == ["/1"]


def test_progress_is_told_after_each_address(site: Site, read: Read) -> None:
    site["/feed"] = answer(texts.rss(("One", site.url("/1"))))
    site["/1"] = answer(texts.page())
    told: list[tuple[str, int, int]] = []
    read(site.url("/feed"), full=True, progress=lambda *said: told.append(said))
    assert told == [(site.url("/feed"), 1, 2), (site.url("/1"), 2, 2)]


def test_a_stop_ends_the_reading(site: Site, read: Read) -> None:
    stopped: list[bool] = []

    def last(request: Request, wire: object) -> None:
        stopped.append(True)
        wire.sendall(answer(texts.page("One")))  # type: ignore[attr-defined]

    site["/1"] = last
    site["/2"] = answer(texts.page("Two"))
    assert read(site.url("/1"), site.url("/2"), stop=lambda: bool(stopped)) == []
    assert site.targets() == ["/1"]


def test_files_beside_addresses_are_read_as_files(site: Site, read: Read, tmp_path: Path) -> None:
    file = tmp_path / "saved.html"
    file.write_text(texts.page("Saved"), "utf-8")
    site["/1"] = answer(texts.page("Fetched"))
    assert [a.title for a in articles(read(str(file), site.url("/1")))] == ["Saved", "Fetched"]


def test_nobody_who_takes_no_more_leaves_a_thread_behind(site: Site) -> None:
    for number in range(20):
        site[f"/{number}"] = answer(texts.page(f"Number {number}"))
    settings = WebSettings(allow_private=True, delay=0.0)
    items = harvest([site.url(f"/{number}") for number in range(20)], settings)
    assert isinstance(next(items), Article)
    items.close()  # type: ignore[attr-defined]
    assert len(site.targets()) < 20
