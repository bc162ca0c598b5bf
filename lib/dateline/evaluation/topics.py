"""How often the first topic of a text is right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from dateline.findings import topics


def evaluate(rows: Iterable[dict[str, Any]]) -> dict[str, float]:
    """``accuracy``: the share of rows whose first topic is in ``medtop_ok``; ``macro``: the mean of the labels'
    shares; and the share of each ``label``. A row has ``title``, ``text``, ``label`` and ``medtop_ok`` (codes).
    """
    seen: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for row in rows:
        found = topics.find(row.get("title") or "", row["text"])
        label = str(row.get("label") or "")
        seen[label] += 1
        right[label] += bool(found) and found[0].code in row["medtop_ok"]
    total = sum(seen.values())
    shares = {label: right[label] / n for label, n in sorted(seen.items())}
    return {
        "accuracy": sum(right.values()) / total if total else 0.0,
        "macro": sum(shares.values()) / len(shares) if shares else 0.0,
        **{f"label: {label}": share for label, share in shares.items()},
        "rows": float(total),
    }
