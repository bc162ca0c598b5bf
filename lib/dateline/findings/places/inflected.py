"""The toponyms of Russian, Azerbaijani and Turkish texts: names under their case endings, kept or dropped by context.

One pass; every word is taken apart once (``readings``). The records are those of the English recogniser, and
``evidence`` holds the case a name stands in, from which ``inflected_roles`` tells its part.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from dateline.findings.places import cases
from dateline.findings.places.inflected_words import BY_LANGUAGE, DIRECTIONS, STREETS, starts
from dateline.findings.places.readings import Match, Reader, cut
from dateline.findings.places.recognise import DIGIT, LOWER, TITLE, UPPER, Tokens, Toponym
from dateline.gazetteer import Gazetteer

LANGUAGES = frozenset(BY_LANGUAGE)
# What a name's strength and the signs around it must come to.
_ENOUGH = 5.0
# So well known that only a body's or a person's name around it speaks against it.
_FAMOUS = 6.5
# What a Russian name needs more where nothing beside it speaks for a place, and where it may be a surname.
_BARE, _SURNAME = 0.8, 1.8
_SURNAMES = re.compile(r"(?:[ое]в|ин)(?:а|у|ы|е|ои|ым|ых)?$")
_PREPOSITIONS = frozenset(
    [
        "в",
        "во",
        "из",
        "под",
        "близ",
        "около",
        "до",
        "от",
        "к",
        "ко",
        "через",
        "на",
        "возле",
        "вблизи",
        "у",
        "между",
        "над",
    ]
)
_OPENING, _CLOSING = '«“„"', '»”“"'
_DATELINE = re.compile(
    r"(?P<tail>(?:,[^\n—–:]{0,40}?)?(?:\s*[(/][^)/\n]{2,30}[)/])?)\s*\.?\s*(?:—|–|--| - )\s*"
)
_LOWER_HEADS = frozenset(["сектор", "област", "область", "области", "сектора", "секторе", "сектором"])


@lru_cache(maxsize=8)
def _reader(gazetteer: Gazetteer, language: str) -> Reader:
    return Reader(gazetteer, language)


def toponyms(tokens: Tokens, gazetteer: Gazetteer, language: str) -> list[Toponym]:
    """The toponyms of a tokenised text in one of ``LANGUAGES``, in order, none overlapping another."""
    reader = _reader(gazetteer, language)
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
        if match is None or _in_body(tokens, reader, index, index) or _names_a_street(tokens, index):
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
    if match is None or _in_body(tokens, reader, index, index) or _in_quotes(tokens, index, index):
        return None
    if _names_a_street(tokens, index):
        return None
    before, after = index - 1, index + 1
    if _beside(tokens, before) and tokens.shapes[before] == TITLE and not tokens.first[before]:
        return None
    follows = (
        after < len(tokens) and tokens.gap(index) == " " and tokens.sentence[after] == tokens.sentence[index]
    )
    town = match.candidates[0].place.kind == "settlement"
    if town and not (follows and tokens.shapes[after] == LOWER):
        return None
    if town and starts(tokens.folded[after], reader.words.speech):
        return None
    if _after_given_name(tokens, reader, index):
        return None
    if follows and _sort_after(tokens, reader, index):
        return None
    if not follows and tokens.sentence[index] not in capitals and tokens.first[index]:
        return None
    return _toponym(tokens, reader, index, index, match)


def _names_a_street(tokens: Tokens, index: int) -> bool:
    """ "Киевского шоссе" lies wherever the street does."""
    for k in range(index + 1, min(len(tokens), index + 3)):
        if not _beside(tokens, k - 1):
            return False
        if tokens.folded[k].startswith(STREETS):
            return True
    return False


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
    if _beside(tokens, first - 1) and tokens.folded[first - 1] in DIRECTIONS:
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
    if not _beside(tokens, before) or tokens.shapes[before] == TITLE:
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


def _beside(tokens: Tokens, before: int) -> bool:
    """Whether token ``before`` and the next are parted by a space only, in one sentence."""
    return (
        0 <= before < len(tokens) - 1
        and tokens.gap(before) in (" ", "\u00a0", "\n")
        and tokens.sentence[before] == tokens.sentence[before + 1]
    )


def _meant(tokens: Tokens, reader: Reader, first: int, last: int, match: Match, capitals: set[int]) -> bool:
    """Whether a name is used as one of a place here."""
    if match.candidates[0].place.kind == "body":
        return False
    if _in_quotes(tokens, first, last) or _in_body(tokens, reader, first, last):
        return False
    if (
        reader.language == "ru"
        and _names_a_street(tokens, last)
        and cases.adjective(tokens.surface(last).casefold())
    ):
        return False
    if first == last and _is_person(tokens, reader, first, match):
        return False
    shouted = tokens.sentence[first] in capitals
    if first == last and (
        _is_acronym(tokens, reader, first, shouted) or _is_adjective(tokens, reader, first)
    ):
        return False
    signs = _signs(tokens, reader, first, last, match)
    if first == last and _is_common(tokens, reader, first, match) and (signs < 1.0 or shouted):
        return False
    if tokens.first[first] or shouted:
        signs -= 1.0
    if reader.language == "ru" and first == last and signs <= 0.0 and match.strength < _FAMOUS:
        # A bare word in an oblique case may be anybody's surname.
        signs -= _SURNAME if _may_be_surname(tokens.folded[first]) else _BARE
    # Names of several words are seldom anything else, those of regions and waters never.
    several = 0.0 if first == last else 1.0 if match.candidates[0].place.kind == "settlement" else 3.0
    return match.strength + signs + several >= _ENOUGH


def _is_acronym(tokens: Tokens, reader: Reader, index: int, shouted: bool) -> bool:
    """Whether a word is in capitals among others that are not, and is no known name in capitals: "МИД"."""
    if tokens.shapes[index] != UPPER or shouted or tokens.first[index]:
        return False
    return tokens.ends[index] - tokens.starts[index] <= 4 and not reader.called(tokens.folded[index])


def _is_adjective(tokens: Tokens, reader: Reader, index: int) -> bool:
    """Whether a sentence begins with an adjective that has its noun after it: "Мирный договор"."""
    if reader.language != "ru" or not tokens.first[index] or not _beside(tokens, index):
        return False
    ends = ("ыи", "ии", "ои", "ая", "ое", "ее", "ые", "ие")
    return tokens.folded[index].endswith(ends) and tokens.shapes[index + 1] == LOWER


def _signs(tokens: Tokens, reader: Reader, first: int, last: int, match: Match) -> float:
    """How much the words beside a name speak for a place."""
    before = first - 1
    signs = 0.0
    if reader.language == "ru":
        if _beside(tokens, before) and tokens.folded[before] in _PREPOSITIONS:
            signs += 1.5
        if _sort_before(tokens, reader, first):
            signs += 1.5
    else:
        signs += {"loc": 1.5, "abl": 1.5, "nom": 0.0}.get(match.case, 0.5)
        if cut(tokens.surface(last))[1]:
            signs += 1.0
        if _sort_after(tokens, reader, last):
            signs += 2.0
        elif _beside(tokens, last) and starts(tokens.folded[last + 1], reader.words.features):
            signs += 1.0
    if _beside(tokens, before) and tokens.shapes[before] == TITLE and not tokens.first[before]:
        signs -= 1.0 if match.strength < _FAMOUS else 0.0
    return signs


def _may_be_surname(word: str) -> bool:
    return _SURNAMES.search(word) is not None


def _is_common(tokens: Tokens, reader: Reader, index: int, match: Match) -> bool:
    """Whether the word is also an everyday one: "ordu", "мир"."""
    words = reader.words.common | reader.words.given_names
    return match.key in words or any(key in words for key, _ in reader.readings(tokens.surface(index))[:1])


def _is_person(tokens: Tokens, reader: Reader, index: int, match: Match) -> bool:
    """Whether a name is part of a person's: after a given name, a title or an initial, or before a surname."""
    before, after = index - 1, index + 1
    words = reader.words
    if index and tokens.sentence[before] == tokens.sentence[index]:
        gap, word = tokens.gap(before), tokens.folded[before]
        if (
            gap in (". ", ".")
            and tokens.ends[before] - tokens.starts[before] == 1
            and tokens.shapes[before] != LOWER
        ):
            return True
        if _after_given_name(tokens, reader, index):
            return True
        little = match.strength < _FAMOUS and match.case == "nom"
        if little and gap == " " and tokens.shapes[before] == TITLE and word in words.titles:
            return True
    if after >= len(tokens) or tokens.gap(index) != " " or tokens.shapes[after] != TITLE:
        return False
    own = reader.readings(tokens.surface(index))[0][0] in words.given_names
    if match.strength >= 8.0 or (match.case != "nom" and not own):
        return False
    if own:
        return not _heads_a_compound(tokens, reader, after)
    return reader.language != "ru" and not _compound_follows(tokens, reader, after)


def _after_given_name(tokens: Tokens, reader: Reader, index: int) -> bool:
    before = index - 1
    if not _beside(tokens, before) or tokens.shapes[before] not in (TITLE, UPPER):
        return False
    return any(key in reader.words.given_names for key, _ in reader.readings(tokens.surface(before)))


def _compound_follows(tokens: Tokens, reader: Reader, index: int) -> bool:
    """Whether the capitalised words from ``index`` on make one thing with the name before them, or name a place."""
    last = index
    while _beside(tokens, last) and tokens.shapes[last + 1] in (TITLE, UPPER) and last - index < 4:
        last += 1
    if _heads_a_compound(tokens, reader, last) or tokens.folded[last].endswith(("i", "u")):
        return True
    named = reader.phrase((tokens.surface(index),))
    return bool(cut(tokens.surface(last))[1]) or (named is not None and named.strength >= _FAMOUS)


def _heads_a_compound(tokens: Tokens, reader: Reader, index: int) -> bool:
    """Whether a capitalised word after a name is what the name belongs to: "Konya Valisi", "Bakı Bələdiyyəsi"."""
    word = tokens.folded[index]
    if starts(word, reader.words.offices) or starts(word, reader.words.sorts):
        return True
    return len(word) > 5 and word.endswith(("si", "su", "ligi", "lugu"))


def _in_body(tokens: Tokens, reader: Reader, first: int, last: int) -> bool:
    """Whether the name belongs to a university, a company, a club: "Bakı Dövlət Universiteti"."""
    if reader.language != "ru" and cut(tokens.surface(last))[1]:
        return False
    for k in range(last + 1, min(len(tokens), last + 5)):
        if tokens.gap(k - 1) not in (" ", "-") or tokens.sentence[k] != tokens.sentence[first]:
            return False
        capital = tokens.shapes[k] in (TITLE, UPPER)
        if starts(tokens.folded[k], reader.words.bodies):
            return capital or (reader.language == "ru" and tokens.shapes[first] == TITLE)
        if not capital and (
            reader.language != "ru" or not tokens.folded[k].endswith(("ии", "ыи", "ая", "ого"))
        ):
            return False
    return False


def _in_quotes(tokens: Tokens, first: int, last: int) -> bool:
    """Whether the name opens a short quotation: a club, a newspaper, a ship."""
    text, start = tokens.text, tokens.starts[first]
    if start == 0 or text[start - 1] not in _OPENING:
        return False
    end = tokens.ends[min(len(tokens) - 1, last + 2)]
    return any(mark in text[tokens.ends[last] : end + 1] for mark in _CLOSING)


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
