"""How well tolls are read: the figure of each row against the figures that are right for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from dateline.article import Toll
from dateline.findings import sentences, tolls

_KINDS = ("killed", "injured")


def figure(found: Sequence[Toll], kind: str) -> int | None:
    """The one number a text gives for ``kind``: its own, or, where it tells only of older events, theirs.

    None where there is none, or only a vague one ("dozens").
    """
    own = tolls.own(found).get(kind) or tolls.foremost([t for t in found if t.kind == kind])
    return None if own is None or own.vague else own.low


def evaluate(rows: Iterable[dict[str, Any]]) -> dict[str, float]:
    """Precision and recall of killed and injured, and the share of ``negative`` rows with a false alarm, 0 to 1.

    A row has ``text`` and either ``killed_ok``, ``injured_ok`` (lists of right answers, None for "no figure") with
    ``killed``, ``injured``, or ``incidents`` as MUC-4 has them (the figure of any one is right, and so is their sum).
    """
    hits = dict.fromkeys(_KINDS, 0)
    given = dict.fromkeys(_KINDS, 0)
    due = dict.fromkeys(_KINDS, 0)
    negatives = alarms = count = 0
    for row in rows:
        count += 1
        found = tolls.find(row["text"], sentences.split(row["text"]))
        answers = {kind: figure(found, kind) for kind in _KINDS}
        for kind, answer in answers.items():
            wanted, right = _gold(row, kind)
            given[kind] += answer is not None
            due[kind] += wanted
            hits[kind] += answer is not None and answer in right
        if row.get("kind") == "negative":
            negatives += 1
            alarms += any(a is not None for a in answers.values())
    scores: dict[str, float] = {}
    for kind in _KINDS:
        scores[f"{kind}_precision"] = hits[kind] / given[kind] if given[kind] else 0.0
        scores[f"{kind}_recall"] = min(1.0, hits[kind] / due[kind]) if due[kind] else 0.0
    scores["false_alarms"] = alarms / negatives if negatives else 0.0
    scores["rows"] = float(count)
    return scores


def _gold(row: dict[str, Any], kind: str) -> tuple[bool, set[int | None]]:
    """Whether a figure is due, and all that are right."""
    if "incidents" not in row:
        return row.get(kind) is not None, set(row[f"{kind}_ok"])
    figures = [int(i[kind]) for i in row["incidents"] if i.get(kind)]
    return bool(figures), {*figures, sum(figures)} if figures else {None, 0}
