"""When things happened: bars by day, week, month or year, and lanes, a bar a story."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Literal

from dateline.figures.theme import css_rgba, empty, figure, palette, plain, topic_colour

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

Unit = Literal["day", "week", "month", "year"]

MAX_LANES = 40
_HEIGHT = 260
_LANE = 24
# A unit's length in days for the bar's width; a month's and a year's own length is taken from the calendar.
_DAYS: dict[str, int] = {"day": 1, "week": 7}
_DAY_MS = 86_400_000
_SHOWN = {"day": "%a %-d %b %Y", "week": "week from %-d %b %Y", "month": "%B %Y", "year": "%Y"}


def choose_unit(first: date | None, last: date | None) -> Unit:
    """The unit that gives a readable number of bars for the span: at most about 62 days, 70 weeks, 120 months."""
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
    the articles is coarser than the unit; they count once, where the interval begins, in hatched bars. A box selects a span of ``x`` dates; periods outside ``selected`` (first and last day) fade.
    """
    if frame.empty:
        return empty(dark, _HEIGHT, "No dated articles in this selection")
    import plotly.graph_objects as go

    drawn = figure(dark, _HEIGHT)
    rows = frame.assign(imprecise=frame["imprecise"].fillna(False).astype(bool))
    order = rows.groupby("topic", dropna=False)["articles"].sum().sort_values(ascending=False)
    for rank, topic in enumerate(order.index):
        of_topic = rows[rows["topic"].isna()] if _none(topic) else rows[rows["topic"] == topic]
        shown = False
        for imprecise in (False, True):
            part = (
                of_topic[of_topic["imprecise"] == imprecise]
                .groupby("period", as_index=False)["articles"]
                .sum()
            )
            if part.empty:
                continue
            label = plain(of_topic["label"].iloc[0], 40)
            drawn.add_trace(
                go.Bar(
                    name=label,
                    legendgroup=str(topic),
                    legendrank=rank,
                    showlegend=not shown,
                    **_bar_data(part, unit, imprecise, selected, topic_colour(_code(topic), dark), dark),
                    customdata=[[_code(topic), _spoken(p, unit)] for p in part["period"]],
                    hovertemplate=f"{label}<br><b>%{{y:,.0f}} articles</b> · %{{customdata[1]}}"
                    + ("<br>date known only roughly" if imprecise else "")
                    + "<extra></extra>",
                )
            )
            shown = True
    _dress(drawn, unit)
    return drawn


def _none(topic: object) -> bool:
    return topic is None or topic != topic


def _code(topic: object) -> str:
    return "" if _none(topic) else str(topic)


def _day(value: Any) -> date:
    return value.date() if hasattr(value, "date") else value  # type: ignore[no-any-return]


def _period_end(first: date, unit: Unit) -> date:
    """The first day after the period."""
    if unit == "month":
        return date(first.year + first.month // 12, first.month % 12 + 1, 1)
    if unit == "year":
        return date(first.year + 1, 1, 1)
    return first + timedelta(days=_DAYS[unit])


def _spoken(value: Any, unit: Unit) -> str:
    return _day(value).strftime(_SHOWN[unit])


def _bar_data(
    part: Any,
    unit: Unit,
    imprecise: bool,
    selected: tuple[date, date] | None,
    colour: str,
    dark: bool,
) -> dict[str, Any]:
    """x, width and colour of a trace's bars; plotly centres a bar on ``x`` + ``offset`` milliseconds."""
    days = [_day(p) for p in part["period"]]
    spans = [(_period_end(d, unit) - d).days * _DAY_MS for d in days]
    inside = [selected is None or (d <= selected[1] and _period_end(d, unit) > selected[0]) for d in days]
    fill = [colour if lit else css_rgba(colour, 0.25) for lit in inside]
    marker: dict[str, Any] = {"color": fill, "line": {"width": 0}}
    if imprecise:
        marker["pattern"] = {
            "shape": "/",
            "fillmode": "replace",
            "size": 5,
            "solidity": 0.4,
            "fgcolor": fill,
            "bgcolor": "rgba(0,0,0,0)",
        }
        marker["line"] = {"width": 1, "color": fill}
    return {
        "x": [d.isoformat() for d in days],
        "y": [float(n) for n in part["articles"]],
        "width": [span * 0.86 for span in spans],
        "offset": [span * 0.07 for span in spans],
        "marker": marker,
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
    }


def _dress(drawn: go.Figure, unit: Unit) -> None:
    drawn.update_layout(
        barmode="stack",
        dragmode="select",
        selectdirection="h",
        clickmode="event+select",
        legend={"orientation": "h", "x": 0, "xanchor": "left", "y": 1.02, "yanchor": "bottom", "itemwidth": 30,
                "traceorder": "normal", "itemclick": False, "itemdoubleclick": False},
        margin={"t": 8, "b": 8, "l": 8, "r": 8},
    )  # fmt: skip
    drawn.update_xaxes(
        type="date",
        fixedrange=True,
        showgrid=False,
        ticks="outside",
        ticklen=4,
        hoverformat=_SHOWN[unit],
        tickformatstops=[
            {"dtickrange": [None, "M1"], "value": "%-d %b\n%Y"},
            {"dtickrange": ["M1", "M12"], "value": "%b\n%Y"},
            {"dtickrange": ["M12", None], "value": "%Y"},
        ],
    )
    drawn.update_yaxes(
        title_text=f"articles a {unit}", fixedrange=True, rangemode="tozero", tickformat=",d", nticks=5
    )


# How far a date of some granularity may be off, where its interval does not already say so.
_ROUGH = frozenset({"week", "month", "quarter", "season", "year", "decade", "vague"})


def lanes(stories: pd.DataFrame, *, dark: bool) -> go.Figure:
    """A lane a story from its first to its last day, the newest on top, at most ``MAX_LANES``.

    ``stories``: ``story``, ``title``, ``first``, ``last`` (dates, inclusive), ``granularity``, ``topic``, ``articles``.
    Where the granularity is coarser than a day the bar is pale, with faded ends: it happened somewhere in that
    interval. The story's id is the first element of a point's ``customdata``.
    """
    rows = (
        stories.dropna(subset=["first"]).sort_values("first", ascending=False, kind="stable").head(MAX_LANES)
    )
    if rows.empty:
        return empty(dark, 120, "No dated stories in this selection")
    drawn = figure(dark, 70 + _LANE * len(rows))
    for rough in (False, True):
        part = [
            (lane, row)
            for lane, row in enumerate(rows.itertuples())
            if (str(row.granularity) in _ROUGH) == rough
        ]
        if part:
            for trace in _lane_traces(part, rough, dark):
                drawn.add_trace(trace)
    drawn.update_layout(
        showlegend=False, barmode="overlay", bargap=0.35, clickmode="event+select", dragmode=False
    )
    drawn.update_xaxes(type="date", side="top", fixedrange=True, ticks="outside", ticklen=4, showgrid=True)
    drawn.update_yaxes(
        tickmode="array",
        tickvals=list(range(len(rows))),
        ticktext=[plain(title, 46) for title in rows["title"]],
        range=[len(rows) - 0.4, -0.6],
        showgrid=False,
        fixedrange=True,
        tickfont={"color": palette(dark).text, "size": 12},
    )
    return drawn


def _lane_traces(part: list[tuple[int, Any]], rough: bool, dark: bool) -> list[go.Bar]:
    """The bars of the lanes; a rough one is three: a pale whole, a denser middle and a core, so its ends fade."""
    import plotly.graph_objects as go

    shrinks = ((0.0, 0.22), (0.12, 0.3), (0.24, 0.4)) if rough else ((0.0, 1.0),)
    traces = []
    for shrink, alpha in shrinks:
        starts, widths = [], []
        for _, row in part:
            first, last = _day(row.first), _day(row.last) if not _none(row.last) else _day(row.first)
            days = max(1, (last - first).days + 1)
            starts.append(
                (first + timedelta(days=0)).isoformat() if not shrink else _moment(first, days * shrink)
            )
            widths.append(days * (1 - 2 * shrink) * _DAY_MS)
        traces.append(
            go.Bar(
                orientation="h",
                base=starts,
                x=widths,
                y=[lane for lane, _ in part],
                marker_color=[css_rgba(topic_colour(_code(row.topic), dark), alpha) for _, row in part],
                marker_line_width=0,
                customdata=[
                    [str(row.story), plain(row.title, 120), _interval(row), f"{row.articles:,.0f}"]
                    for _, row in part
                ],
                hovertemplate="<b>%{customdata[1]}</b><br>%{customdata[2]}<br>%{customdata[3]} articles<extra></extra>",
                selected={"marker": {"opacity": 1}},
                unselected={"marker": {"opacity": 1}},
            )
        )
    return traces


def _moment(first: date, days: float) -> str:
    from datetime import datetime

    return (datetime(first.year, first.month, first.day) + timedelta(days=days)).isoformat()


def _interval(row: Any) -> str:
    first, last = _day(row.first), _day(row.last) if not _none(row.last) else _day(row.first)
    if first == last:
        return f"{first:%-d %b %Y}"
    words = f"{first:%-d %b %Y} to {last:%-d %b %Y}"
    return f"some time from {words}" if str(row.granularity) in _ROUGH else words
