"""Which place each toponym means: the ranker's choice among the candidates, with the reason in words.

``ranker`` weighs the candidates; what is left here is what a text states outright (a name said to lie where none is
known, the parts of a town), and the facts that ``reasons`` puts into a sentence.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from dateline.findings.places import ranker
from dateline.findings.places.beside import stated_beside
from dateline.findings.places.ranker import Sheet, Unit, Wording, distance_km, prior, sort_fit
from dateline.findings.places.reasons import (
    Facts,
    borrowed,
    called,
    part_of,
    unknown_in,
    unknown_part_of,
    why,
)
from dateline.findings.places.recognise import Tokens, Toponym, known
from dateline.gazetteer import Candidate, Place
from dateline.gazetteer.distance import EARTH_KM

# Below this confidence a name is left without a place.
HOPELESS = 0.3
# So many toponyms are weighed together; a longer text is taken in stretches, so that time grows with its length only.
STRETCH = 200
# How far the parts of a town lie from its middle.
QUARTER_KM = 60.0
# How far from the middle of a country or division a place is certainly outside it.
FAR_KM = {"country": 3000.0, "division": 1000.0}
# Places an area is remembered by, to say why; and how sure one must be to count.
_MOST_NAMED, _SETTLED = 12, 0.5
_MOST_LOSERS = 5
# How often a name the gazetteer lacks lies within 161 km of the nearest town named so many sentences away, by
# the shared gold; and how many toponyms are looked at on either side.
BORROWED = {0: 0.8, 1: 0.75, 2: 0.7}
_LOOK = 12
_AWAY = ("", "one sentence", "two sentences")
_NEAR_KM = 300.0
_SURE = (0.02, 0.99)


@dataclass(frozen=True, slots=True)
class Choice:
    """The place chosen for a toponym, how sure (0..1), why, and the losers best first with their shares.

    Where the gazetteer knows no place of the name, ``place`` may be a neighbour's point with code "": approximate.
    """

    place: Place
    confidence: float
    rule: str
    losers: tuple[tuple[Place, float], ...] = ()


def choose(tokens: Tokens, found: Sequence[Toponym], source_country: str | None) -> list[Choice]:
    """A choice for each of ``found``, in order. ``source_country`` is the ISO code of the outlet's home."""
    choices: list[Choice] = []
    for start in range(0, len(found), STRETCH):
        choices.extend(_stretch(tokens, found[start : start + STRETCH], source_country))
    return choices


def _stretch(tokens: Tokens, found: Sequence[Toponym], home: str | None) -> list[Choice]:
    named = [toponym for toponym in found if toponym.candidates]
    choices = iter(_ranked(tokens, named, home) if named else ())
    made = [next(choices) if toponym.candidates else None for toponym in found]
    return [
        _borrowed(tokens, found, made, index) if choice is None else choice
        for index, choice in enumerate(made)
    ]


def _ranked(tokens: Tokens, found: Sequence[Toponym], home: str | None) -> list[Choice]:
    said = ranker.wording(tokens, found)
    page = ranker.sheet(found, said, home)
    share, top, sure = ranker.load().rank(page)
    evidence = _evidence(found, page, top, sure)
    best: dict[int, Choice] = {}
    for number, unit in enumerate(page.units):
        start = int(page.starts[number])
        shares = share[start : start + len(unit.candidates)]
        order = [int(i) for i in np.argsort(-shares, kind="stable")]
        stated = {n for index in unit.members for n in said.beside[index]}
        if stated and unit.candidates[order[0]].place.kind != "country":
            # "Santiago in the Dominican Republic" is there, however large a namesake; the trees may doubt it.
            order.sort(key=lambda i: unit.candidates[i].number not in stated)
        confidence = round(float(min(max(sure[number], _SURE[0]), _SURE[1])), 3)
        told = _Told(tokens, found, said, home, evidence)
        best |= _choices(
            told, number, unit, [(unit.candidates[i], float(shares[i])) for i in order], confidence
        )
    at = {toponym.first: toponym for toponym in found}
    placed = _within_towns(found, said, best)
    return [
        choice if said.beside[index] else _contradicted(tokens, found[index], at, choice)
        for index, choice in enumerate(placed)
    ]


@dataclass(slots=True)
class Evidence:
    """What an article speaks of: per area the places in it by code, the areas named, what lies nearest each unit."""

    named: dict[str, dict[str, str]] = field(default_factory=dict)
    codes: set[str] = field(default_factory=set)
    near: list[tuple[str, float]] = field(default_factory=list)

    def names(self, area: str | None, own: set[str]) -> tuple[str, ...]:
        """Names of other places of a country or division that the article speaks of, ``own`` codes left out."""
        named = self.named.get(area or "", {})
        return tuple(name for code, name in named.items() if code not in own and code != area)

    def names_area(self, area: str | None, own: set[str]) -> bool:
        """Whether the article names the country or division itself."""
        return area is not None and area in self.codes and area not in own


@dataclass(frozen=True, slots=True)
class _Told:
    """What the reasons of a stretch are drawn from."""

    tokens: Tokens
    found: Sequence[Toponym]
    said: Wording
    home: str | None
    evidence: Evidence


def _evidence(
    found: Sequence[Toponym], page: Sheet, top: Sequence[int] | np.ndarray, sure: Sequence[float] | np.ndarray
) -> Evidence:
    evidence = Evidence()
    places = []
    for number, unit in enumerate(page.units):
        place = unit.candidates[int(top[number]) - int(page.starts[number])].place
        places.append(place)
        if sure[number] < _SETTLED:
            continue
        evidence.codes.add(place.code)
        for area in (place.country, place.admin1):
            if area:
                named = evidence.named.setdefault(area, {})
                if len(named) < _MOST_NAMED:
                    named.setdefault(place.code, place.name)
    evidence.near = _nearest(page, places, np.asarray(top), np.asarray(sure))
    return evidence


def _nearest(
    page: Sheet, places: Sequence[Place], top: np.ndarray, sure: np.ndarray
) -> list[tuple[str, float]]:
    """For each unit the name of the nearest other place that is sure, and its distance in kilometres."""
    point = page.point[top]
    usable = page.pointed[top] & ~page.is_country[top] & (sure >= _SETTLED)
    chord = np.maximum(2.0 - 2.0 * point @ point.T, 0.0)
    key = page.key[top]
    chord[:, ~usable] = np.inf
    chord[~page.pointed[top]] = np.inf
    chord[key[:, None] == key[None, :]] = np.inf
    nearest = chord.argmin(axis=1)
    gap = np.sqrt(chord[np.arange(len(top)), nearest]) * EARTH_KM
    return [
        (places[j].name, float(km)) if km <= _NEAR_KM else ("", 0.0)
        for j, km in zip(nearest, gap, strict=True)
    ]


def _choices(
    told: _Told, number: int, unit: Unit, scored: list[tuple[Candidate, float]], confidence: float
) -> dict[int, Choice]:
    """A choice for each use of a unit; they differ in their reasons only."""
    best = scored[0][0].place
    losers = tuple(
        (candidate.place, round(share, 3))
        for candidate, share in scored[1 : 1 + _MOST_LOSERS]
        if share > 0.02 or not _linked(best, candidate.place)
    )
    rivals = [c.place for c, _ in scored[1:] if not _linked(best, c.place)]
    rules: dict[Facts, str] = {}
    made: dict[int, Choice] = {}
    for index in unit.members:
        toponym = told.found[index]
        facts = _facts(told, number, unit, index, scored[0][0])
        if facts not in rules:
            written = told.tokens.text[toponym.start : toponym.end]
            rules[facts] = why(written, best, rivals, facts)
        made[index] = Choice(best, confidence, rules[facts], losers)
    return made


def _facts(told: _Told, number: int, unit: Unit, index: int, best: Candidate) -> Facts:
    place, evidence = best.place, told.evidence
    toponym = told.found[index]
    if toponym.form == "adjectival":
        return Facts(form=toponym.form)
    beside = told.said.beside[index].get(best.number)
    if beside is not None:
        return Facts(beside=beside)
    own = {c.place.code for c in unit.candidates}
    near, near_km = evidence.near[number]
    return Facts(
        elsewhere=told.said.elsewhere(unit.key, best.number),
        sort=(toponym.sort or "") if sort_fit(toponym, place) > 0 else "",
        listed=best.number in told.said.peers[index],
        division_mates=evidence.names(place.admin1, own),
        division_named=evidence.names_area(place.admin1, own),
        country_mates=evidence.names(place.country, own),
        country_named=evidence.names_area(place.country, own),
        near=near,
        near_km=near_km,
        home=told.home is not None and told.home == place.country,
    )


def _linked(one: Place, other: Place) -> bool:
    """Whether two places are a seat and its area: same country, one in the other's division, close by."""
    return (
        one.country == other.country
        and one.admin1 == other.admin1
        and one.kind != other.kind
        and distance_km(one, other) < ranker.SPOT_KM
    )


def _within_towns(found: Sequence[Toponym], said: Wording, chosen: dict[int, Choice]) -> list[Choice]:
    """The choices, the parts of towns put near their towns, or in doubt where no candidate is near."""
    number = {toponym.first: index for index, toponym in enumerate(found)}
    settled = []
    for index, toponym in enumerate(found):
        choice, town = chosen[index], said.towns.get(index)
        if town is not None and choice.place.kind in ("settlement", "district", "site"):
            choice = _in_town(toponym, choice, chosen[number[town.first]].place)
        settled.append(choice)
    return settled


def _in_town(toponym: Toponym, choice: Choice, town: Place) -> Choice:
    """``choice``, or the best known candidate near ``town``; without confidence where there is none."""
    if town.lat is None or distance_km(choice.place, town) <= QUARTER_KM:
        return choice
    near = [c for c in toponym.candidates if c.place.code != town.code]
    near = [c for c in near if distance_km(c.place, town) <= QUARTER_KM]
    if near:
        best = max(near, key=known)
        return Choice(best.place, 0.8, part_of(best.place, town))
    return Choice(choice.place, 0.0, unknown_part_of(town.name))


def _contradicted(tokens: Tokens, toponym: Toponym, at: dict[int, Toponym], choice: Choice) -> Choice:
    """``choice``, or one without confidence where the text puts the name in a wider place far from it.

    "Bradford, Ontario" is not the Bradford of England, even if the gazetteer knows no other.
    """
    if choice.place.kind not in ("settlement", "district") or choice.place.lat is None:
        return choice
    for wider in stated_beside(tokens, toponym, at):
        best = max(wider.candidates, key=prior).place
        far = FAR_KM.get(best.kind)
        if far is not None and distance_km(best, choice.place) > far and best.country != choice.place.country:
            return Choice(choice.place, 0.1, unknown_in(best.name), choice.losers)
    return choice


def borrow(
    found: Sequence[Toponym],
    choices: Sequence[Choice | None],
    start: int,
    sentence: int,
    name: str,
) -> Choice | None:
    """Roughly where a name the gazetteer lacks lies: at the nearest sure town within two sentences, or None.

    ``found`` are in order, ``choices`` theirs; ``start`` and ``sentence`` are the name's offset and sentence number.
    The place has code "", precision 2 and no id: it is not the town, but near it.
    """
    middle = bisect_left(found, start, key=lambda toponym: toponym.start)
    nearest: tuple[int, int, Place] | None = None
    for at in range(max(0, middle - _LOOK), min(len(found), middle + _LOOK)):
        other, choice = found[at], choices[at]
        away = abs(other.sentence - sentence)
        if choice is None or away > max(BORROWED) or other.form != "name" or choice.confidence < _SETTLED:
            continue
        if choice.place.kind not in ("settlement", "district", "site") or choice.place.lat is None:
            continue
        apart = abs(other.start - start)
        if nearest is None or apart < nearest[0]:
            nearest = (apart, away, choice.place)
    if nearest is None:
        return None
    _, away, town = nearest
    rule = f"not in the gazetteer: roughly at {called(town)}, named {_AWAY[away]} away"
    about = Place("", name, "settlement", town.country, town.admin1, town.lat, town.lon, 0, 2, None)
    return Choice(about, BORROWED[away], rule if away else borrowed(town))


def _borrowed(
    tokens: Tokens, found: Sequence[Toponym], choices: Sequence[Choice | None], index: int
) -> Choice:
    """A choice for a toponym without candidates: near a town, or nowhere."""
    toponym = found[index]
    name = " ".join(tokens.text[toponym.start : toponym.end].split())
    choice = borrow(found, choices, toponym.start, toponym.sentence, name)
    nowhere = Place("", name, "settlement", None, None, None, None, 0, None, None)
    return choice or Choice(nowhere, 0.0, "not in the gazetteer")
