"""What part a place plays in its sentence: where it happened, dateline, a government, an origin, or a mere mention."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.findings.places import words
from dateline.findings.places.recognise import LOWER, TITLE, Tokens, Toponym, previous
from dateline.gazetteer import Place
from dateline.gazetteer.kinds import WATERS

_DETERMINERS = frozenset(["the", "a", "an"])
_MOST_STEPS = 9


def assign(tokens: Tokens, found: Sequence[Toponym], places: Sequence[Place]) -> list[str]:
    """The role of each toponym, in order; one of ``dateline.article.ROLES``."""
    eventful = _eventful_sentences(tokens)
    at_last = {toponym.last: index for index, toponym in enumerate(found)}
    given: list[str] = []
    struck: list[int] = []
    for index, (toponym, place) in enumerate(zip(found, places, strict=True)):
        role = _role(tokens, toponym, place, eventful)
        if role == "mention":
            role = _with_its_head(tokens, found, given, index, at_last)
        elif role == "where" and _was_struck(tokens, toponym):
            struck.append(index)
        given.append(role)
    _share_the_blow(tokens, found, given, struck, at_last)
    return given


def _share_the_blow(
    tokens: Tokens, found: Sequence[Toponym], given: list[str], struck: list[int], at_last: dict[int, int]
) -> None:
    """Give A and B of "A, B and C were hit" the role that C has by its verb."""
    for index in struck:
        before = previous(tokens, found[index])
        while before is not None and before in at_last and given[at_last[before]] == "mention":
            head = at_last[before]
            given[head] = "where"
            before = previous(tokens, found[head])


def _eventful_sentences(tokens: Tokens) -> set[int]:
    return {
        number for number, word in zip(tokens.sentence, tokens.folded, strict=True) if word in words.EVENTS
    }


def _role(tokens: Tokens, toponym: Toponym, place: Place, eventful: set[int]) -> str:
    if toponym.dateline:
        return "dateline"
    if toponym.form == "adjectival" or _is_attribute(tokens, toponym, place):
        return "origin"
    if place.kind in _BACKGROUNDS and (_names_a_coast(tokens, toponym) or _places_a_town(tokens, toponym)):
        return "mention"
    if _happens_there(tokens, toponym, place, eventful):
        return "where"
    if _is_government(tokens, toponym, place):
        return "government"
    return "mention"


def _is_attribute(tokens: Tokens, toponym: Toponym, place: Place) -> bool:
    """A country's name before persons or bodies: "U.S. soldiers"."""
    after = toponym.last + 1
    if toponym.possessive or place.kind not in ("country", "division", "continent") or after >= len(tokens):
        return False
    return tokens.gap(toponym.last) in (" ", "-") and tokens.folded[after] in words.PERSONS


def _names_a_coast(tokens: Tokens, toponym: Toponym) -> bool:
    """A sea before a lower-case word only says which: "the Atlantic coastal province", "a Black Sea resort"."""
    for index in range(toponym.last + 1, min(len(tokens), toponym.last + 4)):
        if tokens.gap(index - 1) not in (" ", "-") or tokens.shapes[index] != LOWER:
            return False
        word = tokens.folded[index]
        if word.startswith(("coast", "port", "shore", "seaboard")) or word in _SETTINGS:
            return True
        if word not in words.FILLERS and word not in ("mountain", "mountains", "island", "basin"):
            return False
    return False


def _places_a_town(tokens: Tokens, toponym: Toponym) -> bool:
    """Whether it only says where something else lies: "a port on the Black Sea", "far from the Atlantic"."""
    index = toponym.first - 1
    while index >= 0 and tokens.folded[index] in ("the", "coast", "shore", "shores", "banks", "of"):
        index -= 1
    if index < 1 or tokens.sentence[index] != toponym.sentence:
        return False
    word, head = tokens.folded[index], tokens.folded[index - 1]
    if word == "from":
        return head in ("far", "away", "km", "kilometres", "kilometers", "miles", "inland")
    return word in ("on", "by", "near", "along") and head in _SETTINGS


_SETTINGS = (words.SETTLEMENT_WORDS | words.DIVISION_WORDS | frozenset(["country", "nation"])) - {
    "camp",
    "camps",
}
_BACKGROUNDS = WATERS | {"mountain", "desert", "coast", "historical", "macro-region"}


def locative_before(tokens: Tokens, toponym: Toponym) -> tuple[int, int] | None:
    """(token of the location preposition that governs the name, tokens between) or None."""
    index = toponym.first - 1
    steps = 0
    sorted_out = False
    while index >= 0 and steps < _MOST_STEPS and tokens.sentence[index] == toponym.sentence:
        gap = tokens.gap(index)
        if gap.strip(" \u00a0\n-\"“‘'") and not _abbreviation_gap(tokens, index, gap):
            return None
        word = tokens.folded[index]
        if word in words.LOCATIVE:
            return index, steps
        if word == "of":
            sort = tokens.folded[index - 1] if index else ""
            if sort not in _SORTS:
                return None
            sorted_out = True
        elif not _may_stand_between(tokens, index, sorted_out):
            return None
        steps += 1
        index -= 1
    return None


_PARTS = frozenset(
    [
        "outskirts",
        "suburbs",
        "suburb",
        "part",
        "parts",
        "north",
        "south",
        "east",
        "west",
        "coast",
        "shore",
        "shores",
        "northeast",
        "northwest",
        "southeast",
        "southwest",
        "centre",
        "center",
        "heart",
        "edge",
        "streets",
        "areas",
        "area",
        "region",
        "most",
        "much",
        "side",
        "island",
        "coasts",
        "slopes",
        "border",
        "borders",
    ]
)


_SORTS = words.SETTLEMENT_WORDS | words.DIVISION_WORDS | words.QUARTERS | _PARTS


def _abbreviation_gap(tokens: Tokens, index: int, gap: str) -> bool:
    return gap == ". " and tokens.ends[index] - tokens.starts[index] <= 2


def _may_stand_between(tokens: Tokens, index: int, sorted_out: bool) -> bool:
    word = tokens.folded[index]
    if word in words.FILLERS or word in words.DIRECTIONS or word in _PARTS:
        return True
    if word == "and" and tokens.folded[index + 1] in words.DIRECTIONS:
        # "in central and southern X"
        return True
    if word in words.SETTLEMENT_WORDS or word in words.DIVISION_WORDS:
        return True
    if tokens.bare[index] is not None and tokens.shapes[index] != LOWER:
        return True
    # "in Morocco's Atlantic coastal province of Safi": names and adjectives before the sort word.
    return sorted_out and word not in words.EVENTS and word not in words.PLACING and word not in words.SPEECH


def _happens_there(tokens: Tokens, toponym: Toponym, place: Place, eventful: set[int]) -> bool:
    # "in" before a town is the scene whatever the verb; before a country or a region it takes an event.
    local = place.kind in ("settlement", "district", "site") or place.kind in _HEIGHTS
    if toponym.sentence not in eventful and not local:
        return False
    if toponym.possessive and _object_of_possessive(tokens, toponym):
        return False
    governed = locative_before(tokens, toponym)
    if governed is not None and governed[1] == 0 and _seats_a_body(tokens, governed[0]):
        return False
    if governed is not None and place.capital and _speaks_through(tokens, toponym, governed[0]):
        return False
    if governed is not None or _upon(tokens, toponym, place):
        return True
    return _struck(tokens, toponym) or _was_struck(tokens, toponym) or _ends_a_road(tokens, toponym)


def _seats_a_body(tokens: Tokens, preposition: int) -> bool:
    """ "the foreign ministry in Baku": where a body sits, not where anything happened."""
    before = preposition - 1
    return (
        before >= 0
        and tokens.folded[preposition] == "in"
        and tokens.sentence[before] == tokens.sentence[preposition]
        and tokens.folded[before] in words.SEATED
    )


def _speaks_through(tokens: Tokens, toponym: Toponym, preposition: int) -> bool:
    """ "officials in Kabul say": the capital is where they speak, not what they speak of."""
    before, after = preposition - 1, toponym.last + 1
    return (
        before >= 0
        and tokens.folded[preposition] == "in"
        and tokens.folded[before] in words.SPOKESMEN
        and after < len(tokens)
        and tokens.folded[after] in words.SPEECH_ONLY
    )


def _object_of_possessive(tokens: Tokens, toponym: Toponym) -> bool:
    """ "in Russia's parliament" is no scene; "in Morocco's province of Safi" is."""
    for index in range(toponym.last + 1, min(len(tokens), toponym.last + 6)):
        word = tokens.folded[index]
        if word in words.SETTLEMENT_WORDS or word in words.DIVISION_WORDS or word in _PARTS:
            return False
        if tokens.shapes[index] == TITLE or word in words.FILLERS:
            continue
        return True
    return True


_STRIKERS = frozenset(
    [
        "hit",
        "hits",
        "struck",
        "strikes",
        "rocked",
        "rocks",
        "shook",
        "shakes",
        "battered",
        "devastated",
        "ravaged",
        "swept",
        "flooded",
        "attacked",
        "bombed",
        "shelled",
        "invaded",
        "stormed",
        "besieged",
        "evacuated",
        "destroyed",
        "damaged",
        "visited",
        "visits",
        "toured",
        "entered",
        "on",
        "against",
    ]
)
_STRUCK_NOUNS = frozenset(
    [
        "attack",
        "attacks",
        "strike",
        "strikes",
        "airstrike",
        "airstrikes",
        "assault",
        "raid",
        "raids",
        "shelling",
        "bombing",
        "offensive",
        "missiles",
        "drones",
        "march",
        "advance",
        "siege",
        "invasion",
    ]
)


def _struck(tokens: Tokens, toponym: Toponym) -> bool:
    """ "an earthquake hit Safi", "the attack on Kyiv"."""
    index = toponym.first - 1
    farthest = index - _MOST_STEPS
    sorted_out = False
    while index > farthest and index >= 0 and tokens.gap(index).isspace():
        word = tokens.folded[index]
        sorted_out |= word == "of" and index > 0 and tokens.folded[index - 1] in _SORTS
        # "struck the Old Quay and Hillside districts of X": names and "and" before the sort word.
        named = sorted_out and (tokens.shapes[index] == TITLE or word == "and" or word in _SORTS)
        if word == "of" and index > 0 and tokens.folded[index - 1] in _STRUCK_NOUNS:
            break
        if word not in words.FILLERS and not named:
            break
        index -= 1
    if index < 0 or tokens.sentence[index] != toponym.sentence or not tokens.gap(index).isspace():
        return False
    word = tokens.folded[index]
    if word in ("on", "against", "of"):
        return index > 0 and tokens.folded[index - 1] in _STRUCK_NOUNS
    return word in _STRIKERS


def _ends_a_road(tokens: Tokens, toponym: Toponym) -> bool:
    """ "on the road between A and B": the scene lies between the two."""
    before = toponym.first - 1
    return (
        before > 0
        and tokens.folded[before] == "between"
        and tokens.sentence[before - 1] == toponym.sentence
        and tokens.folded[before - 1] in words.ROADS
    )


_HEIGHTS = ("mountain", "island", "peninsula", "lake", "river")


def _upon(tokens: Tokens, toponym: Toponym, place: Place) -> bool:
    """ "on Pobeda Peak", "on the island of Lesbos"."""
    before = toponym.first - 1
    for _ in range(3):
        if before >= 0 and tokens.folded[before] in ("the", "island", "of", "mount"):
            before -= 1
    return (
        place.kind in _HEIGHTS
        and before >= 0
        and tokens.sentence[before] == toponym.sentence
        and tokens.folded[before] in ("on", "atop", "upon")
    )


def _was_struck(tokens: Tokens, toponym: Toponym) -> bool:
    """ "Aleppo was bombed"."""
    after = toponym.last + 1
    if after + 2 > len(tokens) or tokens.gap(toponym.last) != " " or toponym.possessive:
        return False
    if tokens.folded[after] not in ("was", "were", "is", "has", "have", "had"):
        return False
    return any(tokens.folded[k] in _STRIKERS for k in range(after + 1, min(len(tokens), after + 4)))


def _is_government(tokens: Tokens, toponym: Toponym, place: Place) -> bool:
    """A capital or a country that speaks or acts: "Moscow said", "provided Moscow with"."""
    if not (place.capital or place.kind in ("country", "disputed")) or toponym.possessive:
        return False
    after = toponym.last + 1
    if after < len(tokens) and tokens.gap(toponym.last) == " ":
        verbs = words.SPEECH if place.capital else words.SPEECH_ONLY
        if tokens.folded[after] in verbs:
            return True
    before = toponym.first - 1
    sits = before > 0 and (_seats_a_body(tokens, before) or _speaks_through(tokens, toponym, before))
    return place.capital and (sits or _addressed(tokens, toponym))


def _addressed(tokens: Tokens, toponym: Toponym) -> bool:
    """A capital as someone dealt with: the object of a verb, or after "with", "against", "between"."""
    before = toponym.first - 1
    if before < 0 or tokens.gap(before) != " " or tokens.sentence[before] != toponym.sentence:
        return False
    word = tokens.folded[before]
    if word in ("with", "against", "between", "by"):
        return True
    if tokens.shapes[before] != LOWER or word in words.PLACING or word in _DETERMINERS:
        return False
    return (
        word.endswith("ed")
        or word in words.SPEECH
        or word in ("give", "gives", "gave", "told", "tell", "let", "help")
    )


def _with_its_head(
    tokens: Tokens, found: Sequence[Toponym], given: Sequence[str], index: int, at_last: dict[int, int]
) -> str:
    """Y of "in X, Y" and the second of "in X and Y" share the role of the first."""
    toponym = found[index]
    before = toponym.first - 1
    while before > 0 and tokens.folded[before] in words.DIRECTIONS and tokens.gap(before) in (" ", "-"):
        # "in Naples, southern Italy"
        before -= 1
    if before < 0 or tokens.sentence[before] != toponym.sentence:
        return "mention"
    gap = tokens.gap(before)
    head = at_last.get(before)
    if head is not None and gap in (", ", " (") and given[head] in ("where", "dateline"):
        return given[head]
    joined = previous(tokens, toponym)
    head = at_last.get(joined) if joined is not None and joined != before else None
    if head is not None and given[head] in ("where", "government"):
        return given[head]
    return "mention"


def precision(tokens: Tokens, toponym: Toponym, place: Place) -> int | None:
    """The place's own precision; 2 for "near X", where the spot is only somewhere about the settlement."""
    own = place.precision
    if own != 1:
        return own
    before = toponym.first - 1
    # "near the ancient city of X" speaks of X itself as the place; a bare "near X" does not.
    if (
        before >= 0
        and tokens.sentence[before] == toponym.sentence
        and tokens.folded[before] in words.NEARNESS
    ):
        return 2
    return own
