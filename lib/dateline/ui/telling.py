"""A story as it was told: its articles in order, one map, every figure with its source, the evidence marked."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dateline.ui import atlas, charts, evidence, listing, names, state
from dateline.ui.atlas import Scene

_PAGE = 25


def page(scene: Scene) -> pd.DataFrame:
    """One page of the list of stories, with the pager above it."""
    total = atlas.counts(scene).stories
    pages = max(1, -(-total // _PAGE))
    if pages > 1:
        number = st.number_input(
            f"Page (of {pages:,})", min_value=1, max_value=pages, value=1, key="page", width=160
        )
    else:
        number = 1
    return atlas.frame(scene, "stories", limit=_PAGE, offset=(int(number) - 1) * _PAGE)


def story(scene: Scene) -> None:
    """The story of the filters."""
    head = atlas.frame(scene, "stories", limit=1)
    st.button(
        "All stories",
        on_click=state.change,
        kwargs={"story": None},
        icon=":material/arrow_back:",
        type="tertiary",
    )
    if head.empty:
        return
    row = head.iloc[0]
    st.header(listing.plain(row["title"]))
    parts = [
        row["places"] if isinstance(row["places"], str) else "place unknown",
        listing.when(row["first"], row["last"], row["granularity"]),
        listing.toll(row["killed_said"], row["injured_said"]),
        names.topic(row["topic"]) if isinstance(row["topic"], str) else "",
    ]
    st.caption(" · ".join(listing.plain(p) for p in parts if p))
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.html(f'{evidence.style(scene.dark)}<div class="evidence">{evidence.legend()}</div>')
        for article in scene.atlas.story_articles(scene.filters.story or ""):
            if found := scene.atlas.article(article):
                with st.container(border=True):
                    evidence.article(found, dark=scene.dark)
    with right:
        charts.world(scene, atlas.layers(scene), height=320, key="map")
        ledger(scene)


def ledger(scene: Scene) -> None:
    """Every figure the story's articles give, in the order they were published; never added up."""
    rows = atlas.frame(scene, "articles", limit=500)
    rows = rows[rows["killed"].notna() | rows["injured"].notna()].sort_values(
        "published_on", na_position="last"
    )
    if rows.empty:
        return
    st.subheader("Figures as reported")
    st.dataframe(
        pd.DataFrame(
            {
                "Published": rows["published_on"],
                "Source": rows["source"],
                "Killed": rows["killed_said"],
                "Injured": rows["injured_said"],
            }
        ),
        hide_index=True,
        column_config={"Published": st.column_config.DateColumn(format="YYYY-MM-DD")},
    )
    st.caption("Each row is one article's own figure. The story counts the newest, never their sum.")
