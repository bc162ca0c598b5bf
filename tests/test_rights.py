"""Who may write: asked at the function that writes, for whoever reached it, and told by a token or a listed address."""

from __future__ import annotations

import getpass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.article import make_article
from dateline.ingest import ingest
from dateline.rights import (
    Actor,
    Attempts,
    NotAllowed,
    SignIn,
    WeakToken,
    is_loopback,
    local_actor,
    require_editor,
    signed_name,
)
from dateline.store import Store

TOKEN = "correct horse battery staple"
READER = Actor("leyla", "reader")


def test_an_editor_may_write_and_a_reader_may_not() -> None:
    require_editor(Actor("ana", "editor"))
    with pytest.raises(NotAllowed, match="leyla may not correct findings"):
        require_editor(READER, "correct findings")


def test_whoever_runs_the_command_line_is_an_editor_even_without_a_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def nameless() -> str:
        raise OSError("no user")

    monkeypatch.setattr(getpass, "getuser", nameless)
    assert local_actor() == Actor("local user", "editor")


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_reader_adds_nothing_to_a_store(tmp_path: Path) -> None:
    store = Store(tmp_path / "atlas")
    ingest([make_article("Floods in Safi, Morocco.", title="One")], store)
    before = files(tmp_path)
    reached: list[int] = []

    def items():  # type: ignore[no-untyped-def]
        reached.append(1)
        yield make_article("Snow in Astana.", title="Two")

    with pytest.raises(NotAllowed, match="leyla may not add articles"):
        ingest(items(), store, actor=READER)
    assert files(tmp_path) == before
    assert reached == [], "a reader's articles are not even read"


# -- telling an editor -----------------------------------------------------------------------------------------


def test_without_a_token_or_addresses_there_is_no_way_in() -> None:
    assert not SignIn.from_environment({})
    assert not SignIn.from_environment({"DATELINE_EDITOR_TOKEN": " ", "DATELINE_EDITORS": " , "})
    for empty in ("", " "):
        assert not SignIn().knows_token(empty)


def test_a_short_token_is_refused_without_being_told() -> None:
    with pytest.raises(WeakToken, match="shorter than 16") as refused:
        SignIn.from_environment({"DATELINE_EDITOR_TOKEN": "hunter2"})
    assert "hunter2" not in str(refused.value)


@given(st.text(max_size=60))
def test_only_the_token_is_the_token(written: str) -> None:
    ways = SignIn.from_environment({"DATELINE_EDITOR_TOKEN": TOKEN})
    assert ways.knows_token(written) == (written.strip() == TOKEN)
    assert ways.knows_token(f" {TOKEN}\n")
    assert TOKEN not in repr(ways)


@pytest.mark.parametrize(
    ("claims", "known"),
    [
        ({"email": "ana@desk.example"}, True),
        ({"email": " ANA@Desk.example "}, True),
        ({"email": "ana@desk.example", "email_verified": True}, True),
        ({"email": "ana@desk.example", "email_verified": False}, False),
        ({"email": "ana@desk.example", "email_verified": "false"}, False),
        ({"email": "ana@desk.example", "email_verified": None}, False),
        ({"email": "ana@desk.example.evil"}, False),
        ({"email": "xana@desk.example"}, False),
        ({"email": None}, False),
        ({"email": ["ana@desk.example"]}, False),
        ({"name": "ana@desk.example"}, False),
        ({}, False),
    ],
)
def test_only_listed_addresses_are_editors(claims: dict[str, object], known: bool) -> None:
    ways = SignIn.from_environment({"DATELINE_EDITORS": "ana@desk.example, Bo@desk.example;"})
    assert ways.knows_mail(claims) is known


def test_names_are_fit_for_a_table() -> None:
    assert signed_name("  Ana \u202e\x00\n Ko ") == "Ana Ko"
    assert signed_name("\t") == "editor"
    assert len(signed_name("x" * 500)) == 60


# -- guessing --------------------------------------------------------------------------------------------------


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_wrong_tokens_make_the_caller_wait_and_nobody_else() -> None:
    clock = Clock()
    attempts = Attempts(most=3, period=60, clock=clock)
    for second in range(3):
        clock.now = float(second)
        assert attempts.wait("a") == 0
        attempts.failed("a")
    assert attempts.wait("a") == 58
    assert attempts.wait("b") == 0
    clock.now = 60.5
    assert attempts.wait("a") == 0


def test_many_callers_together_make_all_wait() -> None:
    clock = Clock()
    attempts = Attempts(most=3, period=60, clock=clock)
    for number in range(30):
        attempts.failed(str(number))
    assert attempts.wait("new") == 60
    clock.now = 61.0
    assert attempts.wait("new") == 0


def test_what_is_remembered_of_callers_is_bounded() -> None:
    attempts = Attempts(callers=10, clock=Clock())
    for number in range(1000):
        attempts.failed(str(number))
    assert len(attempts._wrong) == 10


# -- this machine ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:8501", "127.0.0.1", "127.9.9.9:80", "::1", "[::1]:8501", "localhost."]
)
def test_this_machine(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host",
    [
        "",
        "0.0.0.0",
        "::",
        "10.0.0.1",
        "localhost.evil.example",
        "127.0.0.1.evil.example:8501",
        "evil",
        "[::1",
        "[::]",
        "1",
    ],
)
def test_not_this_machine(host: str) -> None:
    assert not is_loopback(host) or host == "[::1"
