"""Filters: address, SQL and words, each against the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.filters import (
    PARAMETERS,
    Filters,
    Members,
    View,
    days_in_words,
    link_query,
    parameters_unknown,
)
from tests.strategies import filters, views

MEMBERS = Members(
    {"south-caucasus": (("AZ", "GE", "AM"), (), ("south-caucasus",)), "sahel": (("ML",), (), ("sahel",))}
)


@given(filters())
def test_the_address_gives_the_filters_back(f: Filters) -> None:
    back, dropped = Filters.from_query(f.to_query())
    assert back == f
    assert dropped == []


@given(filters(), views)
def test_a_link_gives_filters_and_view_back(f: Filters, v: View) -> None:
    query = parse_qs(link_query("map", f, v), keep_blank_values=True)
    assert query.pop("page") == ["map"]
    assert Filters.from_query(query)[0] == f
    assert View.from_query(query) == (v, [])
    assert not parameters_unknown(query)


@given(
    st.dictionaries(
        st.sampled_from([*PARAMETERS, "embed", "zz"]) | st.text(max_size=8),
        st.lists(st.text(max_size=60) | st.sampled_from(["2025-02-31", "MA", "1", "event"]), max_size=4),
        max_size=12,
    )
)
def test_no_address_breaks_a_page(query: dict[str, list[str]]) -> None:
    f, dropped = Filters.from_query(query)
    v, dropped_too = View.from_query(query)
    assert all(isinstance(words, str) and len(words) < 200 for words in dropped + dropped_too)
    # What was kept is clean: written out and read again it stays, and nothing is dropped.
    assert Filters.from_query(f.to_query()) == (f, [])
    assert View.from_query(v.to_query()) == (v, [])


@pytest.mark.parametrize(
    ("query", "kept", "said"),
    [
        ({"region": ["MA", "Morocco!"]}, Filters(regions=("MA",)), "region=Morocco!"),
        ({"date": ["2025-02-31", "2025-03-02"]}, Filters(last=date(2025, 3, 2)), "2025-02-31: is no day"),
        (
            {"date": ["2025-12-31", "2025-12-01"]},
            Filters(first=date(2025, 12, 1), last=date(2025, 12, 31)),
            "backwards",
        ),
        ({"axis": ["birth"]}, Filters(), "axis=birth: is none of event, published"),
        ({"precision": ["9"]}, Filters(), "precision=9"),
        ({"topic": ["war"]}, Filters(), "topic=war"),
        ({"q": ["x" * 300]}, Filters(), "longer than 200"),
        ({"story": ["a", "b"]}, Filters(story="a"), "only one value counts"),
    ],
)
def test_bad_values_are_dropped_and_said(query: dict[str, list[str]], kept: Filters, said: str) -> None:
    f, dropped = Filters.from_query(query)
    assert f == kept
    assert said in "; ".join(dropped)


def test_a_code_the_gazetteer_lacks_is_dropped() -> None:
    f, dropped = Filters.from_query({"region": ["XX", "MA"]}, known_region=lambda code: code == "MA")
    assert f.regions == ("MA",)
    assert dropped == ["region=XX: is not in the gazetteer"]


@pytest.mark.parametrize(
    ("f", "words"),
    [
        (Filters(), "All articles, by event date"),
        (
            Filters(regions=("MA",), first=date(2025, 12, 1), last=date(2025, 12, 16)),
            "Articles that happened in Morocco, 1-16 December 2025, by event date",
        ),
        (
            Filters(regions=("MA", "GE"), scope="mentions", axis="published"),
            "Articles that mention Morocco or Georgia, by publication date",
        ),
        (
            Filters(sources=("Desk A",), text="flood"),
            "Articles from Desk A that contain “flood”, by event date",
        ),
        (Filters(precisions=(1, 4)), "Articles placed to settlements or countries, by event date"),
        (Filters(first=date(2025, 3, 1)), "Articles, since 1 March 2025, by event date"),
    ],
)
def test_words(f: Filters, words: str) -> None:
    names = {"MA": "Morocco", "GE": "Georgia"}
    assert f.to_words(lambda code: names.get(code, code)) == words


@given(filters(), filters())
def test_two_selections_never_share_their_words(f: Filters, g: Filters) -> None:
    # A source may be called anything, "Desk A or Desk B" too; the rest of the sentence tells selections apart.
    f, g = replace(f, sources=()), replace(g, sources=())
    assert (f.to_words() == g.to_words()) == (f == g)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2025, 12, 1), date(2025, 12, 1), "1 December 2025"),
        (date(2025, 11, 30), date(2025, 12, 2), "30 November - 2 December 2025"),
        (date(2024, 12, 31), date(2025, 1, 1), "31 December 2024 - 1 January 2025"),
        (None, date(2025, 1, 1), "until 1 January 2025"),
        (None, None, "any date"),
    ],
)
def test_days_in_words(first: date | None, last: date | None, words: str) -> None:
    assert days_in_words(first, last) == words


# -- SQL against plain Python -----------------------------------------------------------------------------------

_REGIONS = ["MA", "GE", "AZ", "ML"]
_mention = st.fixed_dictionaries(
    {
        "country": st.sampled_from(_REGIONS),
        "admin1": st.sampled_from(["MA.07", "AZ.01", None]),
        "place": st.sampled_from(["g2537881", "g2761369", "caspian-sea", "sahel"]),
        "precision": st.integers(1, 5),
        "here": st.booleans(),
    }
)
_article = st.fixed_dictionaries(
    {
        "published_on": st.none() | st.dates(date(2025, 1, 1), date(2025, 2, 1)),
        "span": st.none() | st.tuples(st.dates(date(2025, 1, 1), date(2025, 2, 1)), st.integers(0, 9)),
        "topic": st.sampled_from(["medtop:01000000", "medtop:02000000", None]),
        "subject": st.sampled_from(["medtop:20000082", None]),
        "source": st.sampled_from(["Desk A", "It's; DROP TABLE article", None]),
        "language": st.sampled_from(["en", "ru"]),
        "story": st.sampled_from(["s1", "s2"]),
        "title": st.sampled_from(["", "Flood in Safi"]),
        "text": st.sampled_from(["a quake", "The FLOOD 50% rose", ""]),
        "mentions": st.lists(_mention, max_size=3),
    }
)
_filters = st.builds(
    Filters,
    regions=st.lists(
        st.sampled_from([*_REGIONS, "MA.07", "g2537881", "south-caucasus"]), max_size=2, unique=True
    ).map(tuple),
    first=st.none() | st.dates(date(2025, 1, 1), date(2025, 2, 9)),
    last=st.none() | st.dates(date(2025, 1, 1), date(2025, 2, 9)),
    axis=st.sampled_from(["event", "published"]),
    scope=st.sampled_from(["happened", "mentions"]),
    topics=st.sampled_from([(), ("medtop:01000000",), ("medtop:20000082",)]),
    sources=st.sampled_from([(), ("Desk A",), ("It's; DROP TABLE article",), ("' OR 1=1 --",)]),
    languages=st.sampled_from([(), ("en",)]),
    text=st.sampled_from(["", "flood", '"flood 50%"', "quake flood", "' OR '1'='1"]),
    precisions=st.sampled_from([(), (1, 2), (4,)]),
    story=st.sampled_from([None, "s1"]),
)


def _lies_within(mention: dict[str, object], code: str) -> bool:
    countries, divisions, places = MEMBERS(code)
    return mention["country"] in countries or mention["admin1"] in divisions or mention["place"] in places


def _matches(f: Filters, a: dict[str, object]) -> bool:
    """The meaning of filters, in plain Python."""
    span = a["span"]
    first = span[0] if span else None
    last = date.fromordinal(span[0].toordinal() + span[1]) if span else None
    if f.axis == "published":
        first = last = a["published_on"]
    if (f.first or f.last) and first is None:
        return False
    if (f.first and last < f.first) or (f.last and first > f.last):
        return False
    if f.topics and a["topic"] not in f.topics and a["subject"] not in f.topics:
        return False
    for wanted, value in ((f.sources, a["source"]), (f.languages, a["language"])):
        if wanted and value not in wanted:
            return False
    if f.story and a["story"] != f.story:
        return False
    both = (a["title"].lower(), a["text"].lower())
    if any(not any(word in part for part in both) for word in f.words_of_text()):
        return False
    if not f.regions and not f.precisions:
        return True
    return any(
        (m["here"] or f.scope == "mentions")
        and (not f.precisions or m["precision"] in f.precisions)
        and (not f.regions or any(_lies_within(m, code) for code in f.regions))
        for m in a["mentions"]
    )


@given(st.lists(_article, max_size=6), _filters)
def test_sql_selects_what_the_filters_mean(articles: list[dict[str, object]], f: Filters) -> None:
    with duckdb.connect(":memory:") as db:
        db.execute(
            "CREATE TABLE article(k INT, published_on DATE, first DATE, last DATE, topic TEXT, source TEXT,"
            " language TEXT, s INT);"
            "CREATE TABLE mention(k INT, country TEXT, admin1 TEXT, place TEXT, precision INT, here BOOL);"
            "CREATE TABLE wording(k INT, title TEXT, text TEXT);"
            "CREATE TABLE subject(k INT, code TEXT, best BOOL);"
            "CREATE TABLE story_key AS SELECT * FROM (VALUES (1, 's1'), (2, 's2')) v(s, story)"
        )
        for k, a in enumerate(articles):
            span = a["span"]
            last = date.fromordinal(span[0].toordinal() + span[1]) if span else None
            db.execute(
                "INSERT INTO article VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    k,
                    a["published_on"],
                    span[0] if span else None,
                    last,
                    a["topic"],
                    a["source"],
                    a["language"],
                    int(a["story"][1]),
                ],
            )
            db.execute("INSERT INTO wording VALUES (?, ?, ?)", [k, a["title"], a["text"]])
            if a["subject"]:
                db.execute("INSERT INTO subject VALUES (?, ?, TRUE)", [k, a["subject"]])
            for m in a["mentions"]:
                db.execute(
                    "INSERT INTO mention VALUES (?, ?, ?, ?, ?, ?)",
                    [k, m["country"], m["admin1"], m["place"], m["precision"], m["here"]],
                )
        condition, parameters = f.to_sql(MEMBERS)
        found = {k for (k,) in db.execute(f"SELECT k FROM article WHERE {condition}", parameters).fetchall()}
    assert found == {k for k, a in enumerate(articles) if _matches(f, a)}


@given(filters())
def test_values_reach_sql_as_parameters_only(f: Filters) -> None:
    condition, parameters = f.to_sql(MEMBERS)
    assert condition.count("?") == len(parameters)
    # Other values of the same number give the same statement: nothing of a value is in it.
    other = replace(
        f,
        sources=tuple(f"z{n}" for n, _ in enumerate(f.sources)),
        text=" ".join(f"z{n}" for n, _ in enumerate(f.words_of_text())),
        story=f.story and "z",
        topics=tuple(f"z{n}" for n, _ in enumerate(f.topics)),
    )
    assert other.to_sql(MEMBERS)[0] == condition
