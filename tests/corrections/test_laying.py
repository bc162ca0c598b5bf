"""Laws of the overlay, on rows without a store: order, repetition, spans."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.annotate import annotate_article, frames_of, records, reference
from dateline.corrections import anchor_of
from dateline.corrections.correction import Correction
from dateline.corrections.findings import corrected
from dateline.corrections.groups import regrouped
from dateline.corrections.standing import standing
from tests.corrections.conftest import FLOOD

TABLES = {"mention": "mentions", "date": "dates", "toll": "tolls"}
AFTERS: dict[str, list[dict[str, Any]]] = {
    "mention": [
        {"removed": True},
        {"here": False, "role": "mention"},
        {"here": True, "role": "where", "everywhere": True},
        {"role": "origin"},
    ],
    "date": [{"removed": True}, {"of": "statement"}, {"of": "event", "chosen": True}],
    "toll": [{"removed": True}, {"reference": True}, {"low": 4, "high": 9, "qualifier": "between"}],
}


@cache
def found() -> dict[str, list[dict[str, Any]]]:
    row = FLOOD.to_dict()
    frames = frames_of([annotate_article(row)], [reference(row)])
    return {table: records(frames[table]) for table in ("mentions", "dates", "tolls", "topics")}


@st.composite
def changes(draw: st.DrawFn, *, exact: bool = True) -> list[Correction]:
    """Corrections of findings of the article, or (``exact`` False) of any spans of its text."""
    made = []
    for number in range(draw(st.integers(1, 6))):
        kind = draw(st.sampled_from(sorted(AFTERS)))
        if exact:
            row = draw(st.sampled_from(found()[TABLES[kind]]))
            start, end = row["start"], row["end"]
        else:
            start = draw(st.integers(0, len(FLOOD.text) - 2))
            end = draw(st.integers(start + 1, min(len(FLOOD.text), start + 30)))
            row = {"kind": "killed"}
        made.append(
            Correction(
                id=f"{number:016x}",
                at=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=number),
                who="anna",
                kind=kind,
                article=FLOOD.id,
                subject=row["kind"] if kind == "toll" else "words",
                anchor=anchor_of(FLOOD.text, start, end),
                after=draw(st.sampled_from(AFTERS[kind])),
            )
        )
    return made


def applied(rows: dict[str, Any], made: Sequence[Correction]) -> dict[str, Any]:
    result = corrected(FLOOD.id, rows, made, lambda: FLOOD.text)
    assert result.orphans == []
    bare = {
        table: [{k: v for k, v in row.items() if k != "corrected"} for row in of_table]
        for table, of_table in result.tables.items()
    }
    return {**rows, **bare}


@given(changes())
def test_twice_is_once(made: list[Correction]) -> None:
    once = applied(found(), made)
    # Words that a correction took out are looked for in the text again, and stay out.
    assert applied(once, made) == once


@given(changes(exact=False))
def test_spans_stay_within_the_text_and_say_its_words(made: list[Correction]) -> None:
    for rows in applied(found(), made).values():
        for row in rows:
            if "start" in row:
                assert 0 <= row["start"] < row["end"] <= len(FLOOD.text)
                assert FLOOD.text[row["start"] : row["end"]] == row["surface"]
                assert row["sentence_start"] <= row["start"] and row["end"] <= row["sentence_end"]


@given(changes(exact=False))
def test_findings_of_one_kind_do_not_overlap_what_was_corrected(made: list[Correction]) -> None:
    result = corrected(FLOOD.id, found(), made, lambda: FLOOD.text)
    for table in ("mentions", "dates"):
        rows = result.tables.get(table, [])
        for row in rows:
            if row["corrected"]:
                beside = [
                    r for r in rows if r is not row and r["start"] < row["end"] and row["start"] < r["end"]
                ]
                assert beside == []


@given(st.data())
def test_the_order_of_independent_corrections_does_not_matter(data: st.DataObject) -> None:
    kinds = data.draw(st.permutations(["mention", "date", "toll"]))
    made = []
    for number, kind in enumerate(kinds):
        row = data.draw(st.sampled_from(found()[TABLES[kind]]))
        after = data.draw(st.sampled_from(AFTERS[kind]))
        made.append(
            Correction(
                id=f"{ord(kind[0]):016x}",
                at=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=number),
                who="anna",
                kind=kind,
                article=FLOOD.id,
                subject=row["kind"] if kind == "toll" else "words",
                anchor=anchor_of(FLOOD.text, row["start"], row["end"]),
                after=after,
            )
        )
    other = list(reversed(made))
    assert applied(found(), made) == applied(found(), other)


def test_nothing_to_correct_changes_nothing() -> None:
    assert applied(found(), []) == found()


# -- undoing --------------------------------------------------------------------------------------------------------


def rows_of(undoes: Sequence[int | None]) -> list[Correction]:
    return [
        Correction(
            id=f"{n:016x}",
            at=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=n),
            who="anna",
            kind="topic",
            article="a",
            subject="medtop:15000000",
            after={} if target is not None else {"removed": True},
            undoes=None if target is None else f"{target:016x}",
        )
        for n, target in enumerate(undoes)
    ]


def test_an_undone_undo_brings_the_first_back() -> None:
    assert [c.id for c in standing(rows_of([None]))] == ["0" * 16]
    assert standing(rows_of([None, 0])) == []
    assert len(standing(rows_of([None, 0, 1]))) == 1
    assert standing(rows_of([None, 0, 1, 2])) == []


@given(st.lists(st.none() | st.integers(0, 8), max_size=8), st.randoms())
def test_standing_does_not_depend_on_the_order_of_rows(
    undoes: list[int | None], shuffler: random.Random
) -> None:
    made = rows_of(undoes)
    mixed = list(made)
    shuffler.shuffle(mixed)
    assert standing(mixed) == standing(made)


# -- stories --------------------------------------------------------------------------------------------------------

names = [f"{n:016x}" for n in range(8)]


def change(number: int, **after: Any) -> Correction:
    return Correction(
        id=f"{number:016x}",
        at=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=number),
        who="anna",
        kind="story",
        article=names[0],
        subject="s",
        after=after,
    )


@st.composite
def partitions(draw: st.DrawFn) -> dict[str, str]:
    return {name: f"s{draw(st.integers(0, 4))}" for name in names}


@given(partitions(), st.lists(st.sampled_from(names), min_size=2, max_size=3, unique=True))
def test_what_is_merged_is_one_story_whatever_the_grouping_says(
    before: dict[str, str], pair: list[str]
) -> None:
    result = regrouped(before, [change(1, merge=pair)])
    after = before | result.story
    assert len({after[a] for a in pair}) == 1
    # Whoever was beside one of them is beside all of them.
    joined = {a for a in names if before[a] in {before[p] for p in pair}}
    assert {a for a in names if after[a] == after[pair[0]]} == joined


@given(partitions(), st.sets(st.sampled_from(names), min_size=1, max_size=3), st.data())
def test_what_is_split_is_apart_whatever_the_grouping_says(
    before: dict[str, str], apart: set[str], data: st.DataObject
) -> None:
    rest = data.draw(st.lists(st.sampled_from([n for n in names if n not in apart]), min_size=1, unique=True))
    after = before | regrouped(before, [change(1, split=sorted(apart), rest=rest)]).story
    assert len({after[a] for a in apart}) == 1
    assert not {after[a] for a in apart} & {after[r] for r in rest}
    # The rest keep their names.
    assert all(after[r] == before[r] for r in rest)


@settings(max_examples=50)
@given(partitions())
def test_merges_of_different_stories_commute(before: dict[str, str]) -> None:
    before = {name: f"s{n // 2}" for n, name in enumerate(names)}
    one, two = {"merge": [names[0], names[2]]}, {"merge": [names[4], names[6]]}
    assert (
        regrouped(before, [change(1, **one), change(2, **two)]).story
        == regrouped(before, [change(1, **two), change(2, **one)]).story
    )


def test_articles_that_are_not_here_leave_a_correction_without_effect() -> None:
    result = regrouped(
        {names[0]: "s0"}, [change(1, merge=[names[0], "gone"]), change(2, split=["gone"], rest=names)]
    )
    assert result.orphans == [f"{1:016x}", f"{2:016x}"]
    assert result.story == {}
