"""Every page's script runs: on the sample, on nothing, and on a store that is damaged."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dateline.homes import default_store
from dateline.ingest import ingest
from dateline.sources import read_bytes
from dateline.store import Store
from tests.app.conftest import Open

PAGES = {
    "overview": "Overview",
    "map": "Map",
    "timeline": "Timeline",
    "topics": "Topics",
    "stories": "Stories",
    "sources": "Sources",
}
LETTER = b"Fishermen in Safi, Morocco, mended the harbour wall on 14 December 2025. The town hall paid for the stone."


def words(app: AppTest) -> str:
    """The selection as a sentence: the bold line below the title, without Markdown's escapes."""
    return next(m.value for m in app.main.markdown if m.value.startswith("**")).strip("*").replace("\\", "")


def loaded(app: AppTest) -> str:
    """ "309 of 309 loaded": the first denominator."""
    labels = [block.proto.popover.label for block in app.main.get("popover")]
    return next(label for label in labels if label.endswith("loaded"))


def headers(app: AppTest) -> list[str]:
    return [h.value for h in app.main.header]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_runs_on_the_sample(page: str, opened: Open) -> None:
    app = opened(page)
    assert not app.exception
    assert not app.error
    assert [title.value for title in app.title] == [PAGES[page]]
    assert words(app) == "All articles, by event date"
    assert any("sample corpus" in caption.value for caption in app.caption)


@pytest.mark.parametrize("page", [page for page in PAGES if page != "sources"])
def test_nothing_selected_says_what_to_do(page: str, opened: Open) -> None:
    app = opened(page, q="xyzzyx")
    assert not app.exception
    assert headers(app) == ["No article fits these filters"]
    app.button(key="clear-empty").click().run()
    assert words(app) == "All articles, by event date"
    assert "q" not in app.query_params


def test_an_own_atlas_takes_the_place_of_the_sample(opened: Open) -> None:
    opened()
    ingest(read_bytes("letter.txt", LETTER), Store(default_store()))
    app = opened("map")
    assert loaded(app) == "1 of 1 loaded"
    assert not any("sample corpus" in caption.value for caption in app.caption)
    # The sample stays reachable by a link that pins it.
    pinned = opened("map", data="1-00000000")
    assert any("data=1" in warning.value.replace("\\", "") for warning in pinned.warning)
    assert loaded(pinned) == "1 of 1 loaded"


@pytest.mark.parametrize("page", PAGES)
def test_a_damaged_store_is_one_clear_message(page: str, opened: Open, tmp_path: Path) -> None:
    ingest(read_bytes("letter.txt", LETTER), Store(tmp_path / "atlas"))
    (snapshot,) = (tmp_path / "atlas" / "snapshots").glob("*.json")
    snapshot.write_text('{"number": 1, "name": "1-', "utf-8")
    app = opened(page)
    assert not app.exception
    (error,) = app.error
    told = error.value.replace("\\", "")
    assert str(snapshot) in told
    assert "damaged" in told
    assert "Traceback" not in told


def test_a_store_that_lost_a_table_is_one_clear_message(opened: Open, tmp_path: Path) -> None:
    ingest(read_bytes("letter.txt", LETTER), Store(tmp_path / "atlas"))
    for file in (tmp_path / "atlas" / "tables" / "articles").rglob("*"):
        if file.is_file():
            file.unlink()
    app = opened()
    assert not app.exception
    (error,) = app.error
    assert str(tmp_path / "atlas") in error.value.replace("\\", "")


def test_the_topics_page_shows_both_levels_and_terms(opened: Open) -> None:
    app = opened("topics", topic="medtop:03000000")
    assert not app.exception
    assert {"Second level", "Distinctive terms", "Rising terms"} <= set(headers(app))
    tables = {tuple(frame.value.columns): frame.value for frame in app.dataframe}
    terms = next(value for columns, value in tables.items() if "Term" in columns)
    assert len(terms)
    finer = next(value for columns, value in tables.items() if "Under" in columns)
    assert set(finer["Under"]) == {"Disaster, accident and emergency incident"}
    assert any("Filter a range of dates" in caption.value for caption in app.caption)


def test_a_second_level_topic_filters_to_some_of_its_parent(opened: Open) -> None:
    whole, part = (
        int(loaded(opened("topics", topic=f"medtop:{code}")).split()[0]) for code in ("03000000", "20000148")
    )
    assert 0 < part < whole


def test_all_articles_have_no_distinctive_terms(opened: Open) -> None:
    app = opened("topics")
    assert any("All articles are selected" in caption.value for caption in app.caption)
