"""Annotate: a batch is its parts, spans index the text, findings.jsonl can be read back, odd input is no failure."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.annotate import FINDING_TABLES, annotate, annotate_article, reference
from dateline.article import ROLES, SCHEMAS, TOLL_KINDS

SENTENCES = [
    "Floods killed 12 people in Safi, Morocco, on Sunday (14 December), officials said.",
    "At least thirty miners are missing near Karaganda, Kazakhstan.",
    "TBILISI - Georgia and Azerbaijan signed a gas deal on Monday.",
    "Moscow says it will answer; Kyiv said nothing.",
    "A Syrian official visited northern Colombia and the Caspian Sea in May 2025.",
    "Between 3 and 5 people were injured, the ministry said on 31 February.",
    "В Баку во вторник открылась выставка.",
    "Bakıda çərşənbə günü sərgi açıldı.",
    "زلزلہ",
    "Snow. \x00\x07 … “Quote” — 🏔️ e\u0301 \u202eabc\u202c",
    "",
]
texts = st.lists(st.sampled_from(SENTENCES) | st.text(max_size=40), max_size=4).map(" ".join)
days = st.sampled_from([None, "2025-12-15", "2025-12-15T08:00:00+04:00", "no day"])
articles = st.lists(st.tuples(texts, days), min_size=1, max_size=5)


def frame(rows: list[tuple[str, str | None]], start: int = 0) -> pd.DataFrame:
    named = [{"id": f"a{start + n}", "text": t, "published": p, "title": ""} for n, (t, p) in enumerate(rows)]
    return pd.DataFrame(named, dtype="object")


@settings(max_examples=25, deadline=None)
@given(rows=articles, cut=st.integers(0, 5))
def test_a_batch_gives_what_its_parts_give(rows: list[tuple[str, str | None]], cut: int) -> None:
    rows = [(text.encode("utf-8", "ignore").decode(), day) for text, day in rows]
    whole = annotate(frame(rows))
    cut = min(cut, len(rows))
    parts = [annotate(frame(part, at)) for part, at in ((rows[:cut], 0), (rows[cut:], cut)) if part]
    for table in (*FINDING_TABLES, "languages"):
        joined = pd.concat([part[table] for part in parts], ignore_index=True)
        pd.testing.assert_frame_equal(whole[table], joined)


@settings(max_examples=60, deadline=None)
@given(text=texts, day=days)
def test_spans_index_the_text(text: str, day: str | None) -> None:
    found = annotate_article({"id": "a", "text": text, "published": day})
    for finding in (*found.places, *found.dates, *found.tolls):
        assert text[finding.start : finding.end] == finding.surface
        assert finding.surface
        start, end = finding.sentence
        assert 0 <= start <= finding.start < finding.end <= end <= len(text)
    for place in found.places:
        assert place.role in ROLES
        assert 0 <= place.confidence <= 1
        assert place.place is None or place.precision in (1, 2, 3, 4, 5)
    for toll in found.tolls:
        assert toll.kind in TOLL_KINDS
        assert toll.high is None or toll.low <= toll.high
    for date in found.dates:
        assert date.first is None or date.last is None or date.first <= date.last


@settings(max_examples=25, deadline=None)
@given(text=texts)
def test_a_line_of_findings_is_read_back_as_it_was(text: str) -> None:
    row = annotate_article({"id": "a", "text": text, "published": "2025-12-15"}).to_dict()
    assert json.loads(json.dumps(row, ensure_ascii=False, allow_nan=False)) == row


def test_tables_have_their_schemas_even_without_a_finding() -> None:
    for rows in ([(SENTENCES[0], "2025-12-15")], [("", None)]):
        tables = annotate(frame(rows))
        for table in FINDING_TABLES:
            assert list(tables[table].columns) == SCHEMAS[table].names
        assert len(tables["events"]) == 1


def test_the_same_text_gives_the_same_findings_whatever_stood_before_it() -> None:
    row = {"id": "a", "text": SENTENCES[2], "published": "2025-12-15"}
    first = annotate_article(row)
    for text in SENTENCES:
        annotate_article({"id": "b", "text": text})
    assert annotate_article(row) == first


@pytest.mark.parametrize("key", ["published", "dct", "date"])
def test_the_reference_date_comes_from_any_of_its_names(key: str) -> None:
    found = annotate_article({"id": "a", "text": "A fair opened in Vienna on Sunday.", key: "2025-12-15"})
    assert [d.value for d in found.dates] == ["2025-12-14"]


def test_without_a_day_nothing_is_made_up() -> None:
    row: dict[str, Any] = {"id": "a", "text": "A fair opened in Vienna.", "published": "31 February"}
    assert reference(row) is None
    events = annotate(pd.DataFrame([row], dtype="object"))["events"]
    assert events["first"].isna().all()
