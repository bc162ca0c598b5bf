"""Timeline: when it happened, or when it was published; uncertain dates as intervals."""

import streamlit as st

from dateline.ui import atlas, charts, header, listing

scene = atlas.current()
header.draw(scene, "Timeline")
if not header.empty(scene):
    charts.timeline(scene, key="timeline")
    st.header("Stories, one lane each")
    st.caption("Click a lane to open its story. A bar that fades says that the day is not known exactly.")
    stories = charts.lanes(scene, key="lanes")
    with st.expander("The stories as a table"):
        listing.stories_table(stories)
    with st.expander("The articles as a table"):
        listing.articles(atlas.frame(scene, "articles", limit=200), "The newest 200 of the selection")
