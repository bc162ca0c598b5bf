"""The atlas a session looks at, and its frames, cached by snapshot and filters (never by a frame)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from dateline.figures import maps
from dateline.filters import Filters, Members, View
from dateline.homes import default_store, find_snapshot
from dateline.homes import members as _members
from dateline.query import Atlas, Counts
from dateline.store import Snapshot, Store, StoreError
from dateline.ui import names, state, watching

# Snapshots that are open at once on a server; each holds its keys in memory (about 0.4 GB at a million mentions).
_OPEN = 3
_FRAMES = 512


@st.cache_resource(show_spinner=False)
def members() -> Members:
    """What lies in each macro-region."""
    return _members()


@st.cache_resource(max_entries=_OPEN, show_spinner="Opening the atlas …")
def _open(folder: str, name: str) -> Atlas:
    from deltalake.exceptions import DeltaError
    from duckdb import Error as DuckDBError

    snapshot = Store(folder).snapshot(name)
    if snapshot is None:
        raise LookupError(f"there is no snapshot {name} in {folder}")
    try:
        return Atlas(snapshot, members())
    except (DeltaError, DuckDBError) as error:
        first = str(error).partition("\n")[0]
        raise StoreError(f"Snapshot {name} in {folder} is damaged: {first}") from error


@dataclass(frozen=True, slots=True)
class Scene:
    """What one run of a page shows: the atlas, the selection, the view, and whether it is the sample.

    ``newest`` names the newest snapshot when the one on screen is an older, pinned one.
    """

    atlas: Atlas
    filters: Filters
    view: View
    sample: bool
    dark: bool
    newest: str | None = None

    @property
    def key(self) -> tuple[str, str]:
        """The snapshot, as a cache key."""
        snapshot = self.atlas.snapshot
        return str(snapshot.folder), snapshot.name

    def but(self, filters: Filters) -> Scene:
        """The same scene with other filters."""
        return Scene(self.atlas, filters, self.view, self.sample, self.dark, self.newest)


def scene() -> Scene:
    """The scene of this run; an unknown pinned snapshot is said and the newest shown."""
    view = state.view()
    snapshot, sample = find_snapshot(view.snapshot)
    if snapshot is None:
        state.note(f"data={view.snapshot}: this server has no such snapshot; the newest is shown")
        state.look(snapshot=None)
        view = state.view()
        snapshot, sample = find_snapshot(None)
    if snapshot is None:
        raise LookupError("there is neither an atlas nor a sample")
    if view.snapshot is None:
        # New articles are offered and not pressed on the reader; only a pinned snapshot has a newest beside it.
        snapshot, sample = watching.kept(snapshot, sample)
    atlas = _open(str(snapshot.folder), snapshot.name)
    newest = _newer(snapshot, sample) if view.snapshot else None
    return Scene(atlas, state.filters(), view, sample, is_dark(), newest)


def current() -> Scene:
    """The scene app.py made for this run."""
    found: Scene = st.session_state["scene"]
    return found


def _newer(shown: Snapshot, sample: bool) -> str | None:
    own = Store(default_store()).latest()
    if own is None or not own.articles or (not sample and own.name == shown.name):
        return None
    return own.name


def is_dark() -> bool:
    """Whether the reader's theme is dark."""
    return getattr(st.context.theme, "type", None) == "dark"


def is_phone() -> bool:
    """Whether the browser says it is a phone's; the map then frames its labels for a narrow screen."""
    return "Mobi" in (st.context.headers.get("User-Agent") or "")


def counts(scene: Scene) -> Counts:
    """See :meth:`dateline.query.Atlas.counts`."""
    return _counts(scene.key, scene.filters)


@st.cache_data(max_entries=_FRAMES, show_spinner=False)
def _counts(key: tuple[str, str], filters: Filters) -> Counts:
    return _open(*key).counts(filters)


@st.cache_data(max_entries=_FRAMES, show_spinner=False)
def _frame(key: tuple[str, str], question: str, filters: Filters, **options: Any) -> pd.DataFrame:
    frame: pd.DataFrame = getattr(_open(*key), question)(filters, **options)
    return frame


def frame(scene: Scene, question: str, **options: Any) -> pd.DataFrame:
    """The frame of a question of :class:`dateline.query.Atlas` for the scene's selection."""
    return _frame(scene.key, question, scene.filters, **options)


@st.cache_data(max_entries=_FRAMES, show_spinner=False)
def _extent(key: tuple[str, str], filters: Filters) -> tuple[date, date] | None:
    return _open(*key).extent(filters)


def extent(scene: Scene, filters: Filters | None = None) -> tuple[date, date] | None:
    """First and last day of a selection (by default the scene's) on its axis."""
    return _extent(scene.key, scene.filters if filters is None else filters)


@st.cache_data(max_entries=_FRAMES, show_spinner=False)
def _window(key: tuple[str, str], filters: Filters) -> tuple[date, date, int] | None:
    return _open(*key).window(filters)


def window(scene: Scene) -> tuple[date, date, int] | None:
    """See :meth:`dateline.query.Atlas.window`."""
    return _window(scene.key, scene.filters)


@st.cache_data(max_entries=64, show_spinner=False)
def _options(key: tuple[str, str], what: str) -> pd.DataFrame:
    return _open(*key).options(what)


def options(scene: Scene, what: str) -> pd.DataFrame:
    """What the whole snapshot offers to choose from."""
    return _options(scene.key, what)


@dataclass(frozen=True, slots=True)
class Layers:
    """The places of a selection by how exactly they are known; ``wider`` has no place on a map."""

    points: pd.DataFrame
    divisions: pd.DataFrame
    countries: pd.DataFrame
    wider: pd.DataFrame

    def camera(self) -> tuple[float, float, float]:
        """Latitude, longitude and zoom that show all of it."""
        return maps.fit_view(self.points, self.countries, self.divisions)


def layers(scene: Scene) -> Layers:
    """The selection's places: dots, shaded divisions and countries, and the tray.

    In the mode ``countries`` every article counts for its country; otherwise a country is shaded only by articles
    that name no finer place in it.
    """
    places = frame(scene, "places").copy()
    places["country_name"] = places["country"].map(names.place, na_action="ignore")
    precision = places["precision"]
    named = places[precision == 4].assign(country=places["place"])
    if scene.view.map == "countries":
        countries = frame(scene, "countries").copy()
        countries["name"] = countries["country"].map(names.place)
    else:
        countries = named[["country", "name", "articles", "stories", "killed"]]
    return Layers(
        points=places[precision <= 2],
        divisions=places[precision == 3],
        countries=countries.reset_index(drop=True),
        wider=places[precision == 5],
    )
