"""How often the first topic of a text is right, and how well the second level is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from dateline.findings import topics


def evaluate(rows: Iterable[dict[str, Any]]) -> dict[str, float]:
    """``accuracy``: the share of rows whose first topic is in ``medtop_ok``; ``macro``: the mean of the labels'
    shares; and the share of each ``label``. A row has ``title``, ``text``, ``label`` and ``medtop_ok`` (codes).

    Where rows have ``second`` too (a list of all the second-level codes that are right), ``second_precision`` and
    ``second_recall`` count these over all such rows.
    """
    told = right_second = wanted = 0
    seen: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for row in rows:
        found = topics.find(row.get("title") or "", row["text"])
        label = str(row.get("label") or "")
        seen[label] += 1
        right[label] += bool(found) and found[0].code in row["medtop_ok"]
        if row.get("second") is not None:
            second = {t.code for t in found if t.code in topics.parents()}
            told, wanted = told + len(second), wanted + len(row["second"])
            right_second += len(second & set(row["second"]))
    total = sum(seen.values())
    shares = {label: right[label] / n for label, n in sorted(seen.items())}
    return {
        "accuracy": sum(right.values()) / total if total else 0.0,
        "macro": sum(shares.values()) / len(shares) if shares else 0.0,
        **({"second_precision": right_second / told} if told else {}),
        **({"second_recall": right_second / wanted} if wanted else {}),
        **{f"label: {label}": share for label, share in shares.items()},
        "rows": float(total),
    }
