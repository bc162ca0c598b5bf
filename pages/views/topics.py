"""Topics: what the selected articles are about, on two levels, and the words that set them apart."""

import streamlit as st

from dateline.query import preceding
from dateline.ui import atlas, charts, header, listing

scene = atlas.current()
header.draw(scene, "Topics")
if not header.empty(scene):
    header.compared(scene)
    charts.breakdown(scene, key="topics")
    with st.expander("The topics as a table", expanded=True):
        listing.topics_table(atlas.frame(scene, "topics"))
    st.header("Second level")
    finer = atlas.frame(scene, "subjects")
    if finer.empty:
        st.caption("No article of the selection says enough for a second-level topic.")
    else:
        charts.tree(scene, key="tree")
        st.caption(
            "A click on a tile goes down a level, one on the line above it up. A click on a bar filters."
        )
        charts.finer(scene, key="subjects")
        with st.expander("The second level as a table"):
            listing.topics_table(finer)
    st.caption(
        "IPTC Media Topics, two levels (CC BY 4.0). Each article counts once a level: for its first topic, and for the "
        "likeliest second-level one under it."
    )
    left, right = st.columns(2, gap="large")
    with left:
        st.header("Distinctive terms")
        terms = atlas.frame(scene, "terms")
        if not terms.empty:
            listing.terms_table(terms, "In the rest")
            st.caption("Words that the selected articles use more than the rest of the atlas does.")
        elif scene.filters:
            st.caption("No word sets these articles apart from the rest of the atlas.")
        else:
            st.caption("All articles are selected. Filter some to see which words set them apart.")
    with right:
        st.header("Rising terms")
        rising = atlas.frame(scene, "terms", against="previous")
        if not rising.empty:
            listing.terms_table(rising, "Before")
            st.caption("Words used more than in the period of equal length before.")
        elif preceding(scene.filters) is None:
            st.caption("Filter a range of dates to see which words rise against the period before.")
        else:
            st.caption("No word rises against the period before, or that period has no articles.")
