import getpass

import pytest

from dateline.rights import Actor, NotAllowed, local_actor, require_editor


def test_an_editor_may_write_and_a_reader_may_not():
    require_editor(Actor("ana", "editor"))
    with pytest.raises(NotAllowed, match="leyla may not correct findings"):
        require_editor(Actor("leyla", "reader"), "correct findings")


def test_whoever_runs_the_command_line_is_an_editor_even_without_a_name(monkeypatch):
    def nameless() -> str:
        raise OSError("no user")

    monkeypatch.setattr(getpass, "getuser", nameless)
    assert local_actor() == Actor("local user", "editor")
