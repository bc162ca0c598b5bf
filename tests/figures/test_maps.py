import json
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.figures import maps, theme
from dateline.figures.basemap import COUNTRIES, DIVISIONS, areas

POINTS = pd.DataFrame(
    [
        ("g611717", "Tbilisi", "Georgia", 41.69, 44.83, 1, 9, 3, None),
        ("g2537881", "Safi", "Morocco", 32.3, -9.24, 1, 4, 1, 37),
        ("g613607", "Gori", "Georgia", 41.98, 44.11, 2, 1, 1, None),
    ],
    columns=["place", "name", "country_name", "lat", "lon", "precision", "articles", "stories", "killed"],
).astype({"killed": "Int64"})
COUNTRY_ROWS = pd.DataFrame(
    [("AZ", "Azerbaijan", 12, 2, None), ("ZZ", "Nowhere", 1, 1, None)],
    columns=["country", "name", "articles", "stories", "killed"],
)
DIVISION_ROWS = pd.DataFrame(
    [("US.TX", "Texas", 31.0, -99.0, 3, 1, 0), ("ZZ.01", "No polygon", 10.0, 10.0, 2, 1, 0)],
    columns=["place", "name", "lat", "lon", "articles", "stories", "killed"],
)


def layers(**kwargs: Any) -> dict[str, dict[str, Any]]:
    frames = {"points": POINTS, "countries": COUNTRY_ROWS, "divisions": DIVISION_ROWS, "dark": False} | kwargs
    points, countries, divisions = (frames.pop(name) for name in ("points", "countries", "divisions"))
    spec = json.loads(maps.deck(points, countries, divisions, **frames).to_json())
    return {layer["id"]: layer for layer in spec["layers"]}


def test_precision_is_drawn_honestly() -> None:
    drawn = layers()
    assert [p["place"] for p in drawn["settlements"]["data"]] == ["g611717", "g2537881"]
    assert [p["place"] for p in drawn["near"]["data"]] == ["g613607"]
    assert drawn["near"]["getFillColor"][3] < 60 < drawn["settlements"]["getFillColor"][3]
    assert [f["properties"]["place"] for f in drawn["countries"]["data"]] == ["AZ"]
    assert [f["properties"]["place"] for f in drawn["divisions"]["data"]] == ["US.TX"]
    assert [r["place"] for r in drawn["division-rings"]["data"]] == ["ZZ.01"]


def test_notes_say_where_and_how_many() -> None:
    drawn = layers()
    assert drawn["settlements"]["data"][1]["note"] == "Morocco · 4 articles · 1 story · 37 killed"
    assert drawn["near"]["data"][0]["note"] == "near here, Georgia · 1 article · 1 story"


def test_lakes_and_borders_lie_over_the_shades_and_the_base_is_never_picked() -> None:
    order = list(layers())
    assert order.index("land") < order.index("countries") < order.index("lakes") < order.index("settlements")
    for name in ("sea", "land", "lakes", "borders", "country-names", "place-names"):
        layer = layers()[name]
        assert layer["pickable"] is False
    # A getFillColor would be faded around a selection.
    assert all("getFillColor" not in layers()[name] for name in ("sea", "land", "lakes", "borders"))


@pytest.mark.parametrize("mode", maps.MODES)
@pytest.mark.parametrize("metric", maps.METRICS)
@pytest.mark.parametrize("dark", [False, True])
def test_no_address_but_the_projects_own(mode: str, metric: str, dark: bool) -> None:
    drawn = maps.deck(POINTS, COUNTRY_ROWS, DIVISION_ROWS, mode=mode, metric=metric, dark=dark)
    spec = drawn.to_json()
    assert "://" not in spec
    assert drawn.map_provider is None
    ids = [layer["id"] for layer in json.loads(spec)["layers"]]
    assert len(ids) == len(set(ids))


def test_modes_have_their_layers() -> None:
    assert sum(cell["name"] != "" for cell in layers(mode="hexagons")["cells"]["data"]) >= 2
    assert {"cell", "name", "note", "fill"} == set(layers(mode="hexagons")["cells"]["data"][0])
    assert len(layers(mode="heat")["heat"]["data"]) == 3
    only = layers(mode="countries")
    assert "countries" in only
    assert "settlements" not in only
    assert "Azerbaijan 12" in [row["t"] for row in layers(mode="countries")["country-names"]["data"]]
    with pytest.raises(ValueError, match="mode"):
        layers(mode="globe")


def test_places_without_a_figure_are_grey() -> None:
    drawn = layers(metric="killed")
    assert [p["place"] for p in drawn["settlements"]["data"]] == ["g2537881"]
    assert {p["place"] for p in drawn["without-figure"]["data"]} == {"g611717", "g613607"}


def test_selected_things_are_outlined() -> None:
    drawn = layers(selected=["g611717", "AZ", "US.TX", "nonsense"])
    assert len(drawn["chosen-areas"]["data"]) == 2
    assert len(drawn["chosen-places"]["data"]) == 1
    assert not {"chosen-areas", "chosen-places"} & set(layers())


HOSTILE = [
    "@@=((",
    "@@#x.y",
    "<img src=x onerror=alert(1)>",
    "{note}",
    "![](http://example.org/x.png)",
    "\ud800",
    "a@@=b",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_stay_text(text: str) -> None:
    points = POINTS.astype({"name": object, "country_name": object})
    points.at[0, "name"] = text
    points.at[0, "country_name"] = text
    frame = maps.deck(points, COUNTRY_ROWS.assign(name=text[:0] + "x"), DIVISION_ROWS, dark=False).to_json()
    frame.encode()
    data = next(row for row in json.loads(frame)["layers"] if row["id"] == "settlements")["data"]
    for value in (data[0]["name"], data[0]["note"]):
        assert not value.startswith("@@")
        assert "{note}" not in value


@given(st.text() | st.sampled_from(HOSTILE))
def test_safe_text(text: str) -> None:
    safe = maps.safe_text(text)
    safe.encode()
    assert "@@" not in safe
    assert len(safe) <= 80 + text.count("@@") + text.count("{")
    assert not any(f"{{{key}}}" in safe for key in ("name", "note"))


@given(st.lists(st.integers(0, 10**7), max_size=30), st.booleans())
def test_shades_partition_the_values(values: list[int], dark: bool) -> None:
    classes = maps.shades(values, dark=dark)
    assert len(classes) <= 5
    assert bool(classes) == any(values)
    for value in filter(None, values):
        assert sum(s.low <= value and (s.high is None or value <= s.high) for s in classes) == 1
    assert len({s.colour for s in classes}) == len(classes)
    assert [s.low for s in classes] == sorted(s.low for s in classes)


def test_shades_in_words() -> None:
    assert [s.words for s in maps.shades([1, 2, 30], dark=False)] == [
        "1",
        "2–4",
        "5–9",
        "10–19",
        "20 or more",
    ]
    assert [s.words for s in maps.shades([1], dark=False)] == ["1 or more"]


def test_a_dots_area_grows_with_its_value() -> None:
    assert maps.radius(4, 16) / maps.radius(1, 16) == pytest.approx(2, abs=0.3)
    assert maps.radius(10_000, 10_000) == 24
    assert maps.radius(0, 0) == maps.radius(1, 10_000) == 3.5


def test_the_largest_deck_stays_below_a_megabyte() -> None:
    n = 30_000
    points = pd.DataFrame(
        {
            "place": [f"g{1_000_000 + i}" for i in range(n)],
            "name": [f"Settlement {i}" for i in range(n)],
            "country_name": "Bosnia and Herzegovina",
            "lat": [-60 + (i * 7919 % 13_000) / 100 for i in range(n)],
            "lon": [-179 + (i * 104_729 % 35_800) / 100 for i in range(n)],
            "precision": [1 + i % 2 for i in range(n)],
            "articles": [1 + i % 500 for i in range(n)],
            "stories": 3,
            "killed": 12,
        }
    )
    every = {"articles": 7, "stories": 3, "killed": 12}
    countries = pd.DataFrame(
        [{"country": a.code, "name": a.name, **every} for a in areas(COUNTRIES).values()]
    )
    divisions = pd.DataFrame(
        [
            {"place": a.code, "name": a.code, "lat": 1.0, "lon": 1.0, **every}
            for a in areas(DIVISIONS).values()
        ]
    )
    for mode in maps.MODES:
        drawn = maps.deck(points, countries, divisions.head(800), mode=mode, dark=False)
        assert len(drawn.to_json().encode()) <= 1_000_000, mode
    cells = next(
        row
        for row in maps.deck(points, countries, divisions, mode="hexagons", dark=False).layers
        if row.id == "cells"
    )
    assert len(cells.data) <= maps.MAX_CELLS
    assert (
        sum(float(row["name"].split()[0].replace(",", "")) for row in cells.data) == points["articles"].sum()
    )


def test_every_country_fits_into_its_budget() -> None:
    countries = pd.DataFrame(
        [
            {"country": code, "name": code, "articles": 1, "stories": 1, "killed": 0}
            for code in areas(COUNTRIES)
        ]
    )
    assert len(layers(countries=countries)["countries"]["data"]) == len(areas(COUNTRIES))


def test_nothing_to_draw_is_the_bare_world() -> None:
    drawn = layers(points=POINTS.head(0), countries=COUNTRY_ROWS.head(0), divisions=DIVISION_ROWS.head(0))
    assert list(drawn) == ["sea", "land", "lakes", "borders", "country-names"]


def test_the_deck_is_compact_and_does_not_change_when_built_again() -> None:
    first, second = (maps.deck(POINTS, COUNTRY_ROWS, DIVISION_ROWS, dark=True).to_json() for _ in range(2))
    assert first == second
    assert "\n" not in first
    assert theme.DARK.raised in json.dumps(maps.deck(POINTS, COUNTRY_ROWS, DIVISION_ROWS, dark=True)._tooltip)
