"""What looks like a place in the three inflected languages and is none: persons, bodies, streets, everyday words."""

from __future__ import annotations

import re

from dateline.findings.places.inflected_words import STREETS, starts
from dateline.findings.places.readings import Match, Reader, cut
from dateline.findings.places.recognise import LOWER, TITLE, UPPER, Tokens

# So well known that only a body's or a person's name around it speaks against it, in orders of magnitude of heads.
FAMOUS = 6.5
_OPENING, _CLOSING = '«“„"', '»”“"'
_SURNAMES = re.compile(r"(?:[ое]в|ин)(?:а|у|ы|е|ои|ым|ых)?$")


def names_a_street(tokens: Tokens, index: int) -> bool:
    """ "Киевского шоссе" lies wherever the street does."""
    for k in range(index + 1, min(len(tokens), index + 3)):
        if not beside(tokens, k - 1):
            return False
        if tokens.folded[k].startswith(STREETS):
            return True
    return False


def is_acronym(tokens: Tokens, reader: Reader, index: int, shouted: bool) -> bool:
    """Whether a word is in capitals among others that are not, and is no known name in capitals: "МИД"."""
    if tokens.shapes[index] != UPPER or shouted or tokens.first[index]:
        return False
    return tokens.ends[index] - tokens.starts[index] <= 4 and not reader.called(tokens.folded[index])


def is_adjective(tokens: Tokens, reader: Reader, index: int) -> bool:
    """Whether a sentence begins with an adjective that has its noun after it: "Мирный договор"."""
    if reader.language != "ru" or not tokens.first[index] or not beside(tokens, index):
        return False
    ends = ("ыи", "ии", "ои", "ая", "ое", "ее", "ые", "ие")
    return tokens.folded[index].endswith(ends) and tokens.shapes[index + 1] == LOWER


def may_be_surname(word: str) -> bool:
    """Whether a folded Russian word ends as surnames do: "Сорокина"."""
    return _SURNAMES.search(word) is not None


def is_common(tokens: Tokens, reader: Reader, index: int, match: Match) -> bool:
    """Whether the word is also an everyday one: "ordu", "мир"."""
    words = reader.words.common | reader.words.given_names
    return match.key in words or any(key in words for key, _ in reader.readings(tokens.surface(index))[:1])


def is_person(tokens: Tokens, reader: Reader, index: int, match: Match) -> bool:
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
        if after_given_name(tokens, reader, index):
            return True
        little = match.strength < FAMOUS and match.case == "nom"
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


def after_given_name(tokens: Tokens, reader: Reader, index: int) -> bool:
    """Whether the word before is a given name, in any case."""
    before = index - 1
    if not beside(tokens, before) or tokens.shapes[before] not in (TITLE, UPPER):
        return False
    return any(key in reader.words.given_names for key, _ in reader.readings(tokens.surface(before)))


def _compound_follows(tokens: Tokens, reader: Reader, index: int) -> bool:
    """Whether the capitalised words from ``index`` on make one thing with the name before them, or name a place."""
    last = index
    while beside(tokens, last) and tokens.shapes[last + 1] in (TITLE, UPPER) and last - index < 4:
        last += 1
    if _heads_a_compound(tokens, reader, last) or tokens.folded[last].endswith(("i", "u")):
        return True
    named = reader.phrase((tokens.surface(index),))
    return bool(cut(tokens.surface(last))[1]) or (named is not None and named.strength >= FAMOUS)


def _heads_a_compound(tokens: Tokens, reader: Reader, index: int) -> bool:
    """Whether a capitalised word after a name is what the name belongs to: "Konya Valisi", "Bakı Bələdiyyəsi"."""
    word = tokens.folded[index]
    if starts(word, reader.words.offices) or starts(word, reader.words.sorts):
        return True
    return len(word) > 5 and word.endswith(("si", "su", "ligi", "lugu"))


def in_body(tokens: Tokens, reader: Reader, first: int, last: int) -> bool:
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


def in_quotes(tokens: Tokens, first: int, last: int) -> bool:
    """Whether the name opens a short quotation: a club, a newspaper, a ship."""
    text, start = tokens.text, tokens.starts[first]
    if start == 0 or text[start - 1] not in _OPENING:
        return False
    end = tokens.ends[min(len(tokens) - 1, last + 2)]
    return any(mark in text[tokens.ends[last] : end + 1] for mark in _CLOSING)


def beside(tokens: Tokens, before: int) -> bool:
    """Whether token ``before`` and the next are parted by a space only, in one sentence."""
    return (
        0 <= before < len(tokens) - 1
        and tokens.gap(before) in (" ", "\u00a0", "\n")
        and tokens.sentence[before] == tokens.sentence[before + 1]
    )
