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
from dateline.ui import correcting, listing, names

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
    .evidence .head:not(:first-child) {{ margin-top: 1.4em; }}
    .evidence .why {{ color: {c.muted}; font-size: .875rem; border-left: 2px solid {blue}; padding-left: .6em; }}
    .evidence .why strong {{ color: {c.text}; }}
    .evidence .legend span {{ white-space: nowrap; }}
    @media (hover: none) {{ .evidence .legend span {{ display: none; }} }}
    .evidence .meta mark {{ color: {c.text}; }}
    .evidence.scrolling {{ max-height: 430px; overflow-y: auto; }}
    </style>"""


def legend(kinds: Iterable[str] = tuple(LEGEND)) -> str:
    """What the marks of these kinds mean, as HTML; nothing for none."""
    told = [kind for kind in LEGEND if kind in kinds]
    if not told:
        return ""
    marks = " ".join(f'<mark class="{kind}">{LEGEND[kind]}</mark>' for kind in told)
    hint = "<span>Hold the pointer over a mark for its reason.</span>"
    return f'<p class="meta legend" role="note">Marked: {marks} {hint}</p>'


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
    marks = marks_of(found)
    st.html(
        f'{style(dark)}<div class="evidence"><p class="meta">{escape(" · ".join(parts))}{where}</p>'
        f"{legend({mark.kind for mark in marks})}{_paragraphs(found['text'] or '', marks)}</div>"
    )
    with st.expander("What was found, and why"):
        findings(found, dark=dark)


def _paragraphs(text: str, marks: list[Mark]) -> str:
    # The line breaks of an article are its paragraphs; marks never span one, since sentences do not.
    html = marked(text, marks)
    return "".join(f"<p>{line}</p>" for line in html.split("\n") if line.strip())


def findings(found: dict[str, Any], *, dark: bool) -> None:
    """The findings of an article: the places with their reasons, the others as tables with the rule in words."""
    places = found["mentions"]
    if len(places):
        st.markdown("**Places**")
        st.html(f'{style(dark)}<div class="evidence">{reasons(places)}</div>')
    dates = found["dates"]
    if len(dates):
        st.markdown("**Dates**")
        st.dataframe(
            dates[["surface", "value", "granularity", "of", "rule"]].rename(columns=_DATES),
            hide_index=True,
            placeholder=listing.MISSING,
        )
    tolls = found["tolls"]
    if len(tolls):
        st.markdown("**People**")
        columns = ["surface", "kind", "low", "high", "qualifier", "reference", "rule"]
        st.dataframe(tolls[columns].rename(columns=_TOLLS), hide_index=True, placeholder=listing.MISSING)
    topics = found["topics"]
    if len(topics):
        scores = ", ".join(f"{names.topic(t.code)} {t.score:.0%}" for t in topics.head(3).itertuples())
        st.markdown(f"**Topics** {listing.plain(scores)}")
    correcting.findings(found)


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
    parts = [style(dark), box, legend({"place"} if len(frame) else ())]
    for (_, title), rows in list(frame.groupby(["article", "title"], sort=False))[:limit]:
        row, told = rows.iloc[0], set[str]()
        day = "undated" if pd.isna(row["published_on"]) else f"{pd.Timestamp(row['published_on']):%Y-%m-%d}"
        head = f"<strong>{escape(str(title))}</strong>"
        if url := listing.safe_url(row["url"]):
            head = f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">{head}</a>'
        outlet = escape(str(row["source"] or "source unknown"))
        parts.append(f'<p class="head">{head}<br><span class="meta">{outlet} · {day}</span></p>')
        for sentence, found in rows.groupby("sentence", sort=False):
            rows_of: list[Any] = list(found.itertuples())
            marks = [Mark(int(m.start), int(m.end), "place", _place_note(m)) for m in rows_of]
            parts.append(f"<p>{marked(str(sentence), marks)}</p>")
            new = found[~found["place"].isin(told)]
            told.update(found["place"])
            parts.append(reasons(new))
    st.html("".join(parts) + "</div>")


def reasons(mentions: pd.DataFrame) -> str:
    """Why each name was read as it was, and what else it could be, as HTML: one entry a name, place and role.

    ``mentions`` has the columns surface, place, precision, role, confidence, rule, alternatives.
    """
    entries: dict[tuple[str, ...], list[Any]] = {}
    for m in mentions.itertuples():
        place = m.place if isinstance(m.place, str) else ""
        entries.setdefault((str(m.surface), place, _role(m), str(m.rule)), []).append(m)
    told = list(entries.items())[:_MOST_ENTRIES]
    more = len(entries) - len(told)
    return "".join(
        f'<p class="why"><strong>{escape(" ".join(surface.split()))}</strong>'
        f"{f' ×{len(same)}' if len(same) > 1 else ''} · {escape(_standing(same[0]))}<br>{escape(because(same[0]))}</p>"
        for (surface, *_), same in told
    ) + (f'<p class="meta">and {more:,} more</p>' if more else "")


_MOST_ENTRIES = 200


def because(m: Any) -> str:
    """The rule of a mention and its alternatives in sentences; for one left open, what it could be."""
    rule = str(m.rule or "")
    could = _others(m)
    if isinstance(m.place, str):
        around = _around(m)
        return _sentences(
            rule,
            f"could also be {could}" if could else "",
            f"{around} may be meant as well" if around else "",
        )
    if not rule.startswith(_LEFT_OPEN):
        return _sentences(rule, "")
    said = rule.removeprefix(_LEFT_OPEN)
    # The reason for the likeliest of them is no reason: it was not enough.
    said = "nothing in the article decides which place is meant" if " — not " in said else said
    return _sentences(said, f"could be {could}" if could else "")


_LEFT_OPEN = "left open: "
_ROLE_WORDS = {
    "where": "happened here",
    "dateline": "dateline",
    "government": "stands for its government",
    "origin": "where someone or something is from",
    "mention": "only named",
}


def _role(m: Any) -> str:
    """The role in words; a name without a place has none: nothing can have happened at it."""
    return _ROLE_WORDS.get(str(m.role), str(m.role)) if isinstance(m.place, str) else "not resolved"


def _standing(m: Any) -> str:
    """Role, how exactly the place is known, and how sure."""
    if not isinstance(m.place, str):
        return _role(m)
    known = [] if pd.isna(m.precision) else [PRECISIONS.get(int(m.precision), "")]
    return " · ".join([_role(m), *filter(None, known), f"{m.confidence:.0%} sure"])


def _sentences(*parts: str) -> str:
    return " ".join(f"{part[:1].upper()}{part[1:]}." for part in parts if part)


def _others(m: Any) -> str:
    """The losing candidates with their shares: "Vienna, Virginia 4 % or Vienna, Illinois 1 %"; at most _MOST."""
    shares: dict[str, float] = {}
    for other in _listed(m.alternatives):
        if other.get("place") != m.place and not names.around(m.place, other.get("place")):
            called = names.alternative(str(other.get("place") or ""), str(other.get("name") or ""))
            shares[called] = shares.get(called, 0.0) + float(other.get("score") or 0.0)
    told = [
        f"{called} {share:.0%}".replace("%", "\u00a0%") for called, share in shares.items() if share >= 0.01
    ]
    return " or ".join(filter(None, (", ".join(told[: _MOST - 1]), *told[_MOST - 1 : _MOST])))


_MOST = 3


def _around(m: Any) -> str:
    """The area around the place, or its seat, that bears the same name: the same spot, so no rival."""
    for other in _listed(m.alternatives):
        if names.around(m.place, other.get("place")) and float(other.get("score") or 0.0) >= 0.01:
            return names.of_its_kind(str(other["place"]))
    return ""


def _listed(alternatives: Any) -> list[dict[str, Any]]:
    try:
        found = json.loads(alternatives) if isinstance(alternatives, str) else []
    except ValueError:
        return []
    return [other for other in found if isinstance(other, dict)] if isinstance(found, list) else []


def _place_note(m: Any) -> str:
    return f"{m.surface}: {_standing(m)}. {because(m)}"


def _date_note(d: Any) -> str:
    return f"{d.value}, date of the {d.of}: {d.rule}"


def _toll_note(t: Any) -> str:
    return f"{t.kind}, {t.qualifier} {t.low}: {t.rule}"
