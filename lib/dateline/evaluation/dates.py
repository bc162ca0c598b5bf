"""How well time expressions are found and resolved: TempEval-3's measures over DATE and TIME."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from dateline.article import day_of
from dateline.findings import dates, sentences

_SCORED = ("DATE", "TIME")
Span = tuple[int, int, str]


def evaluate(rows: Iterable[dict[str, Any]]) -> dict[str, float]:
    """Strict, relaxed and value F1, each 0 to 1, pooled over the rows (``text``, ``dct``, ``timex``).

    Strict asks for the same span, relaxed for an overlap (one finding to one expression), value for an overlap
    with the same TIMEX3 value. A finding over a DURATION or SET, which are not scored, is a false alarm.
    """
    return score((row, _findings(row)) for row in rows)


def score(answered: Iterable[tuple[dict[str, Any], Sequence[Span]]]) -> dict[str, float]:
    """The same figures for the spans that any tool found in each row: start, end and TIMEX3 value, sorted."""
    gold_count = found_count = strict = relaxed = value = 0
    for row, found in answered:
        gold = sorted((t["start"], t["end"], t["value"]) for t in row["timex"] if t["type"] in _SCORED)
        pairs = overlapping(gold, found)
        gold_count += len(gold)
        found_count += len(found)
        relaxed += len(pairs)
        strict += sum(left[:2] == right[:2] for left, right in pairs)
        value += sum(left[2] == right[2] for left, right in pairs)
    return {
        "strict_f1": _f1(strict, gold_count, found_count),
        "relaxed_f1": _f1(relaxed, gold_count, found_count),
        "value_f1": _f1(value, gold_count, found_count),
        "precision": relaxed / found_count if found_count else 0.0,
        "recall": relaxed / gold_count if gold_count else 0.0,
        "value_accuracy": value / relaxed if relaxed else 0.0,
        "gold": float(gold_count),
        "found": float(found_count),
    }


def _findings(row: dict[str, Any]) -> list[Span]:
    """What is found in a row's text, against its day of writing."""
    text = row["text"]
    found = dates.find(text, sentences.split(text), day_of(row.get("dct")), row.get("language") or "en")
    return [(finding.start, finding.end, finding.value) for finding in found]


def overlapping(gold: Sequence[Span], found: Sequence[Span]) -> list[tuple[Span, Span]]:
    """Pairs of overlapping spans, each span once, walking both sorted lists from the left."""
    pairs: list[tuple[Span, Span]] = []
    left = right = 0
    while left < len(gold) and right < len(found):
        if gold[left][0] < found[right][1] and found[right][0] < gold[left][1]:
            pairs.append((gold[left], found[right]))
            left, right = left + 1, right + 1
        elif gold[left][1] <= found[right][1]:
            left += 1
        else:
            right += 1
    return pairs


def _f1(hits: int, gold: int, found: int) -> float:
    return 2 * hits / (gold + found) if gold + found else 0.0
