"""The base map: Natural Earth's land, borders and lakes as static files, countries and divisions as polygons."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import pydeck as pdk

from dateline import shipped
from dateline.figures.theme import Palette, Rgba, rgba

# For the page to print beside every map.
BORDERS = (
    "Borders are drawn as they are held in fact, after Natural Earth; they express no opinion on any claim. "
    "Places: GeoNames."
)
COUNTRIES = "countries.json"
DIVISIONS = "divisions.json"
# Where Streamlit serves the project's folder static/basemap; a server with a base path puts it in front.
STATIC = "/app/static/basemap"

_DATA = shipped.path("basemap")
_SEA = [[[-360, -89], [360, -89], [360, 89], [-360, 89], [-360, -89]]]


def still(
    data: object, layer_id: str, *, fill: Rgba | None = None, line: Rgba | None = None, width: float = 1
) -> pdk.Layer:
    """A GeoJSON layer that is neither picked nor faded when something is selected; ``width`` in pixels.

    Streamlit fades ``getFillColor`` of every layer around a selection; a colour handed to the sublayer escapes that.
    """
    return pdk.Layer(
        "GeoJsonLayer",
        data=data,
        id=layer_id,
        pickable=False,
        filled=fill is not None,
        stroked=line is not None,
        get_line_color=line or [0, 0, 0, 0],
        line_width_units="'pixels'",
        get_line_width=width,
        _sub_layer_props={"polygons-fill": {"getFillColor": fill}} if fill else {},
    )


def below(c: Palette, static: str) -> list[pdk.Layer]:
    """Sea and land: what lies under shaded countries."""
    return [
        still({"type": "Polygon", "coordinates": _SEA}, "sea", fill=rgba(c.sea)),
        still(f"{static}/land.json", "land", fill=rgba(c.land)),
    ]


def above(c: Palette, static: str) -> list[pdk.Layer]:
    """Lakes and borders: what lies over shaded countries."""
    return [
        still(f"{static}/lakes.json", "lakes", fill=rgba(c.sea)),
        still(f"{static}/borders.json", "borders", line=rgba(c.border), width=0.8),
    ]


@dataclass(frozen=True, slots=True)
class Area:
    """A country or division: GeoJSON MultiPolygon coordinates, their size as JSON in characters, a point for its name.

    ``bounds`` are south, west, north and east of the largest polygon: overseas territories do not widen them.
    """

    code: str
    name: str
    coordinates: list[Any]
    size: int
    label: tuple[float, float]
    bounds: tuple[float, float, float, float]


@lru_cache(maxsize=2)
def areas(file: str) -> dict[str, Area]:
    """The polygons of ``COUNTRIES`` by ISO code or of ``DIVISIONS`` by GeoNames code; read once."""
    found = {}
    for f in json.loads((_DATA / file).read_text(encoding="utf-8"))["features"]:
        coordinates = f["geometry"]["coordinates"]
        lon, lat = f["properties"].get("label", (0.0, 0.0))
        found[f["id"]] = Area(
            code=f["id"],
            name=f["properties"].get("name", ""),
            coordinates=coordinates,
            size=len(json.dumps(coordinates, separators=(",", ":"))),
            label=(lat, lon),
            bounds=_bounds(coordinates),
        )
    return found


def _bounds(coordinates: list[Any]) -> tuple[float, float, float, float]:
    ring = max((polygon[0] for polygon in coordinates), key=_ring_area)
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return min(ys), min(xs), max(ys), max(xs)


def _ring_area(ring: list[list[float]]) -> float:
    return abs(sum((x1 - x0) * (y1 + y0) for (x0, y0), (x1, y1) in pairwise(ring))) / 2


def without_shape(countries: Iterable[str], divisions: Iterable[str] = ()) -> list[str]:
    """The codes that have no polygon: a country among them is not on the map, a division is drawn as a ring."""
    return [code for code in countries if code not in areas(COUNTRIES)] + [
        code for code in divisions if code not in areas(DIVISIONS)
    ]


def features(rows: list[dict[str, Any]], file: str, budget: int) -> list[dict[str, Any]]:
    """GeoJSON features for the rows that have a polygon, the highest ``value`` first.

    A row has ``place``, ``name``, ``note``, ``fill`` and ``value``. Where the polygons together take more than
    ``budget`` characters, all are sent coarser; those beyond the budget even then are left out.
    """
    known = areas(file)
    rows = sorted((r for r in rows if r["place"] in known), key=lambda r: -float(r["value"]))
    shapes = _within(file, tuple(row["place"] for row in rows), budget)
    return [
        {
            "type": "Feature",
            "geometry": {"type": "MultiPolygon", "coordinates": coordinates},
            "properties": {key: row[key] for key in ("place", "name", "note", "fill")},
        }
        for row, coordinates in zip(rows, shapes, strict=False)
    ]


# Steps of a coarser grid, in degrees. 0.1 is about the detail of the map of a continent, 0.4 of the world.
_GRIDS = (0.1, 0.2, 0.4)


@lru_cache(maxsize=8)
def _within(file: str, codes: tuple[str, ...], budget: int) -> list[Any]:
    """The polygons of the first codes, as many as fit, at the finest grid at which all do."""
    known = areas(file)
    if sum(known[code].size for code in codes) <= budget:
        return [known[code].coordinates for code in codes]
    sized: list[tuple[Any, int]] = []
    for step in _GRIDS:
        rough = [coarse(known[code].coordinates, step) for code in codes]
        sized = [(shape, len(json.dumps(shape, separators=(",", ":")))) for shape in rough]
        if sum(size for _, size in sized) <= budget:
            break
    fitting, spent = [], 0
    for shape, size in sized:
        spent += size
        if spent > budget:
            break
        fitting.append(shape)
    return fitting


def coarse(coordinates: list[Any], step: float) -> list[Any]:
    """The polygons on a grid of ``step`` degrees, without those below three steps, unless they are all there is."""
    snapped = [[_snapped(ring, step) for ring in polygon] for polygon in coordinates]
    rough = [
        [ring for ring in rings if _span(ring) >= 3 * step]
        for rings in snapped
        if _span(rings[0]) >= 3 * step
    ]
    return rough or coordinates[:1]


def _span(ring: list[list[float]]) -> float:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return min(max(xs) - min(xs), max(ys) - min(ys)) + 1e-9


def _snapped(ring: list[list[float]], step: float) -> list[list[float]]:
    """The ring on the grid, without repetitions and without points between two others on a straight line."""
    kept: list[list[float]] = []
    for x, y in ring:
        # Whole degrees as integers are two characters shorter.
        at = [
            v if v % 1 else int(v)
            for v in (round(round(x / step) * step, 1), round(round(y / step) * step, 1))
        ]
        if kept and at == kept[-1]:
            continue
        if len(kept) > 1 and _straight(kept[-2], kept[-1], at):
            kept.pop()
        kept.append(at)
    return kept


def _straight(a: list[float], b: list[float], c: list[float]) -> bool:
    along = (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])
    return abs(along) < 1e-9 and (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1]) > 0
