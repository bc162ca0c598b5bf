"""Tolls: what is counted, for whom, with which qualifier, and what is no toll."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.article import TOLL_KINDS, Toll
from dateline.findings import tolls


def found(text: str) -> list[Toll]:
    return tolls.find(text, [(0, len(text))])


def figures(text: str) -> set[tuple[str, int]]:
    return {(t.kind, t.low) for t in found(text) if not t.reference}


FIGURES = [
    ("The blast killed 37 people.", {("killed", 37)}),
    ("Thirty-seven miners were killed in the blast.", {("killed", 37)}),
    ("Two hundred and fifty villagers died when the dam broke.", {("killed", 250)}),
    ("A lorry hit a wall, killing 12 and wounding 30.", {("killed", 12), ("injured", 30)}),
    ("The raid left 17 dead.", {("killed", 17)}),
    ("Floods claimed 37 lives.", {("killed", 37)}),
    ("Eleven sailors lost their lives.", {("killed", 11)}),
    ("Rescuers found the bodies of five climbers.", {("killed", 5)}),
    ("The death toll rose to 37.", {("killed", 37)}),
    ("The number of injured rose to 120 overnight.", {("injured", 120)}),
    ("The crash left nine people dead, bringing the dead to 40.", {("killed", 9), ("killed", 40)}),
    ("None of the 20 passengers survived.", {("killed", 20)}),
    ("Officials raised to 133 the number of people killed at the hall.", {("killed", 133)}),
    ("A dozen hikers were injured.", {("injured", 12)}),
    ("Fourteen people are still missing after the storm.", {("missing", 14)}),
    ("The flood displaced 2,300 people.", {("displaced", 2300)}),
    ("Some 400 families were forced to leave.", {("displaced", 400)}),
    ("Fifty people were taken to hospital.", {("injured", 50)}),
    ("Nobody was hurt.", {("injured", 0)}),
    ("Nobody was killed or hurt, the brigade said.", {("killed", 0), ("injured", 0)}),
    ("There were no reports of casualties.", {("killed", 0), ("injured", 0)}),
    ("A girl was killed by a falling tree.", {("killed", 1)}),
    ("Both men died in the crash.", {("killed", 2)}),
]


@pytest.mark.parametrize(("text", "wanted"), FIGURES)
def test_figures(text: str, wanted: set[tuple[str, int]]) -> None:
    assert figures(text) == wanted


LISTS = [
    ("Gunmen killed three soldiers and a civilian driver.", 4),
    ("A man and his two sons were killed.", 3),
    ("A farmer, his wife and their baby were killed.", 3),
    ("The explosion killed 30 people on the bus and 4 on the street.", 34),
    ("The nine tourists were killed on the slope, along with two guides.", 11),
    ("A family of five was killed in the fire.", 5),
]


@pytest.mark.parametrize(("text", "total"), LISTS)
def test_a_list_is_one_toll(text: str, total: int) -> None:
    assert [(t.kind, t.low, t.high, t.qualifier) for t in found(text)] == [("killed", total, total, "exact")]


QUALIFIERS = [
    ("At least 37 people died.", 37, None, "at least", False),
    ("More than 400 workers were killed.", 400, None, "more than", False),
    ("About 60 people were killed.", 60, 60, "about", False),
    ("Nearly 60 people were killed.", 60, 60, "nearly", False),
    ("Between 12 and 15 people were killed.", 12, 15, "between", False),
    ("Up to 20 people were killed.", 20, 20, "up to", False),
    ("Dozens of passengers were killed.", 24, None, "dozens", True),
    ("Hundreds of people were killed.", 200, None, "hundreds", True),
    ("Several people were killed.", 3, None, "several", True),
    ("Tens of thousands of people were killed.", 20_000, None, "tens of thousands", True),
]


@pytest.mark.parametrize(("text", "low", "high", "qualifier", "vague"), QUALIFIERS)
def test_qualifiers(text: str, low: int, high: int | None, qualifier: str, vague: bool) -> None:
    (toll,) = found(text)
    assert (toll.low, toll.high, toll.qualifier, toll.vague) == (low, high, qualifier, vague)


NONE = [
    "The company lost 37 million dollars.",
    "Investigators are looking for $40 million missing from the accounts.",
    "A gorilla was killed after a child fell into its enclosure.",
    "Thousands of sheep died in the frost.",
    "The striker was injured in the second half and will be missing for three weeks.",
    "The plan is not dead yet, two people close to the talks said.",
    "Hundreds of children were taken from their homes by the occupying army.",
    "The minister killed the proposal on Friday.",
    "The composer died in 1976 at his home.",
    "Fourteen houses were destroyed.",
    "The index dipped to 50, missing expectations of 52.",
    "",
]


@pytest.mark.parametrize("text", NONE)
def test_no_toll(text: str) -> None:
    assert found(text) == []


def test_a_part_is_not_the_total() -> None:
    text = "At least 37 people, including 12 children, were killed and 20 others injured."
    own = tolls.own(found(text))
    assert (own["killed"].low, own["killed"].high, own["killed"].surface) == (37, None, "At least 37 people")
    assert own["injured"].low == 20


def test_the_total_outranks_new_deaths() -> None:
    text = "Two more people died in hospital. That brought the death toll to 17."
    assert tolls.own(tolls.find(text, [(0, 33), (34, len(text))]))["killed"].low == 17


def test_an_older_count_is_a_reference() -> None:
    found_ = found("The death toll rose to 37, up from 21 the night before.")
    assert {(t.low, t.reference) for t in found_} == {(37, False), (21, True)}
    assert tolls.own(found_)["killed"].low == 37


def test_an_older_event_is_a_reference() -> None:
    text = "The quake killed 12 people. A tremor in 1988 killed 25,000 people."
    both = tolls.find(text, [(0, 27), (28, len(text))])
    assert [(t.low, t.reference) for t in both] == [(12, False), (25_000, True)]
    assert tolls.own(both)["killed"].low == 12


def test_ages_and_hours_are_no_victims() -> None:
    text = "A mother of three, aged 31, died when fire broke out at 17:40 on 5 May."
    assert [(t.kind, t.low) for t in found(text)] == [("killed", 1)]


def test_the_attacker_is_not_the_toll() -> None:
    text = "Police shot and killed the attacker. He had killed four people."
    assert tolls.own(tolls.find(text, [(0, 36), (37, len(text))]))["killed"].low == 4


def test_sentence_and_rule_are_given() -> None:
    text = "It rained. The flood killed two people."
    (toll,) = tolls.find(text, [(0, 10), (11, len(text))])
    assert toll.sentence == (11, len(text))
    assert text[toll.start : toll.end] == "two people"
    assert "object" in toll.rule


_PIECES = st.sampled_from(
    [
        "killed",
        "dead",
        "injured",
        "37",
        "at",
        "least",
        "people",
        ",",
        "and",
        "were",
        "was",
        "the",
        "a",
        "man",
        ".",
        "including",
        "12",
        "children",
        "toll",
        "rose",
        "to",
        "1,5",
        "missing",
        "no",
        "١٢",
        "\u200f",
        "�",
        "$",
        "“",
        "2025",
        "died",
        "hospital",
        "left",
        "of",
        "them",
        "-",
    ]
)


@given(st.lists(_PIECES, max_size=40).map(" ".join))
def test_spans_index_the_text(text: str) -> None:
    for toll in found(text):
        assert 0 <= toll.start < toll.end <= len(text)
        assert text[toll.start : toll.end] == toll.surface
        assert toll.kind in TOLL_KINDS
        assert toll.low >= 0
        assert toll.high is None or toll.high >= toll.low
        assert 0 < toll.confidence <= 1


@pytest.mark.parametrize(
    "text",
    ["killed 12 people and " * 20_000, "37 " * 50_000 + "killed", "dead" * 250_000, "killed " * 100_000],
    ids=["tolls", "numbers", "one word", "triggers"],
)
def test_long_input_is_linear(text: str) -> None:
    began = time.perf_counter()
    tolls.find(text, [(0, len(text))])
    assert time.perf_counter() - began < 15
