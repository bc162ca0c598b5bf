"""The story page: its figures as steps with their sentences, and links to stories that were merged or split since."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dateline.article import make_article
from dateline.homes import default_store
from dateline.ingest import ingest
from dateline.store import Store
from tests.app.test_pages import headers

Open = Callable[..., AppTest]

TEXTS = [
    ("An earthquake in Osh killed 12 people and injured dozens on 3 March 2025.", "2025-03-03", "Desk A"),
    (
        "The earthquake in Osh killed at least 19 people <b>. One in 2008 killed 74 people there.",
        "2025-03-04",
        "<img src=x onerror=alert(1)>",
    ),
    ("The earthquake in Osh killed between 20 and 25 people, the ministry said.", "2025-03-05", None),
    ("The earthquake in Osh killed 23 people, a survey found.", None, "Desk A"),
    ("The market in Osh opened again on 20 March 2025, traders said.", "2025-03-20", "Desk B"),
]


@pytest.fixture
def told(opened: Open) -> Open:
    """An own atlas of two stories, "quake" and "market", that once were three others."""
    opened()  # sets the folder
    store = Store(default_store())
    items = [make_article(t, published=p, source=s, kind="brief") for t, p, s in TEXTS]
    assert ingest(items, store).snapshot
    former = [None, "tremor", "wide", None, "wide"]
    stories = ["quake"] * 4 + ["market"]
    rows = pd.DataFrame({"article": [i.id for i in items], "story": stories, "former": former})
    with store.writing() as commit:
        commit.write("stories", rows)
        commit.publish()
    return opened


def charts(app: AppTest) -> list[dict[str, Any]]:
    return [json.loads(chart.proto.spec) for chart in app.main.get("plotly_chart")]


def html(app: AppTest) -> str:
    return " ".join(h.value for h in app.main.html)


def test_a_story_draws_its_figures_as_steps_with_their_sentences(told: Open) -> None:
    app = told("stories", story="quake")
    assert not app.exception
    (spec,) = charts(app)
    line, marks, *_ = spec["data"]
    assert line["line"]["shape"] == "hv"
    assert line["y"] == [12, 19, 20]
    assert marks["marker"]["symbol"] == ["circle", "triangle-up", "circle"]
    assert "killed <b>12</b>" in marks["customdata"][0][1]
    # Shown as text, wherever it comes from.
    assert "<img" not in json.dumps(spec)
    table = html(app)
    assert "<img src=x" not in table
    assert table.count('<td class="day">undated</td>') == 1
    assert table.index('<td class="day">undated</td>') > table.index('<td class="day">2025-03-05</td>')
    assert '<mark class="toll"' in table
    assert any("1 article without a date gives figures too" in c.value for c in app.caption)
    # Never added up.
    assert 74 not in line["y"]
    assert "An older count, or of another event" in table


def test_a_story_without_figures_has_no_ledger(told: Open) -> None:
    app = told("stories", story="market")
    assert not app.exception
    assert not charts(app)
    assert 'class="ledger"' not in html(app)


def test_a_link_to_a_merged_story_shows_the_one_that_holds_it(told: Open) -> None:
    app = told("stories", story="tremor")
    assert not app.exception
    assert app.query_params["story"] == "quake"
    assert any("merged into" in note.value and "earthquake" in note.value for note in app.info)
    assert any("earthquake" in h for h in headers(app))
    # Going elsewhere leaves the note behind.
    app.button[[b.label for b in app.button].index("All stories")].click().run()
    assert not app.info


def test_a_link_to_a_merged_story_keeps_its_page_and_filters(told: Open) -> None:
    app = told("map", story="tremor", axis="published")
    assert [t.value for t in app.title] == ["Map"]
    assert app.query_params["story"] == "quake"
    assert app.query_params["axis"] == "published"


def test_a_link_to_a_split_story_lists_its_parts(told: Open) -> None:
    app = told("stories", story="wide")
    assert not app.exception
    assert headers(app) == ["This story was split into 2"]
    parts = [b for b in app.main.button if b.key and b.key.startswith("part-")]
    assert len(parts) == 2
    next(b for b in parts if "market" in b.label).click().run()
    assert app.query_params["story"] == "market"
    assert not app.exception


def test_a_story_nobody_knows_is_said(told: Open) -> None:
    app = told("timeline", story="nowhere")
    assert headers(app) == ["There is no such story"]
    app.button(key="story-gone").click().run()
    assert "story" not in app.query_params
    assert not app.exception


def test_what_was_split_off_is_named_on_the_story_that_stayed(told: Open) -> None:
    store = Store(default_store())
    rows = pd.DataFrame(
        {
            "article": [make_article(t, published=p, source=s, kind="brief").id for t, p, s in TEXTS],
            "story": ["quake"] * 4 + ["market"],
            "former": [None] * 4 + ["quake"],
        }
    )
    with store.writing() as commit:
        commit.write("stories", rows)
        commit.publish()
    app = told("stories", story="quake")
    assert any("now tell others" in caption.value for caption in app.caption)
    assert "market" in app.button(key="split-0").label
