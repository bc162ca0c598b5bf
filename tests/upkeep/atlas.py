"""A small atlas of several readings, and ways to harm it."""

from __future__ import annotations

from pathlib import Path

from dateline.article import Article, make_article
from dateline.ingest import ingest
from dateline.store import Snapshot, Store

PLACES = ("Safi, Morocco", "Vienna, Austria", "Tashkent, Uzbekistan", "Aktau, Kazakhstan", "Batumi, Georgia")


def brief(number: int, version: int = 0) -> Article:
    """A short article with a place, a day and a toll; ``version`` changes its text and not its address."""
    place = PLACES[number % len(PLACES)]
    return make_article(
        f"Floods killed {number + version + 2} people in {place}, on {number % 28 + 1} December 2025, officials said.",
        title=f"Floods near {place.partition(',')[0]}, part {number}",
        url=f"https://valleypost.example/{number}",
        source="Valley Post",
        published="2025-12-29",
    )


def grown(folder: Path, *sizes: int, start: int = 0) -> Store:
    """A store that read so many new articles in each reading."""
    store = Store(folder)
    for size in sizes:
        ingest([brief(n) for n in range(start, start + size)], store)
        start += size
    return store


def newest(store: Store) -> Snapshot:
    """The newest snapshot, which there is."""
    found = store.latest()
    assert found is not None
    return found


def ids(store: Store) -> list[str]:
    """The ids of all articles, sorted, doubles and all."""
    return sorted(newest(store).frame("articles")["id"])


def own_file(store: Store, number: int, table: str) -> Path:
    """A file that a snapshot has and the one before it has not."""
    there: set[str] = set()
    for snapshot in store.snapshots():
        files = set(snapshot.files(table))
        if snapshot.number == number:
            return Path(sorted(files - there)[0])
        there = files
    raise AssertionError(f"there is no snapshot {number}")
