"""Anchors are found again, in the same text and in one read with other white space."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.corrections.anchor import Anchor, anchor_of, find

texts = st.text(min_size=1, max_size=200)


@st.composite
def spans(draw: st.DrawFn) -> tuple[str, int, int]:
    text = draw(texts)
    start = draw(st.integers(0, len(text) - 1))
    return text, start, draw(st.integers(start + 1, len(text)))


@given(spans())
def test_an_anchor_is_found_where_it_was_made(span: tuple[str, int, int]) -> None:
    text, start, end = span
    anchor = anchor_of(text, start, end)
    assert anchor.surface == text[start:end]
    assert find(anchor, text) == (start, end)


@given(spans(), texts)
def test_what_is_found_lies_within_the_text_and_says_the_same(span: tuple[str, int, int], other: str) -> None:
    found = find(anchor_of(*span), other)
    if found is not None:
        start, end = found
        assert 0 <= start < end <= len(other)
        assert other[start:end].split() == span[0][span[1] : span[2]].split()


@given(
    st.integers(0, 3),
    st.lists(st.sampled_from(["Safi", "rain", "fell", "in", "Safi,", "again"]), min_size=4, max_size=30),
)
def test_other_line_breaks_do_not_matter(which: int, words: list[str]) -> None:
    text = " ".join(words)
    occurrences = [m.span() for m in re.finditer("Safi", text)]
    if which >= len(occurrences):
        return
    anchor = anchor_of(text, *occurrences[which])
    wider = "\n\n".join(words)
    found = find(anchor, wider)
    assert found is not None and wider[slice(*found)] == "Safi"
    # The same one of many, unless what surrounds two of them is the same.
    same = list(re.finditer("Safi", wider))[which].span()
    around = {re.sub(r"\s", "", text[max(0, a - 32) : b + 32]) for a, b in occurrences}
    if len(around) == len(occurrences):
        assert found == same


def test_words_that_are_gone_are_not_found() -> None:
    anchor = anchor_of("A flood in Safi.", 11, 15)
    assert find(anchor, "A flood in Rabat.") is None
    assert find(anchor, "") is None
    assert find(Anchor(0, 3, " \n "), "nothing like it") is None


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 2), (3, 2), (0, 5)])
def test_a_span_outside_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="no span"):
        anchor_of("abcd", start, end)


def test_a_long_text_is_searched_once() -> None:
    text = "Safi " * 200_000
    assert find(Anchor(700_001, 700_005, "Safi", "x", "y", "0"), text) is not None
