"""Watching: feeds read again and again by the server, and new articles offered without moving what is on screen."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import streamlit as st

from dateline.figures import theme
from dateline.homes import default_store
from dateline.rights import Actor
from dateline.store import Snapshot, Store, StoreError
from dateline.ui import listing, session

_FOLLOW: Final = "follow-along"
_SEEN: Final = "seen"
# Seconds between two looks at the store, by a page that is open.
LOOK: Final = 5.0
EVERY: Final = {"5 minutes": "5m", "15 minutes": "15m", "30 minutes": "30m", "1 hour": "1h", "6 hours": "6h"}


@dataclass(slots=True)
class Desk:
    """The one watch of a server: what it reads, since when, and what its rounds said, newest first.

    It belongs to the server and not to a session: closing the browser does not end it.
    """

    locators: tuple[str, ...] = ()
    every: str = ""
    by: str = ""
    since: datetime | None = None
    stage: str = ""
    rounds: deque[str] = field(default_factory=lambda: deque(maxlen=20))
    _ended: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None
    _guard: threading.Lock = field(default_factory=threading.Lock)

    @property
    def running(self) -> bool:
        """Whether it is at work, or ending its round after a stop."""
        return self._thread is not None and self._thread.is_alive()

    @property
    def stopping(self) -> bool:
        """Whether it was told to stop and has not ended yet."""
        return self.running and self._ended.is_set()

    def start(self, locators: Sequence[str], every: str, *, full: bool, actor: Actor) -> None:
        """Begin; does nothing where a watch runs already. Raises ValueError for settings that make no sense, and
        NotAllowed for a reader."""
        from dataclasses import replace

        from dateline.rights import require_editor
        from dateline.sources.web import from_environment
        from dateline.watch import Watch, seconds

        require_editor(actor, "watch sources into this atlas")
        settings = replace(from_environment(), full=full)
        period = seconds(every)
        with self._guard:
            if self.running:
                return
            self._ended = ended = threading.Event()
            self.locators, self.every, self.by = tuple(locators), every, actor.name
            self.since, self.stage = datetime.now().astimezone(), "Starting"
            self.rounds.clear()
            watch = Watch(
                self.locators,
                Store(default_store()),
                period,
                settings,
                actor=actor,
                stop=ended.is_set,
                wait=lambda left: _wait(ended, left),
                progress=self._tell,
            )
            self._thread = threading.Thread(target=self._run, args=(watch,), name="watch", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End after what is being written; what is only fetched so far is left for the next time."""
        self._ended.set()

    def join(self, timeout: float) -> None:
        """Wait for the end of a watch that was stopped."""
        if self._thread is not None:
            self._thread.join(timeout)

    def _tell(self, stage: str, done: int) -> None:
        self.stage = f"{stage} … {done:,}" if done else stage

    def _run(self, watch: object) -> None:
        from dateline.watch import Watch

        assert isinstance(watch, Watch)
        try:
            for found in watch.rounds():
                at = datetime.now().astimezone().strftime("%H:%M:%S")
                self.rounds.appendleft(f"{at} {found.words()}")
                self.stage = "Waiting for the next round"
        except Exception as error:  # the thread has nobody else to tell
            self.rounds.appendleft(f"The watch ended: {error}")


def _wait(ended: threading.Event, left: float) -> None:
    ended.wait(left)


@st.cache_resource(show_spinner=False)
def desk() -> Desk:
    """The server's watch."""
    return Desk()


# -- on the page Sources ----------------------------------------------------------------------------------------


def panel() -> None:
    """The form that starts the server's watch, or what it is doing with a way to stop it."""
    st.header("Keep reading")
    here = desk()
    editor = session.actor().role == "editor"
    if here.running:
        _progress(editor)
        return
    for line in list(here.rounds)[:1]:
        st.caption(f"The last watch has ended. {listing.plain(line)}")
    if not editor:
        st.caption("Nothing is being watched. Editors can have feeds read again and again.")
        return
    with st.form("watch", border=False):
        written = st.text_area(
            "Feeds, sites or lists of feeds, one a line",
            height=110,
            key="watched",
            placeholder="https://valleypost.example/feed",
            help="Read again and again while the server runs, also when this page is closed. "
            "What is new is added in one go after each round.",
        )
        left, right = st.columns(2, vertical_alignment="bottom")
        label = left.selectbox("Every", list(EVERY), index=1, key="watch-every")
        full = right.checkbox("Fetch the full text of each entry", key="watch-full")
        if st.form_submit_button("Start watching"):
            _start(written, EVERY[label], full)


def _start(written: str, every: str, full: bool) -> None:
    from dateline.rights import NotAllowed
    from dateline.ui.reading import addresses

    locators = addresses(written)
    files = [one for one in locators if not one.lower().startswith(("http://", "https://"))]
    if not locators:
        st.warning("There is no address yet.")
    elif files:
        st.warning(f"This is no http or https address: {listing.plain(files[0])}")
    else:
        try:
            desk().start(locators, every, full=full, actor=session.actor())
        except (NotAllowed, StoreError, ValueError) as error:
            st.error(listing.plain(error))
            return
        st.rerun()


@st.fragment(run_every=2.0)
def _progress(editor: bool) -> None:
    here = desk()
    if not here.running:
        st.rerun(scope="app")
    with st.container(border=True, key="watch-status"):
        many = listing.many(len(here.locators), "address", "addresses")
        since = here.since.strftime("%H:%M") if here.since else ""
        st.markdown(
            f"**Watching {many} every {here.every}**, since {since}, started by {listing.plain(here.by)}"
        )
        st.caption(listing.plain("Stopping after this round" if here.stopping else here.stage))
        if editor:
            st.button("Stop watching", on_click=here.stop, disabled=here.stopping, key="watch-stop")
        with st.expander("Rounds and addresses"):
            for line in list(here.rounds) or ["No round has ended yet."]:
                st.text(line)
            for locator in here.locators[:50]:
                st.caption(listing.plain(locator))


# -- on every page ----------------------------------------------------------------------------------------------


def kept(newest: Snapshot, sample: bool) -> tuple[Snapshot, bool]:
    """The snapshot this session stays on, and whether it is the sample, while a link pins none.

    A new snapshot with other articles is only offered (:func:`notice`). One with the same articles, such as that of a
    correction, is shown at once.
    """
    seen: tuple[Snapshot, bool] | None = st.session_state.get(_SEEN)
    if seen is not None and not following() and not _same(seen[0], newest):
        try:
            if Store(seen[0].folder).snapshot(seen[0].name) is not None:
                return seen
        except StoreError:
            # What it stayed on is damaged or gone: the newest is what there is.
            pass
    st.session_state[_SEEN] = (newest, sample)
    return newest, sample


def _same(one: Snapshot, other: Snapshot) -> bool:
    digests = one.name.partition("-")[2], other.name.partition("-")[2]
    return one.folder == other.folder and digests[0] == digests[1]


def show_newest() -> None:
    """Let the session go on to the newest snapshot; for callbacks, and after a reading of its own."""
    st.session_state.pop(_SEEN, None)


@st.fragment(run_every=LOOK)
def notice(folder: str, name: str, dark: bool) -> None:
    """Over a page that no link pins: how many articles came in since, with a button that shows them.

    It looks at the store by itself and redraws nothing else, so the reader's map and scroll stay where they are.
    """
    # Always there, so that nothing moves when there is something to offer.
    st.html(
        f"<style>{_FLOATING.format(paper=theme.palette(dark).raised, rule=theme.palette(dark).rule)}</style>"
    )
    offered = waiting(folder, name)
    if offered and following():
        show_newest()
        st.rerun(scope="app")
    if not offered and not following() and not desk().running:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="newer"):
        if offered and st.button(f"{offered} – show them", icon=":material/refresh:", key="show-newer"):
            show_newest()
            st.rerun(scope="app")
        st.checkbox(
            "Follow along",
            value=following(),
            key="follow-box",
            on_change=_follow,
            help="Show what comes in as it comes in.",
        )


# It lies over the page: in the page, it would push down what is being read.
_FLOATING: Final = (
    # The block around it has no height and would still take a gap.
    '[data-testid="stLayoutWrapper"]:has(> div > [data-testid="stLayoutWrapper"] > .st-key-newer)'
    "{{position:absolute}} "
    '[data-testid="stLayoutWrapper"]:has(> .st-key-newer)'
    "{{position:fixed;right:1rem;bottom:1rem;width:auto;z-index:100;padding:.5rem .75rem;border-radius:4px;"
    "background:{paper};border:1px solid {rule};box-shadow:0 2px 8px rgb(0 0 0 / 15%)}}"
)


def following() -> bool:
    """Whether the reader asked to be taken along with what comes in."""
    return bool(st.session_state.get(_FOLLOW))


def _follow() -> None:
    st.session_state[_FOLLOW] = st.session_state["follow-box"]


def waiting(folder: str, name: str) -> str | None:
    """What the newest snapshot has beyond the one on screen, in words; None where there is nothing new."""
    try:
        own = Store(default_store())
        newest = own.latest()
        shown = own.snapshot(name) if str(own.folder) == folder else None
    except StoreError:
        return None
    if newest is None or not newest.articles or (shown is not None and _same(shown, newest)):
        return None
    new = newest.articles - (shown.articles if shown else 0)
    return f"{new:,} new article{'' if new == 1 else 's'}" if new > 0 else "Changed articles"
