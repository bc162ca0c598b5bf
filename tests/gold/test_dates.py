"""Accuracy floors for dates on gold files outside the project, and the dates of the acceptance page.

A floor is the figure reached less .01; it is lowered only by saying so here and why.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dateline.evaluation.dates import evaluate
from dateline.findings import dates, sentences

SHARED = Path(__file__).parents[3] / "shared"
GOLD = SHARED / "gold" / "dates"
PAGE = SHARED / "acceptance" / "anewz-page.txt"

FLOORS = {
    "timebank.dev": {"strict_f1": 0.931, "relaxed_f1": 0.950, "value_f1": 0.872},
    "aquaint.dev": {"strict_f1": 0.853, "relaxed_f1": 0.945, "value_f1": 0.840},
}


@pytest.mark.gold
@pytest.mark.parametrize("name", FLOORS)
def test_floors(name: str) -> None:
    path = GOLD / f"{name}.jsonl"
    if not path.exists():
        pytest.skip(f"no gold file at {path}")
    with path.open(encoding="utf-8") as lines:
        scores = evaluate(json.loads(line) for line in lines)
    below = {key: scores[key] for key, floor in FLOORS[name].items() if scores[key] < floor}
    assert below == {}


@pytest.mark.gold
def test_event_dates_of_whole_articles() -> None:
    """The best interval holds a day the coders named, in at least 37 of the 51 articles that have one."""
    path = GOLD / "event_5w1h.dev.jsonl"
    if not path.exists():
        pytest.skip(f"no gold file at {path}")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    dated = [(row, _coded_days(row)) for row in rows if _coded_days(row)]
    right = sum(any(_within(row, day) for day in days) for row, days in dated)
    assert len(dated) == 51
    assert right >= 37


def _coded_days(row: dict[str, Any]) -> set[str]:
    """The days the coders of a row gave."""
    days = {when.get(key) for when in row["when"] for key in ("value", "value_weekday")}
    return {day for day in days if day and len(day) == 10}


def _within(row: dict[str, Any], day: str) -> bool:
    """Whether the article's best interval holds the day."""
    text = "\n".join(part for part in (row["title"], row["lead"], row["text"]) if part)
    reference = date.fromisoformat(row["dct"][:10])
    best = dates.best_interval(dates.find(text, sentences.split(text), reference), reference)
    return best is not None and best[0].isoformat() <= day <= best[1].isoformat()


@pytest.mark.gold
def test_acceptance_page() -> None:
    if not PAGE.exists():
        pytest.skip(f"no acceptance page at {PAGE}")
    page = PAGE.read_text(encoding="utf-8")
    expected = json.loads(PAGE.with_name("anewz-expected.json").read_text(encoding="utf-8"))
    reference = date.fromisoformat(expected["reference_date"]["value"])
    found = dates.reference_date(page, latest=date(2026, 11, 24))
    assert found is not None and found[0] == reference
    wrong = {}
    for article in expected["articles"]:
        text = _excerpt(page, article)
        got = [
            (finding.surface, finding.value, finding.of)
            for finding in dates.find(text, sentences.split(text), reference)
        ]
        roles = {finding[0]: finding[2] for finding in got}
        want = [
            (row["text"], row["value"], row.get("of", roles.get(row["text"]))) for row in article["dates"]
        ]
        if got != want:
            wrong[article["key"]] = (got, want)
    assert wrong == {}


def _excerpt(page: str, article: dict[str, Any]) -> str:
    """The lines of the page that are the article: the last place where it starts, to its end or the line's."""
    start = page.rindex(article["starts"])
    if "ends" in article:
        tail = article["ends"][-60:]
        return page[start : page.index(tail, start) + len(tail)]
    return page[start:].splitlines()[0]
