"""What the selection is about: a bar a topic, with its change against the period before; a map of tiles by level."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from dateline.figures.theme import css_rgba, empty, figure, palette, plain, rgba, topic_colour

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
    ``change`` (articles - previous); the last two may be missing. With ``parent`` (a top concept) a bar has its colour.
    Topics not in ``selected``, nor under one of it, fade when it is not empty. The code is the first element of a
    point's ``customdata``.
    """
    if frame.empty:
        return empty(dark, 160, "No topics in this selection")
    import plotly.graph_objects as go

    selected = frozenset(selected)
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
            marker_color=[_colour(row, dark, selected) for row in rows],
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


_TREE = 460  # pixels high
_ALL = "all"


def tree(tops: pd.DataFrame, finer: pd.DataFrame, *, dark: bool) -> go.Figure:
    """Tiles as large as their topics: first level, and inside it the second. A click goes down, the bar above goes up.

    ``tops`` is the frame of :func:`bars`; ``finer`` has ``parent`` (a code of ``tops``) beside the same columns. What
    is left of a top concept is the articles without a finer one. ``customdata`` begins with the code.
    """
    if tops.empty:
        return empty(dark, 160, "No topics in this selection")
    import plotly.graph_objects as go

    known = set(tops["code"])
    rows = [(row, _ALL, str(row.code), 1.0) for row in tops.itertuples()]
    rows += [
        (row, str(row.parent), str(row.parent), 0.82) for row in finer.itertuples() if row.parent in known
    ]
    paper = palette(dark).paper
    colours = [blend(topic_colour(hue, dark), paper, share) for _, _, hue, share in rows]
    drawn = figure(dark, _TREE)
    drawn.add_trace(
        go.Treemap(
            ids=[_ALL, *(str(row.code) for row, *_ in rows)],
            parents=["", *(parent for _, parent, *_ in rows)],
            labels=["All topics", *(plain(row.label, 60) for row, *_ in rows)],
            values=[int(tops["articles"].sum()), *(_number(row.articles) for row, *_ in rows)],
            text=["", *(f"{_number(row.articles):,.0f}{_told(row)}" for row, *_ in rows)],
            customdata=[["", "", "", ""], *(_custom(row) for row, *_ in rows)],
            branchvalues="total",
            maxdepth=3,
            textinfo="label+text",
            texttemplate="%{label}<br>%{text}",
            hovertemplate="<b>%{label}</b><br>%{value:,.0f} articles · %{customdata[2]} of the selection<br>"
            "%{customdata[3]}<extra></extra>",
            marker={
                "colors": [paper, *colours],
                "line": {"color": paper, "width": 1},
                "pad": {"t": 24, "l": 3, "r": 3, "b": 3},
            },
            textfont={"size": 13, "color": [palette(dark).text, *(ink(colour) for colour in colours)]},
            pathbar={"visible": True, "thickness": 24, "textfont": {"color": palette(dark).text, "size": 13}},
            tiling={"packing": "squarify", "pad": 2},
            root_color="rgba(0,0,0,0)",
        )
    )
    drawn.update_layout(margin={"t": 28, "l": 0, "r": 0, "b": 0}, uniformtext={"minsize": 11, "mode": "hide"})
    return drawn


def blend(colour: str, paper: str, share: float) -> str:
    """A mix of two ``#rrggbb``: ``share`` (0..1) of the first."""
    parts = zip(rgba(colour)[:3], rgba(paper)[:3], strict=True)
    return "#" + "".join(f"{round(share * a + (1 - share) * b):02x}" for a, b in parts)


def ink(colour: str) -> str:
    """Black or white, whichever stands out more from ``#rrggbb`` (relative luminance, WCAG 2)."""
    light = [c / 255 for c in rgba(colour)[:3]]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in light]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#000000" if (luminance + 0.05) ** 2 > 1.05 * 0.05 else "#ffffff"


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


def _colour(row: Any, dark: bool, selected: frozenset[str]) -> str:
    """A topic's colour, or that of the top concept it lies under."""
    code, parent = str(row.code), str(getattr(row, "parent", row.code))
    colour = topic_colour(parent, dark)
    return colour if not selected or selected & {code, parent} else css_rgba(colour, 0.3)


def _missing(value: Any) -> bool:
    """None, NaN and pandas' NA, whatever the column's type."""
    import pandas as pd

    return bool(pd.isna(value))


def _number(value: Any) -> float:
    return 0.0 if _missing(value) else float(value)


def _change(row: Any, dark: bool) -> str:
    """The change behind a bar, muted."""
    words = _changed(row)
    return f'  <span style="color:{palette(dark).muted}">{words}</span>' if words else ""


def _told(row: Any) -> str:
    words = _changed(row)
    return f" · {words}" if words else ""


def _changed(row: Any) -> str:
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
    return words


def _custom(row: Any) -> list[str]:
    before = "not known" if _missing(row.previous) else f"{_number(row.previous):,.0f}"
    share = getattr(row, "previous_share", None)
    of_all = "" if _missing(share) else f" ({_number(share):.0%} of that period's)"
    return [
        str(row.code),
        plain(row.label),
        f"{_number(row.share):.0%}",
        f"{before} in the period before{of_all}",
    ]
