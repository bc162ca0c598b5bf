"""Standing: which of the corrections count, and where in their articles they apply.

A correction stands unless a standing one undoes it; so undoing an undo brings the first one back. Of two that change
the same field of one subject the later wins; fields that the later does not touch stay as the earlier left them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from dateline.corrections.correction import Correction

# Why a correction has no effect, in the words of lists and files.
ORPHANED = "orphaned"
UNDONE = "undone"
STANDS = "stands"
UNDO = "undo"


def standing(corrections: Iterable[Correction]) -> list[Correction]:
    """Those that count, in order; the rows that only undo others are not among them."""
    rows = sorted(corrections, key=lambda c: c.order)
    undone = undone_ids(rows)
    return [c for c in rows if c.undoes is None and c.id not in undone]


def undone_ids(corrections: Sequence[Correction]) -> set[str]:
    """The ids that a standing row undoes. Only what came before can be undone, so there are no circles."""
    undone: set[str] = set()
    known = {c.id: c for c in corrections}
    for row in sorted(corrections, key=lambda c: c.order, reverse=True):
        if row.undoes in known and row.id not in undone and known[row.undoes].order < row.order:
            undone.add(row.undoes)
    return undone


def undoers(id: str, corrections: Sequence[Correction]) -> list[Correction]:
    """The standing rows that undo a correction; empty where it stands."""
    undone = undone_ids(corrections)
    return [c for c in corrections if c.undoes == id and c.id not in undone]


def by_article(corrections: Iterable[Correction]) -> dict[str, list[Correction]]:
    """Corrections of findings by their articles, in order."""
    found: dict[str, list[Correction]] = defaultdict(list)
    for correction in corrections:
        if correction.article is not None and correction.kind not in ("story", "reject"):
            found[correction.article].append(correction)
    return dict(found)


def same_subject(one: Correction, other: Correction) -> bool:
    """Whether two corrections are about one thing: the same topic, story or reject; spans that overlap; a name that
    one of them corrects wherever the article has it.
    """
    if one.kind != other.kind:
        return False
    if one.kind == "reject":
        return one.subject == other.subject
    if one.kind == "story":
        return bool(articles_of(one) & articles_of(other))
    if one.article != other.article:
        return False
    if one.anchor is None or other.anchor is None:
        return one.subject == other.subject
    overlap = one.anchor.start < other.anchor.end and other.anchor.start < one.anchor.end
    if one.kind == "toll":
        return overlap and one.subject == other.subject
    everywhere = bool(one.after.get("everywhere") or other.after.get("everywhere"))
    return overlap or (everywhere and alike(one.anchor.surface, other.anchor.surface))


def articles_of(correction: Correction) -> set[str]:
    """All articles that a correction of a story names."""
    named: Collection[str] = {
        article
        for name in ("merge", "split", "rest", "articles")
        for article in correction.after.get(name) or ()
    }
    return {*named, correction.article} if correction.article else set(named)


def alike(one: str, other: str) -> bool:
    """Whether two surfaces are the same words."""
    return one.split() == other.split()


def merged(changes: Iterable[Correction]) -> tuple[dict[str, Any], str]:
    """The fields that corrections of one span leave, later ones winning, and the id of the last.

    What is given a place again, or a value, is no longer removed.
    """
    fields: dict[str, Any] = {}
    last = ""
    for change in changes:
        after: Mapping[str, Any] = change.after
        fields = {**fields, **({} if after.get("removed") else {"removed": False}), **after}
        last = change.id
    return fields, last
