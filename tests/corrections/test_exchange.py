"""Corrections as JSON lines: written, taken in again, on another machine; and lines written by an enemy."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.corrections import corrections, record, take_in, to_lines, undo
from dateline.corrections.anchor import Anchor
from dateline.corrections.correction import KINDS, Correction, NotACorrection, from_dict
from dateline.corrections.exchange import from_lines
from dateline.ingest import ingest
from dateline.rights import NotAllowed
from dateline.store import Store
from tests.corrections.conftest import ANNA, ARTICLES, BORIS, READER
from tests.corrections.test_recording import everything, latest, some_drafts

ids = st.text("0123456789abcdef", min_size=16, max_size=16)
words = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=40).filter(
    str.strip
)
afters: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "mention": st.sampled_from([{"removed": True}, {"here": False, "role": "mention", "everywhere": True}]),
    "date": st.sampled_from([{"of": "statement"}, {"chosen": True, "of": "event"}, {"removed": True}]),
    "toll": st.builds(lambda n: {"low": n, "high": None, "qualifier": "at least"}, st.integers(0, 10**9)),
    "topic": st.builds(lambda w: {"label": w, "first": True}, words),
    "story": st.builds(lambda a: {"merge": a}, st.lists(ids, min_size=1, max_size=4)),
    "reject": st.just({"fine": True}),
}


@st.composite
def anything(draw: st.DrawFn) -> Correction:
    """Any correction that can be recorded."""
    kind = draw(st.sampled_from(KINDS))
    start = draw(st.integers(0, 1000))
    surface = draw(words)
    return Correction(
        id=draw(ids),
        at=draw(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1))).replace(tzinfo=UTC),
        who=" ".join(draw(words).split()),
        kind=kind,
        article=None if kind == "reject" else draw(ids),
        subject=draw(words),
        anchor=Anchor(start, start + len(surface), surface, "before", "after", "0" * 16)
        if kind in ("mention", "date", "toll")
        else None,
        before=draw(st.dictionaries(words, words | st.integers() | st.none(), max_size=3)),
        after=draw(afters[kind]),
        note=" ".join(draw(words).split()),
        undoes=None,
        imported_by=draw(st.none() | st.just("boris")),
    )


@given(st.lists(anything(), max_size=5, unique_by=lambda c: c.id))
def test_what_is_written_is_read_again(made: list[Correction]) -> None:
    found, problems = from_lines(to_lines(made))
    assert problems == []
    assert sorted(found, key=lambda c: c.id) == sorted(made, key=lambda c: c.id)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "id",
                        "at",
                        "who",
                        "kind",
                        "article",
                        "subject",
                        "anchor",
                        "after",
                        "before",
                        "start",
                        "undoes",
                    ]
                ),
                inner,
                max_size=6,
            )
        ),
        max_leaves=12,
    )
)
def test_no_line_is_too_odd(value: Any) -> None:
    found, problems = from_lines([json.dumps(value)])
    assert len(found) + len(problems) == 1


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[" * 100_000,
        "null",
        '"x"',
        '{"id": "\\ud800"}',
        json.dumps({"id": "0" * 16, "at": "9" * 5000}),
        json.dumps({"id": "0" * 16, "at": "0001-01-01T00:00:00+14:00", "kind": "reject", "who": "x"}),
        "x" * 2_000_000,
    ],
)
def test_what_is_no_correction_is_said_by_its_line(line: str) -> None:
    found, problems = from_lines(["", line])
    assert found == []
    assert len(problems) == 1 and problems[0].startswith("line 2: ")


def test_a_field_of_another_kind_is_refused() -> None:
    row = {
        "id": "0" * 16, "at": "2026-01-01T00:00:00+00:00", "who": "x", "kind": "topic", "article": "a",
        "subject": "medtop:15000000", "after": {"place": "g1"},
    }  # fmt: skip
    with pytest.raises(NotACorrection, match="no field 'place'"):
        from_dict(row)


def test_another_machine_with_the_same_articles(store: Store, tmp_path: Path) -> None:
    made = record(store, ANNA, some_drafts(), seen=latest(store))
    undo(store, BORIS, [made.rows[1].id])
    lines = list(to_lines(corrections(latest(store))))
    other = Store(tmp_path / "other")
    ingest(reversed(ARTICLES), other)
    report = take_in(other, BORIS, lines)
    assert (report.added, report.known, report.orphaned, report.problems) == (6, 0, 0, [])
    assert everything(other) == everything(store)
    assert {c.imported_by for c in corrections(latest(other))} == {"boris"}
    again = take_in(other, BORIS, lines)
    assert (again.added, again.known) == (0, 6)
    assert again.snapshot == report.snapshot == other.latest()
    # And home again: nothing new.
    assert take_in(store, ANNA, to_lines(corrections(latest(other)))).added == 0


def test_corrections_of_articles_that_are_not_here_wait_for_them(store: Store, tmp_path: Path) -> None:
    made = record(store, ANNA, some_drafts(), seen=latest(store))
    empty = Store(tmp_path / "empty")
    report = take_in(empty, ANNA, to_lines(made.rows))
    assert report.orphaned == 5
    assert "does not have" in report.words()
    ingest(ARTICLES, empty)
    assert everything(empty) == everything(store)


def test_readers_bring_in_nothing(store: Store) -> None:
    with pytest.raises(NotAllowed):
        take_in(store, READER, [])
