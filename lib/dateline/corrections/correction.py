"""Corrections: what a person says of a finding, as a row that is only ever added.

A correction has a *subject* (one mention, date, figure, topic, story or reject) and in ``after`` the fields that it
changes; ``before`` is the finding as the person saw it. Taking one back is another row, whose ``undoes`` names it.

====== ======================= ===========================================================================
kind   ``subject``             ``after``
====== ======================= ===========================================================================
mention the name's words        ``removed`` (not a place); ``place`` and what goes with it; ``role``;
                               ``here`` (happened there or not); ``everywhere`` (wherever the article says
                               the same name)
date   the words               ``removed``; ``value``, ``first``, ``last``, ``granularity``; ``of``;
                               ``chosen`` (it is the date of the event)
toll   the figure's kind       ``removed``; ``kind``, ``low``, ``high``, ``qualifier``; ``reference`` (of
                               another event)
topic  the topic's code        ``removed``; ``label``, ``first`` (it is the article's first topic)
story  the story               ``merge`` (an article of each story that is one with it) or ``split``
                               (articles that tell another) with ``rest`` (those that stay)
reject a digest of it          ``fine``
====== ======================= ===========================================================================

``confirmed`` in ``after`` says that a finding was looked at and is right; its fields are then those of ``before``.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Final

from dateline.article import DATE_OF, ROLES, TOLL_KINDS
from dateline.corrections.anchor import Anchor

KINDS: Final = ("mention", "date", "toll", "topic", "story", "reject")
LONGEST_NOTE: Final = 1_000
LONGEST_WHO: Final = 200
MOST_ARTICLES: Final = 5_000
_ID = re.compile(r"[0-9a-f]{16}")
_SPANNED = ("mention", "date", "toll")


class NotACorrection(ValueError):
    """A row that cannot be a correction; the message says why in plain words."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One row. ``at`` is in UTC; ``anchor`` is None for topics, stories and rejects; see above for the rest."""

    id: str
    at: datetime
    who: str
    kind: str
    article: str | None
    subject: str
    anchor: Anchor | None = None
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""
    undoes: str | None = None
    imported_by: str | None = None

    @property
    def order(self) -> tuple[datetime, str]:
        """Corrections apply in this order; later ones win."""
        return self.at, self.id

    def to_dict(self) -> dict[str, Any]:
        """One line of an exported file; ``anchor`` is an object, ``before`` and ``after`` are too."""
        anchor = self.anchor
        return {
            "id": self.id,
            "at": self.at.astimezone(UTC).isoformat(),
            "who": self.who,
            "kind": self.kind,
            "article": self.article,
            "subject": self.subject,
            "anchor": {name: getattr(anchor, name) for name in _ANCHOR} if anchor else None,
            "before": dict(self.before),
            "after": dict(self.after),
            "note": self.note,
            "undoes": self.undoes,
            "imported_by": self.imported_by,
        }

    def to_row(self) -> dict[str, Any]:
        """A row of the table ``corrections``."""
        row = self.to_dict()
        anchor = row.pop("anchor") or {}
        return {
            **row,
            **anchor,
            "at": self.at,
            "before": json.dumps(row["before"], ensure_ascii=False),
            "after": json.dumps(row["after"], ensure_ascii=False),
        }


_ANCHOR = ("start", "end", "surface", "prefix", "suffix", "text_hash")


@dataclass(frozen=True, slots=True)
class Draft:
    """A correction that is not recorded yet: it has no id, no time and no one who made it."""

    kind: str
    article: str | None
    subject: str
    after: Mapping[str, Any]
    before: Mapping[str, Any] = field(default_factory=dict)
    anchor: Anchor | None = None
    note: str = ""


def new_id() -> str:
    """Sixteen hexadecimal digits that no other correction has."""
    return uuid.uuid4().hex[:16]


def reject_subject(row: Mapping[str, Any]) -> str:
    """What names a reject, which has no id of its own: a digest of where it was, why and what it said."""
    parts = (str(row.get(name) or "") for name in ("locator", "position", "kind", "reason", "excerpt"))
    # MD5, since the database can work it out as well; nothing is kept safe by it.
    whole = hashlib.md5("\x1f".join(parts).encode("utf-8", "replace"), usedforsecurity=False)
    return whole.hexdigest()[:16]


# -- reading rows -------------------------------------------------------------------------------------------------


def from_rows(rows: Iterable[Mapping[str, Any]]) -> list[Correction]:
    """The corrections of rows of the table, in their order; the table was checked when it was written."""
    return sorted((_of_row(row) for row in rows), key=lambda c: c.order)


def _of_row(row: Mapping[str, Any]) -> Correction:
    anchor = None
    if row.get("start") is not None:
        words = (str(row.get(name) or "") for name in _ANCHOR[2:])
        anchor = Anchor(int(row["start"]), int(row["end"]), *words)
    at = row["at"]
    return Correction(
        id=row["id"],
        at=at if at.tzinfo else at.replace(tzinfo=UTC),
        who=row["who"] or "",
        kind=row["kind"],
        article=row["article"],
        subject=row["subject"] or "",
        anchor=anchor,
        before=_object(row["before"]),
        after=_object(row["after"]),
        note=row["note"] or "",
        undoes=row["undoes"],
        imported_by=row["imported_by"],
    )


def _object(text: str | None) -> dict[str, Any]:
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def from_dict(row: Mapping[str, Any]) -> Correction:
    """The correction of one line of a file; raises NotACorrection where it is none."""
    if not isinstance(row.get("id"), str) or not _ID.fullmatch(row["id"]):
        raise NotACorrection("its id is not sixteen hexadecimal digits")
    try:
        at = datetime.fromisoformat(str(row.get("at")))
        at = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise NotACorrection("`at` is no time (ISO 8601)") from None
    undoes = row.get("undoes")
    if undoes is not None and not (isinstance(undoes, str) and _ID.fullmatch(undoes)):
        raise NotACorrection("`undoes` is no id of a correction")
    draft = Draft(
        kind=row.get("kind") or "",
        article=row.get("article"),
        subject=row.get("subject") or "",
        after=row.get("after") or {},
        before=row.get("before") or {},
        anchor=_anchor(row.get("anchor")),
        note=row.get("note") or "",
    )
    check(draft, undoing=undoes is not None)
    who = _line(row.get("who"), "who", LONGEST_WHO)
    by = row.get("imported_by")
    return made(
        draft,
        id=row["id"],
        at=at,
        who=who,
        undoes=undoes,
        imported_by=None if by is None else _line(by, "imported_by", LONGEST_WHO),
    )


def made(draft: Draft, *, id: str, at: datetime, who: str, **more: Any) -> Correction:
    """The correction that a draft becomes when someone records it."""
    return Correction(
        id=id,
        at=at,
        who=who,
        kind=draft.kind,
        article=draft.article,
        subject=draft.subject,
        anchor=draft.anchor,
        before=dict(draft.before),
        after=dict(draft.after),
        note=" ".join(draft.note.split()),
        **more,
    )


def _anchor(row: Any) -> Anchor | None:
    if row is None:
        return None
    if not isinstance(row, Mapping):
        raise NotACorrection("`anchor` is no object")
    start, end = row.get("start"), row.get("end")
    if not (_whole(start) and _whole(end) and 0 <= start < end < 2**31):  # type: ignore[operator]
        raise NotACorrection("its anchor has no span")
    words = [row.get(name) or "" for name in _ANCHOR[2:]]
    if not all(isinstance(w, str) and len(w) <= 2_000 for w in words) or not words[0].strip():
        raise NotACorrection("its anchor has no words")
    return Anchor(start, end, *words)  # type: ignore[arg-type]


# -- checking -----------------------------------------------------------------------------------------------------

Check = Callable[[Any], bool]


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _number(low: float, high: float) -> Check:
    return lambda v: (
        v is None
        or (isinstance(v, int | float) and not isinstance(v, bool) and math.isfinite(v) and low <= v <= high)
    )


def _words(longest: int) -> Check:
    return lambda v: v is None or (isinstance(v, str) and len(v) <= longest and "\x00" not in v)


def _one_of(*values: str) -> Check:
    return lambda v: v in values


def _flag(value: Any) -> bool:
    return isinstance(value, bool)


def _day(value: Any) -> bool:
    if value is None:
        return True
    try:
        date.fromisoformat(value)
    except (TypeError, ValueError):
        return False
    return len(value) == 10


def _count(value: Any) -> bool:
    return _whole(value) and 0 <= value < 10**12


def _ids(value: Any) -> bool:
    return (
        isinstance(value, list)
        and 0 < len(value) <= MOST_ARTICLES
        and all(isinstance(v, str) and 0 < len(v) <= 200 for v in value)
    )


PLACE: Final = ("place", "name", "kind", "geonameid", "country", "admin1", "lat", "lon", "precision")
INTERVAL: Final = ("value", "first", "last", "granularity")
FIGURE: Final = ("kind", "low", "high", "qualifier", "vague")
_COMMON: dict[str, Check] = {"confirmed": _flag, "removed": _flag}
FIELDS: Final[dict[str, dict[str, Check]]] = {
    "mention": _COMMON
    | {
        "place": lambda v: isinstance(v, str) and 0 < len(v) <= 80,
        "name": _words(300),
        "kind": _words(40),
        "geonameid": lambda v: v is None or (_whole(v) and 0 < v < 2**62),
        "country": _words(2),
        "admin1": _words(20),
        "lat": _number(-90, 90),
        "lon": _number(-180, 180),
        "precision": lambda v: v is None or (_whole(v) and 1 <= v <= 5),
        "role": _one_of(*ROLES),
        "here": _flag,
        "everywhere": _flag,
    },
    "date": _COMMON
    | {
        "value": _words(60),
        "first": _day,
        "last": _day,
        "granularity": _one_of(
            *("day", "week", "weekend", "month", "quarter", "half", "season", "year", "decade", "century"),
            *("time", "vague"),
        ),
        "of": _one_of(*DATE_OF),
        "chosen": _flag,
    },
    "toll": _COMMON
    | {
        "kind": _one_of(*TOLL_KINDS),
        "low": _count,
        "high": lambda v: v is None or _count(v),
        "qualifier": lambda v: isinstance(v, str) and 0 < len(v) <= 40,
        "vague": _flag,
        "reference": _flag,
    },
    "topic": _COMMON | {"label": _words(200), "first": _flag},
    "story": {"merge": _ids, "split": _ids, "rest": _ids, "confirmed": _flag, "articles": _ids},
    "reject": {"fine": _flag},
}


def check(draft: Draft, *, undoing: bool = False) -> None:
    """Raises NotACorrection where a draft has not the form of its kind."""
    if draft.kind not in KINDS:
        raise NotACorrection(f"its kind is none of {', '.join(KINDS)}")
    if not isinstance(draft.subject, str) or not 0 < len(draft.subject) <= 2_000:
        raise NotACorrection("it says nothing of what is corrected (`subject`)")
    if draft.kind != "reject" and not (isinstance(draft.article, str) and 0 < len(draft.article) <= 200):
        raise NotACorrection("it names no article")
    if (draft.anchor is not None) != (draft.kind in _SPANNED):
        raise NotACorrection(f"a {draft.kind} {'needs an' if draft.kind in _SPANNED else 'has no'} anchor")
    _line(draft.note, "note", LONGEST_NOTE)
    for name, value in (("before", draft.before), ("after", draft.after)):
        if not isinstance(value, Mapping) or len(json.dumps(value, default=str)) > 400_000:
            raise NotACorrection(f"`{name}` is no object, or far too long")
    if undoing:
        return
    _check_after(draft.kind, draft.after)


def _check_after(kind: str, after: Mapping[str, Any]) -> None:
    fields = FIELDS[kind]
    if not after:
        raise NotACorrection("it changes nothing")
    for name, value in after.items():
        if name not in fields:
            raise NotACorrection(f"a {kind} has no field {str(name)[:40]!r}")
        if not fields[name](value):
            raise NotACorrection(f"`{name}` of a {kind} cannot be {str(value)[:40]!r}")
    first, last = after.get("first"), after.get("last")
    if kind == "date" and first and last and first > last:
        raise NotACorrection("its first day is after its last")
    if kind == "date" and (
        ("value" in after) != ("granularity" in after) or (first is None) != (last is None)
    ):
        raise NotACorrection("a date needs its value, both its days, and how exactly it is known")
    low, high = after.get("low"), after.get("high")
    if kind == "toll" and low is not None and high is not None and low > high:
        raise NotACorrection("its lower figure is above its higher one")
    if kind == "mention" and "place" in after and not set(PLACE) <= after.keys():
        raise NotACorrection(f"a place needs {', '.join(PLACE)}")
    if kind == "story" and "split" in after and "rest" not in after:
        raise NotACorrection("a split needs the articles that stay (`rest`)")


def _line(value: Any, name: str, longest: int) -> str:
    if not isinstance(value, str) or len(value) > longest:
        raise NotACorrection(f"`{name}` is no text of at most {longest:,} characters")
    return " ".join(value.split())
