"""Exports: the mentions behind a selection, with their sentences, as CSV or GeoJSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any, Final

import pandas as pd

from dateline.filters import Filters
from dateline.query import Atlas

# A spreadsheet runs a cell that starts with one of these as a formula; a leading apostrophe makes it text again.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
COLUMNS: Final = (
    *("article", "story", "title", "source", "published_on", "url", "first", "last", "topic"),
    *("killed", "injured", "place", "name", "country", "admin1", "lat", "lon", "precision", "role"),
    *("confidence", "surface", "sentence", "rule"),
)
# A point for these would be a dot on a centroid: the feature is written without a geometry.
FINEST_AREA: Final = 3


def write(atlas: Atlas, filters: Filters, form: str) -> bytes:
    """The selection in one of FORMATS, as UTF-8."""
    frame = atlas.evidence(filters, limit=None)
    return FORMATS[form](frame[list(COLUMNS)])


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    frame = frame.copy()
    for column in ("published_on", "first", "last"):
        frame[column] = pd.to_datetime(frame[column]).dt.strftime("%Y-%m-%d")
    rows: list[dict[str, Any]] = frame.astype("object").where(frame.notna(), None).to_dict("records")  # type: ignore[assignment]
    return rows


def to_csv(frame: pd.DataFrame) -> bytes:
    """RFC 4180 with a header; text that a spreadsheet would run as a formula is quoted with an apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    for row in _rows(frame):
        writer.writerow({name: _cell(value) for name, value in row.items()})
    return out.getvalue().encode("utf-8", "replace")


def _cell(value: Any) -> Any:
    return "'" + value if isinstance(value, str) and value.startswith(_FORMULA) else value


def to_geojson(frame: pd.DataFrame) -> bytes:
    """RFC 7946: a feature a mention; divisions, countries and wider areas have no geometry, not a centroid."""
    features = []
    for row in _rows(frame):
        lat, lon = row.pop("lat"), row.pop("lon")
        located = lat is not None and lon is not None and row["precision"] < FINEST_AREA
        features.append(
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [lon, lat]} if located else None,
                "properties": row,
            }
        )
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
    return text.encode("utf-8", "replace")


FORMATS: Final[dict[str, Callable[[pd.DataFrame], bytes]]] = {"csv": to_csv, "geojson": to_geojson}
