"""The dashboard as a reader meets it: what is on screen, and the widgets by their labels."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Locator, Page, Request, expect

from tests.browser.server import Server

PAGES = {
    "overview": "Overview",
    "map": "Map",
    "timeline": "Timeline",
    "topics": "Topics",
    "stories": "Stories",
    "sources": "Sources",
}

# A cold first page on a busy machine compiles modules and fills caches.
COLD = 60_000
WARM = 60_000

# Streamlit looks for its server at /map/_stcore/… before it finds it at /_stcore/… (docs/decisions/pages-in-views.md).
_PROBES = re.compile(rf"/(?:{'|'.join(PAGES)})/_stcore/(?:health|host-config)$")

_SETTLED = """title => document.querySelector('[data-testid=stApp][data-test-script-state=notRunning]')
&& !document.querySelector('[data-testid=stSkeleton]')
&& (title === null || document.querySelector('h1')?.innerText.trim() === title)"""


@dataclass
class Watch:
    """Everything a browser context did that a test may not let pass: see :meth:`complaints`."""

    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """Watch all pages of the context from now on."""
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("weberror", lambda e: self.errors.append(f"uncaught: {e.error}"))
        context.on("dialog", self._dialog)

    def _request(self, request: Request) -> None:
        self.requests.append(request.url)

    def _console(self, message: ConsoleMessage) -> None:
        address = (message.location or {}).get("url", "")
        probe = message.text.startswith("Failed to load resource") and _PROBES.search(urlsplit(address).path)
        if message.type == "error" and not probe:
            self.errors.append(f"console: {message.text} ({address})")

    def _dialog(self, dialog: Dialog) -> None:
        self.dialogs.append(f"{dialog.type}: {dialog.message}")
        dialog.dismiss()

    def outside(self) -> list[str]:
        """Requests that left this machine."""
        return [url for url in self.requests if not _local(url)]

    def complaints(self) -> list[str]:
        """Requests to the outside, errors of the console and of scripts, dialogs."""
        return [f"left the machine: {url}" for url in self.outside()] + self.errors + self.dialogs


def _local(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("data", "blob", "about") or parts.hostname in ("127.0.0.1", "localhost")


@dataclass(frozen=True)
class Dashboard:
    """One browser tab on the dashboard."""

    page: Page
    server: Server

    # --- going somewhere ---

    def open(self, address: str = "/", title: str = "Overview") -> Dashboard:
        """Load an address of this server (or a whole link) cold and wait until the page stands."""
        self.page.goto(address if address.startswith("http") else self.server.url + address)
        return self.settled(title)

    def go(self, title: str) -> Dashboard:
        """Change the page by the navigation, as a click does it."""
        link = self.page.get_by_test_id("stSidebarNavLink").filter(has_text=title)
        if not link.is_visible() or not self._on_screen(link):
            self.page.get_by_test_id("stExpandSidebarButton").click()
        link.click()
        return self.settled(title)

    def _on_screen(self, locator: Locator) -> bool:
        box = locator.bounding_box()
        return box is not None and box["x"] >= 0

    def settled(self, title: str | None = None) -> Dashboard:
        """Wait until no script runs, nothing is a placeholder any more and the page has this title."""
        self.page.wait_for_function(_SETTLED, arg=title, timeout=COLD, polling=100)
        expect(self.page.get_by_test_id("stException")).to_have_count(0)
        return self

    # --- what is on screen ---

    @property
    def main(self) -> Locator:
        """All but the sidebar."""
        return self.page.get_by_test_id("stMain")

    @property
    def words(self) -> Locator:
        """The selection as a sentence."""
        return self.main.locator("h1").locator("xpath=following::strong[1]")

    def counts(self) -> list[str]:
        """The denominators: loaded, placed, dated, stories."""
        buttons = self.page.locator(".st-key-denominators button")
        expect(buttons).to_have_count(4)
        return [" ".join(text.replace("expand_more", "").split()) for text in buttons.all_inner_texts()]

    def denominator(self, word: str) -> Locator:
        """The denominator of that word ("loaded", "placed", "dated", "stories")."""
        return self.page.locator(".st-key-denominators button").filter(has_text=word)

    def query(self) -> dict[str, list[str]]:
        """The parameters of the address bar."""
        return parse_qs(urlsplit(self.page.url).query, keep_blank_values=True)

    def expect_query(self, **wanted: str | None) -> None:
        """Wait until the address says it: ``region="MA"``; None for a parameter that must be gone."""
        self.page.wait_for_function(
            """wanted => { const query = new URL(location.href).searchParams;
            return Object.entries(wanted).every(([name, value]) => query.get(name) === value); }""",
            arg=wanted,
            timeout=WARM,
        )

    # --- the filter bar ---

    def choose(self, label: str, typed: str, option: str) -> None:
        """Pick an option of a multiselect by typing."""
        box = self.page.get_by_test_id("stMultiSelect").filter(has=self.page.get_by_text(label, exact=True))
        box.locator("input").fill(typed)
        self.page.get_by_role("option", name=option, exact=True).click()
        self.page.keyboard.press("Escape")

    def pick_dates(self, first: date, last: date) -> None:
        """Type both ends of the range into their segments."""
        for segment, value in zip(
            self.page.locator(".st-key-dates [role=spinbutton]").all(),
            (*_parts(first), *_parts(last)),
            strict=True,
        ):
            segment.click()
            segment.press_sequentially(value)
        # The range counts once the field is left.
        self.page.locator("h1").click()

    def clear(self) -> None:
        """Show all articles again."""
        self.page.get_by_test_id("stSidebar").get_by_role("button", name="Clear", exact=True).click()
        expect(self.words).to_have_text(re.compile("^All articles"), timeout=WARM)
        self.settled()

    def link(self) -> str:
        """The address that Copy link would copy."""
        button = self.page.get_by_role("button", name="Copy link")
        expect(button).to_have_attribute("data-link", re.compile("^http"))
        return button.get_attribute("data-link") or ""

    # --- maps and charts ---

    @property
    def map(self) -> Locator:
        """The canvas of the map."""
        return self.page.locator("canvas#deckgl-overlay")

    def map_picture(self) -> bytes:
        """The map once its base map is there and two pictures in a row are the same."""
        expect(self.map).to_be_visible(timeout=WARM)
        self.page.wait_for_function(
            """() => ["land", "lakes", "borders"].every(name => performance.getEntriesByType("resource")
            .some(entry => entry.name.includes(`/basemap/${name}`) && entry.responseEnd > 0))""",
            timeout=WARM,
        )
        before = b""
        for _ in range(40):
            self.page.evaluate("() => new Promise(requestAnimationFrame)")
            now = self.map.screenshot(animations="disabled")
            if now == before:
                return now
            before = now
        raise AssertionError("the map does not come to rest")

    def click_map(self) -> None:
        """Click the middle of the map as fast as a hand does it.

        deck.gl looks up what lies under the pointer between press and release; without a graphics card that takes
        longer than the quarter of a second after which a press is no click any more. So the clock stands meanwhile.
        """
        box = self.map.bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        self.page.mouse.move(x, y)
        self.page.evaluate("() => { const now = Date.now(); window.real = Date.now; Date.now = () => now; }")
        self.page.mouse.click(x, y)
        self.page.evaluate("() => { Date.now = window.real; }")

    def click_bar(self, key: str, number: int) -> None:
        """Click a bar of a chart; plotly listens on a sheet that lies over the bars."""
        bar = self.chart(key).locator(".barlayer .point").nth(number)
        bar.scroll_into_view_if_needed()
        box = bar.bounding_box()
        assert box is not None
        self.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        self.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    def chart(self, key: str) -> Locator:
        """A plotly chart by its key, drawn."""
        chart = self.page.locator(f".st-key-{key} .js-plotly-plot")
        expect(chart.locator(".main-svg").first).to_be_visible(timeout=WARM)
        return chart


def _parts(day: date) -> tuple[str, str, str]:
    return f"{day.year:04d}", f"{day.month:02d}", f"{day.day:02d}"
