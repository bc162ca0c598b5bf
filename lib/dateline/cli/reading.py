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
    say_broken,
    write_rows,
)
from dateline.cli.console import (
    progress as progress_line,
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
    delay: DelayOption = None,
    timeout: TimeoutOption = None,
    max_bytes: SizeOption = None,
) -> None:
    """Read pages, feeds, tables, web addresses; print articles as JSON lines."""
    kept, refused = 0, []
    web = _web(
        locators,
        full=full,
        allow_private=allow_private,
        contact=contact,
        delay=delay,
        timeout=timeout,
        max_bytes=max_bytes,
    )
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
    delay: DelayOption = None,
    timeout: TimeoutOption = None,
    max_bytes: SizeOption = None,
) -> None:
    """Read, annotate, group into stories, commit as one snapshot."""
    from dateline.homes import default_store
    from dateline.ingest import ingest as run
    from dateline.store import Store

    where = Store(store or default_store())
    web = _web(
        locators,
        full=full,
        allow_private=allow_private,
        contact=contact,
        delay=delay,
        timeout=timeout,
        max_bytes=max_bytes,
    )
    if web is not None:
        from dateline.sources.web import Memory

        memory = Memory.of_store(where.folder)
    else:
        memory = None
    with progress_line("Reading") as tell:
        items = _reading(locators, source, date, web, memory, tell, columns)
        # Fetched first: the store is not held while servers are waited for.
        report = run(list(items) if web else items, where, workers=workers, progress=tell)
    if memory is not None and not memory.commit():
        say(f"{memory.path}: cannot be written; the same addresses are read anew next time")
    say_broken(report.rejects)
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


def _web(locators: list[str], **said: Any) -> WebSettings | None:
    """How the web is read; None where no locator lies there, so that nothing of it is loaded."""
    from dateline.sources.reading import on_the_web

    return settings(**said) if any(map(on_the_web, locators)) else None


def _is_reject(item: Any) -> bool:
    from dateline.article import Reject

    return isinstance(item, Reject)


def _finish(kept: int, refused: list[Any], strict: bool) -> None:
    broken = say_broken(refused)
    if broken and not kept:
        raise typer.Exit(UNUSABLE)
    if broken and strict:
        raise typer.Exit(DONE_WITH_REJECTS)
