from __future__ import annotations

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.findings import places, sentences
from dateline.findings.places import reasons
from dateline.findings.places.reasons import Beside, Facts, why
from dateline.gazetteer import Place, load


def place(
    name: str,
    country: str | None,
    admin1: str | None = None,
    *,
    kind: str = "settlement",
    population: int = 0,
    fame: int = 0,
    code: str = "",
) -> Place:
    code = code or f"{name}-{country}-{admin1}-{kind}"
    return Place(code, name, kind, country, admin1, 1.0, 1.0, population, 1, None, False, fame)


AUSTRIA = place("Vienna", "AT", "AT.09", population=1_691_468)
VIRGINIA = place("Vienna", "US", "US.VA", population=16_522)
MORE = place("Vienna", "US", "US.IL", population=1434)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (Facts(beside=Beside("Austria", "Austria", 2)), "Austria is named two words later"),
        (Facts(beside=Beside("Austria", "Austria", 1)), "Austria is named right after it"),
        (Facts(beside=Beside("Austria", "Austrian", -1)), "Austria (“Austrian”) is named right before it"),
        (Facts(beside=Beside("Austria", "Austria", -14)), "Austria is named 14 words before"),
        (Facts(beside=Beside("Austria")), "Austria is named beside it"),
        (Facts(elsewhere="Austria"), "named with Austria elsewhere in the article"),
        (Facts(country_named=True), "the article names Austria too"),
        (Facts(country_named=True, country_mates=("Graz",)), "the article names Austria, and Graz there too"),
        (Facts(country_mates=("Graz", "Linz", "Wels")), "the article names Graz and Linz in Austria too"),
        (Facts(near="Bratislava", near_km=54.3), "50 km from Bratislava, which the article names"),
        (Facts(near="Tokyo", near_km=9000.0), "the larger of two places known by that name"),
        (Facts(home=True), "the outlet is at home in Austria"),
        (Facts(), "the larger of two places known by that name"),
    ],
)
def test_the_strongest_fact_is_told(facts: Facts, told: str) -> None:
    rule = why("Vienna", AUSTRIA, [VIRGINIA], facts)
    assert rule == f"Vienna, Austria — not Vienna, Virginia: {told}; population 1.7M"


def test_a_state_abbreviation_is_spelled_out() -> None:
    rule = why("Vienna", VIRGINIA, [AUSTRIA], Facts(beside=Beside("Virginia", "Va.", 1)))
    assert rule == (
        "Vienna, Virginia — not Vienna, Austria: Virginia (“Va.”) is named right after it; population 17,000"
    )


def test_what_speaks_for_the_rival_too_is_left_out() -> None:
    facts = Facts(country_named=True, country_mates=("Chicago",), home=True)
    rule = why("Vienna", VIRGINIA, [MORE, AUSTRIA], facts)
    assert "United States" not in rule
    assert "at home" not in rule
    assert rule.startswith("Vienna, Virginia — not Vienna, Illinois: taken for the likeliest of three places")


def test_a_wider_place_that_holds_both_is_not_all_that_is_told() -> None:
    rule = why("Vienna", VIRGINIA, [MORE], Facts(beside=Beside("United States", "U.S.", 3)))
    assert "United States (“U.S.”) is named three words later; the larger of two places" in rule


def test_division_mates_decide_within_a_country() -> None:
    facts = Facts(division_mates=("Norfolk",), country_mates=("Norfolk", "Chicago"), country_named=True)
    assert "the article names Norfolk in Virginia too" in why("Vienna", VIRGINIA, [MORE], facts)


@pytest.mark.parametrize(
    ("best", "rivals", "told"),
    [
        (AUSTRIA, [VIRGINIA, MORE], "the largest of three places"),
        (place("Vienna", "AT", fame=9), [place("Vienna", "US", "US.VA", fame=3)], "the better known of two places"),
        (VIRGINIA, [AUSTRIA], "taken for the likelier of two places"),
        (AUSTRIA, [place("Vienna", "US", str(n)) for n in range(20)], "the largest of 21 places"),
    ],
)  # fmt: skip
def test_the_rank_told_is_so(best: Place, rivals: list[Place], told: str) -> None:
    assert told in why("Vienna", best, rivals, Facts())


def test_the_same_name_in_one_division_is_told_apart_by_kind() -> None:
    town = place("Safi", "MA", "MA.07")
    area = place("Safi", "MA", "MA.07", kind="district")
    assert why("Safi", town, [area], Facts()).startswith(
        "Safi, Marrakesh-Safi (the town) — not the district Safi: "
    )
    twin = place("Safi", "MA", "MA.07", code="other")
    assert "not another Safi in Marrakesh-Safi" in why("Safi", town, [twin], Facts())


def test_the_texts_own_name_is_kept_beside_the_gazetteers() -> None:
    tadmur = place("Tadmur", "SY", "SY.11")
    assert why("Palmyra", tadmur, [], Facts()).startswith(
        "Palmyra is Tadmur, Syria: no place elsewhere is known"
    )
    assert why("Tadmor", tadmur, [], Facts()).startswith("Tadmur, Syria: ")


def test_an_adjective_needs_no_more() -> None:
    assert (
        why("Syrian", place("Syria", "SY", kind="country"), [], Facts(form="adjectival"))
        == "adjective of Syria"
    )


@pytest.mark.parametrize(
    ("count", "told"),
    [(0, "0"), (999, "999"), (1499, "1,000"), (999_499, "999,000"), (999_500, "1.0M"), (1_691_468, "1.7M")],
)
def test_people(count: int, told: str) -> None:
    assert reasons.people(count) == told


names = st.sampled_from(["", "Vienna", "Graz", "Va.", "\ud800", "a\nb"])


@given(
    name=names,
    best=st.sampled_from([AUSTRIA, VIRGINIA, MORE, place("Black Sea", None, kind="sea")]),
    rivals=st.lists(st.sampled_from([AUSTRIA, VIRGINIA, MORE]), max_size=3),
    facts=st.builds(
        Facts,
        form=st.just("name"),
        beside=st.none() | st.builds(Beside, names.filter(str.isalpha), names, st.integers(-40, 40)),
        elsewhere=st.sampled_from(["", "Austria"]),
        sort=st.sampled_from(["", "city"]),
        listed=st.booleans(),
        division_mates=st.tuples(names),
        division_named=st.booleans(),
        country_mates=st.tuples(names, names),
        country_named=st.booleans(),
        near=st.sampled_from(["", "Graz"]),
        near_km=st.floats(0, 20000),
        home=st.booleans(),
    ),
)
def test_any_facts_make_one_sentence_without_codes(
    name: str, best: Place, rivals: list[Place], facts: Facts
) -> None:
    rule = why(name, best, rivals, facts)
    assert best.name in rule
    assert not re.search(r"\b[A-Z]{2}(\.[A-Z0-9]+)?\b", rule.replace("US", "").replace("\n", " "))
    assert "  " not in rule
    assert rule.count(" — not ") == bool(rivals)


# What the rule says must be so in the text: every place it names as found there stands in the text.
TEXTS = [
    "Ministers met in Vienna, Austria. They went on to Graz.",
    "A bakery in Vienna, Va., was robbed; a bank in Norfolk, Va., was not.",
    "Fire broke out in Birmingham. Buses from Coventry were late.",
    "Power failed in Tripoli, Benghazi and Misrata.",
    "Shops closed in Springfield. The governor of Illinois spoke in Chicago.",
    "Snow fell on Palmyra in Syria and on Homs.",
]


@pytest.mark.parametrize(("text", "home"), list(product(TEXTS, [None, "US", "GB"])))
def test_rules_name_places_not_codes(text: str, home: str | None) -> None:
    found = places.find(text, sentences.split(text), gazetteer=load(), source_country=home)
    assert found
    for mention in found:
        assert mention.rule
        assert not re.search(r"\b[A-Z]{2}(\.[A-Z0-9]+)?\b", mention.rule), mention.rule
        if "the outlet is at home" in mention.rule:
            assert home == mention.country
        if "no place elsewhere" in mention.rule:
            assert " — not " not in mention.rule


def test_a_country_is_called_as_in_a_sentence() -> None:
    assert reasons.called(place("United States", "US", kind="country")) == "the United States"
    assert reasons.called(place("Georgia", "GE", kind="country")) == "the country Georgia"
    assert reasons.called(place("Black Sea", None, kind="sea")) == "Black Sea"
