"""``dateline check``, ``compact``, ``vacuum`` and ``pin``, as a user runs them."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.cli import main

from .atlas import brief, grown, ids, newest, own_file


def dateline(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """The exit code, what was printed, and what was said on standard error."""
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        main([str(a) for a in arguments])
    printed = capsys.readouterr()
    return int(ended.value.code or 0), printed.out, printed.err


def test_a_store_is_checked_and_repaired(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = grown(tmp_path, 1, 2)
    code, out, err = dateline(capsys, "check", "--store", tmp_path)
    assert (code, err) == (0, "")
    assert "whole: 3 articles, 2 snapshots," in out
    own_file(store, 2, "mentions").unlink()
    code, out, _ = dateline(capsys, "check", "--store", tmp_path)
    assert code == 1
    first, last = out.splitlines()
    assert first.startswith("file: ")
    assert "1 fault found" in last
    code, out, err = dateline(capsys, "check", "--repair", "--store", tmp_path)
    assert code == 0
    assert "repaired: " in out
    assert "holds what a repair put aside" in err
    assert ids(store) == sorted(brief(n).id for n in range(3))


def test_a_store_is_kept_small(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = grown(tmp_path, 1, 1)
    named = tmp_path / "names.txt"
    named.write_text(f"# for the morning's mail\n{newest(store).name} the link of Monday\n\n")
    assert (
        dateline(capsys, "pin", "first", "--snapshot", store.snapshots()[0].name, "--store", tmp_path)[0] == 0
    )
    code, out, _ = dateline(capsys, "compact", "--store", tmp_path)
    assert (code, "put together" in out) == (0, True)
    arguments = ("vacuum", "--keep-days", 0, "--keep", 1, "--store", tmp_path)
    code, out, _ = dateline(capsys, *arguments, "--pinned", named)
    assert (code, len(store.snapshots())) == (0, 3)
    assert "2 pinned and kept" in out
    assert dateline(capsys, "pin", "first", "--remove", "--store", tmp_path)[0] == 0
    code, out, _ = dateline(capsys, *arguments)
    assert (code, len(store.snapshots())) == (0, 1)
    assert "2 snapshots and" in out


def test_what_cannot_be_done_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    grown(tmp_path / "atlas", 1)
    for arguments in (
        ("check", "--store", tmp_path / "none"),
        ("pin", "a/b", "--store", tmp_path / "atlas"),
        ("pin", "a", "--snapshot", "7-00000000", "--store", tmp_path / "atlas"),
        ("pin", "a", "--remove", "--store", tmp_path / "atlas"),
        ("vacuum", "--pinned", tmp_path / "none.txt", "--store", tmp_path / "atlas"),
    ):
        code, out, err = dateline(capsys, *arguments)
        assert (code, out) == (2, "")
        assert len(err.splitlines()) == 1
