"""What the selection is about: a bar a topic, with its change against the period before."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from dateline.figures.theme import css_rgba, empty, figure, palette, plain, topic_colour

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

_ROW = 38  # pixels a topic: its label above, its bar below
_EDGES = 40
# How far the axis runs beyond the longest bar, for the words behind it.
_ROOM = 1.45


def bars(frame: pd.DataFrame, *, dark: bool, selected: Collection[str] = ()) -> go.Figure:
    """Horizontal bars in the topics' colours, the longest on top, the label above its bar.

    ``frame``: ``code``, ``label``, ``articles``, ``share`` (0..1), ``previous`` (articles in the period before) and
    ``change`` (articles - previous); the last two may be missing. Topics not in ``selected`` fade when it
    is not empty. The code is the first element of a point's ``customdata``.
    """
    if frame.empty:
        return empty(dark, 160, "No topics in this selection")
    import plotly.graph_objects as go

    rows = list(frame.sort_values("articles", ascending=False, kind="stable").itertuples())
    counts = [_number(row.articles) for row in rows]
    drawn = figure(dark, _EDGES + _ROW * len(rows))
    drawn.add_trace(
        go.Bar(
            orientation="h",
            x=counts,
            y=list(range(len(rows))),
            offset=0.06,
            width=0.34,
            marker_color=[_colour(str(row.code), dark, selected) for row in rows],
            marker_line_width=0,
            text=[f"{n:,.0f}{_change(row, dark)}" for n, row in zip(counts, rows, strict=True)],
            textposition="outside",
            textangle=0,
            textfont_size=13,
            constraintext="none",
            cliponaxis=False,
            customdata=[_custom(row) for row in rows],
            hovertemplate="<b>%{customdata[1]}</b><br>%{x:,.0f} articles · %{customdata[2]} of the selection<br>"
            "%{customdata[3]}<extra></extra>",
            # The page fades by `selected`; plotly's own fading on a click would do it twice.
            selected={"marker": {"opacity": 1}},
            unselected={"marker": {"opacity": 1}},
        )
    )
    compared = not all(_missing(row.previous) for row in rows)
    _dress(drawn, [plain(row.label, 60) for row in rows], max(counts), compared, dark)
    return drawn


def _dress(drawn: go.Figure, labels: list[str], longest: float, compared: bool, dark: bool) -> None:
    drawn.update_layout(showlegend=False, clickmode="event+select", dragmode=False)
    drawn.update_xaxes(
        range=[0, _ROOM * longest or 1],
        showgrid=False,
        showticklabels=False,
        title={"text": "articles, and the change against the period before" if compared else "articles"},
        fixedrange=True,
    )
    drawn.update_yaxes(
        range=[len(labels) - 0.45, -0.6],
        tickmode="array",
        tickvals=list(range(len(labels))),
        ticktext=labels,
        ticklabelposition="inside top",
        ticklabelshift=0,
        ticks="",
        showgrid=False,
        fixedrange=True,
        tickfont={"color": palette(dark).text, "size": 13},
    )


def _colour(code: str, dark: bool, selected: Collection[str]) -> str:
    colour = topic_colour(code, dark)
    return colour if not selected or code in selected else css_rgba(colour, 0.3)


def _missing(value: Any) -> bool:
    """None, NaN and pandas' NA, whatever the column's type."""
    import pandas as pd

    return bool(pd.isna(value))


def _number(value: Any) -> float:
    return 0.0 if _missing(value) else float(value)


def _change(row: Any, dark: bool) -> str:
    """``+40 %``, ``−12 %``, ``×12``, ``new`` where the period before had none, nothing where it is unknown."""
    if _missing(row.previous):
        return ""
    if not _number(row.previous):
        words = "new" if _number(row.articles) else ""
    elif _missing(row.change):
        words = ""
    else:
        percent = round(100 * _number(row.change) / _number(row.previous))
        sign = "+" if percent > 0 else "−" if percent < 0 else "±"
        words = f"{sign}{abs(percent)} %" if percent < 1000 else f"×{percent / 100 + 1:,.0f}"
    return f'  <span style="color:{palette(dark).muted}">{words}</span>' if words else ""


def _custom(row: Any) -> list[str]:
    before = "not known" if _missing(row.previous) else f"{_number(row.previous):,.0f}"
    return [str(row.code), plain(row.label), f"{_number(row.share):.0%}", f"{before} in the period before"]
