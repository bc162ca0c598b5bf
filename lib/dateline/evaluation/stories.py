"""How well articles are grouped into stories: B³ (Bagga and Baldwin 1998)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from dateline import stories


def evaluate(rows: Iterable[dict[str, Any]], background: Iterable[dict[str, Any]] = ()) -> dict[str, float]:
    """B³ precision, recall and F1 over rows of ``id``, ``title``, ``text``, ``date`` and ``cluster`` (or ``story``).

    ``background`` articles are grouped with them; each is its own story as far as anyone knows, so that one in a
    story of the gold's costs precision, while they are not scored themselves.
    """
    scored = list(rows)
    beside = list(background)
    frame = pd.DataFrame(
        [
            {
                "id": str(row.get("id") or row.get("fact") or n),
                "title": row.get("title"),
                "text": row["text"],
                "published": row.get("published") or row.get("date"),
            }
            for n, row in enumerate([*scored, *beside])
        ]
    )
    if frame.empty:
        return {"precision": 0.0, "recall": 0.0, "f1": 0.0, "stories": 0.0, "rows": 0.0}
    found = stories.group_texts(frame)["story"].tolist()
    gold = [str(row.get("cluster") or row.get("story")) for row in scored]
    precision, recall = b_cubed(gold, found)
    return {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / (precision + recall) if precision + recall else 0.0,
        "stories": float(len(set(found[: len(scored)]))),
        "rows": float(len(scored)),
    }


def b_cubed(gold: Sequence[str], found: Sequence[str]) -> tuple[float, float]:
    """Precision and recall, the mean over the items of ``gold`` of the shares of their own kind beside them.

    ``found`` may go on after ``gold`` ends: those items belong to no gold story.
    """
    both: dict[tuple[str, str], int] = {}
    in_gold: dict[str, int] = {}
    in_found: dict[str, int] = {}
    for story in found:
        in_found[story] = in_found.get(story, 0) + 1
    for right, story in zip(gold, found, strict=False):
        both[right, story] = both.get((right, story), 0) + 1
        in_gold[right] = in_gold.get(right, 0) + 1
    if not gold:
        return 0.0, 0.0
    precision = sum(n * n / in_found[story] for (_, story), n in both.items()) / len(gold)
    recall = sum(n * n / in_gold[right] for (right, _), n in both.items()) / len(gold)
    return precision, recall
