"""Watching in the dashboard: started and stopped under Sources; what comes in is offered and moves nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dateline.rights import Actor
from dateline.sources.web import WebSettings
from dateline.store import Store
from dateline.ui import watching
from dateline.ui.watching import Desk
from tests.sources.web import texts
from tests.sources.web.server import Site, answer
from tests.upkeep.atlas import grown, newest

Open = Callable[..., AppTest]
EDITOR = Actor("desk", "editor")


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()


def until(told: Callable[[], bool], seconds: float = 120.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if told():
            return True
        time.sleep(0.05)
    return False


def test_what_came_in_is_offered_and_shown_when_asked_for(opened: Open, tmp_path: Path) -> None:
    store = grown(tmp_path / "atlas", 3)
    app = opened()
    assert not app.exception
    grown(tmp_path / "atlas", 2, start=3)
    app.run()
    assert app.session_state["scene"].atlas.snapshot.articles == 3
    button = app.button(key="show-newer")
    assert button.label == "2 new articles – show them"
    button.click()
    app.run()
    assert app.session_state["scene"].atlas.snapshot == newest(store)
    assert not [b for b in app.button if b.key == "show-newer"]


def test_who_follows_along_is_taken_along(opened: Open, tmp_path: Path) -> None:
    grown(tmp_path / "atlas", 2)
    app = opened()
    grown(tmp_path / "atlas", 1, start=2)
    app.run()
    app.checkbox(key="follow-box").check()
    app.run()
    assert app.session_state["scene"].atlas.snapshot.articles == 3
    grown(tmp_path / "atlas", 1, start=3)
    app.run()
    assert app.session_state["scene"].atlas.snapshot.articles == 4


def test_a_commit_with_the_same_articles_is_shown_at_once(opened: Open, tmp_path: Path) -> None:
    from dateline.upkeep import compact

    store = grown(tmp_path / "atlas", 2, 1)
    app = opened()
    compact(store)
    app.run()
    assert app.session_state["scene"].atlas.snapshot == newest(store)
    assert watching.waiting(str(store.folder), store.snapshots()[1].name) is None


def test_what_waits_is_put_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.ingest import ingest
    from tests.upkeep.atlas import brief

    monkeypatch.setenv("DATELINE_STORE", str(tmp_path))
    assert watching.waiting("elsewhere", "1-00000000") is None
    store = grown(tmp_path, 2)
    first = newest(store)
    assert watching.waiting(str(tmp_path), first.name) is None
    assert watching.waiting("the sample", "1-00000000") == "2 new articles"
    ingest([brief(1, version=2)], store)
    assert watching.waiting(str(tmp_path), first.name) == "Changed articles"
    grown(tmp_path, 1, start=5)
    assert watching.waiting(str(tmp_path), first.name) == "1 new article"
    (tmp_path / "snapshots" / "000003.json").write_text("{")
    assert watching.waiting(str(tmp_path), first.name) is None


def test_a_watch_of_the_server_runs_until_it_is_stopped(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_STORE", str(tmp_path))
    monkeypatch.setenv("DATELINE_ALLOW_PRIVATE", "1")
    site["/feed"] = answer(texts.rss(("Flood", "https://valleypost.example/1")))
    desk = Desk()
    assert not desk.running
    desk.start([site.url("/feed")], "1h", full=False, actor=EDITOR)
    try:
        assert until(lambda: bool(desk.rounds))
        assert "1 new article" in desk.rounds[0]
        assert desk.running
        # A second start changes nothing.
        desk.start([site.url("/other")], "1h", full=False, actor=EDITOR)
        assert desk.locators == (site.url("/feed"),)
    finally:
        desk.stop()
        desk.join(60)
    assert not desk.running
    assert newest(Store(tmp_path)).articles == 1


def test_a_reader_starts_nothing() -> None:
    from dateline.rights import NotAllowed

    with pytest.raises(NotAllowed):
        Desk().start(["https://valleypost.example/feed"], "1h", full=False, actor=Actor("reader", "reader"))


def test_the_form_starts_a_watch_and_refuses_what_is_no_address(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[tuple[object, ...]] = []
    monkeypatch.setattr(Desk, "start", lambda self, *given, **named: started.append(given))
    app = opened()
    app.switch_page("pages/views/sources.py").run()
    assert not app.exception
    submit = next(b for b in app.button if b.label == "Start watching")
    app.text_area(key="watched").set_value("file:///etc/passwd")
    submit.click()
    app.run()
    assert any("no http or https" in w.value for w in app.warning)
    app.text_area(key="watched").set_value("valleypost.example/feed\nhttps://ridge.example/rss")
    next(b for b in app.button if b.label == "Start watching").click()
    app.run()
    assert started == [(["https://valleypost.example/feed", "https://ridge.example/rss"], "15m")]


def test_the_settings_of_the_server_reach_the_watch(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATELINE_STORE", str(tmp_path))
    made: list[WebSettings] = []

    class Told:
        def __init__(self, *given: object, **named: object) -> None:
            made.append(given[3])  # type: ignore[arg-type]

        def rounds(self) -> Iterator[object]:
            return iter(())

    monkeypatch.setattr("dateline.watch.Watch", Told)
    monkeypatch.setattr(Desk, "_run", lambda self, watch: None)
    desk = Desk()
    desk.start(["https://valleypost.example/feed"], "5m", full=True, actor=EDITOR)
    desk.join(10)
    assert made[0].full
    assert not made[0].allow_private
