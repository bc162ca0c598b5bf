"""The settings, and that the documents tell them as they are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dateline import __version__
from dateline.sources.limits import in_words
from dateline.sources.web import WebSettings, from_environment
from dateline.sources.web.address import LONGEST
from dateline.sources.web.discovery import COMMON_PATHS
from dateline.sources.web.fetch import MAX_REDIRECTS
from dateline.sources.web.unpacking import RATIO
from dateline.sources.web.visit import MOST_SITEMAPS

DOCUMENT = Path(__file__).parents[3] / "docs" / "network.md"


def test_the_document_tells_the_settings() -> None:
    said, text = WebSettings(), " ".join(DOCUMENT.read_text("utf-8").split())
    for words in (
        f"connect, one silence | {said.connect:.0f} s, {said.read:.0f} s",
        f"however slowly it drips | {said.timeout:.0f} s",
        f"packed and unpacked | {in_words(said.max_bytes)}",
        f"at most 1:{RATIO} above 1 MB",
        f"redirects | {MAX_REDIRECTS}, no circle",
        f"an address | {LONGEST:,} characters",
        f"`--delay` seconds ({said.delay:.0f} by default)",
        f"up to {said.hosts} hosts",
        f"its newest {said.pages} pages, over at most {MOST_SITEMAPS} sitemaps",
        f"Dateline/{__version__} (+desk@example.org)",
    ):
        assert words in text
    told = re.search(r"first feed found at (.*?);", text)
    assert told
    assert tuple(re.findall(r"`([^`]+)`", told[1])) == COMMON_PATHS


def test_the_environment_sets_contact_and_private(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATELINE_CONTACT", raising=False)
    monkeypatch.delenv("DATELINE_ALLOW_PRIVATE", raising=False)
    assert from_environment() == WebSettings()
    assert from_environment().user_agent == f"Dateline/{__version__}"
    monkeypatch.setenv("DATELINE_CONTACT", "desk@example.org")
    monkeypatch.setenv("DATELINE_ALLOW_PRIVATE", "1")
    assert from_environment() == WebSettings(contact="desk@example.org", allow_private=True)
    monkeypatch.setenv("DATELINE_ALLOW_PRIVATE", "yes please")
    assert not from_environment().allow_private


@pytest.mark.parametrize(
    "said",
    [
        {"delay": -1.0},
        {"delay": float("nan")},
        {"timeout": 0.0},
        {"max_bytes": 0},
        {"hosts": 0},
        {"retries": -1},
    ],
)
def test_settings_that_make_no_sense_are_refused(said: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"lies between|begin with"):
        WebSettings(**said)  # type: ignore[arg-type]
