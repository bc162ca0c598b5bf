"""What was corrected or confirmed, as gold rows, and the figures on it."""

from __future__ import annotations

import pytest

from dateline.corrections import drafts, record
from dateline.evaluation import corrections as judged
from dateline.query import Atlas
from dateline.store import Store
from tests.corrections.conftest import ANNA, FLOOD, FLOOD_AGAIN, STRIKE
from tests.corrections.test_recording import VIENNA_VA, draft, latest, rows


@pytest.fixture
def atlas(store: Store) -> Atlas:
    safi = next(row for row in rows(store, FLOOD_AGAIN.id) if row["surface"] == "Safi")
    killed = next(t for t in rows(store, FLOOD.id, "tolls") if t["kind"] == "killed")
    story = {"story": "s", "title": "Flood", "articles": [FLOOD.id, FLOOD_AGAIN.id]}
    record(
        store,
        ANNA,
        [
            draft("mention", "Vienna", FLOOD.text, FLOOD.id, **VIENNA_VA),
            draft("mention", "Tbilisi", STRIKE.text, STRIKE.id, removed=True),
            drafts.confirmed("mention", safi, FLOOD_AGAIN.text),
            drafts.confirmed("toll", killed, FLOOD.text),
            draft("date", "Friday", FLOOD.text, FLOOD.id, of="reference"),
            sport(STRIKE.id),
            drafts.story_confirmed(story),
        ],
        seen=latest(store),
    )
    return Atlas(latest(store))


def sport(article: str) -> drafts.Draft:
    return drafts.Draft("topic", article, "medtop:15000000", {"label": "sport", "first": True})


def test_figures_count_what_was_judged_and_nothing_else(atlas: Atlas) -> None:
    places = judged.run(atlas, "places")
    # Safi is found and right, Vienna found but elsewhere, Tbilisi still taken for a place.
    assert (places["judged"], places["gold"], places["found"]) == (3, 2, 3)
    assert (places["same_place"], places["left_out"]) == (0.5, 0.0)
    assert judged.run(atlas, "tolls") == {"killed": 1.0, "killed_judged": 1, "injured_judged": 0, "rows": 1}
    dates = judged.run(atlas, "dates")
    assert (dates["value"], dates["value_and_of"]) == (1.0, 0.0)
    assert "left_out" not in dates
    assert judged.run(atlas, "topics")["accuracy"] == 0.0
    assert judged.run(atlas, "stories")["f1"] == 1.0


def test_rows_have_the_form_of_gold_files(atlas: Atlas) -> None:
    for row in judged.gold(atlas, "places"):
        for span in (*row["toponyms"], *row["not"]):
            assert row["text"][span["start"] : span["end"]] == span["text"]
        assert row["partial"]
    assert {row["id"] for row in judged.gold(atlas, "dates")} == {FLOOD.id}
    assert [row["killed_ok"] for row in judged.gold(atlas, "tolls")] == [[37]]
    assert {row["cluster"] for row in judged.gold(atlas, "stories")} == {
        atlas.article(FLOOD.id)["story"]  # type: ignore[index]
    }


def test_a_store_without_corrections_has_no_gold(store: Store) -> None:
    for kind in judged.KINDS:
        assert judged.run(Atlas(latest(store)), kind)["rows"] == 0
    with pytest.raises(ValueError, match="none of"):
        judged.run(Atlas(latest(store)), "pages")
