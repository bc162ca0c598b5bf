"""Excel workbooks: sheets as tables, days, headers below a title, and workbooks made to hurt."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.article import Article, Reject
from dateline.sources import read_bytes
from dateline.sources.tables import mapping_of
from tests.sources.workbook import sheet_of, workbook

GOOD = "A tunnel under the Hamza pass was opened to lorries on Thursday, the road agency said."
NEWS = sheet_of(
    [
        ["Monitoring, December", None, None, None],
        [None, None, None, None],
        ["Headline", "Body", "Date", "Nr"],
        ["Tunnel open", GOOD, (46006,), 7],
        ["Salt dear", "Salt costs twice as much.", 46007, 8],
        ["Bread dear", "Bread costs twice as much.", "31 February 2025", 9],
        [None, None, None, None],
        ["Only a title", None, None, None],
    ]
)


def both(data: bytes, name: str = "a.xlsx", **said: object) -> tuple[list[Article], list[Reject]]:
    items = list(read_bytes(name, data, **said))  # type: ignore[arg-type]
    return [i for i in items if isinstance(i, Article)], [i for i in items if isinstance(i, Reject)]


def test_a_sheet_with_a_title_above_its_header() -> None:
    articles, rejects = both(workbook({"News": NEWS}))
    assert [(a.title, a.text, a.published) for a in articles] == [
        ("Tunnel open", GOOD, "2025-12-15"),
        ("Salt dear", "Salt costs twice as much.", "2025-12-16"),
        ("Only a title", "Only a title", None),
    ]
    assert [(r.position, r.reason) for r in rejects] == [
        ("sheet 'News' row 6", "'31 February 2025' in column 'Date' is no date that exists")
    ]


def test_sheets_that_are_no_table_of_articles_are_said_and_hidden_ones_left() -> None:
    book = workbook(
        {
            "News": NEWS,
            "Costs": sheet_of([["Item", "Price"], ["Paper", 3]]),
            "Old": NEWS.replace("Salt", "Rye"),
        },
        hidden=["Old"],
    )
    articles, rejects = both(book)
    assert len(articles) == 3
    assert rejects[-1].position == "sheet 'Costs' row 1"
    assert "'Item', 'Price'" in rejects[-1].reason


def test_the_columns_a_user_names() -> None:
    book = workbook({"S": sheet_of([["A", "B"], [GOOD, "Tunnel open"]])})
    assert both(book, columns={"text": "A", "title": "b"})[0][0].title == "Tunnel open"
    (reject,) = both(book, columns={"text": "C"})[1]
    assert reject.reason == "there is no column 'C' to take the text from; the columns are 'A', 'B'"


def test_the_mapping_is_shown() -> None:
    found = mapping_of(workbook({"Costs": sheet_of([["Item", "Price"], ["x", 3]]), "News": NEWS}))
    assert found is not None
    assert (found.form, found.columns) == ("workbook", ("Headline", "Body", "Date", "Nr"))
    assert found.roles == {"title": "Headline", "text": "Body", "published": "Date"}
    assert found.samples["Nr"] == ("7", "8", "9")


@pytest.mark.parametrize(
    ("sheet", "reason"),
    [
        (NEWS.replace('r="A8"', 'r="XFD1048576"'), "more than 4,000,000 cells"),
        (NEWS.replace('<row r="8">', '<row r="99999999">'), "more than 4,000,000 cells"),
        ('<!DOCTYPE x [<!ENTITY a "b">]>' + NEWS, "a document type"),
        (NEWS[:-30], "a part of the workbook is damaged"),
    ],
)
def test_workbooks_made_to_hurt(sheet: str, reason: str) -> None:
    articles, rejects = both(workbook({"S": sheet}))
    assert not articles
    assert reason in rejects[0].reason


def test_a_workbook_that_swells() -> None:
    _, rejects = both(workbook({"S": NEWS}, extra=[("xl/media/a.bin", bytes(50 * 1024 * 1024))]))
    assert "archive bomb" in rejects[0].reason
    _, rejects = both(workbook({"S": NEWS}, extra=[("a.bin", b"ab" * 9_000)]), limit=10_000)
    assert "unpacks to more than the limit" in rejects[0].reason


def test_a_workbook_in_a_zip() -> None:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr("news.xlsx", workbook({"News": NEWS}))
    assert len(both(sink.getvalue(), "a.zip")[0]) == 3


WHOLE = workbook({"News": NEWS})


@settings(deadline=None)
@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=6))
def test_damage_is_a_reject_and_never_an_error(at: int, bytes_: bytes) -> None:
    assert list(read_bytes("a.xlsx", WHOLE[:at] + bytes_ + WHOLE[at + len(bytes_) :]))


@settings(deadline=None)
@given(st.integers(0, len(NEWS) - 1), st.text("<>/&\"'=r0A1; \x01", min_size=1, max_size=6))
def test_damaged_sheets(at: int, text: str) -> None:
    assert list(read_bytes("a.xlsx", workbook({"News": NEWS[:at] + text + NEWS[at + len(text) :]})))
