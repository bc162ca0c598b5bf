"""Map: where it happened, as exactly as it is known, with the sentences behind it."""

import streamlit as st

from dateline.ui import atlas, charts, header, listing, mapping

scene = atlas.current()
header.draw(scene, "Map")
if not header.empty(scene):
    mapping.modes(scene)
    layers = atlas.layers(scene)
    left, right = st.columns([3, 2], gap="large")
    with left:
        charts.world(scene, layers, height=560, key="map")
    with right:
        mapping.panel(scene, layers)
        mapping.tray(scene, layers)
    with st.expander("The map as a table"):
        listing.places_table(atlas.frame(scene, "places"))
