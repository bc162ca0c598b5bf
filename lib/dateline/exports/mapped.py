"""Mapped: a map and bars as static SVG, from the base map that ships with Dateline."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any, Final

from dateline.exports.rows import FINEST_AREA, flat

BORDERS: Final = (
    "Borders are drawn as they are held in fact, after Natural Earth; they express no opinion on any claim. "
    "Places: GeoNames. Divisions, countries and wider areas have no dot: they are in the table."
)
_BASEMAP = Path(__file__).resolve().parents[3] / "static" / "basemap"
_WIDTH, _HEIGHT = 960.0, 520.0
_NAMED = 12
_LEAST_SPAN = 6.0  # degrees of latitude
Ring = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Frame:
    """What of the world is drawn: equirectangular, true in scale along the middle; ``scale`` in pixels a degree."""

    lat: float
    lon: float
    scale: float

    @property
    def across(self) -> float:
        """Pixels a degree of longitude."""
        return self.scale * max(0.2, math.cos(math.radians(self.lat)))

    def point(self, lon: float, lat: float) -> tuple[float, float]:
        """Pixels, x to the east and y to the south."""
        return (
            round(_WIDTH / 2 + (lon - self.lon) * self.across, 1),
            round(_HEIGHT / 2 - (lat - self.lat) * self.scale, 1),
        )


def world(places: Sequence[dict[str, Any]]) -> str:
    """The map of places (records of :meth:`dateline.query.Atlas.places`): a dot a settlement, sized by its articles."""
    spots = [p for p in places if p["precision"] < FINEST_AREA and p["lat"] is not None]
    frame = _frame([(p["lat"], p["lon"]) for p in spots])
    parts = [
        f'<svg viewBox="0 0 {_WIDTH:.0f} {_HEIGHT:.0f}" role="img" aria-label="Map of {len(spots)} places">',
        *(f'<path class="land" d="{path}"/>' for path in _areas(frame, "land")),
        *(f'<path class="lake" d="{path}"/>' for path in _areas(frame, "lakes")),
        *(f'<path class="border" d="{path}"/>' for path in _lines(frame)),
    ]
    most = max((p["articles"] for p in spots), default=1)
    for place in spots:
        x, y = frame.point(place["lon"], place["lat"])
        radius = 3 + 15 * math.sqrt(place["articles"] / most)
        title = escape(f"{flat(place['name'])}: {place['articles']} articles")
        parts.append(
            f'<circle class="spot" cx="{x}" cy="{y}" r="{radius:.1f}"><title>{title}</title></circle>'
        )
    return "".join([*parts, *_names(frame, spots)]) + "</svg>"


def _names(frame: Frame, spots: Sequence[dict[str, Any]]) -> Iterator[str]:
    """The names of the places with most articles, each only where it covers no other."""
    taken: list[tuple[float, float, float]] = []
    for place in spots[: 4 * _NAMED]:
        x, y = frame.point(place["lon"], place["lat"])
        name = flat(place["name"])[:40]
        wide = 6.5 * len(name)
        free = all(abs(y - b) > 14 or x + wide < a or x > a + w for a, b, w in taken)
        if free and 0 <= x <= _WIDTH - wide and 15 <= y <= _HEIGHT and len(taken) < _NAMED:
            taken.append((x, y, wide))
            yield f'<text class="name" x="{x + 5:.1f}" y="{y - 5:.1f}">{escape(name)}</text>'


def bars(counted: Sequence[tuple[str, int]]) -> str:
    """Counts as bars from left to right; the first, the highest and the last are named."""
    if not counted:
        return ""
    height, most = 120.0, max(n for _, n in counted)
    step = _WIDTH / len(counted)
    label = f"{len(counted)} periods, at most {most} articles in one"
    parts = [
        f'<svg class="bars" viewBox="0 0 {_WIDTH:.0f} {height + 20:.0f}" role="img" aria-label="{label}">'
    ]
    for number, (period, n) in enumerate(counted):
        tall = height * n / most
        parts.append(
            f'<rect class="bar" x="{number * step:.1f}" y="{height - tall:.1f}" width="{max(step * 0.85, 0.5):.1f}" '
            f'height="{tall:.1f}"><title>{escape(period)}: {n}</title></rect>'
        )
    parts.append(f'<text class="said" x="0" y="{height + 15:.0f}">{escape(counted[0][0])}</text>')
    if len(counted) > 1:
        last = f'<text class="said" x="{_WIDTH:.0f}" y="{height + 15:.0f}" text-anchor="end">'
        parts.append(f"{last}{escape(counted[-1][0])}</text>")
    return "".join(parts) + "</svg>"


def _frame(spots: Sequence[tuple[float, float]]) -> Frame:
    """Around the middle nine tenths of the spots, so that one far away does not shrink the others; or the world."""
    if not spots:
        return Frame(20.0, 10.0, _WIDTH / 360)
    (south, north), (west, east) = (_span([s[axis] for s in spots]) for axis in (0, 1))
    middle = (south + north) / 2
    tall = max(north - south, _LEAST_SPAN) * 1.25
    wide = max(east - west, _LEAST_SPAN) * 1.15
    narrowing = max(0.2, math.cos(math.radians(middle)))
    scale = min(_HEIGHT / tall, _WIDTH / (wide * narrowing))
    return Frame(middle, (west + east) / 2, max(scale, _WIDTH / 360))


def _span(values: Sequence[float]) -> tuple[float, float]:
    ordered = sorted(values)
    cut = len(ordered) // 20
    return ordered[cut], ordered[len(ordered) - 1 - cut]


@lru_cache(maxsize=3)
def _shapes(name: str) -> tuple[Ring, ...]:
    """The outer rings of land and lakes, or the lines of borders, in degrees."""
    coordinates = json.loads((_BASEMAP / f"{name}.json").read_text("utf-8"))["coordinates"]
    if name != "borders":
        return tuple([(x, y) for x, y in ring] for polygon in coordinates for ring in polygon)
    return tuple([(x, y) for x, y in line] for line in coordinates)


def _areas(frame: Frame, name: str) -> Iterator[str]:
    for ring in _shapes(name):
        drawn = _clipped([frame.point(*corner) for corner in ring])
        if len(drawn) > 2:
            yield f"{_path(drawn)}Z"


def _lines(frame: Frame) -> Iterator[str]:
    for line in _shapes("borders"):
        part: Ring = []
        for x, y in (frame.point(*corner) for corner in line):
            if -50 <= x <= _WIDTH + 50 and -50 <= y <= _HEIGHT + 50:
                part.append((x, y))
            elif part:
                yield _path(part)
                part = []
        if len(part) > 1:
            yield _path(part)


def _clipped(ring: Ring) -> Ring:
    """The part of a ring within the picture (Sutherland and Hodgman, 1974), corners closer than half a pixel out."""
    for axis, bound, sign in ((0, -5.0, 1), (0, _WIDTH + 5, -1), (1, -5.0, 1), (1, _HEIGHT + 5, -1)):
        kept: Ring = []
        for before, now in zip([ring[-1], *ring[:-1]] if ring else [], ring, strict=True):
            inside, was = sign * (now[axis] - bound) >= 0, sign * (before[axis] - bound) >= 0
            if inside != was:
                share = (bound - before[axis]) / (now[axis] - before[axis])
                kept.append(
                    (before[0] + share * (now[0] - before[0]), before[1] + share * (now[1] - before[1]))
                )
            if inside:
                kept.append(now)
        ring = kept
    thin: Ring = []
    for x, y in ring:
        if not thin or abs(x - thin[-1][0]) + abs(y - thin[-1][1]) >= 0.5:
            thin.append((x, y))
    return thin


def _path(points: Ring) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
