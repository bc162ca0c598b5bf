"""Where things happened: settlements as dots, countries and divisions as shades, over an offline base map.

Nothing is fetched from outside: the base map lies under ``static/`` and every other polygon is sent with the deck.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import pydeck as pdk
from pydeck.bindings.json_tools import default_serialize

from dateline.figures import basemap
from dateline.figures.basemap import BORDERS, COUNTRIES, DIVISIONS, STATIC, areas, without_shape
from dateline.figures.theme import Palette, Rgba, one_line, palette, rgba
from dateline.figures.viewport import FRAME, PHONE, WORLD, Labels, Size, View, fit_view, located, number

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "BORDERS",
    "FRAME",
    "MAX_CELLS",
    "MAX_POINTS",
    "METRICS",
    "MODES",
    "PHONE",
    "WORLD",
    "AtlasDeck",
    "Shade",
    "deck",
    "fit_view",
    "radius",
    "safe_text",
    "shades",
    "without_shape",
]

MODES = ("points", "heat", "hexagons", "countries")
METRICS = ("articles", "stories", "killed")
MAX_POINTS = 3_000
MAX_CELLS = 5_000
_MAX_RINGS = 300
_PLACE_NAMES, _COUNTRY_NAMES = 12, 26
# Characters of polygon coordinates sent with one deck, so that all of it stays well below 1 MB.
_COUNTRY_BUDGET, _DIVISION_BUDGET = 240_000, 130_000


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
        """``1``, ``2–4`` or ``50 or more``, for the legend."""
        if self.high is None:
            return f"{self.low:,} or more"
        return f"{self.low:,}" if self.high == self.low else f"{self.low:,}–{self.high:,}"


_STEPS = tuple(step * 10**power for power in range(8) for step in (1, 2, 5))


def shades(values: Iterable[float], *, dark: bool, cells: bool = False) -> tuple[Shade, ...]:
    """At most five classes, about equal on a logarithmic scale, for the positive values; none where there are none.

    These are the colours the countries and divisions (or, with ``cells``, the hexagons) of a map are drawn in.
    """
    top = max((v for v in values if v and v > 0), default=0)
    if not top:
        return ()
    reached = [step for step in _STEPS if step <= top] or [1]
    colours = palette(dark).cells if cells else palette(dark).areas
    stride = -(-len(reached) // len(colours))
    lows = [1, *reached[::-1][::stride][::-1][1:]]
    picked = colours[-len(lows) :] if len(lows) > 2 else colours[1 : 2 * len(lows) : 2]
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
    frame: Size = FRAME,
    static: str = STATIC,
) -> pdk.Deck:
    """The map of a selection.

    ``points``: ``place``, ``name``, ``country_name``, ``lat``, ``lon``, ``precision`` (1 settlement, 2 near one) and
    the figures ``articles``, ``stories``, ``killed`` (may be missing). ``countries``: ``country`` (ISO 3166-1 alpha-2),
    ``name`` and the figures. ``divisions``: ``place`` ("MA.07"), ``name``, ``lat``, ``lon`` and the figures. Latitude
    and longitude in degrees.

    ``view`` is (latitude, longitude, zoom); None shows everything in a map of ``frame`` pixels. ``selected`` are codes
    of any of the three: they are outlined. ``static`` is the address of the base map's files.

    Selectable layers: ``settlements``, ``near``, ``without-figure``, ``division-rings``, whose objects have ``place``;
    ``divisions`` and ``countries``, whose objects have it in ``properties``; ``cells``, whose objects have ``cell``.
    Raises ValueError for an unknown mode or metric.
    """
    if mode not in MODES or metric not in METRICS:
        raise ValueError(f"no map of mode {mode!r} and metric {metric!r}")
    at = view or fit_view(points, countries, divisions, frame)
    c = palette(dark)
    drawn = _largest(points, metric)
    layers = basemap.below(c, static)
    rings: list[pdk.Layer] = []
    if mode in ("points", "countries"):
        layers += _countries(countries, metric, c, dark)
    if mode == "points":
        shaded, rings = _divisions(divisions, metric, c, dark)
        layers += shaded
    layers += basemap.above(c, static) + rings
    if mode == "points":
        layers += _dots(drawn, metric, c)
    elif mode == "heat":
        layers += _heat(drawn, metric, c)
    elif mode == "hexagons":
        layers += _cells(points, metric, at[2], dark)
    layers += _chosen(drawn, frozenset(selected), mode, metric, c)
    layers += _names(drawn, countries, mode, metric, Labels(at, frame), c)
    return AtlasDeck(
        layers=layers,
        initial_view_state=pdk.ViewState(
            latitude=at[0], longitude=at[1], zoom=at[2], min_zoom=0, max_zoom=12, pitch=0, bearing=0
        ),
        views=[pdk.View(type="MapView", controller={"dragRotate": False, "touchRotate": False})],
        map_provider=None,
        tooltip={"html": "<b>{name}</b><br>{note}", "style": _tooltip_style(c)},
    )


def _tooltip_style(c: Palette) -> dict[str, str]:
    return {
        "backgroundColor": c.raised,
        "color": c.text,
        "border": f"1px solid {c.border}",
        "borderRadius": "4px",
        "fontSize": "13px",
        "lineHeight": "1.35",
        "padding": "6px 9px",
        "maxWidth": "260px",
    }


def _counted(n: float, one: str, many: str) -> str:
    return f"{n:,.0f} {one if n == 1 else many}"


def _note(row: Any, where: str = "") -> str:
    """The line below a name: ``Morocco · 12 articles · 3 stories · 40 killed``."""
    words = [where] if where else []
    words.append(_counted(number(row.articles), "article", "articles"))
    words.append(_counted(number(row.stories), "story", "stories"))
    if killed := number(row.killed):
        words.append(f"{killed:,.0f} killed")
    return " · ".join(words)


# --- countries and divisions --------------------------------------------------------------------------------------


def _shaded_rows(
    frame: pd.DataFrame, code: str, metric: str, where: str, dark: bool, alpha: int
) -> list[dict[str, Any]]:
    classes = shades([number(v) for v in frame[metric]], dark=dark)
    rows = []
    for row in frame.itertuples():
        value = number(getattr(row, metric))
        if colour := _shade(value, classes):
            rows.append(
                {
                    "place": safe_text(getattr(row, code)),
                    "name": safe_text(row.name),
                    "note": _note(row, where),
                    "value": value,
                    "fill": rgba(colour, alpha),
                    "row": row,
                }
            )
    return rows


def _countries(frame: pd.DataFrame, metric: str, c: Palette, dark: bool) -> list[pdk.Layer]:
    rows = _shaded_rows(frame, "country", metric, "", dark, 255)
    shapes = basemap.features(rows, COUNTRIES, _COUNTRY_BUDGET)
    return [_shaded("countries", shapes, rgba(c.border), 0.6)] if shapes else []


def _divisions(
    frame: pd.DataFrame, metric: str, c: Palette, dark: bool
) -> tuple[list[pdk.Layer], list[pdk.Layer]]:
    """The shaded divisions, and rings for those that have no polygon or none within the budget."""
    rows = _shaded_rows(frame, "place", metric, "somewhere in it", dark, 225)
    rows.sort(key=lambda row: -float(row["value"]))
    shapes = basemap.features(rows, DIVISIONS, _DIVISION_BUDGET)
    shaped = {shape["properties"]["place"] for shape in shapes}
    rings = [
        {
            **{key: row[key] for key in ("place", "name", "note")},
            "at": [round(number(row["row"].lon), 2), round(number(row["row"].lat), 2)],
        }
        for row in rows
        if row["place"] not in shaped and located(row["row"].lat, row["row"].lon)
    ]
    layers = [_shaded("divisions", shapes, rgba(c.accent, 200), 1)] if shapes else []
    return layers, _rings(rings[:_MAX_RINGS], c)


def _shaded(layer_id: str, shapes: list[dict[str, Any]], line: Rgba, width: float) -> pdk.Layer:
    return pdk.Layer(
        "GeoJsonLayer",
        data=shapes,
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


def _rings(data: list[dict[str, Any]], c: Palette) -> list[pdk.Layer]:
    """A wide double circle around nothing: it happened somewhere near here, and no dot says where."""
    if not data:
        return []
    bare = [{"at": row["at"]} for row in data]
    outer = _circles("division-rings", data, 19, rgba(c.accent, 14), rgba(c.accent, 190), 1)
    return [
        outer,
        _circles("division-rings-inner", bare, 15, [0, 0, 0, 0], rgba(c.accent, 90), 1, pickable=False),
    ]


# --- settlements --------------------------------------------------------------------------------------------------

_SMALLEST, _LARGEST, _PER_ROOT = 3.5, 24.0, 4.0


def radius(value: float, top: float) -> float:
    """Pixels of a dot whose area grows with ``value``; ``top`` is the largest value on the map."""
    scale = min(_PER_ROOT, _LARGEST / math.sqrt(top)) if top > 0 else _PER_ROOT
    return round(max(_SMALLEST, scale * math.sqrt(max(0.0, value))), 1)


def _largest(points: pd.DataFrame, metric: str) -> pd.DataFrame:
    """The places with coordinates, largest first so that small dots lie on top, at most ``MAX_POINTS``.

    Columns ``value`` (the metric, 0 where missing) and ``r`` (pixels) are added.
    """
    inside = points[points["lat"].between(-90, 90) & points["lon"].between(-180, 180)]
    values = [number(v) for v in inside[metric]]
    top = max(values, default=0.0)
    sized = inside.assign(value=values, r=[radius(v, top) for v in values])
    return sized.sort_values("value", ascending=False, kind="stable").head(MAX_POINTS)


def _dots(drawn: pd.DataFrame, metric: str, c: Palette) -> list[pdk.Layer]:
    kinds: dict[str, list[dict[str, Any]]] = {"near": [], "without-figure": [], "settlements": []}
    for row in drawn.itertuples():
        where = safe_text(row.country_name, 40)
        rough = number(row.precision) >= 2
        kind = "near" if rough else "settlements"
        kinds["without-figure" if metric == "killed" and not row.value else kind].append(
            {
                "place": safe_text(row.place),
                "name": safe_text(row.name),
                "note": _note(row, f"near here, {where}" if rough else where),
                "at": [round(number(row.lon), 3), round(number(row.lat), 3)],
                "r": row.r,
            }
        )
    styles = {
        "near": (rgba(c.accent, 30), rgba(c.accent, 230), 1.6),
        "without-figure": (rgba(c.muted, 120), rgba(c.land), 0.8),
        "settlements": (rgba(c.accent, 205), rgba(c.land), 0.8),
    }
    return [_circles(kind, data, "r", *styles[kind]) for kind, data in kinds.items() if data]


def _circles(
    layer_id: str,
    data: list[dict[str, Any]],
    size: float | str,
    fill: Rgba,
    line: Rgba,
    width: float,
    *,
    pickable: bool = True,
) -> pdk.Layer:
    return pdk.Layer(
        "ScatterplotLayer",
        data=data,
        id=layer_id,
        pickable=pickable,
        filled=True,
        stroked=True,
        get_position="at",
        radius_units="'pixels'",
        get_radius=size,
        get_fill_color=fill,
        get_line_color=line,
        line_width_units="'pixels'",
        get_line_width=width,
        auto_highlight=pickable,
        highlight_color=[255, 255, 255, 60],
    )


def _heat(drawn: pd.DataFrame, metric: str, c: Palette) -> list[pdk.Layer]:
    data = [
        {"at": [round(lon, 3), round(lat, 3)], "w": value}
        for lon, lat, value in zip(drawn["lon"], drawn["lat"], drawn["value"], strict=True)
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
            color_range=[rgba(shade) for shade in c.cells],
            threshold=0.04,
        )
    ]


# The H3 resolution that gives hexagons of about 20 to 50 pixels, by the zoom where it ends.
_RESOLUTIONS = ((2.6, 2), (4.0, 3), (5.4, 4), (6.8, 5), (8.2, 6), (9.6, 7))


def _count_cells(points: pd.DataFrame, metric: str, zoom: float) -> dict[str, tuple[float, int]]:
    """Sum of the metric and number of places by H3 cell; coarser where there would be more than ``MAX_CELLS``."""
    import h3

    resolution = next((r for limit, r in _RESOLUTIONS if zoom < limit), 8)
    totals: dict[str, tuple[float, int]] = {}
    for lat, lon, raw in zip(points["lat"], points["lon"], points[metric], strict=True):
        value = number(raw)
        if value and located(lat, lon):
            cell = h3.latlng_to_cell(lat, lon, resolution)
            before = totals.get(cell, (0.0, 0))
            totals[cell] = (before[0] + value, before[1] + 1)
    while len(totals) > MAX_CELLS:
        wider: dict[str, tuple[float, int]] = {}
        for cell, (value, places) in totals.items():
            parent = h3.cell_to_parent(cell)
            before = wider.get(parent, (0.0, 0))
            wider[parent] = (before[0] + value, before[1] + places)
        totals = wider
    return totals


_NOUNS = {
    "articles": ("article", "articles"),
    "stories": ("story", "stories"),
    "killed": ("killed", "killed"),
}


def _cells(points: pd.DataFrame, metric: str, zoom: float, dark: bool) -> list[pdk.Layer]:
    totals = _count_cells(points, metric, zoom)
    classes = shades([value for value, _ in totals.values()], dark=dark, cells=True)
    data = [
        {
            "cell": cell,
            "name": _counted(value, *_NOUNS[metric]),
            "note": _counted(places, "place", "places"),
            "fill": rgba(cast(str, _shade(value, classes)), 225),
        }
        for cell, (value, places) in totals.items()
        if value >= 1
    ]
    if not data:
        return []
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


def _chosen(
    drawn: pd.DataFrame, codes: frozenset[str], mode: str, metric: str, c: Palette, most: int = 12
) -> list[pdk.Layer]:
    """Outlines around what is selected; they are not picked."""
    outlines = [
        {
            "type": "Feature",
            "properties": {},
            "geometry": {"type": "MultiPolygon", "coordinates": area.coordinates},
        }
        for file in (COUNTRIES, DIVISIONS)
        for code in sorted(codes)[:most]
        if (area := areas(file).get(code))
    ]
    layers = [basemap.still(outlines, "chosen-areas", line=rgba(c.text), width=1.8)] if outlines else []
    rows = drawn[drawn["place"].isin(codes)] if codes and mode == "points" else drawn.head(0)
    circles = [
        {"at": [number(row.lon), number(row.lat)], "r": number(row.r) + 3} for row in rows.itertuples()
    ]
    if circles:
        layers.append(_circles("chosen-places", circles, "r", [0, 0, 0, 0], rgba(c.text), 2, pickable=False))
    return layers


# --- names --------------------------------------------------------------------------------------------------------


def _names(
    drawn: pd.DataFrame, countries: pd.DataFrame, mode: str, metric: str, labels: Labels, c: Palette
) -> list[pdk.Layer]:
    """Names of the top places, then of countries, as far as they do not overlap at the view's zoom."""
    places = _place_names(drawn, labels) if mode == "points" else []
    of_countries = _country_names(countries, metric, labels, mode == "countries")
    layers = [_text("country-names", of_countries, rgba(c.text, 190), 12, 400, c)] if of_countries else []
    return [*layers, _text("place-names", places, rgba(c.text), 13, 600, c)] if places else layers


def _place_names(drawn: pd.DataFrame, labels: Labels) -> list[dict[str, Any]]:
    names: list[dict[str, Any]] = []
    for row in drawn.head(20 * _PLACE_NAMES).itertuples():
        if len(names) == _PLACE_NAMES:
            break
        lat, lon, r, text = number(row.lat), number(row.lon), number(row.r), safe_text(row.name, 28)
        if labels.place(lat, lon, left=r, right=r + 6 + 6.8 * len(text), half=9):
            names.append({"at": [lon, lat], "t": text, "o": [r + 4, 0], "a": "start"})
    return names


def _country_names(
    countries: pd.DataFrame, metric: str, labels: Labels, with_value: bool
) -> list[dict[str, Any]]:
    """Countries with a value first, then the others by the detail of their outline, which stands for size."""
    values = {str(row.country): number(getattr(row, metric)) for row in countries.itertuples()}
    order = sorted(areas(COUNTRIES).values(), key=lambda area: (-values.get(area.code, 0.0), -area.size))
    names: list[dict[str, Any]] = []
    for area in order:
        if len(names) == _COUNTRY_NAMES:
            break
        value = values.get(area.code, 0.0)
        text = safe_text(f"{area.name} {value:,.0f}" if with_value and value else area.name, 44)
        half = 3.4 * len(text) + 6
        if labels.place(*area.label, left=half, right=half, half=8):
            names.append({"at": [area.label[1], area.label[0]], "t": text, "o": [0, 0], "a": "middle"})
    return names


def _text(
    layer_id: str, data: list[dict[str, Any]], colour: Rgba, size: int, weight: int, c: Palette
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
        get_text_anchor="a",
        get_alignment_baseline="'center'",
        character_set="'auto'",
        font_family="'Source Sans, sans-serif'",
        font_weight=weight,
        # A distance field gives the letters a halo in the land's colour, so that they read on any shade.
        font_settings={"sdf": True, "fontSize": 64, "buffer": 16, "radius": 20, "cutoff": 0.25},
        outline_width=4,
        outline_color=rgba(c.land, 235),
    )
