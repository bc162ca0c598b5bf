"""Listings: articles, stories and places as tables and cards. All text from outside is shown as text, never run."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

import pandas as pd
import streamlit as st

from dateline.article import PRECISIONS
from dateline.figures.theme import one_line
from dateline.filters import days_in_words
from dateline.ui import names, state

# A list to run one's eye down: title and facts of a story stand close together.
_COMPACT = """<style>
[class*="st-key-story-"] [data-testid="stButton"] button { min-height: 0; padding: 0; text-align: left; }
[class*="st-key-story-"] [data-testid="stButton"] button p { font-weight: 600; }
[class*="st-key-story-"] [data-testid="stCaptionContainer"] p { margin: 0 0 .25rem; }
</style>"""

# What a cell shows where nothing is known; Streamlit would write "None".
MISSING = "–"

_MARKDOWN = re.compile(r"([!-/:-@\[-`{-~])")
# Bare addresses become links even when they are escaped; a word joiner, which has no width, takes their shape.
_ADDRESS = re.compile(r"(?i)https?:(?=//)|www(?=\.)|@(?=\w)")


def plain(text: object) -> str:
    """Text that Markdown shows as it is: no image is fetched, no link, formula or colour made of it."""
    flat = _ADDRESS.sub("\\g<0>\u2060", " ".join(str(text).split()))
    return _MARKDOWN.sub(r"\\\1", flat)


def safe_url(url: object) -> str | None:
    """The address if it is http or https, else None: no `javascript:` behind a click."""
    if not isinstance(url, str):
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return url.strip() if parts.scheme in ("http", "https") and parts.netloc else None


def when(first: object, last: object, granularity: object = None) -> str:
    """An event's interval in words; "no event date" for none."""
    if pd.isna(first):  # type: ignore[call-overload]
        return "no event date"
    days = days_in_words(pd.Timestamp(first).date(), pd.Timestamp(last).date())  # type: ignore[arg-type]
    return days if granularity in (None, "day", "time") or pd.isna(granularity) else f"about {days}"  # type: ignore[call-overload]


def toll(killed: object, injured: object) -> str:
    """ "at least 37 killed, dozens injured", from how the figures were said; empty where neither is known."""
    said = ((killed, "killed"), (injured, "injured"))
    return ", ".join(f"{figure} {what}" for figure, what in said if isinstance(figure, str))


def many(count: int, one: str, more: str) -> str:
    """ "1 story", "2 stories"."""
    return f"{count:,} {one if count == 1 else more}"


def articles(frame: pd.DataFrame, caption: str) -> None:
    """A table of articles."""
    st.caption(caption)
    shown = pd.DataFrame(
        {
            "Title": frame["title"],
            "Source": frame["source"],
            "Published": frame["published_on"],
            "Event from": frame["first"],
            "to": frame["last"],
            "Where": frame["places"],
            "Topic": frame["topic"].map(names.topic, na_action="ignore"),
            "Killed": frame["killed"],
            "Injured": frame["injured"],
            "Address": frame["url"].map(safe_url, na_action="ignore"),
        }
    )
    st.dataframe(
        shown,
        hide_index=True,
        placeholder=MISSING,
        column_config={
            "Title": st.column_config.TextColumn(width="large"),
            "Published": st.column_config.DateColumn(format="YYYY-MM-DD"),
            "Event from": st.column_config.DateColumn(format="YYYY-MM-DD"),
            "to": st.column_config.DateColumn(format="YYYY-MM-DD"),
            "Address": st.column_config.LinkColumn(),
        },
    )


def stories_table(frame: pd.DataFrame) -> None:
    """A table of stories."""
    shown = pd.DataFrame(
        {
            "Story": frame["title"],
            "Where": frame["places"],
            "From": frame["first"],
            "To": frame["last"],
            "Topic": frame["topic"].map(names.topic, na_action="ignore"),
            "Killed": frame["killed"],
            "Injured": frame["injured"],
            "Articles": frame["articles"],
            "Sources": frame["sources"],
        }
    )
    st.dataframe(
        shown,
        hide_index=True,
        placeholder=MISSING,
        column_config={
            "Story": st.column_config.TextColumn(width="large"),
            "From": st.column_config.DateColumn(format="YYYY-MM-DD"),
            "To": st.column_config.DateColumn(format="YYYY-MM-DD"),
            "Killed": st.column_config.NumberColumn(
                help="The newest figure of the story; figures are never added up."
            ),
        },
    )


def places_table(frame: pd.DataFrame) -> None:
    """The table twin of a map: every place of the selection with how exactly it is known."""
    shown = pd.DataFrame(
        {
            "Place": frame["name"],
            "Country": frame["country"].map(names.place, na_action="ignore"),
            "Known to": frame["precision"].map(PRECISIONS),
            "Articles": frame["articles"],
            "Stories": frame["stories"],
            "Killed": frame["killed"],
            "Latitude °": frame["lat"].where(frame["precision"] <= 2),
            "Longitude °": frame["lon"].where(frame["precision"] <= 2),
            "Confidence": frame["confidence"],
        }
    )
    st.dataframe(
        shown,
        hide_index=True,
        placeholder=MISSING,
        column_config={
            "Confidence": st.column_config.NumberColumn(format="percent"),
            "Killed": st.column_config.NumberColumn(help="Newest figure of each story that happened there."),
        },
    )
    st.caption(
        "Why a name was read as this place stands beside its sentences, which a click on its dot shows."
    )


def topics_table(frame: pd.DataFrame) -> None:
    """Topics of either level with their share of the selection and the change against the period before; second-level
    ones, which have a ``parent``, under it.
    """
    under = {"Under": frame["parent"].map(names.topic)} if "parent" in frame else {}
    shown = pd.DataFrame(
        {
            "Topic": frame["code"].map(names.topic),
            **under,
            "Articles": frame["articles"],
            "Share": frame["share"],
            "Period before": frame["previous"],
            "Share before": frame["previous_share"],
            "Change": frame["change"],
        }
    )
    compared = frame["previous"].notna().any()
    columns = list(shown.columns) if compared else ["Topic", *under, "Articles", "Share"]
    st.dataframe(
        shown[columns],
        hide_index=True,
        placeholder=MISSING,
        column_config={
            "Share": st.column_config.NumberColumn(format="percent"),
            "Share before": st.column_config.NumberColumn(
                format="percent",
                help="Of all articles of the period before that the other filters let through.",
            ),
        },
    )


def terms_table(frame: pd.DataFrame, elsewhere: str) -> None:
    """Terms that set the selection apart; ``elsewhere`` names what it is compared with."""
    shown = pd.DataFrame(
        {
            "Term": frame["term"].map(one_line),
            "Articles": frame["articles"],
            "Share": frame["share"],
            elsewhere: frame["elsewhere"],
            "Score": frame["score"],
        }
    )
    st.dataframe(
        shown,
        hide_index=True,
        placeholder=MISSING,
        column_config={
            "Share": st.column_config.NumberColumn(format="percent"),
            elsewhere: st.column_config.NumberColumn(format="percent"),
            "Score": st.column_config.NumberColumn(
                format="%.1f", help="How many standard errors the term's odds lie above those elsewhere."
            ),
        },
    )


def open_story(story: str) -> None:
    """Show one story; for callbacks."""
    state.change(story=story)
    st.session_state["go"] = "stories"


def stories(frame: pd.DataFrame, *, key: str) -> None:
    """Stories as a list to click: title, where, when, toll, how many sources."""
    st.html(_COMPACT)
    rows: list[Any] = list(frame.itertuples())
    for number, row in enumerate(rows):
        with st.container(key=f"{key}-{number}", gap=None):
            st.button(
                plain(row.title),
                key=f"{key}-open-{number}",
                type="tertiary",
                on_click=open_story,
                args=(row.story,),
                help="Open the story with its evidence",
            )
            articles = many(row.articles, "article", "articles")
            sources = many(row.sources, "source", "sources")
            parts = [
                row.places if isinstance(row.places, str) else "place unknown",
                when(row.first, row.last, row.granularity),
                toll(row.killed_said, row.injured_said),
                names.topic(row.topic) if isinstance(row.topic, str) else "",
                f"{articles} from {sources}",
            ]
            st.caption(" · ".join(plain(p) for p in parts if p))
