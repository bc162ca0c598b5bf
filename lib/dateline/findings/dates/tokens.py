"""A sentence cut into tokens, each with the class the grammar knows it by and a value.

Words of two senses ("May", Russian "среда") are settled here by their neighbours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import accumulate

from dateline.findings.dates.abroad import LANGUAGES
from dateline.findings.dates.lexicon import (
    AMBIGUOUS_MONTHS,
    CLASSES,
    TOKEN,
    TOKEN_ABROAD,
    TOKEN_ASCII,
    Entry,
    Language,
    words_of,
)
from dateline.findings.triggers import Triggers
from dateline.findings.wordtree import cases

_OTHER = CLASSES["other"]
# Classes without which nothing is a time; others may stand up to four tokens before one of them.
_CORE_NAMES = words_of(
    "weekday maybeday month abbr year yearmark years weekends seasonal night ereyesterday overmorrow "
    "last day week weekend monthunit quarter yearunit decadeunit centuryunit hour half "
    "period season part noon ago today yesterday tomorrow tonight overnight now recently future clock ampm iso "
    "numeric short zone decade decadeword teen holiday feast thousand"
)
CORE = "".join(code for name, code in CLASSES.items() if name in _CORE_NAMES)


def _core(words: dict[str, Entry]) -> list[str]:
    """Those of the words that belong to a class no expression is without."""
    return [word for word, entry in words.items() if entry[0] in CORE and word.isalpha()]


_QUARTERS = words_of("Q1 Q2 Q3 Q4 H1 H2")
_WORDS = {form for word in {"day", "eve", *_core(LANGUAGES["en"].words)} for form in cases(word)} | {
    *_core(LANGUAGES["en"].proper),
    *_QUARTERS,
}
_TIME_NUMBER = re.compile(
    r"\d(?<!\d\d)(?<![.,]\d)(?:(?<=[12])\d{3}(?!\d)|\d?(?:[./-]\d{1,2}[./-]\d|:\d\d| ?[apAP]\.? ?[mM]\b)"
    r"|\d{0,2}0['’]?s\b)"
)
# A word or a number that no English time expression is without: a quick look, and most sentences go no further.
TIMES = Triggers(_WORDS, _TIME_NUMBER)
_HAS_CORE = re.compile(f"[{re.escape(CORE)}]")
_MONTH_COMPANY = words_of(
    "in since until till by between from of last this next early late mid during before after and to "
    "through past coming"
)
_DETERMINERS = words_of("a the its his her their 's ’s our")
_FUNCTION_WORDS = words_of("on for of to and against by in at from through is was has")


@dataclass(slots=True)
class Tokens:
    """A sentence cut up: its tokens, and ``codes`` with the class of each, one character a token.

    ``pieces`` are the tokens with the white space before each. Where they end and what they are worth is worked out
    when asked for: most are never asked.
    """

    offset: int
    pieces: list[str]
    words: list[str]
    codes: str
    language: str
    _ends: list[int] = field(default_factory=list)
    _low: list[str] = field(default_factory=list)

    @property
    def low(self) -> list[str]:
        """The words in small letters."""
        if not self._low:
            self._low.extend(map(str.lower, self.words))
        return self._low

    def start(self, at: int) -> int:
        """Where a token starts in the text; only white space lies between tokens."""
        return self.end(at) - len(self.words[at])

    def end(self, at: int) -> int:
        """Where it ends."""
        if not self._ends:
            self._ends.extend(accumulate(map(len, self.pieces)))
        return self.offset + self._ends[at]

    def value(self, at: int) -> object:
        """What a token is worth: the number of a month, a weekday, a count."""
        return _ENTRIES[self.language][self.words[at]][1]


_REL = "".join(re.escape(CLASSES[name]) for name in ("last", "this", "next"))
_YEAR_FOLLOWS = re.compile(f"[{_REL}]{CLASSES['yearunit']}|{CLASSES['comma']}{CLASSES['year']}")


class _Entries(dict[str, Entry]):
    """The class and value of every word of a language, worked out on first sight and kept for a while."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self.language = language

    def __missing__(self, word: str) -> Entry:
        proper, lower = self.language
        low = word.lower().replace("i\u0307", "i")  # a capital dotted İ leaves its dot behind
        entry = proper.get(word) or lower.get(low) or _unlisted(word)
        if len(self) >= _REMEMBERED:
            self.clear()
        self[word] = entry
        return entry


_REMEMBERED = 50_000
_ENTRIES = {code: _Entries(language) for code, language in LANGUAGES.items()}


class _Codes(dict[str, str]):
    """The class of every word of a language, kept apart from its value: all that most words are asked for."""

    def __init__(self, entries: _Entries) -> None:
        super().__init__()
        self.entries = entries

    def __missing__(self, word: str) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        code = self[word] = self.entries[word][0]
        return code


_CODES = {code: _Codes(entries) for code, entries in _ENTRIES.items()}


def tokenise(text: str, start: int, end: int, language: str) -> Tokens | None:
    """The tokens of a sentence, or None where no word in it belongs to a time expression."""
    sentence = text[start:end].rstrip()
    token = TOKEN_ABROAD if language != "en" else TOKEN_ASCII if sentence.isascii() else TOKEN
    pieces = token.findall(sentence)
    words = list(map(str.strip, pieces))
    codes = "".join(map(_CODES[language].__getitem__, words))
    if not _HAS_CORE.search(codes):
        return None
    return Tokens(start, pieces, words, _settled(words, codes, language), language)


_LONE_YEARMARK = re.compile(f"(?<!{CLASSES['year']}){re.escape(CLASSES['yearmark'])}")
_BEFORE_WEDNESDAY = words_of("в во на к ко до с со по от эту прошлую минувшую следующую ближайшую каждую")


def _settled(words: list[str], codes: str, language: str) -> str:
    """The classes with words of two senses settled: "May", a year that is a unit, Russian "environment"."""
    if language == "en":
        return _settle_months(words, codes) if CLASSES["month"] in codes else codes
    codes = _LONE_YEARMARK.sub(CLASSES["yearunit"], codes)
    if language == "tr":
        return _SMALL_MONTH.sub(lambda month: _small_month(words, month), codes)
    return _settle_russian(words, codes) if language == "ru" else codes


_SMALL_MONTH = re.compile(CLASSES["month"])


def _small_month(words: list[str], month: re.Match[str]) -> str:
    """A Turkish month written small counts beside a number or the word for month: "5 mayıs", "mayıs ayında"."""
    at, codes = month.start(), month.string
    near = codes[max(at - 1, 0) : at] + codes[at + 1 : at + 2]
    dated = any(CLASSES[name] in near for name in ("num", "year", "monthunit"))
    return month[0] if dated or words[at][0].isupper() else _OTHER


def _settle_russian(words: list[str], codes: str) -> str:
    """ "Среда" is Wednesday only behind a preposition or before a date, "Марта" before a name is one."""
    settled = list(codes)
    for at, word in enumerate(words):
        before, after = words[at - 1].lower() if at else "", words[at + 1] if at + 1 < len(words) else ""
        if codes[at] == CLASSES["weekday"] and word[:4].lower() == "сред":
            if before not in _BEFORE_WEDNESDAY and after != ",":
                settled[at] = _OTHER
        elif codes[at] == CLASSES["month"] and word[0].isupper() and after[:1].isupper():
            settled[at] = _OTHER
    return "".join(settled)


def _unlisted(word: str) -> Entry:
    """The class and value of a token no table lists: a number of some shape, a mark, or another word."""
    if word.isalpha() and not word.isupper():
        return _OTHER, None
    if word.isascii() and word.isdigit():
        return _whole_number(word)
    return _shaped(word)


def _whole_number(word: str) -> Entry:
    """Digits alone: a day of the month, a year, or a count."""
    if len(word) > 9:
        return _OTHER, None
    number = int(word)
    if len(word) <= 2 and 1 <= number <= 31:
        return CLASSES["num"], number
    if len(word) == 4 and 1000 <= number <= 2100:
        return CLASSES["year"], number
    return CLASSES["count"], number


_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("iso", re.compile(r"\d{4}([-/.])\d\d\1\d\d(?:T.*)?$", re.ASCII)),
    ("numeric", re.compile(r"\d{1,2}([./-])\d{1,2}\1\d{2,4}$", re.ASCII)),
    ("short", re.compile(r"Q[1-4]$|H[12]$")),
    ("clock", re.compile(r"\d{1,2}:\d\d(?::\d\d)?$", re.ASCII)),
    ("ord", re.compile(r"\d{1,2}(?:st|nd|rd|th)$", re.ASCII)),
    ("decade", re.compile(r"\d\d\d0-(?:х|е|ые|ых)$")),
    ("year", re.compile(r"\d{4}-(?:ci|cı|cu|cü|го|м|й|е)$")),
    ("roman", re.compile(r"(?=[IVX])X{0,2}(?:IX|IV|V?I{0,3})$")),
    ("decade", re.compile(r"(?:\d0|\d\d\d0)['’]?s$|['’‘`]\d0s$", re.ASCII)),
    ("ampm", re.compile(r"[apAP]\.? ?[mM]\.?$")),
    ("poss", re.compile(r"['’]s$")),
    ("years", re.compile(r"['’]l(?:ar|er|ı|i|u|ü)\w*$")),  # "1990'larda"
    ("suffix", re.compile(r"['’-][^\W\d_]{1,6}$")),
)


def _shaped(word: str) -> Entry:
    """The class of a token by its shape; the value is the token, for ordinals their number."""
    for name, shape in _SHAPES:
        if shape.match(word):
            return CLASSES[name], _shape_value(name, word)
    return (_OTHER, None) if word[0].isalnum() else (CLASSES["mark"], None)


def _shape_value(name: str, word: str) -> object:
    """The number of an ordinal or of a year with a suffix; else the token itself."""
    if name == "roman":
        return _roman(word)
    return int(word[:-2]) if name == "ord" else int(word[:4]) if name == "year" else word


def _roman(word: str) -> int:
    """The number of a Roman numeral up to 28."""
    digits = [{"I": 1, "V": 5, "X": 10}[letter] for letter in word]
    pairs = zip(digits, [*digits[1:], 0], strict=True)
    return sum(-one if one < following else one for one, following in pairs)


def _settle_months(words: list[str], codes: str) -> str:
    """Class strings with "May", "March" and the like left as months only where their neighbours speak for it."""
    settled = list(codes)
    for at, word in enumerate(words):
        if settled[at] == CLASSES["month"] and word.lower() in AMBIGUOUS_MONTHS:
            before = words[at - 1].lower() if at else ""
            after = words[at + 1] if at + 1 < len(words) else ""
            near = codes[max(at - 1, 0) : at] + codes[at + 1 : at + 2]
            dated = any(CLASSES[name] in near for name in ("num", "ord", "year"))
            dated = dated or _YEAR_FOLLOWS.match(codes, at + 1) is not None
            if not (dated or _has_company(before, after)):
                settled[at] = _OTHER
    return "".join(settled)


def _has_company(before: str, after: str) -> bool:
    """Whether the words around an ambiguous month name make it a month."""
    if before in _MONTH_COMPANY:
        return after not in ("'s", "’s")
    return before in _DETERMINERS and after.islower() and after not in _FUNCTION_WORDS
