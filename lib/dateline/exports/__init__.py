"""Exports: a selection as a file that other tools open, each format in a module of its own.

Tables (``csv``, ``parquet``, ``xlsx``) and maps (``geojson``, ``kml``) have a row a mention with its sentence;
calendars (``ics``) and feeds (``rss``) have an entry a story; ``html`` is a report to print or to mail. Whatever came
from outside is written as text: nothing in a file is a formula, a script, or an address other than http and https.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from dateline.exports import calendar, feed, geography, report, tables
from dateline.exports.rows import COLUMNS, FINEST_AREA
from dateline.exports.selection import HOME, Selection
from dateline.filters import Filters
from dateline.query import Atlas

__all__ = ["COLUMNS", "FINEST_AREA", "FORMATS", "HOME", "Format", "Selection", "write"]


@dataclass(frozen=True, slots=True)
class Format:
    """One format: what it is called on screen, its media type, what a reader gets in it, and what writes it."""

    label: str
    media: str
    holds: str
    writer: Callable[[Selection], bytes]


_MENTIONS, _STORIES = "a row a place with its sentence", "an entry a story"
FORMATS: Final[dict[str, Format]] = {
    "csv": Format("CSV", "text/csv", _MENTIONS, tables.to_csv),
    "geojson": Format("GeoJSON", "application/geo+json", _MENTIONS, geography.to_geojson),
    "parquet": Format("Parquet", "application/vnd.apache.parquet", _MENTIONS, tables.to_parquet),
    "xlsx": Format(
        "Excel",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "places, stories, and what was selected, a sheet each",
        tables.to_xlsx,
    ),
    "kml": Format("KML", "application/vnd.google-earth.kml+xml", "a place of an article", geography.to_kml),
    "ics": Format("Calendar", "text/calendar", "a dated story as days", calendar.to_ics),
    "rss": Format("RSS", "application/rss+xml", _STORIES, feed.to_rss),
    "html": Format("Report", "text/html", "a page to print or mail", report.to_html),
}


def write(
    atlas: Atlas,
    filters: Filters,
    form: str,
    *,
    called: Callable[[str], str] = str,
    home: str = HOME,
) -> bytes:
    """The selection in one of FORMATS, text in UTF-8.

    ``called`` names the codes of regions and topics; ``home`` is where the dashboard stands, for links back to it.
    """
    return FORMATS[form].writer(Selection(atlas, filters, called, home))
