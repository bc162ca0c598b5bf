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
    "lgl.dev": {"f1": 0.829, "f1_at_161": 0.731, "id_or_161": 0.735},
    "geovirus.dev": {"f1": 0.924, "f1_at_161": 0.795, "id_or_161": 0.887},
    "trnews.dev": {"f1": 0.889, "f1_at_161": 0.831, "id_or_161": 0.831},
    "geowebnews.dev": {"f1": 0.850, "f1_at_161": 0.815, "id_or_161": 0.744},
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
