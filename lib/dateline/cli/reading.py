"""Reading: ``dateline read`` and ``dateline ingest``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dateline.cli.console import (
    DONE_WITH_REJECTS,
    UNUSABLE,
    StoreOption,
    StrictOption,
    Unusable,
    WorkersOption,
    app,
    print_row,
    say,
    write_rows,
)
from dateline.cli.console import (
    progress as progress_line,
)

if TYPE_CHECKING:
    from dateline.article import Article, Reject
    from dateline.sources.web import Memory, WebSettings

Locators = Annotated[
    list[str],
    typer.Argument(help="Files, folders, web addresses, or - for standard input.", show_default=False),
]
SourceOption = Annotated[
    str | None, typer.Option("--source", help="Outlet to name where the input does not.")
]
DateOption = Annotated[
    str | None, typer.Option("--date", help="Reference date (YYYY-MM-DD) for what carries none of its own.")
]
ColumnsOption = Annotated[
    str | None,
    typer.Option("--columns", help="Which column of a table holds what: title=Headline,text=Body."),
]
FullOption = Annotated[bool, typer.Option("--full", help="Fetch the page of each entry of a feed.")]
PrivateOption = Annotated[
    bool, typer.Option("--allow-private", help="Let addresses of this machine and private networks be read.")
]
ContactOption = Annotated[
    str | None, typer.Option("--contact", help="Your mail or web address, told to the servers that are read.")
]
DelayOption = Annotated[float, typer.Option("--delay", help="Seconds between two requests of one host.")]
TimeoutOption = Annotated[float, typer.Option("--timeout", help="Seconds that one answer may take.")]
SizeOption = Annotated[int, typer.Option("--max-bytes", help="Bytes that one answer may have, unpacked.")]


@app.command()
def read(
    locators: Locators,
    rejects: Annotated[
        Path | None, typer.Option("--rejects", help="Write rejects to this JSONL file.")
    ] = None,
    source: SourceOption = None,
    date: DateOption = None,
    columns: ColumnsOption = None,
    strict: StrictOption = False,
    full: FullOption = False,
    allow_private: PrivateOption = False,
    contact: ContactOption = None,
    delay: DelayOption = 1.0,
    timeout: TimeoutOption = 60.0,
    max_bytes: SizeOption = 10 * 1024 * 1024,
) -> None:
    """Read pages, feeds, tables, web addresses; print articles as JSON lines."""
    kept, refused = 0, []
    web = _web(locators, full, allow_private, contact, delay, timeout, max_bytes)
    for item in _reading(locators, source, date, web, columns=columns):
        if _is_reject(item):
            refused.append(item)
        else:
            kept += 1
            print_row(item.to_dict())
    if rejects is not None:
        write_rows(rejects, (r.to_dict() for r in refused))
    _finish(kept, refused, strict)


@app.command()
def ingest(
    locators: Locators,
    store: StoreOption = None,
    source: SourceOption = None,
    date: DateOption = None,
    columns: ColumnsOption = None,
    workers: WorkersOption = 1,
    strict: StrictOption = False,
    full: FullOption = False,
    allow_private: PrivateOption = False,
    contact: ContactOption = None,
    delay: DelayOption = 1.0,
    timeout: TimeoutOption = 60.0,
    max_bytes: SizeOption = 10 * 1024 * 1024,
) -> None:
    """Read, annotate, group into stories, commit as one snapshot."""
    from dateline.homes import default_store
    from dateline.ingest import ingest as run
    from dateline.store import Store

    where = Store(store or default_store())
    web = _web(locators, full, allow_private, contact, delay, timeout, max_bytes)
    memory = _memory(where.folder) if web else None
    with progress_line("Reading") as tell:
        items = _reading(locators, source, date, web, memory, tell, columns)
        # Fetched first: the store is not held while servers are waited for.
        report = run(list(items) if web else items, where, workers=workers, progress=tell)
    if memory is not None and not memory.commit():
        say(f"{memory.path}: cannot be written; the same addresses are read anew next time")
    for reject in report.rejects:
        if reject.kind == "broken":
            say(f"{reject.locator}{_at(reject.position)}: {reject.reason}")
    name = report.snapshot.name if report.snapshot else "none"
    typer.echo(f"{report.words()}. Snapshot {name} in {where.folder}")
    if not report.read and report.broken:
        raise typer.Exit(UNUSABLE)
    if strict and report.broken:
        raise typer.Exit(DONE_WITH_REJECTS)


def _reading(
    locators: list[str],
    source: str | None,
    date: str | None,
    web: WebSettings | None = None,
    memory: Memory | None = None,
    tell: Callable[[str, int], None] | None = None,
    columns: str | None = None,
) -> Iterator[Article | Reject]:
    from dateline.article import iso_day
    from dateline.sources import read as read_all
    from dateline.sources.columns import parse

    if date is not None and (len(date) != 10 or iso_day(date) is None):
        raise Unusable(f"--date {date}: is no day that exists; write YYYY-MM-DD")

    try:
        chosen = parse(columns) if columns is not None else None
    except ValueError as error:
        raise Unusable(f"--columns: {error}") from None

    def progress(locator: str, done: int, total: int) -> None:
        if tell is not None:
            tell(f"Reading {locator[:60]}", done)

    return iter(
        read_all(
            locators,
            source=source,
            date=date,
            stdin=sys.stdin.buffer,
            progress=progress,
            web=web,
            memory=memory,
            columns=chosen,
        )
    )


def _web(
    locators: list[str],
    full: bool,
    allow_private: bool,
    contact: str | None,
    delay: float,
    timeout: float,
    max_bytes: int,
) -> WebSettings | None:
    """How the web is read; None where no locator lies there, so that nothing of it is loaded."""
    from dateline.sources.reading import on_the_web

    if not any(map(on_the_web, locators)):
        return None
    from dateline.sources.web import WebSettings, from_environment

    try:
        said = from_environment()
        return WebSettings(
            contact=said.contact if contact is None else contact,
            full=full,
            allow_private=allow_private or said.allow_private,
            delay=delay,
            timeout=timeout,
            max_bytes=max_bytes,
        )
    except ValueError as error:
        raise Unusable(str(error)) from None


def _memory(folder: Path) -> Memory:
    from dateline.sources.web import Memory

    return Memory.of_store(folder)


def _is_reject(item: Any) -> bool:
    from dateline.article import Reject

    return isinstance(item, Reject)


def _finish(kept: int, refused: list[Any], strict: bool) -> None:
    broken = [r for r in refused if r.kind == "broken"]
    for reject in broken:
        say(f"{reject.locator}{_at(reject.position)}: {reject.reason}")
    if broken and not kept:
        raise typer.Exit(UNUSABLE)
    if broken and strict:
        raise typer.Exit(DONE_WITH_REJECTS)


def _at(position: str) -> str:
    return f", {position}" if position else ""
