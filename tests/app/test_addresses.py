"""Sources, from an address: fetched from a server of the test's own, refused where it is not the web."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.article import Article, Reject
from dateline.rights import Actor
from dateline.store import Store
from dateline.ui import reading, session
from tests.app.conftest import Open
from tests.sources.web import texts
from tests.sources.web.server import Site, answer


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()


def test_an_address_is_fetched_and_read_into_the_atlas(
    site: Site, opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_ALLOW_PRIVATE", "1")
    site["/feed"] = answer(texts.rss(("River floods the market", site.url("/1"))))
    site["/1"] = answer(texts.page())
    app = opened("sources")
    app.text_area(key="addresses").set_value(f"{site.url('/feed')}\n\n{site.url('/none')}")
    app.checkbox(key="address-full").check()
    next(button for button in app.button if button.label == "Fetch and read").click().run(timeout=240)
    assert not app.exception
    assert any(said.value.startswith("1 article added") for said in app.success)
    snapshot = Store(tmp_path / "atlas").latest()
    assert snapshot is not None
    (article,) = snapshot.frame("articles").to_dict("records")
    assert texts.SENTENCES[3] in article["text"]
    assert any("404" in str(frame.value) for frame in app.dataframe)


def test_a_reader_has_nothing_fetched(site: Site, opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_ALLOW_PRIVATE", "1")
    monkeypatch.setattr(session, "actor", lambda: Actor("reader", "reader"))
    site["/feed"] = answer(texts.rss(("One", site.url("/1"))))
    app = opened("sources")
    fields = [area for area in app.text_area if area.key == "addresses"]
    if fields:  # a page that offers a reader no form at all is as good
        fields[0].set_value(site.url("/feed"))
        next(button for button in app.button if button.label == "Fetch and read").click().run(timeout=240)
        assert any("sign in as an editor" in error.value for error in app.error)
    assert not app.exception
    assert site.asked == []


def test_private_addresses_and_files_are_refused(site: Site, tmp_path: Path) -> None:
    (tmp_path / "feeds.opml").write_text(texts.opml(site.url("/feed")))
    locators = [
        site.url("/feed"),
        str(tmp_path / "feeds.opml"),
        "file:///etc/passwd",
        "http://169.254.169.254/",
    ]
    items = list(reading.fetched(locators))
    assert all(isinstance(item, Reject) for item in items)
    assert len(items) == len(locators)
    assert site.asked == []


def test_a_contact_that_is_none_is_said(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_CONTACT", "a\tb")
    (item,) = reading.fetched([site.url("/feed")])
    assert isinstance(item, Reject)
    assert "DATELINE_CONTACT" in item.reason


def test_an_address_without_a_scheme_is_taken_for_https() -> None:
    written = " valleypost.example/feed \n\nhttp://hillpost.example\nfile:///etc/passwd"
    assert reading.addresses(written) == [
        "https://valleypost.example/feed",
        "http://hillpost.example",
        "file:///etc/passwd",
    ]


def test_a_feed_gives_articles(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_ALLOW_PRIVATE", "1")
    site["/feed"] = answer(texts.rss(("One", site.url("/1"))))
    (article,) = reading.fetched([site.url("/feed")], source="Hill Post")
    assert isinstance(article, Article)
    assert article.source == "Hill Post"
