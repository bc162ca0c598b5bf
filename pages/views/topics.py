"""Topics: what the selected articles are about."""

import streamlit as st

from dateline.ui import atlas, charts, header, listing

scene = atlas.current()
header.draw(scene, "Topics")
if not header.empty(scene):
    charts.breakdown(scene, key="topics")
    with st.expander("The topics as a table", expanded=True):
        listing.topics_table(atlas.frame(scene, "topics"))
    st.caption("IPTC Media Topics, top level (CC BY 4.0). Each article counts for its first topic.")
