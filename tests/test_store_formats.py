"""Formats: an older store opens as it is, is taken along by its first writer, and a newer one is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dateline.filters import Filters
from dateline.ingest import ingest
from dateline.query import Atlas
from dateline.store import FORMAT, Store, StoreError
from dateline.store import formats as steps
from dateline.upkeep import check, repair, vacuum
from tests.store_of_format_1 import write_store_of_format_1
from tests.upkeep.atlas import brief, grown, ids, newest

OLD = ("articles", "mentions", "dates", "tolls", "topics", "events", "stories", "runs")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    snapshot = newest(grown(tmp_path / "made", 3))
    folder = tmp_path / "old"
    write_store_of_format_1(folder, {t: snapshot.frame(t) for t in OLD if t in snapshot.tables})
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_an_older_store_opens_without_being_written(old: Path) -> None:
    before = files(old)
    store = Store(old)
    assert Atlas(newest(store)).counts(Filters()).loaded == 3
    assert check(old).faults == []
    assert files(old) == before


def test_the_first_writer_takes_it_to_this_format(old: Path) -> None:
    store = Store(old)
    assert ingest([brief(1, version=4)], store).changed == 1
    assert json.loads((old / "store.json").read_text()) == {"format": FORMAT}
    assert newest(store).articles == 3
    assert [s.articles for s in store.snapshots()] == [3, 3]
    assert check(old).faults == []
    # The files of before are watched over from now on.
    path = Path(store.snapshots()[0].files("articles")[0])
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))
    assert [f.kind for f in check(old).faults] == ["file"]


def test_a_migration_that_died_half_way_is_done_anew(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = steps.write_new

    def failing(path: Path, content: dict[str, object]) -> None:
        if path.name == "store.json":
            raise OSError(28, "No space left on device")
        write(path, content)

    monkeypatch.setattr(steps, "write_new", failing)
    with pytest.raises(StoreError, match="No space left"):
        ingest([brief(7)], Store(old))
    monkeypatch.undo()
    assert Store(old).latest() is not None
    ingest([brief(7)], Store(old))
    assert check(old).faults == []
    assert len(ids(Store(old))) == 4


@pytest.mark.parametrize("work", [vacuum, lambda store: repair(store.folder)])
def test_upkeep_takes_it_along_too(old: Path, work) -> None:  # type: ignore[no-untyped-def]
    work(Store(old))
    assert json.loads((old / "store.json").read_text()) == {"format": FORMAT}
    assert check(old).faults == []
    assert len(ids(Store(old))) == 3


def test_a_newer_store_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "store.json").write_text(json.dumps({"format": FORMAT + 1}))
    with pytest.raises(StoreError, match=f"format {FORMAT + 1}") as refused:
        Store(tmp_path)
    assert "\n" not in str(refused.value)
