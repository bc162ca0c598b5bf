"""The measures themselves, on cases small enough to reckon by hand."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from dateline import evaluation
from dateline.article import Mention
from dateline.evaluation import pages, places, stories, tolls, topics


def test_every_kind_has_a_module() -> None:
    from importlib import import_module

    assert all(callable(import_module(f"dateline.evaluation.{kind}").evaluate) for kind in evaluation.KINDS)


def test_b_cubed_by_hand() -> None:
    # Two stories of two; the answer puts three together: the lone one is pure but half of its story.
    precision, recall = stories.b_cubed(["a", "a", "b", "b"], ["x", "x", "x", "y"])
    assert precision == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert recall == pytest.approx((1 + 1 + 0.5 + 0.5) / 4)


def test_b_cubed_counts_strangers_against_precision() -> None:
    assert stories.b_cubed(["a", "a"], ["x", "x", "x", "x"]) == (0.5, 1.0)
    assert stories.b_cubed(["a", "a"], ["x", "x", "z", "z"]) == (1.0, 1.0)
    assert stories.b_cubed([], []) == (0.0, 0.0)


def test_stories_of_rows() -> None:
    text = "Flash floods tore through the old town of Safi and killed 37 people."
    rows = [{"id": str(n), "title": "Floods in Safi", "text": text, "cluster": "safi"} for n in range(3)]
    assert stories.evaluate(rows)["f1"] == 1.0
    assert stories.evaluate([])["f1"] == 0.0


def test_tolls_by_hand() -> None:
    rows: list[dict[str, Any]] = [
        row("The blast killed 12 people.", killed=12),
        row("The blast killed 12 people.", killed=21),
        row("The blast shook the town.", killed=3),
        row("Sales fell by a tenth.", kind="negative"),
        row("The fire killed 2 people.", kind="negative"),
    ]
    scores = tolls.evaluate(rows)
    assert scores["killed_precision"] == pytest.approx(1 / 3)
    assert scores["killed_recall"] == pytest.approx(1 / 3)
    assert scores["false_alarms"] == 0.5


def row(text: str, kind: str = "current", killed: int | None = None) -> dict[str, Any]:
    return {
        "text": text,
        "kind": kind,
        "killed": killed,
        "killed_ok": [killed],
        "injured": None,
        "injured_ok": [None],
    }


def test_a_vague_toll_is_no_figure() -> None:
    text = "Dozens of people were killed."
    assert tolls.figure(tolls.tolls.find(text, [(0, len(text))]), "killed") is None


def test_topics_by_hand() -> None:
    bank = {
        "title": "Bank raises rate",
        "text": "Inflation grew and the central bank raised its interest rate.",
    }
    scores = topics.evaluate(
        [
            {**bank, "label": "money", "medtop_ok": ["medtop:04000000"]},
            {**bank, "label": "sport", "medtop_ok": ["medtop:15000000"]},
        ]
    )
    assert (scores["accuracy"], scores["label: money"], scores["label: sport"]) == (0.5, 1.0, 0.0)


def mention(start: int, end: int, lat: float | None, lon: float | None, **more: Any) -> Mention:
    values: dict[str, Any] = {
        "surface": "", "form": "name", "name": "", "kind": "settlement", "place": None, "geonameid": None,
        "country": None, "admin1": None, "precision": 1, "role": "where", "confidence": 1.0,
        "sentence": (0, 9), "rule": "",
    }  # fmt: skip
    return Mention(start=start, end=end, lat=lat, lon=lon, **{**values, **more})


def test_places_by_hand() -> None:
    gold = [
        {"start": 0, "end": 4, "lat": 32.3, "lon": -9.2},
        {"start": 10, "end": 17, "lat": 31.8, "lon": -7.1, "geonameid": 2542007},
        {"start": 20, "end": 25, "lat": None, "lon": None},
    ]
    found = [
        mention(0, 4, 32.0, -9.0),
        mention(10, 17, 10.0, 10.0, geonameid=2542007),
        mention(20, 25, 1.0, 1.0),
        mention(30, 35, 1.0, 1.0),
    ]
    scores = places.evaluate([{"text": "", "toponyms": gold}], lambda _: found)
    assert (scores["precision"], scores["recall"]) == (0.75, 1.0)
    # of three placed findings that count one is near; of two placed toponyms one is found near
    assert scores["f1_at_161"] == pytest.approx(2 * (1 / 3) * (1 / 2) / (1 / 3 + 1 / 2))
    assert scores["id_or_161"] == 1.0


def test_adjectives_are_left_out_where_the_gold_leaves_them_out() -> None:
    found = [mention(0, 4, 1.0, 1.0), mention(5, 11, 1.0, 1.0, form="adjectival")]
    toponym = {"start": 0, "end": 4, "lat": 1.0, "lon": 1.0}
    with_pages = {"text": "", "toponyms": [{**toponym, "page": "https://en.wikipedia.org/wiki/Safi"}]}
    assert places.evaluate([with_pages], lambda _: found)["precision"] == 1.0
    assert places.evaluate([{"text": "", "toponyms": [toponym]}], lambda _: found)["precision"] == 0.5


def test_kilometres() -> None:
    assert places.kilometres(52.52, 13.405, 48.137, 11.575) == pytest.approx(504, abs=3)
    assert places.kilometres(0, 179.5, 0, -179.5) == pytest.approx(111.2, abs=0.5)


def test_gram_f1() -> None:
    assert pages.gram_f1("one two three four five", "one two three four five") == 1.0
    assert pages.gram_f1("one two three four five", "one two three four six") == 0.5
    assert pages.gram_f1("one two three four", "") == 0.0


def test_pages_from_a_folder(tmp_path: Path) -> None:
    body = "The ferry to the island will sail twice a day from May, the harbour office said. " * 6
    html = (
        '<html><head><meta property="article:published_time" content="2025-05-02T08:00:00Z"></head>'
        f"<body><nav>Home Contact</nav><article><h1>Ferry</h1><p>{body}</p></article></body></html>"
    )
    (tmp_path / "page.html.gz").write_bytes(gzip.compress(html.encode()))
    rows = [
        {
            "html": "page.html.gz",
            "body": body,
            "date": "2025-05-02",
            "must_have": ["twice a day"],
            "must_not": ["Home"],
        }
    ]
    scores = pages.evaluate(rows, tmp_path)
    assert scores["body_f1"] > 0.9
    assert (scores["day"], scores["must_have"], scores["must_not"]) == (1.0, 1.0, 1.0)


@pytest.mark.parametrize("name", ["gold.jsonl", "gold.jsonl.gz"])
def test_run_reads_gzipped_and_plain(tmp_path: Path, name: str) -> None:
    line = json.dumps(row("The blast killed 12 people.", killed=12)) + "\n\n"
    data = line.encode()
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    assert evaluation.run("tolls", tmp_path / name)["killed_recall"] == 1.0


def test_run_names_the_broken_line(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"text": "x", "killed_ok": [null], "injured_ok": [null]}\n{"text": \n', encoding="utf-8")
    with pytest.raises(ValueError, match="line 2"):
        evaluation.run("tolls", path)
    with pytest.raises(ValueError, match="kind"):
        evaluation.run("prices", path)
