"""The base map's files: what is land, what is water, whose polygon is whose."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from dateline.figures import basemap
from dateline.figures.basemap import COUNTRIES, DIVISIONS, areas

STATIC = Path(__file__).resolve().parents[2] / "static" / "basemap"


def geometry(name: str) -> Any:
    return json.loads((STATIC / name).read_text(encoding="utf-8"))["coordinates"]


def in_ring(lon: float, lat: float, ring: list[list[float]]) -> bool:
    odd = False
    for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y0 > lat) != (y1 > lat) and lon < (x1 - x0) * (lat - y0) / (y1 - y0) + x0:
            odd = not odd
    return odd


def covers(polygons: Any, lat: float, lon: float) -> bool:
    return any(
        in_ring(lon, lat, rings[0]) and not any(in_ring(lon, lat, hole) for hole in rings[1:])
        for rings in polygons
    )


@pytest.mark.parametrize(
    ("place", "lat", "lon", "land"),
    [
        ("Tbilisi", 41.7, 44.8, True),
        ("Chita", 52.0, 113.5, True),
        ("Chukotka beyond the antimeridian", 66.5, -173.0, True),
        ("South Pole's edge", -80.0, 60.0, True),
        ("the Caspian Sea", 42.0, 50.5, False),
        ("the Black Sea", 43.3, 34.0, False),
        ("the Atlantic", 30.0, -40.0, False),
        ("the Bering Sea", 58.0, -179.5, False),
    ],
)
def test_land_and_water(place: str, lat: float, lon: float, land: bool) -> None:
    assert covers(geometry("land.json"), lat, lon) is land, place


def test_lakes_lie_where_they_should() -> None:
    lakes = geometry("lakes.json")
    assert covers(lakes, 53.5, 108.2), "Baikal"
    assert covers(lakes, 42.4, 77.2), "Issyk-Kul"
    assert not covers(lakes, 41.7, 44.8)


def test_no_line_crosses_the_map_at_the_antimeridian() -> None:
    lines = [ring for polygon in geometry("land.json") for ring in polygon] + geometry("borders.json")
    lines += [ring for area in areas(COUNTRIES).values() for polygon in area.coordinates for ring in polygon]
    for line in lines:
        for (x0, y0), (x1, y1) in pairwise(line):
            # Antarctica's lower edge, at -85, runs along the whole map.
            assert abs(x1 - x0) < 60 or y0 == y1 == -85, (x0, y0, x1, y1)


def test_files_are_small() -> None:
    sizes = {path.name: path.stat().st_size for path in STATIC.glob("*.json")}
    assert set(sizes) == {"land.json", "lakes.json", "borders.json"}
    assert sum(sizes.values()) <= 1_000_000


@pytest.mark.parametrize(
    ("code", "lat", "lon"),
    [
        ("AZ", 40.4, 48.5),
        ("GE", 42.0, 43.5),
        ("US", 39.0, -98.0),
        ("FR", 47.0, 2.5),
        ("XK", 42.6, 20.9),
        ("FJ", -17.8, 178.0),
    ],
)
def test_countries(code: str, lat: float, lon: float) -> None:
    assert [a.code for a in areas(COUNTRIES).values() if covers(a.coordinates, lat, lon)] == [code]


def test_a_countrys_name_is_set_inside_it() -> None:
    for area in areas(COUNTRIES).values():
        assert covers(area.coordinates, *area.label) or area.size < 400, area.code


@pytest.mark.parametrize(
    ("code", "lat", "lon"),
    [("GE.02", 43.0, 41.2), ("US.TX", 31.0, -99.0), ("KZ.07", 50.5, 51.5), ("UA.05", 48.0, 37.8)],
)
def test_divisions_have_geonames_codes(code: str, lat: float, lon: float) -> None:
    found = [a.code for a in areas(DIVISIONS).values() if covers(a.coordinates, lat, lon)]
    if not found and code not in areas(DIVISIONS):
        pytest.fail(f"no polygon for {code}")
    assert code in found


def test_without_shape() -> None:
    assert basemap.without_shape(["MA", "ZZ"], ["US.TX", "ZZ.01"]) == ["ZZ", "ZZ.01"]


def row(code: str, value: float) -> dict[str, Any]:
    return {"place": code, "name": code, "note": "", "fill": [0, 0, 0, 255], "value": value}


def test_features_within_the_budget() -> None:
    rows = [row(code, float(i)) for i, code in enumerate(areas(COUNTRIES))]
    everything = basemap.features(rows, COUNTRIES, 10_000_000)
    assert [f["properties"]["place"] for f in everything] == [r["place"] for r in rows[::-1]]
    assert everything[0]["geometry"]["coordinates"] == areas(COUNTRIES)[rows[-1]["place"]].coordinates
    tight = basemap.features(rows, COUNTRIES, 100_000)
    assert len(json.dumps([f["geometry"]["coordinates"] for f in tight], separators=(",", ":"))) < 101_000
    assert [f["properties"]["place"] for f in tight] == [r["place"] for r in rows[::-1]][: len(tight)]
    assert basemap.features([row("ZZ", 1.0)], COUNTRIES, 1_000) == []


@pytest.mark.parametrize("step", [0.1, 0.4])
def test_coarse_keeps_something_of_every_country(step: float) -> None:
    for area in areas(COUNTRIES).values():
        rough = basemap.coarse(area.coordinates, step)
        assert rough
        assert all(len(ring) >= 4 for polygon in rough for ring in polygon)
