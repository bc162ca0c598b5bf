"""Triggers: the quick look finds the sentences that the pattern finds, and no others."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.findings import sentences
from dateline.findings.dates.tokens import TIMES
from dateline.findings.tolls.harm import HARM
from dateline.findings.triggers import Triggers

SEVEN = Triggers({"seven", "Sevenoaks"}, re.compile(r"\d{2}"))
PIECES = [
    "seven",
    "Sevenoaks",
    "seventy",
    "x",
    "7",
    "77",
    "é",
    "'",
    "-",
    "_",
    ". ",
    "\n",
    " ",
    "killed",
    "Monday",
    "May",
]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
@pytest.mark.parametrize("triggers", [SEVEN, HARM, TIMES])
def test_the_quick_look_agrees_with_the_pattern(triggers: Triggers, text: str) -> None:
    spans = sentences.split(text)
    assert triggers.among(text, spans) == [span for span in spans if triggers.search(text, *span)]


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("It was seven.", True),
        ("It was seventy.", False),
        ("Twenty-seven of them.", True),
        ("The name is seven_of_nine.", False),
        ("Çseven is no word of these.", False),
        ("Room 77.", True),
        ("", False),
    ],
)
def test_whole_words_and_numbers(text: str, held: bool) -> None:
    assert bool(SEVEN.among(text, sentences.split(text))) is held


def test_a_long_text_is_not_kept_but_answered() -> None:
    text = "Nothing here. " * 5_000 + "All seven left."
    assert [text[a:b] for a, b in SEVEN.among(text, sentences.split(text))] == ["All seven left."]
