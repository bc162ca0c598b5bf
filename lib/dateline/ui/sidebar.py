"""The filter bar: region, dates, topic, source, words, and the link that carries them all."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import streamlit as st

from dateline.filters import AXES, METRICS, PRECISION_WORDS, SCOPES, Filters
from dateline.ui import atlas, link, names, state
from dateline.ui.atlas import Scene

_AXIS = {"event": "Event date", "published": "Publication"}
_SCOPE = {"happened": "Happened in", "mentions": "Mentions"}
_METRIC = {"articles": "Articles", "stories": "Stories", "killed": "People killed"}
_PRESETS = {7: "Last 7 days", 30: "Last 30 days"}


def draw(scene: Scene, page: str) -> None:
    """The whole bar, in the sidebar; ``page`` is the address of the page on screen."""
    with st.sidebar:
        _region(scene)
        _dates(scene)
        _choice("Topic", "topic", atlas.options(scene, "topic"), names.topic, "Any topic")
        _choice("Source", "source", atlas.options(scene, "source"), str, "Any source")
        st.text_input(
            "Words in the text",
            key="q",
            max_chars=200,
            placeholder="flood, “gas pipeline” …",
            help="All words must occur; put a phrase in double quotes.",
            on_change=state.moved,
        )
        with st.expander("More filters", expanded=bool(scene.filters.languages or scene.filters.precisions)):
            _choice("Language", "lang", atlas.options(scene, "language"), names.language, "Any language")
            st.multiselect(
                "Placed to",
                options=list(PRECISION_WORDS),
                key="precision",
                format_func=lambda p: PRECISION_WORDS[p],
                placeholder="Any precision",
                on_change=state.moved,
            )
            _metric(scene)
        left, right = st.columns(2)
        left.button(
            "Clear",
            on_click=state.clear,
            disabled=not scene.filters,
            width="stretch",
            help="Show all articles again.",
        )
        with right:
            link.copy(scene, page)
        link.download(scene)


def _region(scene: Scene) -> None:
    st.multiselect(
        "Region",
        options=regions(scene),
        key="region",
        format_func=region_label,
        placeholder="Anywhere",
        help="Wider areas, countries, first-order divisions and places. Type to search.",
        on_change=state.moved,
    )
    st.segmented_control(
        "Place counts when the article",
        options=SCOPES,
        key="scope",
        format_func=_SCOPE.__getitem__,
        required=True,
        on_change=state.moved,
        label_visibility="collapsed",
        width="stretch",
    )


def regions(scene: Scene) -> list[str]:
    """Codes to choose from: wider areas, then each country with its divisions, as far as the snapshot has any."""
    countries = list(atlas.options(scene, "country")["value"])
    divisions = list(atlas.options(scene, "admin1")["value"])
    wider = sorted(_wider(countries, atlas.options(scene, "wider")["value"]), key=names.place)
    listed = list(wider)
    for country in sorted(countries, key=names.place):
        listed.append(country)
        listed += sorted((d for d in divisions if d.startswith(country + ".")), key=names.place)
    # A code of the link that the snapshot does not hold stays selectable: it just matches nothing.
    return listed + [code for code in scene.filters.regions if code not in set(listed)]


def _wider(countries: Iterable[str], named: Iterable[str]) -> set[str]:
    """Macro-regions that any of the countries lies in, and the wider areas that articles name."""
    present = set(countries)
    inside = atlas.members().of
    return {code for code, (within, _, _) in inside.items() if present.intersection(within)} | set(named)


def region_label(code: str) -> str:
    """ "South Caucasus (wider area)", "Georgia", "Georgia › Adjara"."""
    if "." in code:
        country = names.place(code[:2])
        return f"{country} › {names.place(code).removesuffix(', ' + country)}"
    if code[:1].islower() and not code.startswith("g"):
        return f"{names.place(code)} (wider area)"
    if code.islower() and not code[1:].isdigit():
        return f"{names.place(code)} (wider area)"
    return names.place(code)


def _dates(scene: Scene) -> None:
    whole = atlas.extent(scene, Filters(axis=scene.filters.axis))
    st.date_input(
        "Dates",
        key="dates",
        value=[],
        format="YYYY-MM-DD",
        min_value=date(1900, 1, 1),
        max_value=date(2100, 12, 31),
        on_change=state.dates_changed,
        help="First and last day. An event with an uncertain date counts when its span touches the range.",
    )
    if whole:
        with st.container(horizontal=True, gap="small"):
            for days, label in _PRESETS.items():
                st.button(label, on_click=state.last_days, args=(days, whole[1]), type="tertiary")
            st.button(
                "All dates",
                on_click=state.change,
                kwargs={"first": None, "last": None},
                type="tertiary",
                disabled=not (scene.filters.first or scene.filters.last),
            )
    st.segmented_control(
        "Dates are those of the",
        options=AXES,
        key="axis",
        format_func=_AXIS.__getitem__,
        required=True,
        on_change=state.moved,
        label_visibility="collapsed",
        width="stretch",
    )


def _choice(label: str, key: str, frame: Any, name: Any, anything: str) -> None:
    counted = dict(zip(frame["value"], frame["articles"], strict=True))
    chosen = [v for v in st.session_state.get(key, ()) if v not in counted]
    st.multiselect(
        label,
        options=[*counted, *chosen],
        key=key,
        placeholder=anything,
        on_change=state.moved,
        format_func=lambda v: f"{name(v)} ({counted.get(v, 0):,})",
    )


def _metric(scene: Scene) -> None:
    st.selectbox(
        "Size and shade by",
        options=METRICS,
        index=METRICS.index(scene.view.metric),
        format_func=_METRIC.__getitem__,
        key="metric",
        on_change=lambda: state.look(metric=st.session_state["metric"]),
    )
