"""What all tests share: none of them ever sees, or writes to, the atlas of the person who runs them."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def _no_own_atlas(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """An empty store in place of the user's; the caches stay, so that the gazetteer is not built again."""
    before = os.environ.get("DATELINE_STORE")
    os.environ["DATELINE_STORE"] = str(tmp_path_factory.mktemp("own") / "atlas")
    yield
    if before is None:
        del os.environ["DATELINE_STORE"]
    else:
        os.environ["DATELINE_STORE"] = before
