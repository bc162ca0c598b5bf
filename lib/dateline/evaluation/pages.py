"""How well a saved page is read: its body, its day, the phrases it must and must not keep."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from dateline.sources import encodings, pages

_WORD = re.compile(r"\w+")
_GRAM = 4


def evaluate(rows: Iterable[dict[str, Any]], folder: Path) -> dict[str, float]:
    """Scores 0 to 1 of what the rows have gold for; ``html`` is a path under ``folder``.

    ``body_f1`` is the mean over pages of the F1 of word 4-grams; ``day`` the share of pages with the right day;
    ``must_have`` and ``must_not`` the shares of phrases kept and left out.
    """
    bodies: list[float] = []
    days: list[bool] = []
    kept: list[bool] = []
    left: list[bool] = []
    for row in rows:
        html = _html(folder / row["html"])
        if row.get("body") or "must_have" in row:
            body = pages.body(html)
            if row.get("body"):
                bodies.append(gram_f1(row["body"], body))
            flat = " ".join(body.split())
            kept += [" ".join(p.split()) in flat for p in row.get("must_have", ())]
            left += [" ".join(p.split()) not in flat for p in row.get("must_not", ())]
        if isinstance(row.get("date"), str) and row["date"]:
            days.append(pages.day(html) == row["date"][:10])
    lists: dict[str, list[float] | list[bool]] = {
        "body_f1": bodies,
        "day": days,
        "must_have": kept,
        "must_not": left,
    }
    return {name: sum(values) / len(values) for name, values in lists.items() if values}


def _html(path: Path) -> str:
    data = path.read_bytes()
    return encodings.decode(gzip.decompress(data) if path.suffix == ".gz" else data).text


def gram_f1(gold: str, found: str) -> float:
    """F1 of the word 4-grams of two texts, each counted as often as it occurs; a short text is one gram."""
    right, given = _grams(gold), _grams(found)
    shared = (right & given).total()
    return 2 * shared / (right.total() + given.total()) if right.total() + given.total() else 1.0


def _grams(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    return Counter(tuple(words[i : i + _GRAM]) for i in range(max(1, len(words) - _GRAM + 1)) if words)
