"""The top of every page: the selection in words, the denominators, and what the reader should know first."""

from __future__ import annotations

import streamlit as st

from dateline.filters import days_in_words
from dateline.query import preceding
from dateline.store import StoreError
from dateline.ui import atlas, listing, names, session, state, telling, watching
from dateline.ui.atlas import Scene


def draw(scene: Scene, title: str) -> None:
    """Title, sentence and denominators; each denominator opens the list of what is missing."""
    _notices(scene)
    if scene.view.snapshot is None:
        watching.notice(*scene.key, scene.dark)
    telling.notice(scene)
    st.title(title)
    st.markdown(f"**{listing.plain(words(scene))}**")
    _denominators(scene)


def words(scene: Scene) -> str:
    """The selection as a sentence."""
    story = scene.filters.story
    titles = scene.atlas.story_titles([story]) if story else {}
    return scene.filters.to_words(lambda code: titles.get(code) or names.of(code))


def broken(error: StoreError) -> None:
    """Instead of a page: the store cannot be read, what of it, and what to do."""
    st.title("The atlas cannot be read")
    st.error(listing.plain(session.told(error)))
    st.markdown(
        "Restore the folder from a copy, or move it away and read the articles again; another folder is named by "
        "`dateline serve --store`. Then reload this page."
    )


def _notices(scene: Scene) -> None:
    for text in state.dropped():
        st.warning(listing.plain(f"Left out of the address — {text}."))
    if state.dropped():
        st.button("Dismiss", on_click=state.forget_dropped, type="tertiary")
    if scene.sample and scene.newest is None:
        st.caption(
            f":material/info: This is the sample corpus: {scene.atlas.snapshot.articles} briefs about real events, "
            "most of 2025. Bring your own under **Sources**; nothing leaves this machine."
        )
    elif scene.sample:
        left, right = st.columns([5, 1], vertical_alignment="center")
        left.info("This link shows the sample corpus.")
        right.button("Show my articles", on_click=state.look, kwargs={"snapshot": None, "camera": None})
    elif scene.newest:
        left, right = st.columns([5, 1], vertical_alignment="center")
        left.info(f"The link pins snapshot {scene.atlas.snapshot.name}; the newest is {scene.newest}.")
        right.button("Show the newest", on_click=state.look, kwargs={"snapshot": None, "camera": None})


def _denominators(scene: Scene) -> None:
    counts = atlas.counts(scene)
    by = "an event date" if scene.filters.axis == "event" else "a publication date"
    with st.container(horizontal=True, gap="small", key="denominators"):
        with st.popover(
            f"{counts.loaded:,} of {counts.total:,} loaded",
            type="tertiary",
            on_change="rerun",
            key="of-loaded",
        ) as box:
            if box.open:
                listing.articles(atlas.frame(scene, "articles", limit=100), "The first 100 of the selection")
        _lacking(
            scene,
            f"{counts.placed:,} placed",
            "place",
            counts.loaded - counts.placed,
            "no place was found in the text, or none it is sure of",
        )
        _lacking(
            scene,
            f"{counts.dated:,} dated",
            "date",
            counts.loaded - counts.dated,
            f"{by} could not be read from it",
        )
        with st.popover(
            listing.many(counts.stories, "story", "stories"),
            type="tertiary",
            on_change="rerun",
            key="of-stories",
        ) as box:
            if box.open:
                listing.stories_table(atlas.frame(scene, "stories", limit=100))


def _lacking(scene: Scene, label: str, what: str, missing: int, why: str) -> None:
    with st.popover(label, type="tertiary", on_change="rerun", key=f"of-{what}") as box:
        if not box.open:
            return
        if not missing:
            st.markdown("Every article of the selection has one.")
            return
        listing.articles(
            atlas.frame(scene, "articles", limit=100, lacking=what),
            f"{missing:,} articles without: {why}",
        )


def compared(scene: Scene) -> None:
    """What a change is measured against: both periods with their days and their articles."""
    before = preceding(scene.filters)
    if before is None or not before.first or not before.last:
        st.caption(
            "Filter a range of dates, with both ends, to see the change against the period of equal length before."
        )
        return
    now, then = atlas.counts(scene).loaded, atlas.counts(scene.but(before)).loaded
    days = days_in_words(before.first, before.last)
    st.caption(
        f"Change: {listing.many(now, 'article', 'articles')} here, {listing.many(then, 'article', 'articles')} in "
        f"the period before ({days})."
    )


def empty(scene: Scene) -> bool:
    """Say what to do when nothing is selected; True where that is so."""
    if atlas.counts(scene).loaded:
        return False
    if telling.gone(scene):
        return True
    with st.container(border=True):
        if scene.atlas.snapshot.articles:
            st.header("No article fits these filters")
            st.markdown(
                f"{listing.plain(words(scene))}: none. Widen the dates, take a filter away, or start over."
            )
            left, middle, _ = st.columns([1, 1, 2])
            left.button("Clear the filters", on_click=state.clear, type="primary", key="clear-empty")
            if scene.filters.axis == "event" and (scene.filters.first or scene.filters.last):
                middle.button("Use publication dates", on_click=state.change, kwargs={"axis": "published"})
        else:
            st.header("Nothing has been read yet")
            st.page_link("pages/views/sources.py", label="Add articles: paste a page or upload files")
    return True
