"""The tables as they lie in ``data/gazetteer``: what each row must hold before anything is compiled from it."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable

import pytest

from dateline.gazetteer import Gazetteer, compiler, load, tables
from dateline.gazetteer.kinds import KINDS, WATERS
from dateline.gazetteer.names import key_of

REGIONS = list(tables.rows("regions.csv"))
DIVISIONS = {line["code"] for line in tables.rows("divisions.csv")}
COUNTRIES = {line["code"] for line in tables.rows("countries.csv")}


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load()


@pytest.fixture(scope="module")
def settlements() -> list[compiler.Row]:
    return compiler.settlements()


def scripted(first: int, last: int) -> Callable[[str], bool]:
    return lambda text: any(first <= ord(character) <= last for character in text)


cyrillic, arabic = scripted(0x400, 0x4FF), scripted(0x600, 0x6FF)


def test_the_region_table_is_large_and_its_codes_are_links() -> None:
    assert len(REGIONS) >= 500
    codes = Counter(line["code"] for line in REGIONS)
    assert [code for code, count in codes.items() if count > 1] == []
    for code in codes:
        assert code == code.lower().strip("-")
        assert code.isascii()
        assert code.replace("-", "").isalnum()
    assert not set(codes) & (COUNTRIES | DIVISIONS)


def test_every_region_is_sound() -> None:
    codes = {line["code"] for line in REGIONS}
    for line in REGIONS:
        code = line["code"]
        assert line["kind"] in KINDS, code
        assert line["name"] == line["name"].strip() != "", code
        assert line["precision"] in ({""} if line["kind"] == "body" else {"1", "2", "3", "4", "5"}), code
        assert set(tables.split(line["divisions"])) <= DIVISIONS, code
        for country in tables.split(line["countries"]):
            assert country in COUNTRIES or country[1:] in codes, code
        assert bool(line["lat"]) == bool(line["lon"]), code
        if line["lat"]:
            assert -90 <= float(line["lat"]) <= 90, code
            assert -180 <= float(line["lon"]) <= 180, code
        elif line["precision"] in ("1", "2"):
            assert line["divisions"], code


def test_no_region_is_listed_twice() -> None:
    seen = Counter(
        (key_of(line["name"]), line["kind"], line["countries"], line["divisions"]) for line in REGIONS
    )
    assert [names for names, count in seen.items() if count > 1] == []


@pytest.mark.parametrize(
    ("kind", "least"),
    [
        ("macro-region", 200),
        ("sea", 50),
        ("gulf", 80),
        ("strait", 40),
        ("river", 60),
        ("lake", 25),
        ("mountain", 150),
        ("desert", 30),
        ("disputed", 30),
        ("historical", 150),
        ("island", 200),
        ("peninsula", 50),
        ("valley", 80),
        ("continent", 7),
        ("body", 20),
        ("site", 150),
    ],
)
def test_each_kind_is_there(kind: str, least: int) -> None:
    assert sum(line["kind"] == kind for line in REGIONS) >= least


def test_regions_have_names_in_the_languages_of_the_desk() -> None:
    desk = {"AZ", "AM", "GE", "TR", "IR", "KZ", "UZ", "TM", "KG", "TJ", "RU"}
    near = [line for line in REGIONS if desk & set(tables.split(line["countries"]))]
    assert sum(cyrillic(line["aliases"]) for line in near) >= len(near) * 0.6
    assert sum(arabic(line["aliases"]) for line in REGIONS) >= 80
    assert sum(cyrillic(line["aliases"]) for line in REGIONS) >= 400


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (("South Caucasus", "Южный Кавказ", "Cənubi Qafqaz", "Güney Kafkasya"), "south-caucasus"),
        (("Central Asia", "Центральная Азия", "Orta Asiya", "Orta Asya"), "central-asia"),
        (("Karabakh", "Nagorno-Karabakh", "Нагорный Карабах", "Qarabağ", "Karabağ"), "karabakh"),
        (("Zangezur", "Зангезур", "Zəngəzur"), "zangezur"),
        (("Fergana Valley", "Ферганская долина"), "fergana-valley"),
        (("Javakheti", "Джавахети", "Cavaxeti"), "javakheti"),
        (("Talysh", "Талыш", "Talış"), "talysh-region"),
        (("Turan", "Туран"), "turan"),
        (("Turkestan", "Туркестан", "Türküstan"), "turkestan"),
        (("Donbas", "Донбасс"), "donbas"),
        (("Sahel", "Сахель"), "sahel"),
        (("Levant", "Левант"), "levant"),
        (("Persian Gulf", "Персидский залив"), "persian-gulf"),
        (("Syunik", "Сюник", "Сюникская область"), "AM.08"),
        (("Fergana Region", "Ферганская область"), "UZ.03"),
        (("Trabzon", "Трабзон"), "TR.61"),
        (("Lankaran", "Lənkəran", "Лянкяран"), "g147622"),
        (("Tabriz", "Тебриз", "Təbriz", "Tebriz"), "g113646"),
        (("Downing Street", "Даунинг-стрит"), "downing-street"),
        (("Herts",), "GB.ENG.hertfordshire"),
        (("NSW", "N.S.W."), "AU.02"),
        (("Pa.", "PA", "Pennsylvania"), "US.PA"),
        (("Heathrow Airport", "London Heathrow Airport"), "airport-lhr"),
        (("Heathrow",), "heathrow"),
        (("Neches River",), "neches-river-us"),
        (("Lake Champlain",), "lake-champlain-ca-us"),
        (("Yosemite", "Yosemite National Park"), "yosemite-national-park"),
        (("Pangasinan",), "PH.01.province-of-pangasinan"),
    ],
)
def test_names_lead_to_their_place(gazetteer: Gazetteer, names: tuple[str, ...], code: str) -> None:
    for name in names:
        assert code in [c.place.code for c in gazetteer.lookup(name)], name


@pytest.mark.parametrize("name", ["Gence", "Gəncə", "Ganja", "Гянджа", "Gandja"])
def test_ganja_is_one_place(gazetteer: Gazetteer, name: str) -> None:
    settlements = [c.place.code for c in gazetteer.lookup(name) if c.place.kind == "settlement"]
    assert settlements[:1] == ["g586523"]
    assert [c for c in settlements if c != "g586523" and gazetteer.place(c).country == "AZ"] == []  # type: ignore[union-attr]


@pytest.mark.parametrize("country", ["AM", "AZ", "GE", "KZ", "KG", "TJ", "TM", "UZ", "RU"])
def test_larger_towns_have_russian_names(settlements: list[compiler.Row], country: str) -> None:
    lines = {f"g{line['geonameid']}": line["ru"] for line in tables.rows("translations.csv")}
    lines |= {line["place"]: line["names"] for line in tables.rows("names.csv")}
    rows = [row for row in settlements if row.country == country and row.population >= 50_000]
    named = [row for row in rows if lines.get(row.code) or any(cyrillic(n) for n, _ in row.names)]
    assert len(named) >= len(rows) * 0.95


def test_capitals_have_names_in_four_languages() -> None:
    lines = {line["geonameid"]: line for line in tables.rows("translations.csv")}
    for number in ("587084", "611717", "616052", "1526273", "1512569", "1221874", "162183"):
        row = lines[number]
        assert sum(bool(row[language]) for language in ("ru", "az", "tr", "ar")) >= 3, row


def test_divisions_have_ids_and_points() -> None:
    named = list(tables.rows("division_names.csv"))
    assert len({line["geonameid"] for line in named}) == len(named)
    missing = DIVISIONS - {line["code"] for line in named}
    assert len(missing) < 60


def test_codes_of_the_added_tables_are_stable_and_single(gazetteer: Gazetteer) -> None:
    for code in (
        "US.TX.neches",
        "airport-gyd",
        "neches-river-us",
        "GB.ENG.hertfordshire",
        "US.LA.rapides-parish",
    ):
        place = gazetteer.place(code)
        assert place is not None, code
        assert place.code == code


def test_plain_words_name_no_hamlet(gazetteer: Gazetteer) -> None:
    for word in ("Accident", "Only", "Premium", "Chicken"):
        towns = [c.place.code for c in gazetteer.lookup(word) if c.place.code.startswith("US.")]
        assert towns == [], word


def test_waters_described_by_hand_are_not_doubled(gazetteer: Gazetteer) -> None:
    for name in ("Volga", "Lake Baikal", "Danube River", "Lake Erie"):
        waters = [c.place.code for c in gazetteer.lookup(name) if c.place.kind in WATERS]
        assert len(waters) == 1, name


def test_a_water_answers_to_its_bare_name_only_where_no_other_place_does() -> None:
    assert compiler.water_names("river", "Neches") == (["Neches River", "River Neches"], ["Neches"])
    assert compiler.water_names("lake", "Lake Mead") == (["Lake Mead"], [])
    assert compiler.water_names("river", "Rio Grande") == (["Rio Grande"], [])


def test_a_suburb_yields_its_citys_name() -> None:
    def town(number: int, population: int, lat: float, country: str = "AZ") -> compiler.Row:
        return compiler.Row(f"g{number}", "T", "settlement", country, "", lat, 46.0, population)

    rows = [town(1, 300_000, 40.0), town(2, 20_000, 40.2), town(3, 20_000, 44.0), town(4, 20_000, 40.2, "GE")]
    names = {"t": {0: 0, 1: 1, 2: 1, 3: 1}}
    compiler.yield_to_larger(rows, names)
    assert set(names["t"]) == {0, 2, 3}


def test_every_table_is_part_of_the_version() -> None:
    shipped = {path.name for path in tables.folder().glob("*.csv")}
    assert shipped == set(tables.FILES)


def test_tables_have_no_ragged_rows() -> None:
    for name in tables.FILES:
        with (tables.folder() / name).open(encoding="utf-8", newline="") as file:
            widths = Counter(len(row) for row in csv.reader(file))
        assert len(widths) == 1, (name, widths)
