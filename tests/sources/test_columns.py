"""Which column holds what: by name, by words in it, by values, as the user says."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.article import Article, Reject
from dateline.sources import read_bytes
from dateline.sources.columns import ROLES, chosen, guess, parse
from dateline.sources.tables import mapping_of

LONG = (
    "Snow closed the airport of Astana on Tuesday, and the trains to Almaty ran late all day, the railway said; "
    "{} lorries waited at the pass until the evening."
)
ROWS = [
    [f"Snow closes airport number {n}", LONG.format(n), f"2025-12-{n:02}", f"https://a.org/{n}", n]
    for n in range(1, 9)
]
NAMES = ["Kopf", "Inhalt", "Wann", "Wo im Netz", "Nr"]


def test_by_name_first() -> None:
    assert guess(["description", "Text", "Date", "pubdate", "LINK"]) == {
        "text": "Text", "published": "Date", "url": "LINK",
    }  # fmt: skip


def test_by_words_in_the_name() -> None:
    found = guess(
        ["Article headline", "Body text", "Date (UTC)", "Text length", "Date modified", "Image url"]
    )
    assert found == {"title": "Article headline", "text": "Body text", "published": "Date (UTC)"}


def test_by_values() -> None:
    assert guess(NAMES, ROWS) == {"title": "Kopf", "text": "Inhalt", "published": "Wann", "url": "Wo im Netz"}


def test_values_that_are_not_plain_decide_nothing() -> None:
    two_days = [[*row[:3], row[2]] for row in ROWS]
    assert "published" not in guess(["a", "b", "c", "d"], two_days)
    assert guess(["name", "age"], [["Anna", 7], ["Berta", 8]]) == {}
    assert guess(["a", "modified"], [[LONG, "2025-12-01"]]) == {"text": "a"}


def test_what_the_user_says_wins() -> None:
    roles, problem = chosen(["Title", "Lead", "Text"], {"text": "lead"})
    assert (roles, problem) == ({"title": "Title", "text": "Lead"}, "")
    roles, problem = chosen(["Title"], {"text": "Body"})
    assert "no column 'Body'" in problem


def test_the_option() -> None:
    assert parse("title=Headline, text=Body, of, commas,published = Day") == {
        "title": "Headline", "text": "Body, of, commas", "published": "Day",
    }  # fmt: skip
    for wrong in ("", "Headline", "colour=Red", "title=", "title=A,title=B", "x,title=A"):
        with pytest.raises(ValueError, match=r"\w"):
            parse(wrong)


COLUMN = st.from_regex(r"[A-Za-zА-Яа-я][A-Za-zА-Яа-я ]{0,9}[a-zа-я]", fullmatch=True)


@given(st.dictionaries(st.sampled_from(ROLES), COLUMN, min_size=1))
def test_what_is_written_is_read(mapping: dict[str, str]) -> None:
    assert parse(",".join(f"{role}={column}" for role, column in mapping.items())) == mapping


def table(rows: list[list[object]]) -> bytes:
    return "\n".join("\t".join(map(str, row)) for row in [NAMES, *rows]).encode()


def test_a_table_in_no_known_language() -> None:
    found = [item for item in read_bytes("a.tsv", table(ROWS)) if isinstance(item, Article)]
    assert [(a.title, a.published, a.url) for a in found] == [(r[0], r[2], r[3]) for r in ROWS]


def test_the_mapping_of_every_form() -> None:
    rows = [dict(zip(NAMES, row, strict=True)) for row in ROWS]
    for name, data in (
        ("a.tsv", table(ROWS)),
        ("a.jsonl", "\n".join(json.dumps(row) for row in rows).encode()),
        ("a.json", json.dumps({"items": rows}).encode()),
    ):
        found = mapping_of(data, name)
        assert found is not None
        assert found.roles == {"title": "Kopf", "text": "Inhalt", "published": "Wann", "url": "Wo im Netz"}
        assert set(found.guessed) == set(found.roles)
        assert found.samples["Nr"] == ("1", "2", "3")
    assert mapping_of(b"A text of a few words.", "a.txt") is None
    assert mapping_of(b"\x89PNG\r\n\x1a\n", "a.csv") is None


def test_a_choice_that_fails_is_said_once() -> None:
    (reject,) = read_bytes("a.tsv", table(ROWS), columns={"title": "Nowhere"})
    assert isinstance(reject, Reject)
    assert "'Nowhere'" in reject.reason
