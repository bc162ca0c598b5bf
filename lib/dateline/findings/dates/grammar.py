"""Time expressions as a grammar over word classes: which stretches of a sentence name a time, and by which rule.

A sentence becomes a string with one character a token (``Officials said on Monday (15 December)`` is
``xx4W(dM)``) and every rule is a regular expression over such strings, written with class names in angle
brackets and parts in braces. So a rule reads as it is spoken, and the work is one pass over short strings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dateline.findings.dates.lexicon import AMBIGUOUS_MONTHS, CLASSES, LANGUAGES, TOKEN, Language

_OTHER = CLASSES["other"]


@dataclass(frozen=True, slots=True)
class Tokens:
    """A sentence cut up: where each token lies in the text, its word, class (one character each) and value."""

    starts: list[int]
    ends: list[int]
    words: list[str]
    codes: str
    values: list[object]


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
        values = self.tokens.values[self.first : self.last]
        return [value for code, value in zip(self.codes, values, strict=True) if code in wanted]

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
        return any(CLASSES[name] in self.codes for name in classes)

    @property
    def start(self) -> int:
        """Where the expression begins in the text."""
        return self.tokens.starts[self.first]

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.tokens.ends[self.last - 1]

    def word(self, offset: int) -> str:
        """The word ``offset`` tokens before (negative) the expression or after it (1 is the next); "" outside."""
        at = self.first + offset if offset < 0 else self.last + offset - 1
        return self.tokens.words[at] if 0 <= at < len(self.tokens.words) else ""


_PARTS = {
    "D": "(?:<num>|<ord>)",
    "MON": "(?:<month>|<abbr><dot>?)",
    "WD": "(?:<weekday>)",
    "REL": "(?:<last>|<this>|<next>)",
    "YR": "(?:<comma>?<year>|<of><year>|(?:<of>?{REL}|<that>)<yearunit>)",
    "DM": "(?:<the>?{D}<of>?{MON}|{MON}<the>?{D})",
    "NUM": "(?:<num>|<count>|<word>|<teen>|<tens>(?:<dash>?<word>)?|<a>?<few><of>?|<a>)",
    "LONG": "(?:<yearunit>|<monthunit>|<week>|<decadeunit>|<centuryunit>)",
    "UNIT": "(?:<day>|<quarter>|{LONG})",
    "DAYWORD": "(?:<today>|<yesterday>|<tomorrow>)",
    "PHASE": "(?:<phase><dash>?|<earlier>|<later>)",
    "SPELL": "(?:<the>?(?:<phase><dash>?|<edge><of>)<the>?)",
    "TIME": "(?:<about>?(?:(?:<clock>|<num>)<ampm>|<noon>|<clock>)(?:<open>?<zone><close>?)?)",
    "SPOKEN": "(?:<teen>(?:<tens>(?:<dash>?<word>)?|<teen>))",
    "QUARTER": "(?:<fiscal>?<dash>?<ord><dash>?<quarter>)",
}  # fmt: skip

# In order of preference where several begin at the same token.
_RULES: tuple[tuple[str, str], ...] = (
    ("iso", "<iso>"),
    ("numeric", "<numeric>"),
    ("clock_day", "{TIME}<comma>?<on>?(?:{WD}<comma>?(?:{DM}{YR}?)?|{DM}{YR}?|{DAYWORD})"),
    ("clock", "<about>?(?:(?:<clock>|<num>)<ampm>(?:<zone>)?|<clock><zone>|<noon>)"),
    ("weekday_date", "(?:<this><next>?|<next>|<last>)?{WD}<part>?"
                     "(?:<comma>?{DM}{YR}?|<comma>?<open>{DM}{YR}?<close>|<comma>?<the><ord>(?=<comma>|<dot>))"),
    ("range", "{MON}<num>(?:<dash>|<to>)<num>{YR}?(?!<month>|<abbr>)|<num>(?:<dash>|<to>)<num><of>?{MON}{YR}?"
              "|(?<=<between>)(?:<num><and><num><of>?{MON}|{MON}<num><and><num>(?!<month>|<abbr>)){YR}?"),
    ("full_date", "{DM}{YR}"),
    ("day_month", "{DM}<part>?(?:<and><num>(?!<other>|<month>|<abbr>|<dot><num>))?"),
    ("fiscal", "<the>?{REL}?<fiscal>(?:<yearunit>?<year>|<yearunit>)|<the>?<latest><fiscal><yearunit>"),
    ("quarter_year", "<the>?{QUARTER}(?:<of>?{YR})|<the>?<year>{QUARTER}|{REL}<yearunit><poss>(?:{QUARTER}|<quarter>)"),
    ("quarter_ago", "<the>?<yearunit><dash>?(?:<ago>|<earlier>)(?:{QUARTER}|<quarter>|<period>)"),
    ("quarter", "<the>?{QUARTER}"),
    ("this_quarter", "<the>?(?:<latest>|{REL})<quarter>|<the><quarter>|<the><latest><period>"),
    ("half_year", "<the>?(?:<ord>|<last>|<next>)<dash>?<half><of>?(?:{YR}|<year>)"),
    ("month_year", "{SPELL}?{MON}{YR}"),
    ("month", "{SPELL}?{REL}?{MON}"),
    ("season", "{SPELL}?<the>?<season><of>?(?:{YR}|<year>|{SPOKEN})|{PHASE}?{REL}<season>"
               "|(?<=<in>)<the>?<season>(?=[<comma><dot><close>]|$)"),
    ("ago", "<about>?(?:{NUM})(?:{UNIT}|<hour>)(?:<and><a><half>)?<ago>"),
    ("year_ago", "<yearunit><dash>(?:<ago>|<earlier>)"),
    ("offset", "<about>?{NUM}{UNIT}(?:<earlier>|<later>)(?!<this>|<last>)|<the>(?:<day>|{LONG})<before>(?!<the>|<a>|<other>|{REL})"),
    ("same", "(?:<the><same>|<that>)(?:<day>|{LONG})"),
    ("decade", "(?:<the><last><half><of>|{SPELL})?<the>?(?:<decade>|<decadeword>)"),
    ("century", "<the>?<phase>?<dash>?{D}<dash>?<centuryunit>"),
    ("recent_ref", "<recent>{UNIT}"),
    ("weekend", "{PHASE}?(?:<the>|{REL})<weekend>"),
    ("relative", "{PHASE}?<in>?<the>?(?:{REL}<next>?|<last>)(?:<day>|{LONG}|<part>)"),
    ("phase_unit", "{PHASE}<in>?<the>(?:<day>|{LONG})|(?:<the>)?<edge><of><the>{LONG}"),
    ("year_end", "<about>?<yearunit><dash>?<edge>"),
    ("dayword", "{PHASE}?{DAYWORD}(?:<part>|<poss>(?=$))?"),
    ("tonight", "{PHASE}?<tonight>|<overnight>"),
    ("weekday", "(?:{PHASE}<on>?)?(?:<this><next>?|<next>|<last>)?{WD}(?:<dash>?<part>)?"),
    ("holiday", "{REL}?<holiday>(?:<day>|<eve>|<week>|<weekday>)?{YR}?"),
    ("future_ref", "<the><near>?<future>(?!<of>)|(?<=<in>)<future>(?=[<comma><dot>])|<next>(?:<monthunit>|<week>|<yearunit>)"),
    ("past_ref", "(?<=<in>)<the><last>(?=[<comma><dot>]|$)"),
    ("year", "(?:{SPELL}|<phase><dash>?|<the><yearunit>)?<year>"),
    ("word_year", "{SPELL}?{SPOKEN}|<the><yearunit><word><thousand>(?:<and>?(?:<word>|<teen>))?"),
    ("now", "<right>?<now>"),
    ("recently", "<recently>"),
)  # fmt: skip


def _compile(pattern: str) -> str:
    """A rule written with class names and parts as a regular expression over class characters."""
    while "{" in pattern:
        pattern = re.sub(r"\{([A-Z]+)\}", lambda part: _PARTS[part[1]], pattern)
    return re.sub(r"<([a-z]+)>", lambda name: re.escape(CLASSES[name[1]]), pattern)


# Classes without which nothing is a time, and those that may stand up to four tokens before one.
_CORE = "".join(
    CLASSES[name]
    for name in CLASSES
    if name in {
        "weekday", "month", "abbr", "year", "day", "week", "weekend", "monthunit", "quarter", "yearunit", "decadeunit",
        "centuryunit", "hour", "half", "period", "season", "part", "noon", "ago", "today", "yesterday", "tomorrow",
        "tonight", "overnight", "now", "recently", "future", "past", "clock", "ampm", "iso", "numeric", "decade",
        "decadeword", "teen", "holiday", "thousand",
    }
)  # fmt: skip
_NOT_FIRST = CLASSES["other"] + CLASSES["dot"] + CLASSES["comma"] + CLASSES["close"] + CLASSES["open"] + ";>2"
_GRAMMAR = re.compile(
    rf"(?=[{re.escape(_CORE)}]|[^{re.escape(_NOT_FIRST)}].{{0,4}}[{re.escape(_CORE)}])(?:"
    + "|".join(f"(?P<{name}>{_compile(pattern)})" for name, pattern in _RULES)
    + ")"
)
_HAS_CORE = re.compile(f"[{re.escape(_CORE)}]")
_MONTH_COMPANY = frozenset("in since until till by between from of last this next early late mid during before after"
                           " and to through past coming".split())  # noqa: SIM905 - a list of words reads better so  # fmt: skip
_DETERMINERS = frozenset({"a", "the", "its", "his", "her", "their", "'s", "’s", "our"})
_FUNCTION_WORDS = frozenset({"on", "for", "of", "to", "and", "against", "by", "in", "at", "from", "through", "is", "was", "has"})  # fmt: skip


def tokenise(text: str, start: int, end: int, language: Language) -> Tokens | None:
    """The tokens of a sentence, or None where no word in it belongs to a time expression."""
    proper, lower = language
    matches = list(TOKEN.finditer(text, start, end))
    words = [match.group() for match in matches]
    entries = [proper.get(word) or lower.get(word.lower()) or _number(word) for word in words]
    codes = "".join([entry[0] for entry in entries])
    if not _HAS_CORE.search(codes):
        return None
    return Tokens(
        [match.start() for match in matches],
        [match.end() for match in matches],
        words,
        _settle_months(words, codes) if CLASSES["month"] in codes else codes,
        [entry[1] for entry in entries],
    )


def _number(word: str) -> tuple[str, object]:
    """The class and value of a token no table lists: a number of some shape, a mark, or another word."""
    if word.isalpha():
        return _OTHER, None
    if word.isascii() and word.isdigit():
        return _whole_number(word)
    return _shaped(word)


def _whole_number(word: str) -> tuple[str, object]:
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
    ("iso", re.compile(r"\d{4}-\d\d-\d\d(?:T.*)?$", re.ASCII)),
    ("numeric", re.compile(r"\d{1,2}([./-])\d{1,2}\1\d{2,4}$", re.ASCII)),
    ("clock", re.compile(r"\d{1,2}:\d\d(?::\d\d)?$", re.ASCII)),
    ("ord", re.compile(r"\d{1,2}(?:st|nd|rd|th)$", re.ASCII)),
    ("decade", re.compile(r"(?:\d0|\d\d\d0)['’]?s$|['’‘`]\d0s$", re.ASCII)),
    ("ampm", re.compile(r"[apAP]\.? ?[mM]\.?$")),
    ("poss", re.compile(r"['’]s$")),
    ("holiday", re.compile(r"[A-Z]\w+ ?.* ?(?:Day|Eve)$|New Year['’]s$")),
)


def _shaped(word: str) -> tuple[str, object]:
    """The class of a token by its shape; the value is the token, for ordinals their number."""
    for name, shape in _SHAPES:
        if shape.match(word):
            return CLASSES[name], int(word[:-2]) if name == "ord" else word
    return (_OTHER, None) if word[0].isalnum() else (CLASSES["mark"], None)


def _settle_months(words: list[str], codes: str) -> str:
    """Class strings with "May", "March" and the like left as months only where their neighbours speak for it."""
    settled = list(codes)
    for at, word in enumerate(words):
        if settled[at] == CLASSES["month"] and word.lower() in AMBIGUOUS_MONTHS:
            before = words[at - 1].lower() if at else ""
            after = words[at + 1] if at + 1 < len(words) else ""
            near = codes[max(at - 1, 0) : at] + codes[at + 1 : at + 2]
            dated = any(CLASSES[name] in near for name in ("num", "ord", "year"))
            dated = dated or re.match(_compile("{REL}<yearunit>|<comma><year>"), codes[at + 1 : at + 3])
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
    tokens = tokenise(text, start, end, LANGUAGES.get(language, LANGUAGES["en"]))
    if tokens is None:
        return
    for match in _GRAMMAR.finditer(tokens.codes):
        yield Expression(match.lastgroup or "", match.start(), match.end(), tokens)
