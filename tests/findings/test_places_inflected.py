"""Places in Russian, Azerbaijani and Turkish: floors over labelled sentences, traps, and what holds for any text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.article import ROLES, Mention
from dateline.findings import places, sentences
from dateline.findings.places import cases
from dateline.gazetteer import load
from dateline.gazetteer.names import fold

SENTENCES = Path(__file__).parent / "inflected"
LANGUAGES = ("ru", "az", "tr")


def find(text: str, language: str) -> list[Mention]:
    return places.find(text, sentences.split(text), gazetteer=load(), language=language)


def labelled(language: str, half: str) -> Iterator[dict[str, Any]]:
    for line in (SENTENCES / f"{language}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["half"] == half:
            yield row


def f1(language: str, half: str) -> tuple[float, float]:
    """F1 of exact spans, and of exact spans with the right place."""
    spans = right = total = 0
    for row in labelled(language, half):
        found = {(m.start, m.end): m.place for m in find(row["text"], language)}
        total += len(found) + len(row["places"])
        for place in row["places"]:
            span = (place["start"], place["end"])
            spans += span in found
            right += span in found and found[span] in (place["place"], *place.get("also", ()))
    return 2 * spans / total, 2 * right / total


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_agree_with_their_sentences(language: str) -> None:
    gazetteer = load()
    for half in ("dev", "test"):
        for row in labelled(language, half):
            for place in row["places"]:
                assert row["text"][place["start"] : place["end"]] == place["surface"]
                assert place["role"] in ROLES
                assert place["place"] is None or gazetteer.place(place["place"]) is not None
    empty = sum(not row["places"] for row in labelled(language, "dev"))
    assert empty >= 18


# F1 of exact spans, and of exact spans with the right place: what was reached, less .01.
FLOORS = {
    ("ru", "dev"): (0.99, 0.99),
    ("az", "dev"): (0.99, 0.99),
    ("tr", "dev"): (0.985, 0.985),
    ("ru", "test"): (0.966, 0.966),
    ("az", "test"): (0.949, 0.949),
    ("tr", "test"): (0.92, 0.90),
}


@pytest.mark.parametrize(("language", "half"), FLOORS)
def test_places_are_found_and_right(language: str, half: str) -> None:
    spans, right = f1(language, half)
    floor = FLOORS[language, half]
    assert spans >= floor[0]
    assert right >= floor[1]


@pytest.mark.parametrize(("language", "least"), [("ru", 0.88), ("az", 0.88), ("tr", 0.85)])
def test_roles(language: str, least: float) -> None:
    right = total = 0
    for half in ("dev", "test"):
        for row in labelled(language, half):
            found = {(m.start, m.end): m.role for m in find(row["text"], language)}
            for place in row["places"]:
                span = (place["start"], place["end"])
                total += span in found
                right += found.get(span) == place["role"]
    assert right / total >= least


@pytest.mark.parametrize(
    ("language", "text", "surface", "place"),
    [
        # Names as they stand in the dictionary.
        ("ru", "Баку и Тбилиси договорились о транзите.", "Баку", "g587084"),
        ("az", "Bakı və Tbilisi tranzit barədə razılaşıb.", "Bakı", "g587084"),
        ("tr", "Ankara ve Tiflis transit konusunda anlaştı.", "Ankara", "g323786"),
        # Cases.
        ("ru", "Из Орла привезли оборудование.", "Орла", "g515012"),
        ("ru", "Самолет сел во Владивостоке.", "Владивостоке", "g2013348"),
        ("ru", "Экспорт из Нидерландов вырос.", "Нидерландов", "NL"),
        ("az", "Lənkəranla əlaqə bərpa olunub.", "Lənkəranla", "g147622"),
        ("az", "Nazir Daşkəndə yola düşüb.", "Daşkəndə", "g1512569"),
        ("tr", "Uçak Diyarbakır’dan kalktı.", "Diyarbakır", "g316541"),
        # Capitals: İ and I are two letters.
        ("tr", "ISPARTA'DA HASAT BAŞLADI", "ISPARTA", "g311073"),
        ("az", "İSMAYILLIDA ZƏLZƏLƏ", "İSMAYILLIDA", "g586318"),
        # What the word beside it says the place is.
        ("az", "Tovuz rayonunda yol çəkilir.", "Tovuz", "AZ.58"),
        ("ru", "Ливень прошел в Ташкентской области.", "Ташкентской области", "UZ.14"),
        ("ru", "Ливень прошел в Московской и Рязанской областях.", "Московской", "RU.47"),
    ],
)
def test_names_in_context(language: str, text: str, surface: str, place: str) -> None:
    assert [m.place for m in find(text, language) if m.surface == surface] == [place]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Владимир Орлов и Надежда Киевская поженились."),
        ("ru", "Мир вернулся в семью, сказала Вера Ивановна."),
        ("ru", "Фильм получил приз Московского международного университета."),
        ("ru", "Пробка на Киевском шоссе растянулась на час."),
        ("az", "Ordu bu gün bayram edir."),
        ("az", "Aydın Quliyev və Xəzər Məmmədov rəqib olub."),
        ("az", "Gəncə Dövlət Universiteti müsabiqə elan edib."),
        ("tr", "Deniz Ordu ile Umut Kars evlendi."),
        ("tr", "Konya Selçuk Üniversitesi sempozyum düzenledi."),
        ("tr", "Batman yeni filmiyle döndü."),
    ],
)
def test_persons_bodies_and_words_are_no_places(language: str, text: str) -> None:
    assert [m.surface for m in find(text, language)] == []


def test_parts_and_precision() -> None:
    near = find("Под Ереваном столкнулись два автобуса.", "ru")
    assert [(m.role, m.precision) for m in near] == [("where", 2)]
    adjective = find("Сирийские власти закрыли границу.", "ru")
    assert [(m.place, m.form, m.role) for m in adjective] == [("SY", "adjectival", "origin")]
    said = find("Ankara açıkladı: görüşme yarın.", "tr")
    assert [m.role for m in said] == ["government"]
    headed = find("BAKI, 3 mart — Yeni körpü açılıb.", "az")
    assert [m.role for m in headed] == ["dateline"]


@given(
    st.text(
        st.sampled_from("абвгдеёйкмноуыяАБМТ aəıiİIçşğbdkmlnrtBQGNT'’«».,-—\n1 \u0301\u200f\ud800")
        | st.characters(),
        max_size=120,
    ),
    st.sampled_from(LANGUAGES),
)
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_and_spans_fit(text: str, language: str) -> None:
    last = 0
    for mention in find(text, language):
        assert 0 <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.surface
        assert mention.start >= last
        assert mention.role in ROLES
        last = mention.end


@given(st.lists(st.sampled_from([*"абвгйнкеоиыья"]), min_size=1, max_size=14).map("".join))
def test_a_russian_word_is_first_read_as_it_stands(word: str) -> None:
    readings = cases.russian(word)
    assert readings[0] == (fold(word), "nom")
    assert len({key for key, _ in readings}) == len(readings)


@given(st.lists(st.sampled_from([*"bdklmnrszçşaeəıioöuü"]), min_size=3, max_size=10).map("".join))
def test_suffixes_obey_vowel_harmony(stem: str) -> None:
    back = (
        "loc" in dict(cases.turkic(f"{stem}azda")).values(),
        "loc" in dict(cases.turkic(f"{stem}azdə")).values(),
    )
    assert back == (True, False)
