"""State: the filters and the view of one browser session, between its address and its widgets.

The address is read once, when the session begins; from then on the widgets hold the truth and the address follows.
Streamlit drops the parameters of the address when the page changes, so they are written again on each run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

import streamlit as st

from dateline.filters import Filters, View, parameters_unknown
from dateline.homes import known_place

# The key of the widget that holds each field of Filters.
WIDGETS: Final = {
    "regions": "region",
    "axis": "axis",
    "scope": "scope",
    "topics": "topic",
    "sources": "source",
    "languages": "lang",
    "text": "q",
    "precisions": "precision",
}
_DATES, _STORY, _VIEW, _BEGUN, _DROPPED = "dates", "story", "view", "begun", "dropped"


def begin() -> None:
    """Read the address, once a session; what it says that means nothing is kept for :func:`dropped`."""
    if _BEGUN in st.session_state:
        return
    query = {name: st.query_params.get_all(name) for name in st.query_params}
    if page := query.pop("page", None):
        st.session_state["go"] = page[-1]
    filters, bad = Filters.from_query(query, known_region=known_place)
    view, bad_view = View.from_query(query)
    st.session_state[_BEGUN] = True
    st.session_state[_DROPPED] = [*bad, *bad_view, *parameters_unknown(query)]
    st.session_state[_VIEW] = view
    show(filters)


def dropped() -> list[str]:
    """What of the address could not be used, in plain words."""
    return list(st.session_state.get(_DROPPED, ()))


def forget_dropped() -> None:
    """The reader has seen it."""
    st.session_state[_DROPPED] = []


def note(words: str) -> None:
    """Tell the reader, above the page, that something of the address could not be used."""
    if words not in st.session_state[_DROPPED]:
        st.session_state[_DROPPED].append(words)


def show(filters: Filters) -> None:
    """Put the filters into the widgets. Only before the widgets are drawn in a run, so in callbacks."""
    for field, key in WIDGETS.items():
        value = getattr(filters, field)
        st.session_state[key] = list(value) if isinstance(value, tuple) else value
    st.session_state[_DATES] = tuple(d for d in (filters.first, filters.last) if d)
    st.session_state["open"] = (filters.first is None, filters.last is None)
    st.session_state[_STORY] = filters.story


def filters() -> Filters:
    """What the widgets say now."""
    state = st.session_state
    first, last = _range(tuple(state.get(_DATES) or ()))
    return Filters(
        regions=tuple(state.get("region") or ()),
        first=first,
        last=last,
        axis=state.get("axis") or "event",
        scope=state.get("scope") or "happened",
        topics=tuple(state.get("topic") or ()),
        sources=tuple(state.get("source") or ()),
        languages=tuple(state.get("lang") or ()),
        text=" ".join((state.get("q") or "").split())[:200],
        precisions=tuple(state.get("precision") or ()),
        story=state.get(_STORY),
    )


def _range(days: Sequence[date]) -> tuple[date | None, date | None]:
    """The two ends; one picked day is an open range where the address opened one, else it is half-picked: none."""
    if len(days) == 2:
        return days[0], days[1]
    no_first, no_last = st.session_state.get("open", (True, True))
    if len(days) == 1 and no_first != no_last:
        return (None, days[0]) if no_first else (days[0], None)
    return None, None


def dates_changed() -> None:
    """The reader picked dates: an open end that came with the address is no longer meant."""
    st.session_state["open"] = (True, True)
    moved()


def view() -> View:
    """How the selection is shown."""
    found: View = st.session_state[_VIEW]
    return found


def change(**fields: Any) -> None:
    """Change fields of the filters; for callbacks."""
    show(filters().but(**fields))
    moved()


def look(**fields: Any) -> None:
    """Change fields of the view; for callbacks."""
    st.session_state[_VIEW] = replace(view(), **fields)


def moved() -> None:
    """Another selection needs another camera: the one of the link held for the linked selection."""
    look(camera=None)


def clear() -> None:
    """All articles again; the kind of date and of place asked for stays."""
    now = filters()
    show(Filters(axis=now.axis, scope=now.scope))
    moved()


def last_days(days: int, end: date) -> None:
    """The last days of the data, not of the calendar: an archive has no today."""
    change(first=end - timedelta(days=days - 1), last=end)


def write_address(filters: Filters, view: View) -> None:
    """Make the browser's address say what is on screen; parameters of embedding stay."""
    wanted = {**filters.to_query(), **view.to_query()}
    kept = {n: st.query_params.get_all(n) for n in st.query_params if n.startswith("embed")}
    present = {n: st.query_params.get_all(n) for n in st.query_params}
    if present != {**kept, **wanted}:
        st.query_params.from_dict({**kept, **wanted})
