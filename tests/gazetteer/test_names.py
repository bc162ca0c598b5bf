from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.gazetteer.names import fold, key_of, without_possessive


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Gəncə", "GENCE"),
        ("Côte d'Ivoire", "Cote d’Ivoire"),
        ("Port-au-Prince", "port au prince"),
        ("N'Djamena", "NDjamena"),
        ("U.S.", "US"),
        ("İstanbul", "istanbul"),
        ("St. Petersburg", "St Petersburg"),
        ("Орёл", "орел"),
    ],
)
def test_names_that_are_one(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


def test_names_that_differ() -> None:
    assert key_of("Colombia") != key_of("Columbia")
    assert key_of("Vienna") != key_of("Vienne")


@pytest.mark.parametrize(
    ("token", "bare"),
    [("Morocco's", "Morocco"), ("Philippines’", "Philippines"), ("Paris", None), ("'s", None)],
)
def test_possessives(token: str, bare: str | None) -> None:
    assert without_possessive(token) == bare


@given(st.text())
def test_folding_is_idempotent_enough_to_be_a_key(text: str) -> None:
    key = key_of(text)
    assert key == key.strip()
    assert key_of(key) == key or not key.isascii()


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1))
def test_case_never_matters(word: str) -> None:
    assert fold(word.upper()) == fold(word)
