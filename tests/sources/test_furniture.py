"""What stands in a page's body beside its news."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.sources.furniture import Markup, key, without

FIRST = "The road agency opened the tunnel to lorries on Thursday."
LAST = "Cars will follow in the spring, once the lights are in place."


@pytest.mark.parametrize(
    "line",
    [
        "Photo: A. Person", "(Credit: Somebody / Agency)", "Crédits photos : Quelqu'un", "Foto: Jemand", "Фото: кто-то",
        "Getty Images", "© Somebody", "Share this on", "Teilen", "Wird geladen...", "Figure 4: A view of the valley",
        "Abbildung 12: Das Tal von oben", "Read also: Another thing happened", "Auch lesen: Etwas anderes geschah",
        "Leggi anche", "Weitere Artikel zum Thema", "| Weitere Artikel zum Thema | |",
        "We may receive compensation if you buy something from a shop we name here.",
    ],
)  # fmt: skip
def test_lines_that_are_left_out(line: str) -> None:
    assert without(f"{FIRST}\n{line}\n{LAST}", Markup()) == f"{FIRST}\n{LAST}"


@pytest.mark.parametrize(
    "line",
    [
        "Photographs of the tunnel were shown to ministers in the evening.",
        "More than forty lorries waited at the gate, drivers said.",
        "Related companies had won the contract without a tender, the auditors found.",
        "Share prices of the builder rose by a tenth.",
        "Image rights were the matter of the second lawsuit.",
        "- Two lanes",
        "“Print it,” he said.",
        "Comments by the minister were expected on Friday.",
    ],
)
def test_lines_that_are_news(line: str) -> None:
    assert without(f"{FIRST}\n{line}\n{LAST}", Markup()) == f"{FIRST}\n{line}\n{LAST}"


def test_the_titles_listed_under_a_pointer_go_with_it_and_the_text_goes_on() -> None:
    body = f"{FIRST}\nRelated articles\nSalt dear in Khorog\nFerry leaves Poti late\n{LAST}"
    assert without(body, Markup()) == f"{FIRST}\n{LAST}"


def test_what_the_markup_says() -> None:
    markup = Markup(key("Tunnel opened"), {key("The tunnel's mouth.")}, {key("Salt is dear, traders say.")})
    body = f"Tunnel opened\n{FIRST}\nThe tunnel's mouth.\nRead more\nSalt is dear, traders say.\n{LAST}\nA heading"
    assert without(body, markup) == f"{FIRST}\n{LAST}"


def test_nothing_but_furniture_stays_as_it_was() -> None:
    assert without("Photo: A. Person", Markup()) == "Photo: A. Person"


@given(st.text())
def test_any_text(text: str) -> None:
    kept = without(text, Markup())
    assert set(kept.splitlines()) <= {*text.splitlines(), ""}
