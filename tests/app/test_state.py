"""The address and the widgets say the same, whichever of the two changed."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from dateline.filters import Filters, View
from tests.app.conftest import Open
from tests.app.test_pages import loaded, words


def address(app: AppTest) -> dict[str, list[str]]:
    """The parameters after the run, each as a list."""
    return {name: [v] if isinstance(v, str) else list(v) for name, v in app.query_params.items()}


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (
            "region=MA&date=2025-12-01&date=2025-12-31",
            "that happened in Morocco, 1-31 December 2025, by event date",
        ),
        ("region=south-caucasus&scope=mentions", "that mention South Caucasus, by event date"),
        ("date=2025-12-01&date=", ", since 1 December 2025, by event date"),
        (
            "topic=medtop:03000000&axis=published",
            " on disaster, accident and emergency incident, by publication date",
        ),
        ("q=flood&source=Desk+A&lang=en", " from Desk A in English that contain “flood”, by event date"),
        (
            "precision=4&precision=5&metric=killed&map=countries&v=40,45,4",
            " placed to countries or wider areas, by event date",
        ),
    ],
)
@pytest.mark.parametrize("page", ["map", "timeline"])
def test_a_link_sets_every_widget_and_stays_in_the_address(
    query: str, said: str, page: str, opened: Open
) -> None:
    wanted = parse_qs(query, keep_blank_values=True)
    app = opened(page, **wanted)
    assert not app.exception
    assert not app.warning
    assert words(app).endswith(said)
    assert address(app) == wanted
    filters, _ = Filters.from_query(wanted)
    assert app.session_state["region"] == list(filters.regions)
    assert app.session_state["scope"] == filters.scope
    assert app.session_state["topic"] == list(filters.topics)
    # A second run, as any click makes one, changes nothing.
    app.run()
    assert address(app) == wanted


def test_a_bad_link_is_said_and_forgotten(opened: Open) -> None:
    app = opened("topics", region="ZZZ", date="2025-02-31", axis="x", data="9-ffffffff", foo="1", metric="y")
    assert not app.exception
    told = [w.value.replace("\\", "") for w in app.warning]
    for parameter in ("region=ZZZ", "date=2025-02-31", "axis=x", "data=9-ffffffff", "foo", "metric=y"):
        assert sum(parameter in warning for warning in told) == 1, parameter
    assert words(app) == "All articles, by event date"
    assert address(app) == {}
    next(b for b in app.main.button if b.label == "Dismiss").click().run()
    assert not app.warning


@pytest.mark.parametrize(
    ("key", "value", "parameter", "written"),
    [
        ("region", ["MA"], "region", ["MA"]),
        ("topic", ["medtop:03000000"], "topic", ["medtop:03000000"]),
        ("source", ["Desk A", "Desk B"], "source", ["Desk A", "Desk B"]),
        ("precision", [1, 2], "precision", ["1", "2"]),
    ],
)
def test_a_multiselect_is_written_to_the_address(
    key: str, value: list[Any], parameter: str, written: list[str], opened: Open
) -> None:
    app = opened("topics")
    everything = loaded(app)
    app.multiselect(key=key).set_value(value).run()
    assert address(app) == {parameter: written}
    assert loaded(app) != everything
    # On another page the selection is still there.
    few = loaded(app)
    app.switch_page("pages/views/stories.py").run()
    assert loaded(app) == few
    next(b for b in app.sidebar.button if b.label == "Clear").click().run()
    assert address(app) == {}
    assert loaded(app) == everything


def test_dates_words_and_axis_are_written_to_the_address(opened: Open) -> None:
    app = opened("topics")
    app.date_input(key="dates").set_value((date(2025, 12, 1), date(2025, 12, 31))).run()
    assert address(app) == {"date": ["2025-12-01", "2025-12-31"]}
    app.text_input(key="q").set_value('  flood   "gas pipeline" ').run()
    assert address(app)["q"] == ['flood "gas pipeline"']
    app.text_input(key="q").set_value("").run()
    app.segmented_control(key="axis").set_value("published").run()
    assert address(app) == {"date": ["2025-12-01", "2025-12-31"], "axis": ["published"]}
    assert words(app) == "Articles, 1-31 December 2025, by publication date"


@pytest.mark.parametrize(("label", "days"), [("Last 7 days", 7), ("Last 30 days", 30)])
def test_presets_count_back_from_the_end_of_the_data(label: str, days: int, opened: Open) -> None:
    app = opened("topics")
    next(b for b in app.sidebar.button if b.label == label).click().run()
    first, last = (date.fromisoformat(day) for day in address(app)["date"])
    assert (last - first).days == days - 1
    assert int(loaded(app).split()[0].replace(",", "")) > 0
    next(b for b in app.sidebar.button if b.label == "All dates").click().run()
    assert address(app) == {}


def test_the_kind_of_map_and_the_metric_are_written_to_the_address(opened: Open) -> None:
    app = opened("map", v="40,45,4")
    app.selectbox(key="metric").set_value("killed").run()
    app.segmented_control(key="map-mode").set_value("countries").run()
    assert address(app) == {"metric": ["killed"], "map": ["countries"], "v": ["40,45,4"]}
    # Another selection needs another camera.
    app.multiselect(key="region").set_value(["MA"]).run()
    assert "v" not in address(app)
    view, dropped = View.from_query(address(app))
    assert (view.metric, view.map, dropped) == ("killed", "countries", ["region"][:0])


def test_a_story_opens_and_goes_back(opened: Open) -> None:
    app = opened("overview", region="MA")
    first = app.button(key="story-open-0")
    title = first.label
    first.click().run()
    assert not app.exception
    assert [t.value for t in app.title] == ["Stories"]
    assert app.main.header[0].value == title
    assert set(address(app)) == {"region", "story"}
    evidence = " ".join(h.value for h in app.main.html)
    for kind in ("place", "date"):
        assert f'<mark class="{kind}" title=' in evidence
    (story,) = address(app)["story"]

    cold = opened("stories", story=story)
    assert cold.main.header[0].value == title
    next(b for b in cold.main.button if b.label == "All stories").click().run()
    assert address(cold) == {}


def test_a_story_that_is_not_there_says_so(opened: Open) -> None:
    app = opened("stories", story="s0123456789ab")
    assert not app.exception
    assert app.main.header[0].value == "There is no such story"
