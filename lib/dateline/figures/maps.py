"""Where things happened: settlements as dots, countries and divisions as shades, over an offline base map.

Nothing is fetched from outside: the base map lies under ``static/`` and every other polygon is sent with the deck.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pydeck as pdk
from pydeck.bindings.json_tools import default_serialize

from dateline.figures.theme import Palette, Rgba, one_line, palette, rgba

if TYPE_CHECKING:
    import pandas as pd

MODES = ("points", "heat", "hexagons", "countries")
METRICS = ("articles", "stories", "killed")
# For the page to print beside every map.
BORDERS = (
    "Borders are drawn as they are held in fact, after Natural Earth; they express no opinion on any claim. "
    "Places: GeoNames."
)

MAX_POINTS = 4_000
MAX_CELLS = 5_000
LABELS = 12
# Characters of polygon coordinates sent with one deck; beyond it the smaller values lose detail, then their shape.
COUNTRY_BUDGET = 330_000
DIVISION_BUDGET = 200_000

_DATA = Path(__file__).resolve().parents[3] / "data" / "basemap"
_STATIC = "/app/static/basemap"
_SEA = [[[-360, -89], [360, -89], [360, 89], [-360, 89], [-360, -89]]]

View = tuple[float, float, float]
WORLD: View = (25.0, 15.0, 0.9)


class AtlasDeck(pdk.Deck):  # type: ignore[misc]
    """A deck that serialises without white space: a third of pydeck's own size."""

    def to_json(self) -> str:
        """The deck as JSON for deck.gl."""
        return json.dumps(
            self,
            sort_keys=True,
            default=default_serialize,
            separators=(",", ":"),
            ensure_ascii=False,
            allow_nan=False,
        )


def safe_text(value: object, limit: int = 80) -> str:
    """Any value as text that deck.gl takes as text.

    A string that starts with ``@@=`` or ``@@#`` would be run as an expression, and braces would be filled in by the
    tooltip: a word joiner, which has no width, takes both their meaning.
    """
    return one_line(value, limit).replace("@@", "@\u2060@").replace("{", "{\u2060")


@dataclass(frozen=True, slots=True)
class Shade:
    """A class of the choropleth: values from ``low`` to ``high`` (None: open), ``colour`` as ``#rrggbb``."""

    low: int
    high: int | None
    colour: str

    @property
    def words(self) -> str:
        """``1``, ``2-4`` or ``50 or more``, for the legend."""
        if self.high is None:
            return f"{self.low:,} or more"
        return f"{self.low:,}" if self.high == self.low else f"{self.low:,}–{self.high:,}"


_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 1_000_000)


def shades(values: Iterable[float], *, dark: bool) -> tuple[Shade, ...]:
    """At most five classes, about equal on a logarithmic scale, for the positive values; none where there are none."""
    top = max((v for v in values if v and v > 0), default=0)
    if not top:
        return ()
    reached = [step for step in _STEPS if step <= top] or [1]
    colours = palette(dark).shades
    stride = -(-len(reached) // len(colours))
    lows = reached[::-1][::stride][::-1]
    if lows[0] != 1:
        lows = [1, *lows[1:]]
    picked = colours[-len(lows) :] if len(lows) > 1 else colours[2:3]
    highs = [low - 1 for low in lows[1:]] + [None]
    return tuple(Shade(low, high, c) for low, high, c in zip(lows, highs, picked, strict=True))


def _shade(value: float, classes: Sequence[Shade]) -> str | None:
    found = [s.colour for s in classes if value >= s.low]
    return found[-1] if found else None


def deck(
    points: pd.DataFrame,
    countries: pd.DataFrame,
    divisions: pd.DataFrame,
    *,
    mode: str = "points",
    metric: str = "articles",
    dark: bool,
    view: View | None = None,
    selected: Collection[str] = (),
) -> pdk.Deck:
    """The map of a selection.

    ``points``: ``place``, ``name``, ``country_name``, ``lat``, ``lon``, ``precision`` (1 settlement, 2 near one) and
    the figures ``articles``, ``stories``, ``killed`` (may be missing). ``countries``: ``country`` (ISO 3166-1 alpha-2),
    ``name`` and the figures. ``divisions``: ``place`` ("MA.07"), ``name``, ``lat``, ``lon`` and the figures. Latitude
    and longitude in degrees.

    ``view`` is (latitude, longitude, zoom); None shows everything. ``selected`` are codes of any of the three: they
    are outlined. Selectable layers: ``settlements``, ``near``, ``divisions``, ``division-rings``, ``countries``, whose
    objects have ``place`` (GeoJSON layers also in ``properties``), and ``cells``, whose objects have ``cell``.
    Raises ValueError for an unknown mode or metric.
    """
    if mode not in MODES or metric not in METRICS:
        raise ValueError(f"no map of mode {mode!r} and metric {metric!r}")
    at = view or fit_view(points, countries, divisions)
    c = palette(dark)
    layers = _base(c)[:2]
    rings: list[dict[str, Any]] = []
    if mode in ("points", "countries"):
        layers += _countries(countries, metric, c, dark)
    if mode == "points":
        shapes, rings = _divisions(divisions, metric, c, dark)
        layers += shapes
    layers += _base(c)[2:]
    if mode == "points":
        layers += _rings(rings, c)
        layers += _dots(points, metric, c)
    elif mode == "heat":
        layers += _heat(points, metric, c)
    elif mode == "hexagons":
        layers += _cells(points, metric, at[2], dark)
    layers += _chosen(points, frozenset(selected), metric, c) if selected else []
    layers += _labels(points, countries, mode, metric, at, c)
    return AtlasDeck(
        layers=layers,
        initial_view_state=pdk.ViewState(
            latitude=at[0], longitude=at[1], zoom=at[2], min_zoom=0, max_zoom=12, pitch=0, bearing=0
        ),
        views=[pdk.View(type="MapView", controller={"dragRotate": False, "touchRotate": False})],
        map_provider=None,
        tooltip={
            "html": "<b>{name}</b><br>{note}",
            "style": {
                "backgroundColor": c.raised,
                "color": c.text,
                "border": f"1px solid {c.border}",
                "fontSize": "13px",
                "padding": "6px 9px",
                "maxWidth": "260px",
            },
        },
    )


# --- the base map -------------------------------------------------------------------------------------------------


def _still(
    kind: str, data: object, layer_id: str, fill: Rgba | None, line: Rgba | None, width: float = 1
) -> pdk.Layer:
    """A layer that is neither picked nor faded when something is selected.

    Streamlit fades ``getFillColor`` of every layer around a selection; a colour handed to the sublayer escapes that.
    """
    return pdk.Layer(
        kind,
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


def _base(c: Palette) -> list[pdk.Layer]:
    """Sea and land below what is shaded, lakes and borders above it."""
    return [
        _still("GeoJsonLayer", {"type": "Polygon", "coordinates": _SEA}, "sea", rgba(c.sea), None),
        _still("GeoJsonLayer", f"{_STATIC}/land.json", "land", rgba(c.land), None),
        _still("GeoJsonLayer", f"{_STATIC}/lakes.json", "lakes", rgba(c.sea), None),
        _still("GeoJsonLayer", f"{_STATIC}/borders.json", "borders", None, rgba(c.border), 0.8),
    ]


@dataclass(frozen=True, slots=True)
class _Area:
    """A polygon of the base map: GeoJSON MultiPolygon coordinates and their size as JSON in characters."""

    code: str
    name: str
    coordinates: list[Any]
    size: int
    label: tuple[float, float]


@lru_cache(maxsize=2)
def _polygons(file: str) -> dict[str, _Area]:
    collection = json.loads((_DATA / file).read_text(encoding="utf-8"))
    areas = {}
    for f in collection["features"]:
        coordinates = f["geometry"]["coordinates"]
        lon, lat = f["properties"].get("label", (0.0, 0.0))
        size = len(json.dumps(coordinates, separators=(",", ":")))
        areas[f["id"]] = _Area(f["id"], f["properties"].get("name", ""), coordinates, size, (lon, lat))
    return areas


def without_shape(countries: Iterable[str], divisions: Iterable[str] = ()) -> list[str]:
    """The codes that have no polygon: a country among them is not on the map, a division is drawn as a ring."""
    return [code for code in countries if code not in _polygons("countries.json")] + [
        code for code in divisions if code not in _polygons("divisions.json")
    ]


def _coarse(coordinates: list[Any]) -> list[Any]:
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


def _drawable(rows: list[dict[str, Any]], file: str, budget: int) -> list[dict[str, Any]]:
    """GeoJSON features for the rows that have a polygon, the highest values first, within ``budget`` characters."""
    areas = _polygons(file)
    rows = sorted((r for r in rows if r["place"] in areas), key=lambda r: -float(r["value"]))
    rough = sum(areas[r["place"]].size for r in rows) > budget
    features, spent = [], 0
    for row in rows:
        coordinates = areas[row["place"]].coordinates
        if rough:
            coordinates = _coarse(coordinates)
            spent += len(json.dumps(coordinates, separators=(",", ":")))
            if spent > budget:
                break
        features.append(
            {
                "type": "Feature",
                "geometry": {"type": "MultiPolygon", "coordinates": coordinates},
                "properties": {k: row[k] for k in ("place", "name", "note", "fill")},
                "place": row["place"],
            }
        )
    return features


def _number(value: Any) -> float:
    """A figure as a float; a missing one as 0."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        return 0.0
    return number if math.isfinite(number) else 0.0


def _counted(n: float, one: str, many: str) -> str:
    return f"{n:,.0f} {one if n == 1 else many}"


def _note(row: Any, where: str = "") -> str:
    """The line below a name: ``Morocco · 12 articles · 3 stories · 40 killed``."""
    words = [where] if where else []
    words.append(_counted(_number(row.articles), "article", "articles"))
    words.append(_counted(_number(row.stories), "story", "stories"))
    if killed := _number(row.killed):
        words.append(f"{killed:,.0f} killed")
    return " · ".join(words)


def _located(lat: Any, lon: Any) -> bool:
    y, x = _number(lat), _number(lon)
    return bool(x or y) and abs(y) <= 90 and abs(x) <= 180


def _countries(frame: pd.DataFrame, metric: str, c: Palette, dark: bool) -> list[pdk.Layer]:
    classes = shades([_number(v) for v in frame[metric]], dark=dark)
    rows = []
    for row in frame.itertuples():
        value = _number(getattr(row, metric))
        colour = _shade(value, classes)
        if colour:
            note = _note(row, "country")
            rows.append(
                {
                    "place": str(row.country),
                    "name": safe_text(row.name),
                    "note": note,
                    "value": value,
                    "fill": rgba(colour),
                }
            )
    features = _drawable(rows, "countries.json", COUNTRY_BUDGET)
    return [_shaded("countries", features, rgba(c.border), 0.6)] if features else []


def _shaded(layer_id: str, features: list[dict[str, Any]], line: Rgba, width: float) -> pdk.Layer:
    return pdk.Layer(
        "GeoJsonLayer",
        data=features,
        id=layer_id,
        pickable=True,
        filled=True,
        stroked=True,
        get_fill_color="properties.fill",
        get_line_color=line,
        line_width_units="'pixels'",
        get_line_width=width,
        auto_highlight=True,
        highlight_color=[255, 255, 255, 45],
    )


def _divisions(
    frame: pd.DataFrame, metric: str, c: Palette, dark: bool
) -> tuple[list[pdk.Layer], list[dict[str, Any]]]:
    """The shaded divisions, and the rows of those that have no polygon (or none within the budget)."""
    classes = shades([_number(v) for v in frame[metric]], dark=dark)
    rows = []
    for row in frame.itertuples():
        value = _number(getattr(row, metric))
        colour = _shade(value, classes)
        if colour:
            rows.append(
                {
                    "place": str(row.place),
                    "name": safe_text(row.name),
                    "note": _note(row, "somewhere in this division"),
                    "value": value,
                    "fill": rgba(colour, 215),
                    "at": [round(_number(row.lon), 2), round(_number(row.lat), 2)]
                    if _located(row.lat, row.lon)
                    else None,
                }
            )
    features = _drawable(rows, "divisions.json", DIVISION_BUDGET)
    shaped = {f["place"] for f in features}
    rings = [r for r in rows if r["place"] not in shaped and r["at"]]
    return ([_shaded("divisions", features, rgba(c.accent, 200), 1)] if features else []), rings


def _rings(rows: list[dict[str, Any]], c: Palette) -> list[pdk.Layer]:
    """A wide hollow ring where a division without a polygon lies: two thin circles and no dot."""
    if not rows:
        return []
    data = [{k: row[k] for k in ("place", "name", "note", "at")} for row in rows]
    layers = []
    for layer_id, radius, alpha in (("division-rings", 20, 170), ("division-rings-inner", 15, 80)):
        layers.append(
            pdk.Layer(
                "ScatterplotLayer",
                data=data,
                id=layer_id,
                pickable=layer_id == "division-rings",
                filled=True,
                stroked=True,
                get_position="at",
                radius_units="'pixels'",
                get_radius=radius,
                get_fill_color=rgba(c.accent, 12),
                get_line_color=rgba(c.accent, alpha),
                line_width_units="'pixels'",
                get_line_width=1,
            )
        )
    return layers


# --- settlements --------------------------------------------------------------------------------------------------

_SMALLEST, _LARGEST, _PER_ROOT = 3.5, 24.0, 4.0


def radius(value: float, top: float) -> float:
    """Pixels of a dot whose area grows with ``value``; ``top`` is the largest value on the map."""
    scale = min(_PER_ROOT, _LARGEST / math.sqrt(top)) if top > 0 else _PER_ROOT
    return round(max(_SMALLEST, scale * math.sqrt(max(0.0, value))), 1)


def _drawn(points: pd.DataFrame, metric: str) -> pd.DataFrame:
    """The places with coordinates, largest first so that small dots lie on top, at most ``MAX_POINTS``."""
    inside = points[points["lat"].between(-90, 90) & points["lon"].between(-180, 180)]
    order = inside[metric].astype("Float64").fillna(0)
    return inside.loc[order.sort_values(ascending=False, kind="stable").index].head(MAX_POINTS)


def _dots(points: pd.DataFrame, metric: str, c: Palette) -> list[pdk.Layer]:
    rows = _drawn(points, metric)
    if rows.empty:
        return []
    top = max(_number(v) for v in rows[metric])
    exact: list[dict[str, Any]] = []
    near: list[dict[str, Any]] = []
    for row in rows.itertuples():
        where = safe_text(row.country_name, 40)
        rough = _number(row.precision) >= 2
        record = {
            "place": safe_text(row.place),
            "name": safe_text(row.name),
            "note": _note(row, f"near here, {where}" if rough else where),
            "at": [round(_number(row.lon), 4), round(_number(row.lat), 4)],
            "r": radius(_number(getattr(row, metric)), top),
        }
        (near if rough else exact).append(record)
    layers = []
    if near:
        layers.append(_scatter("near", near, rgba(c.accent, 30), rgba(c.accent, 230), 1.6))
    if exact:
        layers.append(_scatter("settlements", exact, rgba(c.accent, 205), rgba(c.land, 255), 0.8))
    return layers


def _scatter(layer_id: str, data: list[dict[str, Any]], fill: Rgba, line: Rgba, width: float) -> pdk.Layer:
    return pdk.Layer(
        "ScatterplotLayer",
        data=data,
        id=layer_id,
        pickable=True,
        filled=True,
        stroked=True,
        get_position="at",
        radius_units="'pixels'",
        get_radius="r",
        get_fill_color=fill,
        get_line_color=line,
        line_width_units="'pixels'",
        get_line_width=width,
        auto_highlight=True,
        highlight_color=[255, 255, 255, 60],
    )


def _heat(points: pd.DataFrame, metric: str, c: Palette) -> list[pdk.Layer]:
    rows = _drawn(points, metric)
    data = [
        {"at": [round(lon, 3), round(lat, 3)], "w": value}
        for lon, lat, value in zip(rows["lon"], rows["lat"], (_number(v) for v in rows[metric]), strict=True)
        if value
    ]
    if not data:
        return []
    return [
        pdk.Layer(
            "HeatmapLayer",
            data=data,
            id="heat",
            pickable=False,
            get_position="at",
            get_weight="w",
            radius_pixels=36,
            color_range=[rgba(shade, 255) for shade in c.shades[1:]],
            threshold=0.04,
        )
    ]


# The H3 resolution that gives hexagons of about 20 to 50 pixels, by the zoom where it ends.
_RESOLUTIONS = ((2.6, 2), (4.0, 3), (5.4, 4), (6.8, 5), (8.2, 6), (9.6, 7))


def _cells(points: pd.DataFrame, metric: str, zoom: float, dark: bool) -> list[pdk.Layer]:
    """Counts by H3 cell; coarser where there would be more than ``MAX_CELLS``."""
    import h3

    resolution = next((r for limit, r in _RESOLUTIONS if zoom < limit), 8)
    inside = points[points["lat"].between(-90, 90) & points["lon"].between(-180, 180)]
    triples = list(zip(inside["lat"], inside["lon"], (_number(v) for v in inside[metric]), strict=True))
    while True:
        totals: dict[str, list[float]] = {}
        for lat, lon, value in triples:
            if value:
                cell = totals.setdefault(h3.latlng_to_cell(lat, lon, resolution), [0.0, 0.0])
                cell[0] += value
                cell[1] += 1
        if len(totals) <= MAX_CELLS or resolution == 0:
            break
        resolution -= 1
    if not totals:
        return []
    classes = shades([value for value, _ in totals.values()], dark=dark)
    noun = {
        "articles": ("article", "articles"),
        "stories": ("story", "stories"),
        "killed": ("killed", "killed"),
    }[metric]
    data = [
        {
            "cell": cell,
            "name": _counted(value, *noun),
            "note": _counted(places, "place", "places"),
            "fill": rgba(cast(str, _shade(value, classes)), 225),
        }
        for cell, (value, places) in totals.items()
    ]
    return [
        pdk.Layer(
            "H3HexagonLayer",
            data=data,
            id="cells",
            pickable=True,
            filled=True,
            stroked=False,
            extruded=False,
            coverage=0.94,
            get_hexagon="cell",
            get_fill_color="fill",
            auto_highlight=True,
            highlight_color=[255, 255, 255, 60],
        )
    ]


def _chosen(points: pd.DataFrame, codes: frozenset[str], metric: str, c: Palette) -> list[pdk.Layer]:
    """Outlines around what is selected; they are not picked."""
    layers = []
    areas = [
        area
        for file in ("countries.json", "divisions.json")
        for code in sorted(codes)
        if (area := _polygons(file).get(code))
    ]
    if areas:
        shapes = [
            {
                "type": "Feature",
                "properties": {},
                "geometry": {"type": "MultiPolygon", "coordinates": a.coordinates},
            }
            for a in areas[:20]
        ]
        layers.append(_still("GeoJsonLayer", shapes, "chosen-areas", None, rgba(c.text), 2))
    drawn = _drawn(points, metric)
    top = max((_number(v) for v in drawn[metric]), default=0.0)
    rows = drawn[drawn["place"].isin(codes)]
    if len(rows):
        data = [
            {"at": [_number(row.lon), _number(row.lat)], "r": radius(_number(getattr(row, metric)), top) + 3}
            for row in rows.itertuples()
        ]
        layers.append(_scatter("chosen-places", data, [0, 0, 0, 0], rgba(c.text), 2))
        layers[-1].pickable = False
        layers[-1].auto_highlight = False
    return layers


# --- labels -------------------------------------------------------------------------------------------------------

_TILE = 512.0
_FRAME = (900.0, 520.0)  # pixels the labels are laid out for


def _pixels(lat: float, lon: float, zoom: float) -> tuple[float, float]:
    """Web Mercator pixels, y down, at a zoom."""
    size = _TILE * 2**zoom
    bounded = math.radians(max(-85.0, min(85.0, lat)))
    y = 0.5 - math.log(math.tan(math.pi / 4 + bounded / 2)) / (2 * math.pi)
    return (lon + 180) / 360 * size, y * size


Box = tuple[float, float, float, float]


def _free(box: Box, taken: list[Box]) -> bool:
    return all(box[2] < b[0] or b[2] < box[0] or box[3] < b[1] or b[3] < box[1] for b in taken)


def _within(box: Box, view: View) -> bool:
    x, y = _pixels(*view)
    return abs((box[0] + box[2]) / 2 - x) < _FRAME[0] / 2 and abs((box[1] + box[3]) / 2 - y) < _FRAME[1] / 2


def _labels(
    points: pd.DataFrame, countries: pd.DataFrame, mode: str, metric: str, view: View, c: Palette
) -> list[pdk.Layer]:
    """Names of the top places, then of countries, as far as they do not overlap at the view's zoom."""
    taken: list[Box] = []
    places: list[dict[str, Any]] = []
    if mode == "points":
        rows = _drawn(points, metric)
        top = max((_number(v) for v in rows[metric]), default=0.0)
        for row in rows.head(15 * LABELS).itertuples():
            x, y = _pixels(_number(row.lat), _number(row.lon), view[2])
            r = radius(_number(getattr(row, metric)), top)
            name = safe_text(row.name, 28)
            box = (x - r, y - 9, x + r + 6 + 6.6 * len(name), y + 9)
            if len(places) < LABELS and _within(box, view) and _free(box, taken):
                taken.append(box)
                places.append({"at": [_number(row.lon), _number(row.lat)], "t": name, "o": [r + 4, 0]})
    names = _country_names(countries, metric, view, taken)
    layers = []
    if names:
        layers.append(_text("country-names", names, rgba(c.muted), 11, c, middle=True))
    if places:
        layers.append(_text("place-names", places, rgba(c.text), 13, c, middle=False))
    return layers


def _country_names(
    countries: pd.DataFrame, metric: str, view: View, taken: list[Box], most: int = 30
) -> list[dict[str, Any]]:
    values = {str(row.country): _number(getattr(row, metric)) for row in countries.itertuples()}
    areas = sorted(_polygons("countries.json").values(), key=lambda a: (-values.get(a.code, 0.0), -a.size))
    names: list[dict[str, Any]] = []
    for area in areas:
        lon, lat = area.label
        x, y = _pixels(lat, lon, view[2])
        half = 3.3 * len(area.name) + 6
        box = (x - half, y - 8, x + half, y + 8)
        if len(names) < most and _within(box, view) and _free(box, taken):
            taken.append(box)
            names.append({"at": [lon, lat], "t": safe_text(area.name, 40), "o": [0, 0]})
    return names


def _text(
    layer_id: str, data: list[dict[str, Any]], colour: Rgba, size: int, c: Palette, *, middle: bool
) -> pdk.Layer:
    return pdk.Layer(
        "TextLayer",
        data=data,
        id=layer_id,
        pickable=False,
        get_position="at",
        get_text="t",
        get_size=size,
        get_color=colour,
        get_pixel_offset="o",
        get_text_anchor="'middle'" if middle else "'start'",
        get_alignment_baseline="'center'",
        character_set="'auto'",
        font_family="'Source Sans, sans-serif'",
        font_weight=400 if middle else 600,
        font_settings={"sdf": True, "fontSize": 64, "buffer": 8, "radius": 16, "cutoff": 0.2},
        outline_width=3,
        outline_color=rgba(c.land, 230),
    )


# --- the view -----------------------------------------------------------------------------------------------------


def fit_view(points: pd.DataFrame, countries: pd.DataFrame, divisions: pd.DataFrame | None = None) -> View:
    """(latitude, longitude, zoom) that shows all places and countries of a selection in about 900 × 520 pixels.

    One place far from all others is left outside where that at least halves the span. The zoom is 0.9 to 8.
    """
    corners = [(_number(lat), _number(lon)) for lat, lon in _coordinates(points) if _located(lat, lon)]
    if divisions is not None:
        corners += [
            (_number(lat), _number(lon)) for lat, lon in _coordinates(divisions) if _located(lat, lon)
        ]
    corners = _without_outlier(corners)
    areas = _polygons("countries.json")
    for code in countries["country"]:
        if (area := areas.get(str(code))) is not None:
            corners += _extent(area.coordinates)
    if not corners:
        return WORLD
    south, north = min(c[0] for c in corners), max(c[0] for c in corners)
    west, east = min(c[1] for c in corners), max(c[1] for c in corners)
    (x0, y0), (x1, y1) = _pixels(north, west, 0), _pixels(south, east, 0)
    room = min(0.86 * _FRAME[0] / max(x1 - x0, 1e-6), 0.86 * _FRAME[1] / max(y1 - y0, 1e-6))
    middle = math.degrees(2 * math.atan(math.exp(math.pi * (1 - (y0 + y1) / _TILE))) - math.pi / 2)
    zoom = max(0.9, min(8.0 if len(corners) > 1 else 6.0, math.log2(room)))
    return round(middle, 3), round((west + east) / 2, 3), round(zoom, 2)


def _coordinates(frame: pd.DataFrame) -> Iterable[tuple[Any, Any]]:
    return zip(frame["lat"], frame["lon"], strict=True)


def _extent(coordinates: list[Any]) -> list[tuple[float, float]]:
    """South-west and north-east corner of the largest polygon: overseas territories do not widen the view."""
    ring = max((polygon[0] for polygon in coordinates), key=_ring_area)
    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    return [(min(ys), min(xs)), (max(ys), max(xs))]


def _ring_area(ring: list[list[float]]) -> float:
    return abs(sum((x1 - x0) * (y1 + y0) for (x0, y0), (x1, y1) in pairwise(ring))) / 2


def _without_outlier(corners: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """``corners`` without the one whose removal shrinks the box most, where it at least halves a side."""
    if len(corners) < 5:
        return corners
    for axis in (0, 1):
        ordered = sorted(corners, key=lambda c: c[axis])
        span = ordered[-1][axis] - ordered[0][axis]
        for rest in (ordered[1:], ordered[:-1]):
            if span > 10 and rest[-1][axis] - rest[0][axis] < span / 2:
                return rest
    return corners
