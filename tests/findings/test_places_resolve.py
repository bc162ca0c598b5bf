from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline import shipped
from dateline.findings import sentences
from dateline.findings.places import ranker
from dateline.findings.places.ranker_texts import Text, texts, wires
from dateline.findings.places.recognise import Tokens, Toponym, tokenise, toponyms
from dateline.findings.places.resolve import STRETCH, Choice, borrow, choose
from dateline.findings.places.trees import Forest
from dateline.gazetteer import load


def read(text: str) -> tuple[Tokens, list[Toponym]]:
    tokens = tokenise(text, sentences.split(text))
    return tokens, toponyms(tokens, load())


def chosen(text: str, home: str | None = None) -> dict[str, Choice]:
    tokens, found = read(text)
    return {text[t.start : t.end]: c for t, c in zip(found, choose(tokens, found, home), strict=True)}


# The bare name, and what the rest of the text makes of it.
@pytest.mark.parametrize(
    ("text", "name", "division"),
    [
        ("Gainesville lies in Cooke County, Texas. Gainesville has a zoo.", "Gainesville", "US.TX"),
        (
            "Gainesville drew crowds. Students in Jacksonville and Tampa, Florida, came.",
            "Gainesville",
            "US.FL",
        ),
        ("The bus left Lancaster for Harrisburg and York in Pennsylvania.", "Lancaster", "US.PA"),
        ("Lancaster is near Morecambe, and trains run on to Preston in England.", "Lancaster", "GB.ENG"),
        ("Athens and Marietta are towns in Ohio. Athens has a university.", "Athens", "US.OH"),
        ("Athens agreed with Thessaloniki and Patras. Greece waits.", "Athens", "GR.ESYE31"),
        ("Farmers in Oregon, Washington and Idaho lost crops.", "Washington", "US.WA"),
    ],
)
def test_the_other_names_decide(text: str, name: str, division: str) -> None:
    assert chosen(text)[name].place.admin1 == division


def test_neighbours_that_are_ambiguous_themselves_are_settled_together() -> None:
    found = chosen("The road runs from Paris through Clarksville to Bogata and Mount Pleasant.")
    assert {choice.place.admin1 for choice in found.values()} == {"US.TX"}


def test_a_name_has_its_wider_place_from_another_of_its_uses() -> None:
    tokens, found = read(
        "A fire broke out in Springfield. The mayor of Springfield, Ohio, thanked the crews."
    )
    places = [
        c.place for t, c in zip(found, choose(tokens, found, None), strict=True) if t.key == "springfield"
    ]
    assert [place.admin1 for place in places] == ["US.OH", "US.OH"]


def test_losers_come_best_first_and_shares_are_shares() -> None:
    choice = chosen("A fire broke out in Springfield.")["Springfield"]
    shares = [share for _, share in choice.losers]
    assert shares == sorted(shares, reverse=True)
    assert all(0.0 <= share <= 1.0 for share in shares) and sum(shares) <= 1.0 + 1e-6
    assert choice.place.code not in {place.code for place, _ in choice.losers}


def test_what_the_text_settles_is_surer_than_what_it_leaves_open() -> None:
    told = chosen("A fire broke out in Springfield, Illinois.")["Springfield"]
    bare = chosen("A fire broke out in Springfield.")["Springfield"]
    assert told.confidence > 0.9 > bare.confidence


def _score(made: list[Text]) -> float:
    right = whole = 0
    for text in made:
        tokens, found = read(text.text)
        spans = {(start, end): place for start, end, place in text.names if place is text.about}
        for toponym, choice in zip(found, choose(tokens, found, text.home), strict=True):
            meant = spans.get((toponym.start, toponym.end))
            if meant is not None:
                whole += 1
                right += ranker.distance_km(meant, choice.place) <= 161 or meant.code == choice.place.code
    assert whole > len(made) / 2
    return right / whole


def test_encyclopedic_texts_with_names_and_wordings_not_trained_on() -> None:
    assert _score(texts(load(), 60, held_out=True, seed=11)) >= 0.85


def test_wires_with_names_and_wordings_not_trained_on() -> None:
    assert _score(wires(load(), 60, held_out=True, seed=11)) >= 0.85


def test_made_up_texts_mark_their_names_and_never_change() -> None:
    once, again = (texts(load(), 20, held_out=False, seed=3) for _ in range(2))
    assert [t.text for t in once] == [t.text for t in again]
    for text in once:
        assert all(text.text[start:end] == place.name for start, end, place in text.names)
    names = {t.about.name for t in once}
    assert not names & {t.about.name for t in texts(load(), 200, held_out=True, seed=3)}


def test_a_text_of_many_names_is_taken_in_stretches() -> None:
    text = "Fires burned in Paris, Texas. Snow fell in Lyon, France. " * STRETCH
    tokens, found = read(text)
    assert len(found) > 2 * STRETCH
    choices = choose(tokens, found, None)
    assert {c.place.admin1 for t, c in zip(found, choices, strict=True) if t.key == "paris"} == {"US.TX"}


def test_a_name_without_candidates_borrows_its_neighbours_point_and_says_so() -> None:
    text = "A bridge fell in Ruritania near Yerevan in Armenia."
    tokens, found = read(text)
    first = tokens.folded.index("ruritania")
    start = text.index("Ruritania")
    unknown = Toponym(first, first, start, start + 9, "ruritania", "name", (), 0)
    found = sorted([*found, unknown], key=lambda t: t.start)
    choice = choose(tokens, found, None)[found.index(unknown)]
    assert (choice.place.code, choice.place.geonameid, choice.place.precision) == ("", None, 2)
    assert "not in the gazetteer" in choice.rule and "Yerevan" in choice.rule
    farther = borrow(found, choose(tokens, found, None), start, 1, "Ruritania")
    assert farther is not None and "one sentence away" in farther.rule
    assert borrow(found, choose(tokens, found, None), start, 9, "Ruritania") is None
    alone = choose(tokens, [unknown], None)[0]
    assert alone.place.lat is None and alone.confidence == 0.0


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "Paris",
                "Georgia",
                ", ",
                " and ",
                "Texas",
                "province of ",
                "Washington",
                "Syrian ",
                ". ",
                "Safi",
                "\n",
                "ا",
            ]
        ),
        max_size=30,
    )
)
def test_any_text_gives_a_choice_a_toponym(parts: list[str]) -> None:
    tokens, found = read("".join(parts))
    choices = choose(tokens, found, "US")
    assert len(choices) == len(found)
    assert all(0.0 <= choice.confidence <= 1.0 and choice.rule for choice in choices)


def test_the_forest_reads_padded_trees_as_nested_ones() -> None:
    # x0 ≤ 1 → 5; else x1 ≤ 0 → -1, else 2
    forest = Forest(
        np.array([[0, 0, 1]]), np.array([[1.0, np.inf, 0.0]]), np.array([[5.0, 5.0, -1.0, 2.0]]), depth=2
    )
    rows = np.array([[0.0, 9.0], [1.0, -9.0], [2.0, 0.0], [2.0, 1.0]])
    assert forest(rows).tolist() == [5.0, 5.0, -1.0, 2.0]
    again = Forest.of(forest.arrays("f"), "f")
    assert again(rows).tolist() == forest(rows).tolist()


def test_weights_of_other_columns_are_refused(tmp_path: Path) -> None:
    with np.load(shipped.path("places", ranker.WEIGHTS)) as arrays:
        held = dict(arrays)
    held["columns"] = held["columns"][:-1]
    np.savez(tmp_path / "ranker.npz", **held)
    with pytest.raises(ValueError, match="other columns"):
        ranker.read(tmp_path / "ranker.npz")


def test_the_weights_are_small() -> None:
    assert shipped.path("places", ranker.WEIGHTS).stat().st_size < 2_000_000


GOLD = Path(__file__).parents[3] / "shared" / "gold" / "places" / "trnews.dev.jsonl"


@pytest.mark.gold
def test_confidence_is_calibrated() -> None:
    if not GOLD.exists():
        pytest.skip(f"no gold file at {GOLD}")
    from dateline.findings.places.ranker_training import is_right

    sure, right = [], []
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        gold = {(t["start"], t["end"]): t for t in row["toponyms"] if t.get("lat") is not None}
        tokens, found = read(row["text"])
        for toponym, choice in zip(found, choose(tokens, found, None), strict=True):
            if (toponym.start, toponym.end) in gold:
                sure.append(choice.confidence)
                right.append(is_right(gold[toponym.start, toponym.end], choice.place))
    bins = np.minimum((np.array(sure) * 10).astype(int), 9)
    error = sum(
        abs(np.array(sure)[bins == b].mean() - np.array(right)[bins == b].mean()) * (bins == b).mean()
        for b in set(bins.tolist())
    )
    assert error <= 0.05
