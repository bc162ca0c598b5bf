"""Which place each toponym means: candidates scored by size, name, and what else the article names.

A name has one sense in an article, so its uses share their evidence. Scores are in orders of magnitude of
population: a candidate two points ahead is a hundred times likelier by size alone. A learned ranker may take
the place of ``choose`` as long as it returns the same records.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dateline.findings.places import words
from dateline.findings.places.beside import stated_beside, town_beside, wider_beside
from dateline.findings.places.reasons import Beside, Facts, part_of, unknown_in, unknown_part_of, why
from dateline.findings.places.recognise import Tokens, Toponym, inside, known, previous
from dateline.gazetteer import Candidate, Place


@dataclass(frozen=True, slots=True)
class Weights:
    """What each piece of evidence is worth, in orders of magnitude of population; ``near_km`` in kilometres.

    Set by a random search over the shared gold files' training halves.
    """

    adjacent: float = 3.5
    shared: float = 2.3
    same_division: float = 1.2
    same_country: float = 1.5
    home: float = 1.0
    near: float = 3.0
    near_km: float = 120.0
    fame: float = 0.1
    country: float = 1.5
    region: float = 8.4
    division: float = 0.4
    district: float = -0.5
    capital: float = 1.3
    alternate: float = -2.0
    sort: float = 3.0
    sharpness: float = 1.3
    peers: float = 2.0


WEIGHTS = Weights()
# How far behind its division, in score, a city of the same name is still meant.
SEAT_MARGIN = 0.7
# How far the parts of a town lie from its middle.
QUARTER_KM = 60.0
# How far from the middle of a country or division a place is certainly outside it.
FAR_KM = {"country": 3000.0, "division": 1000.0}
# What is left of the confidence in a place whose country the article names nowhere, but a rival's.
DOUBT = 0.7
# Below this confidence a name is left without a place.
HOPELESS = 0.2
# Places an area is remembered by, to say why.
_MOST_NAMED = 12
# In heads: the United States, Russia, India, China …
POWERFUL = 100_000_000


@dataclass(frozen=True, slots=True)
class Choice:
    """The place chosen for a toponym, how sure (0..1), why, and the losers best first with their shares."""

    place: Place
    confidence: float
    rule: str
    losers: tuple[tuple[Place, float], ...] = ()


def choose(
    tokens: Tokens, found: Sequence[Toponym], source_country: str | None, weights: Weights = WEIGHTS
) -> list[Choice]:
    """A choice for each of ``found``, in order."""
    at = {toponym.first: toponym for toponym in found}
    adjacent = [_adjacent(tokens, toponym, at) for toponym in found]
    peers = _peers(tokens, found)
    clear = _clear(found, adjacent, weights)
    first = _round(tokens, found, adjacent, peers, clear, source_country, [], weights)
    settled = [choice.place if choice.confidence >= 0.5 else None for choice in first]
    anchors = [choice.place for choice in first if choice.confidence >= 0.6 and choice.place.lat is not None]
    second = _round(tokens, found, adjacent, peers, settled, source_country, _thinned(anchors), weights)
    placed = _doubted(found, adjacent, _within_towns(tokens, found, at, second), source_country)
    return [
        choice if beside else _contradicted(tokens, toponym, at, choice)
        for toponym, beside, choice in zip(found, adjacent, placed, strict=True)
    ]


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


def _within_towns(
    tokens: Tokens, found: Sequence[Toponym], at: dict[int, Toponym], choices: list[Choice]
) -> list[Choice]:
    """``choices`` with the parts of towns put near their towns, or in doubt where no candidate is near."""
    chosen = {toponym.first: choice.place for toponym, choice in zip(found, choices, strict=True)}
    settled = []
    for toponym, choice in zip(found, choices, strict=True):
        town = town_beside(tokens, toponym, at)
        if town is not None and choice.place.kind in ("settlement", "district", "site"):
            choice = _in_town(toponym, choice, chosen[town.first])
        settled.append(choice)
    return settled


def _doubted(
    found: Sequence[Toponym],
    adjacent: Sequence[dict[int, Beside]],
    choices: Sequence[Choice],
    home: str | None,
) -> list[Choice]:
    """``choices`` with less confidence in places that stand alone in their country while a rival would not."""
    names: dict[str, set[str]] = {}
    anchored = set()
    for toponym, beside, choice in zip(found, adjacent, choices, strict=True):
        if choice.place.country:
            names.setdefault(choice.place.country, set()).add(toponym.key)
        if beside:
            anchored.add(toponym.key)

    def spoken_of(country: str | None, key: str) -> bool:
        return country is not None and (country == home or bool(names.get(country, set()) - {key}))

    settled = []
    for toponym, choice in zip(found, choices, strict=True):
        alone = choice.place.kind != "country" and choice.place.country is not None
        alone = alone and toponym.key not in anchored and not spoken_of(choice.place.country, toponym.key)
        if alone and any(spoken_of(loser.country, toponym.key) for loser, _ in choice.losers):
            choice = replace(choice, confidence=round(choice.confidence * DOUBT, 3))
        settled.append(choice)
    return settled


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


def _adjacent(tokens: Tokens, toponym: Toponym, at: dict[int, Toponym]) -> dict[int, Beside]:
    """Candidate number → the wider place that the words beside the toponym put it in."""
    in_countries: dict[int, Beside] = {}
    in_divisions: dict[int, Beside] = {}
    for wider in wider_beside(tokens, toponym, at):
        after = wider.first > toponym.last
        words_away = wider.first - toponym.last if after else wider.last - toponym.first
        written = tokens.text[wider.start : wider.end]
        for candidate, area in inside(toponym.candidates, wider.candidates):
            found = in_countries if area.place.kind == "country" else in_divisions
            found.setdefault(candidate.number, Beside(area.place.name, written, words_away))
    # In "Paris, in the US state of Texas" the narrower of the two decides.
    both = {number: beside for number, beside in in_divisions.items() if number in in_countries}
    return both or in_countries | in_divisions


class Evidence:
    """How often an article speaks of each country and division, less the uses of the name in question."""

    def __init__(self, settled: Sequence[Place | None]) -> None:
        self._all = _areas(settled)
        self._own: Areas = (Counter(), Counter())
        self._countries = {place.code for place in settled if place is not None and place.kind == "country"}
        self._named: dict[str, dict[str, str]] = {}
        for place in settled:
            for area in () if place is None else {place.country, place.admin1} - {None}:
                places = self._named.setdefault(str(area), {})
                if len(places) < _MOST_NAMED and place is not None:
                    places.setdefault(place.code, place.name)
        self._codes = {place.code for place in settled if place is not None}
        # Candidate number → the wider place beside a use of the name in question.
        self.wider: dict[int, str] = {}

    def names(self, area: str | None, own: Iterable[str]) -> tuple[str, ...]:
        """Names of other places of a country or division that the article speaks of, ``own`` codes left out."""
        left_out = {*own, area}
        named = self._named.get(area or "", {})
        return tuple(name for code, name in named.items() if code not in left_out)

    def names_area(self, area: str, own: Iterable[str]) -> bool:
        """Whether the article names the country or division itself."""
        return area in self._codes and area not in own

    def many_countries(self) -> bool:
        """Whether the article names several countries."""
        return len(self._countries) > 2

    def leave_out(self, own: Iterable[Place | None]) -> None:
        """From now on count without ``own``: a name's own uses are no evidence for it."""
        self._own = _areas(own)

    def country(self, code: str) -> float:
        """Mentions of a country and of places in it."""
        return (self._all[0][code] - self._own[0][code]) / 2

    def division(self, code: str) -> int:
        """Mentions of a first-order division and of places in it."""
        return self._all[1][code] - self._own[1][code]


Areas = tuple[Counter[str], Counter[str]]


def _clear(
    found: Sequence[Toponym], adjacent: Sequence[dict[int, Beside]], weights: Weights
) -> list[Place | None]:
    """The place of each toponym that can mean little else, None for the others."""
    clear: list[Place | None] = []
    for toponym, beside in zip(found, adjacent, strict=True):
        chosen = [c for c in toponym.candidates if c.number in beside] or list(toponym.candidates)
        sure = len(chosen) == 1 or _one_stands_out(chosen, weights)
        clear.append(max(chosen, key=lambda c: prior(c, weights)).place if sure else None)
    return clear


def _one_stands_out(chosen: list[Candidate], weights: Weights) -> bool:
    ranked = sorted((prior(c, weights) for c in chosen), reverse=True)
    return len(ranked) < 2 or ranked[0] - ranked[1] > 2.0


def _areas(places: Iterable[Place | None]) -> Areas:
    """How often each country (in halves) and division is spoken of."""
    countries: Counter[str] = Counter()
    divisions: Counter[str] = Counter()
    for place in places:
        if place is not None and place.country:
            # Powers are named in articles about anywhere; their name alone says half as much.
            named_for_power = place.kind == "country" and place.population > POWERFUL
            countries[place.country] += 1 if named_for_power else 2
        if place is not None and place.admin1:
            divisions[place.admin1] += 1
    return countries, divisions


def prior(candidate: Candidate, weights: Weights = WEIGHTS) -> float:
    """How likely a place is meant by its size, kind and name alone."""
    place = candidate.place
    size = math.log10(1 + place.population)
    if place.kind == "settlement":
        # Names in many languages speak of fame that heads do not: Palmyra, Davos, Srebrenica.
        score = size + weights.fame * math.log10(1 + place.fame) + (weights.capital if place.capital else 0.0)
    elif place.kind == "country":
        score = max(size, 5.0) + weights.country
    elif place.kind == "district":
        score = size + weights.district
    elif place.population:
        score = max(size, 5.0) + weights.division
    else:
        score = 0.0 if place.kind == "body" else weights.region - (0.0 if (place.precision or 5) > 2 else 2.0)
    return score + (weights.alternate if candidate.match in ("alternate", "foreign") else 0.0)


def _round(
    tokens: Tokens,
    found: Sequence[Toponym],
    adjacent: Sequence[dict[int, Beside]],
    peers: Sequence[frozenset[int]],
    settled: Sequence[Place | None],
    home: str | None,
    anchors: Sequence[Place],
    weights: Weights,
) -> list[Choice]:
    evidence = Evidence(settled)
    groups: dict[tuple[str, int, int], list[int]] = {}
    for index, toponym in enumerate(found):
        same = (toponym.key, len(toponym.candidates), toponym.candidates[0].number)
        groups.setdefault(same, []).append(index)
    choices: list[Choice | None] = [None] * len(found)
    for members in groups.values():
        shared: Counter[int] = Counter()
        for index in members:
            shared.update(adjacent[index].keys())
        evidence.leave_out(settled[index] for index in members)
        evidence.wider = {n: beside.name for index in members for n, beside in adjacent[index].items()}
        base = _context_scores(found[members[0]], evidence, home, anchors, weights)
        memo: dict[object, Choice] = {}
        for index in members:
            toponym = found[index]
            surface = tokens.text[toponym.start : toponym.end]
            key = (frozenset(adjacent[index].items()), toponym.sort, peers[index], surface)
            if key not in memo:
                raised = [
                    score + weights.peers * (c.number in peers[index])
                    for score, c in zip(base, toponym.candidates, strict=True)
                ]
                scored = _scored(toponym, raised, adjacent[index], shared, weights)
                best = scored[0][1]
                facts = _facts(
                    toponym, best, adjacent[index], shared, evidence, home, best.number in peers[index]
                )
                memo[key] = _one(surface, scored, facts, weights)
            choices[index] = memo[key]
    return [choice for choice in choices if choice is not None]


def _context_scores(
    toponym: Toponym,
    evidence: Evidence,
    home: str | None,
    anchors: Sequence[Place],
    weights: Weights,
) -> list[float]:
    """A score for each candidate from its size and from what the rest of the article names."""
    scores = []
    # Among the names of other countries a country's name means the country, whatever lies near its namesakes.
    a_country = evidence.many_countries() and any(
        c.place.kind == "country" and c.match == "main" for c in toponym.candidates
    )
    for candidate in toponym.candidates:
        place = candidate.place
        score = prior(candidate, weights)
        if a_country and place.kind not in ("country", "division", "disputed"):
            scores.append(score + (weights.home if home == place.country else 0.0))
            continue
        if place.country:
            score += weights.same_country * _strength(evidence.country(place.country))
            score += weights.home if home == place.country else 0.0
        if place.admin1:
            score += weights.same_division * _strength(evidence.division(place.admin1))
        score += weights.near * _closeness(place, anchors, weights.near_km)
        scores.append(score)
    return scores


def _strength(mentions: float) -> float:
    """What a number of mentions is worth: 0 for none, .6 for one, at most 1.5."""
    return min(1.5, math.log2(1 + mentions) / 1.6)


def _closeness(place: Place, anchors: Sequence[Place], near_km: float) -> float:
    """0..1 by the distance to the nearest other settled place of the article."""
    if place.kind not in ("settlement", "district", "site", "island") or place.lat is None:
        return 0.0
    best = math.inf
    for anchor in anchors:
        if anchor.code != place.code and anchor.kind != "country" and anchor.name != place.name:
            best = min(best, distance_km(place, anchor))
    return math.exp(-best / near_km) if best < math.inf else 0.0


def _thinned(anchors: Sequence[Place]) -> list[Place]:
    """At most 40 different anchors, so that the work stays linear in the article's length."""
    return list({place.code: place for place in anchors}.values())[:40]


def _scored(
    toponym: Toponym, base: list[float], beside: dict[int, Beside], shared: Counter[int], weights: Weights
) -> list[tuple[float, Candidate]]:
    """The candidates of one use of a name with their scores, best first."""
    scored = []
    for candidate, score in zip(toponym.candidates, base, strict=True):
        total = score
        if candidate.number in beside:
            total += weights.adjacent
        elif not beside and shared[candidate.number]:
            total += weights.shared
        total += weights.sort * _sort_fit(toponym, candidate.place)
        scored.append((total, candidate))
    scored.sort(key=lambda item: -item[0])
    _seat_first(toponym, scored)
    return scored


def _one(surface: str, scored: list[tuple[float, Candidate]], facts: Facts, weights: Weights) -> Choice:
    shares = _shares([score for score, _ in scored], weights.sharpness)
    best = scored[0][1]
    losers = tuple(
        (candidate.place, round(share, 3))
        for (_, candidate), share in list(zip(scored, shares, strict=True))[1:6]
        if not _linked(best.place, candidate.place) or share > 0.02
    )
    rivals = [c.place for _, c in scored[1:] if not _linked(best.place, c.place)]
    return Choice(
        best.place, _confidence(best, shares, scored), why(surface, best.place, rivals, facts), losers
    )


def _seat_first(toponym: Toponym, scored: list[tuple[float, Candidate]]) -> None:
    """Put a city before the division it gives its name to, where they are close and nothing says "province"."""
    top, area = scored[0]
    if area.place.kind not in ("division", "district") or toponym.sort in words.DIVISION_WORDS:
        return
    for position, (score, candidate) in enumerate(scored[1:], 1):
        place = candidate.place
        if top - score > SEAT_MARGIN:
            return
        if place.kind == "settlement" and place.admin1 == area.place.admin1:
            scored.insert(0, (top, scored.pop(position)[1]))
            return


def _sort_fit(toponym: Toponym, place: Place) -> float:
    """1 where the word beside the name says what the place is: "Safi province", "the city of Safi"."""
    if toponym.sort in words.DIVISION_WORDS:
        return float(place.kind in ("division", "district", "disputed", "historical"))
    if toponym.sort in words.SETTLEMENT_WORDS:
        return float(place.kind == "settlement")
    return 0.0


def _linked(one: Place, other: Place) -> bool:
    """Whether two places are a seat and its area: same country, one in the other's division, close by."""
    return (
        one.country == other.country
        and one.admin1 == other.admin1
        and one.kind != other.kind
        and one.lat is not None
        and other.lat is not None
        and distance_km(one, other) < 100
    )


def _shares(scores: list[float], sharpness: float) -> list[float]:
    top = scores[0]
    weights = [math.exp((score - top) * sharpness) for score in scores]
    total = sum(weights)
    return [weight / total for weight in weights]


def _confidence(best: Candidate, shares: list[float], scored: list[tuple[float, Candidate]]) -> float:
    """The share of the best candidate and of those that are the same spot, less for little-known names."""
    share = sum(
        s for s, (_, c) in zip(shares, scored, strict=True) if c is best or _linked(best.place, c.place)
    )
    ceiling = 0.98 if best.match == "main" else 0.93
    if known(best) < 4 and scored[0][0] < 6:
        ceiling -= 0.25
    return round(max(0.05, min(ceiling, share)), 3)


def _facts(
    toponym: Toponym,
    best: Candidate,
    beside: dict[int, Beside],
    shared: Counter[int],
    evidence: Evidence,
    home: str | None,
    peer: bool,
) -> Facts:
    place = best.place
    own = {c.place.code for c in toponym.candidates}
    return Facts(
        form=toponym.form,
        beside=beside.get(best.number),
        elsewhere=evidence.wider.get(best.number, "") if shared[best.number] else "",
        sort=(toponym.sort or "") if _sort_fit(toponym, place) else "",
        listed=peer,
        division_mates=evidence.names(place.admin1, own),
        division_named=place.admin1 is not None and evidence.names_area(place.admin1, own),
        country_mates=evidence.names(place.country, own),
        country_named=place.country is not None and evidence.names_area(place.country, own),
        home=home is not None and home == place.country,
    )


def distance_km(one: Place, other: Place) -> float:
    """Great-circle distance in kilometres (spherical Earth); infinite where a point is missing."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return math.inf
    a, b = math.radians(one.lat), math.radians(other.lat)
    h = (
        math.sin((a - b) / 2) ** 2
        + math.cos(a) * math.cos(b) * math.sin(math.radians(one.lon - other.lon) / 2) ** 2
    )
    return 12742.0 * math.asin(min(1.0, math.sqrt(h)))
