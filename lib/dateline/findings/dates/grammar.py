"""Time expressions as a grammar over word classes: which stretches of a sentence name a time, and by which rule.

A sentence becomes a string with one character a token (``Officials said on Monday (15 December)`` is
``xx4W(dM)``) and every rule is a regular expression over such strings, written with class names in angle
brackets and parts in braces. So a rule reads as it is spoken, and the work is one pass over short strings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dateline.findings.dates.abroad import LANGUAGES
from dateline.findings.dates.lexicon import (
    AMBIGUOUS_MONTHS,
    CLASSES,
    TOKEN,
    TOKEN_ABROAD,
    Entry,
    Language,
    words_of,
)

_OTHER = CLASSES["other"]


@dataclass(frozen=True, slots=True)
class Tokens:
    """A sentence cut up: where each token starts in the text, its word, class (one character each) and entry."""

    starts: list[int]
    words: list[str]
    codes: str
    entries: list[Entry]


@dataclass(frozen=True, slots=True)
class Expression:
    """Tokens ``first`` to ``last`` (excluded) of a sentence match the rule ``name``."""

    name: str
    first: int
    last: int
    tokens: Tokens

    @property
    def codes(self) -> str:
        """The classes of its tokens."""
        return self.tokens.codes[self.first : self.last]

    def all(self, *classes: str) -> list[object]:
        """The values of every token of these classes, in order."""
        wanted = {CLASSES[name] for name in classes}
        entries = self.tokens.entries[self.first : self.last]
        return [entry[1] for code, entry in zip(self.codes, entries, strict=True) if code in wanted]

    def get(self, *classes: str) -> object | None:
        """The value of the first token of these classes, or None."""
        found = self.all(*classes)
        return found[0] if found else None

    def number(self, *classes: str) -> int | None:
        """The same for classes whose values are numbers."""
        value = self.get(*classes)
        return value if isinstance(value, int) else None

    def has(self, *classes: str) -> bool:
        """Whether a token of one of these classes is part of the expression."""
        codes = self.codes
        for name in classes:  # noqa: SIM110 - a loop is half the price of a generator here, and it is asked often
            if CLASSES[name] in codes:
                return True
        return False

    @property
    def start(self) -> int:
        """Where the expression begins in the text."""
        return self.tokens.starts[self.first]

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.tokens.starts[self.last - 1] + len(self.tokens.words[self.last - 1])

    def written(self, *classes: str) -> str:
        """The first token of these classes as it stands in the text; "" if there is none."""
        wanted = {CLASSES[name] for name in classes}
        words = self.tokens.words[self.first : self.last]
        return next((word for code, word in zip(self.codes, words, strict=True) if code in wanted), "")

    def word(self, offset: int) -> str:
        """The word ``offset`` tokens before (negative) the expression or after it (1 is the next); "" outside."""
        at = self.first + offset if offset < 0 else self.last + offset - 1
        return self.tokens.words[at] if 0 <= at < len(self.tokens.words) else ""


_PARTS = {
    "D": "(?:<num>|<ord>)",
    "MON": "(?:<month><monthunit>?|<abbr><dot>?)",
    "WD": "(?:<weekday>)",
    "REL": "(?:<last>|<this>|<next>)",
    "YR": "(?:<comma>?<year><yearmark>?|<of><year>|(?:<of>?{REL}|<that>)<yearunit>)",
    "DM": "(?:(?:<the>?<ord>|<num><suffix>?)<of>?{MON}|{MON}<the>?{D})",
    "NUM": "(?:<num>|<count>|<word>|<teen>|<tens>(?:<dash>?<word>)?|<a>?<few><of>?|<a>)",
    "LONG": "(?:<yearunit>|<monthunit>|<week>|<decadeunit>|<centuryunit>)",
    "UNIT": "(?:<day>|<quarter>|{LONG})",
    "DAYWORD": "(?:<today>|<yesterday>|<tomorrow>|<ereyesterday>|<overmorrow>)",
    "PHASE": "(?:<phase><dash>?|<earlier>|<later>)",
    "SPELL": "(?:<the>?(?:<phase><dash>?|<edge><of>)<the>?)",
    "TIME": "(?:<about>?(?:(?:<clock>|<num>)<ampm>|<noon>|<clock>)(?:<open>?<zone><close>?)?)",
    "SPOKEN": "(?:<teen>(?:<tens>(?:<dash>?<word>)?|<teen>))",
    "PART": "(?:<part>|<night>)",
    "QUARTER": "(?:<fiscal>?<dash>?<ord><dash>?<quarter>)",
    "SOLID": "(?:<ord><dash><quarter>)",
}  # fmt: skip

# In order of preference where several begin at the same token.
_RULES: tuple[tuple[str, str], ...] = (
    ("iso", "<iso>"),
    ("numeric", "<numeric>"),
    ("clock_day", "{TIME}<comma>?<on>?(?:{WD}(?:<comma>?{DM}{YR}?)?|{DM}{YR}?|{DAYWORD})"),
    ("clock", "<about>?(?:(?:<clock>|<num>)<ampm>(?:<zone>)?|<clock><zone>|<noon>)|<about>?(?:<year>|<count>)<zone>"),
    ("weekday_date", "{DM}{YR}?<suffix>?<comma>?<weekday>|(?:<this><next>?|<next>|<last>)?{WD}<part>?"
                     "(?:<comma>?{DM}{YR}?|<comma>?<open>{DM}{YR}?<close>|<comma>?<the><ord>(?=<comma>|<dot>))"),
    ("range", "{MON}<num><suffix><num>(?=<suffix>)|<num><and><num><of>?{MON}(?=<between>)"
              "|{MON}<num>(?:<dash>|<to>)<num>{YR}?(?!<month>|<abbr>)|<num>(?:<dash>|<to>)<num><of>?{MON}{YR}?"
              "|(?<=<between>)(?:<num><and><num><of>?{MON}|{MON}<num><and><num>(?!<month>|<abbr>)){YR}?"),
    ("full_date", "{DM}{YR}|<year><yearmark>{DM}|{REL}<yearunit>{DM}"),
    ("day_month", "{REL}?{DM}<suffix>?{PART}|{PART}{DM}{YR}?|{REL}?{DM}"),
    ("and_day", "(?<=[<month><abbr>]<num><and>)<num>(?=[<comma><dot><close>]|$)"
                "|(?<=<abbr><dot><num><and>)<num>(?=[<comma><dot><close>]|$)"
                "|<num>(?=<and><num>(?:<month>|<abbr>))"),
    ("the_year", "<the>(?:<full>)?<yearunit>(?!<year>|<dash>|<num>|<ord>|<count>|<word>|<before>|<poss>|<after>|<to>)"),
    ("fiscal", "<the>?{REL}?<fiscal>(?:<yearunit>?<year>|<yearunit>)|<the>?<latest><fiscal><yearunit>"),
    ("quarter_year", "<the>?{QUARTER}(?:<of>?{YR}|<of>?<fiscal><yearunit>?<year>)|<the>?<year>{QUARTER}"
                     "|<year>(?:<yearmark>|<suffix>){QUARTER}"
                     "|<the><year><period>|{REL}<yearunit><poss>(?:{QUARTER}|<quarter>)"),
    ("quarter_ago", "<the>?<yearunit><dash>?(?:<ago>|<earlier>)(?:{QUARTER}|<quarter>|<period>)"),
    ("quarter", "{SOLID}|<the>?(?!{SOLID}){QUARTER}"),
    ("this_quarter", "<the>?(?:<latest>|{REL})<quarter>|<the><quarter>(?!<dash>)|<the><latest><period>"),
    ("short", "<short>(?:<of>?<year>)?"),
    ("half_year", "<the>?(?:<ord>|<last>|<next>)<dash>?<half><of>?(?:{YR}|<year>)"),
    ("month_year", "{REL}<yearunit>{MON}|{SPELL}?{MON}{YR}|<year><yearmark>{MON}"),
    ("month", "{SPELL}?{REL}?{MON}"),
    ("season", "{SPELL}?<the>?<season><of>?(?:{YR}|<year>|{SPOKEN})|{PHASE}?{REL}(?:<season>|<seasonal>)"
               "|<seasonal>(?:{YR})?|<year><yearmark>?<season>"
               "|(?<=<in>)<the>?<season>(?=[<comma><dot><close>]|$)"),
    ("day_beyond", "<the><day>(?:<before><yesterday>|<after><tomorrow>)"),
    ("back", "(?:{NUM})?(?:{UNIT}|<yearmark>)<back>"),
    ("ago", "<about>?(?:{NUM})(?:{UNIT}|<hour>)(?:<and><a><half>)?<ago>"),
    ("year_ago", "<yearunit><dash>(?:<ago>|<earlier>)"),
    ("offset", "<about>?{NUM}{UNIT}(?:<earlier>|<later>)(?!<this>|<last>)"
               "|<the>(?:<day>|{LONG})<before>(?!<the>|<a>|<other>|{REL})"),
    ("from_event", "(?:<the>|<a>|<num>|<word>|<teen>)(?:<day>|<week>)(?:<after>|<before>)"),
    ("same", "(?:<the><same>|<that>)(?:<day>|{LONG})"),
    ("decade", "(?:<the><last><half><of>|{SPELL})?<the>?(?:<decade>(?:<yearunit>|<yearmark>)?|<decadeword>)"
               "|<year><suffix>?<years>"),
    ("century", "<the>?<phase>?<dash>?{D}<dash>?<centuryunit>|<roman><centuryunit>|<num><dot><centuryunit>"),
    ("recent_ref", "<recent>{UNIT}"),
    ("weekend", "{PHASE}?(?:<the>|{REL})<weekend>|{REL}?<weekends>"),
    ("relative", "(?:{PHASE}<in>?)?<the>?(?:{REL}<next>?|<last>)(?:<day>|{LONG}|{PART})"),
    ("phase_unit", "{PHASE}<in>?<the>(?:<day>|{LONG})|(?:<the>)?<edge><of><the>{LONG}"),
    ("year_end", "<phase><yearunit>|<yearunit><yearend>|<about>?<yearunit><dash>?<edge>"),
    ("dayword", "{PHASE}?{DAYWORD}(?:{PART}|<poss>(?=$))?"),
    ("tonight", "{PHASE}?<tonight>|<overnight>|<night>"),
    ("weekday", "{PHASE}?(?:<this>(?:<next>|<last>)?|<next>|<last>)?{WD}(?:<dash>?{PART})?|{REL}<maybeday>"),
    ("holiday", "(?:{REL}?<holiday>(?:<day>|<eve>|<week>|<weekday>)?|<new><yearunit><poss>(?:<day>|<eve>)?"
                "|<feast><poss>?<day>){YR}?"),
    ("future_ref", "<the><near>?<future>(?!<of>)|(?<=<in>)<future>(?=[<comma><dot>])"
                   "|(?<=<poss>)<future>"),
    ("past_ref", "(?<=<in>)<the><last>(?!{NUM}|<ord>|<dash>?{UNIT}|<weekend>|<part>|<hour>|<season>|<half>)"),
    ("year", "(?:{SPELL}|<phase><dash>?|<the><yearunit>)?<year><yearmark>?"),
    ("word_year", "{SPELL}?{SPOKEN}|<the><yearunit><word><thousand>(?:<and>?(?:<word>|<teen>))?"),
    ("now", "<right>?<now>"),
    ("recently", "<recently>"),
)  # fmt: skip


def _compile(pattern: str) -> str:
    """A rule written with class names and parts as a regular expression over class characters."""
    while "{" in pattern:
        pattern = re.sub(r"\{([A-Z]+)\}", lambda part: _PARTS[part[1]], pattern)
    return re.sub(r"<([a-z]+)>", lambda name: re.escape(CLASSES[name[1]]), pattern)


# Classes without which nothing is a time; others may stand up to four tokens before one of them.
_CORE_NAMES = words_of(
    "weekday maybeday month abbr year yearmark years weekends seasonal night ereyesterday overmorrow "
    "last day week weekend monthunit quarter yearunit decadeunit centuryunit hour half "
    "period season part noon ago today yesterday tomorrow tonight overnight now recently future clock ampm iso "
    "numeric short zone decade decadeword teen holiday feast thousand"
)
_CORE = "".join(code for name, code in CLASSES.items() if name in _CORE_NAMES)
_NOT_FIRST = CLASSES["other"] + CLASSES["dot"] + CLASSES["comma"] + CLASSES["close"] + CLASSES["open"] + ";>2"
_GRAMMAR = re.compile(
    rf"(?=[{re.escape(_CORE)}]|[^{re.escape(_NOT_FIRST)}].{{0,4}}[{re.escape(_CORE)}]|(?<=d&)d)(?:"
    + "|".join(f"(?P<{name}>{_compile(pattern)})" for name, pattern in _RULES)
    + ")"
)
_YEAR_FOLLOWS = re.compile(_compile("{REL}<yearunit>|<comma><year>"))
_WORD = re.compile(r"[^\W\d_]+")
_TRIGGERS = frozenset(
    word.lower() for table in LANGUAGES["en"] for word, entry in table.items() if entry[0] in _CORE
) | {"day", "eve"}
_NUMERIC = re.compile(r"\d(?:\d{3}|[:./-]\d|['’]?s\b| ?[apAP]\.? ?[mM]\b)")
_HAS_CORE = re.compile(f"[{re.escape(_CORE)}]")
_MONTH_COMPANY = words_of(
    "in since until till by between from of last this next early late mid during before after and to "
    "through past coming"
)
_DETERMINERS = words_of("a the its his her their 's ’s our")
_FUNCTION_WORDS = words_of("on for of to and against by in at from through is was has")


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


_REMEMBERED = 20_000
_ENTRIES = {code: _Entries(language) for code, language in LANGUAGES.items()}


def tokenise(text: str, start: int, end: int, language: str) -> Tokens | None:
    """The tokens of a sentence, or None where no word in it belongs to a time expression."""
    sentence = text[start:end]
    if language == "en" and not _promising(sentence):
        return None
    words = (TOKEN if language == "en" else TOKEN_ABROAD).findall(sentence)
    known = _ENTRIES[language]
    entries = [known[word] for word in words]
    codes = "".join([entry[0] for entry in entries])
    if not _HAS_CORE.search(codes):
        return None
    codes = _settled(words, codes, language)
    return Tokens(_starts(sentence, start, words), words, codes, entries)


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


def _starts(sentence: str, offset: int, words: list[str]) -> list[int]:
    """Where each token starts in the text; only white space lies between tokens, so the next find is the token."""
    starts, at = [], 0
    for word in words:
        at = sentence.index(word, at)
        starts.append(offset + at)
        at += len(word)
    return starts


def _promising(sentence: str) -> bool:
    """Whether an English sentence has a word or a number that no time expression is without: a quick look first."""
    return not _TRIGGERS.isdisjoint(_WORD.findall(sentence.lower())) or _NUMERIC.search(sentence) is not None


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


def expressions(text: str, start: int, end: int, language: str) -> Iterator[Expression]:
    """The time expressions of the sentence ``text[start:end]``, in order, not overlapping."""
    tokens = tokenise(text, start, end, language if language in LANGUAGES else "en")
    if tokens is None:
        return
    for match in _GRAMMAR.finditer(tokens.codes):
        yield Expression(match.lastgroup or "", match.start(), match.end(), tokens)
