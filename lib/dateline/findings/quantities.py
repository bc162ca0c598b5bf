"""Groups of people in a sentence: "at least 37 people", "two soldiers and an interpreter", "a man and his two sons".

Everything here is about who is counted and how many; what happened to them is for ``tolls``. A sentence is a
``Tokens`` (parallel tuples), a ``Group`` is a run of its tokens. English only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace


def words_in(text: str) -> list[str]:
    """The words of a list written as one string."""
    return text.split()


_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:[-'’][^\W\d_]+)*|[^\w\s]|_")

_UNITS = words_in(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_TENS = words_in("twenty thirty forty fifty sixty seventy eighty ninety")
NUMBER_WORDS: dict[str, int] = {word: value for value, word in enumerate(_UNITS)}
NUMBER_WORDS.update({word: 20 + 10 * i for i, word in enumerate(_TENS)})
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "dozen": 12, "score": 20}
# A vague count is kept at its lowest sense: "dozens" is two dozen at least.
_VAGUE = {
    "dozens": 24,
    "scores": 40,
    "hundreds": 200,
    "thousands": 2_000,
    "millions": 2_000_000,
    "several": 3,
    "many": 3,
    "numerous": 3,
    "multiple": 2,
    "few": 3,
    "handful": 3,
    "countless": 3,
    "various": 2,
}
_VAGUE_COMPOUNDS = {
    ("tens", "thousands"): 20_000,
    ("hundreds", "thousands"): 200_000,
    ("tens", "millions"): 20_000_000,
    ("dozens", "thousands"): 24_000,
}
_HEDGES: dict[tuple[str, ...], str] = {
    ("at", "least"): "at least",
    ("no", "fewer", "than"): "at least",
    ("no", "less", "than"): "at least",
    ("not", "less", "than"): "at least",
    ("a", "minimum", "of"): "at least",
    ("more", "than"): "more than",
    ("well", "over"): "more than",
    ("over",): "more than",
    ("upwards", "of"): "more than",
    ("in", "excess", "of"): "more than",
    ("exceeding",): "more than",
    ("above",): "more than",
    ("as", "many", "as"): "up to",
    ("up", "to"): "up to",
    ("fewer", "than"): "up to",
    ("less", "than"): "up to",
    ("nearly",): "nearly",
    ("almost",): "nearly",
    ("close", "to"): "nearly",
    ("about",): "about",
    ("around",): "about",
    ("approximately",): "about",
    ("roughly",): "about",
    ("an", "estimated"): "about",
    ("estimated",): "about",
    ("some",): "about",
    ("possibly",): "about",
}
_NOTHING = frozenset({"nobody", "none", "no-one"})

# Nouns that name people, and what one of them counts for ("a couple" is two).
_PEOPLE = words_in(
    "person people man woman child boy girl baby infant toddler teenager teen youth adult adolescent "
    "human individual civilian soldier troop serviceman servicewoman marine sailor airman officer "
    "policeman policewoman police guard gendarme conscript recruit fighter militant rebel insurgent "
    "gunman terrorist jihadist attacker assailant bomber suspect protester protestor demonstrator "
    "rioter activist combatant mercenary paramilitary peacekeeper commando sniper commander general "
    "colonel worker employee staff miner builder engineer labourer laborer farmer fisherman "
    "firefighter rescuer medic paramedic nurse doctor teacher student pupil schoolchild schoolboy "
    "schoolgirl professor journalist reporter cameraman photographer interpreter translator driver "
    "motorist motorcyclist cyclist biker pedestrian passenger commuter pilot crewman crew copilot co- "
    "pilot attendant tourist guide holidaymaker visitor traveller traveler pilgrim worshipper "
    "worshiper churchgoer parishioner priest nun imam monk guest spectator fan concertgoer reveller "
    "partygoer shopper customer diner hiker climber mountaineer skier swimmer diver bather rower "
    "camper resident villager inhabitant local citizen national foreigner migrant refugee immigrant "
    "asylum-seeker evacuee returnee settler nomad herder shepherd islander townsperson townspeople "
    "newborn patient elderly father mother parent son daughter brother sister husband wife "
    "grandfather grandmother grandson granddaughter grandchild grandparent uncle aunt cousin nephew "
    "niece relative sibling twin fiancee fiance girlfriend boyfriend stepson friend neighbour "
    "neighbor colleague bystander passer-by passerby onlooker bridegroom bride family couple victim "
    "casualty survivor inmate prisoner detainee hostage captive convict deminer sapper volunteer "
    "contractor consultant expert technician operator captain minister politician lawmaker mayor "
    "governor candidate leader official diplomat ambassador judge lawyer prosecutor president member "
    "cleric owner trader vendor shopkeeper businessman businesswoman banker clerk cook chef waiter "
    "artist musician actor actress singer dancer writer scientist researcher cricketer footballer "
    "player athlete trucker lorry-driver truck-driver schoolmate classmate schoolteacher orphan widow "
    "other american briton israeli palestinian syrian iraqi iranian afghan pakistani indian russian "
    "ukrainian georgian armenian azerbaijani turk kurd german italian spaniard greek australian "
    "canadian mexican brazilian colombian kenyan tanzanian nigerian egyptian libyan tunisian algerian "
    "moroccan saudi yemeni emirati lebanese jordanian chinese japanese korean vietnamese filipino "
    "indonesian malaysian thai nepali bangladeshi kazakh uzbek tajik kyrgyz turkmen pole czech serb "
    "croat bosnian albanian romanian bulgarian hungarian austrian swede norwegian dane finn dutchman "
    "frenchman englishman irishman scot welshman european african asian arab christian muslim jew "
    "hindu druze yazidi alawite sunni shiite copt chief bodyguard agent client recipient opponent dissident "
    "guerrilla peasant campesino priest catechist mechanic electrician carpenter plumber welder baker butcher postman "
    "janitor caretaker watchman steward stewardess conductor beekeeper lumberjack hunter fisher trapper"
)
_IRREGULAR = {
    "man": "men",
    "woman": "women",
    "child": "children",
    "person": "persons",
    "family": "families",
    "baby": "babies",
    "passerby": "passersby",
    "passer-by": "passers-by",
    "casualty": "casualties",
    "wife": "wives",
    "bystander": "bystanders",
}
_UNMARKED = frozenset(
    words_in(
        "people police troops staff crew personnel military elderly townspeople chinese japanese lebanese "
        "vietnamese swiss portuguese sudanese burmese congolese senegalese taiwanese maltese french "
        "british dutch irish personnel"
    )
)
_WORTH = {"couple": 2, "parents": 2, "twins": 2, "both": 2}
# Nouns that are counted beside people in such sentences and must not be taken for them.
ANIMALS = frozenset(
    words_in(
        "animal animals gorilla gorillas bird birds cow cows cattle sheep goat goats pig pigs horse "
        "horses dog dogs cat cats chicken chickens hen hens poultry livestock fish whale whales dolphin "
        "dolphins seal seals shark sharks bear bears lion lions tiger tigers elephant elephants wolf "
        "wolves turtle turtles penguin penguins camel camels deer rhino rhinos bees bee insects tree "
        "trees creatures creature bacteria cells sturgeon antelope saigas saiga geese ducks duck turkeys "
        "monkeys monkey reindeer puppies puppy kittens leopard panda pandas mink pets pet buffalo cubs "
        "crocodile crocodiles lobster lobsters oyster oysters crab crabs bat bats rat rats hamsters otters pigeons "
        "seabirds seabird"
    )
)
_DEMONYM = re.compile(r"[A-Z][a-z]+(?:ans|ese|is|ards|iots|ers|men|women|ians)$")
_AGENT = re.compile(r"[a-z-]{3,}(?:ers|ors|ists|ants|men|women|ees|ians|goers|keepers)$")
_NOT_AGENTS = frozenset(
    words_in(
        "others members numbers quarters orders papers computers powers matters letters offers centers "
        "centres meters metres kilometers kilometres waters towers rivers shelters helicopters trailers "
        "containers boilers dollars errors sectors factors doors floors tractors reactors accidents "
        "incidents residents apartments plants departments documents restaurants statements agreements "
        "payments percents cents events tents students elements segments parents settlements governments "
        "developments environments investments monuments movements experiments instruments components "
        "continents currents fragments moments treatments appointments rockets bullets points customers "
        "shareholders layers chambers corners covers fires"
    )
) - {"residents", "students", "parents", "customers"}

# What else is counted in such sentences: a number of these is not a number of people.
_THINGS = frozenset(
    words_in(
        "hour hours day days week weeks month months year years minute minutes second seconds night "
        "nights km kilometre kilometres kilometer kilometers mile miles metre metres meter meters feet "
        "foot inch inches mm cm tonne tonnes ton tons kg percent per cent percentage dollar dollars rupee "
        "rupees euro euros pound pounds yen home homes house houses building buildings car cars vehicle "
        "vehicles bus buses truck trucks time times point points hectare hectares acre acres litre litres "
        "degree degrees flight flights village villages town towns city cities district districts "
        "province provinces country countries school schools shop shops block blocks floor floors storey "
        "storeys tower towers seat seats vote votes site sites drone drones missile missiles strike "
        "strikes attack attacks accident accidents incident incidents case cases fires arrests charges "
        "goal goals match matches game games copies shares barrels boat boats ship ships plane planes "
        "aircraft train trains wagons carriages bridges roads hospital hospitals tent tents people's "
        "families' committee committees trees fees hotel hotels offices calls quakes aftershocks "
        "magnitude storeys volumes pages"
    )
)
_MONTHS = frozenset(
    words_in(
        "january february march april may june july august september october november december jan feb "
        "mar apr jun jul aug sep sept oct nov dec"
    )
)
_CLOCK = frozenset({"am", "pm", "a.m", "p.m", "o'clock", "gmt", "local"})
_NATIONS = frozenset(
    words_in(
        "american briton israeli palestinian syrian iraqi iranian afghan pakistani indian russian "
        "ukrainian georgian armenian azerbaijani german italian australian canadian mexican brazilian "
        "colombian kenyan tanzanian nigerian egyptian libyan tunisian algerian moroccan saudi yemeni "
        "emirati lebanese jordanian chinese japanese korean vietnamese indonesian malaysian thai nepali "
        "bangladeshi kazakh uzbek tajik kyrgyz turkmen czech croat bosnian albanian romanian bulgarian "
        "hungarian austrian norwegian european african asian arab christian muslim hindu british french "
        "dutch irish swiss portuguese sudanese taiwanese maltese military police elderly human local "
        "human other"
    )
)

_ARTICLES = frozenset({"a", "an", "one", "another"})
_POSSESSIVES = frozenset({"his", "her", "their", "its", "my", "our", "whose"})
_DETERMINERS = frozenset({"the", "these", "those", "all", "both"}) | _POSSESSIVES
# Words that end a noun phrase: whatever follows belongs to something else.
ENDERS = frozenset(
    words_in(
        "in on at by from to with after before when while as who which that whose where of for during "
        "near under over into and or but was were is are be been being has have had will would may might "
        "could should can did does do killed injured wounded hurt dead died missing displaced killing "
        "injuring wounding dying perished drowned feared because since if than then so said says amid "
        "among along across against until through about including although though not also still later "
        "remain remained remains went go flee fled forced left lost now lay lie lies either killed "
        "homeless unaccounted trapped taken rushed sent reported confirmed suffered sustained evacuated "
        "hospitalised hospitalized treated needed died survived survive drowned electrocuted burned beheaded"
    )
)


def _person_words() -> tuple[frozenset[str], frozenset[str]]:
    singular = frozenset(w for w in _PEOPLE if w not in _UNMARKED)
    plural = {_IRREGULAR.get(w, w + "es" if w.endswith(("s", "ch", "sh")) else w + "s") for w in singular}
    plural |= {w[:-3] + "men" for w in singular if w.endswith("man")}
    plural |= {w[:-5] + "women" for w in singular if w.endswith("woman")}
    plural |= {"schoolchildren", "grandchildren", "servicemen", "servicewomen"}
    return singular, frozenset(plural | _UNMARKED)


SINGULAR, PLURAL = _person_words()


@dataclass(frozen=True, slots=True)
class Tokens:
    """A sentence in tokens: as written, lower-cased, and where each begins and ends in the text."""

    raw: tuple[str, ...]
    low: tuple[str, ...]
    start: tuple[int, ...]
    end: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.raw)


@dataclass(frozen=True, slots=True)
class Group:
    """People counted in the tokens ``first`` up to (not including) ``last``.

    ``low`` and ``high`` bound the number, ``high`` None where it is open. ``counted`` is False for a group whose
    size comes from its article only ("a man"). ``head`` is its noun, "" for a bare number.
    """

    first: int
    last: int
    low: int
    high: int | None
    qualifier: str
    vague: bool
    head: str
    counted: bool = True


def tokens_of(text: str, start: int, end: int) -> Tokens:
    """The tokens of ``text[start:end]``; offsets are those of ``text``."""
    raw, first, last = [], [], []
    for match in _TOKEN.finditer(text, start, end):
        raw.append(match.group())
        first.append(match.start())
        last.append(match.end())
    return Tokens(tuple(raw), tuple(w.lower().replace("’", "'") for w in raw), tuple(first), tuple(last))


def _digits(word: str) -> float | None:
    """The number a token of digits writes: "1,100", "2.3"; None for a date, a score or an absurd length."""
    if len(word) > 15 or not word[0].isdigit() or not word.isascii():
        return None
    if "," in word and not re.fullmatch(r"\d{1,3}(?:,\d{3})+", word):
        return None
    try:
        return float(word.replace(",", ""))
    except ValueError:
        return None


def _small(word: str) -> int | None:
    """A number word below a hundred, hyphenated ones too: "thirty-seven"."""
    if word in NUMBER_WORDS:
        return NUMBER_WORDS[word]
    tens, _, unit = word.partition("-")
    if unit and NUMBER_WORDS.get(tens, 0) >= 20 and 0 < NUMBER_WORDS.get(unit, 0) < 10:
        return NUMBER_WORDS[tens] + NUMBER_WORDS[unit]
    return None


def number_at(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """The whole number that starts at token ``i``: (next token, value), or None."""
    low, n = tokens.low, len(tokens)
    if i >= n:
        return None
    if low[i] in ("a", "one") and i + 1 < n and low[i + 1] in _SCALES:
        total, current, j = 0.0, 1.0, i + 1
    elif low[i] == "half" and low[i + 1 : i + 3] in (("a", "dozen"),):
        return i + 3, 6
    elif (value := _digits(low[i])) is not None:
        total, current, j = 0.0, value, i + 1
    elif (word := _small(low[i])) is not None:
        total, current, j = 0.0, float(word), i + 1
    else:
        return None
    while j < n:
        if low[j] in _SCALES and current:
            current *= _SCALES[low[j]]
            if low[j] in ("thousand", "million"):
                total, current = total + current, 0.0
            j += 1
            continue
        skip = 1 if low[j] == "and" and low[j - 1] in ("hundred", "thousand") else 0
        more = _small(low[j + skip]) if j + skip < n else None
        if (
            more is None
            or not (low[j - 1] in _SCALES or current in range(20, 100, 10))
            or low[j - 1][0].isdigit()
        ):
            break
        current, j = current + more, j + skip + 1
    value = total + current
    return (j, int(value)) if value == int(value) else None


def _hedge_at(tokens: Tokens, i: int) -> tuple[int, str] | None:
    for length in (3, 2, 1):
        qualifier = _HEDGES.get(tokens.low[i : i + length])
        if qualifier:
            return i + length, qualifier
    return None


def _bounds(value: int, qualifier: str) -> tuple[int, int | None]:
    """Low and high of a hedged number. The written figure stays ``low`` so that it can be read back."""
    return (value, None) if qualifier in ("at least", "more than") else (value, value)


def _range_at(tokens: Tokens, i: int) -> tuple[int, int, int] | None:
    """ "between 12 and 15", "12 to 15", "12-15": (next token, low, high)."""
    between = tokens.low[i] == "between"
    one = number_at(tokens, i + between)
    if not one or one[0] + 1 >= len(tokens):
        return None
    link = tokens.low[one[0]]
    if i and tokens.low[i - 1] in _MONTHS:
        return None  # "April 2 - four workers died"
    if link not in (("and",) if between else ("to", "-", "–", "or")):
        return None
    two = number_at(tokens, one[0] + 1)
    if not two or two[1] <= one[1]:
        return None
    if link in "-–" and two[0] < len(tokens) and tokens.low[two[0]] in "-–":
        return None
    return two[0], one[1], two[1]


def count_at(tokens: Tokens, i: int) -> Group | None:
    """The count that starts at token ``i``, hedge included, without its noun; None if there is none."""
    low, n = tokens.low, len(tokens)
    hedged = _hedge_at(tokens, i)
    j, qualifier = hedged or (i, "exact")
    if j >= n or (j > 0 and low[j - 1] in "$£€¥") or low[j] in "$£€¥":
        return None
    ranged = _range_at(tokens, j)
    if ranged:
        return Group(i, ranged[0], ranged[1], ranged[2], "between", False, "")
    number = number_at(tokens, j)
    if number:
        after = number[0]
        if after < n and low[after] in ("-", "%", "percent", "per", "°", "-year-old", "years", "year"):
            return None
        if not _counts_something(tokens, j, after):
            return None
        return Group(i, after, *_bounds(number[1], qualifier), qualifier, False, "")
    return _vague_at(tokens, i, j, hedged is not None)


def _counts_something(tokens: Tokens, i: int, j: int) -> bool:
    """The number in tokens ``i`` to ``j`` is no time of day, day of a month, age, model or part of a name."""
    low, n = tokens.low, len(tokens)
    before = low[i - 1] if i else ""
    after = low[j] if j < n else ""
    if after in _MONTHS or after in _CLOCK or after in ("years", "year-old"):
        return False
    if before in _MONTHS or before in (
        "aged",
        "age",
        "no",
        "number",
        "magnitude",
        "article",
        "route",
        "flight",
    ):
        return False
    touching = i > 0 and tokens.end[i - 1] == tokens.start[i]
    if touching and (before in "-–/:.+#" or before[-1].isalpha()):
        return False  # "G7", "5-3", "#12"
    if after == "." and j + 1 < n and tokens.end[j] == tokens.start[j + 1] and low[j + 1][0].isalpha():
        return False  # "7203.T"
    if after == ":" and j + 1 < n and low[j + 1][0].isdigit() and tokens.end[j] == tokens.start[j + 1]:
        return False
    if before == "of" and i > 1 and low[i - 2] in SINGULAR and low[i - 2] not in ("family", "group", "crew"):
        return False  # "a mother of 12", "a man of 50"
    k = i - 1
    while k > max(0, i - 12) and (
        low[k] in (",", "and", "or", "to", "between") or low[k] in NUMBER_WORDS or low[k].isdigit()
    ):
        k -= 1
    return not (k >= 0 and k < i - 1 and low[k] in ("aged", "ages", "aged"))


def _vague_at(tokens: Tokens, i: int, j: int, hedged: bool) -> Group | None:
    low = tokens.low
    if low[j] == "a" and low[j + 1 : j + 3] == ("couple", "of"):
        return Group(i, j + 3, 2, None, "about", True, "")
    if low[j] == "a" and low[j + 1 : j + 2] in (("few",), ("handful",), ("dozen",)):
        j += 1
    if (pair := (low[j], *low[j + 2 : j + 3])) in _VAGUE_COMPOUNDS and low[j + 1 : j + 2] == ("of",):
        value = _VAGUE_COMPOUNDS[pair]
        return Group(i, j + 3, value, None, f"{low[j]} of {low[j + 2]}", True, "")
    if low[j] in _VAGUE:
        value, name, last = _VAGUE[low[j]], low[j], j + 1
        if name == "several" and low[j + 1 : j + 2] and low[j + 1] in _SCALES:
            value, name, last = 3 * _SCALES[low[j + 1]], f"several {low[j + 1]}", j + 2
        return Group(i, last, value, None, name, True, "")
    if low[j] in _NOTHING or (low[j] == "no" and low[j + 1 : j + 2] in (("one",), ("people",), ("person",))):
        return Group(i, j + 1 + (low[j] == "no"), 0, 0, "exact", False, "one")
    return None


def _head(tokens: Tokens, i: int, plural: bool | None) -> tuple[int, str] | None:
    """The noun of a phrase whose modifiers start at ``i``: (token after it, noun); "" where a count stands alone.

    None means the phrase counts something else than people.
    """
    low, raw, n = tokens.low, tokens.raw, len(tokens)
    best: tuple[int, str] | None = None
    j, steps = i, 0
    while j < n and steps < 8:
        word = low[j]
        if word in ENDERS:
            break
        if not word[0].isalnum():
            # "two U.S. soldiers", "a 15-year-old girl": a stop or a hyphen inside the phrase does not end it
            if word in ".-" and j + 1 < n and best is None:
                j += 1
                continue
            break
        if low[j + 1 : j + 3] == ("-", "old") and word in ("year", "month", "week", "day"):
            j += 3  # "a 36 - year - old man", as some texts come
            continue
        if word in ANIMALS or (word in _THINGS and best is None and not _is_person(tokens, j + 1)):
            return None  # but "a shop owner", "three bus passengers"
        if word in _NATIONS and plural is False and not _stands_alone(tokens, j + 1):
            pass  # "an Israeli strike", "the Russian committee": an adjective
        elif (
            word in PLURAL
            or (plural is not True and word in SINGULAR)
            or (plural is not False and _is_new_people(raw[j], word))
        ):
            best = (j + 1, word)
        elif best and not (word in SINGULAR or low[j] in PLURAL):
            # a lower-case word after the noun: either a longer compound ("family members") or the next clause
            nxt = low[j + 1] if j + 1 < n else ""
            if not (nxt in PLURAL or nxt in SINGULAR):
                break
        j, steps = j + 1, steps + 1
    return best


def _is_person(tokens: Tokens, j: int) -> bool:
    """Whether the token at a place names people."""
    return j < len(tokens) and (tokens.low[j] in SINGULAR or tokens.low[j] in PLURAL)


def _is_new_people(raw: str, low: str) -> bool:
    """People by their shape: "Guatemalans", "snowboarders"."""
    if low in _NOT_AGENTS:
        return False
    return bool(_DEMONYM.match(raw)) or bool(_AGENT.match(low))


def _stands_alone(tokens: Tokens, j: int) -> bool:
    """A count without a noun counts people only where a verb, a preposition or a pause follows."""
    if j >= len(tokens):
        return True
    return tokens.low[j] in ENDERS or tokens.low[j] in (
        ",",
        ".",
        ";",
        ")",
        "others",
        "more",
        "seriously",
        "badly",
    )


_HARMED = frozenset(
    words_in("dead injured wounded missing killed hurt victims others displaced homeless deceased fallen")
)


def group_at(tokens: Tokens, i: int) -> Group | None:
    """The people counted from token ``i`` on, or None."""
    low, n = tokens.low, len(tokens)
    count = count_at(tokens, i)
    if count:
        j = count.last
        if count.head:
            return count
        if low[j : j + 1] == ("of",) and low[j + 1 : j + 2] and low[j + 1] in _DETERMINERS:
            head = _head(tokens, j + 2, True)
            if head:
                return replace(count, last=head[0], head=head[1])
            return count if low[j + 2 : j + 3] and low[j + 2] in _HARMED else None
        if low[j : j + 1] == ("of",) and count.vague:
            j += 1
        head = _head(tokens, j, count.low != 1)
        if head:
            return replace(count, last=head[0], head=head[1])
        alone = j == count.last and _stands_alone(tokens, j) and not _is_year(tokens, count)
        return count if alone else None
    if low[i] in _ARTICLES or low[i] in _DETERMINERS or (low[i] == "'s"):
        return _uncounted(tokens, i, n)
    return None


_ORDINALS = frozenset(words_in("second third fourth fifth sixth seventh eighth ninth tenth"))


def _is_year(tokens: Tokens, count: Group) -> bool:
    """Whether a number without a noun is a year rather than so many people."""
    return 1900 <= count.low <= 2100 and count.qualifier == "exact" and len(tokens.low[count.last - 1]) == 4


def _uncounted(tokens: Tokens, i: int, n: int) -> Group | None:
    """ "a man", "his two sons", "the girl", "a family of five", "both men"; "a third was wounded"."""
    low = tokens.low
    j = i + 1
    if j >= n:
        return None
    after = low[j + 1] if j + 1 < n else "."
    if low[i] == "a" and low[j] in _ORDINALS and after != "of" and (after in ENDERS or after in ".,;"):
        return Group(i, j + 1, 1, 1, "exact", False, "one")
    if low[i] in _DETERMINERS and (count := count_at(tokens, j)) and not count.head:
        head = _head(tokens, count.last, count.low != 1)
        return replace(count, first=i, last=head[0], head=head[1]) if head else None
    if low[i] == "both":
        head = _head(tokens, j, True)
        return Group(i, head[0], 2, 2, "exact", False, head[1]) if head else None
    head = _head(tokens, j, False)
    if not head:
        return None
    last, noun = head
    if (
        noun in ("family", "group", "crew")
        and low[last : last + 1] == ("of",)
        and (size := number_at(tokens, last + 1))
    ):
        return Group(i, size[0], size[1], size[1], "exact", False, noun)
    if (
        noun in ("family", "crew", "staff", "police")
        or noun in _UNMARKED
        or (noun in PLURAL and noun not in SINGULAR)
    ):
        worth = _WORTH.get(noun)
        return Group(i, last, worth, worth, "exact", False, noun, False) if worth else None
    worth = _WORTH.get(noun, 1)
    return Group(i, last, worth, worth, "exact", False, noun, low[i] == "one")


def groups_of(tokens: Tokens) -> list[Group]:
    """Every group of people in the sentence, left to right, none inside another."""
    found: list[Group] = []
    i, n, low = 0, len(tokens), tokens.low
    while i < n:
        group = group_at(tokens, i) if _may_start(low[i]) else None
        if group:
            found.append(group)
            i = max(group.last, i + 1)
        else:
            i += 1
    return found


def _may_start(word: str) -> bool:
    """Whether a count or a group of people can begin with a word: most begin none."""
    return word in _STARTERS or word[0].isdigit() or "-" in word


_STARTERS = (
    _ARTICLES
    | _DETERMINERS
    | _NOTHING
    | frozenset(NUMBER_WORDS)
    | frozenset(_VAGUE)
    | {first for first, *_ in _HEDGES}
    | {first for first, _ in _VAGUE_COMPOUNDS}
    | {"'s", "half", "between", "no"}
)


def united(groups: list[Group]) -> Group:
    """Several groups named together as one: "two soldiers and an interpreter" is three people."""
    if len(groups) == 1:
        return groups[0]
    open_ended = any(g.high is None for g in groups)
    hedges = [g.qualifier for g in groups if g.qualifier != "exact"]
    return Group(
        first=groups[0].first,
        last=groups[-1].last,
        low=sum(g.low for g in groups),
        high=None if open_ended else sum(g.high or 0 for g in groups),
        qualifier=hedges[0] if hedges else "exact",
        vague=all(g.vague for g in groups),
        head=groups[-1].head,
        counted=True,
    )
