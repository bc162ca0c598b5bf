"""How well toponyms are found and put on the map."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from urllib.parse import unquote

from dateline.article import Mention
from dateline.gazetteer.distance import kilometres

NEAR_KM = 161.0
Find = Callable[[dict[str, Any]], Sequence[Mention]]


def found_in(row: dict[str, Any]) -> Sequence[Mention]:
    """What Dateline finds in a row's ``text``."""
    from dateline.findings import language, places, sentences
    from dateline.gazetteer import load

    text = row["text"]
    found: Sequence[Mention] = places.find(
        text,
        sentences.split(text),
        gazetteer=load(),
        source_country=row.get("source_country"),
        language=row.get("language") or language.detect(text),
    )
    return found


def evaluate(rows: Iterable[dict[str, Any]], find: Find = found_in) -> dict[str, float]:
    """Exact-span precision, recall and F1; F1 of spans resolved within 161 km; and the share of gold toponyms
    with coordinates that are found and right (within 161 km, the same GeoNames id, or the country or continent that
    the gold's page names), each 0 to 1. A row has ``text`` and ``toponyms``.

    Where the gold names pages instead of gazetteer ids (GeoVirus) adjectival forms are not annotated, so
    findings of that form are left out.
    """
    gold_all = found_all = exact = 0
    gold_placed = found_placed = near = right = 0
    for row in rows:
        gold = {(t["start"], t["end"]): t for t in row["toponyms"]}
        nouns_only = any("page" in t for t in row["toponyms"])
        found = {(m.start, m.end): m for m in find(row) if not (nouns_only and m.form == "adjectival")}
        gold_all += len(gold)
        found_all += len(found)
        exact += len(gold.keys() & found.keys())
        placed = {span for span, t in gold.items() if t.get("lat") is not None}
        gold_placed += len(placed)
        found_placed += sum(
            m.lat is not None and (span in placed or span not in gold) for span, m in found.items()
        )
        for span in placed & found.keys():
            close = _within(gold[span], found[span])
            near += close
            right += close or _same(gold[span], found[span])
    precision, recall = _ratio(exact, found_all), _ratio(exact, gold_all)
    return {
        "precision": precision,
        "recall": recall,
        "f1": _f1(precision, recall),
        "f1_at_161": _f1(_ratio(near, found_placed), _ratio(near, gold_placed)),
        "id_or_161": _ratio(right, gold_placed),
        "gold": float(gold_all),
        "found": float(found_all),
    }


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _within(gold: dict[str, Any], found: Mention) -> bool:
    if found.lat is None or found.lon is None:
        return False
    return kilometres(gold["lat"], gold["lon"], found.lat, found.lon) <= NEAR_KM


def _same(gold: dict[str, Any], found: Mention) -> bool:
    if gold.get("geonameid") and gold["geonameid"] == found.geonameid:
        return True
    page = unquote(str(gold.get("page") or "")).rsplit("/", 1)[-1].replace("_", " ")
    return bool(page) and page == found.name and found.precision in (4, 5)
