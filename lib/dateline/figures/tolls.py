"""How many: the figures a story's articles gave, as steps over the time they were published; never added up."""

from __future__ import annotations

import re
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from dateline.figures.theme import empty, figure, palette, plain, topic_colour

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

KINDS = {"killed": "Killed", "injured": "Injured", "missing": "Missing", "displaced": "Displaced"}
# Where no more can be said than that it was as many: a mark that points up.
OPEN_UPWARD = frozenset({"at least", "more than"})
OPEN_DOWNWARD = frozenset({"up to"})
MOST_MARKS = 400

_ROW, _GAP = 104, 40  # pixels a kind, and between two
_TOP, _BOTTOM = 26, 44
_HUES = {
    "killed": "medtop:16000000",
    "injured": "medtop:03000000",
    "missing": "medtop:11000000",
    "displaced": "medtop:06000000",
}


def drawn(tolls: pd.DataFrame) -> pd.DataFrame:
    """The rows of :meth:`dateline.query.Atlas.tolls` that stand on the line: each dated article's own figure a kind.

    Counts of another event and older counts that an article recalls are none, nor what only repeats or divides the
    total; figures of articles without a date have no place on the axis.
    """
    own = tolls["own"].astype(bool) & ~tolls["reference"].astype(bool)
    return tolls[own & tolls["published_on"].notna() & tolls["kind"].isin(list(KINDS))]


def steps(tolls: pd.DataFrame, *, dark: bool) -> go.Figure:
    """A panel a kind with an axis of its own: the figure holds until another is published.

    ``tolls`` has the columns of :meth:`dateline.query.Atlas.tolls`. A bar reaches from low to high of a range; a mark
    points up for "at least"; a vague count ("dozens") is hollow. The article's id is the first of a point's
    ``customdata``.
    """
    rows = drawn(tolls)
    kinds = [kind for kind in KINDS if (rows["kind"] == kind).any()]
    if not kinds:
        return empty(dark, 120, "No article with a date gives a figure of its own")
    inside = _ROW * len(kinds) + _GAP * (len(kinds) - 1)
    made = figure(dark, _TOP + inside + _BOTTOM)
    # Each kind has an axis of its own: hundreds of injured would press a few dead to the ground.
    height, gap = _ROW / inside, _GAP / inside
    for n, kind in enumerate(kinds):
        axis, part = str(n + 1 if n else ""), rows[rows["kind"] == kind].head(MOST_MARKS)
        top = 1 - n * (height + gap)
        for trace in _traces(part, kind, axis, dark):
            made.add_trace(trace)
        made.update_layout(
            {
                f"yaxis{axis}": {
                    "domain": [max(0.0, top - height), top],
                    "rangemode": "tozero",
                    "fixedrange": True,
                    "tickformat": ",d",
                    "nticks": 4,
                    "anchor": "x",
                }
            }
        )
        made.add_annotation(
            text=f"<b>{KINDS[kind]}</b>", x=0, y=top, xref="paper", yref="paper", xanchor="left", yanchor="bottom",
            showarrow=False, font={"size": 13, "color": palette(dark).text},
        )  # fmt: skip
    made.update_xaxes(
        type="date",
        range=_range(rows),
        fixedrange=True,
        showgrid=False,
        ticks="outside",
        ticklen=4,
        tickangle=0,
        **_ticks(rows),
        anchor=f"y{len(kinds) if len(kinds) > 1 else ''}",
    )
    made.update_layout(
        showlegend=False,
        dragmode=False,
        hovermode="closest",
        margin={"t": _TOP, "l": 8, "r": 14, "b": _BOTTOM},
    )
    return made


def _traces(part: pd.DataFrame, kind: str, axis: str, dark: bool) -> list[go.Scatter]:
    """The line and, over it, a mark a figure."""
    import plotly.graph_objects as go

    colour = topic_colour(_HUES[kind], dark)
    rows: list[Any] = list(part.itertuples())
    moments = [_moment(row) for row in rows]
    figures = [int(row.low) for row in rows]
    above = [max(0, int(row.high) - int(row.low)) if _bounded(row) else 0 for row in rows]
    line = go.Scatter(
        x=moments,
        y=figures,
        yaxis=f"y{axis}",
        mode="lines",
        line={"color": colour, "width": 2, "shape": "hv"},
        hoverinfo="skip",
    )
    marks = go.Scatter(
        x=moments,
        y=figures,
        yaxis=f"y{axis}",
        mode="markers",
        name=KINDS[kind],
        marker={
            "symbol": [symbol(row) for row in rows],
            "size": 11,
            "color": colour,
            "line": {"color": colour, "width": 2},
        },
        error_y={
            "type": "data",
            "symmetric": False,
            "array": above,
            "arrayminus": [0] * len(rows),
            "visible": any(above),
            "color": colour,
            "thickness": 2,
            "width": 6,
        },
        customdata=[[str(row.article), hover(row)] for row in rows],
        hovertemplate="%{customdata[1]}<extra></extra>",
    )
    return [line, marks]


def symbol(row: Any) -> str:
    """The mark of a figure: hollow where no number was written, pointing where one end is open."""
    shape = "circle"
    if row.qualifier in OPEN_UPWARD:
        shape = "triangle-up"
    elif row.qualifier in OPEN_DOWNWARD:
        shape = "triangle-down"
    return f"{shape}-open" if row.vague else shape


def hover(row: Any) -> str:
    """What a mark says: the figure as it was said, who published it when, and its sentence with the figure in bold."""
    day = _day(row.published_on)
    source = plain(row.source, 60) if isinstance(row.source, str) and row.source else "source unknown"
    head = f"<b>{plain(row.said, 40)} {row.kind}</b><br>{source} · {day}"
    return f"{head}<br>{_sentence(row)}"


_ROOM, _WIDE = 260, 46  # characters of a sentence, and of a line of it


def _sentence(row: Any) -> str:
    """The sentence in short lines with its figure in bold; of a long one, what is around the figure."""
    text, start, end = str(row.sentence), int(row.start), int(row.end)
    begin = max(0, start - _ROOM // 2) if len(text) > _ROOM else 0
    stop = min(len(text), max(end, begin + _ROOM))
    parts = ((text[begin:start], False), (text[start:end], True), (text[end:stop], False))
    words = [(word, bold) for part, bold in parts for word in plain(part, _ROOM).split()]
    lines = wrap(" ".join(word for word, _ in words), _WIDE, break_on_hyphens=False, break_long_words=False)
    counted, told = iter(words), []
    for line in lines:
        taken = [next(counted) for _ in line.split()]
        told.append(" ".join(f"<b>{word}</b>" if bold else word for word, bold in taken))
    return f"{'…' if begin else ''}{'<br>'.join(told)}{'…' if stop < len(text) else ''}"


def _bounded(row: Any) -> bool:
    import pandas as pd

    return not row.vague and not pd.isna(row.high)


def _moment(row: Any) -> str:
    """When it was published: to the minute where the article says so, in the clock it says it in; else the day."""
    written = row.published[:16] if isinstance(row.published, str) else ""
    return written if _INSTANT.fullmatch(written) else _day(row.published_on)


_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ](?:[01]\d|2[0-3]):[0-5]\d")


def _day(value: Any) -> str:
    import pandas as pd

    return f"{pd.Timestamp(value):%Y-%m-%d}"


def _ticks(rows: pd.DataFrame) -> dict[str, Any]:
    """Whole days where no article says the hour: an axis with hours would claim to know it."""
    import pandas as pd

    moments = [_moment(row) for row in rows.itertuples()]
    days = (pd.Timestamp(max(moments)) - pd.Timestamp(min(moments))).days
    if days <= 40 and all(len(moment) == len("2025-12-15") for moment in moments):
        step = max(1, -(-days // 5))
        return {"tick0": min(moments), "dtick": step * 86_400_000, "tickformat": "%-d %b\n%Y"}
    hours = {"dtickrange": [None, 86_400_000 - 1], "value": "%H:%M\n%-d %b %Y"}
    by_day = {"dtickrange": [86_400_000 - 1, "M1"], "value": "%-d %b\n%Y"}
    return {
        "nticks": 6,
        "tickformatstops": [hours, by_day, {"dtickrange": ["M1", None], "value": "%b\n%Y"}],
    }


def _range(rows: pd.DataFrame) -> list[str]:
    """From a bit before the first figure to a bit after the last; never less than a day."""
    import pandas as pd

    moments = [pd.Timestamp(_moment(row)) for row in rows.itertuples()]
    first, last = min(moments), max(moments)
    edge = max((last - first) * 0.06, pd.Timedelta(hours=12 if first == last else 2))
    return [(first - edge).isoformat(), (last + edge).isoformat()]
