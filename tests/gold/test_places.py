"""Accuracy floors for places on gold files outside the project.

A floor is the figure reached less .01; it is lowered only by saying so here and why.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dateline.evaluation.places import evaluate

GOLD = Path(__file__).parents[3] / "shared" / "gold" / "places"

FLOORS = {
    "lgl.dev": {"f1": 0.779, "f1_at_161": 0.704, "id_or_161": 0.707},
    "geovirus.dev": {"f1": 0.912, "f1_at_161": 0.770, "id_or_161": 0.864},
    "trnews.dev": {"f1": 0.852, "f1_at_161": 0.807, "id_or_161": 0.805},
    "geowebnews.dev": {"f1": 0.830, "f1_at_161": 0.802, "id_or_161": 0.746},
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
