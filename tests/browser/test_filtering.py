"""What is clicked in one picture filters all the others, and the address says so."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.dashboard import WARM, Dashboard


def loaded(view: Dashboard) -> int:
    """How many articles the selection has."""
    found = re.match(r"([\d,]+) of 309 loaded", view.counts()[0])
    assert found, view.counts()
    return int(found[1].replace(",", ""))


def expect_words(view: Dashboard, pattern: str) -> None:
    expect(view.words).to_have_text(re.compile(pattern), timeout=WARM)
    view.settled()


def test_a_topic_bar_filters_the_rest(dashboard: Dashboard) -> None:
    dashboard.open("/topics", "Topics")
    assert loaded(dashboard) == 309
    dashboard.click_bar("topics", 1)
    expect_words(dashboard, r"^Articles on \S+.*, by event date$")
    (topic,) = dashboard.query()["topic"]
    assert re.fullmatch(r"medtop:\d{8}", topic)
    few = loaded(dashboard)
    assert 0 < few < 309

    # The other pages keep it; Clear takes it away everywhere.
    dashboard.go("Map")
    assert dashboard.query()["topic"] == [topic]
    assert loaded(dashboard) == few
    dashboard.clear()
    dashboard.expect_query(topic=None)
    assert loaded(dashboard) == 309


def test_a_second_level_bar_filters_the_rest(dashboard: Dashboard) -> None:
    dashboard.open("/topics", "Topics")
    dashboard.click_bar("subjects", 0)
    expect_words(dashboard, r"^Articles on \S+.*, by event date$")
    (topic,) = dashboard.query()["topic"]
    assert re.fullmatch(r"medtop:2\d{7}", topic)
    assert 0 < loaded(dashboard) < 309


def test_a_lane_opens_its_story_with_its_figures(dashboard: Dashboard) -> None:
    dashboard.open("/timeline", "Timeline")
    dashboard.click_bar("lanes", 0)
    dashboard.settled("Stories")
    (story,) = dashboard.query()["story"]
    assert story
    expect(dashboard.chart("ledger").locator(".scatterlayer .point").first).to_be_attached()
    expect(dashboard.main.locator(".ledger mark.toll").first).to_be_visible()
    expect(dashboard.main.locator(".legend").first).to_contain_text("Marked:")


def test_a_brush_over_the_timeline_filters_the_rest(dashboard: Dashboard) -> None:
    dashboard.open()
    stories = dashboard.main.locator(".st-key-story-0")
    expect(stories).to_be_visible()
    chart = dashboard.chart("timeline")
    chart.scroll_into_view_if_needed()
    area = chart.locator(".nsewdrag").first.bounding_box()
    assert area is not None
    mouse = dashboard.page.mouse
    height = area["y"] + area["height"] / 2
    mouse.move(area["x"] + area["width"] * 0.75, height)
    mouse.down()
    mouse.move(area["x"] + area["width"] * 0.85, height, steps=4)
    mouse.up()
    expect_words(dashboard, r"^Articles, .*20\d\d.*, by event date$")
    first, last = dashboard.query()["date"]
    assert first < last
    assert 0 < loaded(dashboard) < 309
    dashboard.clear()
    dashboard.expect_query(date=None)


def test_a_click_on_the_map_filters_by_the_place(dashboard: Dashboard) -> None:
    # The camera stands above Kazakhstan.
    dashboard.open("/?page=map&map=countries&v=48.0,67.0,4", "Map")
    dashboard.map_picture()
    dashboard.click_map()
    expect_words(dashboard, r"^Articles that happened in Kazakhstan, by event date$")
    assert dashboard.query()["region"] == ["KZ"]
    assert 0 < loaded(dashboard) < 309
    expect(dashboard.main.get_by_role("heading", name="Kazakhstan")).to_be_visible()
    dashboard.clear()
    dashboard.expect_query(region=None)


def test_a_click_on_a_dot_filters_by_the_town(dashboard: Dashboard) -> None:
    dashboard.open("/?page=map&v=32.2994,-9.2372,9", "Map")
    dashboard.map_picture()
    dashboard.click_map()
    expect_words(dashboard, r"^Articles that happened in Safi, Morocco, by event date$")
    assert re.fullmatch(r"g\d+", dashboard.query()["region"][0])
    expect(dashboard.main.locator(".evidence mark", has_text="Safi").first).to_be_visible()
    dashboard.page.get_by_role("button", name="Show everywhere").click()
    expect_words(dashboard, r"^All articles")


def test_a_preset_and_the_words_filter(dashboard: Dashboard) -> None:
    dashboard.open("/?page=topics", "Topics")
    dashboard.page.get_by_role("button", name="Last 30 days").click()
    expect_words(dashboard, r"20\d\d, by event date$")
    assert len(dashboard.query()["date"]) == 2
    words = dashboard.page.get_by_role("textbox", name="Words in the text")
    words.fill("flood")
    words.press("Enter")
    dashboard.expect_query(q="flood")
    expect_words(dashboard, "that contain “flood”")
    dashboard.page.get_by_role("button", name="All dates").click()
    dashboard.expect_query(date=None, q="flood")
    expect_words(dashboard, "that contain “flood”, by event date$")
    assert 0 < loaded(dashboard) < 309


def test_a_story_opens_from_the_list_and_shows_its_evidence(dashboard: Dashboard) -> None:
    dashboard.open("/?page=stories&region=MA", "Stories")
    first = dashboard.page.locator(".st-key-story-open-0 button:visible").first
    title = first.inner_text()
    first.click()
    expect_words(dashboard, "of the story")
    expect(dashboard.main.get_by_role("heading", name=title).first).to_be_visible()
    marks = dashboard.main.locator(".evidence p:not(.meta) mark")
    for kind in ("place", "date"):
        expect(marks.and_(dashboard.page.locator(f".{kind}")).first).to_be_visible()
    assert dashboard.query()["story"]
    link = dashboard.link()
    assert "page=stories" in link
    assert "story=" in link
    dashboard.page.get_by_role("button", name="All stories").click()
    dashboard.expect_query(story=None, region="MA")
    expect(first).to_have_text(title)


def test_each_denominator_opens_the_list_behind_it(dashboard: Dashboard) -> None:
    dashboard.open("/?page=topics", "Topics")
    for word in ("loaded", "placed", "dated", "stories"):
        dashboard.denominator(word).click()
        box = dashboard.page.get_by_test_id("stPopoverBody")
        frame = box.get_by_test_id("stDataFrame")
        expect(frame.or_(box.get_by_text("Every article of the selection has one.")).first).to_be_visible()
        dashboard.settled()
        dashboard.page.keyboard.press("Escape")
        expect(box).to_have_count(0)
