"""Words: what a correction says, in a line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from dateline.corrections.correction import Correction

ROLE_WORDS: Final = {
    "where": "happened here",
    "dateline": "dateline",
    "government": "stands for its government",
    "origin": "where someone or something is from",
    "mention": "only named",
}
_OF = {"event": "the event", "statement": "a statement", "reference": "something else"}


def subject(correction: Correction) -> str:
    """What is corrected: the words in the text, the topic, the story, the reject."""
    if correction.anchor is not None:
        return f"“{' '.join(correction.anchor.surface.split())[:80]}”"
    if correction.kind == "topic":
        label = correction.after.get("label") or correction.before.get("label") or correction.subject
        return f"topic “{label}”"
    if correction.kind == "story":
        return f"story “{str(correction.before.get('title') or correction.subject)[:80]}”"
    return f"reject “{str(correction.before.get('excerpt') or correction.subject)[:80]}”"


def change(correction: Correction) -> str:
    """What it says of it: "Vienna, Austria, not Vienna, Virginia"; "not a place"."""
    if correction.undoes:
        return "taken back"
    after, before = correction.after, correction.before
    if after.get("confirmed"):
        return "right as it is"
    words = _OF_KIND[correction.kind](after, before)
    return "; ".join(w for w in words if w) or "changed"


def line(correction: Correction) -> str:
    """Subject, change, author, day and note."""
    by = f"by {correction.who} on {correction.at:%Y-%m-%d}"
    brought = f", brought in by {correction.imported_by}" if correction.imported_by else ""
    note = f": {correction.note}" if correction.note else ""
    return f"{subject(correction)}: {change(correction)} ({by}{brought}{note})"


Fields = Mapping[str, Any]


def _mention(after: Fields, before: Fields) -> list[str]:
    words = []
    if after.get("removed"):
        words.append("not a place")
    if "place" in after and after["place"] != before.get("place"):
        was = before.get("name") if before.get("place") else None
        words.append(
            f"{place(after)}, not {place(before)}" if was else f"{place(after)}, which was left open"
        )
    if "here" in after:
        words.append("it happened here" if after["here"] else "it did not happen here")
    elif "role" in after:
        words.append(ROLE_WORDS.get(str(after["role"]), str(after["role"])))
    if after.get("everywhere"):
        words.append("wherever the article names it")
    return words


def place(fields: Fields) -> str:
    """A place by its name and what it lies in: "Tbilisi (GE)"."""
    name = fields.get("name") or fields.get("place") or "no place"
    country = fields.get("country")
    wider = fields.get("admin1") if fields.get("precision") in (1, 2) else None
    inside = wider or (country if country != fields.get("place") else None)
    return f"{name} ({inside})" if inside else str(name)


def _date(after: Fields, before: Fields) -> list[str]:
    words = []
    if after.get("removed"):
        words.append("not a date")
    if "value" in after and after["value"] != before.get("value"):
        words.append(f"{after['value']}, not {before.get('value') or 'known'}")
    if after.get("chosen"):
        words.append("the date of the event")
    elif "of" in after:
        words.append(
            f"date of {_OF.get(after['of'], after['of'])}, not of {_OF.get(before.get('of') or '', 'it')}"
        )
    return words


def _toll(after: Fields, before: Fields) -> list[str]:
    words = []
    if after.get("removed"):
        words.append("not a figure of people harmed")
    if "low" in after or "kind" in after:
        was = f", not {figure(before)}" if before.get("low") is not None else ""
        words.append(f"{figure({**before, **after})}{was}")
    if "reference" in after:
        words.append("of another event" if after["reference"] else "of this event")
    return words


def figure(fields: Fields) -> str:
    """ "at least 37 killed", "12 to 15 injured"."""
    low, high, qualifier = fields.get("low"), fields.get("high"), fields.get("qualifier") or "exact"
    kind = fields.get("kind") or ""
    if low is None:
        return f"no figure of {kind}".strip()
    if fields.get("vague"):
        return f"{qualifier} {kind}".strip()
    if high is not None and high != low:
        return f"{low:,} to {high:,} {kind}".strip()
    return f"{'' if qualifier == 'exact' else qualifier + ' '}{low:,} {kind}".strip()


def _topic(after: Fields, before: Fields) -> list[str]:
    if after.get("removed"):
        return ["not its topic"]
    return ["its first topic" if after.get("first") else "a topic of it"]


def _story(after: Fields, before: Fields) -> list[str]:
    if "merge" in after:
        other = before.get("other")
        return [
            f"one with “{str(other)[:80]}”" if other else f"one story with {len(after['merge']) - 1} other"
        ]
    apart = len(after.get("split") or ())
    return [f"{apart} article{'s' if apart != 1 else ''} tell another story"]


def _reject(after: Fields, before: Fields) -> list[str]:
    return ["looked at, fine" if after.get("fine") else "to be looked at"]


_OF_KIND = {
    "mention": _mention,
    "date": _date,
    "toll": _toll,
    "topic": _topic,
    "story": _story,
    "reject": _reject,
}
