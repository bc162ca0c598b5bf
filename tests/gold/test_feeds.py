"""Accuracy floors for feeds, on gold files outside the project."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from dateline import evaluation

GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold" / "feeds"
pytestmark = [
    pytest.mark.gold,
    pytest.mark.slow,
    pytest.mark.skipif(not GOLD.is_dir(), reason="../shared/gold/feeds is not here"),
]
FILES = {
    "news": "news_snapshots.dev.jsonl.gz",
    "library": "library_fixtures.dev.jsonl.gz",
    "conformance": "feedparser_conformance.dev.jsonl",
}
# Measured 1.0 and .9977 (titles, links and times all equal).
EQUAL_FLOOR = 0.995


@cache
def figures(name: str) -> dict[str, float]:
    return evaluation.run("feeds", GOLD / FILES[name])


@pytest.mark.parametrize("name", ["news", "library"])
@pytest.mark.parametrize("what", ["titles", "links", "times", "all_equal"])
def test_entries_equal_the_reference(name: str, what: str) -> None:
    assert figures(name)[what] >= EQUAL_FLOOR


@pytest.mark.parametrize("name", list(FILES))
def test_every_row_is_read_or_rejected_with_a_reason(name: str) -> None:
    found = figures(name)
    assert found["parsed"] + found["rejected"] == found["rows"] > 0
    assert found["silent"] == found["crashed"] == found["hung"] == 0


def test_news_feeds_are_read_whole() -> None:
    found = figures("news")
    assert found["parsed"] == found["rows"]
    assert found["wordless"] == 0
