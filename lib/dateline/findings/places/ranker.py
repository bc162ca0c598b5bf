"""Ranks what each toponym of an article may mean: features of the candidates, and the trees that weigh them.

An article's toponyms fall into units: the uses of one name that the words beside them treat alike. A row is one
candidate of one unit. Columns say what the candidate is, how the words beside the name fit it, and what the other
names of the article say about it; these last are weighed by what those names mean themselves, first by size and
wording alone, then, in a second stage, by the first one's shares. Training and run time share this code.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from dateline import shipped
from dateline.findings.places import words
from dateline.findings.places.beside import town_beside, wider_beside
from dateline.findings.places.reasons import Beside
from dateline.findings.places.recognise import Tokens, Toponym, inside, previous
from dateline.findings.places.trees import Forest
from dateline.gazetteer import Candidate, Place
from dateline.gazetteer.distance import EARTH_KM, kilometres

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.intp]

# More candidates than this are not weighed: those of least size that nothing in the article speaks for fall out.
MOST_CANDIDATES = 14
# What it is worth there, in orders of magnitude of population, to lie in a division the article speaks of.
SPOKEN_OF = 3.0
# What "province" beside a name is worth to a province, in log odds, before anything is learned.
SORT_WORD = 1.5
# Distances, in kilometres, at which a neighbour counts half.
SCALES_KM = (12.0, 40.0, 150.0, 600.0)
# A seat and its area, a town and the district around it: closer than this they are one spot on the map.
SPOT_KM = 100.0
# How much of its trust a neighbour keeps per name that stands between the two, and in another sentence.
FADE, OTHER_SENTENCE = 0.7, 0.5
REACH = 5

WEIGHTS = "ranker.npz"
FORESTS = ("first", "second", "trusted")
WATER_WORDS = frozenset(["river", "lake", "bay", "sea", "creek", "gulf", "strait", "reservoir"])
COUNTY_WORDS = frozenset(
    ["county", "counties", "district", "districts", "parish", "municipality", "rayon", "raion"]
)
_AREAS = ("division", "district", "disputed", "historical")
_AREA_KINDS = {"country": 1, "division": 2, "district": 3, "disputed": 2}
_SEAS = ("sea", "ocean", "gulf")
_WATERS = ("sea", "ocean", "gulf", "strait", "canal", "lake", "river")
_MATCHES = {
    "main": 0.0,
    "alternate": 1.0,
    "foreign": 2.0,
    "abbreviation": 3.0,
    "adjective": 4.0,
    "people": 5.0,
}

STATIC = (
    "population",
    "fame",
    "capital",
    "settlement",
    "district",
    "division",
    "country",
    "water",
    "other",
    "precision",
    "match",
    "prior",
    "own_name",
)
AMONG = (
    "candidates",
    "rank",
    "prior_lead",
    "population_lead",
    "population_share",
    "rival_country",
    "rival_division",
    "rival_settlement",
    "seat",
    "seated_in",
)
LOCAL = (
    "beside_country",
    "beside_division",
    "beside_share",
    "holds",
    "peers",
    "in_town",
    "sort_fit",
    "county",
    "home",
)
LEADS = ("beside_lead", "shared_lead", "holds_lead", "home_lead")
WHOLE = ("dateline", "adjectival", "uses", "sorted")
_VOTES = (
    "country",
    "country_named",
    "division",
    "division_named",
    "alike",
    *(f"near_{scale:.0f}" for scale in SCALES_KM),
    "joint_near",
    "joint_division",
)
CONTEXT = (
    *(f"{vote}_{how}" for how in ("all", "best", "beside") for vote in _VOTES),
    *(f"{vote}_{how}_lead" for how in ("all", "beside") for vote in _VOTES),
    "country_share",
    "division_share",
    "weight",
    "weight_lead",
)
FIXED = (*STATIC, *AMONG, *LOCAL, *LEADS, *WHOLE)
COLUMNS = (*FIXED, *CONTEXT)
# What a unit's confidence hangs on: its best row, its share, that of the same spot, of the next other spot.
SURENESS = (*COLUMNS, "share", "spot_share", "next_share")


def prior(candidate: Candidate) -> float:
    """How likely a place is meant by its size, kind and name alone, in orders of magnitude of population."""
    place = candidate.place
    size = math.log10(1 + place.population)
    if place.kind == "settlement":
        # Names in many languages speak of fame that heads do not: Palmyra, Davos, Srebrenica.
        score = size + 0.1 * math.log10(1 + place.fame) + (1.3 if place.capital else 0.0)
    elif place.kind == "country":
        score = max(size, 5.0) + 1.5
    elif place.kind == "district":
        score = size - 0.5
    elif place.population:
        score = max(size, 5.0) + 0.4
    else:
        score = 0.0 if place.kind == "body" else 8.4 - (0.0 if (place.precision or 5) > 2 else 2.0)
    return score - (2.0 if candidate.match in ("alternate", "foreign") else 0.0)


@dataclass(slots=True)
class Unit:
    """The uses of a name that the words beside them treat alike: their numbers among the toponyms, and the name's."""

    members: list[int]
    key: int
    candidates: tuple[Candidate, ...]
    beside: dict[int, Beside]


@dataclass(slots=True)
class Sheet:
    """An article's units and the rows of their candidates; ``starts`` are the first rows of the units.

    ``fixed`` holds the columns FIXED; ``key`` is the number of the
    name a row belongs to, ``keys`` the first rows of the names; ``trust`` [name, name] says how near two names stand;
    ``weight`` is the first guess.
    """

    units: list[Unit]
    starts: Ints
    unit: Ints
    key: Ints
    keys: Ints
    uses: Floats
    trust: Floats
    point: Floats
    pointed: NDArray[np.bool_]
    country: Ints
    division: Ints
    kind: Ints
    is_country: NDArray[np.bool_]
    is_division: NDArray[np.bool_]
    fixed: Floats
    weight: Floats


@dataclass(frozen=True, slots=True)
class Block:
    """What is so of the candidates of a name in any article: the columns STATIC and AMONG, [candidates, columns].

    ``codes`` are numbers for country, division and kind of area, and whether there is a point, and a division;
    ``point`` the place on the unit sphere, zeros where there is none.
    """

    columns: Floats
    codes: Ints
    point: Floats


_blocks: dict[tuple[Any, ...], Block] = {}
_areas: dict[str, int] = {}
# Names kept with their blocks; a fresh start beyond.
_MOST_BLOCKS = 50_000


def _block(key: str, candidates: tuple[Candidate, ...]) -> Block:
    sign = (key, *[candidate.number for candidate in candidates], candidates[0].match)
    block = _blocks.get(sign)
    if block is None or block.codes.shape[0] != len(candidates):
        if len(_blocks) >= _MOST_BLOCKS:
            _blocks.clear()
        block = _blocks[sign] = _block_of(key, candidates)
    return block


def _block_of(key: str, candidates: tuple[Candidate, ...]) -> Block:
    facts = np.array([(*_facts(c), float(c.place.name.casefold() == key)) for c in candidates])
    one = np.zeros(len(candidates), dtype=np.intp)
    among = _among(facts, one[:1], one, np.array([len(candidates)]))
    codes = [
        (
            _areas.setdefault(place.country, len(_areas)) if place.country else -1,
            _areas.setdefault(f"in {place.admin1}", len(_areas)) if place.admin1 else -1,
            _AREA_KINDS.get(place.kind, 0),
            place.lat is not None and place.lon is not None,
            place.kind == "division",
        )
        for place in (c.place for c in candidates)
    ]
    points = np.array([_on_sphere(c.place) for c in candidates])
    return Block(
        np.hstack((facts, among, np.array(_seats(candidates)))), np.array(codes, dtype=np.intp), points
    )


def _on_sphere(place: Place) -> tuple[float, float, float]:
    if place.lat is None or place.lon is None:
        return (0.0, 0.0, 0.0)
    north, east = math.radians(place.lat), math.radians(place.lon)
    return (math.cos(north) * math.cos(east), math.cos(north) * math.sin(east), math.sin(north))


def _facts(candidate: Candidate) -> tuple[float, ...]:
    """The columns STATIC without the last."""
    place = candidate.place
    kind = place.kind
    return (
        math.log10(1 + place.population),
        math.log10(1 + place.fame),
        float(place.capital),
        float(kind == "settlement"),
        float(kind == "district"),
        float(kind == "division"),
        float(kind == "country"),
        float(kind in _WATERS),
        float(kind not in ("settlement", "district", "division", "country") and kind not in _WATERS),
        float(place.precision or 6),
        _MATCHES[candidate.match],
        prior(candidate),
    )


@dataclass(slots=True)
class Wording:
    """What the words beside each toponym say: wider places that hold candidates, and what each name holds itself.

    ``beside`` per toponym: candidate number → the wider place; ``levels``: candidate number → 1 country,
    2 division, 3 both; ``holds``: toponym → area number → how many names it is put around; ``towns``: toponym → the
    town it is a part of; ``wider``: number of a name → candidate number → a wider place named beside one of its uses.
    """

    beside: list[dict[int, Beside]]
    levels: list[dict[int, int]]
    holds: dict[int, dict[int, int]]
    towns: dict[int, Toponym]
    peers: list[frozenset[int]]
    wider: dict[int, dict[int, str]]

    def elsewhere(self, key: int, number: int) -> str:
        """The wider place that stands beside another use of a name, by its number and the candidate's; "" if none."""
        return self.wider.get(key, {}).get(number, "")


def wording(tokens: Tokens, found: Sequence[Toponym]) -> Wording:
    """The words' say on each of ``found``."""
    at = {toponym.first: toponym for toponym in found}
    number = {toponym.first: index for index, toponym in enumerate(found)}
    besides, levels = [], []
    holds: dict[int, dict[int, int]] = {}
    towns: dict[int, Toponym] = {}
    for index, toponym in enumerate(found):
        beside, level = _beside(tokens, toponym, at, number, holds)
        besides.append(beside)
        levels.append(level)
        town = town_beside(tokens, toponym, at)
        if town is not None:
            towns[index] = town
    return Wording(besides, levels, holds, towns, _peers(tokens, found), {})


def _beside(
    tokens: Tokens,
    toponym: Toponym,
    at: dict[int, Toponym],
    number: dict[int, int],
    holds: dict[int, dict[int, int]],
) -> tuple[dict[int, Beside], dict[int, int]]:
    """Candidate number → the wider place that the words beside the toponym put it in, and its level."""
    names: tuple[dict[int, Beside], dict[int, Beside]] = ({}, {})
    level: dict[int, int] = {}
    for wider in wider_beside(tokens, toponym, at):
        words_away = wider.first - toponym.last if wider.first > toponym.last else wider.last - toponym.first
        written = tokens.text[wider.start : wider.end]
        for candidate, area in inside(toponym.candidates, wider.candidates):
            narrow = area.place.kind != "country"
            names[narrow].setdefault(candidate.number, Beside(area.place.name, written, words_away))
            level[candidate.number] = level.get(candidate.number, 0) | (2 if narrow else 1)
            held = holds.setdefault(number[wider.first], {})
            held[area.number] = held.get(area.number, 0) + 1
    # In "Paris, in the US state of Texas" the narrower of the two decides.
    both = {n: beside for n, beside in names[1].items() if n in names[0]}
    return both or names[0] | names[1], level


def _peers(tokens: Tokens, found: Sequence[Toponym]) -> list[frozenset[int]]:
    """For each toponym the candidates that are what all the others of its list can be: divisions of one country.

    In "Oregon, Washington and Idaho" Washington is a state.
    """
    peers: list[frozenset[int]] = [frozenset()] * len(found)
    at_last = {toponym.last: index for index, toponym in enumerate(found)}
    head: dict[int, int] = {}
    chains: dict[int, list[int]] = {}
    for index, toponym in enumerate(found):
        before = previous(tokens, toponym)
        joined = at_last.get(before) if before is not None else None
        head[index] = head[joined] if joined is not None and joined in head else index
        chains.setdefault(head[index], []).append(index)
    for chain in chains.values():
        if len(chain) < 3:
            continue
        shared = set.intersection(
            *({c.place.country for c in found[i].candidates if _is_division(c)} for i in chain)
        )
        for i in chain if shared else ():
            peers[i] = frozenset(
                c.number for c in found[i].candidates if _is_division(c) and c.place.country in shared
            )
    return peers


def _is_division(candidate: Candidate) -> bool:
    return candidate.place.kind == "division" and candidate.match == "main"


def sheet(found: Sequence[Toponym], said: Wording, home: str | None) -> Sheet:
    """The rows of an article. ``found`` must each have a candidate; ``home`` is the outlet's country, if known."""
    units = _units(found, said)
    names = len({unit.key for unit in units})
    shared: list[dict[int, int]] = [{} for _ in range(names)]
    for unit in units:
        tally = shared[unit.key]
        for number, beside in unit.beside.items():
            said.wider.setdefault(unit.key, {}).setdefault(number, beside.name)
            tally[number] = tally.get(number, 0) + len(unit.members)
    uses = np.zeros(names)
    for unit in units:
        uses[unit.key] += len(unit.members)
    blocks = [_block(found[unit.members[0]].key, unit.candidates) for unit in units]
    local = np.concatenate([_local(found, said, unit, shared[unit.key], home) for unit in units])
    sizes = np.array([len(unit.candidates) for unit in units], dtype=np.intp)
    starts = np.cumsum(sizes) - sizes
    unit_of = np.repeat(np.arange(len(units)), sizes)
    key = np.array([unit.key for unit in units], dtype=np.intp)[unit_of]
    first_rows = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1])))
    static = np.concatenate([block.columns for block in blocks])
    coded = np.concatenate([block.codes for block in blocks])
    point = np.concatenate([block.point for block in blocks])
    own = local[:, 0] + local[:, 1] > 0
    local[:, 2] /= uses[key]
    if local.any():
        leads = _lead(np.column_stack((local[:, 0] + 2 * local[:, 1], local[:, [2, 3, 8]])), starts, unit_of)
    else:
        leads = np.zeros((len(local), len(LEADS)))
    whole = np.array([_unit_columns(found, unit, uses[unit.key]) for unit in units])
    guess = (
        static[:, 11] + 3.5 * own + 2.3 * (~own & (local[:, 2] > 0)) + 2.0 * local[:, 4] + 3.0 * local[:, 6]
    )
    return Sheet(
        units,
        starts,
        unit_of,
        key,
        first_rows,
        uses,
        _trust(found, units, names),
        point,
        coded[:, 3] > 0,
        coded[:, 0],
        coded[:, 1],
        coded[:, 2],
        coded[:, 2] == _AREA_KINDS["country"],
        coded[:, 4] > 0,
        np.hstack((static, local, leads, whole[unit_of])),
        shares(1.3 * guess, starts, unit_of),
    )


def _units(found: Sequence[Toponym], said: Wording) -> list[Unit]:
    """The units, those of one name together."""
    names: dict[tuple[str, int, int], int] = {}
    groups: dict[Any, list[int]] = {}
    for index, toponym in enumerate(found):
        name = (toponym.key, len(toponym.candidates), toponym.candidates[0].number)
        key = names.setdefault(name, len(names))
        town = said.towns.get(index)
        sign = (key, frozenset(said.beside[index]), toponym.sort, said.peers[index], town and town.key)
        groups.setdefault(sign, []).append(index)
    spoken = _spoken(found, said)

    def unit(key: int, members: list[int]) -> Unit:
        beside = said.beside[members[0]]
        return Unit(members, key, _limited(found[members[0]].candidates, beside, spoken), beside)

    return [
        unit(sign[0], members)
        for sign, members in sorted(groups.items(), key=lambda item: (item[0][0], item[1][0]))
    ]


def _limited(
    candidates: tuple[Candidate, ...], beside: dict[int, Beside], spoken: frozenset[str]
) -> tuple[Candidate, ...]:
    """The candidates worth weighing: those the words speak for, then the larger, and those of divisions named."""
    if len(candidates) <= MOST_CANDIDATES:
        return candidates

    def worth(candidate: Candidate) -> tuple[bool, float]:
        support = SPOKEN_OF if candidate.place.admin1 in spoken else 0.0
        return candidate.number not in beside, -prior(candidate) - support

    return tuple(sorted(candidates, key=worth)[:MOST_CANDIDATES])


def _spoken(found: Sequence[Toponym], said: Wording) -> frozenset[str]:
    """The first-order divisions an article may speak of: named, or named with a place that can mean little else."""
    spoken: set[str] = set()
    for index, toponym in enumerate(found):
        few = len(toponym.candidates) <= 2
        for candidate in toponym.candidates:
            place = candidate.place
            if place.admin1 and (few or place.kind == "division" or candidate.number in said.beside[index]):
                spoken.add(place.admin1)
    return frozenset(spoken)


def _unit_columns(found: Sequence[Toponym], unit: Unit, uses: float) -> tuple[float, ...]:
    """The columns WHOLE."""
    first = found[unit.members[0]]
    members = [found[index] for index in unit.members]
    return (
        float(any(t.dateline for t in members)),
        float(first.form == "adjectival"),
        math.log1p(uses),
        0.0 if first.sort is None else 2.0 if first.sort in words.DIVISION_WORDS else 1.0,
    )


def _local(
    found: Sequence[Toponym], said: Wording, unit: Unit, shared: dict[int, int], home: str | None
) -> Floats:
    """The columns LOCAL of a unit's rows, ``beside_share`` still a count."""
    index = unit.members[0]
    toponym = found[index]
    silent = not shared and home is None and toponym.sort is None and not said.peers[index]
    silent = silent and index not in said.towns and " " not in toponym.key
    if silent and not any(i in said.holds for i in unit.members):
        return np.zeros((len(unit.candidates), len(LOCAL)))
    return np.array([_row_columns(found, said, unit, c, shared, home) for c in unit.candidates])


def _row_columns(
    found: Sequence[Toponym],
    said: Wording,
    unit: Unit,
    candidate: Candidate,
    shared: dict[int, int],
    home: str | None,
) -> tuple[float, ...]:
    """The columns LOCAL, ``beside_share`` still a count."""
    place, number = candidate.place, candidate.number
    index = unit.members[0]
    toponym = found[index]
    level = said.levels[index].get(number, 0)
    held = sum(said.holds[i].get(number, 0) for i in unit.members if i in said.holds)
    return (
        float(level & 1),
        float(level >> 1),
        float(shared.get(number, 0)),
        math.log1p(held),
        float(number in said.peers[index]),
        _in_town(place, said.towns.get(index)),
        sort_fit(toponym, place),
        _county_fit(toponym, place),
        float(home is not None and home == place.country),
    )


def _in_town(place: Place, town: Toponym | None) -> float:
    """1 for a candidate near the town the name is said to be a part of, -1 for one far from it."""
    if town is None or place.kind not in ("settlement", "district", "site"):
        return 0.0
    best = max(town.candidates, key=prior).place
    return 1.0 if place.code != best.code and distance_km(best, place) <= 60.0 else -1.0


def sort_fit(toponym: Toponym, place: Place) -> float:
    """1 where the word beside the name says what the place is, -1 where it says something else."""
    sort, kind = toponym.sort, place.kind
    if sort in words.DIVISION_WORDS:
        return 1.0 if kind in _AREAS else -1.0
    if sort in words.SETTLEMENT_WORDS:
        if any(c.place.kind in _SEAS for c in toponym.candidates):
            # "this Atlantic city", "a Caspian port": the word is not the sea's, but on it.
            return 0.0
        return 1.0 if kind == "settlement" else -1.0
    if sort in WATER_WORDS:
        return 1.0 if kind in _WATERS else -1.0
    return 0.0


def _county_fit(toponym: Toponym, place: Place) -> float:
    if toponym.sort in COUNTY_WORDS or toponym.key.rpartition(" ")[2] in COUNTY_WORDS:
        return 1.0 if place.kind == "district" else -1.0
    return 0.0


def _among(facts: Floats, starts: Ints, unit: Ints, sizes: Ints) -> Floats:
    """The columns AMONG: the candidate beside its rivals in the unit."""
    rank, people = facts[:, 11], facts[:, 0]
    order = np.lexsort((-rank, unit))
    place = np.empty(len(unit))
    place[order] = np.arange(len(unit)) - starts[unit[order]]
    heads = np.expm1(people * math.log(10.0))
    whole = np.add.reduceat(heads, starts)[unit]
    kinds = facts[:, 3:7]
    rivals = np.maximum.reduceat(kinds, starts, axis=0)[unit]
    return np.column_stack(
        (
            sizes[unit],
            place,
            _lead(facts[:, [11, 0]], starts, unit),
            heads / (whole + 1.0),
            rivals[:, 3] * (1 - kinds[:, 3]),
            rivals[:, 2] * (1 - kinds[:, 2]),
            rivals[:, 0] * (1 - kinds[:, 0]),
        )
    )


def _seats(candidates: tuple[Candidate, ...]) -> list[tuple[float, float]]:
    """For each candidate: the size of the largest town of this name in it, and that of the area it is in, if it bears
    the name: New York and New York."""
    towns: dict[str, float] = {}
    areas: dict[str, float] = {}
    for candidate in candidates:
        place = candidate.place
        if place.admin1 and place.kind == "settlement":
            towns[place.admin1] = max(towns.get(place.admin1, 0.0), math.log10(1 + place.population))
        elif place.admin1 and place.kind == "division":
            areas[place.admin1] = math.log10(1 + place.population)
    if not areas:
        return [(0.0, 0.0)] * len(candidates)
    return [
        (
            towns.get(c.place.admin1 or "", 0.0) if c.place.kind == "division" else 0.0,
            areas.get(c.place.admin1 or "", 0.0) if c.place.kind == "settlement" else 0.0,
        )
        for c in candidates
    ]


def _lead(values: Floats, starts: Ints, unit: Ints) -> Floats:
    """How far each value of [rows, columns] is ahead of the best of its rivals in the unit; 0 where it has none."""
    best = np.maximum.reduceat(values, starts, axis=0)[unit]
    top = values >= best
    tied = np.add.reduceat(top, starts, axis=0, dtype=np.intp)[unit]
    second = np.maximum.reduceat(np.where(top, -np.inf, values), starts, axis=0)[unit]
    other = np.where(top & (tied < 2), second, best)
    other[np.isinf(other)] = values[np.isinf(other)]
    ahead: Floats = values - other
    return ahead


def shares(scores: Floats, starts: Ints, unit: Ints) -> Floats:
    """The softmax of the scores within each unit."""
    raised = np.exp(scores - np.maximum.reduceat(scores, starts)[unit])
    divided: Floats = raised / np.add.reduceat(raised, starts)[unit]
    return divided


def _trust(found: Sequence[Toponym], units: Sequence[Unit], names: int) -> Floats:
    """[name, name]: 1 for names that follow each other in a sentence, less with each name between them."""
    key = [0] * len(found)
    for unit in units:
        for index in unit.members:
            key[index] = unit.key
    trust = np.zeros((names, names))
    for index, toponym in enumerate(found):
        value = 1.0
        for other in range(index + 1, min(len(found), index + 1 + REACH)):
            near = value if found[other].sentence == toponym.sentence else value * OTHER_SENTENCE
            one, two = key[index], key[other]
            if near > trust[one, two]:
                trust[one, two] = trust[two, one] = near
            value *= FADE
    return trust


def stated(page: Sheet) -> Floats:
    """What the trees' scores start from: the word beside the name, too seldom ambiguous in news to be learned."""
    fit: Floats = SORT_WORD * page.fixed[:, FIXED.index("sort_fit")]
    return fit


@dataclass(slots=True)
class Ties:
    """What binds the rows of a page to each other, whatever they weigh: [kinds of tie, rows, rows].

    ``even`` has a grid [rows, names] for each tie that weighs all candidates of a name alike.
    """

    grids: Floats
    named: Floats
    even: Floats
    votes: Floats


def ties(page: Sheet) -> Ties:
    """The ties of a page's rows, in the order of ``_VOTES``."""
    same_country = (page.country[:, None] == page.country) & (page.country >= 0)
    same_division = (page.division[:, None] == page.division) & (page.division >= 0)
    alike = (page.kind[:, None] == page.kind) & (page.kind > 0) & (same_country | page.is_country)
    local = page.pointed & ~page.is_country
    chord = np.maximum(2.0 - 2.0 * page.point @ page.point.T, 0.0) * EARTH_KM**2
    chord[~(local[:, None] & local)] = np.inf
    squares = np.square(SCALES_KM)[:, None, None]
    near = squares / (squares + chord)
    grids = np.empty((5 + len(near), *chord.shape))
    grids[0] = grids[1] = same_country
    grids[2] = grids[3] = same_division
    grids[4] = alike
    grids[5:] = near
    named = np.ones((len(grids), len(page.key)))
    named[1], named[3] = page.is_country, page.is_division
    spread = 1.0 / np.sqrt(np.bincount(page.key)[page.key])
    even = np.maximum.reduceat(np.stack((near[1], same_division)) * spread, page.keys, axis=2)
    return Ties(grids, named, even, np.log1p(page.uses) / math.log(2.0))


def context(page: Sheet, bound: Ties, weight: Floats) -> Floats:
    """The columns CONTEXT, [rows, columns], from ``weight``: each row's share of its unit, as far as known."""
    weighed = bound.grids * (bound.named * weight)[:, None, :]
    stack = np.concatenate((np.maximum.reduceat(weighed, page.keys, axis=2), bound.even))
    stack[:, np.arange(len(page.key)), page.key] = 0.0
    everywhere = (stack @ bound.votes).T
    best = stack.max(axis=2).T
    beside = (stack * page.trust[page.key]).max(axis=2).T
    leads = _lead(np.hstack((everywhere, beside, weight[:, None])), page.starts, page.unit)
    total = bound.votes.sum() + 1e-9
    return np.hstack(
        (
            everywhere,
            best,
            beside,
            leads[:, :-1],
            everywhere[:, [0, 2]] / total,
            weight[:, None],
            leads[:, -1:],
        )
    )


def rows_of(page: Sheet, bound: Ties, weight: Floats) -> Floats:
    """The columns COLUMNS."""
    return np.hstack((page.fixed, context(page, bound, weight)))


def sureness(page: Sheet, rows: Floats, share: Floats) -> tuple[Ints, Floats]:
    """The best row of each unit and, a line a unit, the columns SURENESS."""
    best = np.maximum.reduceat(share, page.starts)[page.unit]
    order = np.where(share >= best, np.arange(len(share)), len(share))
    top = np.minimum.reduceat(order, page.starts)
    chosen = top[page.unit]
    linked = (page.division == page.division[chosen]) & (page.country == page.country[chosen])
    linked &= page.pointed & page.pointed[chosen]
    gap = np.maximum(2.0 - 2.0 * (page.point * page.point[chosen]).sum(axis=1), 0.0) * EARTH_KM**2
    linked &= gap < SPOT_KM**2
    linked[top] = True
    spot = np.add.reduceat(np.where(linked, share, 0.0), page.starts)
    others = np.maximum.reduceat(np.where(linked, 0.0, share), page.starts)
    return top, np.column_stack((rows[top], share[top], spot, others))


@dataclass(frozen=True, slots=True)
class Ranker:
    """The trained forests: two stages of ranking, and how far to trust the best."""

    first: Forest
    second: Forest
    trusted: Forest

    def rank(self, page: Sheet) -> tuple[Floats, Ints, Floats]:
        """Each row's share of its unit (0 to 1), each unit's best row, and how sure that is right (0 to 1)."""
        ranked = np.bincount(page.unit)[page.unit] > 1
        share = page.weight
        rows, bound = page.fixed, ties(page)
        for forest in (self.first, self.second):
            rows = rows_of(page, bound, share)
            scores = np.zeros(len(share))
            if ranked.any():
                scores[ranked] = forest(rows[ranked])
            scores += stated(page)
            share = shares(scores, page.starts, page.unit)
        top, lines = sureness(page, rows, share)
        return share, top, 1.0 / (1.0 + np.exp(-self.trusted(lines)))


@lru_cache(maxsize=1)
def load() -> Ranker:
    """The trained ranker. Raises FileNotFoundError where its weights are missing."""
    return read(shipped.path("places", WEIGHTS))


def read(path: Path) -> Ranker:
    """The ranker of a weights file; ValueError where it was trained on other columns."""
    with np.load(path) as arrays:
        if tuple(arrays["columns"].tolist()) != COLUMNS:
            raise ValueError(
                f"{path} was trained on other columns; run dateline.findings.places.ranker_training"
            )
        return Ranker(*(Forest.of(arrays, name) for name in FORESTS))


def write(ranker: Ranker, path: Path) -> None:
    """Keep ``ranker`` where ``read`` finds it."""
    arrays: dict[str, Any] = {"columns": np.array(COLUMNS)}
    for name in FORESTS:
        arrays |= getattr(ranker, name).arrays(name)
    np.savez_compressed(path, **arrays)


def distance_km(one: Place, other: Place) -> float:
    """Great-circle distance in kilometres; infinite where a point is missing."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return math.inf
    return kilometres(one.lat, one.lon, other.lat, other.lon)
