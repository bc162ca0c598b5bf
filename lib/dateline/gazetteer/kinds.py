"""The kinds of places and the qualities of names, as the index numbers them."""

from __future__ import annotations

KINDS = (
    "settlement",
    "district",
    "division",
    "country",
    "macro-region",
    "continent",
    "body",
    "sea",
    "ocean",
    "gulf",
    "strait",
    "canal",
    "lake",
    "river",
    "mountain",
    "desert",
    "steppe",
    "valley",
    "coast",
    "island",
    "peninsula",
    "disputed",
    "historical",
    "site",
)
# Places too wide for a point to say anything true: listed, never drawn as a dot.
WIDE_KINDS = frozenset({"macro-region", "coast", "body"})
WATERS = frozenset({"sea", "ocean", "gulf", "strait", "canal", "lake", "river"})

# How well a name fits a place: its main name, another Latin name, a name in another script or language,
# a short form (Pa., N.Y.), an adjective (Syrian), a word for its people (Syrians). Lower is better.
MAIN, ALTERNATE, FOREIGN, ABBREVIATION, ADJECTIVE, PEOPLE = range(6)
QUALITIES = ("main", "alternate", "foreign", "abbreviation", "adjective", "people")
