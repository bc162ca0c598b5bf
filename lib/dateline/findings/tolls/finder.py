"""The tolls of a text as findings."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.article import Toll
from dateline.findings.quantities import Group
from dateline.findings.tolls.elsewhen import YEAR, refers_back
from dateline.findings.tolls.harm import ACTIVE, HARM, INTRANSITIVE, PASSIVE_ONLY, PERPETRATORS
from dateline.findings.tolls.nouns import read_nothing, read_nouns
from dateline.findings.tolls.sentence import Sentence, is_part
from dateline.findings.tolls.subjects import read_phrase, read_subject, read_to_death
from dateline.findings.tolls.verbs import LEAVING, read_active


def find(text: str, sentences: Sequence[tuple[int, int]]) -> list[Toll]:
    """Every toll in ``text``, in order; ``sentences`` are the spans it is divided into."""
    read = [
        _read(text, first, last, (start, end))
        for start, end in HARM.among(text, sentences)
        for first, last in _pieces(start, end)
    ]
    told = [sentence for sentence in read if sentence.told]
    if not told:
        return []
    latest = max(YEAR.findall(text), default="")
    return [toll for sentence in told for toll in _tolls(sentence, latest)]


def _pieces(start: int, end: int, size: int = 4_000) -> list[tuple[int, int]]:
    """A sentence of inhuman length is read in pieces, so that the work stays linear in it."""
    return [(i, min(i + size, end)) for i in range(start, end, size)]


def _read(text: str, first: int, last: int, span: tuple[int, int]) -> Sentence:
    """A sentence, or a piece of one, with what it tells."""
    s = Sentence(text, first, last, span)
    read_nothing(s)
    for i, word in enumerate(s.tokens.low):
        read_nouns(s, i, word)
        if word in ACTIVE or word in LEAVING:
            read_active(s, i, word)
    for i, word in enumerate(s.tokens.low):
        if word in PASSIVE_ONLY or word in INTRANSITIVE:
            read_subject(s, i, word)
        elif word == "death" and s.tokens.low[i - 1] == "to":
            read_to_death(s, i)
        elif word in ("death", "deaths") or word in (
            "hospital",
            "hospitals",
            "flee",
            "leave",
            "treatment",
            "treated",
            "lives",
            "homes",
            "life",
            "injuries",
            "burns",
            "wounds",
        ):
            read_phrase(s, i, word)
    return s


def _tolls(s: Sentence, latest: str) -> list[Toll]:
    """What a sentence tells as findings, in order."""
    return sorted((_toll(s, told, latest) for told in s.told), key=lambda toll: toll.start)


def _toll(s: Sentence, told: tuple[Group, str, str, float], latest: str) -> Toll:
    group, kind, rule, confidence = told
    start, end = s.tokens.start[group.first], s.tokens.end[group.last - 1]
    low = s.tokens.low
    if is_part(low, group.first):
        rule, confidence = f"{rule}; part of a total", confidence - 0.4
    elif (group.first and low[group.first - 1] in ("another", "further")) or group.head in (
        "other",
        "others",
    ):
        confidence -= 0.05
    if (
        any(w in ("more", "further", "additional") for w in low[group.first : group.last + 1])
        and "than" not in low[group.first : group.last]
    ):
        confidence -= 0.05
    if group.head in PERPETRATORS and group.low <= 3:
        rule, confidence = f"{rule}; those who did it", confidence - 0.35
    if low[group.last : group.last + 2] == ("of", "the") and group.last + 2 < len(low) and low[group.last + 2] in (
        "dead", "injured", "wounded", "victims", "missing"
    ):  # fmt: skip
        rule, confidence = f"{rule}; part of a total", confidence - 0.4
    reference = refers_back(s, start, end, latest)
    return Toll(
        start=start,
        end=end,
        surface=s.text[start:end],
        kind=kind,
        low=group.low,
        high=group.high,
        qualifier=group.qualifier,
        vague=group.vague,
        sentence=s.span,
        rule=f"{rule}; of another event or an older count" if reference else rule,
        reference=reference,
        confidence=round(max(confidence, 0.05), 2),
    )
