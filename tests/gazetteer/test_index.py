from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from dateline.gazetteer import Gazetteer, compiler, load, regions


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Tbilisi", "g611717"),
        ("Palmyra", "g163808"),
        ("Gence", "g586523"),
        ("Gəncə", "g586523"),
        ("U.S.", "US"),
        ("Türkiye", "TR"),
        ("Burma", "MM"),
        ("Ivory Coast", "CI"),
        ("DRC", "CD"),
        ("Азербайджан", "AZ"),
        ("South Caucasus", "south-caucasus"),
        ("Cənubi Qafqaz", "south-caucasus"),
        ("Каспийское море", "caspian-sea"),
        ("Strait of Hormuz", "strait-of-hormuz"),
        ("مضيق هرمز", "strait-of-hormuz"),
        ("Donbas", "donbas"),
        ("Darfur", "darfur"),
        ("Karabakh", "karabakh"),
        ("Nagorno-Karabakh", "karabakh"),
        ("Xinjiang", "CN.13"),
        ("Scotland", "GB.SCT"),
        ("Crimea", "UA.11"),
    ],
)
def test_a_name_leads_to_its_place(gazetteer: Gazetteer, name: str, code: str) -> None:
    assert code in [c.place.code for c in gazetteer.lookup(name)][:2]


@pytest.mark.parametrize(
    ("adjective", "code"),
    [("Syrian", "SY"), ("Uzbek", "UZ"), ("Central Asian", "central-asia"), ("Scottish", "GB.SCT")],
)
def test_adjectives(gazetteer: Gazetteer, adjective: str, code: str) -> None:
    candidate = gazetteer.lookup(adjective)[0]
    assert (candidate.place.code, candidate.match) == (code, "adjective")


@pytest.mark.parametrize(
    ("name", "country", "admin1"),
    [
        ("Moscow, Idaho", "US", "US.ID"),
        ("Lebanon, Pennsylvania", "US", "US.PA"),
        ("Birmingham, Alabama", "US", "US.AL"),
        ("Córdoba, Argentina", "AR", "AR.05"),
        ("Kunar Province", "AF", "AF.34"),
    ],
)
def test_a_name_with_its_container(gazetteer: Gazetteer, name: str, country: str, admin1: str) -> None:
    place = gazetteer.lookup(name)[0].place
    assert (place.country, place.admin1) == (country, admin1)


def test_codes_lead_back(gazetteer: Gazetteer) -> None:
    for code in ("MA", "MA.07", "g2537881", "south-caucasus", "US.LA.rapides-parish"):
        place = gazetteer.place(code)
        assert place is not None
        assert place.code == code


@pytest.mark.parametrize("code", ["", "g", "g0", "gx", "g²", "g99999999999999999999", "ZZ", "no-such-place"])
def test_unknown_codes(gazetteer: Gazetteer, code: str) -> None:
    assert gazetteer.place(code) is None


def test_points_where_a_point_is_true(gazetteer: Gazetteer) -> None:
    states = gazetteer.place("US")
    assert states is not None
    assert (states.lat, states.lon) == pytest.approx((39.8, -98.6), abs=0.2)
    wide = gazetteer.place("central-asia")
    assert wide is not None
    assert (wide.lat, wide.precision) == (None, 5)
    sea = gazetteer.place("caspian-sea")
    assert sea is not None
    assert (sea.lat, sea.lon) == pytest.approx((41.7, 50.6), abs=1)


def test_every_wider_place_is_sound(gazetteer: Gazetteer) -> None:
    countries = {p.code for p in gazetteer.wider() if p.kind == "country"}
    assert len(countries) > 240
    seen = set()
    for place in gazetteer.wider():
        assert place.code not in seen, place.code
        seen.add(place.code)
        assert place.name
        assert place.country is None or place.country in countries
        assert place.precision in (1, 2, 3, 4, 5) or place.kind == "body"
        if place.lat is not None and place.lon is not None:
            assert -90 <= place.lat <= 90
            assert -180 <= place.lon <= 180


def test_one_spot_is_no_ambiguity(gazetteer: Gazetteer) -> None:
    found = gazetteer.lookup("Istanbul")
    assert len([c for c in found if c.place.kind == "settlement" and c.place.country == "TR"]) == 1


def test_members_of_regions() -> None:
    assert regions.members("south-caucasus").countries == ("AM", "AZ", "GE")
    assert "TR" in regions.members("asia").countries
    assert "US.GA" in regions.members("deep-south-us").divisions
    assert regions.members("MA").countries == ("MA",)
    assert regions.members("MA.07").divisions == ("MA.07",)
    assert regions.members("nowhere") == regions.Members((), (), ())
    assert len([p for p in regions.all() if p.code not in {"MA"}]) > 3000


def test_search_puts_the_wide_and_the_large_first(gazetteer: Gazetteer) -> None:
    found = [place.code for place in gazetteer.search("georg", 5)]
    assert "GE" in found
    assert gazetteer.search("tbil", 3)[0].code == "g611717"
    assert gazetteer.search("", 3) == []


def test_a_change_of_the_tables_asks_for_another_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = compiler.index_folder().name
    monkeypatch.setattr(compiler, "FORMAT", "another")
    assert compiler.index_folder().name != before
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path))
    assert compiler.index_folder().parent == tmp_path


def test_no_half_index_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path))
    monkeypatch.setattr(compiler, "settlements", list)
    monkeypatch.setattr(compiler, "_write_places", fail)
    with pytest.raises(OSError, match="disk full"):
        compiler.build()
    assert list(tmp_path.iterdir()) == []


def test_loading_is_light() -> None:
    load()
    script = (
        "import resource, time\n"
        "import numpy, marisa_trie\n"
        "base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "start = time.perf_counter()\n"
        "from dateline.gazetteer import load\n"
        "gazetteer = load()\n"
        "assert gazetteer.lookup('Baku')\n"
        "print(time.perf_counter() - start, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - base) / 1024)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    seconds, megabytes = map(float, done.stdout.split())
    assert seconds < 1.5  # 0.1 s on an idle machine
    assert megabytes < 300
