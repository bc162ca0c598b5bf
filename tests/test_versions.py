"""Versions: what an outlet changed is the same article, what shares an address is not."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from dateline.article import Article, make_article
from dateline.filters import Filters
from dateline.ingest import ingest
from dateline.query import Atlas
from dateline.store import Store
from dateline.versions import chain, newest_of

URL = "https://valleypost.example/floods"
FIRST = "Floods killed 12 people in Safi, Morocco, on Sunday (14 December), officials said."
SECOND = "Floods killed 21 people in Safi, Morocco, on Sunday (14 December), officials said on Monday."
THIRD = "Floods killed 37 people in Safi, Morocco, on Sunday (14 December), the governor said on Tuesday."
QUAKE = "A quake shook Vienna, Austria, on 5 December 2025."


def told(
    text: str, title: str = "Floods in Safi", *, url: str | None = URL, kind: str = "article"
) -> Article:
    return make_article(text, title=title, url=url, source="Valley Post", published="2025-12-15", kind=kind)


def test_a_changed_article_counts_once_and_its_history_is_kept(tmp_path: Path) -> None:
    store = Store(tmp_path)
    first, second, third = told(FIRST), told(SECOND, "Floods in Safi: toll rises"), told(THIRD)
    before = ingest([first, told(QUAKE, url=URL + "/quake")], store).snapshot
    story = before.frame("stories").set_index("article")["story"][first.id]  # type: ignore[union-attr]
    report = ingest([second], store)
    assert (report.kept, report.changed) == (1, 1)
    assert "1 kept (1 of them a new version)" in report.words()
    ingest([third], store)
    snapshot = store.latest()
    assert snapshot is not None
    assert snapshot.articles == 2
    atlas = Atlas(snapshot)
    counts = atlas.counts(Filters())
    assert (counts.total, counts.loaded, counts.stories) == (2, 2, 2)
    assert set(atlas.articles(Filters())["id"]) == {third.id, told(QUAKE, url=URL + "/quake").id}
    # The story goes on under its name, with the newest figure.
    stories = atlas.stories(Filters()).set_index("story")
    assert int(stories.loc[story, "killed"]) == 37
    assert atlas.story_articles(story) == [third.id]
    for version in (first, second, third):
        history = atlas.history(version.id)
        assert list(history["id"]) == [first.id, second.id, third.id]
        assert list(history["killed"]) == [12, 21, 37]
        assert list(history["title"]) == ["Floods in Safi", "Floods in Safi: toll rises", "Floods in Safi"]
        assert history["at"].notna().all()
    assert atlas.article(first.id) is None
    assert len(atlas.history("f" * 16)) == 0


def test_the_same_text_is_no_new_version(tmp_path: Path) -> None:
    store = Store(tmp_path)
    ingest([told(FIRST)], store)
    ingest([told(SECOND)], store)
    again = ingest([told(FIRST), told(SECOND)], store)
    assert (again.kept, again.changed, again.doubled) == (0, 0, 2)
    # A server that still hands out the older text does not bring it back.
    assert ingest([told(FIRST)], store).snapshot == again.snapshot


def test_items_that_share_an_address_are_no_versions_of_each_other(tmp_path: Path) -> None:
    store = Store(tmp_path)
    ingest([told(FIRST, kind="brief"), told(QUAKE, kind="brief")], store)
    assert ingest([told(SECOND, kind="brief")], store).changed == 0
    assert Atlas(store.latest()).counts(Filters()).total == 3  # type: ignore[arg-type]
    elsewhere = Store(tmp_path / "other")
    ingest([told(FIRST, kind="brief")], elsewhere)
    assert ingest([told(SECOND, kind="brief"), told(QUAKE, kind="brief")], elsewhere).changed == 0


def test_no_address_a_front_page_or_another_outlet_makes_no_version(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for url in (None, "https://valleypost.example", "https://valleypost.example/", "http://[broken"):
        ingest([told(FIRST, url=url)], store)
        assert ingest([told(SECOND, url=url)], store).changed == 0
    ingest([told(FIRST)], store)
    other = make_article(SECOND, url=URL, source="Ridge Herald", kind="article")
    assert ingest([other], store).changed == 0


def test_a_teaser_never_takes_the_place_of_the_full_text(tmp_path: Path) -> None:
    store = Store(tmp_path)
    ingest([told(FIRST, kind="brief")], store)
    full = told(SECOND)
    assert ingest([full], store).changed == 1
    assert ingest([told(THIRD, kind="brief")], store).changed == 1
    atlas = Atlas(store.latest())  # type: ignore[arg-type]
    assert list(atlas.articles(Filters())["id"]) == [full.id]
    assert list(atlas.history(full.id)["id"])[-1] == full.id
    assert len(atlas.history(full.id)) == 3


@given(st.lists(st.integers(0, 30), max_size=30))
def test_chains_end_in_what_nothing_supersedes(parents: list[int]) -> None:
    """Each version points to one that came after it, as readings make them."""
    pairs = [(str(n + 1 + p), str(n)) for n, p in enumerate(parents)]
    newest = newest_of(pairs)
    assert set(newest) == {old for _, old in pairs}
    assert not set(newest.values()) & set(newest)
    for old, goal in newest.items():
        versions = list(chain(old, pairs))
        assert versions[-1] == goal
        assert old in versions
        assert len(versions) == len(set(versions))


def test_a_circle_written_by_hand_ends() -> None:
    assert set(newest_of([("a", "b"), ("b", "a")])) == {"a", "b"}
    assert set(chain("a", [("a", "b"), ("b", "a")])) == {"a", "b"}
