"""The query layer against plain pandas on a generated store, and on a small one whose answers are plain to see."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from dateline.article import make_article
from dateline.filters import Filters, Members
from dateline.ingest import ingest
from dateline.query import Atlas, preceding
from dateline.store import Snapshot, Store
from tests.atlases import generated_store

GENERATED = [
    Filters(),
    Filters(regions=("GE",)),
    Filters(regions=("AZ", "g5"), topics=("medtop:02000000",)),
    Filters(first=date(2025, 3, 1), last=date(2025, 6, 30)),
    Filters(axis="published", first=date(2025, 1, 1), sources=("Outlet 3",)),
    Filters(scope="mentions", precisions=(4,)),
    Filters(text='lorem "doSUM"'.lower()),
    Filters(regions=("MA",), first=date(1990, 1, 1), last=date(1990, 1, 2)),
]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    # A folder's name may hold what SQL would take for the end of a string.
    return generated_store(tmp_path_factory.mktemp("it's a store"), articles=900, mentions=2_500, words=12)


@pytest.fixture(scope="module")
def atlas(snapshot: Snapshot) -> Atlas:
    return Atlas(snapshot)


def chosen(snapshot: Snapshot, f: Filters) -> pd.DataFrame:
    """The selected articles with their events and stories, by plain pandas."""
    frame = snapshot.frame("articles").merge(snapshot.frame("events"), left_on="id", right_on="article")
    frame = frame.merge(snapshot.frame("stories"), on="article")
    early, late = ("first", "last") if f.axis == "event" else ("published_on", "published_on")
    if f.first:
        frame = frame[(frame[late] >= f.first).fillna(False)]
    if f.last:
        frame = frame[(frame[early] <= f.last).fillna(False)]
    if f.topics:
        frame = frame[frame["topic"].isin(f.topics)]
    if f.sources:
        frame = frame[frame["source"].isin(f.sources)]
    for word in f.words_of_text():
        frame = frame[frame["text"].str.lower().str.contains(word, regex=False)]
    if f.regions or f.precisions:
        frame = frame[frame["id"].isin(mentions(snapshot, f)["article"])]
    return frame


def mentions(snapshot: Snapshot, f: Filters) -> pd.DataFrame:
    """One row an article and place, in scope and region."""
    rows = snapshot.frame("mentions").astype({"precision": "int64"})
    rows = rows.groupby(["article", "place"], as_index=False).agg(
        country=("country", "first"), precision=("precision", "min"), here=("here", "any")
    )
    if f.scope == "happened":
        rows = rows[rows["here"]]
    if f.precisions:
        rows = rows[rows["precision"].isin(f.precisions)]
    if f.regions:
        rows = rows[rows["country"].isin(f.regions) | rows["place"].isin(f.regions)]
    return rows


@pytest.mark.parametrize("f", GENERATED)
def test_counts(atlas: Atlas, snapshot: Snapshot, f: Filters) -> None:
    frame, counts = chosen(snapshot, f), atlas.counts(f)
    placed = mentions(snapshot, Filters(scope=f.scope))["article"]
    day = "first" if f.axis == "event" else "published_on"
    assert (counts.total, counts.loaded, counts.stories) == (900, len(frame), frame["story"].nunique())
    assert (counts.placed, counts.dated) == (frame["id"].isin(placed).sum(), frame[day].notna().sum())


def _story_killed(snapshot: Snapshot) -> pd.Series:
    """The newest figure of each story."""
    frame = chosen(snapshot, Filters()).dropna(subset=["killed"])
    return frame.sort_values(["published_on", "killed"]).groupby("story")["killed"].last()


@pytest.mark.parametrize("f", GENERATED)
def test_places_count_articles_and_stories_once_and_a_toll_once_a_story(
    atlas: Atlas, snapshot: Snapshot, f: Filters
) -> None:
    frame = chosen(snapshot, f)[["id", "story"]]
    rows = mentions(snapshot, f).merge(frame, left_on="article", right_on="id")
    got = atlas.places(f, finest=False).set_index("place")
    assert got["articles"].to_dict() == rows.groupby("place")["article"].nunique().to_dict()
    assert got["stories"].to_dict() == rows.groupby("place")["story"].nunique().to_dict()
    told = rows[["place", "story"]].drop_duplicates()
    told = told.assign(killed=told["story"].map(_story_killed(snapshot))).dropna()
    assert got["killed"].dropna().to_dict() == told.groupby("place")["killed"].sum().to_dict()
    countries = atlas.countries(f).set_index("country")["articles"].to_dict()
    assert countries == rows.groupby("country")["article"].nunique().to_dict()


@pytest.mark.parametrize("unit", ["day", "week", "month", "year"])
@pytest.mark.parametrize("f", GENERATED[:5])
def test_the_timeline_counts_each_dated_article_once(
    atlas: Atlas, snapshot: Snapshot, f: Filters, unit: str
) -> None:
    day = "first" if f.axis == "event" else "published_on"
    days = pd.to_datetime(chosen(snapshot, f)[day].dropna())
    starts = days.dt.to_period({"day": "D", "week": "W", "month": "M", "year": "Y"}[unit]).dt.start_time
    got = atlas.timeline(f, unit).groupby("period")["articles"].sum()
    assert got.to_dict() == starts.value_counts().to_dict()
    assert not atlas.timeline(f, unit)["imprecise"].any()


@pytest.mark.parametrize("f", GENERATED)
def test_topics_and_their_change(atlas: Atlas, snapshot: Snapshot, f: Filters) -> None:
    got = atlas.topics(f)
    assert (
        got.set_index("code")["articles"].to_dict() == chosen(snapshot, f)["topic"].value_counts().to_dict()
    )
    if before := preceding(f):
        earlier = chosen(snapshot, before)["topic"].value_counts()
        assert (got["change"] == got["articles"] - got["code"].map(earlier).fillna(0)).all()
    else:
        assert got["change"].isna().all()


@pytest.mark.parametrize("f", GENERATED)
def test_pages_of_stories_hold_every_story_once(atlas: Atlas, snapshot: Snapshot, f: Filters) -> None:
    stories = [
        s for offset in range(0, 900, 200) for s in atlas.stories(f, limit=200, offset=offset)["story"]
    ]
    assert len(stories) == len(set(stories))
    assert set(stories) == set(chosen(snapshot, f)["story"])


def test_a_range_has_the_period_of_equal_length_before_it() -> None:
    before = preceding(Filters(first=date(2025, 12, 1), last=date(2025, 12, 31)))
    assert before is not None
    assert (before.first, before.last) == (date(2025, 10, 31), date(2025, 11, 30))
    assert preceding(Filters(first=date(2025, 12, 1))) is None


SAFI = "At least 37 people have been killed in flash floods in the city of Safi in Morocco on Sunday, officials said."


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """Two reports of one flood whose toll rises, a festival elsewhere, a text about nowhere."""
    store = Store(tmp_path_factory.mktemp("small"))
    texts = [
        (SAFI.replace("37", "21"), "2025-12-15", "Desk A"),
        (SAFI, "2025-12-16", "Desk B"),
        (
            "A film festival opened in Vienna, Austria, on 5 December, its director said.",
            "2025-12-06",
            "Desk A",
        ),
        ("Nobody knows why the price of onions rose so much, traders said.", None, "Desk A"),
    ]
    items = [make_article(t, published=p, source=s, kind="brief", locator="test") for t, p, s in texts]
    report = ingest(items, store)
    assert report.snapshot is not None
    return Atlas(report.snapshot, Members({"maghreb": (("MA", "DZ", "TN"), (), ("maghreb",))}))


def test_the_newest_toll_counts_once_and_is_never_added_up(small: Atlas) -> None:
    safi = small.places(Filters(regions=("MA",))).set_index("name").loc["Safi"]
    assert (safi["articles"], safi["stories"], safi["killed"]) == (2, 1, 37)
    (story,) = small.stories(Filters(regions=("MA",))).itertuples()
    assert (story.killed, story.killed_said, story.articles, story.sources) == (37, "at least 37", 2, 2)
    assert story.first == pd.Timestamp(2025, 12, 14)
    assert len(small.story_articles(story.story)) == 2


def test_the_country_of_a_named_city_is_not_counted_twice(small: Atlas) -> None:
    assert "Morocco" not in set(small.places(Filters())["name"])
    assert "Morocco" in set(small.places(Filters(), finest=False)["name"])
    assert small.countries(Filters(regions=("MA",)))["articles"].tolist() == [2]


def test_a_macro_region_holds_its_countries(small: Atlas) -> None:
    assert small.counts(Filters(regions=("maghreb",))).loaded == 2


def test_what_is_missing_is_listed(small: Atlas) -> None:
    counts = small.counts(Filters())
    assert (counts.loaded, counts.placed, counts.dated, counts.stories) == (4, 3, 3, 3)
    for lacking in ("place", "date"):
        (article,) = small.articles(Filters(), lacking=lacking).itertuples()
        assert article.title.startswith("Nobody knows")


def test_every_dot_has_its_sentence(small: Atlas) -> None:
    rows = small.evidence(Filters())
    assert len(rows)
    for m in rows.itertuples():
        assert m.sentence[m.start : m.end] == m.surface
    for article in small.evidence(Filters())["article"].unique():
        found = small.article(article)
        assert found is not None
        for table in ("mentions", "dates", "tolls"):
            for row in found[table].itertuples():
                assert found["text"][row.start : row.end] == row.surface
    assert small.article("nothing") is None


def test_an_outlier_does_not_squeeze_the_timeline(tmp_path: Path) -> None:
    text = "A film festival opened in Vienna, Austria, on {} {}, its director said."
    days = [(n % 28 + 1, "December 2025") for n in range(80)] + [(3, "May 1991")]
    items = [make_article(text.format(*d), published=None, source=f"Desk {n}") for n, d in enumerate(days)]
    snapshot = ingest(items, Store(tmp_path)).snapshot
    assert snapshot is not None
    window = Atlas(snapshot).window(Filters())
    assert window is not None
    first, last, outside = window
    assert (first.year, last.year) == (2025, 2025)
    assert outside >= 1


def test_a_store_without_articles_answers_too(tmp_path: Path) -> None:
    with Store(tmp_path).writing() as commit:
        atlas = Atlas(commit.publish())
    f = Filters(regions=("MA",), text="flood")
    assert atlas.counts(f).loaded == 0
    assert atlas.extent(f) is None
    assert atlas.window(f) is None
    for frame in (atlas.places(f), atlas.countries(f), atlas.topics(f), atlas.stories(f), atlas.articles(f)):
        assert frame.empty
    assert atlas.timeline(f, "week").empty
    assert atlas.evidence(f).empty


@pytest.mark.parametrize("f", GENERATED)
def test_a_country_counts_only_where_no_finer_place_in_it_is_named(
    atlas: Atlas, snapshot: Snapshot, f: Filters
) -> None:
    # Which place is the finest is a matter of the article, not of what is filtered.
    rows = mentions(snapshot, Filters(scope="mentions"))
    finest = rows.groupby(["article", "here", "country"])["precision"].transform("min")
    rows = rows[(rows["precision"] != 4) | (finest >= 4)][["article", "place"]]
    rows = rows.merge(mentions(snapshot, f)).merge(
        chosen(snapshot, f)[["id"]], left_on="article", right_on="id"
    )
    got = atlas.places(f).set_index("place")
    assert got["articles"].to_dict() == rows.groupby("place")["article"].nunique().to_dict()
    assert got["precision"].to_dict() == rows.groupby("place")["precision"].min().to_dict()
    # Most articles first, ties by code, so that the same selection is drawn the same everywhere.
    order = [(-row.articles, row.Index) for row in got.itertuples()]
    assert order == sorted(order)


@pytest.mark.parametrize("f", GENERATED)
def test_countries_count_stories_and_tolls_once(atlas: Atlas, snapshot: Snapshot, f: Filters) -> None:
    frame = chosen(snapshot, f)[["id", "story"]]
    rows = mentions(snapshot, f).merge(frame, left_on="article", right_on="id")
    got = atlas.countries(f).set_index("country")
    told = rows[["country", "story"]].drop_duplicates()
    assert got["stories"].to_dict() == told.groupby("country")["story"].nunique().to_dict()
    told = told.assign(killed=told["story"].map(_story_killed(snapshot))).dropna()
    assert got["killed"].dropna().to_dict() == told.groupby("country")["killed"].sum().to_dict()


@pytest.mark.parametrize("f", GENERATED)
def test_stories_come_newest_first_with_their_selected_articles(
    atlas: Atlas, snapshot: Snapshot, f: Filters
) -> None:
    got = atlas.stories(f, limit=900)
    days = got["last"].fillna(got["first"]).tolist()
    known = [d for d in days if not pd.isna(d)]
    assert known == sorted(known, reverse=True)
    assert all(pd.isna(d) for d in days[len(known) :])
    selected = got.set_index("story")["selected"].to_dict()
    assert selected == chosen(snapshot, f)["story"].value_counts().to_dict()
    whole = chosen(snapshot, Filters()).groupby("story")["source"].agg(["size", "nunique"])
    assert (got["articles"].to_numpy() == whole.loc[got["story"], "size"].to_numpy()).all()
    assert (got["sources"].to_numpy() == whole.loc[got["story"], "nunique"].to_numpy()).all()


@pytest.mark.parametrize("f", GENERATED)
def test_the_extent_is_the_first_and_last_day(atlas: Atlas, snapshot: Snapshot, f: Filters) -> None:
    early, late = ("first", "last") if f.axis == "event" else ("published_on", "published_on")
    frame = chosen(snapshot, f).dropna(subset=[early])
    extent = atlas.extent(f)
    assert extent == ((frame[early].min(), frame[late].max()) if len(frame) else None)
    assert atlas.window(f) == ((*extent, 0) if extent else None)


@pytest.mark.parametrize("lacking", [None, "place", "date"])
@pytest.mark.parametrize("f", GENERATED)
def test_articles_are_listed_newest_first(
    atlas: Atlas, snapshot: Snapshot, f: Filters, lacking: str | None
) -> None:
    frame = chosen(snapshot, f)
    if lacking == "place":
        frame = frame[~frame["id"].isin(mentions(snapshot, Filters(scope=f.scope))["article"])]
    if lacking == "date":
        frame = frame[frame["first" if f.axis == "event" else "published_on"].isna()]
    got = atlas.articles(f, limit=900, lacking=lacking)
    assert set(got["id"]) == set(frame["id"])
    assert got["published_on"].is_monotonic_decreasing
    few = atlas.articles(f, limit=3, lacking=lacking)
    assert few["id"].tolist() == got["id"].tolist()[:3]


def test_options_are_what_occurs_most_frequent_first(atlas: Atlas, snapshot: Snapshot) -> None:
    frame = chosen(snapshot, Filters())
    for what in ("topic", "source", "language"):
        got = atlas.options(what)
        assert got.set_index("value")["articles"].to_dict() == frame[what].value_counts().to_dict()
        assert got["articles"].is_monotonic_decreasing
    here = mentions(snapshot, Filters())
    got = atlas.options("country").set_index("value")["articles"]
    assert got.to_dict() == here.groupby("country")["article"].nunique().to_dict()
    assert atlas.options("wider").empty
    with pytest.raises(ValueError, match="mood"):
        atlas.options("mood")


def test_evidence_is_limited_to_the_newest_articles(atlas: Atlas, snapshot: Snapshot) -> None:
    f = Filters(regions=("GE",))
    got = atlas.evidence(f, limit=5)
    assert got["article"].nunique() == 5
    assert got["published_on"].is_monotonic_decreasing
    assert set(got["country"]) == {"GE"}
    everything = atlas.evidence(f, limit=None)
    assert set(everything["article"]) == set(chosen(snapshot, f)["id"])
    assert got["published_on"].min() >= everything["published_on"].sort_values(ascending=False).iloc[len(got)]


def test_an_event_known_to_the_month_is_imprecise_by_day_and_counts_once(tmp_path: Path) -> None:
    texts = [
        "A fair opened in Vienna, Austria, in March 2025.",
        "A fair opened in Safi, Morocco, on 5 March 2025.",
    ]
    snapshot = ingest([make_article(t, published="2025-04-02") for t in texts], Store(tmp_path)).snapshot
    assert snapshot is not None
    atlas = Atlas(snapshot)
    for unit, imprecise in (
        ("day", [True, False]),
        ("week", [True, False]),
        ("month", [False]),
        ("year", [False]),
    ):
        got = atlas.timeline(Filters(), unit)
        assert got["articles"].sum() == 2
        assert sorted(set(got["imprecise"]), reverse=True) == imprecise, unit
    # It may have happened on any day of the month, and on none of another.
    assert atlas.counts(Filters(first=date(2025, 3, 20), last=date(2025, 3, 21))).loaded == 1
    assert atlas.counts(Filters(first=date(2025, 4, 1))).loaded == 0
    assert atlas.counts(Filters(first=date(2025, 4, 1), axis="published")).loaded == 2
    with pytest.raises(ValueError, match="decade"):
        atlas.timeline(Filters(), "decade")


@pytest.fixture(scope="module")
def quake(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """One story told by five articles, its stories table rewritten as if it had grown out of two."""
    store = Store(tmp_path_factory.mktemp("quake"))
    texts = [
        ("An earthquake in Osh killed 12 people and injured dozens on 3 March 2025.", "2025-03-03"),
        (
            "The earthquake in Osh killed at least 19 people, officials said. One in 2008 killed 74 people there.",
            "2025-03-04",
        ),
        ("The earthquake in Osh killed between 20 and 25 people, the ministry said.", "2025-03-05"),
        ("The earthquake in Osh killed 23 people, a survey found.", None),
        ("The market in Osh opened again in March 2025, traders said.", "2025-03-20"),
    ]
    items = [make_article(t, published=p, source=f"Desk {n}", kind="brief") for n, (t, p) in enumerate(texts)]
    assert ingest(items, store).snapshot
    first, second, third, fourth, market = (item.id for item in items)
    rows = pd.DataFrame(
        {
            "article": [first, second, third, fourth, market],
            "story": ["quake", "quake", "quake", "quake", "market"],
            "former": [None, "tremor", "older tremor", None, "older"],
        }
    )
    with store.writing() as commit:
        commit.write("stories", rows)
        return commit.publish()


def test_every_figure_of_a_story_has_its_sentence_and_stands_in_order(quake: Snapshot) -> None:
    rows = Atlas(quake).tolls("quake")
    killed = rows[rows["kind"] == "killed"]
    assert killed.loc[killed["own"], "said"].tolist() == ["12", "at least 19", "20 to 25", "23"]
    assert killed["published_on"].isna().tolist()[-1]
    assert killed.loc[killed["reference"], "low"].tolist() == [74]
    assert not killed.loc[killed["reference"], "own"].any()
    for row in rows.itertuples():
        assert row.sentence[row.start : row.end] == row.surface
    injured = rows[rows["kind"] == "injured"]
    assert (injured["said"].tolist(), injured["vague"].tolist()) == (["dozens"], [True])
    assert Atlas(quake).tolls("market").empty


def test_a_story_that_is_no_more_has_heirs(quake: Snapshot) -> None:
    atlas = Atlas(quake)
    assert atlas.heirs("tremor")[["story", "articles"]].to_numpy().tolist() == [["quake", 2]]
    assert set(atlas.heirs("older")["story"]) == {"quake", "market"}
    assert atlas.heirs("quake").empty
    assert atlas.heirs("old").empty
    assert atlas.heirs("'; DROP TABLE story; --").empty


def test_a_rough_date_is_listed_by_its_first_day(quake: Snapshot) -> None:
    atlas = Atlas(quake)
    frame = atlas.stories(Filters()).set_index("story")
    assert frame.loc["market", "granularity"] == "month"
    # The market opened "in March": nothing says that it was after the 3rd.
    assert list(frame.index) == ["quake", "market"]


def test_the_most_told_stories_come_first_when_asked_and_only_dated_ones(small: Atlas) -> None:
    frame = small.stories(Filters(), order="dated")
    assert frame["selected"].tolist() == [2, 1]
    assert frame["first"].notna().all()
    assert small.stories(Filters())["first"].isna().any()
    with pytest.raises(ValueError, match="neither newest"):
        small.stories(Filters(), order="loudest")
