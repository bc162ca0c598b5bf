"""Reading: paste a page, upload files or name addresses; what came of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date

import pandas as pd
import streamlit as st

from dateline.article import Article, Reject
from dateline.homes import default_store
from dateline.ingest import Report, ingest
from dateline.rights import NotAllowed, require_editor
from dateline.sources import read_bytes
from dateline.sources.limits import in_words
from dateline.store import Store, StoreError
from dateline.ui import doors, listing, session, state, watching
from dateline.ui.atlas import Scene

# What the file chooser offers. What a file is, its bytes decide (dateline.sources.sniff).
_TYPES = [
    *(
        "txt",
        "md",
        "html",
        "htm",
        "xhtml",
        "xml",
        "rss",
        "atom",
        "opml",
        "json",
        "jsonl",
        "ndjson",
        "csv",
        "tsv",
    ),
    *("parquet", "xlsx", "warc", "gz", "zip"),
]
_LONGEST_NAME = 80


def add() -> None:
    """The form: a paste, files or addresses, an outlet's name and a date for what has none; a reader gets none."""
    st.header("Add articles")
    session.badge()
    if session.actor().role != "editor":
        return
    paste, upload, address = st.tabs(["Paste a page", "Upload files", "From an address"])
    with paste, st.form("paste", border=False):
        text = st.text_area(
            "Page text",
            height=220,
            key="pasted",
            label_visibility="collapsed",
            placeholder="Select a whole news page in your browser, copy, and paste it here. "
            "Menus, buttons and cut-off teasers are told apart from articles.",
        )
        source, day = _of_source("paste")
        if st.form_submit_button("Read it", type="primary"):
            if text.strip():
                _run(read_bytes("pasted page", text.encode("utf-8", "replace"), source=source, date=day))
            else:
                st.warning("There is no text yet: paste a page into the box first.")
    with upload, st.form("upload", border=False):
        files = st.file_uploader(
            "Saved pages, feeds, tables",
            type=_TYPES,
            accept_multiple_files=True,
            help="Web pages, feeds, tables (CSV, JSON, Parquet, Excel), web archives, texts, also packed (gz, zip); "
            f"at most {doors.MOST_FILES} files and {in_words(doors.MOST_BYTES)} at once. Nothing is stored but the "
            "articles in it.",
        )
        source, day = _of_source("upload")
        if st.form_submit_button("Read them", type="primary"):
            if not files:
                st.warning("No file is chosen yet.")
            elif said := too_much([f.size for f in files]):
                st.error(said)
            else:
                _run(
                    item
                    for f in files
                    for item in read_bytes(shown_name(f.name), f.getvalue(), source=source, date=day)
                )
    with address, st.form("address", border=False):
        written = st.text_area(
            "Web addresses, one a line",
            height=130,
            key="addresses",
            placeholder="https://valleypost.example/feed",
            help="A feed, a page, a site's front page, a sitemap or a list of feeds (OPML). robots.txt is kept, "
            "and a host is asked one thing a second.",
        )
        full = st.checkbox("Fetch the full text of each entry of a feed", key="address-full")
        source, day = _of_source("address")
        if st.form_submit_button("Fetch and read", type="primary"):
            if written.strip():
                _run_from_web(addresses(written), full=full, source=source, date=day)
            else:
                st.warning("There is no address yet.")
    _report()


def too_much(sizes: list[int]) -> str:
    """Why files of these sizes in bytes are not read together; empty where they are."""
    if len(sizes) > doors.MOST_FILES:
        return f"{len(sizes)} files are too many at once: choose at most {doors.MOST_FILES}."
    if sum(sizes) > doors.MOST_BYTES:
        return f"{in_words(sum(sizes))} are too much at once: choose at most {in_words(doors.MOST_BYTES)}."
    return ""


def shown_name(name: str) -> str:
    """A file's name as it is shown and noted: its last part on one line, cut to a sane length; no path is made of it.

    The end stays, since it breaks ties of what the file is.
    """
    last = re.split(r"[/\\]", name)[-1]
    clean = " ".join("".join(c if c.isprintable() else " " for c in last).split()).lstrip(".")
    half = _LONGEST_NAME // 2
    cut = clean if len(clean) <= _LONGEST_NAME else f"{clean[: half - 1]}…{clean[-half:]}"
    return cut or "file without a name"


def addresses(written: str) -> list[str]:
    """What a person wrote as web addresses, a line each: one without a scheme is taken for https."""
    lines = [line.strip() for line in written.splitlines() if line.strip()]
    return [line if "://" in line else f"https://{line}" for line in lines]


def _run_from_web(locators: list[str], *, full: bool, source: str | None, date: str | None) -> None:
    """Fetch first, so that the store is not held while servers are waited for; then read into the atlas."""
    try:
        # Before a single request: a reader may not send this server out either.
        require_editor(session.actor(), "have web addresses fetched")
    except NotAllowed as refusal:
        st.error(listing.plain(refusal))
        return
    bar = st.progress(0.0, "Fetching …")

    def tell(locator: str, done: int, total: int) -> None:
        bar.progress(done / total, f"Fetched {done:,} of {total:,}: {listing.plain(locator[:80])}")

    items = list(fetched(locators, full=full, source=source, date=date, progress=tell))
    bar.empty()
    _run(items)


def fetched(
    locators: list[str],
    *,
    full: bool = False,
    source: str | None = None,
    date: str | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> Iterator[Article | Reject]:
    """The articles and rejects of web addresses; a file of the server's own disk is none, nor a private address.

    Only the server's environment (``DATELINE_ALLOW_PRIVATE``, ``DATELINE_CONTACT``) says otherwise.
    """
    from dateline.sources.web import from_environment, harvest

    try:
        settings = replace(from_environment(), full=full)
    except ValueError as error:
        yield from (Reject(locator, "", f"DATELINE_CONTACT cannot be used: {error}") for locator in locators)
        return
    files = [locator for locator in locators if not locator.lower().startswith(("http://", "https://"))]
    yield from (Reject(file, "", "this is no http or https address") for file in files)
    named = [locator for locator in locators if locator not in files]
    yield from harvest(named, settings, None, progress, source=source, date=date)


def _of_source(form: str) -> tuple[str | None, str | None]:
    left, right = st.columns(2)
    source = left.text_input("Outlet, where the text does not name it", key=f"{form}-source", max_chars=100)
    day = right.date_input(
        "Date of the page, where the text does not tell it",
        value=None,
        key=f"{form}-date",
        min_value=date(1900, 1, 1),
        max_value=date(2100, 12, 31),
        format="YYYY-MM-DD",
    )
    return source.strip() or None, day.isoformat() if day else None


def _run(items: Iterable[Article | Reject]) -> None:
    """Read into the user's own atlas, with progress, and show the newest snapshot from then on."""
    with st.status("Reading …", expanded=True) as status:
        line = st.empty()
        try:
            report = ingest(
                _counted(items, line),
                Store(default_store()),
                progress=lambda stage, done: line.write(f"{stage} … {done:,}"),
                actor=session.actor(),
            )
        except (StoreError, NotAllowed) as error:
            status.update(label="Nothing was added", state="error")
            st.error(listing.plain(session.told(error)))
            return
        status.update(label="Done", state="complete", expanded=False)
    st.session_state["report"] = report
    state.look(snapshot=None, camera=None)
    watching.show_newest()
    st.rerun()


def _counted(
    items: Iterable[Article | Reject], line: st.delta_generator.DeltaGenerator
) -> Iterator[Article | Reject]:
    for number, item in enumerate(items, 1):
        if number % 50 == 1:
            line.write(f"Reading … {number:,}")
        yield item


def _report() -> None:
    report: Report | None = st.session_state.get("report")
    if report is None:
        return
    with st.container(border=True, key="report"):
        if report.kept:
            st.success(f"{report.kept:,} article{'s' if report.kept != 1 else ''} added. {report.words()}.")
            left, right, _ = st.columns([1, 1, 3])
            left.page_link("pages/views/map.py", label="See them on the map")
            right.page_link("pages/views/overview.py", label="Overview")
        elif report.read:
            st.info(f"Nothing new: {report.words()}.")
        else:
            st.warning(f"No article was found in it. {report.words()}.")
        _rejects(pd.DataFrame([r.to_dict() for r in report.rejects]))


def _rejects(frame: pd.DataFrame) -> None:
    if frame.empty:
        return
    kinds = {"boilerplate": "page furniture", "duplicate": "read before or cut short", "broken": "unreadable"}
    st.dataframe(
        pd.DataFrame(
            {
                "From": frame["locator"].map(file_name, na_action="ignore"),
                "At": frame["position"],
                "Kind": frame["kind"].map(kinds),
                "Why": frame["reason"],
                "Text": frame["excerpt"],
            }
        ),
        hide_index=True,
        placeholder=listing.MISSING,
        column_config={
            "Why": st.column_config.TextColumn(width="medium"),
            "Text": st.column_config.TextColumn(width="large"),
        },
    )


def file_name(locator: str) -> str:
    """The name of a file or folder without the folders it lies in, which a reader's browser has no business with;
    an address as it is.
    """
    if "://" in locator:
        return locator
    return re.split(r"[/\\]", locator.rstrip("/\\"))[-1] or locator


def file_names(locators: str) -> str:
    """The same for the locators of a run, which are listed with commas."""
    return ", ".join(file_name(locator) for locator in locators.split(", "))


def runs(scene: Scene) -> None:
    """What this atlas was read from, and what of it did not become an article."""
    st.header("What was read")
    frame = scene.atlas.runs()
    if frame.empty:
        st.caption("Nothing yet.")
        return
    frame = frame.assign(locator=frame["locator"].map(file_names, na_action="ignore"))
    st.dataframe(
        frame[["at", "locator", "read", "kept", "doubled", "rejected"]].rename(
            columns={
                "at": "When (UTC)",
                "locator": "From",
                "read": "Read",
                "kept": "Kept",
                "doubled": "There before",
                "rejected": "Rejected",
            }
        ),
        hide_index=True,
        placeholder=listing.MISSING,
    )
    rejects = scene.atlas.rejects()
    st.header("What was rejected, and why")
    if rejects.empty:
        st.caption("Nothing: every item became an article.")
    _rejects(rejects)
