"""What a reader waits for: from `dateline serve` to the first map, and from a click to a page at rest."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import psutil
from playwright.sync_api import Page, WebSocket, sync_playwright

from tests import chromium
from tests.bench.figures import Figure
from tests.browser.conftest import _FLAGS as FLAGS
from tests.browser.dashboard import Dashboard
from tests.browser.server import Server, serving

REGIONS = ("Georgia", "Kazakhstan", "Morocco", "Uzbekistan", "Azerbaijan")

_MAP_DRAWN = """() => document.querySelector("canvas#deckgl-overlay")
    && ["land", "lakes", "borders"].every(name => performance.getEntriesByType("resource")
        .some(entry => entry.name.includes(`/basemap/${name}`) && entry.responseEnd > 0))"""
_SAYS = """word => document.querySelector('[data-testid="stMain"] h1')
    && document.querySelector('[data-testid="stMain"]').innerText.includes(word)
    && document.querySelector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    && !document.querySelector('[data-stale="true"], [data-testid="stSkeleton"]')"""


class Received:
    """Bytes that came through the page's web sockets."""

    def __init__(self, page: Page) -> None:
        self.bytes = 0
        page.on("websocket", self._opened)

    def _opened(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._frame)

    def _frame(self, payload: str | bytes) -> None:
        self.bytes += len(payload)


def measure(store: Path | None, *, regions: tuple[str, ...] = REGIONS) -> Iterator[Figure]:
    """The figures for a store (None: the sample); none at all where there is no chromium."""
    found = chromium.path()
    if found is None:
        return
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        if store is not None:
            (folder / "atlas").symlink_to(store)
        browser = stack.enter_context(sync_playwright()).chromium.launch(executable_path=found, args=FLAGS)
        stack.callback(browser.close)
        page = browser.new_context(viewport={"width": 1440, "height": 1000}).new_page()
        page.set_default_timeout(120_000)
        received = Received(page)

        start = time.perf_counter()
        server = stack.enter_context(serving(folder))
        up = time.perf_counter() - start
        page.goto(server.url)
        page.wait_for_function(_MAP_DRAWN)
        first = time.perf_counter() - start
        view = Dashboard(page, server).settled()
        yield Figure("`dateline serve` until it answers", up, "s")
        yield Figure("`dateline serve` to the first map in Chromium", first, "s")
        yield Figure("first page, sent to the browser", received.bytes / 1e6, "MB")

        changes = [_change(view, received, name) for name in regions]
        yield Figure(
            f"a region chosen until the page rests: median of {len(changes)}",
            1000 * median(t for t, _ in changes),
            "ms",
        )
        yield Figure("… sent to the browser: median", median(b for _, b in changes) / 1e6, "MB", target=1)
        yield Figure("… sent to the browser: most", max(b for _, b in changes) / 1e6, "MB", target=1)
        yield Figure("server process, resident", _resident(server) / 1e6, "MB", target=1_000)


def _change(view: Dashboard, received: Received, region: str) -> tuple[float, int]:
    """Seconds and bytes from the click on a region until the page rests with it."""
    page = view.page
    box = page.get_by_test_id("stMultiSelect").filter(has=page.get_by_text("Region", exact=True))
    box.locator("input").fill(region)
    option = page.get_by_role("option", name=region, exact=True)
    option.wait_for()
    before, start = received.bytes, time.perf_counter()
    option.click()
    page.wait_for_function(_SAYS, arg=f"happened in {region}")
    taken, sent = time.perf_counter() - start, received.bytes - before
    page.keyboard.press("Escape")
    view.clear()
    return taken, sent


def _resident(server: Server) -> int:
    """Memory of the process that listens: `dateline serve` becomes it."""
    port = server.url.rpartition(":")[2]
    (process,) = (p for p in psutil.Process().children() if port in p.cmdline())
    return int(process.memory_info().rss)
