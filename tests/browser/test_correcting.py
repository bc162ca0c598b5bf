"""A finding corrected as a person does it: the form, the mark with who and when, the list, and one click to undo."""

from __future__ import annotations

from playwright.sync_api import expect

from dateline.corrections import corrections
from dateline.ingest import ingest
from dateline.query import Atlas
from dateline.store import Store
from tests.browser.conftest import Tab
from tests.browser.dashboard import COLD, Dashboard
from tests.browser.server import Server
from tests.corrections.conftest import ARTICLES, FLOOD


def test_another_place_is_saved_shown_and_taken_back(tab: Tab, own_server: Server) -> None:
    store = Store(own_server.store)
    report = ingest(ARTICLES, store)
    assert report.snapshot is not None
    story = Atlas(report.snapshot).article(FLOOD.id)["story"]  # type: ignore[index]
    view = tab(own_server).open(f"/?page=stories&story={story}", "Stories")
    page = view.page
    findings = page.get_by_test_id("stExpander").filter(has_text="What was found, and why").first
    findings.locator("summary").click()
    findings.get_by_role("radio", name="Vienna", exact=True).or_(
        findings.get_by_role("button", name="Vienna", exact=True)
    ).first.click()
    form = page.get_by_role("dialog")
    expect(form).to_contain_text("Rain had fallen in Vienna on Friday.", timeout=COLD)
    form.get_by_text("Vienna, Virginia", exact=False).first.click()
    form.get_by_label("Note (why; others will read it)").fill("the one near <i>Washington</i>")
    form.get_by_label("Note (why; others will read it)").press("Tab")
    form.get_by_role("button", name="Save", exact=True).click()
    expect(form).to_have_count(0, timeout=COLD)
    view.settled("Stories")
    mark = page.get_by_text("the one near <i>Washington</i>").first
    expect(mark).to_be_attached(timeout=COLD)
    (made,) = corrections(store.latest())
    assert (made.after["country"], made.before["country"]) == ("US", "AT")
    _undo_on_sources(view, made.id)
    assert len(corrections(store.latest())) == 2


def _undo_on_sources(view: Dashboard, id: str) -> None:
    view.go("Sources")
    row = view.page.locator(f".st-key-book-{id} button")
    expect(row).to_contain_text("Undo", timeout=COLD)
    row.click()
    expect(row).to_contain_text("Redo", timeout=COLD)
