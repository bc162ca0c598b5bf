"""Where sentences begin and end: spans of a text, in English, Russian, Turkish, Azerbaijani and their like.

A full stop ends a sentence unless it belongs to an abbreviation, an initial or a number; a line break always
does, for a pasted page has a paragraph a line. One pass with a bounded look to either side of each candidate
keeps the time linear in the length of the text.
"""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    """The words of a string as a set."""
    return frozenset(text.split())


# Abbreviations a name or a number follows: their full stop never ends a sentence.
_OPENING = _words(
    """
    mr mrs ms messrs mme mlle dr prof gov gen lt col sgt capt cpl cmdr adm maj brig sen rep reps sens rev fr
    hon st ste mt ft pres supt insp det amb atty dist pvt cf vs viz eg ie fig figs eq al approx ca no nos
    vol pp ed eds art para sec ch dept univ assn bros wm geo chas г-н г-жа гр им ул пр просп пл обл р-н корп
    кв стр рис табл проф акад доц ген полк кап ст св тов см напр sn av alb org yrd doç öğr cad sok mah bkz
    krş
    """
)
# Abbreviations that may also be a sentence's last word: then the next word decides.
_CLOSING = _words(
    """
    inc co corp ltd plc jr sr etc cos llc lp esq ave blvd rd jan feb mar apr jun jul aug sep sept oct nov
    dec mon tue tues wed thu thur thurs fri sat sun ala ariz ark calif colo conn del fla ga ill ind kan ky
    la md mass mich minn miss mo mont neb nev okla ore pa penn tenn tex va vt wash wis wyo янв фев апр авг
    сент окт нояб дек гг руб коп тыс др пр т.д т.п т.е н.э и.о vb vd haz tem şub
    """
)
# Words that open a sentence far more often than they follow an abbreviation inside one.
_STARTERS = _words(
    """
    the a an in on at as for if but and or so he she it they we i you this that these those there his her
    its their our my some many most more all both each no not when while since after before although though
    however meanwhile then now yet still also with by from to under over according officials police
    authorities it's he's what who why how where here another one two three several last earlier later
    despite because during once such even only just unlike including between в на с по и а но он она оно они
    мы вы это как так что если при для из от до после также однако bu o ve ama ancak bir de biz onlar ben
    sen kim nə necə
    """
)
_STOPS, _LINES = ".!?…。؟۔։।", r"\n\r\u0085\u2028\u2029\x0b\x0c"
# It begins with one class of characters, which the engine looks for much faster than for either branch.
_BREAK = re.compile(
    rf"[{_STOPS}{_LINES}](?:(?<=[{_LINES}])[{_LINES}]*|(?<=[{_STOPS}])[{_STOPS}]*[\"'”’»“)\]}}›]*(?=\s|$))"
)
_OPENER = re.compile(r".*[(\[{\"“«'‘/]", re.DOTALL)
_WORD_AFTER = re.compile(r"\s*[\"'“‘«(\[{„`–—-]*\s?(\w[\w'’]{0,30}|[^\w\s])?")
_WINDOW = 40


def split(text: str) -> list[tuple[int, int]]:
    """Spans ``(start, end)`` of the sentences in ``text``: sorted, apart, without white space around them."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _BREAK.finditer(text):
        if match.group()[0] in "\n\r\u0085\u2028\u2029\x0b\x0c" or _ends(text, start, match):
            _add(spans, text, start, match.end())
            start = match.end()
    _add(spans, text, start, len(text))
    return spans


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    """Append the span shrunk to what is not white space, if anything is left."""
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        left = start + len(piece) - len(piece.lstrip())
        spans.append((left, left + len(stripped)))


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the punctuation in ``match`` ends the sentence that began at ``start``."""
    following = _WORD_AFTER.match(text, match.end(), match.end() + _WINDOW)
    after = (following.group(1) if following else None) or ""
    marks = match.group()
    if after[:1].islower():
        return False
    if marks[0] != "." or marks.startswith("..") or not after:
        return True
    before = _word_before(text[max(start, match.start() - _WINDOW) : match.start()])
    return _full_stop_ends(before, after, len(marks) > 1, text, start, match.start())


def _word_before(window: str) -> str:
    """The word at the end of ``window``, without what opens it: brackets, quotes."""
    word = "" if window[-1:].isspace() or not window else window.rsplit(None, 1)[-1]
    opened = None if word.isalnum() else _OPENER.match(word)
    return word[opened.end() :] if opened else word


def _full_stop_ends(word: str, after: str, quoted: bool, text: str, start: int, stop: int) -> bool:
    """Whether a full stop between ``word`` and the capitalised word ``after`` ends the sentence."""
    low = word.lower().strip(",;:")
    if low in _OPENING:
        # "No. 5" is a number, "He said no. They left" an answer.
        return low in ("no", "art", "fig", "ed", "sec", "al") and not after[0].isdigit()
    if quoted:
        return True
    if word[-1:].isdigit() and not word.isdigit():
        return True  # a number with a decimal point, an amount, a code
    if word.isdigit():
        return stop - len(word) > start or len(word) > 2
    starter = after.lower() in _STARTERS or not (after[0].isalnum())
    if low in _CLOSING:
        return starter and not after[0].isdigit()
    if len(word) == 1 and word.isalpha():
        # An initial, unless a pronoun or a plan's letter closes the sentence.
        return starter and (word == "I" or not word.isupper())
    if "." in word and len(word) <= 12:  # U.S., a.m., e.g., и т.д.
        return starter and low not in ("e.g", "i.e")
    return True
