"""Short encyclopedic texts about one of several places of a name, put together from the gazetteer, for training.

News seldom means the lesser namesakes; a text about one of them names its county, division, country and neighbours
and then uses the bare name. Which names and which wordings train and which test is decided by a hash, so that the
two share neither.
"""

from __future__ import annotations

import hashlib
import math
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from dateline.gazetteer.names import key_of

if TYPE_CHECKING:
    from dateline.gazetteer import Gazetteer, Place

# What a wording may fill in: the place itself N, its district D, division A, country C, neighbours M, O and P,
# a far-off country F and town G, and numbers.
_OPENINGS = (
    "{N} is a {sort} in {D}, {A}, {C}.",
    "{N} is a {sort} in {D}, {A}.",
    "{N} is a {sort} in {A}, {C}.",
    "{N} is a {sort} in the {side} of {A} in {C}.",
    "{N} is a {sort} and the seat of {D}, {A}, {C}.",
    "{N} is a {sort} of {D} in the {side} of {A}, {C}.",
    "{N} ({year}: {count} inhabitants) is a {sort} near {M} in {A}.",
    "{N} is a small {sort} of {count} people. It belongs to {D}.",
    "{N} is a {sort} that lies {km} kilometres {side} of {M} in {C}.",
    "{N} is a {sort} between {M} and {O}. It is part of {A}.",
    "The {sort} of {N} lies in {D}, {A}.",
    "Among the {sort}s of {A}, {N} is one of the smaller ones. It lies close to {M}.",
    "{N} is a {sort} situated {km} km from {M}, in {D} of {C}.",
    "{N} is an unincorporated {sort} in {D}, {A}, {C}.",
    "{N} is a {sort} in the valley below {M}, {A}.",
    "{N}, a {sort} with some {count} residents, stands on the road from {M} to {O} in {A}, {C}.",
    "{N} is a {sort}. Together with {M} and {O} it forms a municipality in {A}.",
    "{N} is a former market {sort}, now mostly a place people commute from. The nearest larger town is {M}, {A}.",
    "In the {side} of {A}, {C}, lies the {sort} of {N}.",
    "{N} is a {sort} located in {A}. Its name is shared by several other places.",
)
_COMPANY = (
    "Neighbouring places are {M}, {O} and {P}.",
    "The road to {M} was paved in {year}.",
    "It is {km} kilometres from {M} and about as far from {O}.",
    "Pupils go to school in {M}.",
    "A railway joins {N} to {M} and {O}.",
    "{D} has its offices in a building from {year} here.",
    "The river comes down from {O} and turns {side} before {N}.",
    "In {year} the parishes of {N} and {M} were joined.",
    "Buses leave for {M} four times a day.",
    "{N} borders on {M} to the {side} and on {O} on the other side.",
    "Like the rest of {A}, {N} has cold winters.",
    "The ferry from {M} stopped in {year}.",
    "People from {O} and {P} come to its weekly market.",
    "It was cut off from {M} by the floods of {year}.",
    "The mine between {N} and {M} closed in {year}.",
    "Farms around {N} sell their milk to a dairy in {M}.",
)
_BARE = (
    "{N} had {count} inhabitants in {year}.",
    "The church of {N} was built in {year}.",
    "A post office opened in {N} in {year}.",
    "{N} was founded in {year} by settlers.",
    "The village hall in {N} dates from {year}.",
    "Most people in {N} live from farming.",
    "{N} is known for its apples.",
    "A fire destroyed a third of {N} in {year}.",
    "The name {N} is first found in a charter of {year}.",
    "The football club of {N} plays in the third division.",
    "In {year} the census counted {count} people in {N}.",
    "{N} lies {count} metres above the sea.",
    "{N} has a primary school and a library.",
    "The station of {N} closed in {year}.",
    "The old mill of {N} is a museum today.",
    "Since {year} {N} has had its own waterworks.",
    "{N} took its name from a spring.",
    "A monument in {N} recalls the war.",
)
# What speaks of far-off places: these are no neighbours.
_ASIDES = (
    "Settlers from {F} came in {year}.",
    "Its twin town is {G}.",
    "In {year} many left for {G}.",
    "The painter who was born here later worked in {G}, {F}.",
    "Soldiers from {F} were held here during the war.",
    "A story has it that the name was taken from {G} in {F}.",
    "The line was once meant to run as far as {G}.",
    "Its cheese is sold in {F}.",
)
# The other way round: a wire's sentence that names a well-known place and nothing else means that place.
_WIRE_TOWN = (
    "Police in {X} arrested two men.",
    "The mayor of {X} met reporters.",
    "Thousands marched through {X} on Saturday.",
    "A fire broke out in {X} on Monday.",
    "Talks opened in {X} on Friday.",
    "A delegation flew to {X} for the summit.",
    "Shares fell in {X} after the vote.",
    "An explosion shook {X} at dawn.",
    "Flights from {X} were cancelled.",
    "Doctors in {X} reported new cases.",
)
_WIRE_COUNTRIES = (
    "Floods were reported in {1}, {2} and {3}.",
    "Ministers from {1}, {2} and {3} signed the deal.",
    "The drought has spread to {1}, {2} and {3}.",
    "Leaders of {1} and {2} spoke by telephone.",
    "Exports to {1}, {2} and {3} rose last year.",
    "The government of {1} closed its border with {2}.",
    "Troops from {1} and {2} joined the exercise.",
    "Prices rose in {1} and in {2}.",
)
_SORTS = ("town", "village", "city", "settlement", "community", "hamlet", "place")
_SIDES = ("north", "south", "east", "west", "northeast", "southwest", "northwest", "southeast")
_MARK = re.compile(r"\{(\w+)\}")


@dataclass(slots=True)
class Text:
    """A text and what its names mean: [start, end) and the place.

    ``about`` is the one whose name others share; ``home`` the outlet's country.
    """

    text: str
    about: Place
    home: str | None = None
    names: list[tuple[int, int, Place]] = field(default_factory=list)


def part(word: str) -> float:
    """A fixed number in 0..1 for a string: what it decides is the same in every run."""
    return int.from_bytes(hashlib.sha256(word.encode()).digest()[:4], "big") / 2**32


def texts(gazetteer: Gazetteer, count: int, *, held_out: bool, seed: int = 1) -> list[Text]:
    """``count`` texts about places whose name others share; those ``held_out`` share neither names nor wordings."""
    chance = random.Random(f"{seed} {held_out}")
    atlas = _atlas(gazetteer)
    names = [name for name in atlas.shared_names() if (part(name) < 0.25) == held_out]
    chance.shuffle(names)
    wordings = [_half(lines, held_out) for lines in (_OPENINGS, _COMPANY, _BARE, _ASIDES)]
    made: list[Text] = []
    for name in names:
        if len(made) == count:
            break
        about = chance.choice(atlas.bearers(name))
        company = atlas.company(about, chance)
        if company is not None:
            made.append(_written(about, company, wordings, chance))
    return made


def wires(gazetteer: Gazetteer, count: int, *, held_out: bool, seed: int = 1) -> list[Text]:
    """``count`` short wire reports of well-known towns and of countries whose names others share.

    A town is the largest of its name, or one not much smaller in the outlet's own country."""
    chance = random.Random(f"wire {seed} {held_out}")
    atlas = _atlas(gazetteer)
    towns = [place for place in atlas.well_known() if (part(place.code) < 0.25) == held_out]
    contested = [place for place in towns if _contested(atlas.bearers(key_of(place.name)))] or towns
    shared = set(atlas.shared_countries())
    made: list[Text] = []
    for number in range(count):
        if number % 2:
            bearers = atlas.bearers(key_of(chance.choice(chance.choice((towns, contested))).name))
            about, home = _meant(bearers, chance)
            text = Text("", about, home)
            _append(text, chance.choice(_half(_WIRE_TOWN, held_out)), {"X": about}, chance)
        else:
            about = chance.choice(sorted(shared, key=lambda place: place.code))
            others = chance.sample([c for c in atlas.countries() if c != about], 2)
            listed = chance.sample([about, *others], 3)
            text = Text("", about)
            named = dict(zip("123", listed, strict=True))
            _append(text, chance.choice(_half(_WIRE_COUNTRIES, held_out)), named, chance)
        made.append(text)
    return made


# A namesake in the outlet's country is meant if it has at least this part of the largest one's people.
_CLOSE = 1 / 8


def _contested(bearers: Sequence[Place]) -> bool:
    """Whether a town of another country comes close to the largest."""
    largest = max(bearers, key=lambda place: place.population)
    return any(p.population >= _CLOSE * largest.population and p.country != largest.country for p in bearers)


def _meant(bearers: Sequence[Place], chance: random.Random) -> tuple[Place, str | None]:
    """The town a wire means by a name, and the country its outlet is at home in."""
    largest = max(bearers, key=lambda place: place.population)
    if chance.random() < 0.4:
        return largest, None
    close = [place for place in bearers if place.population >= _CLOSE * largest.population]
    home = chance.choice([place.country for place in chance.choice((bearers, close))] + ["US"])
    near = [place for place in close if place.country == home]
    return max(near, key=lambda place: place.population) if near else largest, home


def _half(lines: Sequence[str], held_out: bool) -> list[str]:
    return [line for line in lines if (part(line) < 0.3) == held_out]


def _written(
    about: Place, company: dict[str, Place], wordings: Sequence[Sequence[str]], chance: random.Random
) -> Text:
    openings, neighbours, bare, asides = wordings
    fitting = [line for line in openings if _can(line, company)]
    lines = [chance.choice(fitting)] if fitting else []
    near = [line for line in neighbours if _can(line, company)]
    rest = chance.sample(bare, chance.randint(1, min(4, len(bare))))
    rest += chance.sample(near, min(len(near), chance.randint(0 if lines and "{M}" in lines[0] else 1, 2)))
    rest += chance.sample(asides, chance.choice((0, 0, 1, 1, 2)))
    chance.shuffle(rest)
    if lines and chance.random() < 0.15:
        # What places it comes late.
        rest.insert(1, lines.pop())
    made = Text("", about)
    for line in lines + rest:
        _append(made, line, {"N": about, **company}, chance)
    return made


def _can(line: str, company: dict[str, Place]) -> bool:
    return all(mark in company or mark == "N" or not mark.isupper() for mark in _MARK.findall(line))


def _append(made: Text, line: str, named: dict[str, Place], chance: random.Random) -> None:
    """Add a sentence with its gaps filled, and the spans of the names in it."""
    text = made.text + (" " if made.text else "")
    end = 0
    for mark in _MARK.finditer(line):
        text += line[end : mark.start()]
        end = mark.end()
        what = mark[1]
        if what in named:
            name = named[what].name
            made.names.append((len(text), len(text) + len(name), named[what]))
            text += name
        else:
            text += _number(what, chance)
    made.text = text + line[end:]


def _number(what: str, chance: random.Random) -> str:
    if what == "sort":
        return chance.choice(_SORTS)
    if what == "side":
        return chance.choice(_SIDES)
    if what == "year":
        return str(chance.randint(1100, 2015))
    return str(chance.randint(5, 60)) if what == "km" else f"{chance.randint(60, 9000):,}"


@lru_cache(maxsize=1)
def _atlas(gazetteer: Gazetteer) -> _Atlas:
    return _Atlas(gazetteer)


class _Atlas:
    """The settlements by name and by place on the grid, and the districts of each division."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._by_name: dict[str, list[Place]] = {}
        self._cells: dict[tuple[int, int], list[Place]] = {}
        self._districts: dict[str, list[Place]] = {}
        self._countries: list[Place] = []
        self._large: list[Place] = []
        for number in range(len(gazetteer)):
            place = gazetteer.number(number)
            if place.lat is None or place.lon is None:
                continue
            if place.kind == "settlement":
                self._by_name.setdefault(key_of(place.name), []).append(place)
                self._cells.setdefault((round(place.lat * 2), round(place.lon * 2)), []).append(place)
                if place.population > 250_000:
                    self._large.append(place)
            elif place.kind == "country":
                self._countries.append(place)
            elif place.kind == "district" and place.admin1:
                self._districts.setdefault(place.admin1, []).append(place)

    def well_known(self) -> list[Place]:
        """The towns of more than 250,000 that are the largest of their name, in the order of their codes."""
        known = []
        for place in self._large:
            others = [p.population for p in self._by_name[key_of(place.name)] if p.code != place.code]
            if others and max(others) < place.population:
                known.append(place)
        return sorted(known, key=lambda place: place.code)

    def countries(self) -> list[Place]:
        """All countries."""
        return self._countries

    def shared_countries(self) -> list[Place]:
        """The countries whose names towns or divisions bear too."""
        return [c for c in self._countries if len(self._gazetteer.candidates(key_of(c.name))) > 1]

    def shared_names(self) -> list[str]:
        """The names that places more than 161 km apart bear, in order."""
        return sorted(name for name, found in self._by_name.items() if name and self._apart(found))

    def bearers(self, name: str) -> list[Place]:
        """The settlements of a name."""
        return self._by_name[name]

    def company(self, place: Place, chance: random.Random) -> dict[str, Place] | None:
        """What a text names beside ``place``, by the mark it fills; None where too little is known."""
        near = sorted(
            (other for other in self._around(place) if other.name != place.name and other.name.isprintable()),
            key=lambda other: _apart_km(place, other) / (1 + math.log10(1 + other.population)),
        )[:8]
        division = self._gazetteer.place(place.admin1) if place.admin1 else None
        country = self._gazetteer.place(place.country) if place.country else None
        if len(near) < 3 or division is None or country is None:
            return None
        if chance.random() < 0.6:
            # Neighbours that share their own names with others: these must be settled together.
            near.sort(key=lambda other: -len(self._by_name[key_of(other.name)]))
            near = near[:4]
        chance.shuffle(near)
        made = dict(zip("MOP", near, strict=False)) | {"A": division, "C": country}
        districts = self._districts.get(division.code, [])
        made |= {"F": chance.choice(self._countries), "G": chance.choice(self._large)}
        if districts:
            nearest = min(districts, key=lambda other: _apart_km(place, other))
            if _apart_km(place, nearest) < 50 and key_of(nearest.name) != key_of(place.name):
                made["D"] = nearest
        return made

    def _around(self, place: Place) -> Iterator[Place]:
        row, column = round((place.lat or 0.0) * 2), round((place.lon or 0.0) * 2)
        for north in (-1, 0, 1):
            for east in (-1, 0, 1):
                yield from self._cells.get((row + north, column + east), ())

    @staticmethod
    def _apart(found: Sequence[Place]) -> bool:
        return any(_apart_km(found[0], other) > 161 for other in found[1:])


def _apart_km(one: Place, other: Place) -> float:
    assert one.lat is not None and one.lon is not None and other.lat is not None and other.lon is not None
    north = (one.lat - other.lat) * 111.2
    east = (one.lon - other.lon) * 111.2 * math.cos(math.radians(one.lat))
    return math.hypot(north, east)
