"""Odd input for dates, tolls, topics and stories: an answer, never an exception. How the time grows with length is
measured by ``python -m tests.bench.findings``.
"""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from dateline import stories
from dateline.findings import dates, language, sentences, tolls, topics

MEGABYTE = 1_000_000
LINE = "At least 37 people were killed on Monday when the bank of the river gave way and "
INPUTS = {
    "nothing": "",
    "blanks": " \t\u00a0\u2003 ",
    "a letter a million times": "a" * MEGABYTE,
    "one line of a megabyte": LINE * (MEGABYTE // len(LINE)),
    "50,000 numbers": " ".join(map(str, range(50_000))),
    "50,000 years": "2020 " * 50_000,
    "Arabic": "قُتل 37 شخصا وأصيب 12 آخرون في زلزال ضرب المدينة يوم الاثنين 14 ديسمبر 2025.",
    "Hebrew between marks of direction": "\u202b37 בני אדם נהרגו ביום שני\u202c killed 4 people on Monday\u200f.",
    "half of a pair": "\ud800 killed 4 people on Monday \udfff",
    "control characters": "\x00\x01 Nine people died\x1c on Monday\x85.\x0c",
    "digits of another alphabet": "٣٧ people were killed on ١٤ December ٢٠٢٥.",
}


SHORT = [name for name, text in INPUTS.items() if len(text) < 1_000]


@pytest.mark.parametrize("reference", [date(2025, 12, 15), date.min, date.max])
@pytest.mark.parametrize("name", SHORT)
def test_dates_answer_whatever_the_day_of_writing(name: str, reference: date) -> None:
    test_dates_answer(name, reference)


@pytest.mark.parametrize("name", INPUTS)
def test_dates_answer(name: str, reference: date | None = None) -> None:
    text = INPUTS[name]
    found = dates.find(text, sentences.split(text), reference, language.detect(text))
    assert all(text[f.start : f.end] == f.surface for f in found)
    interval = dates.best_interval(found, reference)
    assert interval is None or interval[0] <= interval[1]


@pytest.mark.parametrize("name", INPUTS)
def test_tolls_answer(name: str) -> None:
    text = INPUTS[name]
    found = tolls.find(text, sentences.split(text))
    assert all(text[t.start : t.end] == t.surface for t in found)
    assert bool(found) or name not in ("one line of a megabyte", "half of a pair")


@pytest.mark.parametrize("name", INPUTS)
def test_topics_answer(name: str) -> None:
    text = INPUTS[name]
    found = topics.find(text[:1_000], text)
    assert found == topics.find_all([("", ""), (text[:1_000], text)])[1]


def test_stories_answer_for_all_of_them_at_once() -> None:
    # No column of strings holds half of a pair.
    texts = {name: text for name, text in INPUTS.items() if "\ud800" not in text}
    frame = pd.DataFrame({"id": list(texts), "title": None, "text": list(texts.values()), "published": None})
    found = stories.group_texts(frame)
    assert found["article"].tolist() == list(texts)
    assert found["story"].notna().all()
    assert stories.group_texts(frame.iloc[::-1])["story"].tolist() == found["story"].tolist()[::-1]


def test_stories_of_nothing() -> None:
    assert stories.group_texts(pd.DataFrame({"id": [], "title": [], "text": []})).empty
