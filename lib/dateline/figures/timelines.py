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
    drawn.update_yaxes(
        title_text=f"articles a {unit}", fixedrange=True, rangemode="tozero", tickformat=",d", nticks=5
    )


# Granularities at which an event's own day is not known.
_ROUGH = frozenset({"week", "month", "quarter", "season", "year", "decade", "vague"})


def lanes(stories: pd.DataFrame, *, dark: bool) -> go.Figure:
    """A lane a story from its first to its last day, the newest on top, at most ``MAX_LANES``.

    ``stories``: ``story``, ``title``, ``first``, ``last`` (dates, inclusive), ``granularity``, ``topic``, ``articles``.
    Where the granularity is coarser than a day the bar is pale, with faded ends: it happened somewhere in that
    interval. The story's id is the first element of a point's ``customdata``.
    """
    rows = stories.dropna(subset=["first"]).sort_values("first", ascending=False, kind="stable")
    newest = list(enumerate(rows.head(MAX_LANES).itertuples()))
    if not newest:
        return empty(dark, 120, "No dated stories in this selection")
    drawn = figure(dark, 60 + _LANE * len(newest))
    begin, end = _extent(newest)
    span = (end - begin).days
    shortest = span / 120
    for rough in (False, True):
        part = [(lane, row) for lane, row in newest if (str(row.granularity) in _ROUGH) == rough]
        for shrink, alpha in _FADES[rough] if part else ():
            drawn.add_trace(_lane(part, shrink, alpha, shortest, dark))
    drawn.update_layout(showlegend=False, barmode="overlay", clickmode="event+select", dragmode=False)
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
        tickmode="array",
        tickvals=[lane for lane, _ in newest],
        ticktext=[plain(row.title, 60) for _, row in newest],
        range=[len(newest) - 0.45, -0.65],
        ticklabelposition="inside top",
        showgrid=False,
        ticks="",
        fixedrange=True,
        tickfont={"color": palette(dark).text, "size": 12},
    )
    return drawn


# How much of each end a bar leaves out, and its opacity. Three over each other fade a rough one's ends.
_FADES: dict[bool, tuple[tuple[float, float], ...]] = {
    False: ((0.0, 1.0),),
    True: ((0.0, 0.22), (0.12, 0.3), (0.24, 0.4)),
}


def _ends(row: Any) -> tuple[date, date]:
    first = _day(row.first)
    return first, first if _none(row.last) else max(first, _day(row.last))


def _moment(day: date, days: float) -> str:
    return (datetime.combine(day, time()) + timedelta(days=days)).isoformat()


def _extent(newest: list[tuple[int, Any]]) -> tuple[date, date]:
    """The first day of all lanes and the day after the last."""
    ends = [_ends(row) for _, row in newest]
    return min(first for first, _ in ends), max(last for _, last in ends) + timedelta(days=1)


def _lane(part: list[tuple[int, Any]], shrink: float, alpha: float, shortest: float, dark: bool) -> go.Bar:
    """Bars of days, with ``shrink`` of their length missing at each end; none shorter than ``shortest`` days."""
    import plotly.graph_objects as go

    starts, lengths = [], []
    for _, row in part:
        first, last = _ends(row)
        days = max(shortest, (last - first).days + 1.0)
        starts.append(_moment(first, days * shrink))
        lengths.append(days * (1 - 2 * shrink) * _DAY_MS)
    return go.Bar(
        orientation="h",
        base=starts,
        x=lengths,
        y=[lane for lane, _ in part],
        offset=0.06,
        width=0.3,
        marker_color=[css_rgba(topic_colour(_code(row.topic), dark), alpha) for _, row in part],
        marker_line_width=0,
        customdata=[
            [str(row.story), plain(row.title, 120), _interval(row), _counted(row.articles)] for _, row in part
        ],
        hovertemplate="<b>%{customdata[1]}</b><br>%{customdata[2]}<br>%{customdata[3]}<extra></extra>",
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
    )


def _counted(articles: Any) -> str:
    n = 0 if _none(articles) else int(articles)
    return f"{n:,} {'article' if n == 1 else 'articles'}"


def _interval(row: Any) -> str:
    first, last = _ends(row)
    begin = f"{first.day} {first:%b %Y}"
    if first == last:
        return begin
    words = f"{begin} to {last.day} {last:%b %Y}"
    return f"some time from {words}" if str(row.granularity) in _ROUGH else words
