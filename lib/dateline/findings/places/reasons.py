"""Why a toponym means this place and not another, in one plain sentence: the ``rule`` of a mention.

Who resolves fills :class:`Facts` with what it found in the article and calls :func:`why`; the sentence says nothing
that the facts do not hold, and leaves out what would speak for the rival as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from dateline.gazetteer import Place, load
from dateline.gazetteer.names import fold


@dataclass(frozen=True, slots=True)
class Beside:
    """A wider place that the words beside a toponym put it in.

    ``name`` is the gazetteer's, ``written`` the text's ("Va.", "Spanish"); ``words`` counts from the toponym: 1 is
    the next word, 2 the one after it, -1 the word before; 0 where the distance is not known.
    """

    name: str
    written: str = ""
    words: int = 0


@dataclass(frozen=True, slots=True)
class Facts:
    """What an article says for one reading of a toponym: fill what is so, leave the rest empty.

    - ``form``: ``name`` or ``adjectival``, as the toponym's.
    - ``beside``: the wider place named beside this very use of the name, that holds the chosen place.
    - ``elsewhere``: the name of the wider place that stands beside another use of the same name in the article.
    - ``sort``: the word that says what the place is ("province" of "Safi province"), where it fits the chosen kind.
    - ``listed``: the name stands in a list of divisions of the chosen place's country.
    - ``division_mates``: names of other places of the same first-order division in the article, best first.
    - ``country_mates``: the same for its country, without the country itself; ``country_named``: the country itself
      is named (not by this toponym). ``division_named`` is the same for the division.
    - ``near`` and ``near_km``: another place of the article, and how far it is in kilometres.
    - ``home``: the outlet's home is the chosen place's country.
    """

    form: str = "name"
    beside: Beside | None = None
    elsewhere: str = ""
    sort: str = ""
    listed: bool = False
    division_mates: tuple[str, ...] = ()
    division_named: bool = False
    country_mates: tuple[str, ...] = ()
    country_named: bool = False
    near: str = ""
    near_km: float = 0.0
    home: bool = False


# In these the news names a town with its state or province, not with its country.
_BY_DIVISION = frozenset(["US", "CA", "AU"])
_KINDS = {"settlement": "town", "division": "first-order division", "site": "spot"}
_NUMBERS = (
    *("no", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
# Countries whose names take "the" in a sentence, beside those of _WITH_THE.
_TAKE_THE = frozenset(
    ["Netherlands", "Philippines", "Bahamas", "Gambia", "Maldives", "Comoros", "Seychelles"]
)
_WITH_THE = ("United ", "District of ")
_ENDING_WITH_THE = (" Republic", " Islands", " Emirates", " Territories", " Congo")
_MOST_REASONS = 2
# Beyond this a neighbour says nothing of where a place lies.
_NEAR_KM = 300.0


def why(name: str, best: Place, rivals: Sequence[Place], facts: Facts) -> str:
    """One plain sentence: why the toponym written ``name`` means ``best`` and not ``rivals``.

    ``rivals`` are the other places of that name, likeliest first, without those that are the same spot seen as
    another kind (a town and the district around it). "Vienna, Austria — not Vienna, Virginia: Austria is named right
    after it; population 1.7M".
    """
    if facts.form == "adjectival":
        return f"adjective of {best.name}"
    told = _called(name, best, rivals)
    size = f"; population {people(best.population)}" if best.population else ""
    if not rivals:
        return f"{told}: {_alone(best, facts)}{size}"
    rival = rivals[0]
    reasons = _reasons(best, rival, facts)
    if not reasons or (facts.beside is not None and _holds_both(facts.beside, best, rival)):
        reasons.append(_rank(best, rivals))
    return f"{told} — not {_against(best, rival)}: {'; '.join(reasons[:_MOST_REASONS])}{size}"


def unknown_in(wider: str) -> str:
    """The rule of a name that the text puts in ``wider``, where the gazetteer knows none of that name."""
    return f"said to be in {wider}, and no place of that name is known there"


def unknown_part_of(town: str) -> str:
    """The rule of a name said to be a part of ``town``, where the gazetteer knows none near it."""
    return f"said to be a part of {town}, and no place of that name is near it"


def part_of(best: Place, town: Place) -> str:
    """The rule of a part of a town."""
    return f"{called(best)} near {town.name}: said to be a part of it"


def borrowed(neighbour: Place) -> str:
    """The rule of a name the gazetteer lacks, drawn approximately at a place the article names beside it."""
    return f"not in the gazetteer: roughly at {called(neighbour)}, which is named beside it"


def called(place: Place) -> str:
    """A place with what it lies in, by names: "Vienna, Virginia", "the country Georgia", "the United States"."""
    if place.kind == "country":
        told = _in_words(place.name)
        return told if told != place.name else f"the country {told}"
    if place.country is None:
        return place.name
    return f"{place.name}, {_wider(place)}"


@lru_cache(maxsize=8192)
def name_of(code: str) -> str:
    """The name of a country or first-order division by its code; the code itself where there is none."""
    place = load().place(code)
    return code if place is None else place.name


def people(count: int) -> str:
    """A number of people as it is read out: "1.7M", "86,000", "640"."""
    if count >= 999_500:
        return f"{count / 1_000_000:.1f}M"
    return f"{round(count, -3):,}" if count >= 1000 else str(count)


def number(count: int) -> str:
    """A small number as a word, a larger one in digits."""
    return _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"


def _in_words(name: str) -> str:
    """A name as it stands in a sentence: "the United States"."""
    the = name in _TAKE_THE or name.startswith(_WITH_THE) or name.endswith(_ENDING_WITH_THE)
    return f"the {name}" if the else name


def _wider(place: Place) -> str:
    """What a place is named with; a division with its country."""
    by_division = place.country in _BY_DIVISION and place.admin1 and place.kind != "division"
    return name_of(place.admin1 if by_division and place.admin1 else place.country or "")


def _called(name: str, best: Place, rivals: Sequence[Place]) -> str:
    told = called(best)
    alike = [r for r in rivals[:1] if r.country == best.country and r.kind != "country"]
    if alike and best.country is not None and best.kind not in ("country", "division") and best.admin1:
        told = f"{best.name}, {name_of(best.admin1)}"
    if alike and alike[0].admin1 == best.admin1 and alike[0].kind != best.kind:
        told += f" (the {_KINDS.get(best.kind, best.kind)})"
    written = " ".join(name.split())
    if written and best.kind == "settlement" and not _alike(written, best.name):
        # The gazetteer's Tadmur is the text's Palmyra.
        told = f"{written} is {told}"
    return told


def _same_name(written: str, name: str) -> bool:
    return "".join(filter(str.isalnum, fold(written))) == "".join(filter(str.isalnum, fold(name)))


def _alike(written: str, name: str) -> bool:
    """Whether two names are spellings of one: they start alike ("Misrata", "Misratah")."""
    return fold(written)[:3] == fold(name)[:3]


def _against(best: Place, rival: Place) -> str:
    if rival.kind == "country" or rival.country is None or rival.country != best.country:
        return called(rival)
    if rival.kind == best.kind and rival.admin1 == best.admin1:
        return f"another {rival.name} in {name_of(rival.admin1 or rival.country)}"
    if rival.admin1 == best.admin1 or rival.kind == "division" or not rival.admin1:
        return f"the {_KINDS.get(rival.kind, rival.kind)} {rival.name}"
    return f"{rival.name}, {name_of(rival.admin1)}"


def _reasons(best: Place, rival: Place, facts: Facts) -> list[str]:
    """What speaks for ``best`` against ``rival``, strongest first."""
    same_country = rival.country == best.country and rival.kind != "country" and best.kind != "country"
    same_division = same_country and rival.admin1 == best.admin1
    found: list[str] = []
    if facts.beside is not None:
        found.append(_told_beside(facts.beside))
        if not _holds_both(facts.beside, best, rival):
            return found
    if facts.sort:
        found.append(f"called a {facts.sort}")
    if facts.listed and best.country:
        found.append(f"in a list of divisions of {_in_words(name_of(best.country))}")
    if facts.elsewhere:
        found.append(f"named with {facts.elsewhere} elsewhere in the article")
    if best.admin1 and best.kind != "division" and not same_division:
        found.extend(_company(best.admin1, facts.division_named, facts.division_mates))
    if best.country and not same_country and not (facts.division_mates and found):
        found.extend(
            _company(best.country, facts.country_named and best.kind != "country", facts.country_mates)
        )
    if facts.near and facts.near_km <= _NEAR_KM:
        found.append(f"{_far(facts.near_km)} from {facts.near}, which the article names")
    if facts.home and best.country and not same_country:
        found.append(f"the outlet is at home in {_in_words(name_of(best.country))}")
    return found


def _holds_both(beside: Beside, best: Place, rival: Place) -> bool:
    """Whether the wider place beside the name holds the rival as well, and so decides nothing between the two."""
    shared = {best.country, best.admin1} & {rival.country, rival.admin1} - {None}
    return any(name_of(str(code)) == beside.name for code in shared)


def _told_beside(beside: Beside) -> str:
    name = beside.name
    written = " ".join(beside.written.split())
    if written and not _same_name(written, name):
        name = f"{name} (“{written}”)"
    if not beside.words:
        return f"{name} is named beside it"
    if abs(beside.words) == 1:
        return f"{name} is named right {'after' if beside.words > 0 else 'before'} it"
    return f"{name} is named {number(abs(beside.words))} words {'later' if beside.words > 0 else 'before'}"


def _company(code: str, named: bool, mates: Sequence[str]) -> list[str]:
    """What the article names of an area: the area itself, places in it, or nothing."""
    area = name_of(code)
    places = [mate for mate in dict.fromkeys(mates) if mate and mate != area][:2]
    if named:
        return [
            f"the article names {_in_words(area)}"
            + (f", and {_both(places)} there" if places else "")
            + " too"
        ]
    return [f"the article names {_both(places)} in {_in_words(area)} too"] if places else []


def _both(names: Sequence[str]) -> str:
    return " and ".join(names)


def _far(km: float) -> str:
    return "a few kilometres" if km < 5 else f"{round(km, -1) if km >= 20 else round(km):.0f} km"


def _alone(best: Place, facts: Facts) -> str:
    """Why, where the gazetteer knows no other."""
    only = "no place elsewhere is known by that name"
    return f"{only}; {_told_beside(facts.beside)}" if facts.beside is not None else only


def _rank(best: Place, rivals: Sequence[Place]) -> str:
    """Where the article says nothing: how it stands among its namesakes."""
    count = number(len(rivals) + 1)
    two = len(rivals) == 1
    if best.population and all(best.population >= rival.population for rival in rivals):
        rank = "the larger" if two else "the largest"
    elif best.fame and all(best.fame >= rival.fame for rival in rivals):
        rank = "the better known" if two else "the best known"
    else:
        rank = "taken for the likelier" if two else "taken for the likeliest"
    return f"{rank} of {count} places known by that name"
