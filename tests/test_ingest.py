"""Ingest: what is counted, what is kept of a bad batch, and what a failure leaves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.article import Article, Reject, make_article
from dateline.ingest import ingest
from dateline.sources import read
from dateline.store import Store

FLOOD = "Floods killed 12 people in Safi, Morocco, on Sunday (14 December), officials said."
QUAKE = "A quake shook Vienna, Austria, on 5 December 2025."


def test_the_report_counts_and_says_it_in_one_line(tmp_path: Path) -> None:
    items = [
        make_article(FLOOD, locator="x"),
        make_article(FLOOD, locator="y"),
        make_article(QUAKE),
        Reject("x", "line 2", "a menu", "Home", "boilerplate"),
        Reject("y", "", "no text", "", "broken"),
    ]
    report = ingest(items, Store(tmp_path))
    assert (report.read, report.kept, report.doubled, report.broken) == (3, 2, 1, 1)
    assert report.words() == (
        "3 read: 2 kept, 1 there before, 2 lines or items rejected (1 of them unreadable)"
    )


def test_bad_files_are_recorded_and_the_rest_of_the_batch_is_kept(tmp_path: Path) -> None:
    batch = tmp_path / "batch"
    batch.mkdir()
    (batch / "a-empty.txt").write_bytes(b"")
    (batch / "b-binary.dat").write_bytes(bytes(range(256)) * 40)
    (batch / "c-columns.csv").write_text("name,age\nAnna,7\n")
    (batch / "d-lines.jsonl").write_text(
        "".join(f'{{"text": "{QUAKE} Report {n}."}}\n' for n in range(6)) + '{"text": "cut\n'
    )
    (batch / "e-day.csv").write_text(f'text,date\n"{QUAKE}",2025-02-31\n"{FLOOD}",2025-12-15\n')
    (batch / "f-cp1251.txt").write_bytes(
        ("В Баку прошла встреча министров энергетики трёх стран, сообщили во вторник власти.\n" * 3).encode(
            "cp1251"
        )
    )
    store = Store(tmp_path / "atlas")
    report = ingest(read([str(batch), str(tmp_path / "nowhere.txt")]), store)
    assert report.snapshot is not None
    texts = set(report.snapshot.frame("articles")["text"])
    assert {FLOOD, f"{QUAKE} Report 5."} <= texts
    assert any("Баку" in text for text in texts)

    rejects = report.snapshot.frame("rejects")
    broken = rejects[rejects["kind"] == "broken"]
    names = {Path(locator).name for locator in broken["locator"]}
    assert names == {
        *("a-empty.txt", "b-binary.dat", "c-columns.csv", "d-lines.jsonl", "e-day.csv", "nowhere.txt"),
    }
    places = {Path(r.locator).name: r.position for r in broken.itertuples()}
    assert (places["d-lines.jsonl"], places["e-day.csv"]) == ("line 7", "line 2")
    assert not broken["reason"].str.contains("\n").any()
    # The same batch once more: nothing new, no reject twice.
    again = ingest(read([str(batch), str(tmp_path / "nowhere.txt")]), store)
    assert (again.kept, again.snapshot) == (0, report.snapshot)


def test_rejects_alone_are_a_snapshot_of_their_own(tmp_path: Path) -> None:
    report = ingest([Reject("x", "", "the file is empty")], Store(tmp_path))
    assert report.snapshot is not None
    assert (report.snapshot.articles, len(report.snapshot.frame("rejects"))) == (0, 1)


def test_nothing_at_all_commits_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert ingest([], store).snapshot is None
    assert store.latest() is None


def test_a_source_that_fails_half_way_leaves_the_atlas_as_it_was(tmp_path: Path) -> None:
    store = Store(tmp_path)
    before = ingest([make_article(QUAKE)], store).snapshot

    def failing() -> Iterator[Article | Reject]:
        yield make_article(FLOOD)
        raise OSError("the stick was pulled")

    with pytest.raises(OSError, match="pulled"):
        ingest(failing(), store)
    assert store.latest() == before
    assert ingest([make_article(FLOOD)], store).kept == 1


def test_languages_and_days_are_filled_in(tmp_path: Path) -> None:
    items = [
        make_article(
            "В Баку во вторник открылась большая выставка ковров.", published="2025-12-15T23:30:00-05:00"
        ),
        make_article(QUAKE, language="de"),
    ]
    snapshot = ingest(items, Store(tmp_path)).snapshot
    assert snapshot is not None
    rows = snapshot.frame("articles").set_index("id")
    assert rows["language"].to_dict() == {items[0].id: "ru", items[1].id: "de"}
    assert str(rows.loc[items[0].id, "published_on"]) == "2025-12-15"
    assert rows["published_on"].isna().sum() == 1


def test_progress_names_its_stages(tmp_path: Path) -> None:
    told: list[tuple[str, int]] = []
    ingest([make_article(QUAKE)], Store(tmp_path), progress=lambda stage, done: told.append((stage, done)))
    assert [done for _, done in told] == [1, 1]
    assert "stories" in told[-1][0]
