"""The base map: Natural Earth's land, borders and lakes as static files, countries and divisions as polygons."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pydeck as pdk

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

_DATA = Path(__file__).resolve().parents[3] / "data" / "basemap"
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
    ``budget`` characters, all are sent to a tenth of a degree, and those beyond the budget even then are left out.
    """
    known = areas(file)
    rows = sorted((r for r in rows if r["place"] in known), key=lambda r: -float(r["value"]))
    rough = sum(known[r["place"]].size for r in rows) > budget
    drawn, spent = [], 0
    for row in rows:
        coordinates = known[row["place"]].coordinates
        if rough:
            coordinates = coarse(coordinates)
            spent += len(json.dumps(coordinates, separators=(",", ":")))
            if spent > budget:
                break
        drawn.append(
            {
                "type": "Feature",
                "geometry": {"type": "MultiPolygon", "coordinates": coordinates},
                "properties": {key: row[key] for key in ("place", "name", "note", "fill")},
            }
        )
    return drawn


def coarse(coordinates: list[Any]) -> list[Any]:
    """The polygons to a tenth of a degree; rings that vanish at it are left out, unless they are all there is."""
    rough = []
    for polygon in coordinates:
        rings = []
        for ring in polygon:
            steps = [[round(x, 1), round(y, 1)] for x, y in ring]
            kept = [at for i, at in enumerate(steps) if not i or at != steps[i - 1]]
            if len(kept) >= 4:
                rings.append(kept)
            elif not rings:
                break
        if rings:
            rough.append(rings)
    return rough or coordinates[:1]
