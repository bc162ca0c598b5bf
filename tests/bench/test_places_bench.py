"""The comparison of place finders: with tools made up here, none of the real ones."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.bench import places, serving
from tests.bench.largest import Largest, Spot, key_of
from tests.bench.peers import Found, Span, Tool, in_order, located, trimmed

TEXT = "The Syrian envoy left Paris for the Springfield of Vermont."
PARIS = Spot("Paris", 48.85, 2.35, 2988507, 1, 2_100_000)
PARIS_TEXAS = Spot("Paris", 33.66, -95.56, 4717560, 1, 25_000)
SYRIA = Spot("Syria", 35.0, 38.0, 163843, 4, 17_000_000)
GEORGIA = Spot("Georgia", 42.0, 43.5, 614540, 4, 3_700_000)
STATE = Spot("Georgia", 32.75, -83.5, None, 3, 10_700_000)


@pytest.fixture
def largest() -> Largest:
    others = [("Paris", PARIS_TEXAS), ("Paris", PARIS), ("Lutetia", PARIS), ("Georgia", STATE)]
    return Largest([("Georgia", GEORGIA)], others, [("Syrian", SYRIA)])


def of_words(text: str) -> Iterable[Span]:
    """A tool that knows two words."""
    yield from in_order(text, [word for word in ("Paris", "Springfield") if word in text])
    yield from in_order(text, [word for word in ("Syrian", "Vermont") if word in text], "adjectival")


def tool() -> Tool:
    return Tool(lambda rows, points: [located(of_words(row["text"]), points) for row in rows])


# -- resolution ------------------------------------------------------------------------------------------------


def test_the_most_populous_bearer_of_a_name_wins(largest: Largest) -> None:
    assert largest("paris") == PARIS
    assert largest("Lutetia") == PARIS


def test_a_country_comes_before_a_larger_division(largest: Largest) -> None:
    assert largest("Georgia") == GEORGIA


def test_a_name_that_nothing_bears(largest: Largest) -> None:
    assert largest("Atlantis") is None
    assert largest("Syrian") is None
    assert largest.of_people("Paris") is None


@pytest.mark.parametrize(
    ("one", "other"),
    [("U.A.E.", "UAE"), ("SÃO  Paulo", "Sao paulo"), ("Gəncə", "GƏNCƏ"), ("Zürich", "zurich")],
)
def test_names_are_compared_without_case_accents_and_stops(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


def test_adjectives_of_no_country_are_no_toponyms(largest: Largest) -> None:
    found = located(of_words(TEXT), largest)
    assert [(TEXT[one.start : one.end], one.name, one.form) for one in found] == [
        ("Paris", "Paris", "name"),
        ("Springfield", "Springfield", "name"),
        ("Syrian", "Syria", "adjectival"),
    ]
    assert [one.lat for one in found] == [48.85, None, 35.0]


# -- spans -----------------------------------------------------------------------------------------------------


def test_names_without_spans_are_found_again_in_order() -> None:
    text = "Nicely put: Nice, not Nicer, and Nice again and again"
    found = [text[start - 1 : end + 1] for start, end, *_ in in_order(text, ["Nice", "Nice"])]
    assert found == [" Nice,", " Nice "]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("the United States", "United States"),
        ("Iran's", "Iran"),
        ("The Hague", "Hague"),
        ("Theodosia", "Theodosia"),
    ],
)
def test_articles_and_owners_are_cut_off(given: str, kept: str) -> None:
    text = f"in {given} today"
    start, end, name = trimmed(text, 3, 3 + len(given))
    assert (text[start:end], name) == (kept, kept)


# -- scores ----------------------------------------------------------------------------------------------------


def gold(*toponyms: tuple[str, float, float]) -> dict[str, Any]:
    spans = [(TEXT.index(name), name, lat, lon) for name, lat, lon in toponyms]
    return {
        "id": "made-up",
        "text": TEXT,
        "toponyms": [
            {"start": start, "end": start + len(name), "text": name, "lat": lat, "lon": lon}
            for start, name, lat, lon in spans
        ],
    }


def test_scores_are_those_of_the_evaluation(largest: Largest) -> None:
    rows = [gold(("Paris", 48.9, 2.3), ("Vermont", 44.0, -72.7), ("Syrian", 35.0, 38.0))]
    scored = places.accuracy({"lgl": rows}, lambda given: tool().read(given, largest))["lgl"]
    # Three found, two of them in the gold's three; both placed, and both near.
    assert (scored["precision"], scored["recall"]) == (pytest.approx(2 / 3), pytest.approx(2 / 3))
    assert scored["f1_at_161"] == pytest.approx(2 * (2 / 2) * (2 / 3) / (2 / 2 + 2 / 3))
    assert scored["id_or_161"] == pytest.approx(2 / 3)


def test_tools_are_not_shown_the_answers() -> None:
    assert places.bare([gold(("Paris", 48.9, 2.3)) | {"source_country": "FR", "language": None}]) == [
        {"text": TEXT, "source_country": "FR"}
    ]


def test_kept_scores(tmp_path: Path) -> None:
    path = tmp_path / "scores.json"
    assert places.kept_scores(path, ["lgl"]) == {}
    figures = {"f1": 0.88, "f1_at_161": 0.79, "id_or_161": 0.82}
    path.write_text(json.dumps({"unseen_corpus": {"lgl": figures, "other": figures}, "cross_validated": {}}))
    assert places.kept_scores(path, ["lgl", "trnews"]) == {
        "Dateline, never trained on that collection": {"lgl": figures}
    }


def test_gold_sets_in_the_usual_order_and_cut_short(tmp_path: Path) -> None:
    for name in ("trnews.dev", "another", "lgl.dev"):
        (tmp_path / f"{name}.jsonl").write_text('{"text": "a"}\n{"text": "b"}\n')
    assert list(places.gold_sets(tmp_path, 1).items()) == [
        ("lgl", [{"text": "a"}]),
        ("trnews", [{"text": "a"}]),
        ("another", [{"text": "a"}]),
    ]
    assert places.gold_sets(tmp_path / "absent", None) == {}


# -- serving ---------------------------------------------------------------------------------------------------


def test_a_tool_answers_in_lines(largest: Largest) -> None:
    questions = [{"rows": [{"text": TEXT}]}, {"do": "pass"}, {"do": "found"}, {"do": "end"}]
    to = io.StringIO()
    serving.serve(tool(), largest, {"disk": 7}, map(json.dumps, questions), to)
    kept, passed, found, end = map(json.loads, to.getvalue().splitlines())
    assert kept == {}
    assert passed["wall"] >= 0 <= passed["processor"]
    assert [Found(*one) for one in found["found"][0]] == located(of_words(TEXT), largest)
    assert end["disk"] == 7
    assert end["memory"] > 1_000_000


def test_a_tool_that_is_not_installed_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(places.Missing, match="no interpreter"):
        places.Server(places.Entry("none", "spacy", places.ROOT / "absent" / "python"))
    with pytest.raises(places.Missing, match="spacy"):
        places.Server(places.Entry("spaCy", "spacy", Path(sys.executable), "none"))
    nowhere = [places.Entry("none", "spacy", places.ROOT / "absent" / "python")]
    monkeypatch.setattr(places, "entries", lambda model: iter(nowhere))
    assert places.started("none") == {}


# -- tables ----------------------------------------------------------------------------------------------------

SPEED = places.Speed(1000, 2000, 0.5, 0.4, 3e6, 2e6, 1e6)


def test_tables() -> None:
    figures = {"one": {"lgl": {"f1": 0.8765, "f1_at_161": 1.0, "id_or_161": 0.0}}, "other": {}}
    cells = places.accuracy_table(figures, ["lgl", "own"])
    assert cells[1:] == [["one", ".876 / 1.000 / .000", "– / – / –"], ["other", "– / – / –", "– / – / –"]]
    faster = places.Speed(1000, 500, 0.5, 0.4, 3e6, 2e6, 1e6)
    rows = places.speed_table({"one": SPEED, "other": faster})
    assert [row[3] for row in rows[1:]] == ["1 ×", "0.25 ×"]
    own = places.speed_table({"own": places.Speed(1, 1, 1, None, 1, None, 1)})
    assert own[1].count("–") == 2
    assert {len(row) for row in rows} == {len(rows[0])}
    assert len({len(line) for line in places.aligned(rows).splitlines()}) == 1
    assert places.markdown(cells).splitlines()[1] == "| --- | ---: | ---: |"
