"""When things happened: bars by day, week, month or year, and lanes, a bar a story."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Literal

from dateline.figures.theme import (
    OTHER,
    SHORT,
    css_rgba,
    empty,
    figure,
    palette,
    plain,
    topic_colour,
)

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

Unit = Literal["day", "week", "month", "year"]

MAX_LANES = 40
_HEIGHT = 280
_LANE = 36  # pixels a story: its title above, its bar below
_DAY_MS = 86_400_000
_TICKS = [
    {"dtickrange": [None, "M1"], "value": "%-d %b\n%Y"},
    {"dtickrange": ["M1", "M12"], "value": "%b\n%Y"},
    {"dtickrange": ["M12", None], "value": "%Y"},
]


def choose_unit(first: date | None, last: date | None) -> Unit:
    """The unit that gives a readable number of bars for the span: at most 62 days, 70 weeks, about 120 months."""
    if first is None or last is None:
        return "day"
    days = abs((last - first).days) + 1
    if days <= 62:
        return "day"
    if days <= 490:
        return "week"
    return "month" if days <= 3660 else "year"


def bars(
    frame: pd.DataFrame, *, unit: Unit, dark: bool, selected: tuple[date, date] | None = None
) -> go.Figure:
    """Articles by period, stacked by topic; a period begins on its first day.

    ``frame``: ``period`` (date), ``topic`` (IPTC top concept), ``label``, ``articles``, and ``imprecise``: the date of
    the articles is coarser than the unit; they count once, where the interval begins, in hatched bars. A box selects a
    span of ``x`` dates; periods outside ``selected`` (first and last day) fade. The topic is the first element of a
    point's ``customdata``.
    """
    rows = frame.dropna(subset=["period"])
    if rows.empty:
        return empty(dark, _HEIGHT, "No dated articles in this selection")
    drawn = figure(dark, _HEIGHT)
    rows = rows.assign(
        topic=[_code(topic) for topic in rows["topic"]],
        imprecise=rows["imprecise"].fillna(False).astype(bool),
    )
    totals = rows.groupby("topic")["articles"].sum()
    # Hues below, greys on top: what has a colour is compared along the base line.
    order = sorted(totals.index, key=lambda topic: (topic not in SHORT, -float(totals[topic])))
    for topic in order:
        of_topic = rows[rows["topic"] == topic]
        label = plain(of_topic["label"].iloc[0], 60)
        for imprecise in (False, True):
            part = of_topic[of_topic["imprecise"] == imprecise].groupby("period")["articles"].sum()
            if len(part):
                drawn.add_trace(_bar(part, topic, label, unit, imprecise, selected, dark))
    for key in _legend(order, bool(rows["imprecise"].any()), dark):
        drawn.add_trace(key)
    _dress(drawn, unit)
    return drawn


def _none(value: Any) -> bool:
    """None, NaN, NaT and pandas' NA."""
    import pandas as pd

    return bool(pd.isna(value))


def _code(topic: Any) -> str:
    return "" if _none(topic) else str(topic)


def _day(value: Any) -> date:
    return value.date() if isinstance(value, datetime) else value


def _period_end(first: date, unit: Unit) -> date:
    """The first day after the period."""
    if unit == "month":
        return date(first.year + first.month // 12, first.month % 12 + 1, 1)
    if unit == "year":
        return date(first.year + 1, 1, 1)
    return first + timedelta(days=7 if unit == "week" else 1)


def _spoken(first: date, unit: Unit) -> str:
    if unit == "year":
        return f"{first.year}"
    if unit == "month":
        return f"{first:%B %Y}"
    day = f"{first:%a} {first.day} {first:%b %Y}"
    return f"week from {day}" if unit == "week" else day


def _hatch(colours: list[str]) -> dict[str, Any]:
    return {
        "color": colours,
        "line": {"width": 1, "color": colours},
        "pattern": {
            "shape": "/",
            "fillmode": "replace",
            "size": 5,
            "solidity": 0.4,
            "fgcolor": colours,
            "bgcolor": "rgba(0,0,0,0)",
        },
    }


def _bar(
    part: pd.Series[Any],
    topic: str,
    label: str,
    unit: Unit,
    imprecise: bool,
    selected: tuple[date, date] | None,
    dark: bool,
) -> go.Bar:
    """One topic's bars; plotly draws a bar from ``x`` + ``offset``, in milliseconds, ``width`` wide."""
    import plotly.graph_objects as go

    colour = topic_colour(topic, dark)
    days = [_day(period) for period in part.index]
    ends = [_period_end(day, unit) for day in days]
    spans = [(end - day).days * _DAY_MS for day, end in zip(days, ends, strict=True)]
    inside = [
        selected is None or (day <= selected[1] and end > selected[0])
        for day, end in zip(days, ends, strict=True)
    ]
    fill = [colour if lit else css_rgba(colour, 0.25) for lit in inside]
    return go.Bar(
        name=label,
        showlegend=False,
        x=[day.isoformat() for day in days],
        y=[float(n) for n in part],
        width=[span * 0.86 for span in spans],
        offset=[span * 0.07 for span in spans],
        marker=_hatch(fill) if imprecise else {"color": fill, "line": {"width": 0}},
        customdata=[[topic, _spoken(day, unit), label] for day in days],
        hovertemplate="%{customdata[2]}<br><b>%{y:,.0f} articles</b> · %{customdata[1]}"
        + ("<br>their date is known only roughly" if imprecise else "")
        + "<extra></extra>",
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
    )


def _legend(order: list[str], imprecise: bool, dark: bool) -> list[go.Bar]:
    """Bars without data that carry the legend: a hue each, one grey for the rest, the hatching."""
    import plotly.graph_objects as go

    keys = [(SHORT[topic], {"color": topic_colour(topic, dark)}) for topic in order if topic in SHORT]
    if any(topic not in SHORT for topic in order):
        keys.append((OTHER, {"color": topic_colour("medtop:14000000", dark)}))
    if imprecise:
        keys.append(("Rough date", _hatch([palette(dark).muted])))
    return [
        go.Bar(name=name, x=[None], y=[None], marker=marker, hoverinfo="skip", showlegend=True)
        for name, marker in keys
    ]


def _dress(drawn: go.Figure, unit: Unit) -> None:
    drawn.update_layout(
        barmode="stack",
        dragmode="select",
        selectdirection="h",
        clickmode="event+select",
        legend={
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            "y": 1.03,
            "yanchor": "bottom",
            "itemwidth": 30,
            "entrywidth": 74,
            "entrywidthmode": "pixels",
            "traceorder": "normal",
            "itemclick": False,
            "itemdoubleclick": False,
        },
    )
    drawn.update_xaxes(
        type="date",
        fixedrange=True,
        showgrid=False,
        ticks="outside",
        ticklen=4,
        tickformatstops=_TICKS,
        nticks=12,
    )
    # Left to itself an axis of few articles has ticks at halves, which are written as whole numbers twice.
    few = {"dtick": 1} if _tallest(drawn) <= _FEW else {"nticks": 5}
    drawn.update_yaxes(
        title_text=f"articles a {unit}", fixedrange=True, rangemode="tozero", tickformat=",d", **few
    )


_FEW = 5


def _tallest(drawn: go.Figure) -> float:
    """The height of the tallest stack of bars."""
    heights: dict[str, float] = {}
    for trace in drawn.data:
        for x, y in zip(trace.x or (), trace.y or (), strict=True):
            heights[x] = heights.get(x, 0.0) + (y or 0.0)
    return max(heights.values(), default=0.0)


# Granularities at which an event's own day is not known.
_ROUGH = frozenset({"week", "month", "quarter", "season", "year", "decade", "vague"})

EXACT, FADED, OPEN = "Known to the day", "Some time in the faded span", "One end not known"


def lanes(stories: pd.DataFrame, *, dark: bool) -> go.Figure:
    """A lane a story from its first to its last day, in the order given, at most ``MAX_LANES``; one without any day
    has none.

    ``stories``: ``story``, ``title``, ``first``, ``last`` (dates, inclusive), ``granularity``, ``topic``, ``articles``.
    Where the granularity is coarser than a day the bar fades towards its ends: it happened somewhere in that interval.
    Where one end is not known the bar fades away towards it and a hollow arrow points there. A legend names the kinds
    that occur. A click anywhere in a lane is one on the story: its id is the first element of a point's
    ``customdata``.
    """
    rows = stories[stories["first"].notna() | stories["last"].notna()]
    shown = list(enumerate(rows.head(MAX_LANES).itertuples()))
    if not shown:
        return empty(dark, 120, "No dated stories in this selection")
    drawn = figure(dark, 90 + _LANE * len(shown))
    begin, end = _extent(shown)
    span = max(1.0, float((end - begin).days))
    drawn.add_trace(_touch(shown, begin, span))
    for kind in (EXACT, FADED, OPEN):
        part = [(lane, row) for lane, row in shown if certainty(row) == kind]
        for shrink, alpha in _FADES[kind] if part else ():
            drawn.add_trace(_lane(part, shrink, alpha, span, dark))
        if part:
            drawn.add_trace(_key(kind, dark))
        if part and kind == OPEN:
            drawn.add_trace(_arrows(part, span, dark))
    _dress_lanes(drawn, shown, begin, end, span, dark)
    return drawn


def certainty(row: Any) -> str:
    """How well a story's days are known: one of the legend's three."""
    if _none(row.first) or _none(row.last):
        return OPEN
    return FADED if str(row.granularity) in _ROUGH else EXACT


# How much of each end a bar leaves out, and its opacity. Several over each other make it fade.
_STEPS = 7
_FADES: dict[str, tuple[tuple[float, float], ...]] = {
    EXACT: ((0.0, 1.0),),
    FADED: tuple((0.45 * n / _STEPS, 0.16) for n in range(_STEPS)),
    OPEN: tuple((0.9 * n / _STEPS, 0.2) for n in range(_STEPS)),
}
# How long a bar is drawn whose other end is not known, and the shortest bar, as shares of the axis.
_OPEN_SHARE, _SHORTEST = 1 / 10, 1 / 120


def _dress_lanes(
    drawn: go.Figure, shown: list[tuple[int, Any]], begin: date, end: date, span: float, dark: bool
) -> None:
    drawn.update_layout(
        barmode="overlay",
        clickmode="event+select",
        dragmode=False,
        legend={
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "traceorder": "normal",
            "itemclick": False,
            "itemdoubleclick": False,
        },
        margin={"t": 62},
    )
    drawn.update_xaxes(
        type="date",
        # Set, because plotly would otherwise keep all bars clear of the titles.
        range=[_moment(begin, -0.02 * span), _moment(end, 0.02 * span)],
        side="top",
        fixedrange=True,
        ticks="outside",
        ticklen=4,
        tickformatstops=_TICKS,
        nticks=8,
        tickangle=0,
    )
    drawn.update_yaxes(
        range=[len(shown) - 0.45, -0.65],
        showticklabels=False,
        showgrid=False,
        ticks="",
        fixedrange=True,
    )
    # Not as labels of the axis: plotly leaves out the days that such labels inside the chart lie near.
    drawn.update_layout(annotations=[_title(lane, row, dark) for lane, row in shown])


def _title(lane: int, row: Any, dark: bool) -> dict[str, Any]:
    """The title of a lane, above its bar."""
    return {
        "text": plain(row.title, 56),
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "y": lane,
        "yref": "y",
        "yanchor": "bottom",
        "yshift": -5,
        "showarrow": False,
        "font": {"color": palette(dark).text, "size": 12},
    }


def _ends(row: Any) -> tuple[date, date]:
    """The days a story is known to lie between; for an end that is not known, the other one."""
    first, last = (None if _none(value) else _day(value) for value in (row.first, row.last))
    known = first or last
    assert known is not None
    return first or known, max(first or known, last or known)


def _moment(day: date, days: float) -> str:
    return (datetime.combine(day, time()) + timedelta(days=days)).isoformat()


def _extent(shown: list[tuple[int, Any]]) -> tuple[date, date]:
    """The first day of all lanes and the day after the last."""
    ends = [_ends(row) for _, row in shown]
    return min(first for first, _ in ends), max(last for _, last in ends) + timedelta(days=1)


def _days(row: Any, span: float) -> tuple[float, float]:
    """Where a bar begins, in days after the row's first one, and its length in days."""
    first, last = _ends(row)
    known = max(span * _SHORTEST, (last - first).days + 1.0)
    if certainty(row) != OPEN:
        return 0.0, known
    length = max(known, span * _OPEN_SHARE)
    return (0.0 if not _none(row.first) else known - length), length


def _lane(part: list[tuple[int, Any]], shrink: float, alpha: float, span: float, dark: bool) -> go.Bar:
    """Bars of days, with ``shrink`` of their length missing at each end that is not known."""
    import plotly.graph_objects as go

    starts, lengths = [], []
    for _, row in part:
        offset, days = _days(row, span)
        to_left = certainty(row) == FADED or _none(row.first)
        to_right = certainty(row) == FADED or _none(row.last)
        starts.append(_moment(_ends(row)[0], offset + days * shrink * to_left))
        lengths.append(days * (1 - shrink * to_left - shrink * to_right) * _DAY_MS)
    return go.Bar(
        orientation="h",
        base=starts,
        x=lengths,
        y=[lane for lane, _ in part],
        offset=0.06,
        width=0.3,
        showlegend=False,
        marker_color=[css_rgba(topic_colour(_code(row.topic), dark), alpha) for _, row in part],
        marker_line_width=0,
        **_told(part),
    )


def _touch(shown: list[tuple[int, Any]], begin: date, span: float) -> go.Bar:
    """Bars nobody sees, as wide as the axis and as high as a lane: a title or a short bar is hard to hit."""
    import plotly.graph_objects as go

    return go.Bar(
        orientation="h",
        base=[_moment(begin, -0.02 * span)] * len(shown),
        x=[1.04 * span * _DAY_MS] * len(shown),
        y=[lane for lane, _ in shown],
        offset=-0.58,
        width=0.98,
        showlegend=False,
        marker_color="rgba(0,0,0,0)",
        marker_line_width=0,
        **_told(shown),
    )


def _told(part: list[tuple[int, Any]]) -> dict[str, Any]:
    return {
        "customdata": [
            [str(row.story), plain(row.title, 120), _interval(row), _counted(row.articles)] for _, row in part
        ],
        "hovertemplate": "<b>%{customdata[1]}</b><br>%{customdata[2]}<br>%{customdata[3]}<extra></extra>",
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
    }


def _arrows(part: list[tuple[int, Any]], span: float, dark: bool) -> go.Scatter:
    """Hollow arrows at the ends that are not known."""
    import plotly.graph_objects as go

    tips = []
    for _, row in part:
        offset, days = _days(row, span)
        tips.append(_moment(_ends(row)[0], offset if _none(row.first) else offset + days))
    return go.Scatter(
        x=tips,
        y=[lane + 0.21 for lane, _ in part],
        mode="markers",
        showlegend=False,
        marker={
            "symbol": [f"triangle-{'left' if _none(row.first) else 'right'}-open" for _, row in part],
            "size": 11,
            "color": [topic_colour(_code(row.topic), dark) for _, row in part],
        },
        **_told(part),
    )


def _key(kind: str, dark: bool) -> go.Bar | go.Scatter:
    """An entry of the legend, without data."""
    import plotly.graph_objects as go

    grey = palette(dark).muted
    if kind == OPEN:
        marker = {"symbol": "triangle-right-open", "size": 11, "color": grey}
        return go.Scatter(x=[None], y=[None], mode="markers", marker=marker, name=kind, hoverinfo="skip")
    colour = grey if kind == EXACT else css_rgba(grey, 0.35)
    return go.Bar(x=[None], y=[None], marker={"color": colour}, name=kind, hoverinfo="skip", showlegend=True)


def _counted(articles: Any) -> str:
    n = 0 if _none(articles) else int(articles)
    return f"{n:,} {'article' if n == 1 else 'articles'}"


def _interval(row: Any) -> str:
    """The days of a story in words."""
    first, last = (f"{day.day} {day:%b %Y}" for day in _ends(row))
    kind = certainty(row)
    if kind == OPEN:
        return (
            f"up to {last}, its beginning not known"
            if _none(row.first)
            else f"from {first}, its end not known"
        )
    words = first if first == last else f"{first} to {last}"
    return f"some time from {words}" if kind == FADED and first != last else words
