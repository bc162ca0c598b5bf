"""Rows: the mentions behind a selection as plain values, and texts made fit for what they are written into."""

from __future__ import annotations

import re
from typing import Any, Final
from urllib.parse import urlsplit

import pandas as pd

COLUMNS: Final = (
    *("article", "story", "title", "source", "published_on", "url", "first", "last", "topic"),
    *("killed", "injured", "place", "name", "country", "admin1", "lat", "lon", "precision", "role"),
    *("confidence", "surface", "sentence", "rule", "corrected"),
)
STORY_COLUMNS: Final = (
    *("story", "title", "first", "last", "granularity", "topic", "label", "killed_said", "injured_said"),
    *("articles", "sources", "places"),
)
# A point for these would be a dot on a centroid: they are written without one.
FINEST_AREA: Final = 3
_DAYS: Final = ("published_on", "first", "last")

# A spreadsheet runs a cell that starts with one of these as a formula; a leading apostrophe makes it text again.
# The full-width forms are turned into the plain ones by some when a file is opened.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# What XML 1.0 has no way to write, and the marks that turn the direction of all that follows them.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows with days as ISO 8601 and nothing missing but as None."""
    frame = frame.copy()
    for column in _DAYS:
        if column in frame:
            frame[column] = pd.to_datetime(frame[column]).dt.strftime("%Y-%m-%d")
    rows: list[dict[str, Any]] = frame.astype("object").where(frame.notna(), None).to_dict("records")  # type: ignore[assignment]
    return rows


def cell(value: Any) -> Any:
    """A value for a spreadsheet: text that would be run as a formula gets an apostrophe in front."""
    if not isinstance(value, str):
        return value
    # Blanks in front are dropped by some programs before they look for a formula.
    return "'" + value if value.lstrip(" \u00a0\ufeff").startswith(_FORMULA) else value


def clean(value: object) -> str:
    """Text without what XML cannot hold or what would turn the text around it; empty for None."""
    return "" if value is None else _TURNING.sub("", _UNWRITABLE.sub("\ufffd", str(value)))


def flat(value: object) -> str:
    """Clean text on one line."""
    return " ".join(clean(value).split())


def web_address(value: object) -> str | None:
    """The address where it is http or https and names a host, else None: no ``javascript:`` behind a click."""
    if not isinstance(value, str):
        return None
    written = value.strip()
    try:
        parts = urlsplit(written)
        named = bool(parts.hostname)
    except ValueError:
        return None
    fits = parts.scheme in ("http", "https") and named
    return written if fits and not re.search(r"[\s\x00-\x1f\x7f<>\"\\^`{|}\ud800-\udfff]", written) else None


def located(row: dict[str, Any]) -> bool:
    """True where a row's place is a spot: it has coordinates and is no area."""
    return row["lat"] is not None and row["lon"] is not None and (row["precision"] or 9) < FINEST_AREA
