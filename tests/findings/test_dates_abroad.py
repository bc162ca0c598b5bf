"""Dates in Russian, Azerbaijani and Turkish: the share of values read right in own sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

import pytest

from dateline.findings import dates, sentences
from tests.findings.dates_abroad import LANGUAGES, LATER, Row

REFERENCE = date(2025, 12, 15)  # a Monday


def _value_f1(rows: Sequence[Row], language: str) -> float:
    """F1 of the values found against those written beside the sentences."""
    hits = total = 0
    for text, wanted in rows:
        found = [f.value for f in dates.find(text, sentences.split(text), REFERENCE, language)]
        hits += sum((Counter(found) & Counter(wanted)).values())
        total += len(found) + len(wanted)
    return 2 * hits / total


@pytest.mark.parametrize("language", LANGUAGES)
def test_values(language: str) -> None:
    """Read before the words of these languages were filled in: .57 Russian, .62 Azerbaijani, .52 Turkish."""
    assert len(LANGUAGES[language]) >= 60
    assert _value_f1(LANGUAGES[language], language) >= 0.97


@pytest.mark.parametrize("language", LATER)
def test_values_of_sentences_written_after_the_rules(language: str) -> None:
    """As they came: .85 Russian, .91 Azerbaijani, .93 Turkish; then the rules were mended."""
    assert _value_f1(LATER[language], language) >= 0.94


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Окружающая среда страдает."),
        ("ru", "Марта Иванова победила."),
        ("tr", "Pazar esnafı zamdan yakındı."),
        ("tr", "Bir ocak ve iki mart kuşu."),
        ("az", "Bazar iqtisadiyyatı inkişaf edir."),
        ("ru", "Он купил 12-ю квартиру."),
    ],
)
def test_words_of_two_senses(language: str, text: str) -> None:
    assert dates.find(text, sentences.split(text), REFERENCE, language) == []


@pytest.mark.parametrize(
    ("language", "text", "of"),
    [
        ("ru", "Министр заявил в понедельник, что всё спокойно.", "statement"),
        ("ru", "В воскресенье на трассе погибли трое.", "event"),
        ("tr", "Bakan pazartesi günü açıkladı.", "statement"),
        ("tr", "Deprem pazar günü meydana geldi.", "event"),
        ("az", "Nazir bazar ertəsi bildirib.", "statement"),
        ("az", "Zəlzələ bazar günü baş verib.", "event"),
    ],
)
def test_of(language: str, text: str, of: str) -> None:
    [finding] = dates.find(text, sentences.split(text), REFERENCE, language)
    assert finding.of == of
