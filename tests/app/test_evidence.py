"""Evidence on screen: why a name was read as it was, and what else it could be."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dateline.annotate import annotate_article
from dateline.ui import evidence, names

Open = Callable[..., AppTest]
NBSP = "\u00a0"


def mention(**changed: Any) -> dict[str, Any]:
    others = [
        {"place": "g4791160", "name": "Vienna", "country": "US", "score": 0.04},
        {"place": "g2761367", "name": "Vienna", "country": "AT", "score": 0.9},
        {"place": "gone", "name": "Wien <b>", "country": "AT", "score": 0.012},
        {"place": "g4914738", "name": "Vienna", "country": "US", "score": 0.001},
    ]
    row = {
        "start": 0,
        "end": 6,
        "surface": "Vienna",
        "name": "Vienna",
        "place": "g2761369",
        "precision": 1,
        "role": "where",
        "confidence": 0.943,
        "rule": "Vienna, Austria — not Vienna, Virginia: Austria is named two words later; population 1.7M",
        "alternatives": json.dumps(others),
    }
    return row | changed


def told(**changed: Any) -> str:
    (row,) = pd.DataFrame([mention(**changed)]).itertuples()
    return evidence.because(row)


def test_the_reason_then_the_alternatives_with_their_shares() -> None:
    first, _, then = told().partition(". Could also be ")
    assert (
        first == "Vienna, Austria — not Vienna, Virginia: Austria is named two words later; population 1.7M"
    )
    assert f"Vienna, Virginia 4{NBSP}%" in then
    # Names, not codes; nothing that is hardly possible.
    assert "US" not in then
    assert "Illinois" not in then


def test_the_area_around_a_place_is_no_rival() -> None:
    others = json.dumps([{"place": "AT.09", "name": "Vienna", "country": "AT", "score": 0.3}])
    assert told(place="g2761369", alternatives=others).endswith(
        "population 1.7M. The first-order division Vienna may be meant as well."
    )


def test_what_is_left_open_says_what_it_could_be() -> None:
    rule = "left open: Vienna, Virginia — not Vienna, Austria: the largest of nine places known by that name"
    said = told(place=None, precision=None, rule=rule)
    assert said.startswith("Nothing in the article decides which place is meant. Could be ")
    assert f"Vienna, Virginia 4{NBSP}%" in said
    said = told(place=None, rule="left open: said to be in Ontario, and no place of that name is known there")
    assert said.startswith("Said to be in Ontario, and no place of that name is known there. Could be ")
    said = told(place=None, rule="a street by its last word; not in the gazetteer", alternatives="[]")
    assert said == "A street by its last word; not in the gazetteer."


@pytest.mark.parametrize("alternatives", ["", "{", "[1]", "{}", None, "null", '[{"score": null}]'])
def test_odd_alternatives_say_nothing(alternatives: str | None) -> None:
    assert told(alternatives=alternatives).endswith("population 1.7M.")


def test_a_name_without_a_place_has_no_role() -> None:
    html = evidence.reasons(pd.DataFrame([mention(place=None, precision=None)]))
    assert "not resolved" in html
    assert "happened here" not in html


def test_the_same_reading_is_told_once() -> None:
    html = evidence.reasons(pd.DataFrame([mention(), mention(start=20, end=26), mention(role="origin")]))
    assert html.count('<p class="why">') == 2
    assert "<strong>Vienna</strong> ×2 · happened here · settlement or finer · 94% sure" in html
    assert "<b>" not in html


def test_namesakes_are_told_apart() -> None:
    assert names.alternative("g4791160", "") == "Vienna, Virginia"
    assert names.alternative("US.GA", "") == "the first-order division Georgia, United States"
    assert names.alternative("GE", "") == "the country Georgia"
    assert names.alternative("gone", "Somewhere") == "Somewhere"


def test_a_mention_as_it_is_found_reads_well() -> None:
    text = "A bakery burned down in Springfield. A man from Birmingham was held in Vienna, Va."
    found = annotate_article({"id": "x", "text": text}).places
    rows = pd.DataFrame([m.to_dict() | {"alternatives": json.dumps(m.alternatives)} for m in found])
    html = evidence.reasons(rows)
    assert html.count('<p class="why">') == len(found)
    assert "Virginia (“Va.”) is named right after it" in html
    assert "Springfield</strong> · not resolved" in html or "Springfield</strong> · happened here" in html


def test_the_panel_of_the_map_says_why(opened: Open) -> None:
    app = opened("map", region="MA")
    assert not app.exception
    html = " ".join(h.value for h in app.main.html)
    assert '<mark class="place" title=' in html
    assert '<p class="why">' in html
    assert "happened here" in html


def test_an_article_lists_its_places_with_their_reasons(opened: Open) -> None:
    app = opened("overview", region="MA")
    app.button(key="story-open-0").click().run()
    assert not app.exception
    html = " ".join(h.value for h in app.main.html)
    assert '<p class="why">' in html
    assert "% sure" in html
