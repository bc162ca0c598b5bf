"""How well articles are grouped into stories: B³ (Bagga and Baldwin 1998)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from dateline import stories

# Articles, mentions, tolls and events, as ``dateline.stories.group`` takes them.
Told = tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame]


def evaluate(rows: Iterable[dict[str, Any]], background: Iterable[dict[str, Any]] = ()) -> dict[str, float]:
    """B³ precision, recall and F1 of articles grouped with what annotating finds in them.

    Rows have ``id``, ``title``, ``text``, ``date`` and ``cluster`` (or ``published`` and ``story``).
    ``background`` articles are grouped with them; each is its own story as far as anyone knows, so that one in a
    story of the gold's costs precision, while they are not scored themselves.
    """
    scored = list(rows)
    beside = list(background)
    if not scored and not beside:
        return {"precision": 0.0, "recall": 0.0, "f1": 0.0, "stories": 0.0, "rows": 0.0}
    every = [
        {**row, "id": str(row.get("id") or row.get("fact") or n)} for n, row in enumerate([*scored, *beside])
    ]
    found = stories.group(*told(every))["story"].tolist()
    gold = [str(row.get("cluster") or row.get("story")) for row in scored]
    precision, recall = b_cubed(gold, found)
    return {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / (precision + recall) if precision + recall else 0.0,
        "stories": float(len(set(found[: len(scored)]))),
        "rows": float(len(scored)),
    }


def told(rows: Sequence[Mapping[str, Any]]) -> Told:
    """What ``dateline.stories.group`` takes, of rows with ``id``, ``title``, ``text`` and a day, annotated."""
    from dateline import annotate

    texts = [{**row, "id": str(row["id"]), "text": row.get("text") or ""} for row in rows]
    frames = annotate.frames_of(
        list(annotate.annotate_articles(texts)), [annotate.reference(row) for row in texts]
    )
    articles = pd.DataFrame(
        {
            "id": [row["id"] for row in texts],
            "title": [row.get("title") for row in texts],
            "text": [row["text"] for row in texts],
            "published_on": [row.get("published") or row.get("date") or row.get("dct") for row in texts],
        },
        dtype="object",
    )
    return articles, frames["mentions"], frames["tolls"], frames["events"]


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
