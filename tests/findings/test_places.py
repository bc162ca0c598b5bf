from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.article import ROLES, Mention
from dateline.findings import places, sentences
from dateline.gazetteer import load


def find(text: str, home: str | None = None, language: str = "en") -> list[Mention]:
    return places.find(text, sentences.split(text), gazetteer=load(), source_country=home, language=language)


def codes(text: str) -> dict[str, str | None]:
    return {m.surface: m.place for m in find(text)}


# Name in context → where it lies; the traps of same-named places.
@pytest.mark.parametrize(
    ("text", "surface", "country", "admin1"),
    [
        ("Protesters gathered in Tbilisi as Georgia debated the law.", "Georgia", "GE", None),
        ("A storm hit Savannah and Atlanta in Georgia on Monday.", "Georgia", "US", "US.GA"),
        ("The crash happened in Lebanon, Pennsylvania, police said.", "Lebanon", "US", "US.PA"),
        ("Fighting was reported in Beirut and southern Lebanon.", "Lebanon", "LB", None),
        ("The fire broke out in Moscow, Idaho, on Friday.", "Moscow", "US", "US.ID"),
        ("Talks opened in Moscow on Friday.", "Moscow", "RU", "RU.48"),
        ("An explosion shook Tripoli, Lebanon, at dawn.", "Tripoli", "LB", None),
        ("Militias clashed in Tripoli and Misrata, Libya.", "Tripoli", "LY", None),
        ("Floods killed dozens in Valencia, Spain.", "Valencia", "ES", None),
        ("Police in Valencia, Venezuela, arrested four men.", "Valencia", "VE", None),
        ("A wildfire spread near Córdoba, Argentina.", "Córdoba", "AR", None),
        ("A blast hit Hyderabad, Pakistan.", "Hyderabad", "PK", None),
        ("A fire in Hyderabad, India, killed 17 people.", "Hyderabad", "IN", None),
        ("A shooting in Birmingham, Alabama, killed four.", "Birmingham", "US", "US.AL"),
        ("A strike left rubbish in Birmingham, England.", "Birmingham", "GB", "GB.ENG"),
        ("An earthquake struck Santiago, Chile.", "Santiago", "CL", None),
        ("The bus crashed in Colombia.", "Colombia", "CO", None),
        ("He was arrested in Columbia, Missouri.", "Columbia", "US", "US.MO"),
        ("Ministers met in Vienna, Austria.", "Vienna", "AT", None),
        ("A house burned in Vienna, Va., on Sunday.", "Vienna", "US", "US.VA"),
        ("Archaeologists returned to Palmyra in Syria.", "Palmyra", "SY", None),
        ("A tornado hit Palmyra, N.Y., on Sunday.", "Palmyra", "US", "US.NY"),
        ("Flash floods swept Safi in Morocco.", "Safi", "MA", None),
        ("Snow closed roads near Kars, Turkey.", "Kars", "TR", None),
        ("A plant opened in Gence, Azerbaijan.", "Gence", "AZ", None),
        ("A plant opened in Ganja, Azerbaijan.", "Ganja", "AZ", None),
    ],
)
def test_same_named_places(text: str, surface: str, country: str, admin1: str | None) -> None:
    mention = next(m for m in find(text) if m.surface == surface)
    assert mention.country == country
    if admin1 is not None:
        assert mention.admin1 == admin1


@pytest.mark.parametrize(
    "text",
    [
        "Paris Hilton wore a dress.",
        "Jordan Henderson scored twice.",
        "The Washington Post reported the story.",
        "The Caspian Pipeline Consortium halted loading.",
        "The ambassador met reporters.",
        "They gave us a hand.",
        "The European Union agreed.",
        "NATO and the EU agreed.",
        "Police said nothing of the kind.",
        "He will return in March or May.",
        "Mr. Lincoln declined to comment.",
        "Mobile users were reading the nice offer.",
        "Central Bank rates rose.",
    ],
)
def test_no_places(text: str) -> None:
    assert [m.surface for m in find(text)] == []


def test_adjectives_are_origins() -> None:
    found = find("Syrian and Moroccan officials met Uzbek envoys.")
    assert [(m.surface, m.form, m.role, m.place) for m in found] == [
        ("Syrian", "adjectival", "origin", "SY"),
        ("Moroccan", "adjectival", "origin", "MA"),
        ("Uzbek", "adjectival", "origin", "UZ"),
    ]


@pytest.mark.parametrize(
    ("text", "surface", "role"),
    [
        ("TBILISI, 26 February — Police arrested ten people.", "TBILISI", "dateline"),
        ("BAKU (Reuters) - Oil output fell.", "BAKU", "dateline"),
        ("Moscow said the list had not arrived.", "Moscow", "government"),
        ("Kyiv accused Moscow of delays.", "Moscow", "government"),
        ("Kyiv accused Moscow of delays.", "Kyiv", "government"),
        ("Three U.S. soldiers were killed.", "U.S.", "origin"),
        ("A bus fell off a cliff in northern Colombia, killing 17.", "Colombia", "where"),
        ("An earthquake struck Aleppo overnight.", "Aleppo", "where"),
        ("The attack on Kharkiv killed two people.", "Kharkiv", "where"),
        ("The conference was held in Vienna, Austria.", "Austria", "where"),
        ("Floods hit villages in the coastal province of Safi, Morocco, killing three.", "Safi", "where"),
        ("Azerbaijan values its ties with Kazakhstan.", "Kazakhstan", "mention"),
    ],
)
def test_roles(text: str, surface: str, role: str) -> None:
    assert next(m for m in find(text) if m.surface == surface).role == role


@pytest.mark.parametrize(
    ("text", "surface", "precision"),
    [
        ("A bomb killed two in Palmyra, Syria.", "Palmyra", 1),
        ("A bomb killed two near Palmyra, Syria.", "Palmyra", 2),
        ("Two died in Sughd Province.", "Sughd Province", 3),
        ("Two died in Tajikistan.", "Tajikistan", 4),
        ("Two drowned in the Caspian Sea.", "Caspian Sea", 5),
        ("Trade grew in Central Asia.", "Central Asia", 5),
    ],
)
def test_precision(text: str, surface: str, precision: int) -> None:
    mention = next(m for m in find(text) if m.surface == surface)
    assert mention.precision == precision


def test_a_qualifier_is_kept() -> None:
    mention = find("Seventeen died in northern Colombia.")[0]
    assert (mention.surface, mention.qualifier) == ("Colombia", "northern")


def test_the_sort_word_decides_between_town_and_province() -> None:
    assert find("Rain fell on the city of Safi in Morocco.")[0].kind == "settlement"
    assert find("Rain fell on the province of Safi in Morocco.")[0].kind == "district"


def test_the_name_is_the_one_the_text_uses() -> None:
    assert find("A convoy left PALMYRA for Homs in Syria.")[0].name == "Palmyra"
    assert find("The U.S. and Türkiye signed.")[1].name == "Turkey"


def test_the_losers_and_the_reason_are_told() -> None:
    mention = find("Ministers met in Vienna, Austria.")[0]
    assert "Austria is named beside it" in mention.rule
    assert mention.alternatives
    assert mention.confidence > 0.9
    shares = [a["score"] for a in mention.alternatives]
    assert shares == sorted(shares, reverse=True)


def test_the_home_of_the_outlet_tips_a_close_choice() -> None:
    text = "Fire broke out in Birmingham."
    assert find(text, home="US")[0].country == "US"
    assert find(text, home="GB")[0].country == "GB"


def test_capitals_do_not_hide_a_place() -> None:
    assert codes("FLOODS KILL DOZENS IN MOROCCO") == {"MOROCCO": "MA"}


def test_a_possessive_is_no_part_of_the_name() -> None:
    mention = find("Morocco’s king spoke.")[0]
    assert (mention.surface, mention.place) == ("Morocco", "MA")


@settings(deadline=None, max_examples=150)
@given(
    st.text()
    | st.lists(
        st.sampled_from(
            [
                "Paris",
                "in",
                "U.S.",
                "Georgia",
                ",",
                "’s",
                "St.",
                "—",
                "\n",
                "al-",
                "Ankara",
                "MOSCOW",
                "(",
                "١٢",
                "\ud800",
                "баку",
                "of",
            ]
        )
    ).map(" ".join)
)
def test_spans_always_index_the_text(text: str) -> None:
    last = 0
    for mention in find(text):
        assert text[mention.start : mention.end] == mention.surface
        assert last <= mention.start < mention.end <= len(text)
        last = mention.end
        assert mention.role in ROLES
        assert 0.0 <= mention.confidence <= 1.0


@pytest.mark.parametrize(
    "piece",
    [
        "Paris, ",
        "Georgia’s ",
        "St. ",
        "North ",
        "Atlantic ",
        "the Nile of ",
        "A" * 50 + " ",
        "New York City ",
        "x",
        "U.S.",
        "al-",
        "(Safi) — ",
    ],
)
def test_long_lines_take_linear_time(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        start = time.perf_counter()
        places.find(text, [(0, len(text))], gazetteer=load())
        return time.perf_counter() - start

    seconds(1_000)
    short, long = seconds(50_000), seconds(400_000)
    assert long < 8 * short * 3 + 0.5


def test_what_the_gazetteer_lacks_is_left_without_a_place() -> None:
    found = find("The car turned onto Quillfeather Street near the Oddmarrow River in Ohio.")
    assert [(m.surface, m.kind, m.place, m.lat) for m in found[:2]] == [
        ("Quillfeather Street", "street", None, None),
        ("Oddmarrow River", "river", None, None),
    ]
    assert "not in the gazetteer" in found[0].rule


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("A Paris man was arrested.", "Paris"),
        ("The Texas Department of Public Safety closed the road.", "Texas"),
        ("A Laurel County jury convicted him.", "Laurel County"),
        ("He moved to Scranton, Pa., in May.", "Pa."),
        ("Vienna, December 5: ministers met.", "Vienna"),
        ("The team flew to al-Hasakah.", "al-Hasakah"),
    ],
)
def test_names_beside_other_words(text: str, surface: str) -> None:
    assert surface in [m.surface for m in find(text)]


def test_a_surname_stays_a_person_through_the_article() -> None:
    text = "Officer Dana Lexington arrived first. Lexington said the road was clear."
    assert [m.surface for m in find(text)] == []
