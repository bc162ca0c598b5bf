"""What of the world a map shows first, and which names fit into it without overlapping."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dateline.figures.basemap import COUNTRIES, areas

if TYPE_CHECKING:
    import pandas as pd

View = tuple[float, float, float]
"""Latitude and longitude of the middle in degrees, and deck.gl's zoom."""
Size = tuple[float, float]
"""Width and height of the map in pixels."""

WORLD: View = (25.0, 15.0, 0.9)
FRAME: Size = (620.0, 460.0)
PHONE: Size = (350.0, 420.0)

_TILE = 512.0  # pixels of the whole world at zoom 0
# A country wider than this (Russia, Canada …) does not widen a view that has anything else in it.
_WIDE = 45.0


def number(value: Any) -> float:
    """A figure as a float; a missing or odd one as 0."""
    try:
        found = float(value)
    except (TypeError, ValueError):
        return 0.0
    return found if math.isfinite(found) else 0.0


def located(lat: Any, lon: Any) -> bool:
    """True for coordinates on the globe; 0, 0 is taken for a missing pair."""
    try:
        y, x = float(lat), float(lon)
    except (TypeError, ValueError):
        return False
    # A comparison with NaN is false.
    return bool(x or y) and abs(y) <= 90 and abs(x) <= 180


def pixels(lat: float, lon: float, zoom: float) -> tuple[float, float]:
    """Web Mercator pixels, x to the east and y to the south."""
    size = _TILE * 2**zoom
    bounded = math.radians(max(-85.0511, min(85.0511, lat)))
    y = 0.5 - math.log(math.tan(math.pi / 4 + bounded / 2)) / (2 * math.pi)
    return (lon + 180) / 360 * size, y * size


def fit_view(
    points: pd.DataFrame, countries: pd.DataFrame, divisions: pd.DataFrame | None = None, frame: Size = FRAME
) -> View:
    """The view that shows all places and countries of a selection in a map of ``frame`` pixels.

    One place far from all others is left outside where that at least halves the span. The zoom is 0.9 to 8;
    in a narrow frame from 0, so that most of the world fits into it.
    """
    corners = [(number(lat), number(lon)) for lat, lon in _coordinates(points) if located(lat, lon)]
    if divisions is not None:
        corners += [(number(lat), number(lon)) for lat, lon in _coordinates(divisions) if located(lat, lon)]
    corners = _without_outlier(corners)
    known = areas(COUNTRIES)
    bounds = [known[code].bounds for code in map(str, countries["country"]) if code in known]
    narrow = [b for b in bounds if b[3] - b[1] <= _WIDE]
    for south, west, north, east in narrow if narrow or corners else bounds:
        corners += [(south, west), (north, east)]
    return _around(corners, frame) if corners else WORLD


def _coordinates(frame: pd.DataFrame) -> Iterable[tuple[Any, Any]]:
    return zip(frame["lat"], frame["lon"], strict=True)


def _around(corners: list[tuple[float, float]], frame: Size) -> View:
    lats, lons = [lat for lat, _ in corners], [lon for _, lon in corners]
    (x0, y0), (x1, y1) = pixels(max(lats), min(lons), 0), pixels(min(lats), max(lons), 0)
    room = min(0.82 * frame[0] / max(x1 - x0, 1e-6), 0.82 * frame[1] / max(y1 - y0, 1e-6))
    middle = math.degrees(2 * math.atan(math.exp(math.pi * (1 - (y0 + y1) / _TILE))) - math.pi / 2)
    closest = 8.0 if len(set(corners)) > 1 else 6.0
    zoom = max(0.9 if frame[0] > 500 else 0.0, min(closest, math.log2(room)))
    return round(middle, 3), round((min(lons) + max(lons)) / 2, 3), round(zoom, 2)


def _without_outlier(corners: list[tuple[float, float]]) -> list[tuple[float, float]]:
    if len(corners) < 5:
        return corners
    for axis in (0, 1):
        ordered = sorted(corners, key=lambda corner: corner[axis])
        span = ordered[-1][axis] - ordered[0][axis]
        for rest in (ordered[1:], ordered[:-1]):
            if span > 10 and rest[-1][axis] - rest[0][axis] < span / 2:
                return rest
    return corners


Box = tuple[float, float, float, float]


@dataclass(slots=True)
class Labels:
    """Greedy label placement at a view: a name is set if it lies inside and touches none set before it."""

    view: View
    frame: Size = FRAME
    taken: list[Box] = field(default_factory=list)

    def place(self, lat: float, lon: float, *, left: float, right: float, half: float) -> bool:
        """Takes the box ``left`` and ``right`` of the point, ``half`` up and down (pixels) if it is free; says so."""
        x, y = pixels(lat, lon, self.view[2])
        box = (x - left, y - half, x + right, y + half)
        if not self._inside(box) or any(_touch(box, other) for other in self.taken):
            return False
        self.taken.append(box)
        return True

    def _inside(self, box: Box) -> bool:
        x, y = pixels(*self.view)
        across = abs((box[0] + box[2]) / 2 - x) < self.frame[0] / 2
        return across and abs((box[1] + box[3]) / 2 - y) < self.frame[1] / 2


def _touch(a: Box, b: Box) -> bool:
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]
