"""The look of every figure: colours for light and dark, one colour a topic, the plotly template."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import plotly.graph_objects as go

Rgba = list[int]

# What `st.plotly_chart(figure, theme=None, config=CONFIG)` takes: no mode bar, no logo, no zoom by the wheel.
CONFIG: dict[str, Any] = {
    "displayModeBar": False,
    "displaylogo": False,
    "scrollZoom": False,
    "doubleClick": "reset",
    "showTips": False,
    "responsive": True,
}

# Streamlit's own faces; both are in its package, so nothing is fetched from outside.
FONT = '"Source Sans", "Source Sans Pro", sans-serif'

# For the page to inject once: figures of equal width line up in columns.
CSS = (
    '.js-plotly-plot text, [data-testid="stMetricValue"], [data-testid="stTable"] td, [data-testid="stMarkdown"] td'
    "{font-variant-numeric:tabular-nums lining-nums}"
)


def css(dark: bool) -> str:
    """What the page's theme cannot say: ``CSS``, and texts that Streamlit draws with too little contrast."""
    c = palette(dark)
    return (
        f'{CSS} div[data-testid="stCaptionContainer"]{{opacity:1;color:{c.muted}}} '
        f'button[data-testid^="stBaseButton-primary"] p,'
        f'[data-testid="stMultiSelect"] [data-tag] :is(span,svg){{color:{c.paper}}}'
    )


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as ``#rrggbb``; ``text`` and ``muted`` reach a contrast of 4.5:1 on ``paper``, ``raised``, ``land``."""

    paper: str
    raised: str
    text: str
    muted: str
    rule: str
    accent: str
    sea: str
    land: str
    border: str  # between countries; the ramps below run from few to many
    areas: tuple[str, ...]
    cells: tuple[str, ...]
    topics: dict[str, str]


# Conflict, disaster, politics, crime, economy, environment, health and weather have hues; they are what the desks
# Dateline is made for read most. Chosen so that any two differ for trichromats and for people with protanopia,
# deuteranopia and tritanopia (tests/figures/test_theme.py measures it).
HUES: dict[str, tuple[str, str]] = {
    "medtop:16000000": ("#971e0a", "#f0735a"),
    "medtop:03000000": ("#e08a00", "#eead3a"),
    "medtop:11000000": ("#165caa", "#7ca5f4"),
    "medtop:02000000": ("#5b2a6e", "#a37bbb"),
    "medtop:04000000": ("#8a770f", "#d9d06a"),
    "medtop:06000000": ("#0f7f62", "#2fae8c"),
    "medtop:07000000": ("#cf6fa6", "#f0aad1"),
    "medtop:17000000": ("#5aaede", "#aac8fd"),
}
GREYS: dict[str, tuple[str, str]] = {
    "medtop:14000000": ("#6b6963", "#a3a19b"),
    "medtop:15000000": ("#7b7973", "#949289"),
    "medtop:13000000": ("#85837d", "#8a8881"),
    "medtop:05000000": ("#8f8d87", "#807e78"),
    "medtop:09000000": ("#999791", "#777570"),
    "medtop:01000000": ("#a3a19b", "#6e6c67"),
    "medtop:12000000": ("#adaba5", "#66645f"),
    "medtop:08000000": ("#b7b5af", "#5e5c58"),
    "medtop:10000000": ("#c1bfb9", "#565450"),
}
# Short names for legends, where the whole label of a concept would not fit.
SHORT: dict[str, str] = {
    "medtop:16000000": "Conflict",
    "medtop:03000000": "Disaster",
    "medtop:11000000": "Politics",
    "medtop:02000000": "Crime",
    "medtop:04000000": "Economy",
    "medtop:06000000": "Environment",
    "medtop:07000000": "Health",
    "medtop:17000000": "Weather",
}
OTHER = "Other topics"
_NO_TOPIC = ("#cbc9c3", "#4c4a47")

LIGHT = Palette(
    paper="#fbfaf7",
    raised="#f1efe9",
    text="#1f1e1b",
    muted="#5f5c55",
    rule="#dcd8ce",
    accent="#0b5c77",
    sea="#dbe6ea",
    land="#f7f4ed",
    border="#b8b2a5",
    areas=("#efe2c4", "#e4cf9f", "#d5b777", "#c09a52", "#a07a38"),
    cells=("#a9cad2", "#7bacb9", "#4b8b9e", "#256b82", "#0b4a61"),
    topics={code: light for code, (light, _) in (HUES | GREYS).items()},
)
DARK = Palette(
    paper="#16181b",
    raised="#1f2226",
    text="#eae7e0",
    muted="#aaa79f",
    rule="#363a40",
    accent="#6fb9d0",
    sea="#11161a",
    land="#2a2e33",
    border="#565c64",
    areas=("#3a362d", "#4a4435", "#5e533c", "#766645", "#9c8656"),
    cells=("#2f5a68", "#3f7687", "#5595a8", "#74b6ca", "#a5dcec"),
    topics={code: dark for code, (_, dark) in (HUES | GREYS).items()},
)


def palette(dark: bool) -> Palette:
    """The colours for a dark or a light page."""
    return DARK if dark else LIGHT


def topic_colour(code: str | None, dark: bool = False) -> str:
    """The colour of a top concept of the IPTC Media Topics, the same in every figure; pale grey for any other code."""
    return palette(dark).topics.get(code or "", _NO_TOPIC[dark])


def rgba(colour: str, alpha: int = 255) -> Rgba:
    """``#rrggbb`` as the four numbers 0..255 that deck.gl takes."""
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)] + [alpha]


def css_rgba(colour: str, alpha: float) -> str:
    """``#rrggbb`` with an opacity 0..1, for plotly."""
    red, green, blue, _ = rgba(colour)
    return f"rgba({red},{green},{blue},{alpha:g})"


_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")


def one_line(text: object, limit: int = 200) -> str:
    """Any value as one line of at most ``limit`` characters that can be encoded and turns no text around it."""
    line = " ".join(_UNSEEN.sub(" ", str(text)[: 4 * limit]).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def plain(text: object, limit: int = 200) -> str:
    """Text of an article, made safe for plotly, which reads ``<a href>``, ``<b>`` and entities in any label."""
    return html.escape(one_line(text, limit), quote=False)


@lru_cache(maxsize=2)
def template(dark: bool) -> go.layout.Template:
    """The plotly template: transparent, hairline rules, no frame, the page's own typeface."""
    import plotly.graph_objects as go

    c = palette(dark)
    axis = {
        "gridcolor": c.rule,
        "linecolor": c.rule,
        "zeroline": False,
        "tickfont": {"color": c.muted, "size": 12},
        "title": {"font": {"color": c.muted, "size": 12}, "standoff": 6},
        "automargin": True,
    }
    layout = go.Layout(
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"family": FONT, "color": c.text, "size": 13},
        colorway=[c.topics[code] for code in HUES],
        xaxis=axis,
        yaxis=axis,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        hoverlabel={
            "bgcolor": c.raised,
            "bordercolor": c.rule,
            "font": {"family": FONT, "color": c.text, "size": 13},
            "align": "left",
        },
        legend={"font": {"color": c.text, "size": 12}, "bgcolor": "rgba(0,0,0,0)"},
        modebar={"bgcolor": "rgba(0,0,0,0)", "color": c.muted, "activecolor": c.accent},
        newselection={"line": {"color": c.accent, "width": 1, "dash": "solid"}},
        activeselection={"fillcolor": c.accent, "opacity": 0.12},
        hovermode="closest",
        bargap=0.15,
        barcornerradius=0,
    )
    return go.layout.Template(layout=layout)


def figure(dark: bool, height: int) -> go.Figure:
    """An empty figure with the template; ``height`` in pixels, the width is the page's."""
    import plotly.graph_objects as go

    return go.Figure(layout={"template": template(dark), "height": height, "autosize": True})


def empty(dark: bool, height: int, words: str) -> go.Figure:
    """A figure that says in ``words`` why there is nothing to draw; no axes."""
    drawn = figure(dark, height)
    drawn.update_xaxes(visible=False)
    drawn.update_yaxes(visible=False)
    drawn.add_annotation(
        text=plain(words),
        showarrow=False,
        x=0.5,
        y=0.5,
        xref="paper",
        yref="paper",
        font_color=palette(dark).muted,
    )
    return drawn
