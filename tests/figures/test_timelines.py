from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest

from dateline.figures import theme, timelines

D = date(2025, 12, 14)
FRAME = pd.DataFrame(
    [
        (D, "medtop:16000000", "conflict", 3.0, False),
        (D, "medtop:03000000", "disaster", 1.0, False),
        (D + timedelta(1), "medtop:03000000", "disaster", 9.0, False),
        (date(2025, 12, 1), "medtop:03000000", "disaster", 2.0, True),
        (D, "medtop:15000000", "sport <b>", 50.0, False),
        (D, None, "no topic", 1.0, False),
    ],
    columns=["period", "topic", "label", "articles", "imprecise"],
)
STORIES = pd.DataFrame(
    [
        ("s1", 'Floods <a href="x">', D, D, "day", "medtop:03000000", 4),
        ("s2", "Some time in December", date(2025, 12, 1), date(2025, 12, 31), "month", "medtop:16000000", 1),
        ("s3", "Newest", date(2025, 12, 20), None, "day", None, 1),
        ("s4", "Undated", None, None, "vague", None, 1),
    ],
    columns=["story", "title", "first", "last", "granularity", "topic", "articles"],
)


@pytest.mark.parametrize(
    ("days", "unit"),
    [(1, "day"), (62, "day"), (63, "week"), (490, "week"), (491, "month"), (3660, "month"), (3661, "year")],
)
def test_unit_for_a_span(days: int, unit: str) -> None:
    assert timelines.choose_unit(D, D + timedelta(days - 1)) == unit
    assert timelines.choose_unit(D + timedelta(days - 1), D) == unit


def test_no_span_is_a_day() -> None:
    assert timelines.choose_unit(None, D) == "day"


def test_every_article_is_drawn_once_in_its_topics_colour() -> None:
    drawn = timelines.bars(FRAME, unit="day", dark=False)
    bars = [t for t in drawn.data if t.x[0] is not None]
    assert sum(sum(t.y) for t in bars) == FRAME["articles"].sum()
    for trace in bars:
        assert set(trace.marker.color) == {theme.topic_colour(trace.customdata[0][0])}
    # Hues first, by size; sport is the largest, but grey.
    assert bars[0].customdata[0][0] == "medtop:03000000"
    assert [t.customdata[0][0] for t in bars][-2:] == ["medtop:15000000", ""]
    assert drawn.layout.yaxis.title.text == "articles a day"
    assert "<b>" not in "".join(t.name for t in drawn.data)


def test_imprecise_dates_are_hatched() -> None:
    drawn = timelines.bars(FRAME, unit="day", dark=False)
    hatched = [t for t in drawn.data if t.marker.pattern.shape]
    assert [list(t.y) for t in hatched if t.x[0] is not None] == [[2.0]]
    assert hatched[-1].name == "Rough date"
    precise = timelines.bars(FRAME[~FRAME["imprecise"]], unit="day", dark=False)
    assert not any(t.marker.pattern.shape for t in precise.data)


def test_legend_has_hues_and_one_grey() -> None:
    names = [t.name for t in timelines.bars(FRAME, unit="week", dark=True).data if t.showlegend]
    assert names == ["Disaster", "Conflict", "Other topics", "Rough date"]


@pytest.mark.parametrize(
    ("unit", "first", "days"),
    [("day", D, 1), ("week", D, 7), ("month", date(2024, 2, 1), 29), ("year", date(2024, 1, 1), 366)],
)
def test_a_bar_is_as_wide_as_its_period(unit: str, first: date, days: int) -> None:
    frame = FRAME.head(1).assign(period=[first])
    bar = timelines.bars(frame, unit=unit, dark=False).data[0]  # type: ignore[arg-type]
    assert bar.width[0] == pytest.approx(0.86 * days * 86_400_000)


def test_periods_outside_the_selection_fade() -> None:
    drawn = timelines.bars(FRAME, unit="day", dark=False, selected=(D, D))
    for trace in (t for t in drawn.data if t.x[0] is not None):
        for day, colour in zip(trace.x, trace.marker.color, strict=True):
            assert colour.startswith("#") == (day == D.isoformat())
    week = timelines.bars(
        FRAME.head(1), unit="week", dark=False, selected=(D + timedelta(3), D + timedelta(3))
    )
    assert week.data[0].marker.color[0].startswith("#")


def of_story(drawn: Any, story: str) -> list[tuple[Any, int]]:
    """The visible bars of a story, each with its number in its trace."""
    return [
        (t, n)
        for t in drawn.data
        if t.type == "bar" and t.customdata is not None and t.marker.color != "rgba(0,0,0,0)"
        for n, custom in enumerate(t.customdata)
        if custom[0] == story
    ]


def test_lanes_keep_their_order_and_the_undated_are_left_out() -> None:
    drawn = timelines.lanes(STORIES, dark=False)
    assert [title.text for title in drawn.layout.annotations] == [
        'Floods &lt;a href="x"&gt;',
        "Some time in December",
        "Newest",
    ]
    assert "<a href" not in drawn.to_json()


def test_a_rough_date_fades_at_both_ends() -> None:
    rough = of_story(timelines.lanes(STORIES, dark=False), "s2")
    assert len(rough) > 3
    lengths = [t.x[n] / 86_400_000 for t, n in rough]
    assert lengths[0] == 31
    assert lengths == sorted(lengths, reverse=True)
    bar, n = rough[0]
    assert bar.base[n].startswith("2025-12-01")
    assert rough[-1][0].base[n] > "2025-12-02"
    assert "some time from 1 Dec 2025 to 31 Dec 2025" in bar.customdata[n][2]


def test_an_exact_date_does_not_fade() -> None:
    ((bar, n),) = of_story(timelines.lanes(STORIES, dark=False), "s1")
    assert bar.marker.color[n] == "rgba(224,138,0,1)"
    assert bar.customdata[n][2] == "14 Dec 2025"


@pytest.mark.parametrize(
    ("first", "last", "arrow", "words"),
    [
        (D, None, "triangle-right-open", "from 14 Dec 2025, its end not known"),
        (None, D, "triangle-left-open", "up to 14 Dec 2025, its beginning not known"),
    ],
)
def test_an_open_end_fades_away_under_an_arrow(
    first: date | None, last: date | None, arrow: str, words: str
) -> None:
    row = ("open", "Siege", first, last, "day", None, 1)
    stories = pd.concat([STORIES.head(2), pd.DataFrame([row], columns=STORIES.columns)])
    drawn = timelines.lanes(stories, dark=False)
    (tips,) = [t for t in drawn.data if t.type == "scatter" and t.customdata is not None]
    assert list(tips.marker.symbol) == [arrow]
    bars = of_story(drawn, "open")
    assert bars[0][0].customdata[0][2] == words
    begun = [pd.Timestamp(bar.base[n]) for bar, n in bars]
    ended = [start + pd.Timedelta(milliseconds=bar.x[n]) for start, (bar, n) in zip(begun, bars, strict=True)]
    starts, ends = ({moment.round("min") for moment in moments} for moments in (begun, ended))
    # The known end stands, the other one moves.
    assert (len(starts), len(ends)) == ((1, len(bars)) if first else (len(bars), 1))


def test_the_legend_says_what_fading_means_where_something_fades() -> None:
    def named(stories: pd.DataFrame) -> list[str]:
        return [t.name for t in timelines.lanes(stories, dark=True).data if t.showlegend is not False]

    assert named(STORIES.head(2)) == [timelines.EXACT, timelines.FADED]
    assert named(STORIES.head(1)) == [timelines.EXACT]
    assert named(STORIES.iloc[2:3]) == [timelines.OPEN]


def test_every_lane_can_be_hit_over_its_whole_length() -> None:
    drawn = timelines.lanes(STORIES, dark=False)
    touch = drawn.data[0]
    assert [custom[0] for custom in touch.customdata] == ["s1", "s2", "s3"]
    first, last = map(pd.Timestamp, drawn.layout.xaxis.range)
    for base, length in zip(touch.base, touch.x, strict=True):
        assert pd.Timestamp(base) <= first
        assert pd.Timestamp(base) + pd.Timedelta(milliseconds=length) >= last


def test_the_axis_holds_all_lanes() -> None:
    drawn = timelines.lanes(STORIES, dark=False)
    first, last = drawn.layout.xaxis.range
    assert "2025-11-30" < first < "2025-12-01" < "2026-01-01T00:00:00" < last < "2026-01-02"


def test_lanes_have_a_limit() -> None:
    many = pd.concat([STORIES.head(1)] * 60)
    assert len(timelines.lanes(many, dark=False).layout.annotations) == timelines.MAX_LANES


def test_timestamps_do_as_well_as_dates() -> None:
    stamped = FRAME.assign(period=pd.to_datetime(FRAME["period"]))
    assert timelines.bars(stamped, unit="day", dark=False) == timelines.bars(FRAME, unit="day", dark=False)
    stories = STORIES.assign(first=pd.to_datetime(STORIES["first"]), last=pd.to_datetime(STORIES["last"]))
    assert timelines.lanes(stories, dark=True) == timelines.lanes(STORIES, dark=True)


def test_nothing_to_draw_says_so() -> None:
    assert not timelines.bars(FRAME.head(0), unit="day", dark=True).data
    assert not timelines.lanes(STORIES.tail(1), dark=True).data


def test_an_axis_of_few_articles_counts_in_whole_ones() -> None:
    few = timelines.bars(FRAME[FRAME["articles"] <= 2].head(2), unit="day", dark=False)
    assert few.layout.yaxis.dtick == 1
    many = timelines.bars(FRAME, unit="day", dark=False)
    assert many.layout.yaxis.dtick is None
