"""Terms: what sets articles apart, by hand and by the formula's own properties."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.terms import COLUMNS, Wording, apart, log_odds, terms_of

FLOODS = [
    "Floods in Safi. The dam near Safi broke and flood water rose.",
    "Rescuers reach Safi after the flood. The Dam was old.",
    "Flood water in Safi drops.",
] * 5
OTHERS = ["Elections in Baku. Voters chose deputies.", "Voters in Ganja wait.", "Deputies meet in Baku."] * 9


def sides() -> tuple[Wording, np.ndarray, np.ndarray]:
    texts = FLOODS + OTHERS
    here = np.arange(len(texts)) < len(FLOODS)
    return Wording(range(len(texts)), texts), here, ~here


def test_words_and_pairs_of_neighbours_without_the_common_ones() -> None:
    assert terms_of("Black Sea ports, Baku; the black sea") == {
        "black": "black",
        "sea": "sea",
        "black sea": "black sea",
        "ports": "ports",
        "sea ports": "Sea ports",
        "baku": "Baku",
    }


def test_what_sets_articles_apart() -> None:
    frame = apart(*sides())
    assert list(frame.columns) == list(COLUMNS)
    assert frame["term"].iloc[0] == "Safi"
    assert frame["articles"].iloc[0] == 15
    assert frame["share"].iloc[0] == 1.0
    assert frame["elsewhere"].iloc[0] == 0.0
    assert "Voters" not in set(frame["term"])
    assert frame["score"].is_monotonic_decreasing


def test_a_name_keeps_its_capital_and_a_word_loses_it() -> None:
    wording, _, _ = sides()
    assert wording.written["safi"] == "Safi"
    assert wording.written["dam"] == "dam"


def test_the_score_by_hand() -> None:
    here, there = np.array([8, 2]), np.array([1, 9])
    # n = m = 10, so the prior weighs 10: 4.5 and 5.5.
    expected = (math.log(12.5 / 7.5) - math.log(5.5 / 14.5)) / math.sqrt(1 / 12.5 + 1 / 5.5)
    assert log_odds(here, there)[0] == pytest.approx(expected)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=1, max_size=20))
def test_swapping_the_sides_swaps_the_sign(pairs: list[tuple[int, int]]) -> None:
    here, there = (np.array(side) for side in zip(*pairs, strict=True))
    assert log_odds(here, there) == pytest.approx(-log_odds(there, here))


@pytest.mark.parametrize("flag", [True, False])
def test_nothing_to_compare_with_is_an_empty_frame(flag: bool) -> None:
    wording, here, _ = sides()
    every = np.full(len(here), flag)
    frame = apart(wording, every, ~every)
    assert frame.empty
    assert list(frame.columns) == list(COLUMNS)


@given(st.lists(st.text(max_size=80), max_size=6))
def test_any_text_is_counted(texts: list[str]) -> None:
    wording = Wording(range(len(texts)), texts)
    here = np.arange(len(texts)) % 2 == 0
    frame = apart(wording, here, ~here)
    assert (frame["articles"] >= 2).all()
