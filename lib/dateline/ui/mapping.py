"""The Map page's parts: its modes, the panel of the selected place, the tray of wider areas."""

from __future__ import annotations

import streamlit as st

from dateline.figures import maps
from dateline.ui import atlas, evidence, listing, names, state
from dateline.ui.atlas import Layers, Scene

_MODES = {"points": "Points", "hexagons": "Cells", "heat": "Heat", "countries": "Countries"}


def modes(scene: Scene) -> None:
    """Which kind of map; kept in the address."""
    st.session_state["map-mode"] = scene.view.map
    st.segmented_control(
        "Map",
        options=list(_MODES),
        format_func=_MODES.__getitem__,
        key="map-mode",
        required=True,
        label_visibility="collapsed",
        on_change=lambda: state.look(map=st.session_state["map-mode"]),
    )


def panel(scene: Scene, layers: Layers) -> None:
    """The sentences behind the selected places, or of the newest articles where nothing is selected."""
    if scene.filters.regions:
        st.header(listing.plain(", ".join(names.place(r) for r in scene.filters.regions)))
        st.button("Show everywhere", on_click=state.change, kwargs={"regions": ()}, type="tertiary")
    else:
        st.header("The sentences behind the dots")
        st.caption("Newest first. Click a dot or a country to see only its own.")
    found = atlas.frame(scene, "evidence", limit=20)
    evidence.sentences(found, dark=scene.dark)
    for lacking, said in (
        (maps.without_shape(layers.countries["country"]), "Not drawn, for want of a shape"),
        (maps.without_shape((), layers.divisions["place"]), "Drawn as a ring, for want of a shape"),
    ):
        if lacking:
            st.caption(f"{said}: {listing.plain(', '.join(names.place(code) for code in lacking))}")


def tray(scene: Scene, layers: Layers) -> None:
    """Wider areas and articles without a place: counted and listed, since a dot for them would lie."""
    unplaced = atlas.counts(scene).loaded - atlas.counts(scene).placed
    if layers.wider.empty and not unplaced:
        return
    st.header("Wider areas")
    st.caption("Seas and macro-regions have no single spot; they are counted here instead of drawn.")
    with st.container(horizontal=True, gap="small"):
        for row in layers.wider.itertuples():
            st.button(
                f"{listing.plain(row.name)} {row.articles:,}",
                key=f"wider-{row.place}",
                type="secondary",
                on_click=state.change,
                kwargs={"regions": (row.place,)},
            )
    if unplaced:
        st.caption(f"{unplaced:,} of {atlas.counts(scene).loaded:,} articles have no place at all.")
