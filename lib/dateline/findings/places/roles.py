"""What part a place plays in its sentence: where it happened, dateline, a government, an origin, or a mere mention."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from dateline.findings.places import words
from dateline.findings.places.beside import stated_beside
from dateline.findings.places.recognise import DIGIT, LOWER, TITLE, Tokens, Toponym, inside, previous
from dateline.gazetteer import Place
from dateline.gazetteer.kinds import WATERS


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_DETERMINERS = frozenset(["the", "a", "an"])
_MOST_STEPS = 9
# Verbs in -ed that tell no event.
_IDLE = words.SPEECH | _words(
    """based headquartered located situated registered owned backed named allied supposed used needed indeed united
    called led limited related involved interested born estimated expected scheduled armed""",
)
_PAST = _words(
    """fled went left ran lost broke found grew rose sank shot stole drove flew began woke froze ate drank burst
    spread blew""",
)
_HUMANS = _words(
    """man woman men women boy girl teenager couple soldier soldiers troops fighter fighters migrant migrants
    refugee refugees tourist tourists pilgrim pilgrims worker workers student students player players fan fans
    athlete athletes journalist journalists reporter reporters sailor sailors trader traders farmer farmers
    engineer engineers doctor doctors nurse nurses scientist scientists researcher researchers expert experts
    volunteer volunteers mercenaries immigrants immigrant citizen citizens climber climbers diplomat diplomats
    delegates delegation delegations officials official lawmaker lawmakers senator senators democrat republican
    representatives executives businessman businessmen visitors musicians singer wrestler boxer actor director
    settlers militants militant recruits smuggler smugglers driver drivers peacekeepers investors guests""",
)


@dataclass(frozen=True, slots=True)
class _Text:
    """What the rules read: the tokens, the toponyms by their first and last tokens, and which sentences tell events.

    ``adjectives`` are the tokens of adjectival toponyms; ``eventful`` the numbers of sentences in which something
    happens, ``active`` of those with a verb in the past tense besides.
    """

    tokens: Tokens
    at: dict[int, Toponym]
    at_last: dict[int, int]
    adjectives: frozenset[int]
    eventful: frozenset[int]
    active: frozenset[int]


def assign(tokens: Tokens, found: Sequence[Toponym], places: Sequence[Place]) -> list[str]:
    """The role of each toponym, in order; one of ``dateline.article.ROLES``."""
    text = _text(tokens, found)
    given: list[str] = []
    struck: list[int] = []
    acting: list[int] = []
    for index, (toponym, place) in enumerate(zip(found, places, strict=True)):
        role = _role(text, toponym, place)
        if role == "mention":
            role = _with_its_head(text, found, given, index)
        elif role == "where" and (_was_struck(tokens, toponym) or _undergoes(tokens, toponym)):
            struck.append(index)
        elif role == "government" and _acts(tokens, toponym, place):
            acting.append(index)
        given.append(role)
    everywhere = [True] * len(found)
    powers = [_can_act(place) for place in places]
    _share(text, found, given, struck, "where", everywhere)
    _hold(text, found, given)
    _share(text, found, given, acting, "government", powers)
    return given


def _text(tokens: Tokens, found: Sequence[Toponym]) -> _Text:
    pairs = list(zip(tokens.sentence, tokens.folded, tokens.shapes, strict=True))
    return _Text(
        tokens=tokens,
        at={toponym.first: toponym for toponym in found},
        at_last={toponym.last: index for index, toponym in enumerate(found)},
        adjectives=frozenset(
            index
            for toponym in found
            if toponym.form == "adjectival"
            for index in range(toponym.first, toponym.last + 1)
        ),
        eventful=frozenset(number for number, word, _ in pairs if word in words.EVENTS),
        active=frozenset(
            number
            for number, word, shape in pairs
            if shape == LOWER and word not in _IDLE and (word.endswith("ed") or word in _PAST)
        ),
    )


def _share(
    text: _Text, found: Sequence[Toponym], given: list[str], heads: list[int], role: str, able: Sequence[bool]
) -> None:
    """Give A and B of "A, B and C were hit" the role that C has by its verb, where they are ``able`` to bear it."""
    for index in heads:
        before = previous(text.tokens, found[index])
        while before is not None and before in text.at_last:
            head = text.at_last[before]
            if given[head] != "mention" or not able[head]:
                break
            given[head] = role
            before = previous(text.tokens, found[head])


def _hold(text: _Text, found: Sequence[Toponym], given: list[str]) -> None:
    """Give Y of "in X, the capital of Y" the role of X: what happened in X happened in Y."""
    for index, toponym in enumerate(found):
        if given[index] != "where":
            continue
        for wider in stated_beside(text.tokens, toponym, text.at):
            head = text.at_last[wider.last]
            if given[head] == "mention" and inside(toponym.candidates, wider.candidates):
                given[head] = "where"


def _role(text: _Text, toponym: Toponym, place: Place) -> str:
    tokens = text.tokens
    if toponym.dateline:
        return "dateline"
    if toponym.form == "adjectival" or _is_attribute(tokens, toponym, place) or _comes_from(tokens, toponym):
        return "origin"
    if place.kind in _BACKGROUNDS and (
        _names_a_coast(tokens, toponym, place) or _places_a_town(tokens, toponym)
    ):
        return "mention"
    if _happens_there(text, toponym, place):
        return "where"
    if _is_government(tokens, toponym, place):
        return "government"
    return "mention"


def _comes_from(tokens: Tokens, toponym: Toponym) -> bool:
    """ "a man from Ganja", "three soldiers from Chad"."""
    before = toponym.first - 1
    if before < 1 or tokens.folded[before] != "from" or tokens.sentence[before - 1] != toponym.sentence:
        return False
    return tokens.folded[before - 1] in _HUMANS and tokens.gap(before - 1) == " "


def _is_attribute(tokens: Tokens, toponym: Toponym, place: Place) -> bool:
    """A country's name before persons or bodies: "U.S. soldiers"."""
    after = toponym.last + 1
    if toponym.possessive or place.kind not in ("country", "division", "continent") or after >= len(tokens):
        return False
    return tokens.gap(toponym.last) in (" ", "-") and tokens.folded[after] in words.PERSONS


def _names_a_coast(tokens: Tokens, toponym: Toponym, place: Place) -> bool:
    """A sea before a lower-case word only says which: "the Atlantic coastal province", "a Black Sea resort"."""
    for index in range(toponym.last + 1, min(len(tokens), toponym.last + 4)):
        if tokens.gap(index - 1) not in (" ", "-") or tokens.shapes[index] != LOWER:
            return False
        word = tokens.folded[index]
        if word.startswith(("coast", "port", "shore", "seaboard")) or word in _SETTINGS:
            # "the Kabylia region" is Kabylia.
            return word not in ("region", "regions") or place.kind in WATERS
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


def locative_before(
    tokens: Tokens, toponym: Toponym, adjectives: Collection[int] = ()
) -> tuple[int, int] | None:
    """(token of the location preposition that governs the name, tokens between) or None.

    ``adjectives`` are tokens that may stand between though they are names: "in the Austrian Alps".
    """
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
        elif index not in adjectives and not _may_stand_between(tokens, index, sorted_out):
            return None
        steps += 1
        index -= 1
    return None


_PARTS = _words(
    """outskirts suburbs suburb part parts north south east west coast shore shores northeast northwest
    southeast southwest centre center heart edge streets areas area region most much side island coasts
    slopes border borders""",
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


def _happens_there(text: _Text, toponym: Toponym, place: Place) -> bool:
    # "in" before a town is the scene whatever the verb; before a country or a region it takes an event.
    tokens = text.tokens
    local = place.kind in ("settlement", "district", "site") or place.kind in _HEIGHTS
    eventful = toponym.sentence in text.eventful
    if not (eventful or local or toponym.sentence in text.active):
        return False
    if toponym.possessive and _object_of_possessive(text, toponym):
        return False
    governed = locative_before(tokens, toponym, text.adjectives)
    if governed is None:
        return (
            _upon(tokens, toponym, place)
            or _struck(tokens, toponym)
            or _was_struck(tokens, toponym)
            or (place.kind != "country" and _undergoes(tokens, toponym))
            or _ends_a_road(tokens, toponym, place)
            or measured_from(tokens, toponym)
            or _is_supplied(tokens, toponym)
            or (place.kind == "settlement" and _has_a_facility(tokens, toponym))
        )
    preposition, steps = governed
    if _only_situates(tokens, preposition) or _is_the_topic(tokens, preposition):
        return False
    if steps == 0 and _seats_a_body(tokens, preposition):
        return False
    if (not local or place.capital) and _speaks_through(tokens, toponym, preposition):
        return False
    # A verb in the past tense is a weak sign; it does for what lies in a country, not for ways through one.
    return eventful or local or tokens.folded[preposition] in _INSIDE


_INSIDE = frozenset(["in", "inside", "within", "into", "across", "throughout", "at"])
# Before "in": who or what is merely to be found there.
_SITUATED = _words(
    """based headquartered located situated registered domiciled educated trained studied studies studying sold
    interest interests invested invest investing investment investments stake stakes role influence presence
    consulate consulates embassies ambassador ambassadors envoy envoys subsidiary subsidiaries companies
    counterpart counterparts allies partners lecturer professor confidence trust faith believes popular famous
    known specialises specialists listed traded degree doctorate assets accounts relatives family ancestors""",
)
_TALKS = _words(
    """conference report reports talks summit book film debate law statement resolution agreement article
    documentary study paper hearing inquiry lecture speech briefing meeting seminar forum bill questions question
    concerns concern views news exhibition policy stance position""",
)
_TOPICAL = frozenset(["on", "about", "regarding", "concerning", "over"])


def _only_situates(tokens: Tokens, preposition: int) -> bool:
    """ "a company based in Singapore", "he studied in Cairo", "its interests in Libya"."""
    before = preposition - 1
    return (
        before >= 0
        and tokens.folded[preposition] in ("in", "at")
        and tokens.sentence[before] == tokens.sentence[preposition]
        and tokens.gap(before) == " "
        and tokens.folded[before] in _SITUATED
    )


def _is_the_topic(tokens: Tokens, preposition: int) -> bool:
    """ "a conference on water in Central Asia": what is spoken of, not where."""
    if tokens.folded[preposition] != "in":
        return False
    for index in range(preposition - 1, max(0, preposition - 5), -1):
        if tokens.sentence[index] != tokens.sentence[preposition] or tokens.gap(index) != " ":
            return False
        if tokens.folded[index] in _TOPICAL:
            return tokens.folded[index - 1] in _TALKS
    return False


_SEATED = words.SEATED | {"junta", "regime"}


def _seats_a_body(tokens: Tokens, preposition: int) -> bool:
    """ "the foreign ministry in Baku": where a body sits, not where anything happened."""
    before = preposition - 1
    return (
        before >= 0
        and tokens.folded[preposition] == "in"
        and tokens.sentence[before] == tokens.sentence[preposition]
        and tokens.folded[before] in _SEATED
    )


def _speaks_through(tokens: Tokens, toponym: Toponym, preposition: int) -> bool:
    """ "officials in Kabul say", "police in Peru said": where they speak, not what they speak of."""
    before, after = preposition - 1, toponym.last + 1
    return (
        before >= 0
        and tokens.folded[preposition] == "in"
        and tokens.folded[before] in _SPEAKERS
        and after < len(tokens)
        and tokens.folded[after] in words.SPEECH_ONLY
    )


_SPEAKERS = words.SPOKESMEN | _words(
    """police prosecutors scientists researchers experts analysts economists activists doctors observers
    campaigners historians""",
)


def _object_of_possessive(text: _Text, toponym: Toponym) -> bool:
    """ "in Russia's parliament" is no scene; "in Morocco's province of Safi" and "in Kenya's Rift Valley" are."""
    tokens = text.tokens
    named = ""
    for index in range(toponym.last + 1, min(len(tokens), toponym.last + 6)):
        word = tokens.folded[index]
        if word in words.SETTLEMENT_WORDS or word in words.DIVISION_WORDS or word in _PARTS:
            return False
        if index in text.at and tokens.gap(index - 1) in (" ", "-"):
            return False
        if tokens.shapes[index] == TITLE and not (named and tokens.gap(index - 1) != " "):
            named = word
            continue
        if named or word not in words.FILLERS:
            return named not in words.FEATURES
    return named not in words.FEATURES


_STRIKERS = _words(
    """hit hits struck strikes rocked rocks shook shakes battered devastated ravaged swept flooded attacked bombed
    shelled invaded stormed besieged evacuated destroyed damaged visited visits toured entered on against fled flee
    buried engulfed paralysed paralyzed hammered pounded lashed drenched blanketed gripped crippled flattened isolated
    submerged inundated overran captured seized retook recaptured liberated surrounded encircled looted torched
    raided targeted hits jolted choked plunged brought rattled rained""",
)
_MUCH = _words(
    "whole entire large several some dozens hundreds thousands more other two three four five six half"
)
_BEFELL = _STRIKERS - {"on", "against"}
_STRUCK_NOUNS = _words(
    """attack attacks strike strikes airstrike airstrikes assault raid raids shelling bombing offensive
    missiles drones march advance siege invasion""",
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
        if word not in words.FILLERS and word not in _MUCH and not named:
            break
        index -= 1
    if (
        index > 0
        and tokens.folded[index] in ("away", "off", "out", "down", "up")
        and tokens.gap(index - 1) == " "
    ):
        index -= 1
    if index < 0 or tokens.sentence[index] != toponym.sentence or not tokens.gap(index).isspace():
        return False
    word = tokens.folded[index]
    if word in ("on", "against", "of"):
        return index > 0 and tokens.folded[index - 1] in _STRUCK_NOUNS
    return word in _STRIKERS


def _ends_a_road(tokens: Tokens, toponym: Toponym, place: Place) -> bool:
    """ "on the road between A and B", "derailed between A and B": the scene lies between the two."""
    before = toponym.first - 1
    stops = _ON_THE_WAY | _MISHAPS if place.kind == "settlement" else _ON_THE_WAY
    return (
        before > 0
        and tokens.folded[before] == "between"
        and tokens.sentence[before - 1] == toponym.sentence
        and (tokens.folded[before - 1] in words.ROADS or tokens.folded[before - 1] in stops)
    )


_ON_THE_WAY = _words(
    """derailed crashed crash collided collision overturned stopped halted stranded stuck disappeared vanished
    halfway midway lying lies located area sank capsized""",
)
_MISHAPS = _words("fire accident explosion blast attack ambush avalanche landslide blaze")
_TO_THE_TOWN = frozenset(["the", "city", "town", "village", "capital", "centre", "center"])
_COMPASS = words.PARTS | words.DIRECTIONS
_LENGTHS = _words("km kilometres kilometers kilometre kilometer miles mile metres meters")


def measured_from(tokens: Tokens, toponym: Toponym) -> bool:
    """ "10 km north of Gori", "35 miles from Herat", "just south of Erbil": the spot is somewhere about the name.

    What lies far off is not about it: "the city lies 250 km south of Casablanca".
    """
    before = toponym.first - 1
    for _ in range(3):
        if before > 0 and tokens.folded[before] in _TO_THE_TOWN and tokens.gap(before) == " ":
            before -= 1
    head = before - 1
    if head < 0 or tokens.sentence[head] != toponym.sentence or tokens.gap(before) != " ":
        return False
    word, further = tokens.folded[head], tokens.folded[head - 1] if head else ""
    if tokens.folded[before] == "from":
        measured = word in _LENGTHS or word in ("away", "inland")
    else:
        # "the north of Spain" is a part of Spain; "north of Erbil" is none of Erbil.
        measured = tokens.folded[before] == "of" and word in _COMPASS and further not in ("the", "far")
    return measured and _is_short(tokens, head)


def _is_short(tokens: Tokens, last: int) -> bool:
    """Whether the measure that ends in token ``last`` has a short length, or none."""
    for index in range(last, max(0, last - 3), -1):
        if tokens.folded[index] in _LENGTHS:
            start = index - 1
            number = tokens.folded[start]
            long = tokens.shapes[start] == DIGIT and number.isdecimal() and int(number[:6]) > _FAR
            thousands = start > 0 and tokens.gap(start - 1) == ","
            return tokens.folded[index].startswith("met") or not (long or thousands)
    return True


# In kilometres or miles.
_FAR = 80


_HEIGHTS = ("mountain", "island", "peninsula", "lake", "river")


def _upon(tokens: Tokens, toponym: Toponym, place: Place) -> bool:
    """ "on Pobeda Peak", "on the island of Lesbos"."""
    before = toponym.first - 1
    an_island = False
    for _ in range(3):
        if before >= 0 and tokens.folded[before] in ("the", "island", "of", "mount"):
            an_island |= tokens.folded[before] == "island"
            before -= 1
    return (
        (an_island or place.kind in _HEIGHTS)
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
    return any(tokens.folded[k] in _BEFELL for k in range(after + 1, min(len(tokens), after + 4)))


_UNDERGOES = _words(
    "went suffered suffers saw woke endured experienced mourned reeled recorded fell burned ground"
)
# Of these a government can be the object: "Moscow was excluded".
_NOT_OF_A_SCENE = (
    words.SPEECH
    | _IDLE
    | _words(
        "forced excluded invited allowed obliged promised granted offered consulted informed asked told criticised"
    )
)


def _undergoes(tokens: Tokens, toponym: Toponym) -> bool:
    """ "Havana went dark", "Stockholm was paralysed by snow": the name is the subject of what befell it."""
    before, after = toponym.first - 1, toponym.last + 1
    if toponym.possessive or after + 1 >= len(tokens) or tokens.gap(toponym.last) != " ":
        return False
    if before >= 0 and tokens.sentence[before] == toponym.sentence and tokens.folded[before] in _NO_SUBJECT:
        return False
    if tokens.folded[after] in _UNDERGOES:
        return True
    if tokens.folded[after] not in ("was", "were"):
        return False
    verb = tokens.folded[after + 1]
    return verb.endswith("ed") and verb not in _NOT_OF_A_SCENE


_FACILITIES = _words(
    """airport hospital station prison jail port university zoo stadium harbour harbor market mosque courthouse
    metro suburb suburbs police firefighters""",
)


def _has_a_facility(tokens: Tokens, toponym: Toponym) -> bool:
    """ "Kutaisi airport was shut": what happens to a town's own happens there."""
    before, after = toponym.first - 1, toponym.last + 1
    return (
        after < len(tokens)
        and tokens.gap(toponym.last) == " "
        and tokens.folded[after] in _FACILITIES
        and tokens.shapes[after] == LOWER
        and (
            before < 0
            or tokens.folded[before] not in _NO_SUBJECT
            or tokens.sentence[before] != toponym.sentence
        )
    )


def _is_supplied(tokens: Tokens, toponym: Toponym) -> bool:
    """ "cut off power to Kherson"."""
    before = toponym.first - 1
    return before > 0 and tokens.folded[before] == "to" and tokens.folded[before - 1] in _SUPPLIES


_SUPPLIES = _words("power electricity water gas heating supplies access damage")


def _is_government(tokens: Tokens, toponym: Toponym, place: Place) -> bool:
    """A capital or a country that speaks or acts: "Moscow said", "provided Moscow with"."""
    if not _can_act(place) or toponym.possessive:
        return False
    if _acts(tokens, toponym, place):
        return True
    before = toponym.first - 1
    seated = before > 0 and (_seats_a_body(tokens, before) or _speaks_for(tokens, before))
    return place.capital and (seated or _addressed(tokens, toponym))


def _can_act(place: Place) -> bool:
    return place.capital or place.kind in ("country", "disputed")


_SPEAKING_FOR = words.SPOKESMEN | {"counterpart", "counterparts", "ambassador", "envoy"}


def _speaks_for(tokens: Tokens, preposition: int) -> bool:
    """ "officials in Kabul", "his counterpart in Ankara": the capital stands for its government."""
    return tokens.folded[preposition] == "in" and tokens.folded[preposition - 1] in _SPEAKING_FOR


def _acts(tokens: Tokens, toponym: Toponym, place: Place) -> bool:
    """Whether the name is the subject of a verb of speech or of a government's acts: "Italy has agreed"."""
    before, after = toponym.first - 1, toponym.last + 1
    if after >= len(tokens) or tokens.gap(toponym.last) != " ":
        return False
    if before >= 0 and tokens.sentence[before] == toponym.sentence and tokens.folded[before] in _NO_SUBJECT:
        return False
    for index in range(after, min(len(tokens), after + 4)):
        word = tokens.folded[index]
        if tokens.gap(index - 1) != " ":
            return False
        if word in words.SPEECH_ONLY or word in _ACTS:
            return True
        if not (word in _AUXILIARIES or word in _ADVERBS or word.endswith("ly")):
            break
    # A capital "has", "is" or "will" what its government does; a country may be warm or large.
    return place.capital and tokens.folded[after] in _AUXILIARIES


# After these a name is no subject: "the mayor of Moscow said".
_NO_SUBJECT = _words("of from in to near for at outside around via through")
_AUXILIARIES = _words("has have had is are was were will would could should may must can might did does do")
_ADVERBS = _words("also again now not never still later then already both no longer yet been be to further")
_ACTS = _words(
    """want wants need needs refuse refuses refused agree agreed protested protests lodged lodge broke break broken
    cut cuts signed sign closed close opened open sent send sends launched launch fired fire deployed deploy
    struck strike strikes bombed bomb attacked attack invaded invade shelled banned ban lifted lift ordered
    order invited invite handed hand freed free released release expelled expel shut host hosts hosted pledge
    pledged voted vote declared declare pulled pull withdrew withdraw withdrawn joined join suspended suspend
    approved approve blocked block granted grant promised promise welcomed welcome criticised criticized
    criticise introduced introduce extended extend reopened reopen restored restore raised raise lowered lower
    tightened tighten donated donate delivered deliver supplied supply bought buy ordered tested test carried
    conducted conduct mobilised mobilized evacuated evacuate repatriated extradited deported recalled detained
    arrested executed seized annexed occupies insist insists insisted proposed propose presses pressed urged
    urge seek seeks help helped let lets allow allowed demand deny reject condemn warn say call back oppose
    blame accuse respond reply replied answered ask asked appointed named chairs chaired holds mediated brokered
    abstained vetoed ratify lost won stopped stop devalued devalue took take takes moved move ended end ends
    negotiating started start began begin paid pay spent spend cancelled cancel adopted adopt passed pass issued
    issue imposes impose halted halt resumed resume severed sever swapped swap exchanged exchange built build
    builds""",
)


_COMPLAINS = _words("protested appealed complained apologised apologized")


def _addressed(tokens: Tokens, toponym: Toponym) -> bool:
    """A capital as someone dealt with: the object of a verb, or after "with", "against", "between"."""
    before = toponym.first - 1
    if before < 0 or tokens.gap(before) != " " or tokens.sentence[before] != toponym.sentence:
        return False
    word = tokens.folded[before]
    if word in ("with", "against", "between", "by"):
        return True
    if word == "to":
        return before > 0 and tokens.folded[before - 1] in _COMPLAINS
    if tokens.shapes[before] != LOWER or word in words.PLACING or word in _DETERMINERS:
        return False
    return (
        word.endswith("ed")
        or word in words.SPEECH
        or word in ("give", "gives", "gave", "told", "tell", "let", "help")
    )


def _with_its_head(text: _Text, found: Sequence[Toponym], given: Sequence[str], index: int) -> str:
    """Y of "in X, Y" and the second of "in X and Y" share the role of the first."""
    tokens, toponym = text.tokens, found[index]
    first = toponym.first
    while first > 1 and tokens.folded[first - 1] in words.DIRECTIONS and tokens.gap(first - 1) in (" ", "-"):
        # "in Naples, southern Italy"
        first -= 1
    if first > 1 and tokens.folded[first - 1] == "the" and tokens.gap(first - 1) == " ":
        # "in Taiwan and the northern Philippines"
        first -= 1
    before = first - 1
    if before < 0 or tokens.sentence[before] != toponym.sentence:
        return "mention"
    head = text.at_last.get(before)
    if head is not None and tokens.gap(before) in (", ", " (") and given[head] in ("where", "dateline"):
        return given[head]
    joined = before
    if tokens.folded[before] in ("and", "or") and tokens.gap(before) == " " and before:
        joined = before - 1
    elif tokens.gap(before) != ", ":
        return "mention"
    head = text.at_last.get(joined) if joined != before or tokens.gap(before) == ", " else None
    if head is None or found[head].form != "name":
        return "mention"
    return given[head] if given[head] in ("where", "government", "origin") else "mention"


def precision(tokens: Tokens, toponym: Toponym, place: Place) -> int | None:
    """The place's own precision; 2 for "near X", where the spot is only somewhere about the settlement.

    So it is for "10 km north of X" and for both ends of "on the road between X and Y".
    """
    own = place.precision
    if own != 1:
        return own
    before = toponym.first - 1
    # "near the ancient city of X" speaks of X itself as the place; a bare "near X" does not.
    if before < 0 or tokens.sentence[before] != toponym.sentence:
        return own
    if tokens.folded[before] in words.NEARNESS or _between(tokens, toponym, place):
        return 2
    return 2 if measured_from(tokens, toponym) else own


def _between(tokens: Tokens, toponym: Toponym, place: Place) -> bool:
    """X or Y of "on the road between X and Y"."""
    if _ends_a_road(tokens, toponym, place):
        return True
    index = toponym.first - 1
    if tokens.folded[index] != "and":
        return False
    for step in range(1, 5):
        if index - step < 1 or tokens.gap(index - step) not in (" ", "-"):
            return False
        if tokens.folded[index - step] == "between":
            head = tokens.folded[index - step - 1]
            return head in words.ROADS or head in _ON_THE_WAY or head in _MISHAPS
    return False
