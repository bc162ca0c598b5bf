"""Roles in the dashboard: a reader looks at everything and finds no way to write; an editor signs in."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dateline.rights import Actor, Attempts
from dateline.ui import reading, session
from tests.app.conftest import Open

TOKEN = "a-long-enough-token-for-tests"
TEXT = "Floods killed 12 people in Safi, Morocco, on Sunday (14 December 2025), officials said."


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    # The clock stands: a slow machine would else let the wait pass.
    monkeypatch.setattr(session, "_attempts", Attempts(clock=lambda: 0.0))
    for name in ("DATELINE_EDITOR_TOKEN", "DATELINE_EDITORS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def for_others(monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """A server that others reach."""
    before = st.get_option("server.address")
    st.config.set_option("server.address", "0.0.0.0")
    yield
    st.config.set_option("server.address", before)


def forms(app: AppTest) -> list[str]:
    return [
        element.key or "" for element in (*app.text_area, *app.text_input) if element.key not in ("q", None)
    ]


def infos(app: AppTest) -> str:
    return " ".join(element.value for element in app.info)


def test_on_this_machine_alone_whoever_opens_it_may_write(opened: Open) -> None:
    app = opened("sources")
    assert "pasted" in forms(app)
    assert not [b for b in app.button if b.key == "sign-out"]


def test_for_others_it_is_read_only(opened: Open, for_others: None) -> None:
    app = opened("sources")
    assert forms(app) == []
    assert "read-only" in infos(app)
    assert not app.exception


def test_a_server_of_unknown_address_is_for_others(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    before = st.get_option("server.address")
    st.config.set_option("server.address", None)
    try:
        assert forms(opened("sources")) == []
    finally:
        st.config.set_option("server.address", before)


def test_a_proxys_request_is_none_of_this_machine(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    for headers in (
        {"Host": "localhost:8501", "X-Forwarded-For": "203.0.113.9"},
        {"Host": "atlas.example.org"},
        {"Host": "localhost", "Forwarded": "for=203.0.113.9"},
    ):
        monkeypatch.setattr(type(st.context), "headers", headers)
        assert forms(opened("sources")) == []
    monkeypatch.setattr(type(st.context), "headers", {"Host": "127.0.0.1:8501"})
    assert "pasted" in forms(opened("sources"))


def sign_in(app: AppTest, token: str, name: str = "Ana") -> AppTest:
    app.text_input(key="sign-in-name").set_value(name)
    app.text_input(key="sign-in-token").set_value(token)
    next(b for b in app.button if b.label == "Sign in").click()
    return app.run()


@pytest.mark.parametrize("address", ["0.0.0.0", "localhost"])
def test_the_token_makes_an_editor(
    opened: Open, monkeypatch: pytest.MonkeyPatch, address: str, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATELINE_EDITOR_TOKEN", TOKEN)
    before = st.get_option("server.address")
    st.config.set_option("server.address", address)
    try:
        app = opened("sources")
        assert forms(app) == ["sign-in-name", "sign-in-token"]
        sign_in(app, TOKEN)
        assert "pasted" in forms(app)
        assert any("Signed in as Ana" in c.value for c in app.caption)
        # The token is in no widget, no state, no address.
        assert TOKEN not in repr(app.session_state._state.filtered_state)
        assert TOKEN not in str(app.query_params)
        app.text_area(key="pasted").set_value(TEXT)
        next(b for b in app.button if b.label == "Read it").click()
        app.run()
        assert (tmp_path / "atlas" / "snapshots").exists()
        next(b for b in app.button if b.key == "sign-out").click()
        app.run()
        assert "pasted" not in forms(app)
    finally:
        st.config.set_option("server.address", before)


def test_a_wrong_token_is_refused_and_soon_no_longer_asked(
    opened: Open, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, for_others: None
) -> None:
    monkeypatch.setenv("DATELINE_EDITOR_TOKEN", TOKEN)
    monkeypatch.setattr(type(st.context), "ip_address", "203.0.113.9")
    with caplog.at_level(logging.DEBUG):
        app = opened("sources")
        for _ in range(5):
            sign_in(app, "not the token")
            assert "pasted" not in forms(app)
            assert [e.value for e in app.error] == ["This is not the token."]
        sign_in(app, TOKEN)
        assert "pasted" not in forms(app)
        assert "Too many wrong tokens" in app.error[0].value
    assert TOKEN not in caplog.text
    assert "not the token" not in caplog.text


def logged_in(monkeypatch: pytest.MonkeyPatch, **claims: object) -> None:
    monkeypatch.setattr(session, "_login_is_set", lambda: True)
    monkeypatch.setattr(type(st.user), "to_dict", lambda self: dict(claims))


def test_a_listed_mail_makes_an_editor_and_another_does_not(
    opened: Open, monkeypatch: pytest.MonkeyPatch, for_others: None
) -> None:
    monkeypatch.setenv("DATELINE_EDITORS", "ana@desk.example bo@desk.example")
    logged_in(monkeypatch, is_logged_in=True, email="ana@desk.example")
    assert "pasted" in forms(opened("sources"))
    logged_in(monkeypatch, is_logged_in=True, email="eve@desk.example")
    assert forms(opened("sources")) == []
    logged_in(monkeypatch, is_logged_in=False, email="ana@desk.example")
    app = opened("sources")
    assert forms(app) == []
    assert [b.label for b in app.button if b.key == "log-in"] == ["Sign in with your account"]


def test_a_page_that_forgot_to_ask_still_writes_nothing(
    opened: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, for_others: None
) -> None:
    """The form is drawn for a reader all the same; the function that writes refuses what it sends."""
    real = session.actor
    asked: list[None] = []

    def forgetful() -> Actor:
        asked.append(None)
        return Actor("nobody asked", "editor") if _called_from("add") else real()

    monkeypatch.setattr(session, "actor", forgetful)
    app = opened("sources")
    app.text_area(key="pasted").set_value(TEXT)
    next(b for b in app.button if b.label == "Read it").click()
    app.run()
    assert any("reader may not add articles" in e.value for e in app.error)
    assert not (tmp_path / "atlas" / "snapshots").exists()
    app.text_area(key="addresses").set_value("https://example.org/feed")
    next(b for b in app.button if b.label == "Fetch and read").click()
    app.run()
    assert any("reader may not have web addresses fetched" in e.value for e in app.error)


def _called_from(function: str) -> bool:
    return sys._getframe(2).f_code.co_name == function


def test_a_reader_does_not_learn_where_things_lie(opened: Open, for_others: None, tmp_path: Path) -> None:
    from dateline.article import make_article
    from dateline.ingest import ingest
    from dateline.store import Store

    item = make_article(TEXT, title="Flood", locator="/srv/desk/secret/page.html")
    ingest([item], Store(tmp_path / "atlas"))
    app = opened("sources")
    shown = repr([frame.value.to_dict() for frame in app.dataframe]) + infos(app)
    assert "page.html" in shown
    assert "/srv/desk" not in shown
    assert str(tmp_path) not in shown


def test_a_reader_of_a_damaged_store_is_told_no_path(opened: Open, for_others: None, tmp_path: Path) -> None:
    from dateline.article import make_article
    from dateline.ingest import ingest
    from dateline.store import Store

    ingest([make_article(TEXT, title="Flood")], Store(tmp_path / "atlas"))
    (snapshot,) = (tmp_path / "atlas" / "snapshots").glob("*.json")
    snapshot.write_text("{", "utf-8")
    app = opened("overview")
    (error,) = app.error
    assert "cannot be read" in error.value
    assert str(tmp_path) not in error.value.replace("\\", "")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("page.html", "page.html"),
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\a.csv", "a.csv"),
        ("a\x00\n\u202eb.csv", "a b.csv"),
        ("..", "file without a name"),
        ("", "file without a name"),
        ("x" * 300 + ".csv", "x" * 39 + "…" + "x" * 36 + ".csv"),
    ],
)
def test_names_of_uploads_are_only_shown(name: str, shown: str) -> None:
    assert reading.shown_name(name) == shown


def test_uploads_are_bounded_in_number_and_size() -> None:
    assert reading.too_much([1] * 50) == ""
    assert "51 files" in reading.too_much([1] * 51)
    assert "201 MB" in reading.too_much([201 * 1024 * 1024])
