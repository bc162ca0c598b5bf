"""Of what a time expression is the date: of the event told, of somebody's saying so, or of something it is compared to."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dateline.findings.dates import timex

_SAYING = (
    "said|says|say|saying|told|tells|announced|announces|stated|states|confirmed|confirms|reported|reports|added|warned|warns"
    "|declared|claimed|noted|tweeted|insisted|acknowledged|denied|explained|reiterated|stressed|emphasi[sz]ed|disclosed"
    "|revealed|predicted|quoted|posted|commented|testified|argued|recalled|admitted|conceded|cautioned|pledged|alleged"
)
_SAID_BEFORE = re.compile(
    rf"\b(?P<say>{_SAYING})\b(?P<gap>[^.;:!?]{{0,80}})$", re.IGNORECASE
)
_OUTLET = re.compile(
    r"\b(?:statement|interview|report|briefing|conference|speech|address|remarks|tweet|letter|message|bulletin|announcement"
    r"|communique|post|telegram|testimony|reporters|journalists|broadcast)\b(?:\s+(?:issued|released|published|made|aired|here|in\s+\w+))?"
    r"(?:\s+(?:on|late|early))*\s*$",
    re.IGNORECASE,
)
_GAP_BREAK = re.compile(
    r",|[\"“”]|\b(?:that|was|were|had|has|have|is|are|will|would|which|who|when|after|before|as|he|she|they|it|killed|died"
    r"|\w{3,}(?<!unit)(?<!relat)ed)\b",
    re.IGNORECASE,
)
_SAID_AFTER = re.compile(rf"^\)?(?:\s+\w+ly)?\s+(?:{_SAYING})\b", re.IGNORECASE)
_OPENS = re.compile(r"^[\"“(\[—–\s-]*(?:(?:on|late|early|later|earlier|also|in|by)\s+)*$", re.IGNORECASE)
_FIRST_VERB = re.compile(
    rf"\b(?:(?P<say>{_SAYING})|(?P<other>was|were|is|are|has|have|had|will|would|did|\w{{3,}}ed|struck|hit|fell|rose|left|shot"
    r"|met|took|came|went|began|blew|broke|swept|held|won|lost))\b",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:since|than(?:\s+\w+)?|compared\s+(?:with|to)|versus|from|born|founded|established|dating\s+(?:back\s+)?to|built|elected"
    r"|anniversary\s+of|up\s+from|down\s+from|unlike)\s+(?:in|on|the|late|early|mid|at|that\s+of)?\s*$",
    re.IGNORECASE,
)
_DETERMINED = re.compile(r"(?:\b(?:the|a|an|its|his|her|their|our)|['’]s?|\w-)\s*$", re.IGNORECASE)
_NAME_FOLLOWS = re.compile(r"^\s+[\w’'\"“-]+")
_STALE = timedelta(days=366)


def role(text: str, sentence: tuple[int, int], span: tuple[int, int], value: str, reference: date | None) -> tuple[str, str]:
    """``event``, ``statement`` or ``reference``, and why in words."""
    before = text[max(sentence[0], span[0] - 200) : span[0]]
    after = text[span[1] : min(sentence[1], span[1] + 200)]
    first, last, granularity = timex.interval(value)
    if granularity == "vague" and value.endswith("_REF"):
        return "reference", "a vague time"
    if _is_attribute(before, after, granularity):
        return "reference", "the year belongs to the name of something"
    if _COMPARED.search(before):
        return "reference", "the starting point of a comparison"
    if reference and last and _is_background(first, last, granularity, reference):
        return "reference", "background, well before the day of writing"
    if _is_statement(before, after, sentence[0] == span[0] - len(before)):
        return "statement", "the date of a verb of saying"
    return "event", "the date of what happened"


def _is_attribute(before: str, after: str, granularity: str) -> bool:
    """ "The 2020 Second Karabakh War", "Russia's 2022 war": a year between a determiner and a noun."""
    return granularity == "year" and bool(_DETERMINED.search(before)) and bool(_NAME_FOLLOWS.match(after))


def _is_background(first: date | None, last: date, granularity: str, reference: date) -> bool:
    """A year gone by, a decade, or a day more than a year ago."""
    if granularity in ("year", "decade", "century"):
        return last < reference or granularity != "year"
    return last < reference - _STALE


def _is_statement(before: str, after: str, whole: bool) -> bool:
    """Whether the date hangs on a verb of saying; ``whole`` where ``before`` reaches the sentence's beginning."""
    said = None
    for said in re.finditer(rf"\b(?:{_SAYING})\b", before, re.IGNORECASE):
        pass
    if said is not None:
        gap = before[said.end() :]
        if len(gap) <= 80 and not _GAP_BREAK.search(gap):
            return True
    if _OUTLET.search(before):
        return True
    if _SAID_AFTER.match(after):
        return True
    if whole and _OPENS.match(before):
        verb = _FIRST_VERB.search(after)
        return bool(verb and verb["say"])
    return False
