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
from dateline.findings.dates.lexicon import CLASSES
from dateline.findings.dates.tokens import CORE, Tokens, tokenise


@dataclass(slots=True)
class Expression:
    """Tokens ``first`` to ``last`` (excluded) of a sentence match the rule ``name``; ``codes`` are their classes."""

    name: str
    first: int
    last: int
    tokens: Tokens
    codes: str

    def all(self, *classes: str) -> list[object]:
        """The values of every token of these classes, in order."""
        wanted = [CLASSES[name] for name in classes]
        value = self.tokens.value
        return [value(at) for at, code in enumerate(self.codes, self.first) if code in wanted]

    def get(self, *classes: str) -> object | None:
        """The value of the first token of these classes, or None."""
        places = [at for name in classes if (at := self.codes.find(CLASSES[name])) >= 0]
        return self.tokens.value(self.first + min(places)) if places else None

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
        return self.tokens.start(self.first)

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.tokens.end(self.last - 1)

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


_CORE = re.escape(CORE)
_NOT_FIRST = CLASSES["other"] + CLASSES["dot"] + CLASSES["comma"] + CLASSES["close"] + CLASSES["open"] + ";>2"
_GRAMMAR = re.compile(
    rf"(?=[{_CORE}]|[^{re.escape(_NOT_FIRST)}].{{0,4}}[{_CORE}]|(?<=d&)d)(?:"
    + "|".join(f"(?P<{name}>{_compile(pattern)})" for name, pattern in _RULES)
    + ")"
)
# No rule steps over a word of no class, so a sentence is matched in stretches between such words; the same few
# stretches ("on Monday", "in the") come back all the time, and what they hold is remembered.
_STRETCH = re.compile(rf"[^x]*[{_CORE}][^x]*x?")
_REMEMBERED, _LONGEST = 50_000, 40
_Matches = tuple[tuple[int, int, str], ...]


class _Stretches(dict[str, _Matches]):
    """What the grammar finds in a stretch: first and last token, rule."""

    def __missing__(self, codes: str) -> _Matches:
        found = tuple((m.start(), m.end(), m.lastgroup or "") for m in _GRAMMAR.finditer(codes))
        if len(codes) <= _LONGEST:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[codes] = found
        return found


_STRETCHES = _Stretches()


def expressions(text: str, start: int, end: int, language: str) -> Iterator[Expression]:
    """The time expressions of the sentence ``text[start:end]``, in order, not overlapping."""
    tokens = tokenise(text, start, end, language if language in LANGUAGES else "en")
    if tokens is None:
        return
    for stretch in _STRETCH.finditer(tokens.codes):
        at, codes = stretch.start(), stretch[0]
        for first, last, name in _STRETCHES[codes]:
            yield Expression(name, at + first, at + last, tokens, codes[first:last])
