"""Watching: ``dateline watch``."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Annotated, Any

import typer

from dateline.cli.console import (
    UNUSABLE,
    StoreOption,
    Unusable,
    WorkersOption,
    app,
    progress,
    say,
    say_broken,
)
from dateline.cli.network import (
    ContactOption,
    DelayOption,
    FullOption,
    PrivateOption,
    SizeOption,
    TimeoutOption,
    settings,
)
from dateline.cli.reading import Locators, SourceOption


@app.command()
def watch(
    locators: Locators,
    every: Annotated[str, typer.Option("--every", help="Time between two rounds: 90s, 15m, 2h.")] = "15m",
    rounds: Annotated[int | None, typer.Option("--rounds", min=1, help="End after so many rounds.")] = None,
    store: StoreOption = None,
    source: SourceOption = None,
    workers: WorkersOption = 1,
    full: FullOption = False,
    allow_private: PrivateOption = False,
    contact: ContactOption = None,
    delay: DelayOption = None,
    timeout: TimeoutOption = None,
    max_bytes: SizeOption = None,
) -> None:
    """Read web addresses again and again; a commit a round where anything is new."""
    from dateline.homes import default_store
    from dateline.sources.reading import on_the_web
    from dateline.store import Store
    from dateline.watch import Watch, seconds

    if others := [locator for locator in locators if not on_the_web(locator)]:
        raise Unusable(f"{others[0]}: only web addresses and lists of feeds (OPML) can be watched")
    web = settings(
        full=full,
        allow_private=allow_private,
        contact=contact,
        delay=delay,
        timeout=timeout,
        max_bytes=max_bytes,
    )
    try:
        period = seconds(every)
    except ValueError as error:
        raise Unusable(str(error)) from None
    ended = threading.Event()
    failed = done = 0
    with _stopped_by_signals(ended), progress("Fetching") as tell:
        at_work = Watch(
            locators,
            Store(store or default_store()),
            period,
            web,
            workers=workers,
            source=source,
            stop=ended.is_set,
            wait=lambda left: _wait(ended, left),
            progress=tell,
        )
        for found in at_work.rounds(rounds):
            done += 1
            failed += found.report is None
            typer.echo(found.words())
            if found.report is not None:
                say_broken(found.report.rejects)
            tell("Waiting for the next round", 0)
    if ended.is_set():
        say(f"stopped after {done} round{'' if done == 1 else 's'}; the atlas is whole")
    elif failed == done:
        raise typer.Exit(UNUSABLE)


def _wait(ended: threading.Event, left: float) -> None:
    ended.wait(left)


@contextmanager
def _stopped_by_signals(ended: threading.Event) -> Iterator[None]:
    """The first Ctrl+C or SIGTERM ends the watch when it can be ended cleanly, the second at once."""
    before: dict[signal.Signals, Callable[[int, FrameType | None], Any] | int | None] = {}

    def stop(number: int, frame: FrameType | None) -> None:
        if ended.is_set():
            raise KeyboardInterrupt
        ended.set()
        say("stopping; once more to stop at once")

    try:
        for sign in (signal.SIGINT, signal.SIGTERM):
            before[sign] = signal.signal(sign, stop)
    except ValueError:
        # Not the main thread (a test's runner): it is stopped by other means.
        before.clear()
    try:
        yield
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)
