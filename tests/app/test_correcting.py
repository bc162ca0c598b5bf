"""Correcting on screen: by whom, with which words, and what then stands on every page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dateline.corrections import corrections, drafts, record
from dateline.filters import Filters
from dateline.ingest import ingest
from dateline.query import Atlas
from dateline.rights import Actor
from dateline.store import Snapshot, Store
from tests.corrections.conftest import ARTICLES, FLOOD, FLOOD_AGAIN, STRIKE

Open = Callable[..., AppTest]


@pytest.fixture
def store(opened: Open, tmp_path: Path) -> Store:
    made = Store(tmp_path / "atlas")
    ingest(ARTICLES, made)
    return made


def latest(store: Store) -> Snapshot:
    found = store.latest()
    assert found is not None
    return found


def story_of(store: Store, article: str) -> str:
    found = Atlas(latest(store)).article(article)
    assert found is not None
    return str(found["story"])


def correct(app: AppTest, article: str, label: str) -> AppTest:
    """Open the form for a finding by its label."""
    pills = app.button_group(key=f"correct-{article}")
    pills.set_value(label)
    app.run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    return " ".join(m.value for m in app.markdown)


def test_not_a_place(opened: Open, store: Store) -> None:
    app = opened("stories", story=story_of(store, FLOOD.id))
    assert not app.exception
    app = correct(app, FLOOD.id, "Vienna")
    app.radio(key="correct-what").set_value("removed")
    app.run()
    app.text_input(key="correct-note").set_value("a <b>namesake</b>")
    app.button(key="correct-save").click()
    app.run()
    assert not app.exception
    (made,) = corrections(latest(store))
    assert (made.kind, made.article, made.after, made.note) == (
        "mention",
        FLOOD.id,
        {"removed": True},
        "a <b>namesake</b>",
    )
    assert "Corrected" in said(app)
    assert "not a place" in said(app)
    app.button(key=f"mark-{FLOOD.id}-{made.id}").click()
    app.run()
    assert not app.exception
    assert "not a place" not in said(app)
    assert len(corrections(latest(store))) == 2


def test_another_place_found_by_search(opened: Open, store: Store) -> None:
    app = correct(opened("stories", story=story_of(store, STRIKE.id)), STRIKE.id, "Tbilisi")
    app.text_input(key="correct-search").set_value("Gori").run()
    chosen = next(o for o in app.radio(key="correct-place").options if "Gori" in o and "Georgia" in o)
    app.radio(key="correct-place").set_value(
        _code(app.radio(key="correct-place").options.index(chosen), "Gori")
    )
    app.button(key="correct-save").click().run()
    assert not app.exception
    (made,) = corrections(latest(store))
    assert (made.after["name"], made.after["country"]) == ("Gori", "GE")
    assert made.before["name"] == "Tbilisi"
    assert set(Atlas(latest(store)).article(STRIKE.id)["mentions"]["name"]) >= {"Gori"}  # type: ignore[index]


def _code(number: int, typed: str) -> str:
    """The code behind an option of the form."""
    from dateline.gazetteer import load

    gazetteer = load()
    codes = [c.place.code for c in gazetteer.lookup(typed)] + [p.code for p in gazetteer.search(typed, 12)]
    return list(dict.fromkeys(codes))[number]


def test_a_date_a_figure_and_a_topic(opened: Open, store: Store) -> None:
    story = story_of(store, FLOOD.id)
    app = correct(opened("stories", story=story), FLOOD.id, "Friday → 2025-12-12")
    app.radio(key="correct-what").set_value("of").run()
    app.button(key="correct-save").click().run()
    app = correct(app, FLOOD.id, "14 → 14 injured")
    app.number_input(key="correct-low").set_value(15).run()
    app.button(key="correct-save").click().run()
    app = correct(app, FLOOD.id, "Add a topic")
    app.selectbox(key="correct-topic").set_value("medtop:17000000").run()
    app.button(key="correct-save").click().run()
    assert not app.exception
    made = corrections(latest(store))
    assert [c.kind for c in made] == ["date", "toll", "topic"]
    assert [c.after for c in made[:2]] == [
        {"of": "reference"},
        {"kind": "injured", "low": 15, "high": 15, "qualifier": "exact", "vague": False},
    ]
    row = Atlas(latest(store)).articles(Filters(story=story)).set_index("id").loc[FLOOD.id]
    assert (row["injured"], row["topic"]) == (15, "medtop:17000000")


def test_a_conflict_is_told_and_nothing_saved(opened: Open, store: Store) -> None:
    app = correct(opened("stories", story=story_of(store, FLOOD.id)), FLOOD.id, "Vienna")
    seen = latest(store)
    row = Atlas(seen).article(FLOOD.id)["mentions"].query("surface == 'Vienna'").iloc[0].to_dict()  # type: ignore[index]
    record(
        store, Actor("boris", "editor"), [drafts.of("mention", row, FLOOD.text, {"removed": True})], seen=seen
    )
    app.radio(key="correct-what").set_value("not-here").run()
    app.button(key="correct-save").click().run()
    assert not app.exception
    assert any("boris has corrected the same" in e.value for e in app.error)
    assert len(corrections(latest(store))) == 1


def test_readers_see_what_was_corrected_and_no_forms(
    opened: Open, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = latest(store)
    row = Atlas(seen).article(FLOOD.id)["mentions"].query("surface == 'Vienna'").iloc[0].to_dict()  # type: ignore[index]
    record(
        store, Actor("boris", "editor"), [drafts.of("mention", row, FLOOD.text, {"removed": True})], seen=seen
    )
    monkeypatch.setattr("dateline.ui.session.actor", lambda: Actor("guest", "reader"))
    app = opened("stories", story=story_of(store, FLOOD.id))
    assert "not a place" in said(app) and "boris" in said(app)
    keys = {b.key for b in app.button if b.key}
    assert not {k for k in keys if k.startswith(("mark-", "story-merge", "story-split", "story-right"))}
    with pytest.raises(KeyError):
        app.button_group(key=f"correct-{FLOOD.id}")


def test_stories_are_split_and_the_list_on_sources_takes_it_back(opened: Open, store: Store) -> None:
    story = story_of(store, FLOOD.id)
    app = opened("stories", story=story)
    app.button(key="story-split").click().run()
    app.checkbox(key=f"split-{FLOOD_AGAIN.id}").check().run()
    app.button(key="split-save").click().run()
    assert not app.exception
    assert story_of(store, FLOOD_AGAIN.id) != story_of(store, FLOOD.id)
    (made,) = corrections(latest(store))
    app = opened("sources")
    assert not app.exception
    app.button(key=f"book-{made.id}").click().run()
    assert not app.exception
    assert story_of(store, FLOOD_AGAIN.id) == story_of(store, FLOOD.id)
    assert any(button.key == f"book-{made.id}" and button.label == "Redo" for button in app.button)


def test_two_stories_are_merged(opened: Open, store: Store) -> None:
    app = opened("stories", story=story_of(store, FLOOD.id))
    app.button(key="story-merge").click().run()
    app.text_input(key="merge-words").set_value("strike").run()
    app.button(key="merge-save").click().run()
    assert not app.exception
    assert story_of(store, STRIKE.id) == story_of(store, FLOOD.id)


def test_the_sample_is_nobodys_to_correct(opened: Open) -> None:
    app = opened("overview", region="MA")
    app.button(key="story-open-0").click().run()
    assert not app.exception
    assert not [b for b in app.button if b.key == "story-merge"]
