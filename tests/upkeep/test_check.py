"""Check and repair: each kind of damage is told, and mended without losing what can be read."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from dateline.article import make_article
from dateline.ingest import ingest
from dateline.query import Atlas
from dateline.rights import Actor, NotAllowed
from dateline.store import FORMAT, StoreError
from dateline.upkeep import check, repair

from .atlas import brief, grown, ids, newest, own_file


def kinds(folder: Path) -> set[str]:
    return {fault.kind for fault in check(folder).faults}


def test_a_whole_store_has_no_fault_and_repair_does_nothing(tmp_path: Path) -> None:
    store = grown(tmp_path, 3, 2)
    ingest([brief(1, version=5)], store)
    before = newest(store)
    state = check(tmp_path)
    assert (state.faults, state.leftovers, state.whole, state.articles) == ([], [], [1, 2, 3], 5)
    assert "whole: 5 articles, 3 snapshots" in state.words()
    assert repair(tmp_path) == []
    assert newest(store) == before


def test_there_has_to_be_a_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="There is no store"):
        check(tmp_path / "none")
    (tmp_path / "store.json").write_text(json.dumps({"format": FORMAT + 1}))
    with pytest.raises(StoreError, match="reads formats up to"):
        check(tmp_path)


def test_a_reader_may_not_repair(tmp_path: Path) -> None:
    grown(tmp_path, 1)
    with pytest.raises(NotAllowed):
        repair(tmp_path, actor=Actor("reader", "reader"))


def test_a_dead_commit_is_a_leftover_and_no_fault(tmp_path: Path) -> None:
    store = grown(tmp_path, 2)
    with pytest.raises(RuntimeError), store.writing() as commit:
        commit.write("articles", newest(store).frame("articles"))
        raise RuntimeError
    (tmp_path / "snapshots" / ".new-half").write_text("{")
    state = check(tmp_path)
    assert state.faults == []
    assert len(state.leftovers) == 2
    said = repair(tmp_path)
    assert any("taken back" in line for line in said)
    assert check(tmp_path).leftovers == []
    assert ids(store) == sorted(brief(n).id for n in range(2))


@pytest.mark.parametrize("table", ["articles", "mentions", "stories", "events"])
@pytest.mark.parametrize("harm", ["missing", "cut", "flipped", "empty"])
def test_a_damaged_file_of_the_newest_reading(tmp_path: Path, table: str, harm: str) -> None:
    store = grown(tmp_path, 3, 2)
    wanted = ids(store)
    file = own_file(store, 2, table)
    data = file.read_bytes()
    middle = len(data) // 2
    if harm == "missing":
        file.unlink()
    else:
        harmed = {
            "cut": data[:middle],
            "flipped": data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :],
        }
        file.write_bytes(harmed.get(harm, b""))
    state = check(tmp_path)
    assert [f.kind for f in state.faults] == ["file"]
    assert file.name in state.faults[0].words
    assert (state.whole, state.broken) == ([1], [2])
    said = repair(tmp_path)
    assert any("went back to snapshot 1" in line for line in said)
    assert kinds(tmp_path) == set()
    assert harm == "missing" or list((tmp_path / "damaged").rglob(file.name))
    # What could be read is there again, and the next reading completes the work.
    assert table == "articles" or ids(store) == wanted
    ingest([brief(n) for n in range(5)], store)
    assert ids(store) == wanted
    assert Atlas(newest(store)).snapshot.articles == 5
    assert repair(tmp_path) == []


def test_damage_in_every_snapshot_keeps_all_that_can_be_read(tmp_path: Path) -> None:
    store = grown(tmp_path, 3, 2)
    wanted = ids(store)
    stories = newest(store).frame("stories").set_index("article")["story"].to_dict()
    own_file(store, 1, "mentions").write_bytes(b"PAR1")
    assert check(tmp_path).whole == []
    said = repair(tmp_path)
    assert any("began anew" in line for line in said)
    assert kinds(tmp_path) == set()
    assert ids(store) == wanted
    assert newest(store).frame("stories").set_index("article")["story"].to_dict() == stories
    assert Atlas(newest(store)).evidence.__name__  # opens


def test_damaged_snapshot_files(tmp_path: Path) -> None:
    store = grown(tmp_path, 2, 1, 1)
    wanted = ids(store)
    (tmp_path / "snapshots" / "000002.json").write_text("{")
    (tmp_path / "snapshots" / "000003.json").write_text("[]")
    assert kinds(tmp_path) == {"snapshot"}
    repair(tmp_path)
    assert kinds(tmp_path) == set()
    assert ids(store) == wanted
    assert sorted(p.name for p in (tmp_path / "damaged" / "snapshots").iterdir()) == [
        "000002.json",
        "000003.json",
    ]


def test_snapshots_that_were_all_lost(tmp_path: Path) -> None:
    store = grown(tmp_path, 2, 1)
    wanted = ids(store)
    shutil.rmtree(tmp_path / "snapshots")
    repair(tmp_path)
    assert ids(store) == wanted
    assert kinds(tmp_path) == set()


def test_an_ingest_into_a_store_without_its_snapshots_removes_nothing(tmp_path: Path) -> None:
    grown(tmp_path, 2)
    shutil.rmtree(tmp_path / "snapshots")
    grown(tmp_path, 1, start=7)
    kept = list((tmp_path / "damaged" / "tables" / "articles").glob("*.parquet"))
    assert pq.read_table(kept).num_rows == 2


def test_a_damaged_log(tmp_path: Path) -> None:
    store = grown(tmp_path, 2, 1)
    wanted = ids(store)
    entries = sorted((tmp_path / "tables" / "mentions" / "_delta_log").glob("*.json"))
    entries[-1].write_text("{not json")
    assert kinds(tmp_path) == {"table"}
    with pytest.raises(StoreError, match="dateline check --repair"):
        ingest([brief(9)], store)
    repair(tmp_path)
    assert kinds(tmp_path) == set()
    assert ids(store) == wanted


def test_a_missing_or_broken_mark(tmp_path: Path) -> None:
    grown(tmp_path, 2)
    for text in (None, "{", json.dumps({"format": "x"})):
        mark = tmp_path / "store.json"
        mark.unlink() if text is None else mark.write_text(text)
        assert kinds(tmp_path) == {"format"}
        assert repair(tmp_path)
        assert json.loads(mark.read_text()) == {"format": FORMAT}
        assert kinds(tmp_path) == set()


def test_rows_that_are_doubled_orphaned_or_lacking(tmp_path: Path) -> None:
    store = grown(tmp_path, 3)
    wanted = ids(store)
    snapshot = newest(store)
    with store.writing() as commit:
        commit.write("articles", snapshot.frame("articles").head(1))
        commit.write("events", snapshot.frame("events").head(1))
        commit.write("mentions", snapshot.frame("mentions").head(1).assign(article="f" * 16))
        commit.replace("stories", snapshot.frame("stories").head(1))
        commit.publish()
    assert kinds(tmp_path) == {"doubled", "orphan", "lacking"}
    said = repair(tmp_path)
    assert kinds(tmp_path) == set()
    assert ids(store) == wanted
    assert len(said) == 5
    with store.writing() as commit:
        commit.replace("events", snapshot.frame("events").head(0))
        commit.publish()
    assert kinds(tmp_path) == {"lacking"}
    repair(tmp_path)
    columns = ["article", "killed", "first"]
    assert newest(store).frame("events")[columns].sort_values("article").to_dict("list") == (
        snapshot.frame("events")[columns].sort_values("article").to_dict("list")
    )


def test_versions_outlive_a_repair(tmp_path: Path) -> None:
    store = grown(tmp_path, 2)
    ingest([brief(1, version=3)], store)
    own_file(store, 2, "tolls").unlink()
    repair(tmp_path)
    atlas = Atlas(newest(store))
    assert newest(store).articles == 2
    assert list(atlas.history(brief(1).id)["killed"]) == [3, 6]


def test_articles_without_an_address_are_rescued_too(tmp_path: Path) -> None:
    store = grown(tmp_path, 1)
    plain = make_article("A quake shook Vienna, Austria, on 5 December 2025.")
    ingest([plain], store)
    own_file(store, 2, "topics" if "topics" in newest(store).tables else "dates").unlink()
    repair(tmp_path)
    row = newest(store).frame("articles").set_index("id").loc[plain.id]
    assert (row["text"], row["url"] is None or row.isna()["url"]) == (plain.text, True)
