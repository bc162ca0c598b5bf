"""Geography: GeoJSON and KML. Divisions, countries and wider areas carry no point: it would be a dot on a centroid."""

from __future__ import annotations

import json
from html import escape
from typing import Any

from dateline.exports.rows import clean, flat, located, records, web_address
from dateline.exports.selection import Selection
from dateline.filters import days_in_words


def to_geojson(selection: Selection) -> bytes:
    """RFC 7946: a feature a mention; divisions, countries and wider areas have no geometry, not a centroid."""
    features = []
    for row in records(selection.mentions):
        point = located(row)
        lat, lon = row.pop("lat"), row.pop("lon")
        features.append(
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [lon, lat]} if point else None,
                "properties": row,
            }
        )
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
    return text.encode("utf-8", "replace")


_KML = "http://www.opengis.net/kml/2.2"
_DATA = ("source", "published_on", "topic", "killed", "injured", "precision", "role", "confidence", "story")


def to_kml(selection: Selection) -> bytes:
    """OGC KML 2.2: a placemark a place of an article, with its sentences and the span of days it happened in.

    Google Earth takes a description for HTML, so its text is escaped twice: once for it, once for XML.
    """
    from lxml import etree  # type: ignore[import-untyped]

    root = etree.Element(f"{{{_KML}}}kml", nsmap={None: _KML})
    document = _add(root, "Document")
    _add(document, "name", "Dateline")
    _add(document, "description", escape(flat(f"{selection.words}. {selection.denominators}.")))
    spots = _add(document, "Folder")
    _add(spots, "name", "Places")
    areas = _add(document, "Folder")
    _add(areas, "name", "Divisions, countries and wider areas (without a point)")
    for rows in _by_article_and_place(records(selection.mentions)):
        _placemark(spots if located(rows[0]) else areas, rows)
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))


def _by_article_and_place(rows: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    grouped: dict[tuple[Any, Any], list[dict[str, Any]]] = {}
    for row in rows:
        grouped.setdefault((row["article"], row["place"]), []).append(row)
    return list(grouped.values())


def _placemark(folder: Any, rows: list[dict[str, Any]]) -> None:
    from datetime import date

    row = rows[0]
    mark = _add(folder, "Placemark")
    _add(mark, "name", flat(f"{row['name']}: {row['title']}"))
    sentences = dict.fromkeys(flat(r["sentence"]) for r in rows)
    told = [f"<p>{escape(sentence)}</p>" for sentence in sentences]
    if row["first"]:
        days = (date.fromisoformat(row["first"]), date.fromisoformat(row["last"] or row["first"]))
        told.append(f"<p>{escape(days_in_words(*days))}</p>")
    if url := web_address(row["url"]):
        told.append(f'<p><a href="{escape(url)}" rel="noopener noreferrer">{escape(url)}</a></p>')
    # "$[name]" would be replaced by what stands there.
    _add(mark, "description", "".join(told).replace("$[", "$&#91;"))
    if row["first"]:
        span = _add(mark, "TimeSpan")
        _add(span, "begin", row["first"])
        _add(span, "end", row["last"] or row["first"])
    data = _add(mark, "ExtendedData")
    for name in _DATA:
        if row[name] is not None:
            _add(_add(data, "Data", name=name), "value", flat(row[name]))
    if located(row):
        _add(_add(mark, "Point"), "coordinates", f"{row['lon']:.5f},{row['lat']:.5f}")


def _add(parent: Any, tag: str, text: str | None = None, **attributes: str) -> Any:
    from lxml import etree

    child = etree.SubElement(parent, f"{{{_KML}}}{tag}", **attributes)
    child.text = None if text is None else clean(text)
    return child
