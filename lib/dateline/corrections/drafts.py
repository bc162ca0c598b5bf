"""Drafts: what a person picks on a form, as corrections to be recorded.

``row`` is a finding as :meth:`dateline.query.Atlas.article` has it, as plain values (None where there is none);
``text`` is the article's.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from dateline.corrections.anchor import anchor_of
from dateline.corrections.correction import FIGURE, INTERVAL, PLACE, Draft, reject_subject

if TYPE_CHECKING:
    from dateline.gazetteer import Place

Row = Mapping[str, Any]
_SEEN: Final = {
    "mention": (*PLACE, "role", "here", "form", "sentence_start", "sentence_end"),
    "date": (*INTERVAL, "of", "sentence_start", "sentence_end"),
    "toll": (*FIGURE, "reference", "sentence_start", "sentence_end"),
    "topic": ("label", "rank"),
}
# What a person says is right by confirming a finding.
_CONFIRMED: Final = {
    "mention": (*PLACE, "role", "here"),
    "date": (*INTERVAL, "of"),
    "toll": (*FIGURE, "reference"),
}


def of(kind: str, row: Row, text: str, after: Mapping[str, Any], note: str = "") -> Draft:
    """A correction of a mention, date, toll or topic that sets ``after``."""
    seen = {name: _plain(row.get(name)) for name in _SEEN[kind]}
    if kind == "topic":
        return Draft("topic", row["article"], row["code"], dict(after), seen, note=note)
    anchor = anchor_of(text, int(row["start"]), int(row["end"]))
    subject = str(row["kind"]) if kind == "toll" else " ".join(anchor.surface.split())[:200] or "…"
    return Draft(kind, row["article"], subject, dict(after), seen, anchor, note)


def confirmed(kind: str, row: Row, text: str, note: str = "") -> Draft:
    """That a finding is right as it is; what it says then stays, whatever a newer version makes of it."""
    if kind == "topic":
        return of(kind, row, text, {"confirmed": True, "label": row["label"]}, note)
    keep = {name: _plain(row.get(name)) for name in _CONFIRMED[kind]}
    if kind == "mention" and keep["place"] is None:
        keep = {}
    if kind == "date" and not keep["value"]:
        keep = {"of": keep["of"]}
    return of(kind, row, text, keep | {"confirmed": True}, note)


def place(found: Place) -> dict[str, Any]:
    """The fields of ``after`` that put a mention at a place of the gazetteer."""
    return {name: getattr(found, "code" if name == "place" else name) for name in PLACE}


def interval(first: date, last: date) -> dict[str, Any]:
    """The fields of ``after`` for a date of these days, both included: a day, a whole month or year, or a span."""
    if first > last:
        first, last = last, first
    value, granularity = f"{first.isoformat()}/{last.isoformat()}", "day"
    if first == last:
        value = first.isoformat()
    elif (first.year, first.month, first.day) == (last.year, last.month, 1) and last.day == _length(last):
        value, granularity = f"{first:%Y-%m}", "month"
    elif (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        value, granularity = f"{first.year:04d}", "year"
    return {
        "value": value,
        "first": first.isoformat(),
        "last": last.isoformat(),
        "granularity": granularity,
    }


def _length(day: date) -> int:
    return monthrange(day.year, day.month)[1]


def figure(kind: str, low: int, high: int | None, qualifier: str) -> dict[str, Any]:
    """The fields of ``after`` for another figure; ``high`` None leaves it open upwards."""
    return {"kind": kind, "low": low, "high": high, "qualifier": qualifier, "vague": False}


def topic(article: str, code: str, label: str, *, first: bool, note: str = "") -> list[Draft]:
    """Another topic of an article. A second-level one brings along the top concept it lies under."""
    from dateline.findings.topics import parents, read_concepts

    above = parents().get(code)
    drafts = []
    if above is not None:
        name = dict(read_concepts()).get(above, above)
        drafts.append(Draft("topic", article, above, {"label": name, "first": first}, note=note))
    return [*drafts, Draft("topic", article, code, {"label": label, "first": first}, note=note)]


def merge(story: Row, other: Row, note: str = "") -> Draft:
    """That two stories are one. Each has ``story``, ``title`` and ``articles`` (ids, the earliest first)."""
    pair = [story["articles"][0], other["articles"][0]]
    before = {
        "title": story["title"],
        "other": other["title"],
        "stories": {s["story"]: list(s["articles"]) for s in (story, other)},
    }
    return Draft("story", pair[0], story["story"], {"merge": pair}, before, note=note)


def split(story: Row, apart: Sequence[str], note: str = "") -> Draft:
    """That some articles of a story tell another; all of them or none is no split (ValueError)."""
    rest = [a for a in story["articles"] if a not in apart]
    off = [a for a in story["articles"] if a in apart]
    if not rest or not off:
        raise ValueError("some of a story's articles must go and some must stay")
    before = {"title": story["title"], "stories": {story["story"]: list(story["articles"])}}
    return Draft("story", rest[0], story["story"], {"split": off, "rest": rest}, before, note=note)


def story_confirmed(story: Row, note: str = "") -> Draft:
    """That exactly these articles tell one story."""
    ids = list(story["articles"])
    after = {"confirmed": True, "articles": ids}
    return Draft("story", ids[0], story["story"], after, {"title": story["title"]}, note=note)


def fine(reject: Row, note: str = "") -> Draft:
    """That a reject was looked at and is rightly none, or no loss. Its whole text is not kept, so that it cannot become
    an article this way."""
    seen = {name: _plain(reject.get(name)) for name in ("locator", "position", "kind", "reason", "excerpt")}
    return Draft("reject", None, reject_subject(seen), {"fine": True}, seen, note=note)


def _plain(value: Any) -> Any:
    """A value as JSON has it; a missing one as None, days as words."""
    if value is None or value != value:  # NaN
        return None
    if hasattr(value, "isoformat"):
        return value.isoformat()[:10]
    return value.item() if hasattr(value, "item") else value
