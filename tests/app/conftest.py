"""Fixtures: the app's script run without a browser, on the sample or on a store of the test's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dateline.homes import APP, prepare

Open = Callable[..., AppTest]


@pytest.fixture(scope="session", autouse=True)
def prepared() -> None:
    """What the server builds before it opens its door is no part of a page's time."""
    prepare()


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Open:
    """``opened("map", region="MA", date=["2025-12-01", "2025-12-31"])``: a link opened cold, run to its end.

    The user's atlas is an empty folder (``tmp_path / "atlas"``), so the sample shows until a test fills it.
    """
    monkeypatch.setenv("DATELINE_STORE", str(tmp_path / "atlas"))
    monkeypatch.chdir(APP.parent)

    def run(page: str | None = None, **query: str | list[str]) -> AppTest:
        app = AppTest.from_file(str(APP), default_timeout=240)
        if page:
            app.query_params["page"] = page
        for name, value in query.items():
            app.query_params[name] = value
        return app.run()

    return run
