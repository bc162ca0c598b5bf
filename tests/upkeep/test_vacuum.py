"""Compact and vacuum: the same articles in fewer files; what is pinned, young or being read stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dateline.filters import Filters
from dateline.ingest import ingest
from dateline.query import Atlas
from dateline.rights import Actor, NotAllowed
from dateline.store import Store, StoreError
from dateline.upkeep import check, compact, vacuum

from .atlas import brief, grown, ids, newest


def later(days: float) -> datetime:
    return datetime.now(UTC) + timedelta(days=days)


def test_compacting_keeps_every_row_and_every_snapshot(tmp_path: Path) -> None:
    store = grown(tmp_path, *[1] * 5)
    before = newest(store)
    files = len(before.files("articles"))
    done = compact(store)
    after = newest(store)
    assert (files, len(after.files("articles"))) == (5, 1)
    assert done.before > done.after
    assert after.number == before.number + 1
    # The same articles, so the same digest: an open page has nothing to offer.
    assert after.name.partition("-")[2] == before.name.partition("-")[2]
    for table in before.tables:
        assert before.frame(table).equals(after.frame(table)), table
    assert len(store.snapshot(before.name).files("articles")) == 5  # type: ignore[union-attr]
    assert check(tmp_path).faults == []
    again = compact(store)
    assert "nothing" in again.words()
    assert newest(store) == after


def test_a_vacuum_keeps_the_young_the_newest_and_the_pinned(tmp_path: Path) -> None:
    store = grown(tmp_path, *[1] * 6)
    names = [s.name for s in store.snapshots()]
    assert vacuum(store).snapshots == []
    store.pin("morning", names[1])
    assert store.pins() == {"morning": names[1]}
    done = vacuum(store, keep=2, now=lambda: later(31), pinned=[names[2]])
    assert done.snapshots == [names[0], names[3]]
    assert done.pinned == [names[1], names[2]]
    assert [s.name for s in store.snapshots()] == [names[1], names[2], names[4], names[5]]
    assert check(tmp_path).faults == []
    assert Atlas(store.snapshot(names[1])).counts(Filters()).total == 2  # type: ignore[arg-type]
    store.unpin("morning")
    compact(store)
    done = vacuum(store, keep=1, now=lambda: later(31))
    assert done.files > 0
    assert done.size > 0
    state = check(tmp_path)
    assert (state.faults, state.whole) == ([], [7])
    assert len(list((tmp_path / "tables" / "articles").glob("*.parquet"))) == 1
    assert ids(store) == sorted(brief(n).id for n in range(6))
    # Reading goes on, and an old name is unknown and no error.
    assert store.snapshot(names[0]) is None
    assert ingest([brief(6)], store).kept == 1
    assert check(tmp_path).faults == []


def test_a_reader_that_has_a_snapshot_open_keeps_it(tmp_path: Path) -> None:
    store = grown(tmp_path, 2, 2)
    compact(store)
    first = store.snapshots()[0]
    atlas = Atlas(first)
    done = vacuum(store, keep=1, keep_days=0, now=lambda: later(1))
    assert done.held == [first.name]
    assert list(atlas.articles(Filters())["title"])
    assert atlas.article(brief(0).id) is not None
    del atlas
    done = vacuum(store, keep=1, keep_days=0, now=lambda: later(1))
    assert done.snapshots == [first.name]
    assert not Path(first.files("articles")[0]).exists() if first.path.exists() else True
    with pytest.raises(StoreError, match="newest"):
        Atlas(first)


def test_a_long_log_is_shortened_and_still_read(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for n in range(26):
        with store.writing() as commit:
            commit.write("rejects", _reject(n))
            commit.publish()
    log = tmp_path / "tables" / "rejects" / "_delta_log"
    assert len(list(log.glob("*.json"))) == 26
    vacuum(store, keep=2, keep_days=0, now=lambda: later(1))
    assert len(list(log.glob("*.json"))) == 2
    assert check(tmp_path).faults == []
    assert [len(s.frame("rejects")) for s in store.snapshots()] == [25, 26]
    with store.writing() as commit:
        commit.write("rejects", _reject(26))
    with store.writing() as commit:
        # What the commit before left was taken back, over the checkpoint.
        assert len(commit.read("rejects", ["reason"])) == 26


def _reject(n: int):  # type: ignore[no-untyped-def]
    from dateline.annotate import frame_of

    row = {"run": "r", "locator": "x", "position": str(n), "kind": "broken", "reason": "y", "excerpt": ""}
    return frame_of("rejects", [row])


@pytest.mark.slow
def test_logs_are_kept_however_old_they_are(tmp_path: Path) -> None:
    """Delta Lake would drop what is older than thirty days whenever it writes a checkpoint, each hundred versions."""
    import os

    store = Store(tmp_path)
    with store.writing() as commit:
        for n in range(60):
            commit.write("rejects", _reject(n))
        first = commit.publish()
    with store.writing() as commit:
        for n in range(60, 150):
            commit.write("rejects", _reject(n))
        commit.publish()
    log = tmp_path / "tables" / "rejects" / "_delta_log"
    for path in log.iterdir():
        os.utime(path, (0, 0))
    with store.writing() as commit:
        for n in range(150, 205):
            commit.write("rejects", _reject(n))
        commit.publish()
    assert len(list(log.glob("*.checkpoint.parquet"))) == 2
    assert len(first.frame("rejects")) == 60


def test_nothing_is_removed_where_a_snapshot_cannot_be_read(tmp_path: Path) -> None:
    store = grown(tmp_path, 1, 1, 1)
    (tmp_path / "snapshots" / "000001.json").write_text("{")
    with pytest.raises(StoreError, match="repair"):
        vacuum(store, keep=1, keep_days=0, now=lambda: later(1))
    assert len(store.paths()) == 3


def test_pins_are_named_and_of_snapshots_that_exist(tmp_path: Path) -> None:
    store = grown(tmp_path, 1)
    for name in ("", "../out", "a/b", ".hidden", "x" * 101):
        with pytest.raises(StoreError, match="cannot name a pin"):
            store.pin(name, newest(store).name)
    with pytest.raises(StoreError, match="no snapshot"):
        store.pin("fine", "9-00000000")
    with pytest.raises(StoreError, match="no pin"):
        store.unpin("fine")


def test_a_reader_may_do_none_of_it(tmp_path: Path) -> None:
    store = grown(tmp_path, 1)
    reader = Actor("reader", "reader")
    with pytest.raises(NotAllowed):
        compact(store, actor=reader)
    with pytest.raises(NotAllowed):
        vacuum(store, actor=reader)
    with pytest.raises(NotAllowed):
        ingest([brief(3)], store, actor=reader)
    assert newest(store).articles == 1
