"""What was read before costs nothing, and nothing is lost when it is forgotten too early or too late."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dateline.article import Article, Reject
from dateline.ingest import ingest
from dateline.sources import read_bytes
from dateline.sources.web.memory import Memory, Visit
from dateline.store import Store

from . import texts
from .conftest import Read
from .server import Request, Site, answer

TAG = '"v1"'


def feed(site: Site, *names: str, tag: str = TAG) -> None:
    """A feed of pages that answers 304 to its tag."""
    whole = answer(texts.rss(*((name, site.url(f"/{name}")) for name in names)), etag=tag)

    def said(request: Request, wire: object) -> None:
        unchanged = request.headers.get("if-none-match") == tag
        wire.sendall(answer("", 304) if unchanged else whole)  # type: ignore[attr-defined]

    site["/feed"] = said
    for name in names:
        site[f"/{name}"] = answer(texts.page(f"Page of {name}"))


def titles(items: list[object]) -> list[str]:
    return [item.title for item in items if isinstance(item, Article)]


def test_an_unchanged_feed_costs_one_short_answer(site: Site, read: Read, tmp_path: Path) -> None:
    feed(site, "one", "two")
    memory = Memory.of_store(tmp_path)
    assert titles(read(site.url("/feed"), memory=memory)) == ["one", "two"]
    assert memory.commit()
    assert read(site.url("/feed"), memory=Memory.of_store(tmp_path)) == []
    assert [r.headers.get("if-none-match") for r in site.asked if r.target == "/feed"] == [None, TAG]


def test_what_was_not_committed_is_read_again(site: Site, read: Read, tmp_path: Path) -> None:
    feed(site, "one")
    memory = Memory.of_store(tmp_path)
    read(site.url("/feed"), memory=memory)
    assert not (tmp_path / "web.json").exists()
    assert titles(read(site.url("/feed"), memory=Memory.of_store(tmp_path))) == ["one"]
    memory.forget()
    assert memory.commit()
    assert titles(read(site.url("/feed"), memory=memory)) == ["one"]


def test_a_changed_feed_is_read(site: Site, read: Read) -> None:
    memory = Memory()
    feed(site, "one")
    read(site.url("/feed"), memory=memory)
    memory.commit()
    feed(site, "two", "one", tag='"v2"')
    assert titles(read(site.url("/feed"), memory=memory)) == ["two", "one"]


def test_last_modified_serves_where_there_is_no_tag(site: Site, read: Read) -> None:
    day = "Tue, 25 Nov 2025 08:30:00 GMT"
    site["/page"] = [answer(texts.page(), last_modified=day), answer("", 304)]
    memory = Memory()
    assert len(read(site.url("/page"), memory=memory)) == 1
    memory.commit()
    assert read(site.url("/page"), memory=memory) == []
    assert site.asked[-1].headers["if-modified-since"] == day


def test_full_reads_only_the_pages_of_new_and_changed_entries(site: Site, read: Read) -> None:
    memory = Memory()
    feed(site, "one")
    assert titles(read(site.url("/feed"), memory=memory, full=True)) == ["one"]
    memory.commit()
    feed(site, "two", "one", tag='"v2"')
    assert titles(read(site.url("/feed"), memory=memory, full=True)) == ["two"]
    memory.commit()
    changed = texts.rss(("two, corrected", site.url("/two")), ("one", site.url("/one")))
    site["/feed"] = answer(changed)
    assert titles(read(site.url("/feed"), memory=memory, full=True)) == ["two, corrected"]
    assert site.targets() == ["/feed", "/one", "/feed", "/two", "/feed", "/two"]


def test_a_page_that_may_come_back_is_asked_again_though_the_feed_is_unchanged(
    site: Site, read: Read
) -> None:
    memory = Memory()
    feed(site, "one", "two")
    site["/one"] = [*[answer("", 503)] * 3, answer(texts.page())]
    first = read(site.url("/feed"), memory=memory, full=True)
    assert titles(first) == ["one", "two"]
    memory.commit()
    (again,) = read(site.url("/feed"), memory=memory, full=True)
    assert isinstance(again, Article)
    assert texts.SENTENCES[3] in again.text
    memory.commit()
    assert read(site.url("/feed"), memory=memory, full=True) == []


def test_a_page_that_is_gone_for_good_is_not_asked_for_ever(site: Site, read: Read) -> None:
    memory = Memory()
    feed(site, "one")
    site["/one"] = answer("", 410)
    assert titles(read(site.url("/feed"), memory=memory, full=True)) == ["one"]
    memory.commit()
    assert read(site.url("/feed"), memory=memory, full=True) == []


def test_another_way_of_reading_is_another_memory(site: Site, read: Read) -> None:
    memory = Memory()
    feed(site, "one")
    read(site.url("/feed"), memory=memory)
    memory.commit()
    assert titles(read(site.url("/feed"), memory=memory, full=True)) == ["one"]
    assert titles(read(site.url("/feed"), memory=memory, source="Hill Post")) == ["one"]


def test_a_reading_that_is_broken_off_remembers_only_what_was_taken(site: Site, read: Read) -> None:
    from dateline.sources.web import WebSettings, harvest

    feed(site, "one", "two")
    memory = Memory()
    items = harvest([site.url("/feed")], WebSettings(allow_private=True, delay=0.0), memory)
    next(items)
    items.close()  # type: ignore[attr-defined]
    memory.commit()
    assert titles(read(site.url("/feed"), memory=memory)) == ["one", "two"]


def test_a_host_that_asked_to_be_left_alone_is_left_alone_in_the_next_round_too(site: Site) -> None:
    from dateline.sources.web import WebSettings, harvest

    site["/feed"] = answer("", 429, retry_after="7200")
    memory = Memory()
    for words in ("come back in 2 hours", "not to be read for 2 hours"):
        (reject,) = harvest([site.url("/feed")], WebSettings(allow_private=True, delay=0.0), memory)
        assert isinstance(reject, Reject)
        assert words in reject.reason
    assert site.targets() == ["/feed"]


def test_an_unchanged_list_is_still_followed(site: Site, read: Read) -> None:
    memory = Memory()
    feed(site, "one")
    site["/feeds.opml"] = answer(texts.opml(site.url("/feed")), etag=TAG)
    assert titles(read(site.url("/feeds.opml"), memory=memory)) == ["one"]
    memory.commit()
    assert read(site.url("/feeds.opml"), memory=memory) == []
    assert [r.headers.get("if-none-match") for r in site.asked if r.target == "/feeds.opml"] == [None, None]


def test_where_the_feed_of_a_front_page_lies_is_remembered(site: Site, read: Read) -> None:
    memory = Memory()
    feed(site, "one")
    site["/"] = answer(texts.page("Front page"))
    site["/index.xml"] = site._routes.pop("/feed")
    assert titles(read(site.url("/"), memory=memory)) == ["one"]
    memory.commit()
    asked = len(site.asked)
    assert read(site.url("/"), memory=memory) == []
    assert site.targets()[-2:] == ["/", "/index.xml"]
    assert len(site.asked) == asked + 2


def test_pages_of_a_sitemap_are_read_when_they_change(site: Site, read: Read) -> None:
    memory = Memory()
    for name in ("one", "two"):
        site[f"/{name}"] = answer(texts.page(f"Page of {name}"))
    site["/map.xml"] = [
        answer(texts.sitemap((site.url("/one"), "2025-11-01"))),
        answer(texts.sitemap((site.url("/one"), "2025-11-01"), (site.url("/two"), "2025-11-02"))),
        answer(texts.sitemap((site.url("/one"), "2025-11-03"), (site.url("/two"), "2025-11-02"))),
    ]
    for expected in ("Page of one", "Page of two", "Page of one"):
        assert titles(read(site.url("/map.xml"), memory=memory)) == [expected]
        memory.commit()


@pytest.mark.parametrize(
    "damage", ["", "{", "[]", '{"format": 9, "visits": {}}', '{"format": 1, "visits": {"a": 3}}', "[" * 9999]
)
def test_a_damaged_file_is_forgotten_and_written_anew(tmp_path: Path, damage: str) -> None:
    (tmp_path / "web.json").write_text(damage)
    memory = Memory.of_store(tmp_path)
    assert memory.visit("a", "") is None
    memory.note("a", Visit("a"))
    assert memory.commit()
    assert Memory.of_store(tmp_path).visit("a", "") == Visit("a")


def test_two_processes_keep_each_others_visits(tmp_path: Path) -> None:
    one, two = Memory.of_store(tmp_path), Memory.of_store(tmp_path)
    one.note("a", Visit("a"))
    two.note("b", Visit("b"))
    assert one.commit()
    assert two.commit()
    found = Memory.of_store(tmp_path)
    assert (found.visit("a", ""), found.visit("b", "")) == (Visit("a"), Visit("b"))
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix != ".lock") == ["web.json"]


def test_a_memory_that_cannot_be_written_says_so_and_keeps_what_it_holds(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("a file where the folder should be")
    memory = Memory.of_store(tmp_path / "store")
    memory.note("a", Visit("a"))
    assert not memory.commit()
    (tmp_path / "store").unlink()
    (tmp_path / "store").mkdir()
    assert memory.commit()
    assert list(json.loads((tmp_path / "store" / "web.json").read_text())["visits"]) == ["a"]


def test_the_oldest_are_forgotten_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.sources.web.memory.LONGEST", 2)
    memory = Memory.of_store(tmp_path)
    for name in ("a", "b", "a", "c"):
        memory.note(name, Visit(name))
        memory.commit()
    assert [memory.visit(name, "") is not None for name in ("a", "b", "c")] == [True, False, True]


def test_a_crash_between_the_articles_and_the_memory_doubles_and_loses_nothing(
    site: Site, read: Read, tmp_path: Path
) -> None:
    feed(site, "one", "two")
    store = Store(tmp_path / "atlas")
    first = ingest(read(site.url("/feed"), memory=Memory.of_store(store.folder)), store)
    assert (first.kept, first.doubled) == (2, 0)
    # Nothing was remembered: the process died here. The next one reads the feed as a whole, and knows its articles.
    memory = Memory.of_store(store.folder)
    again = ingest(read(site.url("/feed"), memory=memory), store)
    assert (again.read, again.kept, again.doubled) == (2, 0, 2)
    assert memory.commit()
    assert read(site.url("/feed"), memory=Memory.of_store(store.folder)) == []


def test_a_store_that_went_back_to_an_older_snapshot_is_read_anew(
    site: Site, read: Read, tmp_path: Path
) -> None:
    store = Store(tmp_path / "atlas")
    for tag, names in (('"1"', ("one",)), ('"2"', ("two", "one"))):
        feed(site, *names, tag=tag)
        memory = Memory.of_store(store.folder)
        ingest(read(site.url("/feed"), memory=memory), store)
        assert memory.commit()
    assert read(site.url("/feed"), memory=Memory.of_store(store.folder)) == []
    (store.folder / "snapshots" / "000002.json").rename(tmp_path / "aside.json")
    assert titles(read(site.url("/feed"), memory=memory)) == ["two", "one"]
    assert titles(read(site.url("/feed"), memory=Memory.of_store(store.folder))) == ["two", "one"]
    # A second snapshot of the same number but other articles is not the one that was remembered.
    ingest(read_bytes("letter.txt", b"Crews carried sandbags to the school by the river on Monday."), store)
    assert titles(read(site.url("/feed"), memory=Memory.of_store(store.folder))) == ["two", "one"]
