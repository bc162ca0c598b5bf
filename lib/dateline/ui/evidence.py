"""Evidence: an article's text with what was found in it marked, and the sentence behind a dot."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from dateline.article import PRECISIONS
from dateline.figures.theme import palette
from dateline.ui import listing, names

LEGEND = {"place": "Place", "date": "Date", "toll": "People killed, injured, missing"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of text to highlight; ``note`` says what it was taken for and why."""

    start: int
    end: int
    kind: str
    note: str


def marked(text: str, marks: Iterable[Mark]) -> str:
    """The text as HTML with its marks. Everything is escaped; marks that overlap an earlier one are left out."""
    parts, at = [], 0
    for mark in sorted(marks, key=lambda m: (m.start, -m.end)):
        if mark.start < at or mark.end > len(text) or mark.start >= mark.end:
            continue
        parts.append(escape(text[at : mark.start]))
        inside = escape(text[mark.start : mark.end])
        parts.append(f'<mark class="{escape(mark.kind)}" title="{escape(mark.note)}">{inside}</mark>')
        at = mark.end
    parts.append(escape(text[at:]))
    return "".join(parts)


def style(dark: bool) -> str:
    """The colours of the marks: told apart by their underline too, not by hue alone."""
    c = palette(dark)
    blue, amber, red = (c.topics[f"medtop:{code}000000"] for code in ("11", "03", "16"))
    return f"""<style>
    .evidence mark {{ color: inherit; background: none; padding: 0 .05em; border-radius: 2px; }}
    .evidence mark.place {{ background: {blue}33; border-bottom: 2px solid {blue}; }}
    .evidence mark.date {{ background: {amber}33; border-bottom: 2px dotted {amber}; }}
    .evidence mark.toll {{ background: {red}33; border-bottom: 2px dashed {red}; }}
    .evidence p {{ margin: 0 0 .6em; max-width: 46rem; line-height: 1.55; overflow-wrap: anywhere; }}
    .evidence .meta {{ color: {c.muted}; font-size: .875rem; }}
    .evidence .meta mark {{ color: {c.text}; }}
    .evidence.scrolling {{ max-height: 430px; overflow-y: auto; }}
    </style>"""


def legend() -> str:
    """What the marks mean, as HTML."""
    return '<p class="meta">' + " ".join(f'<mark class="{k}">{v}</mark>' for k, v in LEGEND.items()) + "</p>"


def marks_of(article: dict[str, Any]) -> list[Mark]:
    """The marks of an article of :meth:`dateline.query.Atlas.article`."""
    marks = [
        Mark(int(m.start), int(m.end), "place", _place_note(m)) for m in article["mentions"].itertuples()
    ]
    marks += [Mark(int(d.start), int(d.end), "date", _date_note(d)) for d in article["dates"].itertuples()]
    marks += [Mark(int(t.start), int(t.end), "toll", _toll_note(t)) for t in article["tolls"].itertuples()]
    return marks


def article(found: dict[str, Any], *, dark: bool) -> None:
    """One article: its title, source and dates, then its text with the evidence marked."""
    title = found["title"] or ""
    if title:
        st.markdown(f"### {listing.plain(title)}")
    published = found["published"] or "undated"
    parts = [
        found["source"] or "source unknown",
        f"published {published}" if found["published"] else "undated",
    ]
    url = listing.safe_url(found["url"])
    where = (
        f' · <a href="{escape(url)}" target="_blank" rel="noopener noreferrer">original</a>' if url else ""
    )
    paragraphs = _paragraphs(found["text"] or "", marks_of(found))
    st.html(
        f'{style(dark)}<div class="evidence"><p class="meta">{escape(" · ".join(parts))}{where}</p>{paragraphs}</div>'
    )
    with st.expander("What was found, and why"):
        findings(found)


def _paragraphs(text: str, marks: list[Mark]) -> str:
    # The line breaks of an article are its paragraphs; marks never span one, since sentences do not.
    html = marked(text, marks)
    return "".join(f"<p>{line}</p>" for line in html.split("\n") if line.strip())


def findings(found: dict[str, Any]) -> None:
    """The findings of an article as tables: what, where in the text, and the rule in words."""
    places = found["mentions"]
    if len(places):
        st.markdown("**Places**")
        st.dataframe(
            pd.DataFrame(
                {
                    "In the text": places["surface"],
                    "Place": places["name"],
                    "Country": places["country"].map(names.place, na_action="ignore"),
                    "Role": places["role"],
                    "Known to": places["precision"].map(PRECISIONS),
                    "Confidence": places["confidence"],
                    "Why": places["rule"],
                    "Not": places["alternatives"].map(_losers),
                }
            ),
            hide_index=True,
            column_config={"Confidence": st.column_config.NumberColumn(format="percent")},
        )
    dates = found["dates"]
    if len(dates):
        st.markdown("**Dates**")
        st.dataframe(
            dates[["surface", "value", "granularity", "of", "rule"]].rename(columns=_DATES), hide_index=True
        )
    tolls = found["tolls"]
    if len(tolls):
        st.markdown("**People**")
        columns = ["surface", "kind", "low", "high", "qualifier", "reference", "rule"]
        st.dataframe(tolls[columns].rename(columns=_TOLLS), hide_index=True)
    topics = found["topics"]
    if len(topics):
        scores = ", ".join(f"{names.topic(t.code)} {t.score:.0%}" for t in topics.head(3).itertuples())
        st.markdown(f"**Topics** {listing.plain(scores)}")


_DATES = {
    "surface": "In the text",
    "value": "Value",
    "granularity": "Known to",
    "of": "Date of the",
    "rule": "Why",
}
_TOLLS = {
    "surface": "In the text",
    "kind": "People",
    "low": "At least",
    "high": "At most",
    "qualifier": "Written as",
    "reference": "Of another event",
    "rule": "Why",
}


def sentences(frame: pd.DataFrame, *, dark: bool, limit: int = 20) -> None:
    """The sentences behind places, newest first: one entry an article, in a box that the keyboard can scroll."""
    box = '<div class="evidence scrolling" tabindex="0" role="region" aria-label="Sentences">'
    parts = [style(dark), box]
    for (_, title), rows in list(frame.groupby(["article", "title"], sort=False))[:limit]:
        row = rows.iloc[0]
        day = "undated" if pd.isna(row["published_on"]) else f"{pd.Timestamp(row['published_on']):%Y-%m-%d}"
        head = f"<strong>{escape(str(title))}</strong>"
        if url := listing.safe_url(row["url"]):
            head = f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">{head}</a>'
        parts.append(
            f'<p>{head}<br><span class="meta">{escape(str(row["source"] or "source unknown"))} · {day}</span></p>'
        )
        for sentence, found in rows.groupby("sentence", sort=False):
            rows_of: list[Any] = list(found.itertuples())
            marks = [Mark(int(m.start), int(m.end), "place", _place_note(m)) for m in rows_of]
            parts.append(f"<p>{marked(str(sentence), marks)}</p>")
    st.html("".join(parts) + "</div>")


def _place_note(m: Any) -> str:
    if not isinstance(m.place, str):
        return f"{m.surface}: not resolved. {m.rule}"
    known = PRECISIONS.get(int(m.precision), "")
    return f"{m.name} ({known}), {m.role}, {m.confidence:.0%} sure: {m.rule}"


def _date_note(d: Any) -> str:
    return f"{d.value}, date of the {d.of}: {d.rule}"


def _toll_note(t: Any) -> str:
    return f"{t.kind}, {t.qualifier} {t.low}: {t.rule}"


def _losers(alternatives: str) -> str:
    try:
        listed = json.loads(alternatives or "[]")
    except ValueError:
        return ""
    return "; ".join(
        ", ".join(p for p in (a.get("name"), names.place(a["country"]) if a.get("country") else None) if p)
        for a in listed[:3]
    )
