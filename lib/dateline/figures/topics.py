"""What the selection is about: a bar a topic, with its change against the period before."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from dateline.figures.theme import css_rgba, empty, figure, palette, plain, topic_colour

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

_ROW = 30  # pixels a bar
_EDGES = 48


def bars(frame: pd.DataFrame, *, dark: bool, selected: Collection[str] = ()) -> go.Figure:
    """Horizontal bars, the longest on top, in the topics' colours.

    ``frame``: ``code``, ``label``, ``articles``, ``share`` (0..1), ``previous`` (articles in the period before) and
    ``change`` ((articles - previous) / previous, may be missing). Topics not in ``selected`` fade when it is not
    empty. The code is the first element of a point's ``customdata``.
    """
    if frame.empty:
        return empty(dark, 160, "No topics in this selection")
    import plotly.graph_objects as go

    rows = frame.sort_values("articles", ascending=True, kind="stable")
    codes = [str(code) for code in rows["code"]]
    labels = _distinct([plain(label, 60) for label in rows["label"]])
    counts = [float(n) for n in rows["articles"]]
    changes = [_change(row.articles, row.previous, row.change, dark) for row in rows.itertuples()]
    drawn = figure(dark, _EDGES + _ROW * len(rows))
    drawn.add_trace(
        go.Bar(
            orientation="h",
            x=counts,
            y=labels,
            marker_color=[
                topic_colour(code, dark)
                if not selected or code in selected
                else css_rgba(topic_colour(code, dark), 0.3)
                for code in codes
            ],
            text=[f"{n:,.0f}  {change}" for n, change in zip(counts, changes, strict=True)],
            textposition="outside",
            cliponaxis=False,
            customdata=[
                [code, f"{share:.0%}", _words(row.previous)]
                for code, share, row in zip(codes, rows["share"].fillna(0.0), rows.itertuples(), strict=True)
            ],
            hovertemplate="<b>%{y}</b><br>%{x:,.0f} articles · %{customdata[1]} of the selection<br>"
            "%{customdata[2]}<extra></extra>",
            # The page fades by `selected`; plotly's own fading on a click would do it twice.
            selected={"marker": {"opacity": 1}},
            unselected={"marker": {"opacity": 1}},
        )
    )
    drawn.update_layout(showlegend=False, clickmode="event+select", dragmode=False, bargap=0.28)
    drawn.update_xaxes(
        range=[0, max(counts) * 1.32 or 1],
        showgrid=False,
        showticklabels=False,
        title_text="articles · change against the period before",
        fixedrange=True,
    )
    drawn.update_yaxes(
        ticks="", showgrid=False, fixedrange=True, tickfont={"color": palette(dark).text, "size": 13}
    )
    return drawn


def _distinct(labels: list[str]) -> list[str]:
    """Equal labels would share one bar: each repetition gets one more zero-width space."""
    seen: dict[str, int] = {}
    distinct = []
    for label in labels:
        distinct.append(label + "\u200b" * seen.get(label, 0))
        seen[label] = seen.get(label, 0) + 1
    return distinct


def _missing(value: object) -> bool:
    import pandas as pd

    return bool(pd.isna(value))  # type: ignore[call-overload]


def _change(articles: object, previous: object, change: object, dark: bool) -> str:
    """``+40 %``, ``−12 %``, ``new`` where the period before had none, nothing where it is unknown."""
    if _missing(previous):
        return ""
    if not float(str(previous)):
        words = "new" if float(str(articles)) else ""
    elif _missing(change):
        return ""
    else:
        percent = round(100 * float(str(change)))
        sign = "+" if percent > 0 else "−" if percent < 0 else "±"
        words = f"{sign}{abs(percent):,} %" if percent < 1000 else f"×{percent / 100 + 1:,.0f}"
    return f'<span style="color:{palette(dark).muted}">{words}</span>' if words else ""


def _words(previous: object) -> str:
    return (
        "the period before is not known"
        if _missing(previous)
        else f"{float(str(previous)):,.0f} in the period before"
    )
