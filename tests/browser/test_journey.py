"""The main job: paste a page, see it on the map, filter it, and hand the picture on as a link."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.conftest import Tab
from tests.browser.dashboard import COLD, WARM, Dashboard
from tests.browser.server import PROJECT, Server

OWN = Path(__file__).parent / "pasted" / "evening-edition.txt"
SHARED = PROJECT.parent / "shared" / "acceptance" / "anewz-page.txt"


def pasted(view: Dashboard, text: str) -> None:
    """Read the text in by the form on Sources."""
    view.go("Sources")
    view.page.get_by_label("Page text").fill(text)
    view.page.get_by_role("button", name="Read it", exact=True).click()
    expect(view.page.locator(".st-key-report")).to_be_visible(timeout=COLD)
    view.settled()


def assert_same_map(one: bytes, other: bytes) -> None:
    """The same map, to the pixel but for the smoothing of its labels: a tab that has drawn other names before keeps
    their letters in its font atlas and places new ones between them at other fractions of a pixel. A dot, a shade or
    a word that is missing, or moved, changes pixels from one colour to another.
    """
    first, second = (
        np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int) for png in (one, other)
    )
    assert first.shape == second.shape
    assert len(np.unique(first.reshape(-1, 3), axis=0)) > 4, "the map is blank"
    difference = np.abs(first - second).max(axis=2)
    assert difference.max() < 96
    assert (difference > 0).mean() < 0.002


def morocco_in_december(view: Dashboard) -> None:
    view.choose("Region", "Morocco", "Morocco")
    view.expect_query(region="MA")
    view.pick_dates(date(2025, 12, 1), date(2025, 12, 31))
    words = "Articles that happened in Morocco, 1-31 December 2025, by event date"
    expect(view.words).to_have_text(words, timeout=WARM)
    view.settled()


@pytest.mark.parametrize(
    ("source", "places", "loaded", "inside"),
    [
        pytest.param(OWN, ["Safi", "Rabat", "Baku", "Graz"], 5, 2, id="own"),
        # Of its two articles on Safi one names no day of the event, only the day of a statement.
        pytest.param(SHARED, ["Safi"], None, 1, id="acceptance"),
    ],
)
def test_from_a_pasted_page_to_a_shared_map(
    source: Path, places: list[str], loaded: int | None, inside: int, tab: Tab, own_server: Server
) -> None:
    if not source.exists():
        pytest.skip(f"{source.name} is not beside the project")
    view = tab(own_server).open()
    expect(view.main).to_contain_text("This is the sample corpus")

    pasted(view, source.read_text("utf-8"))
    report = view.page.locator(".st-key-report")
    expect(report).to_contain_text(re.compile(r"\d+ articles? added"))
    expect(report).to_contain_text(re.compile(r"\d+ kept"))
    expect(report).to_contain_text(re.compile(r"[1-9]\d* lines or items rejected"))
    expect(view.main).not_to_contain_text("This is the sample corpus")
    if loaded is not None:
        assert view.counts()[0] == f"{loaded} of {loaded} loaded"

    view.go("Map")
    evidence = view.main.locator(".evidence")
    for place in places:
        expect(evidence.locator("mark", has_text=place).first).to_be_visible()
    view.page.get_by_text("The map as a table").click()
    expect(view.main.get_by_test_id("stDataFrame")).to_be_visible()

    morocco_in_december(view)
    counts = view.counts()
    assert counts[0].startswith(f"{inside} of ")
    assert counts[1] == f"{inside} placed"
    picture = view.map_picture()

    view.page.get_by_role("button", name="Copy link").click()
    expect(view.page.get_by_role("button", name="Copied")).to_be_visible()
    link = view.page.evaluate("() => navigator.clipboard.readText()")
    assert link.startswith(f"{own_server.url}/?page=map&region=MA&date=2025-12-01&date=2025-12-31&")
    assert re.search(r"&v=[-\d.,]+&data=1-[0-9a-f]{8}$", link)

    # The other browser, cold: the same words, counts and map, and everything of the address is used.
    other = tab(own_server).open(link, "Map")
    expect(other.words).to_have_text(view.words.inner_text())
    assert other.counts() == counts
    expect(other.main).not_to_contain_text("Left out of the address")
    assert_same_map(other.map_picture(), picture)
    assert other.query() == {**view.query(), "v": other.query()["v"], "data": other.query()["data"]}


def test_a_link_that_means_nothing_says_so(dashboard: Dashboard) -> None:
    dashboard.open("/?region=ZZZ&date=2025-02-31&axis=x&data=9-ffffffff&foo=1")
    warnings = dashboard.main.get_by_test_id("stAlert")
    for parameter in ("region=ZZZ", "date=2025-02-31", "axis=x", "data=9-ffffffff", "foo"):
        expect(warnings.filter(has_text=parameter)).to_have_count(1)
    expect(dashboard.words).to_have_text("All articles, by event date")
    expect(dashboard.map).to_be_visible()
    assert dashboard.counts()[0].startswith("309 of 309")
    dashboard.page.get_by_role("button", name="Dismiss").click()
    expect(warnings).to_have_count(0, timeout=WARM)
    dashboard.expect_query(region=None, date=None, axis=None, data=None, foo=None)
