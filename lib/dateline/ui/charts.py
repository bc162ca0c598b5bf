"""Charts: a figure on the page, and what a click on it filters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from dateline.figures import maps, theme, timelines, tolls, topics
from dateline.ui import atlas, listing, state
from dateline.ui.atlas import Layers, Scene

if TYPE_CHECKING:
    import plotly.graph_objects as go

_STEPS = {
    "day": pd.DateOffset(days=1),
    "week": pd.DateOffset(weeks=1),
    "month": pd.DateOffset(months=1),
    "year": pd.DateOffset(years=1),
}


def world(scene: Scene, layers: Layers, *, height: int, key: str) -> None:
    """The map, its legend and note, and its table twin. A click filters by the place."""
    camera = scene.view.camera or layers.camera()
    deck = maps.deck(
        layers.points,
        layers.countries,
        layers.divisions,
        mode=scene.view.map,
        metric=scene.view.metric,
        dark=scene.dark,
        view=camera,
        selected=scene.filters.regions,
        frame=maps.PHONE if atlas.is_phone() else maps.FRAME,
    )
    if len(layers.points) > maps.MAX_POINTS:
        st.caption(
            f"The {maps.MAX_POINTS:,} places with the most articles are drawn; narrow the filters to see others."
        )
    st.pydeck_chart(
        deck,
        height=height,
        key=key,
        selection_mode="single-object",
        on_select=lambda: _picked(st.session_state[key]),
        alt="Map of the places of the selected articles; the table below lists them.",
    )
    _shades(scene, layers)
    st.caption(maps.BORDERS)


def _shades(scene: Scene, layers: Layers) -> None:
    """Which shade stands for how many."""
    values = [v for v in layers.countries[scene.view.metric] if not pd.isna(v)]
    classes = maps.shades(values, dark=scene.dark)
    if not classes:
        return
    what = {"articles": "articles", "stories": "stories", "killed": "killed"}[scene.view.metric]
    placed = (
        "in the country" if scene.view.map == "countries" else "placed no finer than the country or division"
    )
    box = "display:inline-block;width:1em;height:.8em;margin:0 .35em 0 .8em"
    swatches = "".join(f'<span style="{box};background:{s.colour}"></span>{s.words}' for s in classes)
    st.html(f'<div style="font-size:.875rem">{what.capitalize()} {placed}:{swatches}</div>')


def _picked(event: Mapping[str, Any]) -> None:
    """Filter by the place of the clicked object; a click beside everything changes nothing."""
    objects = (event.get("selection") or {}).get("objects") or {}
    for found in objects.values():
        for thing in found:
            code = (thing.get("properties") or thing).get("place")
            if isinstance(code, str) and code:
                state.change(regions=(code,))
                return


def timeline(scene: Scene, *, key: str) -> None:
    """Bars over time. A brush or a click filters by the days."""
    window = atlas.window(scene)
    if window is None:
        st.caption("No article of the selection is dated on this axis.")
        return
    first, last, outside = window
    unit = timelines.choose_unit(first, last)
    frame = atlas.frame(scene, "timeline", unit=unit)
    start = pd.Timestamp(first) - _STEPS[unit]
    frame = frame[(frame["period"] > start) & (frame["period"] <= pd.Timestamp(last))]
    selected = (scene.filters.first, scene.filters.last)
    figure = timelines.bars(
        frame,
        unit=unit,
        dark=scene.dark,
        selected=selected if all(selected) else None,  # type: ignore[arg-type]
    )
    st.plotly_chart(
        figure,
        theme=None,
        config=theme.CONFIG,
        key=key,
        selection_mode=("points", "box"),
        on_select=lambda: _brushed(st.session_state[key], unit),
        alt="Articles over time by topic; the table on the Timeline page lists them.",
    )
    if outside:
        st.caption(f"{outside:,} articles far outside this span are not drawn; pick dates to see them.")


def _brushed(event: Mapping[str, Any], unit: str) -> None:
    selection = event.get("selection") or {}
    days: list[date] = []
    for box in selection.get("box") or ():
        days += [d for x in box.get("x") or () if (d := _day(x))]
    for point in selection.get("points") or ():
        if not selection.get("box") and (inside := _day(point.get("x"))):
            # The figure puts a bar at the middle of its period.
            start = period_start(inside, unit)
            days += [start, period_end(start, unit)]
    if days:
        state.change(first=min(days), last=max(days))


def _day(value: object) -> date | None:
    try:
        return pd.Timestamp(str(value)).date()
    except ValueError:
        return None


def period_start(day: date, unit: str) -> date:
    """The first day of the day, week (Monday), month or year that ``day`` lies in."""
    if unit == "week":
        return day - timedelta(days=day.weekday())
    return {"day": day, "month": day.replace(day=1), "year": day.replace(month=1, day=1)}[unit]


def period_end(start: date, unit: str) -> date:
    """The last day of the day, week, month or year that begins with ``start``."""
    return (pd.Timestamp(start) + _STEPS[unit] - pd.Timedelta(days=1)).date()


LANES = {"dated": "Most told first", "newest": "Newest first"}


def lanes(scene: Scene, *, key: str) -> pd.DataFrame:
    """A lane a story, those that most of the selected articles tell first; the frame that was drawn.

    A click opens the story.
    """
    order = (
        st.segmented_control(
            "Order of the stories",
            options=list(LANES),
            format_func=LANES.__getitem__,
            default="dated",
            key=f"{key}-order",
            required=True,
            label_visibility="collapsed",
        )
        or "dated"
    )
    frame = atlas.frame(scene, "stories", limit=timelines.MAX_LANES, order=order)
    _bars(
        timelines.lanes(frame, dark=scene.dark),
        key,
        listing.open_story,
        "Stories over time, one lane each; the table below lists them.",
    )
    return frame


def ledger(scene: Scene, figures: pd.DataFrame, *, key: str) -> None:
    """A story's figures as steps, with what their marks mean."""
    st.subheader("Figures as they were reported")
    st.plotly_chart(
        tolls.steps(figures, dark=scene.dark),
        theme=None,
        config=theme.CONFIG,
        key=key,
        alt="Figures of the story over the time they were published; the table below lists each with its sentence.",
    )
    st.caption(" · ".join(_marks_of(tolls.drawn(figures))))
    undated = figures.loc[figures["published_on"].isna(), "article"].nunique()
    if undated:
        those = listing.many(undated, "article without a date gives", "articles without a date give")
        st.caption(f"{those} figures too: in the table, but not on the line.")


def _marks_of(rows: pd.DataFrame) -> list[str]:
    """What the marks on screen mean: only those that occur."""
    said = [
        ("▲ at least, or more than", rows["qualifier"].isin(tolls.OPEN_UPWARD)),
        ("▼ at most", rows["qualifier"].isin(tolls.OPEN_DOWNWARD)),
        ("○ no number written (“dozens”): the least it can be", rows["vague"].astype(bool)),
        ("I from the lowest to the highest of a range", rows["high"].notna() & (rows["high"] != rows["low"])),
    ]
    return [
        *(words for words, rows_of in said if rows_of.any()),
        "Each figure is one article's own and holds until another is published; figures are never added up.",
    ]


def breakdown(scene: Scene, *, key: str) -> None:
    """Bars by topic. A click filters by the topic."""
    _bars(
        topics.bars(atlas.frame(scene, "topics"), dark=scene.dark, selected=scene.filters.topics),
        key,
        lambda code: state.change(topics=(code,)),
        "Articles by topic; the table on the Topics page lists them.",
    )


MOST_BARS = 12


def finer(scene: Scene, *, key: str) -> None:
    """Bars by second-level topic, the most frequent. A click filters by the topic: one on a tile cannot."""
    frame = atlas.frame(scene, "subjects").head(MOST_BARS)
    _bars(
        topics.bars(frame, dark=scene.dark, selected=scene.filters.topics),
        key,
        lambda code: state.change(topics=(code,)),
        "Articles by second-level topic; the table on the Topics page lists them.",
    )


def tree(scene: Scene, *, key: str) -> None:
    """Tiles by topic, to go down to the second level by a click."""
    st.plotly_chart(
        topics.tree(atlas.frame(scene, "topics"), atlas.frame(scene, "subjects"), dark=scene.dark),
        theme=None,
        config=theme.CONFIG,
        key=key,
        alt="Tiles as large as the topics of the selection, first and second level; the tables below list them.",
    )


def _bars(figure: go.Figure, key: str, clicked: Callable[[str], None], alt: str) -> None:
    """A figure whose bars can be clicked; ``clicked`` is handed the code of the bar."""

    def select() -> None:
        if code := _first_custom(st.session_state[key]):
            clicked(code)

    st.plotly_chart(
        figure, theme=None, config=theme.CONFIG, key=key, selection_mode="points", on_select=select, alt=alt
    )


def _first_custom(event: Mapping[str, Any]) -> str | None:
    points: Sequence[Mapping[str, Any]] = (event.get("selection") or {}).get("points") or ()
    for point in points:
        custom = point.get("customdata")
        if isinstance(custom, Mapping):
            custom = list(custom.values())
        if custom:
            return str(custom[0] if isinstance(custom, Sequence) and not isinstance(custom, str) else custom)
    return None
