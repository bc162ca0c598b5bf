"""Homes: which folder, which snapshot, and a sample that is built once."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline import homes
from dateline.article import Reject, make_article
from dateline.ingest import ingest
from dateline.store import Store


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setenv("DATELINE_STORE", str(tmp_path / "own"))
    return Store(tmp_path / "own")


def test_the_environment_names_the_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_STORE", str(tmp_path / "s"))
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path / "c"))
    assert (homes.default_store(), homes.cache()) == (tmp_path / "s", tmp_path / "c")
    monkeypatch.delenv("DATELINE_STORE")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert homes.default_store().name == "atlas"


def test_a_newcomer_sees_the_sample_and_then_the_own_atlas(own: Store) -> None:
    shown, sample = homes.find_snapshot(None)
    assert sample
    assert shown is not None
    assert shown.articles > 300
    ingest([Reject("test", "line 1", "no article")], own)
    assert homes.find_snapshot(None)[1], "an atlas of rejects alone hides nothing"
    report = ingest([make_article("Floods in Safi, Morocco.", locator="test")], own)
    assert homes.find_snapshot(None) == (report.snapshot, False)
    # A link that pins the sample still opens it, one that pins nothing known is said to be so.
    assert homes.find_snapshot(shown.name) == (shown, True)
    assert homes.find_snapshot("9-00000000")[0] is None


def test_an_atlas_is_opened_at_a_pinned_snapshot(own: Store) -> None:
    first = ingest([make_article("Floods in Safi, Morocco.")], own).snapshot
    second = ingest([make_article("A quake in Vienna, Austria.")], own).snapshot
    assert first is not None
    assert second is not None
    newest, pinned = homes.open_atlas(own.folder), homes.open_atlas(own.folder, first.name)
    assert newest is not None
    assert pinned is not None
    assert (newest.snapshot.articles, pinned.snapshot.articles) == (2, 1)
    assert homes.open_atlas(own.folder, "9-00000000") is None


def test_the_sample_is_built_once() -> None:
    again = homes.sample_store(lambda stage, done: pytest.fail(f"built again: {stage}"))
    assert again.latest() is not None


def test_known_places_are_those_of_the_gazetteer() -> None:
    assert all(homes.known_place(code) for code in ("MA", "MA.07", "g2537881", "south-caucasus"))
    assert not any(homes.known_place(code) for code in ("XX", "MA.99", "g1", "middle-earth", ""))
