"""A story as it was told: its articles in order, one map, every figure with its sentence, the evidence marked."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from dateline.figures import tolls
from dateline.ui import atlas, charts, correcting, evidence, listing, names, state
from dateline.ui.atlas import Scene

_PAGE = 25
_MOVED = "moved"


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


def followed(scene: Scene) -> Scene:
    """The scene with the story that now holds the one asked for, where that one was merged since the link was made.

    Before the widgets of a run are drawn: it puts the new story into the filters. A story that fell into several
    stays as asked for; :func:`gone` lists its parts.
    """
    asked = scene.filters.story
    if not asked or scene.atlas.story_titles([asked]):
        return scene
    heirs = scene.atlas.heirs(asked)
    if len(heirs) != 1:
        return scene
    heir = str(heirs["story"].iloc[0])
    st.session_state[_MOVED] = heir
    filters = scene.filters.but(story=heir)
    state.show(filters)
    return scene.but(filters)


def notice(scene: Scene) -> None:
    """Above the page: that a link named a story which has since become part of the one on screen."""
    shown = scene.filters.story
    if shown and st.session_state.get(_MOVED) == shown:
        title = scene.atlas.story_titles([shown]).get(shown, shown)
        st.info(
            f"The link names a story that was merged into “{listing.plain(title)}” since; this is shown instead."
        )


def gone(scene: Scene) -> bool:
    """Instead of a page: the parts of a story that fell apart, or that there is none of that name; False for others."""
    asked = scene.filters.story
    if not asked or scene.atlas.story_titles([asked]):
        return False
    heirs = scene.atlas.heirs(asked)
    with st.container(border=True):
        if heirs.empty:
            st.header("There is no such story")
            st.markdown(
                f"The link names the story {listing.plain(asked)}, which this atlas does not have. "
                "It may be of another atlas, or of a snapshot this one has not got."
            )
        else:
            st.header(f"This story was split into {len(heirs):,}")
            st.markdown("Its articles are told apart now. These stories hold them:")
            _parts(heirs, "part")
        st.button("All stories", on_click=state.change, kwargs={"story": None}, key="story-gone")
    return True


def _parts(heirs: pd.DataFrame, key: str) -> None:
    rows: list[Any] = list(heirs.head(_PAGE).itertuples())
    for number, row in enumerate(rows):
        st.button(
            f"{listing.plain(row.title)} · {listing.many(row.articles, 'article', 'articles')}",
            key=f"{key}-{number}",
            type="tertiary",
            on_click=listing.open_story,
            args=(row.story,),
        )


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
    _split_off(scene)
    correcting.story(scene, {str(name): value for name, value in row.items()})
    figures = scene.atlas.tolls(str(row["story"]))
    left, right = st.columns([3, 2], gap="large")
    with right:
        charts.world(scene, atlas.layers(scene), height=320, key="map")
    if figures.empty:
        with left:
            _articles(scene)
        return
    with left:
        charts.ledger(scene, figures, key="ledger")
    ledger(figures, dark=scene.dark)
    st.subheader("Articles")
    _articles(scene)


def _split_off(scene: Scene) -> None:
    heirs = scene.atlas.heirs(scene.filters.story or "")
    if not heirs.empty:
        st.caption("Articles that were once part of this story now tell others:")
        _parts(heirs, "split")


def _articles(scene: Scene) -> None:
    """The story's articles in the order they were published, each with its marks and their legend."""
    for article in scene.atlas.story_articles(scene.filters.story or ""):
        if found := scene.atlas.article(article):
            with st.container(border=True):
                evidence.article(found, dark=scene.dark)


def ledger(figures: pd.DataFrame, *, dark: bool) -> None:
    """Every figure with its sentence, in the order they were published; those that are not on the line apart."""
    line = set(tolls.drawn(figures).index)
    own = [n for n, row in zip(figures.index, figures.itertuples(), strict=True) if row.own]
    others = figures.drop(index=own)
    st.html(f"{evidence.style(dark)}{_STYLE}{_table(figures.loc[own], 'Figures as reported', line)}")
    if len(others):
        with st.expander(f"{listing.many(len(others), 'more figure', 'more figures')}, not on the line"):
            st.caption(
                "Older counts, counts of other events, and figures that repeat or divide an article's own."
            )
            st.html(f"{evidence.style(dark)}{_STYLE}{_table(others, 'Other figures', line)}")


_STYLE = """<style>
.ledger { width: 100%; border-collapse: collapse; font-size: .9375rem; }
.ledger th { text-align: left; font-weight: 600; font-size: .875rem; }
.ledger th, .ledger td { padding: .35em .9em .35em 0; vertical-align: top; border-bottom: 1px solid #8884; }
.ledger td.kind { white-space: nowrap; }
.ledger td.source { min-width: 5.5em; max-width: 12em; }
.ledger td.figure { font-variant-numeric: tabular-nums; white-space: nowrap; }
.ledger td.day { white-space: nowrap; font-variant-numeric: tabular-nums; }
.ledger td { overflow-wrap: anywhere; }
.ledger .aside { display: block; font-size: .8125rem; opacity: .8; }
@media (max-width: 640px) {
  .ledger thead { position: absolute; clip-path: inset(50%); height: 1px; width: 1px; overflow: hidden; }
  .ledger tr { display: block; padding: .5em 0; border-bottom: 1px solid #8884; }
  .ledger td { display: inline; border: 0; padding: 0 .5em 0 0; }
  .ledger td.sentence { display: block; padding-top: .2em; }
}
</style>"""
_COLUMNS = ("Published", "Source", "People", "Figure", "Sentence")
_MOST_ROWS = 300


def _table(rows: pd.DataFrame, label: str, line: set[Any]) -> str:
    """The figures as an HTML table; everything in it is escaped."""
    heads = "".join(f'<th scope="col">{name}</th>' for name in _COLUMNS)
    told = list(zip(rows.index, rows.itertuples(), strict=True))[:_MOST_ROWS]
    body = "".join(_row(row, n in line) for n, row in told)
    more = f'<p class="meta">and {len(rows) - _MOST_ROWS:,} more</p>' if len(rows) > _MOST_ROWS else ""
    return (
        f'<div class="evidence"><table class="ledger" aria-label="{label}"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table>{more}</div>"
    )


def _row(row: Any, on_line: bool) -> str:
    undated = pd.isna(row.published_on)
    day = "undated" if undated else f"{pd.Timestamp(row.published_on):%Y-%m-%d}"
    source = escape(str(row.source)) if isinstance(row.source, str) and row.source else "source unknown"
    if url := listing.safe_url(row.url):
        source = f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">{source}</a>'
    mark = evidence.Mark(int(row.start), int(row.end), "toll", str(row.rule or ""))
    sentence = evidence.marked(str(row.sentence), [mark])
    aside = f'<span class="aside">{_aside(row, undated)}</span>' if not on_line else ""
    return (
        f'<tr><td class="day">{day}</td><td class="source">{source}</td><td class="kind">{escape(str(row.kind))}</td>'
        f'<td class="figure">{escape(str(row.said))}</td><td class="sentence">{sentence}{aside}</td></tr>'
    )


def _aside(row: Any, undated: bool) -> str:
    """Why a figure is not on the line."""
    if row.reference:
        return "An older count, or of another event: not on the line."
    if not row.own:
        return "Not the article's main figure of its kind: not on the line."
    return "The article has no date: not on the line." if undated else "Not on the line."
