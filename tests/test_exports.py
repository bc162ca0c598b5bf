"""Exports: every mention once with its sentence, no formula for a spreadsheet, no dot on a centroid."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from dateline.article import make_article
from dateline.exports import COLUMNS, FINEST_AREA, FORMATS, write
from dateline.filters import Filters
from dateline.ingest import ingest
from dateline.query import Atlas
from dateline.store import Store

TEXTS = {
    "=cmd|' /C calc'!A0": "Floods killed 12 people in Safi, Morocco, on Sunday (14 December), officials said.",
    "+49 30 1234": "A bridge over the Danube in Vienna, Austria, was closed on 5 December 2025.",
    "@SUM(A1)": 'Ministers of Kazakhstan met in Moscow on Monday, "a first step", one of them said.',
    "-2+3": "Snow fell all over Switzerland on Friday.",
    "Ordinary": "Nobody knows why onions cost so much, traders said.",
}


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    items = [
        make_article(text, title=title, source="=Desk", published="2025-12-15", kind="brief", locator="test")
        for title, text in TEXTS.items()
    ]
    snapshot = ingest(items, Store(tmp_path_factory.mktemp("exports"))).snapshot
    assert snapshot is not None
    return Atlas(snapshot)


def table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))


def test_a_table_has_every_column_and_no_formula(atlas: Atlas) -> None:
    rows = table(write(atlas, Filters(), "csv"))
    assert tuple(rows[0]) == COLUMNS
    assert {row["title"] for row in rows} == {f"'{title}" for title in TEXTS if title != "Ordinary"}
    for row in rows:
        for name, value in row.items():
            # Numbers may be negative; text may not begin as a formula.
            assert name in ("lat", "lon") or not value.startswith(("=", "+", "-", "@", "\t", "\r")), (
                name,
                value,
            )
    assert float(next(row["lon"] for row in rows if row["name"] == "Safi")) == pytest.approx(-9.24, abs=0.1)


def test_a_row_is_a_mention_with_the_sentence_around_it(atlas: Atlas) -> None:
    rows = table(write(atlas, Filters(), "csv"))
    assert {row["name"] for row in rows} >= {"Safi", "Vienna", "Switzerland"}
    for row in rows:
        assert row["surface"] in row["sentence"]
        assert row["sentence"] in TEXTS[row["title"].removeprefix("'")]
    safi = next(row for row in rows if row["name"] == "Safi")
    assert (safi["first"], safi["published_on"], safi["killed"]) == ("2025-12-14", "2025-12-15", "12")


def test_a_selection_is_all_that_is_written(atlas: Atlas) -> None:
    for form in FORMATS:
        assert b"Vienna" not in write(atlas, Filters(regions=("MA",)), form)
    assert {row["country"] for row in table(write(atlas, Filters(regions=("AT",)), "csv"))} == {"AT"}
    assert table(write(atlas, Filters(regions=("JP",)), "csv")) == []
    assert json.loads(write(atlas, Filters(regions=("JP",)), "geojson"))["features"] == []


def test_only_places_of_a_spot_have_a_point(atlas: Atlas) -> None:
    features = json.loads(write(atlas, Filters(scope="mentions"), "geojson"))["features"]
    assert {f["properties"]["precision"] < FINEST_AREA for f in features} == {True, False}
    for feature in features:
        assert feature["type"] == "Feature"
        point = feature["geometry"]
        if feature["properties"]["precision"] >= FINEST_AREA:
            assert point is None
        elif point is not None:
            lon, lat = point["coordinates"]
            assert -180 <= lon <= 180
            assert -90 <= lat <= 90
    (safi,) = (f for f in features if f["properties"]["name"] == "Safi")
    assert safi["geometry"]["coordinates"] == pytest.approx([-9.24, 32.30], abs=0.1)
    # A reader of GeoJSON takes NaN for a broken file.
    assert "lat" not in safi["properties"]
    json.dumps(features, allow_nan=False)


def test_half_a_character_does_not_stop_an_export(tmp_path: Path) -> None:
    item = make_article(
        "Floods in Safi, Morocco \ud83d, on Sunday.".encode("utf-8", "replace").decode(), title="x"
    )
    snapshot = ingest([item], Store(tmp_path)).snapshot
    assert snapshot is not None
    assert b"Safi" in write(Atlas(snapshot), Filters(), "csv")
