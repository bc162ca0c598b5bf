"""Correcting: saying that a finding is wrong, or right, from the page that shows it; and the list of what was said.

Whoever may not correct sees what was corrected, by whom, when, and what stood there before. The dialogs only draft;
:mod:`dateline.corrections` checks the rights and writes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final

import pandas as pd
import streamlit as st

from dateline import corrections as book
from dateline.article import TOLL_KINDS
from dateline.corrections import Correction, drafts, words
from dateline.corrections.standing import STANDS, UNDONE, articles_of
from dateline.figures import maps
from dateline.filters import Filters
from dateline.findings.topics import read_concepts, read_subjects
from dateline.homes import default_store
from dateline.rights import NotAllowed
from dateline.store import Snapshot, Store, StoreError
from dateline.ui import atlas, listing, names, session, state
from dateline.ui.atlas import Scene

Row = dict[str, Any]
# What a person picked on a form, and the fields that it changes (None: not picked in full yet).
Said = tuple[str, Row | None]
_TABLES: Final = {"mention": "mentions", "date": "dates", "toll": "tolls", "topic": "topics"}
_ASKED, _TOLD = "correcting", "corrected-told"
_LISTED = 20
_CANDIDATES = 8
_OTHER = "Another place …"
_STATES: Final = {
    STANDS: "in force",
    UNDONE: "taken back",
    "orphaned": "its words or article are not here",
    "undo": "takes one back",
}


def may_correct(scene: Scene) -> bool:
    """Whether this session may correct what is on screen; the sample is nobody's to correct."""
    return not scene.sample and session.actor().role == "editor"


# -- an article's findings ------------------------------------------------------------------------------------------


def findings(found: Row) -> None:
    """Below an article's findings: what of them was corrected, and for an editor a way to correct each."""
    scene = atlas.current()
    article = str(found["id"])
    marks(scene, [c for c in scene.atlas.overlay.corrections if c.article == article], article)
    if not may_correct(scene):
        return
    options = _findings_of(found)
    if not options:
        return
    key = f"correct-{article}"

    def asked() -> None:
        chosen = st.session_state[key]
        if chosen is not None:
            kind, number = options[chosen]
            # What the person saw when they asked: a later run may show a newer snapshot.
            row = {} if number < 0 else _row(found[_TABLES[kind]].iloc[number].to_dict())
            _ask(article, found, kind, row, scene.atlas.snapshot)
        st.session_state[key] = None

    st.pills(
        "Correct or confirm",
        options=list(options),
        format_func=listing.plain,
        key=key,
        on_change=asked,
        help="Choose what is wrong, or say that it is right.",
    )
    asked_for = st.session_state.get(_ASKED)
    if asked_for and asked_for[0] == article:
        _dialog(*asked_for[1:])


def _findings_of(found: Row) -> dict[str, tuple[str, int]]:
    """What can be corrected by its label: the kind, and the row in the frame of that kind; same readings once."""
    options: dict[str, tuple[str, int]] = {}
    for number, m in enumerate(found["mentions"].itertuples()):
        where = f" → {m.name}" if isinstance(m.place, str) and m.name.lower() != m.surface.lower() else ""
        options.setdefault(_short(f"{m.surface}{where}"), ("mention", number))
    for number, d in enumerate(found["dates"].itertuples()):
        options.setdefault(_short(f"{d.surface} → {d.value}"), ("date", number))
    for number, t in enumerate(found["tolls"].itertuples()):
        options.setdefault(_short(f"{t.surface} → {words.figure(_row(t))}"), ("toll", number))
    for number, t in enumerate(found["topics"].itertuples()):
        options.setdefault(f"Topic: {names.topic(t.code)}", ("topic", number))
    options["Add a topic"] = ("topic", -1)
    return options


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 60 else flat[:59] + "…"


def _row(row: Any) -> Row:
    """A row of a frame as plain values, missing ones as None."""
    values = row._asdict() if hasattr(row, "_asdict") else dict(row)
    return {
        str(name): None if not isinstance(value, list | dict) and pd.isna(value) else value
        for name, value in values.items()
        if name != "Index"
    }


def _ask(*what: Any) -> None:
    """Open a form in this run and in those that follow, until it is saved or closed."""
    st.session_state[_ASKED] = what


def close() -> None:
    """Close the form that is open."""
    st.session_state.pop(_ASKED, None)


@st.dialog("Correct a finding", width="medium", on_dismiss=close)
def _dialog(found: Row, kind: str, row: Row, seen: Snapshot) -> None:
    """The form for one finding, as it was in the snapshot ``seen``. It stays open until it is saved or closed."""
    if not row:
        _add_topic(found, seen)
        return
    if kind == "topic":
        st.markdown(f"**{listing.plain(names.topic(row['code']))}**")
    else:
        _quote(found["text"] or "", row)
    what, after = {"mention": _mention, "date": _date, "toll": _toll, "topic": _topic}[kind](found, row)
    _save(found, kind, row, what, after, seen)


def _quote(text: str, row: Row) -> None:
    """The sentence of a finding with its words in bold."""
    low, high = int(row["sentence_start"] or 0), int(row["sentence_end"] or len(text))
    start, end = int(row["start"]), int(row["end"])
    low, high = max(0, min(low, start), start - 300), min(len(text), max(high, end), end + 300)
    before, inside, after = (
        listing.plain(part) for part in (text[low:start], text[start:end], text[end:high])
    )
    gap = " " if text[low:start][-1:].isspace() else ""
    tail = " " if text[end:high][:1].isspace() else ""
    st.markdown(f"> {before}{gap}**{inside}**{tail}{after}")


_PLACE_WRONG = {
    "place": "It is another place",
    "removed": "It is not a place",
    "not-here": "It did not happen here",
    "here": "It happened here",
    "right": "It is right as it is",
}


def _mention(found: Row, row: Row) -> Said:
    called = names.alternative(str(row["place"]), str(row["name"])) if row["place"] else ""
    said = called or "no place: it was left open"
    st.caption(
        f"Read as {listing.plain(said)}. {'It counts as having happened here.' if row['here'] else ''}"
    )
    hidden = ("here" if row["here"] else "not-here", *(() if row["place"] else ("not-here", "here", "right")))
    what = _what({key: label for key, label in _PLACE_WRONG.items() if key not in hidden})
    after: Row | None = {}
    if what == "place":
        after = _chosen_place(row)
    elif what == "removed":
        after = {"removed": True}
    elif what == "here":
        after = {"here": True, "role": "where"}
    elif what == "not-here":
        after = {"here": False, "role": "mention" if row["role"] == "where" else row["role"]}
    same = sum(words_alike(str(other), str(row["surface"])) for other in found["mentions"]["surface"])
    if same > 1 and what != "right":
        everywhere = st.checkbox(
            f"Wherever this article says “{listing.plain(_short(str(row['surface'])))}” ({same:,} times)",
            value=True,
            key="correct-everywhere",
        )
        if after and everywhere:
            after["everywhere"] = True
    return what, after


def words_alike(one: str, other: str) -> bool:
    """Whether two surfaces are the same words."""
    return one.split() == other.split()


def _chosen_place(row: Row) -> Row | None:
    """The place picked among the mention's alternatives or by a search of the gazetteer, seen on a map."""
    from dateline.gazetteer import load

    gazetteer = load()
    typed = st.text_input(
        "Search the gazetteer by name",
        key="correct-search",
        placeholder=f"Other places called {' '.join(str(row['surface']).split())[:40]} are listed below",
        max_chars=100,
    )
    wanted = typed.strip() or str(row["surface"])
    others = [o["place"] for o in _listed(row["alternatives"]) if isinstance(o.get("place"), str)]
    codes = [] if typed.strip() else [code for code in others if code != row["place"]]
    codes += [c.place.code for c in gazetteer.lookup(wanted)] + [p.code for p in gazetteer.search(wanted, 12)]
    offered = {code: gazetteer.place(code) for code in dict.fromkeys(codes) if code != row["place"]}
    places = {code: place for code, place in offered.items() if place is not None}
    shown = list(places)[:_CANDIDATES]
    if not shown:
        st.info("No other place is known by that name. Try another spelling, or the place it lies in.")
        return None
    code = st.radio(
        "Which one", shown, format_func=lambda c: listing.plain(_called(places[c])), key="correct-place"
    )
    _map([places[c] for c in shown], code)
    return drafts.place(places[code]) if code in places else None


def _called(place: Any) -> str:
    called = names.alternative(place.code, place.name)
    people = f", {place.population:,} people" if place.population else ""
    return f"{called} ({place.kind}{people})"


def _listed(alternatives: Any) -> list[Row]:
    import json

    try:
        found = json.loads(alternatives) if isinstance(alternatives, str) else []
    except ValueError:
        return []
    return [o for o in found if isinstance(o, dict)] if isinstance(found, list) else []


def _map(places: Sequence[Any], chosen: str | None) -> None:
    """The candidates that have a point, the chosen one outlined."""
    points = pd.DataFrame(
        [
            {
                "place": p.code,
                "name": p.name,
                "country_name": names.place(p.country) if p.country else "",
                "country": p.country,
                "lat": p.lat,
                "lon": p.lon,
                "precision": min(p.precision or 2, 2),
                "articles": 1,
                "stories": 1,
                "killed": pd.NA,
            }
            for p in places
            if p.lat is not None and p.lon is not None
        ],
        columns=["place", "name", "country_name", "country", "lat", "lon", "precision", *_FIGURES],
    )
    if points.empty:
        return
    none = points.iloc[0:0]
    frame = (310.0 if atlas.is_phone() else 640.0, 220.0)
    deck = maps.deck(
        points, none, none, dark=atlas.is_dark(), selected=(chosen,) if chosen else (), frame=frame
    )
    st.pydeck_chart(deck, height=220, key="correct-map", alt="The places to choose from.")


_FIGURES = ("articles", "stories", "killed")
_DATE_WRONG = {
    "value": "It means other days",
    "chosen": "It is the date of the event",
    "of": "It is not the date of the event",
    "removed": "It is not a date",
    "right": "It is right as it is",
}


def _date(found: Row, row: Row) -> Said:
    days = listing.when(row["first"], row["last"], row["granularity"])
    st.caption(f"Read as {listing.plain(row['value'])} ({listing.plain(days)}), the date of the {row['of']}.")
    what = _what({k: v for k, v in _DATE_WRONG.items() if k != "of" or row["of"] == "event"})
    after: Row | None = {}
    if what == "value":
        known = [pd.Timestamp(d).date() for d in (row["first"], row["last"]) if d is not None]
        picked = st.date_input(
            "First and last day (the same day twice for one day)",
            value=known or [],  # type: ignore[arg-type]
            min_value=date(1000, 1, 1),
            max_value=date(2999, 12, 31),
            format="YYYY-MM-DD",
            key="correct-days",
        )
        chosen = picked if isinstance(picked, tuple) else (picked,)
        after = drafts.interval(chosen[0], chosen[-1]) if chosen else None
    elif what == "chosen":
        after = {"chosen": True, "of": "event"}
    elif what == "of":
        after = {"of": "reference"}
    elif what == "removed":
        after = {"removed": True}
    return what, after


_TOLL_WRONG = {
    "low": "It is another figure",
    "reference": "It is of another event",
    "own": "It is of this event",
    "removed": "It is no figure of people harmed",
    "right": "It is right as it is",
}
_QUALIFIERS = ("exact", "at least", "more than", "about", "up to", "between")


def _toll(found: Row, row: Row) -> Said:
    st.caption(
        f"Read as {listing.plain(words.figure(row))}{', of another event' if row['reference'] else ''}."
    )
    what = _what({k: v for k, v in _TOLL_WRONG.items() if k != ("reference" if row["reference"] else "own")})
    after: Row | None = {}
    if what == "low":
        after = _figure(row)
    elif what in ("reference", "own"):
        after = {"reference": what == "reference"}
    elif what == "removed":
        after = {"removed": True}
    return what, after


def _figure(row: Row) -> Row | None:
    left, right = st.columns(2)
    kind = left.selectbox("People", TOLL_KINDS, index=_at(TOLL_KINDS, row["kind"]), key="correct-kind")
    said = right.selectbox(
        "Written as", _QUALIFIERS, index=_at(_QUALIFIERS, row["qualifier"]), key="correct-qualifier"
    )
    low = left.number_input("At least", min_value=0, value=int(row["low"] or 0), step=1, key="correct-low")
    high = right.number_input(
        "At most (empty: open)",
        min_value=0,
        value=None if row["high"] is None else int(row["high"]),
        step=1,
        key="correct-high",
        disabled=said == "exact",
    )
    top = int(low) if said == "exact" else None if high is None else int(high)
    if top is not None and top < int(low):
        st.warning("The higher figure lies below the lower one.")
        return None
    return drafts.figure(kind, int(low), top, said)


def _at(choices: Sequence[str], value: Any) -> int:
    return choices.index(value) if value in choices else 0


def _topic(found: Row, row: Row) -> Said:
    choices = {
        "first": "It is the main topic",
        "removed": "The article is not about this",
        "right": "It is right as it is",
    }
    what = _what({k: v for k, v in choices.items() if k != "first" or row["rank"]})
    after = {"removed": True} if what == "removed" else {"label": row["label"], "first": True}
    return what, after if what != "right" else {}


def _all_topics() -> dict[str, str]:
    """Every topic there is and its label: the top concepts, then those under them."""
    return dict(read_concepts()) | {subject.code: subject.label for subject in read_subjects()}


def _add_topic(found: Row, seen: Snapshot) -> None:
    there = set(found["topics"]["code"])
    codes = [code for code in _all_topics() if code not in there]
    code = st.selectbox("Topic", codes, format_func=names.topic, index=None, key="correct-topic")
    first = st.checkbox("It is the article's main topic", value=True, key="correct-first")
    note = _note()
    if st.button("Save", type="primary", key="correct-save", disabled=code is None) and code:
        _record(drafts.topic(str(found["id"]), code, _all_topics()[code], first=first, note=note), seen)


# -- saving ---------------------------------------------------------------------------------------------------------


def _what(choices: dict[str, str]) -> str:
    return str(st.radio("What is wrong?", list(choices), format_func=choices.__getitem__, key="correct-what"))


def _note() -> str:
    return st.text_input(
        "Note (why; others will read it)", key="correct-note", max_chars=book.correction.LONGEST_NOTE
    ).strip()


def _save(found: Row, kind: str, row: Row, what: str, after: Row | None, seen: Snapshot) -> None:
    note = _note()
    ready = what == "right" or bool(after)
    if st.button("Save", type="primary", key="correct-save", disabled=not ready) and ready:
        text = found["text"] or ""
        made = (
            drafts.confirmed(kind, row, text, note)
            if what == "right"
            else drafts.of(kind, row, text, after or {}, note)
        )
        _record([made], seen)


def _record(made: Sequence[book.Draft], seen: Snapshot | None = None) -> None:
    snapshot = seen or atlas.current().atlas.snapshot
    _write(lambda: book.record(Store(snapshot.folder), session.actor(), made, seen=snapshot), "Saved.")


def _write(act: Callable[[], Any], told: str) -> None:
    """Do it and show the newest snapshot; what stands against it is said where the person looks."""
    try:
        act()
    except book.Conflict as conflict:
        st.error(listing.plain(conflict))
        for since in conflict.since[-3:]:
            st.caption(listing.plain(words.line(since)))
        # Closing the dialog shows it.
        state.look(snapshot=None)
        return
    except (NotAllowed, book.NotACorrection, StoreError) as problem:
        st.error(listing.plain(problem))
        return
    st.session_state[_TOLD] = told
    state.look(snapshot=None)
    close()
    st.rerun()


def _act(act: Callable[[], Any], told: str) -> None:
    """As `_write`, in a callback: the page runs again by itself."""
    try:
        act()
        st.session_state[_TOLD] = told
        state.look(snapshot=None)
    except (NotAllowed, book.NotACorrection, StoreError) as problem:
        st.session_state[_TOLD] = str(problem)


def _take_back(folder: str, id: str, back: bool) -> None:
    store = Store(folder)
    if back:
        _act(lambda: book.undo(store, session.actor(), [id]), "Taken back.")
    else:
        _act(lambda: book.redo(store, session.actor(), [id]), "In force again.")


def told() -> None:
    """What the last act came to, once."""
    if words_said := st.session_state.pop(_TOLD, None):
        st.toast(listing.plain(words_said))


# -- what was corrected ---------------------------------------------------------------------------------------------


def marks(scene: Scene, found: Sequence[Correction], key: str) -> None:
    """What was corrected, each with who, when, before and note; for an editor with one click to take it back."""
    told()
    states = scene.atlas.overlay.states()
    standing = [c for c in found if states.get(c.id) == STANDS and c.undoes is None]
    if not standing:
        return
    st.markdown("**Corrected**")
    for correction in standing[-_LISTED:]:
        _line(scene, correction, STANDS, f"mark-{key}")
    if len(standing) > _LISTED:
        st.caption(f"and {len(standing) - _LISTED:,} earlier ones, listed on the page Sources")


def _line(scene: Scene, correction: Correction, standing: str, key: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        struck = standing == UNDONE
        text = listing.plain(words.line(correction))
        st.markdown(f"~~{text}~~" if struck else text)
        if not may_correct(scene):
            return
        st.button(
            "Redo" if struck else "Undo",
            key=f"{key}-{correction.id}",
            type="tertiary",
            icon=":material/redo:" if struck else ":material/undo:",
            on_click=_take_back,
            args=(str(scene.atlas.snapshot.folder), correction.id, not struck),
        )


# -- a story --------------------------------------------------------------------------------------------------------


def story(scene: Scene, row: Row) -> None:
    """Below a story's head: how it was joined or split by hand, and for an editor the way to do it."""
    name = str(row["story"])
    ids = scene.atlas.story_articles(name)
    mine = [c for c in scene.atlas.overlay.corrections if c.kind == "story" and articles_of(c) & set(ids)]
    marks(scene, mine, "story")
    if not may_correct(scene):
        return
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Merge with …",
            key="story-merge",
            type="tertiary",
            icon=":material/merge:",
            on_click=_ask,
            args=(name, "merge"),
        )
        if len(ids) > 1:
            st.button(
                "Split …",
                key="story-split",
                type="tertiary",
                icon=":material/call_split:",
                on_click=_ask,
                args=(name, "split"),
            )
        if st.button("Rightly one story", key="story-right", type="tertiary", icon=":material/check:"):
            _record([drafts.story_confirmed({"story": name, "title": str(row["title"]), "articles": ids})])
    asked_for = st.session_state.get(_ASKED)
    if asked_for == (name, "merge"):
        _merge(name, str(row["title"]), ids)
    elif asked_for == (name, "split"):
        _split(name, str(row["title"]), ids)


@st.dialog("Merge with another story", width="medium", on_dismiss=close)
def _merge(name: str, title: str, ids: list[str]) -> None:
    scene = atlas.current()
    st.markdown(f"**{listing.plain(title)}** is the same story as")
    typed = st.text_input("Words of the other story", key="merge-words", max_chars=200)
    filters = Filters(text=typed.strip())
    found = (
        scene.atlas.stories(filters, limit=30) if typed.strip() else scene.atlas.stories(filters, limit=15)
    )
    found = found[found["story"] != name]
    if found.empty:
        st.info("No other story has these words.")
        return
    titles = dict(zip(found["story"], found["title"], strict=True))
    days = {r.story: listing.when(r.first, r.last, r.granularity) for r in found.itertuples()}
    other = st.radio(
        "Stories",
        list(titles),
        format_func=lambda s: listing.plain(f"{titles[s]} · {days[s]}"),
        key="merge-other",
    )
    note = _note()
    if st.button("Merge", type="primary", key="merge-save") and other:
        one = {"story": name, "title": title, "articles": ids}
        two = {"story": other, "title": titles[other], "articles": scene.atlas.story_articles(other)}
        _record([drafts.merge(one, two, note)])


@st.dialog("Split a story", width="medium", on_dismiss=close)
def _split(name: str, title: str, ids: list[str]) -> None:
    scene = atlas.current()
    st.markdown("Tick the articles that tell **another** story; the rest stays together.")
    frame = scene.atlas.articles(Filters(story=name), limit=200)
    called = {
        r.id: f"{r.title} · {r.source if isinstance(r.source, str) else 'source unknown'}"
        for r in frame.itertuples()
    }
    apart = [
        article
        for article in ids
        if article in called and st.checkbox(listing.plain(called[article]), key=f"split-{article}")
    ]
    note = _note()
    ready = 0 < len(apart) < len(ids)
    if st.button("Split", type="primary", key="split-save", disabled=not ready) and ready:
        _record([drafts.split({"story": name, "title": title, "articles": ids}, apart, note)])


# -- the page Sources -----------------------------------------------------------------------------------------------


def all_of_them(scene: Scene) -> None:
    """The list of corrections with undo, and the file of them to take away or bring in."""
    st.header("Corrections")
    told()
    overlay = scene.atlas.overlay
    states = overlay.states()
    listed = [c for c in reversed(overlay.corrections) if c.undoes is None]
    if not listed:
        st.caption(
            "None yet. On an article, under “What was found, and why”, an editor can correct or confirm each finding."
        )
    orphans = [c for c in listed if states[c.id] == "orphaned"]
    if orphans:
        st.warning(
            f"{listing.many(len(orphans), 'correction is', 'corrections are')} without effect: the words or the "
            "article are not in this atlas. They are kept, and apply as soon as they are."
        )
    for correction in listed[:_LISTED]:
        _line(scene, correction, states[correction.id], "book")
    if listed:
        with st.expander(f"All {len(overlay.corrections):,} rows, also those taken back"):
            st.dataframe(_table(overlay.corrections, states), hide_index=True)
        st.download_button(
            "Download corrections (JSON lines)",
            data=("\n".join(book.to_lines(overlay.corrections)) + "\n").encode("utf-8"),
            file_name=f"corrections-{scene.atlas.snapshot.name}.jsonl",
            mime="application/x-ndjson",
            type="tertiary",
            icon=":material/download:",
            on_click="ignore",
            key="corrections-download",
        )
    if session.actor().role == "editor" and not scene.sample:
        _bring_in()


def _table(found: Sequence[Correction], states: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "When (UTC)": c.at.replace(tzinfo=None),
                "Who": c.who,
                "What": words.subject(c),
                "Says": words.change(c),
                "State": _STATES.get(states[c.id], states[c.id]),
                "Note": c.note,
                "Brought in by": c.imported_by or "",
                "Article": c.article or "",
            }
            for c in reversed(found)
        ]
    )


def _bring_in() -> None:
    with st.form("corrections", border=False, clear_on_submit=True):
        file = st.file_uploader(
            "Bring in corrections of another atlas",
            type=["jsonl"],
            max_upload_size=20,
            help="A file that was downloaded here or written by `dateline corrections export`. "
            "What is there already is not added twice.",
        )
        if st.form_submit_button("Add them") and file is not None:
            lines = file.getvalue().decode("utf-8", "replace").splitlines()
            try:
                report = book.take_in(Store(default_store()), session.actor(), lines)
            except (NotAllowed, StoreError) as problem:
                st.error(listing.plain(problem))
                return
            st.session_state[_TOLD] = report.words()
            for said in report.problems[:5]:
                st.caption(listing.plain(said))
            if report.added:
                state.look(snapshot=None)
                st.rerun()
            told()


def rejects(scene: Scene) -> None:
    """For an editor: tick rejects that were looked at and are fine; and those that were, to take back."""
    fine = scene.atlas.rejects(fine=True)
    open_ones = scene.atlas.rejects()
    if may_correct(scene) and len(open_ones):
        with st.expander("Mark rejects as looked at"):
            st.caption(
                "They leave the list above. A reject cannot become an article this way, since only its first 300 "
                "characters are kept: read its source again for that."
            )
            event = st.dataframe(
                open_ones[["locator", "position", "reason", "excerpt"]],
                hide_index=True,
                on_select="rerun",
                selection_mode="multi-row",
                key="rejects-open",
            )
            ticked = list(event.selection.rows)
            if st.button("Looked at, fine", key="rejects-fine", disabled=not ticked) and ticked:
                rows = [_row(open_ones.iloc[n].to_dict()) for n in ticked if n < len(open_ones)]
                _record([drafts.fine(row) for row in rows])
    if len(fine):
        by_id = {c.id: c for c in scene.atlas.overlay.corrections}
        with st.expander(f"{listing.many(len(fine), 'reject', 'rejects')} looked at and found fine"):
            for id in fine["corrected"].head(_LISTED):
                if id in by_id:
                    _line(scene, by_id[id], STANDS, "fine")
