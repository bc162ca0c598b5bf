from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.annotate import happened
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


def test_the_sort_word_outweighs_a_near_neighbour() -> None:
    found = find("A fire at a hotel in Kartalkaya, a ski resort in Bolu province, killed dozens.")
    assert [(m.surface, m.kind) for m in found] == [("Kartalkaya", "site"), ("Bolu", "division")]


def test_the_name_is_the_one_the_text_uses() -> None:
    assert find("A convoy left PALMYRA for Homs in Syria.")[0].name == "Palmyra"
    assert find("The U.S. and Türkiye signed.")[1].name == "Turkey"


def test_the_losers_and_the_reason_are_told() -> None:
    mention = find("Ministers met in Vienna, Austria.")[0]
    assert "Austria is named right after it" in mention.rule
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
        "Oregon, Washington and ",
        "Paris, a town in the north of ",
        "Kyiv and Lviv were hit, ",
        "Paris district of ",
        "the Lyon City ",
        "al Mazar i ",
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


# The words beside a name put it in its wider place, whatever is better known elsewhere.
@pytest.mark.parametrize(
    ("text", "surface", "country"),
    [
        ("Gunmen fired on a checkpoint near Tripoli, in northern Lebanon.", "Tripoli", "LB"),
        ("Two people drowned at Tripoli, a port in the north of Lebanon.", "Tripoli", "LB"),
        ("A roof fell in at a school in the Lebanese city of Tripoli.", "Tripoli", "LB"),
        ("Snow closed a school in Lebanon's second city of Tripoli.", "Tripoli", "LB"),
        ("A ferry left Tripoli in Lebanon with 40 people aboard.", "Tripoli", "LB"),
        ("Shops were burned in Cordoba, in southern Spain.", "Cordoba", "ES"),
        ("Shops were burned in Cordoba, in central Argentina.", "Cordoba", "AR"),
        ("Trams stood still in Spanish Valencia.", "Valencia", "ES"),
        ("Riots broke out in San Jose, capital of Costa Rica.", "San Jose", "CR"),
        ("The bus fell into a gorge near Merida, in the Mexican state of Yucatan.", "Merida", "MX"),
        ("The bus fell into a gorge near Merida in Venezuela.", "Merida", "VE"),
        ("Hail struck Merida, a town in the Spanish region of Extremadura.", "Merida", "ES"),
        ("Hail broke windows in Paris, a town in the US state of Texas.", "Paris", "US"),
        ("Three were shot in Hyderabad, in Pakistan's Sindh province.", "Hyderabad", "PK"),
        ("Streets were under water in Rio Grande, in southern Brazil.", "Rio Grande", "BR"),
        ("He went home to Norman, Oklahoma.", "Norman", "US"),
        # A country among countries, and a state among states.
        ("The storm killed three in Jamaica, two in Haiti and one in Cuba, near Bayamo.", "Jamaica", "JM"),
        ("Shops closed in Ghana, Niger, Nigeria and Togo.", "Niger", "NE"),
        ("Floods were reported in Jordan, Lebanon and Georgia.", "Georgia", "GE"),
        ("A store burned down in Cuba, Missouri.", "Cuba", "US"),
        ("A man was held in Georgia after a shooting in Atlanta.", "Georgia", "US"),
        ("Roads around Gudauri, Georgia, were blocked by snow.", "Georgia", "GE"),
    ],
)
def test_the_wider_place_beside_a_name_decides(text: str, surface: str, country: str) -> None:
    assert next(m for m in find(text) if m.surface == surface).country == country


@pytest.mark.parametrize(
    ("text", "surface", "admin1"),
    [
        ("Rain is due in Oregon, Washington and Idaho.", "Washington", "US.WA"),
        ("Cases rose in Texas, New York, Wyoming and Ohio.", "New York", "US.NY"),
        ("The quake was felt at Mandalay in Myanmar.", "Mandalay", "MM.08"),
        ("Hail fell in the Valencian Community.", "Valencian Community", "ES.60"),
    ],
)
def test_divisions_of_a_list_and_their_names(text: str, surface: str, admin1: str) -> None:
    assert next(m for m in find(text) if m.surface == surface).admin1 == admin1


@pytest.mark.parametrize(
    ("text", "surface", "country"),
    [
        ("A mine went off in Mazar-i-Sharif on Friday.", "Mazar-i-Sharif", "AF"),
        ("A mine went off in Mazar e Sharif on Friday.", "Mazar e Sharif", "AF"),
        ("Shelling hit Deir ez-Zor overnight.", "Deir ez-Zor", "SY"),
        ("Shelling hit Deir el-Zour overnight.", "Deir el-Zour", "SY"),
        ("A tanker burned off Bandar-e Abbas.", "Bandar-e Abbas", "IR"),
        ("Divers died near Sharm el-Sheikh.", "Sharm el-Sheikh", "EG"),
        ("A mall burned in Al-Kut on Thursday.", "Al-Kut", "IQ"),
    ],
)
def test_joined_names_are_found_whole(text: str, surface: str, country: str) -> None:
    assert [(m.surface, m.country) for m in find(text)] == [(surface, country)]


@pytest.mark.parametrize(
    ("text", "part", "town"),
    [
        ("A fire in the Penha district of Rio de Janeiro killed two.", "Penha", "Rio de Janeiro"),
        ("A house burned in the Lincoln neighbourhood of Chicago.", "Lincoln", "Chicago"),
        ("A house burned in Bradford, a northern suburb of Vienna.", "Bradford", "Vienna"),
    ],
)
def test_a_part_of_a_town_is_never_far_from_it(text: str, part: str, town: str) -> None:
    found = {m.surface: m for m in find(text)}
    assert found[part].place is None
    assert "part of" in found[part].rule
    assert found[town].place is not None
    assert found[town].kind == "settlement"


def test_a_suburb_near_its_town_keeps_its_place() -> None:
    found = {m.surface: m for m in find("A man was stabbed in Richmond, a suburb of Melbourne.")}
    assert found["Richmond"].admin1 == "AU.07"


@pytest.mark.parametrize(
    "text",
    [
        "A cow fell ill in Bradford, Ontario.",
        "A bus overturned in Bradford, a town in northern Kenya.",
    ],
)
def test_a_name_said_to_be_where_none_is_known_is_left_open(text: str) -> None:
    mention = find(text)[0]
    assert (mention.surface, mention.place, mention.lat) == ("Bradford", None, None)
    assert mention.confidence < 0.2
    assert mention.alternatives


def test_a_country_that_acts_after_a_comma_holds_nothing() -> None:
    assert find("In Istanbul, Russia has given its answer.")[0].country == "TR"


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("The Batumi City Court sentenced two men on Tuesday.", "Batumi"),
        ("Judges of the High Criminal Court of Bolu retired for the night.", "Bolu"),
        ("The Almaty Museum of Arts opened its doors.", "Almaty"),
        ("Lyon General Hospital took in twelve patients.", "Lyon"),
        ("The Chiatura Management Company dismissed forty miners.", "Chiatura"),
    ],
)
def test_a_towns_own_body_places_an_article_without_another_town(text: str, surface: str) -> None:
    assert [m.surface for m in find(text)] == [surface]


@pytest.mark.parametrize(
    "text",
    [
        "The Bank of Georgia published its results.",
        "Georgia State University opened a campus.",
        "The London Symphony Orchestra was praised.",
        "Manchester United won again.",
    ],
)
def test_national_bodies_and_clubs_place_nothing(text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("Guria and Adjara were hit by heavy snow.", ["Guria", "Adjara"]),
        ("Guria, Imereti and Adjara were hit by heavy snow.", ["Guria", "Imereti", "Adjara"]),
        ("A quake in Kutaisi, Batumi and Gori was felt by many.", ["Kutaisi", "Batumi", "Gori"]),
        ("A lorry crashed on the road between Ankara and Konya.", ["Ankara", "Konya"]),
        ("Snow fell in central and southern Sudan, killing two.", ["Sudan"]),
        ("Hail struck the town of Gori in Georgia.", ["Gori", "Georgia"]),
        ("Firefighters saved a mill in Naples, southern Italy, after a fire.", ["Naples", "Italy"]),
        ("A bus on its way from Ankara to Izmir crashed near Afyon.", ["Afyon"]),
        ("A ferry sank in the Black Sea.", ["Black Sea"]),
        ("Waves hit the Atlantic port of Agadir.", ["Agadir"]),
        ("A storm killed two in Varna, a resort on the Black Sea.", ["Varna"]),
        ("A wood burned in Antalya, far from the Aegean Sea.", ["Antalya"]),
        ("Six died in a raid in the Ural mountain city of Yekaterinburg.", ["Yekaterinburg"]),
        ("The foreign ministry in Baku wants to know why two men died.", []),
        ("Officials in Kabul say that the quake killed hundreds.", []),
    ],
)
def test_where(text: str, surfaces: list[str]) -> None:
    assert [m.surface for m in find(text) if m.role == "where"] == surfaces


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("Snow fell in north-western Spain.", "north-western"),
        ("Snow fell in the north-west of Spain.", "north-west"),
        ("Snow fell in the east of Spain.", "east"),
        ("Snow fell in Spain's north.", "north"),
        ("Snow fell in Spain's northern valleys.", None),
        ("Snow fell in central and southern Spain.", "southern"),
    ],
)
def test_the_part_of_a_country_is_its_qualifier(text: str, qualifier: str | None) -> None:
    assert find(text)[0].qualifier == qualifier


def test_a_dateline_of_three_letters_and_one_with_a_desk() -> None:
    assert find("GOA, India, 26 November — A final was played.")[0].role == "dateline"
    roles = {m.surface: m.role for m in find("LONDON (Agency) - A man in Leeds was jailed.")}
    assert roles == {"LONDON": "dateline", "Leeds": "where"}


def test_only_background_waters_leave_the_scene_to_the_dateline() -> None:
    found = find("SAFI, Morocco, 15 December — Floods killed 21 people in this Atlantic city.")
    counted = [m.surface for m, here in zip(found, happened(found), strict=True) if here]
    assert "SAFI" in counted
    text = "SAFI, Morocco, 15 December — A ferry with 21 people aboard sank in the Atlantic Ocean."
    assert {m.surface: m.role for m in find(text)}["Atlantic Ocean"] == "where"


def test_a_place_alone_in_its_country_is_less_sure() -> None:
    abroad = find("The mayor of Hamburg met reporters.", home="US")[0]
    home = find("The mayor of Hamburg met reporters.", home="DE")[0]
    assert (abroad.country, home.country) == ("DE", "DE")
    assert abroad.confidence <= home.confidence
    assert abroad.alternatives[0]["score"] > home.alternatives[0]["score"]
