"""The words time expressions are made of, each with its class and its value.

A class is one character, so that the grammar can be written as regular expressions over a sentence's classes
instead of its letters. A word of no class is ``x``. English is here, the other languages are in ``abroad``.
"""

from __future__ import annotations

import re
from typing import NamedTuple

# Class names as the grammar writes them in angle brackets, and the character each stands for.
CLASSES: dict[str, str] = {
    "other": "x", "weekday": "W", "month": "M", "abbr": "B", "num": "d", "count": "N", "year": "Y", "ord": "o",
    "word": "n", "a": "a", "few": "c", "day": "D", "week": "V", "weekend": "E", "monthunit": "m", "quarter": "q",
    "yearunit": "y", "decadeunit": "k", "centuryunit": "C", "hour": "h", "half": "H", "period": "P", "season": "S",
    "part": "p", "noon": "z", "last": "l", "this": "t", "next": "f", "latest": "j", "that": "T", "same": "s",
    "ago": "g", "earlier": "e", "later": "L", "before": "b", "after": "A", "phase": "r", "edge": "R", "the": "1",
    "of": "2", "in": "3", "on": "4", "at": "5", "since": "6", "until": "7", "between": "8", "about": "9", "and": "&",
    "to": ">", "today": "v", "yesterday": "w", "tomorrow": "u", "tonight": "i", "overnight": "O", "now": "G",
    "recently": "J", "recent": "K", "future": "F", "near": "U", "fiscal": "X", "clock": "Z", "ampm": "!",
    "zone": "@", "iso": "I", "numeric": "#", "short": "$", "decade": "%", "decadeword": "=", "teen": "~",
    "tens": "+", "thousand": ":", "holiday": "^", "right": "_", "eve": "*", "full": "Q", "feast": "<",
    "back": "ß", "seasonal": "Σ", "night": "Ν", "maybeday": "Ω", "weekends": "Ξ", "years": "Ψ", "roman": "Γ",
    "ereyesterday": "Δ", "overmorrow": "Λ", "yearend": "Θ", "suffix": "Φ",
    "new": "[", "yearmark": '"', "mark": ";", "poss": "'", "comma": ",", "dot": ".",
    "dash": "-", "open": "(", "close": ")",
}  # fmt: skip

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# Months that are also a verb, a name or an adjective: they need company to count.
AMBIGUOUS_MONTHS = frozenset({"march", "april", "may", "june", "august"})

Entry = tuple[str, object]


class Language(NamedTuple):
    """Words of one language: ``proper`` are looked up as written, ``words`` in lower case."""

    proper: dict[str, Entry]
    words: dict[str, Entry]


def words_of(text: str) -> frozenset[str]:
    """The words of a string as a set."""
    return frozenset(text.split())


def numbered(names: str, first: int = 1) -> dict[str, int]:
    """Words in order, counted from ``first``; alternatives are joined by a stroke, words by a low line."""
    return {
        word.replace("_", " "): number
        for number, group in enumerate(names.split(), first)
        for word in group.split("|")
    }


def table_of(**groups: dict[str, int] | dict[str, str] | str) -> dict[str, Entry]:
    """Words by class name; a plain string lists words that are their own value."""
    table: dict[str, Entry] = {}
    for name, group in groups.items():
        code = CLASSES[name.rstrip("_")]
        pairs = {word: word for word in group.split()} if isinstance(group, str) else group
        table.update({word: (code, value) for word, value in pairs.items()})
    return table


def cased(words: dict[str, Entry]) -> dict[str, Entry]:
    """The same words capitalised and in capitals, as English writes months and weekdays."""
    return {form: entry for word, entry in words.items() for form in (word.capitalize(), word.upper())}


_EN_PROPER = cased(
    table_of(
        weekday={
            **{name: number for number, name in enumerate(WEEKDAYS)},
            "mon": 0,
            "tue": 1,
            "tues": 1,
            "wed": 2,
            "weds": 2,
            "thu": 3,
            "thur": 3,
            "thurs": 3,
            "fri": 4,
        },
        month={name: number for number, name in enumerate(MONTHS, 1)},
        abbr={**numbered("jan feb mar apr jun jul aug sep oct nov dec"), "sept": 9},
        zone="gmt utc est edt cst cdt mst mdt pst pdt et bst cet msk",
        holiday="christmas halloween thanksgiving easter",
        feast="election labor memorial independence veterans boxing victory valentine",
        new="new",
    )
)
_EN_PROPER.update(
    {form: (CLASSES["abbr"], number) for name, number in (("jun", 6), ("jul", 7), ("aug", 8), ("sep", 9),
     ("oct", 10), ("nov", 11), ("dec", 12)) for form in (name.capitalize(), name.upper())}
)  # fmt: skip

_EN_WORDS = table_of(
    ord=numbered(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
    ),
    word=numbered("one two three four five six seven eight nine"),
    teen=numbered(
        "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen", 10
    ),
    tens={"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
          "ninety": 90},
    thousand={"thousand": 1000},
    decadeword={"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70,
                "eighties": 80, "nineties": 90},
    a="a an",
    few="few several couple some many dozen",
    day="day days",
    week="week weeks fortnight",
    weekend="weekend weekends",
    monthunit="month months",
    quarter="quarter quarters",
    yearunit="year years",
    decadeunit="decade decades",
    centuryunit="century centuries",
    hour="hour hours minute minutes",
    half="half",
    period="period",
    season={"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"},
    part={"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "dawn": "MO"},
    noon={"noon": "12:00", "midday": "12:00", "midnight": "24:00"},
    last="last past previous",
    this="this current",
    next_="next coming following upcoming",
    latest="latest",
    that="that those",
    same="same",
    ago="ago",
    earlier="earlier",
    later="later",
    before="before",
    after="after",
    phase="early late mid",
    edge="beginning start middle end close",
    the="the",
    of="of",
    in_="in during throughout over",
    on="on",
    at="at",
    since="since",
    until="until till by",
    between="between from",
    about="about around nearly almost approximately roughly",
    and_="and",
    to="to through",
    today="today",
    yesterday="yesterday",
    tomorrow="tomorrow",
    tonight="tonight",
    overnight="overnight",
    now="now currently presently nowadays",
    recently="recently lately formerly",
    recent="recent",
    future="future",
    near="near foreseeable",
    fiscal="fiscal",
    right="right",
    full="full whole",
    ampm="am pm",
    eve="eve",
)  # fmt: skip
MARKS: dict[str, Entry] = {
    ",": (CLASSES["comma"], ","),
    ".": (CLASSES["dot"], "."),
    "-": (CLASSES["dash"], "-"),
    "–": (CLASSES["dash"], "–"),
    "—": (CLASSES["dash"], "—"),
    "(": (CLASSES["open"], "("),
    ")": (CLASSES["close"], ")"),
    "&": (CLASSES["and"], "&"),
}


ENGLISH = Language(_EN_PROPER, {**_EN_WORDS, **MARKS})

_SHAPES_OF_TOKENS = r"""[^\W\d_]{2,} | [.,;:()]
      | (?![apAP]\.\ ?[mM]\b|[QH][1-4]\b)[^\W\d_]+
      | (?=\d)(?:
            \d{4}(?:-\d\d-|/\d\d/|\.\d\d\.)\d\d(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\w-])
          | \d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d\d)(?![\w/-])
          | \d{1,2}:\d\d(?::\d\d)?
          | \d{1,2}(?:st|nd|rd|th)\b
          | \d{2,4}['’]?s\b
          | \d+(?:[.,]\d+)+\w*
          | \d+/\d+\w*
          | \d{4}-[^\W\d_]\w*
          | \d+[^\W\d_]\w*
          | \d+%?
        )
      | [QH][1-4]\b
      | [apAP]\.\ ?[mM]\b\.?
      | [$€£¥₽₼₺]\s?\d[\d.,]*\w*
      | ['’‘`]\d\ds\b
      | ['’]s\b
      | [^\w\s] | _"""
# One pass cuts a sentence into words, numbers of several shapes, and marks; the white space before each is taken
# along, for trying every shape on every blank would cost as much again. What ends in white space must be stripped.
TOKEN = re.compile(rf"\s*(?:{_SHAPES_OF_TOKENS})", re.VERBOSE)
# The same in a sentence of ASCII, where a class of letters is quicker than all that is no other thing.
TOKEN_ASCII = re.compile(TOKEN.pattern.replace(r"[^\W\d_]", "[A-Za-z]"), re.VERBOSE)
# Abroad an ending behind a number or a name is a token of its own ("12 Aralık'ta", "dekabrın 14-də"), and what is
# written in two words is one ("çərşənbə axşamı", "hafta sonu").
TOKEN_ABROAD = re.compile(
    r"\s*(?:(?:[Bb]azar|[Pp]azar|[Çç]ərşənbə|[Cc]ümə|[Şş]ənbə|[Ss]alı|[Çç]arşamba|[Pp]erşembe|[Cc]uma(?:rtesi)?"
    r"|[Pp]azartesi|[Bb]u)\ (?:ertəsi|axşamı|gün(?:ü|ünə|ünün|ündən|üne|ünden)?)\b"
    r"|(?:[Hh]afta|[Hh]əftə)\ sonu(?:nda)?\b|[Şş]u\ anda\b|[Bb]u\ yaxınlarda\b|[Yy]akın\ zamanda\b"
    r"|(?:[Öö]nceki|[Ee]vvelsi|[Öö]bür)\ gün\b"
    r"|(?<=\w)['’](?!s\b)[^\W\d_]{1,6}\b|(?<=\d)-[^\W\d_]{1,6}\b|" + _SHAPES_OF_TOKENS + ")",
    re.VERBOSE,
)
