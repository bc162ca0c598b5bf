"""Finding and installing the browser, with apt-get played by a function."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import chromium


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A Debian as root without chromium; returns where the browser would be."""
    monkeypatch.setattr(chromium, "USUAL", tmp_path / "chromium")
    monkeypatch.setattr(
        chromium.shutil, "which", lambda name: "/usr/bin/apt-get" if name == "apt-get" else None
    )
    monkeypatch.setattr(chromium.os, "geteuid", lambda: 0)
    monkeypatch.delenv("CI", raising=False)
    return tmp_path / "chromium"


def test_a_browser_that_is_there_is_enough(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bare.touch()
    monkeypatch.setattr(chromium, "_apt", lambda *a: pytest.fail("nothing to install"))
    assert chromium.path() == bare
    assert chromium.main() == 0


def test_the_lists_are_fetched_only_when_needed(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def apt(*arguments: str) -> str | None:
        asked.append(arguments[0])
        if "update" not in asked:
            return "apt-get install: E: Unable to locate package chromium"
        if arguments[0] == "install":
            bare.touch()
        return None

    monkeypatch.setattr(chromium, "_apt", apt)
    assert chromium.main() == 0
    assert asked == ["install", "update", "install"]
    assert chromium.path() == bare


@pytest.mark.parametrize(("ci", "code", "said"), [("", 0, "will be skipped"), ("true", 1, "CI=true")])
def test_a_failure_is_said_and_counts_only_where_the_browser_is_required(
    ci: str,
    code: int,
    said: str,
    bare: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(chromium, "_apt", lambda *a: "apt-get update: E: no network")
    assert chromium.main() == code
    told = capsys.readouterr().err
    assert "no network" in told
    assert said in told


def test_only_root_on_debian_installs(
    bare: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(chromium, "_apt", lambda *a: pytest.fail("must not install"))
    monkeypatch.setattr(chromium.os, "geteuid", lambda: 1000)
    assert chromium.main() == 0
    assert "only root" in capsys.readouterr().err
    monkeypatch.setattr(chromium.shutil, "which", lambda name: None)
    assert chromium.main() == 0
    assert "no Debian-like system" in capsys.readouterr().err
