"""The store: a commit is whole or absent, reading twice adds nothing, a killed ingest leaves no trace."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import signal
from pathlib import Path

import pytest
from deltalake import DeltaTable

from dateline.annotate import frame_of
from dateline.article import Article, Reject, make_article
from dateline.ingest import ingest
from dateline.store import Store, StoreError

TEXTS = [
    "Floods killed 12 people in Safi, Morocco, on Sunday (14 December), officials said.",
    "A quake shook Vienna, Austria, on 5 December 2025.",
    "Ministers of Kazakhstan and Uzbekistan met in Tashkent on Monday.",
]


def articles(texts: list[str] = TEXTS, source: str = "Desk A") -> list[Article]:
    return [
        make_article(t, kind="brief", source=source, published="2025-12-15", locator="test") for t in texts
    ]


def test_a_new_store_has_no_snapshot(tmp_path: Path) -> None:
    assert Store(tmp_path / "new").latest() is None


def test_ingest_commits_one_snapshot_over_all_tables(tmp_path: Path) -> None:
    store = Store(tmp_path)
    report = ingest([*articles(), Reject("test", "line 4", "no article", "x", "boilerplate")], store)
    snapshot = store.latest()
    assert snapshot == report.snapshot
    assert snapshot is not None
    assert (report.read, report.kept, report.doubled) == (3, 3, 0)
    assert set(snapshot.frame("articles")["id"]) == {a.id for a in articles()}
    assert len(snapshot.frame("stories")) == 3
    assert list(snapshot.frame("rejects")["position"]) == ["line 4"]
    assert list(snapshot.frame("runs")["kept"]) == [3]
    assert {"mentions", "dates", "tolls", "topics", "events"} <= set(snapshot.tables)


def test_reading_the_same_thing_twice_adds_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path)
    rejects = [Reject("test", "line 4", "no article", "x")]
    first = ingest([*articles(), *rejects], store)
    again = ingest([*articles(), *articles(), *rejects], store)
    assert (again.kept, again.doubled) == (0, 6)
    assert again.snapshot == first.snapshot
    assert len(store.snapshots()) == 1


def test_the_same_articles_have_the_same_snapshot_name_elsewhere(tmp_path: Path) -> None:
    one = ingest(articles(), Store(tmp_path / "a")).snapshot
    other = ingest(reversed(articles()), Store(tmp_path / "b")).snapshot
    assert one is not None and other is not None
    assert one.name == other.name


def test_old_snapshots_stay_readable(tmp_path: Path) -> None:
    store = Store(tmp_path)
    ingest(articles(TEXTS[:1]), store)
    ingest(articles(TEXTS[1:]), store)
    old, new = store.snapshots()
    assert (old.articles, new.articles) == (1, 3)
    assert len(old.frame("articles")) == 1
    assert len(new.frame("articles")) == 3
    assert store.snapshot(old.name) == old
    assert store.snapshot("1-00000000") is None


def test_a_failure_half_way_leaves_the_last_snapshot(tmp_path: Path) -> None:
    store = Store(tmp_path)
    ingest(articles(TEXTS[:1]), store)

    class Stopped(Exception):
        pass

    with pytest.raises(Stopped), store.writing() as commit:
        commit.write("articles", frame_of("articles", [{"id": "f" * 16, "text": "half"}]))
        raise Stopped
    assert len(store.snapshots()) == 1
    # The row is in the table's newest version, but no snapshot names that version.
    assert DeltaTable(tmp_path / "tables" / "articles").to_pyarrow_table().num_rows == 2
    report = ingest(articles(TEXTS[1:]), store)
    assert report.snapshot is not None
    assert set(report.snapshot.frame("articles")["id"]) == {a.id for a in articles()}


def _killed_ingest(folder: str) -> None:
    def items():  # type: ignore[no-untyped-def]
        yield from articles(TEXTS[1:])

    store = Store(folder)
    with store.writing() as commit:
        commit.write("articles", frame_of("articles", [{"id": "e" * 16, "text": "lost"}]))
        os.kill(os.getpid(), signal.SIGKILL)


def test_a_killed_ingest_leaves_the_last_snapshot_and_no_lock(tmp_path: Path) -> None:
    store = Store(tmp_path)
    ingest(articles(TEXTS[:1]), store)
    process = multiprocessing.get_context("spawn").Process(target=_killed_ingest, args=(str(tmp_path),))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    assert [s.articles for s in store.snapshots()] == [1]
    report = ingest(articles(), store)
    assert (report.kept, report.doubled) == (2, 1)
    assert report.snapshot is not None
    assert len(report.snapshot.frame("articles")) == 3


def test_a_first_ingest_that_was_killed_leaves_an_empty_store(tmp_path: Path) -> None:
    process = multiprocessing.get_context("spawn").Process(target=_killed_ingest, args=(str(tmp_path),))
    process.start()
    process.join(60)
    assert Store(tmp_path).latest() is None
    report = ingest(articles(), Store(tmp_path))
    assert report.snapshot is not None
    assert set(report.snapshot.frame("articles")["id"]) == {a.id for a in articles()}


def test_a_file_is_no_store(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x")
    with pytest.raises(StoreError, match="is a file"):
        Store(file)


def test_a_store_of_another_format_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "store.json").write_text(json.dumps({"format": 99}))
    with pytest.raises(StoreError, match="format 99"):
        Store(tmp_path)


def test_a_damaged_snapshot_is_named(tmp_path: Path) -> None:
    ingest(articles(), Store(tmp_path))
    (tmp_path / "snapshots" / "000001.json").write_text("{")
    with pytest.raises(StoreError, match=r"000001\.json cannot be read"):
        Store(tmp_path).latest()


def test_a_store_written_before_a_column_was_added_still_opens_and_grows(tmp_path: Path) -> None:
    from deltalake import write_deltalake

    from dateline.filters import Filters
    from dateline.query import Atlas

    ingest(articles(TEXTS[:1]), Store(tmp_path))
    table = tmp_path / "tables" / "events"
    older = DeltaTable(table).to_pyarrow_table().drop_columns(["killed_said", "injured_said"])
    shutil.rmtree(table)
    write_deltalake(table, older)
    store = Store(tmp_path)
    snapshot = store.latest()
    assert snapshot is not None
    assert snapshot.frame("events")["killed_said"].isna().all()
    assert Atlas(snapshot).counts(Filters()).loaded == 1
    report = ingest(articles(TEXTS[1:]), store)
    assert report.snapshot is not None
    assert Atlas(report.snapshot).counts(Filters()).loaded == 3
