"""Articles written by an enemy: everything stays standing, text stays text, nothing is fetched and nothing runs."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Tab
from tests.browser.dashboard import COLD, Dashboard
from tests.browser.server import Server

TITLES = {
    "tag": "<img src=x onerror=alert(1)>",
    "script": "<script>alert(1)</script><svg/onload=alert(1)>",
    "image": "![](http://example.com/x.png) ![x](https://example.com/y.png)",
    "expression": "@@=((",
    "reference": "@@#",
    "template": "{{7*7}} {name} ${x} %s {0}",
    "link": "[a](javascript:alert(1)) <javascript:alert(1)> http://example.com/z",
    "markup": ":red[x] $x^2$ :material/home: **b** # h `c` ~~d~~ | e |",
    "right to left": "\u202egnol\u202c \u2067שלום\u2069 \u200f\u200e",
    "long": "Very long " * 500,
}


def hostile(kind: str, bad: str) -> dict[str, str]:
    """An article whose every field is the bad text; it happened in Safi and on one day, so that it is drawn."""
    return {
        "title": bad,
        "text": f"{bad}\nA flood in Safi, Morocco, killed two people on 14 December 2025. {bad}",
        "source": bad[:100],
        "published": "2025-12-15",
        "url": f"javascript:alert('{kind}')" if kind != "tag" else '"><img src=x onerror=alert(2)>',
    }


def no_bad_links(view: Dashboard) -> None:
    """No address on the page would run a script or lead to where an article wanted."""
    links = view.page.locator("a[href], area[href], iframe[src], form[action]")
    for address in links.evaluate_all("all => all.map(e => e.href || e.src || e.action || '')"):
        assert re.match(rf"({re.escape(view.server.url)}|#|$)", address), address
    assert view.page.locator("img[src=x], img[src*='example.com'], [onerror], [onload]").count() == 0


@pytest.fixture
def attacked(tab: Tab, own_server: Server, tmp_path: Path) -> Dashboard:
    """A dashboard that has read the hostile articles through the uploader."""
    table = tmp_path / "bad.jsonl"
    rows = (json.dumps(hostile(kind, bad)) for kind, bad in TITLES.items())
    table.write_text("\n".join(rows) + "\n", "utf-8")
    view = tab(own_server).open("/?page=sources", "Sources")
    view.page.get_by_role("tab", name="Upload files").click()
    view.page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(table)
    expect(view.page.get_by_test_id("stFileChipName")).to_be_visible()
    view.page.get_by_role("button", name="Read them", exact=True).click()
    expect(view.page.locator(".st-key-report")).to_contain_text(f"{len(TITLES)} articles added", timeout=COLD)
    return view.settled()


def test_hostile_articles_leave_everything_standing(attacked: Dashboard, tab: Tab) -> None:
    view = attacked
    assert view.counts()[0] == f"{len(TITLES)} of {len(TITLES)} loaded"
    no_bad_links(view)

    view.go("Map")
    evidence = view.main.locator(".evidence")
    for kind in ("tag", "script", "image", "expression", "template", "link", "markup"):
        expect(evidence.get_by_text(TITLES[kind]).first).to_be_attached()
    view.map_picture()
    no_bad_links(view)

    view.go("Timeline")
    expect(view.chart("timeline").locator(".barlayer .point").first).to_be_attached()
    expect(view.chart("lanes").locator(".barlayer .point").first).to_be_attached()
    no_bad_links(view)

    view.go("Topics")
    expect(view.chart("topics").locator(".barlayer .point").first).to_be_attached()
    for word in ("loaded", "stories"):
        view.denominator(word).click()
        expect(view.page.get_by_test_id("stPopoverBody").get_by_test_id("stDataFrame")).to_be_visible()
        view.page.keyboard.press("Escape")
    no_bad_links(view)

    view.go("Overview")
    view.map_picture()
    no_bad_links(view)

    view.go("Stories")
    no_bad_links(view)
    first = view.page.locator(".st-key-story-open-0 button:visible").first
    title = first.inner_text()
    assert any(title.strip() in " ".join(bad.split()) for bad in TITLES.values())
    first.click()
    expect(view.words).to_contain_text("of the story")
    view.settled()
    expect(view.main.locator(".evidence mark.place", has_text="Safi").first).to_be_visible()
    no_bad_links(view)
    assert view.main.evaluate("main => main.scrollWidth - main.clientWidth") <= 0

    # A hostile outlet can be filtered by, and the link says so in another browser.
    view.go("Topics").clear()
    view.choose("Source", "onerror", f"{TITLES['tag']} (1)")
    words = f"Articles from {TITLES['tag']}, by event date"
    expect(view.words).to_have_text(words)
    other = tab(view.server).open(view.settled().link(), "Topics")
    expect(other.words).to_have_text(words)
    assert other.counts()[0] == f"1 of {len(TITLES)} loaded"
    no_bad_links(other)


def test_hostile_links_are_shown_as_text(dashboard: Dashboard) -> None:
    for query in (
        "q=<img src=x onerror=alert(1)>",
        "story=%3Cscript%3E",
        "source=![](http://example.com/x.png)&q=@@=((",
    ):
        dashboard.open(f"/?page=topics&{query}", "Topics")
        no_bad_links(dashboard)
