"""Distance: how far two points are from each other."""

from __future__ import annotations

import math
from typing import Final

# Mean radius of the Earth (IUGG), in kilometres.
EARTH_KM: Final = 6371.0088


def kilometres(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """The great-circle distance, on a sphere, of two points in degrees."""
    north1, north2 = math.radians(lat1), math.radians(lat2)
    half = (
        math.sin((north2 - north1) / 2) ** 2
        + math.cos(north1) * math.cos(north2) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, half)))
