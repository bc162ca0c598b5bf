"""Every page opens, by the navigation and by both kinds of link, in both themes, wide and narrow, full and empty."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import violations
from tests.browser.conftest import Tab
from tests.browser.dashboard import PAGES, Dashboard
from tests.browser.server import Server

# A marker of each page's own content, beside its title.
_CONTENT = {
    "overview": [
        "canvas#deckgl-overlay",
        ".st-key-timeline .main-svg",
        ".st-key-topics .main-svg",
        ".st-key-story-0",
    ],
    "map": ["canvas#deckgl-overlay", ".evidence mark"],
    "timeline": [".st-key-timeline .main-svg", ".st-key-lanes .main-svg"],
    "topics": [".st-key-topics .main-svg", "[data-testid=stDataFrame]"],
    "stories": [".st-key-story-0"],
    "sources": ["textarea", "[data-testid=stDataFrame]"],
}


def stands(view: Dashboard, page: str) -> None:
    """The page shows its content and fits into the window."""
    for selector in _CONTENT[page]:
        expect(view.main.locator(selector).first).to_be_attached()
    too_wide = view.main.evaluate("main => main.scrollWidth - main.clientWidth")
    assert too_wide <= 0, f"{page} is {too_wide} pixels wider than the window"


@pytest.mark.parametrize(("theme", "width"), [("light", 1440), ("dark", 390)])
def test_every_page_opens_by_the_navigation_and_is_accessible(
    theme: str, width: int, tab: Tab, app_server: Server
) -> None:
    view = tab(app_server, theme=theme, width=width).open()
    stands(view, "overview")
    assert violations(view.page) == []
    for page in ("map", "timeline", "topics", "stories", "sources"):
        view.go(PAGES[page])
        stands(view, page)
        background = view.page.evaluate(
            "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
        )
        assert background == {"light": "rgb(251, 250, 247)", "dark": "rgb(22, 24, 27)"}[theme]
        assert violations(view.page) == []
    # In a tab of its own: Streamlit remembers the sidebar that the narrow window had to open.
    view = tab(app_server, theme=theme, width=width).open("/?page=stories&region=MA", "Stories")
    view.page.locator(".st-key-story-open-0 button:visible").first.click()
    expect(view.words).to_contain_text("of the story")
    assert violations(view.settled().page) == []


@pytest.mark.parametrize(
    ("address", "theme", "width"),
    [("/?page={}&region=MA&axis=published", "dark", 1440), ("/{}?region=MA&axis=published", "light", 390)],
    ids=["by parameter", "by path"],
)
def test_every_page_opens_by_a_link(
    address: str, theme: str, width: int, tab: Tab, app_server: Server
) -> None:
    view = tab(app_server, theme=theme, width=width)
    for page, title in PAGES.items():
        # The page that opens at the root has no path of its own.
        path = "" if page == "overview" and not address.startswith("/?") else page
        view.open(address.format(path), title)
        stands(view, page)
        expect(view.words).to_have_text("Articles that happened in Morocco, by publication date")
        assert view.query() == {"region": ["MA"], "axis": ["published"]}


def test_an_empty_selection_says_what_to_do(dashboard: Dashboard) -> None:
    dashboard.open("/?q=xyzzyx")
    for title in list(PAGES.values())[:-1]:
        if title != "Overview":
            dashboard.go(title)
        expect(dashboard.main.get_by_role("heading", name="No article fits these filters")).to_be_visible()
        assert dashboard.counts() == ["0 of 309 loaded", "0 placed", "0 dated", "0 stories"]
    dashboard.page.get_by_role("button", name="Clear the filters").click()
    expect(dashboard.words).to_have_text("All articles, by event date")
    dashboard.expect_query(q=None)


def test_each_kind_of_map_is_drawn(dashboard: Dashboard) -> None:
    dashboard.open("/?page=map", "Map")
    pictures = {dashboard.map_picture()}
    for label, mode in (("Cells", "hexagons"), ("Heat", "heat"), ("Countries", "countries")):
        dashboard.page.get_by_role("radio", name=label).click()
        dashboard.expect_query(map=mode)
        pictures.add(dashboard.settled().map_picture())
    assert len(pictures) == 4
