"""Overview: map, topics, timeline and stories of the selection side by side."""

import streamlit as st

from dateline.ui import atlas, charts, header, listing

scene = atlas.current()
header.draw(scene, "Overview")
if not header.empty(scene):
    left, right = st.columns([3, 2], gap="large")
    with left:
        charts.world(scene, atlas.layers(scene), height=430, key="map")
    with right:
        st.header("Topics")
        charts.breakdown(scene, key="topics")
    st.header("Over time")
    charts.timeline(scene, key="timeline")
    st.header("Stories")
    listing.stories(atlas.frame(scene, "stories", limit=12), key="story")
