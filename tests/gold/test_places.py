"""Accuracy of places on gold files outside the project.

The shipped weights have been trained on these files, so that what they reach here only shows that reading works as it
did in training: a drop means that something broke. What unseen texts give is measured by
``dateline.evaluation.unseen_places``, which trains anew without them and keeps its figures beside the weights they
are of. A floor is the figure reached less .01; it is lowered only by saying so here and why.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dateline.evaluation.places import evaluate
from dateline.evaluation.unseen_places import SCORES, weights

GOLD = Path(__file__).parents[3] / "shared" / "gold" / "places"

FLOORS = {
    "lgl.dev": {"f1": 0.946, "f1_at_161": 0.906, "id_or_161": 0.915},
    "geovirus.dev": {"f1": 0.971, "f1_at_161": 0.836, "id_or_161": 0.936},
    "trnews.dev": {"f1": 0.960, "f1_at_161": 0.919, "id_or_161": 0.914},
    "geowebnews.dev": {"f1": 0.940, "f1_at_161": 0.857, "id_or_161": 0.801},
}
# Of texts that neither recogniser nor ranker saw, by cross-validation over documents.
UNSEEN_FLOORS = {
    "lgl": {"f1": 0.867, "f1_at_161": 0.822, "id_or_161": 0.854},
    "geovirus": {"f1": 0.937, "f1_at_161": 0.812, "id_or_161": 0.926},
    "trnews": {"f1": 0.903, "f1_at_161": 0.875, "id_or_161": 0.894},
    "geowebnews": {"f1": 0.869, "f1_at_161": 0.826, "id_or_161": 0.774},
}


def scores() -> dict[str, Any]:
    """What the last measurement on unseen texts gave."""
    told: dict[str, Any] = json.loads(SCORES.read_text(encoding="utf-8"))
    return told


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


@pytest.mark.parametrize("name", UNSEEN_FLOORS)
def test_floors_on_unseen_texts(name: str) -> None:
    told = scores()["cross_validated"][name]
    assert {key: told[key] for key, floor in UNSEEN_FLOORS[name].items() if told[key] < floor} == {}


def test_the_figures_are_of_the_weights_that_ship() -> None:
    assert scores()["weights"] == weights(), "run: python -m dateline.evaluation.unseen_places --gold DIR"
