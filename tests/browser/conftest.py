"""Fixtures: a real server, a real Chromium, and tabs in it that are watched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests import chromium
from tests.browser.dashboard import WARM, Dashboard, Watch
from tests.browser.server import Server, serving

# Software rendering: the same pixels on every machine, and WebGL where there is no graphics card.
_FLAGS = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]

Tab = Callable[..., Dashboard]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a browser test."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = chromium.path()
    if found is None:
        say = pytest.fail if chromium.required() else pytest.skip
        say("there is no chromium here; `python -m tests.chromium` installs it as root on Debian")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=found, args=_FLAGS)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def app_server(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One dashboard for all tests that only look: it shows the sample."""
    with serving(tmp_path_factory.mktemp("server")) as server:
        yield server


@pytest.fixture
def own_server(browser: Browser, tmp_path: Path) -> Iterator[Server]:
    """A dashboard of the test's own, for tests that read something into it."""
    with serving(tmp_path) as server:
        yield server


@pytest.fixture
def tab(browser: Browser) -> Iterator[Tab]:
    """Opens tabs, each in a context of its own: ``tab(server, theme="dark", width=390)``.

    At the end no tab may have sent a request off this machine, logged an error or opened a dialog.
    """
    watches: list[Watch] = []
    with ExitStack() as stack:

        def opened(server: Server, *, theme: str = "light", width: int = 1440) -> Dashboard:
            context = browser.new_context(
                color_scheme=theme,  # type: ignore[arg-type]
                viewport={"width": width, "height": 1000 if width > 500 else 844},
                has_touch=width <= 500,
                permissions=["clipboard-read", "clipboard-write"],
            )
            stack.callback(context.close)
            context.set_default_timeout(WARM)
            watch = Watch()
            watch.over(context)
            watches.append(watch)
            return Dashboard(context.new_page(), server)

        yield opened
        assert [c for w in watches for c in w.complaints()] == []
        assert all(w.requests for w in watches)


@pytest.fixture
def dashboard(tab: Tab, app_server: Server) -> Dashboard:
    """A light tab, 1440 pixels wide, on the sample."""
    return tab(app_server)
