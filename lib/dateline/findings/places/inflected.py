"""The toponyms of Russian, Azerbaijani and Turkish texts: names under their case endings, kept or dropped by context.

One pass; every word is taken apart once (``readings``). The records are those of the English recogniser, and
``evidence`` holds the case a name stands in, from which ``inflected_roles`` tells its part.
"""

from __future__ import annotations

import re
from itertools import pairwise

from dateline.findings.places import cases
from dateline.findings.places.inflected_context import heed_countries
from dateline.findings.places.inflected_traps import (
    FAMOUS,
    after_given_name,
    beside,
    in_body,
    in_quotes,
    is_acronym,
    is_adjective,
    is_common,
    is_person,
    may_be_surname,
    names_a_street,
)
from dateline.findings.places.inflected_words import BY_LANGUAGE, DIRECTIONS, starts
from dateline.findings.places.readings import Match, Reader, cut, reader_of
from dateline.findings.places.recognise import DIGIT, LOWER, TITLE, UPPER, Tokens, Toponym
from dateline.gazetteer import Gazetteer

LANGUAGES = frozenset(BY_LANGUAGE)
# What a name's strength and the signs around it must come to.
_ENOUGH = 5.0
# What a Russian name needs more where nothing beside it speaks for a place, and where it may be a surname.
_BARE, _SURNAME = 0.8, 1.8
_PREPOSITIONS = frozenset(
    "в во из под близ около до от к ко через на возле вблизи у между над".split()  # noqa: SIM905
)
_DATELINE = re.compile(
    r"(?P<tail>(?:,[^\n—–:]{0,40}?)?(?:\s*[(/][^)/\n]{2,30}[)/])?)\s*\.?\s*(?:—|–|--| - )\s*"
)
_LOWER_HEADS = frozenset(["сектор", "област", "область", "области", "сектора", "секторе", "сектором"])


def toponyms(tokens: Tokens, gazetteer: Gazetteer, language: str) -> list[Toponym]:
    """The toponyms of a tokenised text in one of ``LANGUAGES``, in order, none overlapping another."""
    reader = reader_of(gazetteer, language)
    capitals = _capital_sentences(tokens)
    found: list[Toponym] = []
    index = 0
    while index < len(tokens):
        toponym = _at(tokens, reader, index, capitals)
        if toponym is None:
            index += 1
            continue
        found.append(toponym)
        index = toponym.last + 1
    _share_sorts(tokens, reader, found)
    heed_countries(reader, found)
    return found


def _at(tokens: Tokens, reader: Reader, index: int, capitals: set[int]) -> Toponym | None:
    """The toponym that starts at token ``index``."""
    shape = tokens.shapes[index]
    if shape == DIGIT:
        return None
    if shape == LOWER:
        if tokens.folded[index] in _LOWER_HEADS:
            return _longest(tokens, reader, index, capitals, least=2)
        match = reader.adjective(tokens.surface(index))
        if match is None or in_body(tokens, reader, index, index) or names_a_street(tokens, index):
            return None
        return _toponym(tokens, reader, index, index, match)
    if reader.language == "ru":
        division = _division(tokens, reader, index)
        if division is not None:
            return division
    several = _longest(tokens, reader, index, capitals, least=2)
    if several is not None:
        return several
    return _adjectival(tokens, reader, index, capitals) or _longest(tokens, reader, index, capitals, most=1)


def _longest(
    tokens: Tokens, reader: Reader, index: int, capitals: set[int], least: int = 1, most: int = 6
) -> Toponym | None:
    reach = min(most, reader.reach(tokens.surface(index)))
    last = index
    while last + 1 < len(tokens) and last - index + 1 < reach and tokens.linked(last):
        last += 1
    for stop in range(last, index + least - 2, -1):
        written = tuple(tokens.surface(k) for k in range(index, stop + 1))
        if any(cut(word)[1] for word in written[:-1]) or _ends_in_sort(tokens, reader, index, stop):
            continue
        match = reader.phrase(written)
        if match is None or not _written_as_a_name(tokens, reader, index, stop, match):
            continue
        match = _by_sort(tokens, reader, index, stop, match)
        if _meant(tokens, reader, index, stop, match, capitals):
            return _toponym(tokens, reader, index, stop, match)
    return None


def _ends_in_sort(tokens: Tokens, reader: Reader, first: int, last: int) -> bool:
    """Whether the last word only says what the place is: "Goranboy rayonunda" names Goranboy."""
    if reader.language == "ru" or first == last:
        return False
    return starts(tokens.folded[last], reader.words.sorts)


def _written_as_a_name(tokens: Tokens, reader: Reader, first: int, last: int, match: Match) -> bool:
    """Whether the words in lower case are such as names have: "Каспийского моря", "Ростове-на-Дону"."""
    for k in range(first + 1, last + 1):
        if tokens.shapes[k] == LOWER and not (
            tokens.gap(k - 1) == "-"
            or starts(tokens.folded[k], reader.words.features)
            or match.candidates[0].place.kind != "settlement"
        ):
            return False
    return True


def _division(tokens: Tokens, reader: Reader, index: int) -> Toponym | None:
    """ "Московской области", and "Московской" before "и Тульской областях"."""
    noun = _division_noun(tokens, reader, index)
    if noun is None:
        return None
    first = index
    if index and tokens.gap(index - 1) == "-" and tokens.shapes[index - 1] == TITLE:
        return None
    match = reader.division(tokens.surface(index), tokens.surface(noun))
    if match is None:
        return None
    last = noun if noun == index + 1 else index
    return _toponym(tokens, reader, first, last, match)


def _division_noun(tokens: Tokens, reader: Reader, index: int) -> int | None:
    """The word for a division that an adjective at ``index`` belongs to, beside it or after a second adjective."""
    after = index + 1
    if after >= len(tokens) or tokens.sentence[after] != tokens.sentence[index]:
        return None
    if tokens.gap(index) == " " and _names_a_sort(tokens, reader, after):
        return after
    if tokens.folded[after] == "и":
        after += 1
    elif tokens.gap(index) != ", ":
        return None
    if after + 1 < len(tokens) and tokens.shapes[after] == TITLE and _names_a_sort(tokens, reader, after + 1):
        plural = tokens.folded[after + 1].endswith(("ях", "ах", "ям", "ам", "ями", "ами", "еи", "ов"))
        return after + 1 if plural else None
    return None


def _names_a_sort(tokens: Tokens, reader: Reader, index: int) -> bool:
    return starts(tokens.folded[index], reader.words.areas)


def _adjectival(tokens: Tokens, reader: Reader, index: int, capitals: set[int]) -> Toponym | None:
    """An adjective or a word for people with a capital: "Сирийские беженцы", "Rus əsgərləri", "Türkler"."""
    match = reader.adjective(tokens.surface(index))
    if match is None or in_body(tokens, reader, index, index) or in_quotes(tokens, index, index):
        return None
    if names_a_street(tokens, index):
        return None
    before, after = index - 1, index + 1
    if beside(tokens, before) and tokens.shapes[before] == TITLE and not tokens.first[before]:
        return None
    follows = (
        after < len(tokens) and tokens.gap(index) == " " and tokens.sentence[after] == tokens.sentence[index]
    )
    town = match.candidates[0].place.kind == "settlement"
    if town and not (follows and tokens.shapes[after] == LOWER):
        return None
    if town and starts(tokens.folded[after], reader.words.speech):
        return None
    if after_given_name(tokens, reader, index):
        return None
    if follows and _sort_after(tokens, reader, index):
        return None
    if not follows and tokens.sentence[index] not in capitals and tokens.first[index]:
        return None
    return _toponym(tokens, reader, index, index, match)


def _toponym(tokens: Tokens, reader: Reader, first: int, last: int, match: Match) -> Toponym:
    core = cut(tokens.surface(last))[0] if reader.language != "ru" else tokens.surface(last)
    toponym = Toponym(
        first,
        last,
        tokens.starts[first],
        tokens.starts[last] + len(core),
        match.key,
        match.form,
        match.candidates,
        tokens.sentence[first],
        evidence=match.case,
    )
    if beside(tokens, first - 1) and tokens.folded[first - 1] in DIRECTIONS:
        toponym.qualifier = tokens.surface(first - 1)
    toponym.possessive = match.case == "gen" and reader.language != "ru"
    toponym.dateline = match.form == "name" and _is_dateline(tokens, toponym)
    return toponym


def _by_sort(tokens: Tokens, reader: Reader, first: int, last: int, match: Match) -> Match:
    """``match`` narrowed to what the word beside it says: "Goranboy rayonunda", "в провинции Малатья"."""
    sort = (
        _sort_before(tokens, reader, first) if reader.language == "ru" else _sort_after(tokens, reader, last)
    )
    if sort is None:
        return match
    return reader.sorted(match.key, sort, match.case) or match


def _sort_before(tokens: Tokens, reader: Reader, first: int) -> str | None:
    before = first - 1
    if not beside(tokens, before) or tokens.shapes[before] == TITLE:
        return None
    word = tokens.folded[before]
    if starts(word, reader.words.divisions):
        return "division"
    return "settlement" if starts(word, reader.words.settlements) else None


def _sort_after(tokens: Tokens, reader: Reader, last: int) -> str | None:
    after = last + 1
    if after >= len(tokens) or tokens.gap(last) != " " or tokens.sentence[after] != tokens.sentence[last]:
        return None
    if reader.language == "ru" or cut(tokens.surface(last))[1]:
        # In "Hatay'ın Samandağ ilçesi" the genitive is no part of the compound, the bare name is.
        return None
    word = tokens.folded[after]
    for sort, stems in (
        ("division", reader.words.divisions),
        ("district", reader.words.districts),
        ("settlement", reader.words.settlements),
    ):
        if starts(word, stems):
            return sort
    return None


def _share_sorts(tokens: Tokens, reader: Reader, found: list[Toponym]) -> None:
    """Give A of "A və B rayonları" what B has by its plural."""
    if reader.language == "ru":
        return
    for left, right in pairwise(found):
        between = tokens.text[left.end : tokens.starts[right.first]].strip()
        if between not in ("və", "ve", ",", "ile", "ilə") or left.form != "name":
            continue
        sort = _sort_after(tokens, reader, right.last)
        if sort and any(mark in tokens.folded[right.last + 1] for mark in ("lar", "ler")):
            shared = reader.sorted(left.key, sort, left.evidence)
            if shared is not None:
                left.candidates = shared.candidates


def _meant(tokens: Tokens, reader: Reader, first: int, last: int, match: Match, capitals: set[int]) -> bool:
    """Whether a name is used as one of a place here."""
    if match.candidates[0].place.kind == "body":
        return False
    if in_quotes(tokens, first, last) or in_body(tokens, reader, first, last):
        return False
    if (
        reader.language == "ru"
        and names_a_street(tokens, last)
        and cases.adjective(tokens.surface(last).casefold())
    ):
        return False
    if first == last and is_person(tokens, reader, first, match):
        return False
    shouted = tokens.sentence[first] in capitals
    if first == last and (is_acronym(tokens, reader, first, shouted) or is_adjective(tokens, reader, first)):
        return False
    signs = _signs(tokens, reader, first, last, match)
    if first == last and is_common(tokens, reader, first, match) and (signs < 1.0 or shouted):
        return False
    if tokens.first[first] or shouted:
        signs -= 1.0
    if reader.language == "ru" and first == last and signs <= 0.0 and match.strength < FAMOUS:
        # A bare word in an oblique case may be anybody's surname.
        signs -= _SURNAME if may_be_surname(tokens.folded[first]) else _BARE
    # Names of several words are seldom anything else, those of regions and waters never.
    several = 0.0 if first == last else 1.0 if match.candidates[0].place.kind == "settlement" else 3.0
    return match.strength + signs + several >= _ENOUGH


def _signs(tokens: Tokens, reader: Reader, first: int, last: int, match: Match) -> float:
    """How much the words beside a name speak for a place."""
    before = first - 1
    signs = 0.0
    if reader.language == "ru":
        if beside(tokens, before) and tokens.folded[before] in _PREPOSITIONS:
            signs += 1.5
        if _sort_before(tokens, reader, first):
            signs += 1.5
    else:
        signs += {"loc": 1.5, "abl": 1.5, "nom": 0.0}.get(match.case, 0.5)
        if cut(tokens.surface(last))[1]:
            signs += 1.0
        if _sort_after(tokens, reader, last):
            signs += 2.0
        elif beside(tokens, last) and starts(tokens.folded[last + 1], reader.words.features):
            signs += 1.0
    if beside(tokens, before) and tokens.shapes[before] == TITLE and not tokens.first[before]:
        signs -= 1.0 if match.strength < FAMOUS else 0.0
    return signs


def _capital_sentences(tokens: Tokens) -> set[int]:
    """Sentences written in capitals, where capitals prove nothing."""
    tally: dict[int, list[int]] = {}
    for number, shape in zip(tokens.sentence, tokens.shapes, strict=True):
        counts = tally.setdefault(number, [0, 0])
        counts[0] += shape == UPPER
        counts[1] += shape in (LOWER, TITLE, UPPER)
    return {number for number, (upper, all_) in tally.items() if all_ >= 3 and upper * 10 >= all_ * 8}


def _is_dateline(tokens: Tokens, toponym: Toponym) -> bool:
    """Whether the name opens a line and is parted from the report by a dash: "БАКУ, 15 декабря — …"."""
    text, start = tokens.text, toponym.start
    if start and text[max(0, start - 1)] != "\n" and not (tokens.first[toponym.first] and start < 400):
        return False
    found = _DATELINE.match(text, toponym.end)
    if found is None:
        return False
    return bool(found["tail"].strip()) or tokens.shapes[toponym.first] == UPPER
