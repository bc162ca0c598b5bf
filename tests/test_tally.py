"""The tally over sorted arrays against counting one by one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.tally import Counted, Tally

ARTICLES, STORIES, PLACES = 12, 6, 5
# Two places share a country, one lies in none.
COUNTRY = [0, 0, 1, 2, -1]


@st.composite
def mentions(draw: st.DrawFn) -> list[dict[str, int]]:
    """Rows a place of an article, each pair once, in the order a tally asks for."""
    story = draw(st.lists(st.integers(0, STORIES - 1), min_size=ARTICLES, max_size=ARTICLES))
    pairs = draw(
        st.sets(
            st.tuples(st.integers(0, ARTICLES - 1), st.integers(0, PLACES - 1)), max_size=ARTICLES * PLACES
        )
    )
    rows = [
        {
            "article": article,
            "story": story[article],
            "place": place,
            "country": COUNTRY[place],
            "precision": draw(st.integers(1, 5)),
            "here": draw(st.booleans()),
            "finest": draw(st.booleans()),
            "confidence": draw(st.integers(0, 100)) / 100,
        }
        for article, place in pairs
    ]
    return sorted(rows, key=lambda r: (r["place"], r["story"], r["article"]))


def tally_of(rows: list[dict[str, int]], killed: list[int]) -> Tally:
    names = ("article", "story", "place", "country", "precision", "here", "finest", "confidence")
    types = {"here": np.bool_, "finest": np.bool_, "confidence": np.float32, "precision": np.int8}
    story = np.zeros(ARTICLES, dtype=np.int32)
    for row in rows:
        story[row["article"]] = row["story"]
    flags = np.arange(ARTICLES) % 2 == 0
    return Tally(
        {n: np.array([r[n] for r in rows], dtype=types.get(n, np.int32)) for n in names},
        {"story": story, "event": flags, "published": ~flags},
        np.array(killed),
        np.arange(STORIES)[::-1].copy(),
    )


def plain(
    rows: list[dict[str, int]], killed: list[int], group: str
) -> dict[int, tuple[int, int, int, int, float]]:
    """Articles, stories, killed, precision and confidence of each group, by sets."""
    out = {}
    for code in sorted({r[group] for r in rows if r[group] >= 0}):
        mine = [r for r in rows if r[group] == code]
        stories = {r["story"] for r in mine}
        known = [killed[s] for s in stories if killed[s] >= 0]
        out[code] = (
            len({r["article"] for r in mine}),
            len(stories),
            sum(known) if known else -1,
            min(r["precision"] for r in mine),
            pytest.approx(sum(r["confidence"] for r in mine) / len(mine), abs=1e-6),
        )
    return out


def told(counted: Counted) -> dict[int, tuple[int, int, int, int, float]]:
    columns = (counted.articles, counted.stories, counted.killed, counted.precision, counted.confidence)
    return dict(zip(counted.group.tolist(), zip(*(c.tolist() for c in columns), strict=True), strict=True))


@settings(max_examples=60, deadline=None)
@given(
    rows=mentions(),
    killed=st.lists(st.integers(-1, 40), min_size=STORIES, max_size=STORIES),
    hits=st.none() | st.lists(st.booleans(), min_size=ARTICLES, max_size=ARTICLES),
    here=st.booleans(),
    finest=st.booleans(),
)
def test_counts_are_those_of_counting_one_by_one(
    rows: list[dict[str, int]], killed: list[int], hits: list[bool] | None, here: bool, finest: bool
) -> None:
    tally = tally_of(rows, killed)
    flags = None if hits is None else np.array(hits)
    kept = tally.kept(flags, within=None, here=here, finest=finest)
    left = [
        r
        for r in rows
        if (hits is None or hits[r["article"]]) and (r["here"] or not here) and (r["finest"] or not finest)
    ]
    assert told(tally.by_place(kept)) == plain(left, killed, "place")
    assert told(tally.by_country(kept)) == plain(left, killed, "country")
    assert tally.loaded(flags) == (ARTICLES if hits is None else sum(hits))
    named = {r["article"] for r in rows if hits is None or hits[r["article"]]}
    assert tally.placed(flags, "mentions") == len(named)


def test_rows_that_a_condition_names_are_all_that_count() -> None:
    row = {"story": 0, "country": 0, "precision": 1, "here": 1, "finest": 1, "confidence": 1}
    rows = [{"article": n, "place": n % 2, **row} for n in (0, 2, 1)]
    tally = tally_of(rows, [-1] * STORIES)
    kept = tally.kept(None, within=np.array([0, 2]), here=True, finest=True)
    assert kept.tolist() == [True, False, True]
    assert told(tally.by_country(kept))[0][:3] == (2, 1, -1)


def test_stories_come_in_the_order_they_are_shown() -> None:
    row = {"country": 0, "precision": 1, "here": 1, "finest": 1, "confidence": 1, "place": 0}
    tally = tally_of([{"article": n, "story": n // 2, **row} for n in range(ARTICLES)], [-1] * STORIES)
    hits = np.zeros(ARTICLES, dtype=np.bool_)
    hits[[0, 1, 9]] = True
    selected = tally.stories(hits)
    assert selected.tolist() == [2, 0, 0, 0, 1, 0]
    assert tally.shown(selected).tolist() == [4, 0]
    assert (tally.dated(hits, "event"), tally.dated(hits, "published")) == (1, 2)
