"""Accuracy floors for stories: one threshold for every set, alone and among other articles, all annotated.

A floor is the figure reached less .01; it is lowered only by saying so here and why.
"""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path

import pandas as pd
import pytest

from dateline import evaluation, stories
from dateline.evaluation.stories import evaluate

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
SCALE = SHARED / "gold" / "scale" / "reuters-20k.jsonl.gz"
FLOORS = {"giveme5w1h": 0.95, "ecbplus": 0.91}
MIXED_FLOORS = {"giveme5w1h": 0.95, "ecbplus": 0.90}
SAMPLE_FLOOR = 0.96


@pytest.mark.gold
@pytest.mark.parametrize("name", FLOORS)
def test_floors(name: str) -> None:
    path = SHARED / "gold" / "stories" / f"{name}.dev.jsonl"
    if not path.exists():
        pytest.skip(f"{path} is not here")
    assert evaluation.run("stories", path)["f1"] >= FLOORS[name]


@pytest.mark.gold
@pytest.mark.slow
@pytest.mark.parametrize("name", MIXED_FLOORS)
def test_floors_among_5000_others(name: str) -> None:
    path = SHARED / "gold" / "stories" / f"{name}.dev.jsonl"
    if not path.exists() or not SCALE.exists():
        pytest.skip(f"{path} or {SCALE} is not here")
    assert evaluate(evaluation.read(path), islice(evaluation.read(SCALE), 5_000))["f1"] >= MIXED_FLOORS[name]


@pytest.mark.gold
def test_the_sample_corpus() -> None:
    assert evaluate(evaluation.read(ROOT / "data" / "sample" / "articles.jsonl"))["f1"] >= SAMPLE_FLOOR


@pytest.mark.gold
def test_acceptance() -> None:
    folder = SHARED / "acceptance"
    if not folder.is_dir():
        pytest.skip(f"{folder} is not here")
    lines = (folder / "anewz-page.txt").read_text(encoding="utf-8").split("\n")
    wanted = json.loads((folder / "anewz-expected.json").read_text(encoding="utf-8"))
    texts = {
        a["key"]: next(x for x in lines if x.startswith(a["starts"]) and not x.endswith("..."))
        for a in wanted["articles"]
    }
    found = stories.group_texts(pd.DataFrame({"id": list(texts), "text": list(texts.values())}))
    story = dict(zip(found["article"], found["story"], strict=True))
    together = {frozenset(rows["article"]) for _, rows in found.groupby("story") if len(rows) > 1}
    assert together == {frozenset(members) for members in wanted["stories"]}
    assert all(story[a] != story[b] for a, b in wanted["not_same_story"])
