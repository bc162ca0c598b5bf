"""Disks that fill up, folders that may not be written, clocks set back, inputs that are cut: nothing is lost."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from dateline import upkeep
from dateline.article import Article
from dateline.ingest import ingest
from dateline.query import Atlas
from dateline.sources import read
from dateline.store import Store, StoreError
from dateline.store import commit as committing
from tests.upkeep.atlas import brief, grown, ids, newest


def whole(folder: Path) -> bool:
    return upkeep.check(folder).faults == []


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of four megabytes; skipped where this user may not mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=4m", "dateline-test", str(disk)]
    if os.name != "posix" or os.geteuid() != 0 or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("mounting a small disk needs the rights of root")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def long_articles(start: int, count: int) -> list[Article]:
    """Articles whose texts do not pack well."""
    from dataclasses import replace

    return [
        replace(brief(n), text=f"{brief(n).text} {os.urandom(20_000).hex()}")
        for n in range(start, start + count)
    ]


def test_a_full_disk_commits_nothing_and_the_next_run_completes(small: Path) -> None:
    store = grown(small / "atlas", 3)
    there = ids(store)
    filler = small / "filler"
    filler.write_bytes(b"x" * _free(small, leave=150_000))
    items = long_articles(10, 60)
    with pytest.raises(StoreError, match="cannot be written") as refused:
        ingest(items, store)
    assert "\n" not in str(refused.value)
    assert whole(small / "atlas")
    assert ids(store) == there
    filler.unlink()
    assert ingest(items, store).kept == 60
    assert whole(small / "atlas")
    assert ids(store) == sorted([*there, *(a.id for a in items)])


def test_a_disk_without_a_byte_left_stays_readable(small: Path) -> None:
    store = grown(small / "atlas", 3)
    (small / "filler").write_bytes(b"x" * _free(small, leave=0))
    with pytest.raises(StoreError):
        ingest([brief(9)], store)
    assert whole(small / "atlas")
    assert Atlas(newest(store)).snapshot.articles == 3
    (small / "filler").unlink()
    assert ingest([brief(9)], store).kept == 1


def _free(disk: Path, leave: int) -> int:
    left = os.statvfs(disk)
    return max(0, left.f_bavail * left.f_frsize - leave)


def test_a_disk_that_is_read_only(small: Path) -> None:
    folder = small / "atlas"
    store = grown(folder, 3)
    subprocess.run(["mount", "-o", "remount,ro", str(small)], check=True)
    try:
        with pytest.raises(StoreError, match="cannot be written"):
            ingest([brief(9)], store)
        for work in (upkeep.compact, upkeep.vacuum):
            with pytest.raises(StoreError, match="cannot be written"):
                work(store)
        # Readers are as well off as ever, and keep their hold on what they read.
        assert whole(folder)
        assert Atlas(newest(store)).snapshot.articles == 3
    finally:
        subprocess.run(["mount", "-o", "remount,rw", str(small)], check=True)
    assert ingest([brief(9)], store).kept == 1


@pytest.mark.parametrize("table", ["articles", "events", "stories", "runs"])
def test_a_write_that_fails_at_any_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: str) -> None:
    store = grown(tmp_path, 3)
    there = ids(store)
    write: Callable[..., None] = committing.write_deltalake

    def failing(path: Path, *given: Any, **named: Any) -> None:
        if Path(path).name == table:
            raise OSError(28, "No space left on device")
        write(path, *given, **named)

    monkeypatch.setattr(committing, "write_deltalake", failing)
    with pytest.raises(StoreError, match="No space left"):
        ingest([brief(9)], store)
    monkeypatch.undo()
    assert whole(tmp_path)
    assert ids(store) == there
    assert ingest([brief(9)], store).kept == 1
    assert whole(tmp_path)


@pytest.mark.parametrize("fails", ["sums", "snapshots"])
def test_a_failure_while_publishing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: str) -> None:
    store = grown(tmp_path, 3)
    there = ids(store)
    write = committing.write_new

    def failing(path: Path, content: dict[str, object]) -> None:
        if path.parent.name == fails:
            raise OSError(28, "No space left on device")
        write(path, content)

    monkeypatch.setattr(committing, "write_new", failing)
    with pytest.raises(StoreError, match="No space left"):
        ingest([brief(9)], store)
    monkeypatch.undo()
    assert whole(tmp_path)
    assert ids(store) == there
    assert ingest([brief(9)], store).kept == 1
    assert whole(tmp_path)


def test_a_clock_that_was_set_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = grown(tmp_path, 2)

    class Back(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return datetime(2001, 1, 1, tzinfo=UTC)

    monkeypatch.setattr(committing, "datetime", Back)
    ingest([brief(5)], store)
    monkeypatch.undo()
    first, second = store.snapshots()
    assert second.at < first.at
    assert newest(store) == second
    assert [first.articles, second.articles] == [2, 3]
    ingest([brief(6)], store)
    assert whole(tmp_path)
    # The newest stays whatever its time, and one that lies ahead is not taken for old.
    upkeep.vacuum(store, keep_days=1, keep=1, now=lambda: datetime(2001, 1, 2, tzinfo=UTC))
    assert len(store.snapshots()) == 3
    assert whole(tmp_path)
    assert newest(store).articles == 4


def test_inputs_that_were_cut_and_are_read_again_when_whole(tmp_path: Path) -> None:
    rows = [json.dumps(brief(n).to_dict()) for n in range(40)]
    text = ("\n".join(rows) + "\n").encode()
    lines, packed = tmp_path / "in" / "growing.jsonl", tmp_path / "in" / "packed.jsonl.gz"
    lines.parent.mkdir()
    store = Store(tmp_path / "atlas")
    later = [json.dumps(brief(n).to_dict()) for n in range(40, 80)]
    whole_pack = gzip.compress("\n".join(later).encode())
    for share in (0.3, 0.7, 1.0):
        lines.write_bytes(text[: int(len(text) * share)])
        packed.write_bytes(whole_pack[: int(len(whole_pack) * share)])
        report = ingest(read([str(lines.parent)]), store)
        assert (report.broken > 0) == (share < 1)
        assert whole(tmp_path / "atlas")
        assert len(set(ids(store))) == len(ids(store))
    assert {brief(n).id for n in range(80)} == set(ids(store))
