"""Stories: what belongs together, what only looks alike, ids, order and odd input."""

from __future__ import annotations

import math
import random
import time
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline import stories
from dateline.stories import Item
from dateline.stories.score import FOUND, MISSING, beside

FLOOD = [
    (
        "Flash floods kill 37 in Safi",
        "At least 37 people died when flash floods tore through the Moroccan port of Safi.",
    ),
    (
        "Safi mourns flood victims",
        "The Moroccan city of Safi counts 37 dead after Sunday's flash floods swept its old town.",
    ),
    (
        "Rain drowns Safi's medina",
        "Torrential rain sent flash floods into Safi, Morocco; dozens drowned in the old town.",
    ),
]
OTHERS = [
    (
        "Quake shakes Sindirgi",
        "A magnitude 6.1 earthquake shook Sindirgi in western Turkey and buildings fell.",
    ),
    (
        "Chess prodigy wins title",
        "A teenager from Tashkent won the chess tournament in Goa after a tie-break.",
    ),
    ("Gas contract signed", "Kazakhstan and Uzbekistan signed a contract on gas transit for the winter."),
]


def key(n: int) -> str:
    return f"{n + 1:x}".rjust(4, "0") * 4


def frame(texts: list[tuple[str, str]], days: list[str | None] | None = None) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "id": [f"{n + 1:x}".rjust(4, "0") * 4 for n in range(len(texts))],
            "title": [title for title, _ in texts],
            "text": [text for _, text in texts],
            "published": days or [None] * len(texts),
        }
    )


def together(found: pd.DataFrame) -> set[frozenset[str]]:
    return {frozenset(rows["article"]) for _, rows in found.groupby("story")}


def test_reports_of_one_event_are_one_story() -> None:
    found = stories.group_texts(frame(FLOOD + OTHERS))
    assert found["story"].nunique() == 4
    assert found["story"].iloc[:3].nunique() == 1


def test_every_article_gets_a_story_in_the_order_given() -> None:
    articles = frame(OTHERS + FLOOD)
    assert stories.group_texts(articles)["article"].tolist() == articles["id"].tolist()


def test_the_id_is_that_of_the_earliest() -> None:
    found = stories.group_texts(frame(FLOOD, ["2025-12-16", "2025-12-15", None]))
    assert set(found["story"]) == {"s" + key(1)[:12]}


def test_an_id_of_another_shape_is_kept_readable() -> None:
    assert stories.story_id("0123456789abcdef") == "s0123456789ab"
    assert stories.story_id("desk:7") == "s-desk:7"


def test_the_same_text_in_two_sources_is_one_story() -> None:
    assert stories.group_texts(frame([OTHERS[0], OTHERS[0], OTHERS[1]]))["story"].nunique() == 2


def test_a_text_cut_short_joins_the_whole() -> None:
    whole = (
        "Conference of surveyors meets in Graz",
        "The third meeting of alpine surveyors was held in Graz on 5 May by the guild and the college of maps. "
        "Speakers from nine countries compared old boundary stones with laser scans. The next one is in Bolzano. "
        "Delegates also walked the ridge where the first trigonometric point of the empire was set in 1817.",
    )
    cut = ("", "The third meeting of alpine surveyors was held in Graz on 5 May by the guild and ...")
    assert stories.group_texts(frame([whole, cut, *OTHERS]))["story"].iloc[:2].nunique() == 1


def test_order_does_not_matter() -> None:
    articles = frame(
        FLOOD + OTHERS + FLOOD[:1], ["2025-12-15"] * 3 + ["2025-11-01", None, "2025-12-01", "2025-12-16"]
    )
    expected = stories.group_texts(articles).set_index("article")["story"].to_dict()
    for seed in range(5):
        shuffled = articles.sample(frac=1, random_state=seed)
        assert stories.group_texts(shuffled).set_index("article")["story"].to_dict() == expected


def empty(*columns: str) -> pd.DataFrame:
    return pd.DataFrame({c: [] for c in columns})


def grouped(articles: pd.DataFrame, places: list[tuple[str, str, float, float]] = []) -> pd.DataFrame:  # noqa: B006
    mentions = pd.DataFrame(places, columns=["article", "place", "lat", "lon"])
    mentions["precision"], mentions["role"], mentions["surface"] = 1, "where", "a town"
    articles = articles.assign(
        published_on=[date.fromisoformat(d) if d else None for d in articles["published"]]
    )
    return stories.group(
        articles, mentions, empty("article", "kind", "low"), empty("article", "first", "last")
    )


def test_a_flood_a_year_later_is_another_story() -> None:
    again = [(title.replace("37", "21"), text.replace("37", "21")) for title, text in FLOOD[:2]]
    found = grouped(frame(FLOOD[:2] + again, ["2024-12-15", "2024-12-16", "2025-12-15", "2025-12-16"]))
    assert together(found) == {frozenset((key(0), key(1))), frozenset((key(2), key(3)))}


def test_the_name_of_a_region_alone_makes_no_story() -> None:
    # In a headline without a text the region is most of the wording.
    headline = "A New Dawn for the South Caucasus"
    brief = "Lorry drivers in the South Caucasus wait two days at the customs yard, a transport union said."
    frame = pd.DataFrame(
        [("a" * 12, headline, headline), ("b" * 12, "", brief)], columns=["id", "title", "text"]
    )
    assert stories.group_texts(frame)["story"].nunique() == 2


def test_places_keep_look_alikes_apart() -> None:
    quakes = [
        (
            "Strong quake rattles province",
            "A 5.9 magnitude earthquake damaged houses near Sabang on Tuesday.",
        ),
        ("Strong quake rattles coast", "A 5.8 magnitude earthquake damaged houses near Sorong on Tuesday."),
    ]
    articles = frame(quakes, ["2025-07-02", "2025-07-02"])
    apart = grouped(articles, [(key(0), "g1", 5.9, 95.3), (key(1), "g2", -0.9, 131.3)])
    assert apart["story"].nunique() == 2


def test_what_two_articles_say_beside_their_words() -> None:
    here, there = {"g1": (32.3, -9.2)}, {"g2": (4.7, -74.1)}
    a = Item("a", "", "", 10, here, 37, 9, 9, topic="medtop:03", countries=frozenset({"MA", "ES"}))
    b = Item("b", "", "", 60, there, 12, 59, 60, topic="medtop:03", countries=frozenset({"MA"}))
    same, other = (dict(zip(FOUND, beside(a, x), strict=True)) for x in (a, b))
    assert (same["killed"], same["topic"], same["places"], same["kilometres"], same["event_gap"]) == (
        1,
        1,
        1,
        0,
        0,
    )
    assert (other["killed"], other["topic"], other["places"], other["countries"]) == (0, 1, 0, 1)
    assert other["kilometres"] == pytest.approx(math.log1p(7_600), abs=0.1)
    assert other["event_gap"] == pytest.approx(math.log1p(50))
    assert set(beside(Item("a", "", ""), b)) == {MISSING}


def report(names: str) -> str:
    """A text of a hundred words, the same ones and these."""
    pick = random.Random(11)
    return " ".join([names, *(f"{pick.choice(SYLLABLES)}{pick.choice(SYLLABLES)}" for _ in range(100))])


SYLLABLES = (
    "bar",
    "dol",
    "fen",
    "gim",
    "hos",
    "jul",
    "kep",
    "lam",
    "mon",
    "nur",
    "pis",
    "rov",
    "sut",
    "tav",
    "wex",
)


def test_a_long_text_finds_its_copy_whatever_the_days_say() -> None:
    articles = frame([("", report("Ulverston")), ("", report("Ulverston")), OTHERS[0]])
    found = grouped(articles.assign(published=["2024-01-01", "2025-09-09", "2025-09-09"]))
    assert together(found) == {frozenset((key(0), key(1))), frozenset((key(2),))}


def test_tables_with_missing_values() -> None:
    articles = frame(FLOOD).assign(published_on=pd.Series([date(2025, 12, 15), None, None], dtype="object"))
    mentions = pd.DataFrame(
        {
            "article": [key(0), key(0)],
            "place": ["g1", None],
            "lat": pd.array([32.3, None], dtype="Float64"),
            "lon": pd.array([-9.2, None], dtype="Float64"),
            "precision": pd.array([1, None], dtype="Int8"),
            "role": ["where", "where"],
        }
    )
    tolls = pd.DataFrame(
        {
            "article": [key(0)],
            "kind": ["killed"],
            "low": [37],
            "vague": [False],
            "reference": [False],
            "confidence": [0.9],
        }
    )
    events = pd.DataFrame({"article": [key(0)], "first": [date(2025, 12, 14)], "last": [None]})
    assert len(stories.group(articles, mentions, tolls, events)) == 3


def test_no_articles() -> None:
    found = stories.group_texts(frame([]))
    assert list(found.columns) == ["article", "story", "former"]
    assert found.empty


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=30), st.text(max_size=120)), max_size=6))
def test_any_text_gets_a_story(texts: list[tuple[str, str]]) -> None:
    found = stories.group_texts(frame(texts))
    assert len(found) == len(texts)
    assert found["story"].str.startswith("s").all()


@pytest.mark.slow
def test_work_grows_nearly_with_the_number_of_articles() -> None:
    def seconds(count: int) -> float:
        pick = random.Random(7)
        words = [f"w{pick.randrange(10**6)}" for _ in range(20_000)]
        texts = [("", " ".join(pick.choices(words, k=60))) for _ in range(count)]
        days = [(date(2025, 1, 1) + timedelta(days=n % 300)).isoformat() for n in range(count)]
        began = time.process_time()
        stories.group_texts(frame(texts, list(days)))
        return time.process_time() - began

    seconds(200)
    assert seconds(6_000) < 12 * max(seconds(1_500), 0.1)
