"""Findings under their corrections: the rows of one article, corrected, and what they make of its event.

Pure functions of rows as the tables hold them. Where a finding is there no more, since a newer version of Dateline
reads the article otherwise, the corrected one is put back from what the person saw (``before``) and what they said of
it; where one is merely cut otherwise ("Safi, Morocco" for "Safi"), the corrected one takes its place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from dateline.annotate import happened, said
from dateline.article import SCHEMAS, DateFinding, Mention, Toll
from dateline.corrections.anchor import Anchor, find
from dateline.corrections.correction import Correction
from dateline.corrections.standing import alike, merged

Row = dict[str, Any]
Span = tuple[int, int]
# The table that holds the findings of a kind of correction.
TABLES: Final = {"mention": "mentions", "date": "dates", "toll": "tolls", "topic": "topics"}
_OWN = ("killed", "injured")


@dataclass(slots=True)
class Corrected:
    """An article's rows by table, only those tables that corrections change, and the corrections that have no place.

    ``chosen`` is the row of the date that a person called the event's.
    """

    tables: dict[str, list[Row]] = field(default_factory=dict)
    orphans: list[str] = field(default_factory=list)
    chosen: Row | None = None


def corrected(
    article: str,
    found: Mapping[str, Sequence[Row]],
    changes: Sequence[Correction],
    text: Callable[[], str | None],
) -> Corrected:
    """An article's findings with its standing corrections, those of its earlier versions among them.

    ``found`` has the rows of mentions, dates, tolls and topics; ``text`` is asked only where a correction's words are
    not those of any finding, or were said of an earlier version.
    """
    result = Corrected()
    for kind, table in TABLES.items():
        of_kind = [change for change in changes if change.kind == kind]
        if not of_kind:
            continue
        if kind == "topic":
            result.tables[table] = _topics(article, found[table], of_kind)
            continue
        places = _targets(article, kind, found[table], of_kind, text, result.orphans)
        rows = [{**row, "article": article} for row in _replaced(kind, found[table], places)]
        if kind == "date":
            result.chosen = _chosen(rows, places)
        result.tables[table] = _with_here(rows, places) if kind == "mention" else rows
    return result


# -- where corrections apply ----------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Target:
    """A span of the text with the corrections of what stands there, in order."""

    span: Span
    surface: str
    subject: str
    changes: list[Correction]


def _targets(
    article: str,
    kind: str,
    rows: Sequence[Row],
    changes: Sequence[Correction],
    text: Callable[[], str | None],
    orphans: list[str],
) -> list[_Target]:
    targets: list[_Target] = []
    for change in changes:
        anchor = change.anchor
        # Offsets say nothing in another version's text; the words have to be looked for there.
        there = rows if change.article == article else ()
        span = None if anchor is None else _span(anchor, there, text)
        if anchor is None or span is None:
            orphans.append(change.id)
            continue
        spans = {span: anchor.surface}
        if change.after.get("everywhere"):
            same = (row for row in rows if alike(str(row["surface"]), anchor.surface))
            spans |= {(row["start"], row["end"]): str(row["surface"]) for row in same}
        for place, surface in spans.items():
            targets = _put(targets, place, surface, change, by_subject=kind == "toll")
    return targets


def _span(anchor: Anchor, rows: Sequence[Row], text: Callable[[], str | None]) -> Span | None:
    for row in rows:
        if (row["start"], row["end"], row["surface"]) == (anchor.start, anchor.end, anchor.surface):
            return anchor.start, anchor.end
    whole = text()
    return None if whole is None else find(anchor, whole)


def _put(
    targets: Sequence[_Target], span: Span, surface: str, change: Correction, *, by_subject: bool
) -> list[_Target]:
    """The targets with one more change: to what is corrected there already, or instead of what overlaps it."""
    kept = []
    for target in targets:
        same = not by_subject or target.subject == change.subject
        if same and target.span == span:
            target.changes.append(change)
            return list(targets)
        if not (same and _overlap(target.span, span)):
            kept.append(target)
    return [*kept, _Target(span, surface, change.subject, [change])]


def _overlap(one: Span, other: Span) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


# -- what is put there ----------------------------------------------------------------------------------------------


def _replaced(kind: str, rows: Sequence[Row], targets: Sequence[_Target]) -> list[Row]:
    taken: set[int] = set()
    made: list[Row] = []
    for target in sorted(targets, key=lambda t: t.changes[0].order):
        there = [
            n
            for n, row in enumerate(rows)
            if n not in taken
            and _overlap(target.span, (row["start"], row["end"]))
            and (kind != "toll" or row["kind"] == target.subject)
        ]
        taken.update(there)
        fields, last = merged(target.changes)
        if fields.pop("removed", False):
            continue
        best = max(
            there, key=lambda n: _overlap(target.span, (rows[n]["start"], rows[n]["end"])), default=None
        )
        made.append(_made(kind, None if best is None else rows[best], target, fields, last))
    kept = [{**row, "corrected": None} for n, row in enumerate(rows) if n not in taken]
    return sorted([*kept, *made], key=lambda row: (row["start"], row["end"]))


def _chosen(rows: Sequence[Row], targets: Sequence[_Target]) -> Row | None:
    """The date that was last called the event's, where it names days."""
    called = {t.span: max(c.order for c in t.changes) for t in targets if merged(t.changes)[0].get("chosen")}
    of_event = [
        row
        for row in rows
        if (row["start"], row["end"]) in called and row["of"] == "event" and row["first"] and row["last"]
    ]
    return max(of_event, key=lambda row: called[row["start"], row["end"]], default=None)


def _made(kind: str, found: Row | None, target: _Target, fields: Mapping[str, Any], last: str) -> Row:
    """The corrected row: the finding, or what the person saw of it, with what they say instead."""
    names = SCHEMAS[TABLES[kind]].names
    first = target.changes[0]
    start, end = target.span
    row: Row = dict.fromkeys(names)
    if found is None:
        seen = {name: value for name, value in first.before.items() if name in names}
        row |= _typed(_defaults(kind, target) | seen)
    else:
        row |= found
    row |= _typed({name: value for name, value in fields.items() if name in names and name != "here"})
    row |= {"start": start, "end": end, "surface": target.surface}
    if found is None or not (found["sentence_start"] <= start and end <= found["sentence_end"]):
        row |= {"sentence_start": start, "sentence_end": end}
    if "confidence" in names:
        row["confidence"] = 1.0
    if set(fields) & _EXPLAINED:
        row["rule"] = _rule(target.changes[-1])
    if kind == "toll" and "low" in fields and not fields.get("vague"):
        row["vague"] = False
    return row | {"corrected": last}


# Fields whose reason is no longer the one that was found.
_EXPLAINED = {"place", "value", "low"}


def _rule(change: Correction) -> str:
    words = f"confirmed by {change.who}" if change.after.get("confirmed") else f"set by {change.who}"
    return f"{words}: {change.note}" if change.note else words


def _defaults(kind: str, target: _Target) -> Row:
    common: Row = {"sentence_start": target.span[0], "sentence_end": target.span[1], "rule": ""}
    own: dict[str, Row] = {
        "mention": {
            "form": "name",
            "name": target.surface,
            "kind": "",
            "role": "mention",
            "alternatives": "[]",
        },
        "date": {"value": "", "granularity": "vague", "of": "reference"},
        "toll": {"kind": target.subject, "low": 0, "qualifier": "exact", "vague": False, "reference": False},
    }
    return own[kind] | common


def _typed(row: Row) -> Row:
    """Days as days; JSON has them as words."""
    return {
        name: date.fromisoformat(value) if name in ("first", "last") and isinstance(value, str) else value
        for name, value in row.items()
    }


def _with_here(rows: Sequence[Row], targets: Sequence[_Target]) -> list[Row]:
    """The mentions with ``here`` worked out anew; what a person said of it comes first."""
    said_of = {target.span: merged(target.changes)[0].get("here") for target in targets}
    told = [said_of.get((row["start"], row["end"])) for row in rows]
    mentions = [_mention(row) for row in rows]
    # A place where it did not happen is no reason to leave out the next best.
    candidates = [replace(m, place=None) if t is False else m for m, t in zip(mentions, told, strict=True)]
    here = happened(candidates)
    return [
        {**row, "here": h or (t is True and row["place"] is not None)}
        for row, h, t in zip(rows, here, told, strict=True)
    ]


def _topics(article: str, rows: Sequence[Row], changes: Sequence[Correction]) -> list[Row]:
    """The topics without those taken off, those called first in front, those added after the ones found."""
    by_code: dict[str, list[Correction]] = {}
    for change in changes:
        by_code.setdefault(change.subject, []).append(change)
    said_of = {code: merged(of_code) for code, of_code in by_code.items()}
    kept = [
        dict(row) | {"corrected": said_of[row["code"]][1] if row["code"] in said_of else None} for row in rows
    ]
    present = {row["code"] for row in rows}
    for code, (fields, last) in said_of.items():
        if code not in present:
            kept.append(
                {
                    "article": article,
                    "rank": 0,
                    "code": code,
                    "label": str(fields.get("label") or code),
                    "score": 1.0,
                    "rule": _rule(by_code[code][-1]),
                    "corrected": last,
                }
            )
    kept = [row for row in kept if not (row["code"] in said_of and said_of[row["code"]][0].get("removed"))]
    times = {code: of_code[-1].order for code, of_code in by_code.items()}
    front = [r for r in kept if r["code"] in said_of and said_of[r["code"]][0].get("first")]
    front.sort(key=lambda r: times[r["code"]], reverse=True)
    # A second-level topic (medtop:2…) follows the top concept it lies under.
    front.sort(key=lambda r: r["code"].startswith("medtop:2"))
    ordered = front + [row for row in kept if row not in front]
    return [{**row, "rank": rank} for rank, row in enumerate(ordered)]


# -- the article's event --------------------------------------------------------------------------------------------


def event(found: Row, result: Corrected, reference: Callable[[], date | None]) -> Row:
    """The article's row of ``events`` with what its corrected findings say; the rest of it stays as it was."""
    from dateline.findings.dates import best_interval
    from dateline.findings.tolls import own

    row = {name: found.get(name) for name in SCHEMAS["events"].names}
    if "dates" in result.tables:
        if result.chosen is not None:
            interval = (result.chosen["first"], result.chosen["last"], result.chosen["granularity"])
        else:
            dates = [_date(r) for r in result.tables["dates"]]
            interval = best_interval(dates, reference()) or (None, None, None)
        row["first"], row["last"], granularity = interval
        row["granularity"] = "day" if granularity == "time" else granularity
    if "tolls" in result.tables:
        figures = own([_toll(r) for r in result.tables["tolls"]])
        for kind in _OWN:
            row[kind] = figures[kind].low if kind in figures else None
            row[f"{kind}_said"] = said(figures[kind]) if kind in figures else None
    if "topics" in result.tables:
        topics = result.tables["topics"]
        row["topic"] = topics[0]["code"] if topics else None
    return row


def _mention(row: Row) -> Mention:
    return Mention(
        **{name: row[name] for name in ("start", "end", "surface", "form", "name", "kind", "place")},
        **{name: row[name] for name in ("geonameid", "country", "admin1", "lat", "lon", "precision", "role")},
        confidence=row["confidence"] or 0.0,
        sentence=(row["sentence_start"], row["sentence_end"]),
        rule=row["rule"],
    )


def _date(row: Row) -> DateFinding:
    return DateFinding(
        **{name: row[name] for name in ("start", "end", "surface", "value", "first", "last", "granularity")},
        of=row["of"],
        rule=row["rule"] or "",
        sentence=(row["sentence_start"], row["sentence_end"]),
    )


def _toll(row: Row) -> Toll:
    return Toll(
        **{name: row[name] for name in ("start", "end", "surface", "kind", "low", "high", "qualifier")},
        vague=bool(row["vague"]),
        sentence=(row["sentence_start"], row["sentence_end"]),
        reference=bool(row["reference"]),
        confidence=1.0 if row["confidence"] is None else row["confidence"],
    )
