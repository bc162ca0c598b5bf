"""Sentence splitting: boundaries in news English and its neighbours, and spans that hold on any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.findings.sentences import split


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text)]


ONE = (
    "Mr. Smith met Gov. Ann Lee in Washington.",
    "The U.S. Embassy in Baku was closed on Friday.",
    "Talks began at 5 p.m. Friday and ended late.",
    "J. R. Carter and A. Petrov signed the paper.",
    "The rate rose 3.5 percent to 1,200.75 manats.",
    "He arrived on Dec. 5 from St. Petersburg.",
    "Ford Motor Co. Chairman Lee spoke first.",
    '"Is it over?" he asked.',
    "“We left!” she shouted to him.",
    "Flight No. 7 was late.",
    "Gen. Col. Ivanov, i.e. the commander, left.",
    "Встреча прошла в 2020 г. в Москве.",
    "На ул. Ленина сгорел дом.",
    "Prof. Dr. Yılmaz 14. maddeyi okudu.",
    "The vote ended 51-49 vs. 60-40 last time.",
    "1. Wash the rice.",
)
TWO = (
    "The bus fell. Nine people died.",
    "Troops left the U.S. The president thanked them.",
    "It opens at 9 a.m. The fee is small.",
    "He said no. They left.",
    '"It is over." The crowd went home.',
    "“It is over.” The crowd went home.",
    "They waited (for hours.) Then it rained.",
    "Who did it? Nobody knows.",
    "Stop! The bridge is closed.",
    "He trailed off... Then he left.",
    "Пожар потушен. Погибших нет.",
    "Yangın söndürüldü. Ölen yok.",
    "Zəlzələ baş verib. Xəsarət alan yoxdur.",
    "The toll rose to 37. Most were children.",
    "Line one\nline two",
    "Oil rose to $90.51. Phone shares fell.",
    "He works at Acme Inc. The firm is small.",
)


@pytest.mark.parametrize("text", ONE)
def test_one_sentence_stays_whole(text: str) -> None:
    assert _sentences(text) == [text]


@pytest.mark.parametrize("text", TWO)
def test_two_sentences_come_apart(text: str) -> None:
    assert len(_sentences(text)) == 2


def test_line_breaks_of_every_kind_end_a_sentence() -> None:
    assert _sentences("a\nb\r\nc\u2028d\x0be") == ["a", "b", "c", "d", "e"]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\t \u00a0"])
def test_nothing_to_split(text: str) -> None:
    assert split(text) == []


@given(st.text(alphabet=st.characters() | st.sampled_from(" .!?\n\"'”)A1a")))
def test_spans_are_sorted_apart_and_tight(text: str) -> None:
    spans = split(text)
    position = 0
    for start, end in spans:
        assert position <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        assert text[position:start].strip() == ""
        position = end
    assert text[position:].strip() == ""


@pytest.mark.parametrize(
    "text", ["a" * 1_000_000, "A. " * 300_000, "." * 1_000_000, "5 " * 50_000, "x.'" * 300_000]
)
def test_long_lines_are_read_in_one_pass(text: str) -> None:
    assert split(text)[-1][1] == len(text.rstrip())


@pytest.mark.parametrize(
    "text", ["\ud800 lone. \udfff surrogate", "مرحبا. كيف الحال؟ بخير", "\x00\x01. \x02"]
)
def test_odd_text_is_no_error(text: str) -> None:
    assert split(text)
