"""Correcting: ``dateline corrections list | export | import | undo | redo | gold``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.console import StoreOption, Unusable, app, print_row, say, write_rows

if TYPE_CHECKING:
    from dateline.query import Atlas

corrections = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="What people corrected or confirmed in an atlas: list, take back, and exchange it.",
)
app.add_typer(corrections, name="corrections")

_Ids = Annotated[
    list[str], typer.Argument(help="Ids of corrections, as `dateline corrections list` shows them.")
]
_Note = Annotated[str, typer.Option("--note", help="Why; it is kept beside it.")]


def _atlas(store: Path | None) -> Atlas:
    from dateline.homes import default_store, open_atlas

    folder = store or default_store()
    atlas = open_atlas(folder)
    if atlas is None:
        raise Unusable(f"there is no atlas in {folder} yet: run `dateline ingest` first")
    return atlas


@corrections.command("list")
def list_them(
    store: StoreOption = None,
    every: Annotated[bool, typer.Option("--all", help="Those taken back, too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="A JSON object a line, with `state`.")] = False,
) -> None:
    """Say what was corrected, by whom and when, newest first."""
    from dateline.corrections import words

    overlay = _atlas(store).overlay
    states = overlay.states()
    for correction in reversed(overlay.corrections):
        state = states[correction.id]
        if state in ("undone", "undo") and not every:
            continue
        if as_json:
            print_row(correction.to_dict() | {"state": state})
        else:
            aside = "" if state == "stands" else f"  [{state}]"
            typer.echo(f"{correction.id}  {words.line(correction)}{aside}")


@corrections.command()
def export(
    store: StoreOption = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="File to write (default: standard output).")
    ] = None,
) -> None:
    """Write all corrections, also those taken back, as JSON lines."""
    rows = [c.to_dict() for c in _atlas(store).overlay.corrections]
    if out is None:
        for row in rows:
            print_row(row)
    else:
        write_rows(out, rows)


@corrections.command("import")
def import_them(
    file: Annotated[
        Path, typer.Argument(help="A file of `dateline corrections export`; - is standard input.")
    ],
    store: StoreOption = None,
) -> None:
    """Add the corrections of a file that this atlas lacks; a second time nothing is added."""
    from dateline.corrections import take_in
    from dateline.homes import default_store
    from dateline.rights import local_actor
    from dateline.store import Store

    if str(file) == "-":
        text = sys.stdin.buffer.read().decode("utf-8", "replace")
    elif file.is_file():
        text = file.read_text("utf-8", "replace")
    else:
        raise Unusable(f"{file}: there is no such file")
    report = take_in(Store(store or default_store()), local_actor(), text.splitlines())
    for problem in report.problems:
        say(f"{file}: {problem}")
    say(report.words())
    if report.problems and not report.added and not report.known:
        raise Unusable(f"{file}: holds no corrections")


@corrections.command()
def undo(ids: _Ids, store: StoreOption = None, note: _Note = "") -> None:
    """Take corrections back; they stay in the table, with a row that says so."""
    _reverse(ids, store, note, back=True)


@corrections.command()
def redo(ids: _Ids, store: StoreOption = None, note: _Note = "") -> None:
    """Put corrections that were taken back in force again."""
    _reverse(ids, store, note, back=False)


def _reverse(ids: list[str], store: Path | None, note: str, *, back: bool) -> None:
    from dateline import corrections as book
    from dateline.homes import default_store
    from dateline.rights import local_actor
    from dateline.store import Store

    act = book.undo if back else book.redo
    try:
        done = act(Store(store or default_store()), local_actor(), ids, note=note)
    except book.NotACorrection as problem:
        raise Unusable(str(problem)) from None
    told = "taken back" if back else "in force again"
    say(f"{len(done.rows):,} {told}" if done.rows else "nothing to do: it is so already")


@corrections.command()
def gold(
    kind: Annotated[str, typer.Argument(help="places, dates, tolls, topics or stories.")],
    out: Annotated[Path, typer.Option("--out", help="File to write, JSON lines.")],
    store: StoreOption = None,
) -> None:
    """Write what was corrected or confirmed as a gold file of a kind."""
    from dateline.evaluation import corrections as judged

    if kind not in judged.KINDS:
        raise Unusable(f"{kind}: is none of {', '.join(judged.KINDS)}")
    rows = judged.gold(_atlas(store), kind)
    write_rows(out, rows)
    say(f"{len(rows):,} rows")
