"""Language detection: the languages a desk of the region reads, short and long."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.findings.language import detect

TEXTS = (
    ("en", "The bus fell off a cliff and nine people were killed, the police said."),
    ("en", "Nine killed"),
    ("ru", "Автобус упал с обрыва, погибли девять человек, сообщила полиция."),
    ("ru", "Пожар в Москве"),
    ("uk", "Автобус упав з обриву, загинули дев'ять людей, повідомила поліція."),
    ("az", "Avtobus uçuruma yuvarlanıb, doqquz nəfər həlak olub."),
    ("az", "Zəlzələ baş verib"),
    ("tr", "Otobüs uçuruma yuvarlandı, dokuz kişi öldü ve çok sayıda kişi yaralandı."),
    ("kk", "Автобус құлап, тоғыз адам қаза тапты, бұл туралы полиция хабарлады."),
    ("ka", "ავტობუსი ხევში გადავარდა, დაიღუპა ცხრა ადამიანი."),
    ("hy", "Ավտոբուսը ձորն է ընկել, զոհվել է ինը մարդ։"),
    ("ar", "سقطت الحافلة في الوادي وقتل تسعة أشخاص، قالت الشرطة."),
    ("fa", "اتوبوس به دره سقوط کرد و نه نفر کشته شدند، پلیس گفت."),
    ("de", "Der Bus stürzte in die Schlucht und neun Menschen wurden getötet."),
    ("fr", "Le bus est tombé dans un ravin et neuf personnes sont mortes."),
    ("es", "El autobús cayó por un barranco y murieron nueve personas, según la policía."),
)


@pytest.mark.parametrize(("code", "text"), TEXTS)
def test_language(code: str, text: str) -> None:
    assert detect(text) == code


@pytest.mark.parametrize("text", ["", "  ", "1234 5,6", "!?…", "\x00", "\ud800"])
def test_no_letters_is_undetermined(text: str) -> None:
    assert detect(text) == "und"


@given(st.text())
def test_any_text_has_one_answer(text: str) -> None:
    assert detect(text) == detect(text)
    assert 2 <= len(detect(text)) <= 3


def test_only_the_beginning_is_read() -> None:
    assert detect("The end of the road. " * 100 + "Пожар " * 200_000) == "en"
