"""Whether a figure belongs to another, older event, or is an older count of this one."""

from __future__ import annotations

import re

from dateline.findings.tolls.sentence import Sentence

YEAR = re.compile(r"\b(?:1[89]\d\d|20\d\d)\b")


_PAST = re.compile(
    r"(?i)\b(?:in|of|during|from|the|a|an|between)\s+(?:(?:early|late|mid)[ -])?(?:1[89]\d\d|20\d\d)s?\b|"
    r"\b(?:last (?:year|month|summer|winter|autumn|spring|decade|century)|"
    r"(?:years?|decades?|century|months) (?:ago|earlier|before)|"
    r"wars? (?:in which|that (?:killed|left|claimed))|(?:each|every|per) (?:year|day|month|week|hour|minute)|"
    r"a year(?! ago| earlier| before| after| later)|annually|over the years|historic(?:al)?ly|in history|anniversary)\b"
)


_EARLIER = re.compile(
    r"(?i)(?:(?<!day )(?<!days )(?<!week )(?<!night )(?<!hours )(?<!minutes )\bearlier\b|"
    r"\bpreviously\b|\binitial(?:ly)?\b|"
    r"\b(?:up|down|raised|revised|rose|risen|increased|lowered|corrected) (?:down |up )?from\b|\bprevious\b|"
    r"\bfirst (?:put|given|reported|reports?)\b|\bfrom (?:an|the) (?:earlier|previous|initial|first)\b|\binstead of\b|"
    r"\bfewer than the\b)[^.;\d]{0,40}$"
)


_SINCE = re.compile(
    r"(?i)\bsince [^.;,]{0,24},? when [^.;]{0,40}$"
)  # "the worst since 1996, when 64 people died"


_EARLIER_AFTER = re.compile(
    r"(?i)^(?:(?!\bfrom\b)[^.;,\d]){0,30}\b(?:(?<!day )(?<!hours )earlier|previously|initially|reported before|"
    r"(?:given|announced|reported) (?:earlier|before))\b"
)


def refers_back(s: Sentence, start: int, end: int, latest: str) -> bool:
    """The figure is an older count of this event, or belongs to an event of another time."""
    before = s.text[max(s.span[0], start - 60) : start]
    after = s.text[end : min(s.span[1], end + 60)]
    if _SINCE.search(before) or _EARLIER.search(before) or _EARLIER_AFTER.search(after):
        return True
    clause = _clause(s, start, end)
    if _PAST.search(clause):
        return True
    years = YEAR.findall(clause)
    return bool(years) and max(years) < latest


def _clause(s: Sentence, start: int, end: int) -> str:
    """The part of the sentence around the figure, from one pause to the next, 160 characters each way at most."""
    before = re.split(r"[;:]|, (?:and|but|while|when|after) ", s.text[max(s.span[0], start - 160) : start])[
        -1
    ]
    after = re.split(r"[;:]|, ", s.text[end : min(s.span[1], end + 160)])[0]
    return before + s.text[start:end] + after
