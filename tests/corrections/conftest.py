"""A small atlas of articles whose findings can be corrected."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.article import Article, Reject, make_article
from dateline.ingest import ingest
from dateline.rights import Actor
from dateline.store import Store

ANNA = Actor("anna", "editor")
BORIS = Actor("boris", "editor")
READER = Actor("guest", "reader")

FLOOD = make_article(
    "SAFI, Morocco - A flood in Safi killed at least 37 people and injured 14 on 14 December 2025, officials said. "
    "Rain had fallen in Vienna on Friday.",
    title="Flood in Safi",
    source="Valley Post",
    published="2025-12-15",
)
FLOOD_AGAIN = make_article(
    "At least 37 people were killed by a flood in Safi, Morocco, on 14 December 2025. Rescuers looked for survivors.",
    title="Dozens die in Moroccan flood",
    source="Hill Herald",
    published="2025-12-15",
)
STRIKE = make_article(
    "Teachers in Tbilisi went on strike on Monday over pay. Unions said the government in Moscow had no part in it.",
    title="Teachers strike in Tbilisi",
    source="Valley Post",
    published="2025-12-10",
)
QUIET = make_article("Chess players met in a park and talked for hours.", title="Chess", source="Valley Post")
BROKEN = Reject("feed.xml", "line 7", "it has no text", "A short teaser", "broken")
ARTICLES: tuple[Article | Reject, ...] = (FLOOD, FLOOD_AGAIN, STRIKE, QUIET, BROKEN)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corrections") / "atlas"
    ingest(ARTICLES, Store(folder))
    return folder


@pytest.fixture
def store(template: Path, tmp_path: Path) -> Store:
    """A store of the test's own with the articles above."""
    import shutil

    shutil.copytree(template, tmp_path / "atlas")
    return Store(tmp_path / "atlas")
