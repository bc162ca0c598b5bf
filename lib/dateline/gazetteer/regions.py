"""The wider places a reader filters by, and what lies in each."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.gazetteer.index import Place, load
from dateline.gazetteer.kinds import WATERS


@dataclass(frozen=True, slots=True)
class Members:
    """Codes that lie in a region: countries (ISO 3166), first-order divisions, and the region's own code."""

    countries: tuple[str, ...]
    divisions: tuple[str, ...]
    places: tuple[str, ...]


def members(code: str) -> Members:
    """What lies in the place of a code; empty for a code the gazetteer does not know."""
    gazetteer = load()
    known = gazetteer.members.get(code)
    if known is not None:
        return Members(tuple(known["countries"]), tuple(known["divisions"]), (code,))
    place = gazetteer.place(code)
    if place is None:
        return Members((), (), ())
    if place.kind == "country":
        return Members((code,), (), (code,))
    if code == place.admin1:
        return Members((), (code,), (code,))
    return Members((), (), (code,))


def all() -> list[Place]:
    """Every wider area, country and first-order division, in that order and each by name: what a region box offers.

    Waters are left out, for nothing lies in them but themselves; so are districts and sites.
    """
    order = {"country": 1, "division": 2}
    offered = [
        place
        for place in load().wider()
        if place.kind not in WATERS and (place.precision is None or place.precision >= 3)
    ]
    return sorted(offered, key=lambda place: (order.get(place.kind, 0), place.name))
