"""The command line: ``dateline read | annotate | stories | ingest | export | evaluate | serve``.

Exit codes: 0 done, 1 done with rejects under ``--strict``, 2 unusable input. Errors are one line on standard error,
never a traceback; a progress bar is shown on a terminal and none in a pipe.
"""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

if TYPE_CHECKING:
    from dateline.article import Article, Reject

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Dateline, a news atlas: where, when, to how many and about what, with the sentence behind each dot.",
)

DONE, DONE_WITH_REJECTS, UNUSABLE = 0, 1, 2

Locators = Annotated[
    list[str], typer.Argument(help="Files, folders, or - for standard input.", show_default=False)
]
StoreOption = Annotated[
    Path | None, typer.Option("--store", help="Folder of the atlas (default: in your data directory).")
]
SourceOption = Annotated[
    str | None, typer.Option("--source", help="Outlet to name where the input does not.")
]
DateOption = Annotated[
    str | None, typer.Option("--date", help="Reference date (YYYY-MM-DD) for what carries none of its own.")
]
StrictOption = Annotated[bool, typer.Option("--strict", help="Exit with 1 when anything was unreadable.")]
WorkersOption = Annotated[int, typer.Option("--workers", min=1, max=256, help="Processes that annotate.")]


class Unusable(Exception):
    """Input that cannot be used at all; the message is the one line the user sees."""


@app.command()
def read(
    locators: Locators,
    rejects: Annotated[
        Path | None, typer.Option("--rejects", help="Write rejects to this JSONL file.")
    ] = None,
    source: SourceOption = None,
    date: DateOption = None,
    strict: StrictOption = False,
) -> None:
    """Read pages, feeds, tables and folders; print articles as JSON lines."""
    kept, refused = 0, []
    for item in _reading(locators, source, date):
        if _is_reject(item):
            refused.append(item)
        else:
            kept += 1
            _print_row(item.to_dict())
    if rejects is not None:
        _write_rows(rejects, (r.to_dict() for r in refused))
    _finish(kept, refused, strict)


@app.command()
def annotate(workers: WorkersOption = 1) -> None:
    """Find places, dates, tolls and topics: articles as JSON lines in, findings out."""
    from dateline.annotate import annotate_article

    # One process answers each line as it comes, so that the command can stand in the middle of a pipe.
    findings: Iterable[Any] = map(annotate_article, _rows(("id", "text")))
    if workers > 1:
        from dateline.engines import findings_of

        findings = findings_of(_rows(("id", "text")), workers=workers)
    for found in findings:
        _print_row(found.to_dict())


@app.command()
def stories() -> None:
    """Group articles: JSON lines in, ``{"id", "story"}`` out."""
    import pandas as pd

    from dateline.stories import group_texts

    rows = list(_rows(("id", "text")))
    if not rows:
        return
    grouped = group_texts(pd.DataFrame(rows))
    for article, story in zip(grouped["article"], grouped["story"], strict=True):
        _print_row({"id": article, "story": story})


@app.command()
def ingest(
    locators: Locators,
    store: StoreOption = None,
    source: SourceOption = None,
    date: DateOption = None,
    workers: WorkersOption = 1,
    strict: StrictOption = False,
) -> None:
    """Read, annotate, group into stories and commit to the atlas as one snapshot."""
    from dateline.homes import default_store
    from dateline.ingest import ingest as run
    from dateline.store import Store

    where = Store(store or default_store())
    with _progress("Reading") as tell:
        report = run(_reading(locators, source, date), where, workers=workers, progress=tell)
    for reject in report.rejects:
        if reject.kind == "broken":
            _say(f"{reject.locator}{_at(reject.position)}: {reject.reason}")
    name = report.snapshot.name if report.snapshot else "none"
    typer.echo(f"{report.words()}. Snapshot {name} in {where.folder}")
    if not report.read and report.broken:
        raise typer.Exit(UNUSABLE)
    if strict and report.broken:
        raise typer.Exit(DONE_WITH_REJECTS)


@app.command()
def export(
    filters: Annotated[
        str, typer.Option("--filters", help="As in a link: 'region=MA&date=2025-12-01&date=2025-12-31'.")
    ] = "",
    format: Annotated[str, typer.Option("--format", help="csv or geojson.")] = "csv",
    out: Annotated[
        Path | None, typer.Option("--out", help="File to write (default: standard output).")
    ] = None,
    store: StoreOption = None,
) -> None:
    """Write the mentions behind the selection, with their sentences, to a file."""
    from urllib.parse import parse_qs

    from dateline import exports
    from dateline.filters import Filters, View, parameters_unknown
    from dateline.homes import open_atlas

    if format not in exports.FORMATS:
        raise Unusable(f"--format {format}: it is one of {', '.join(exports.FORMATS)}")
    query = parse_qs(filters.partition("?")[2] or filters, keep_blank_values=True)
    chosen, dropped = Filters.from_query(query)
    view, dropped_too = View.from_query(query)
    for words in (*dropped, *dropped_too, *parameters_unknown(query)):
        _say(f"--filters {words}")
    atlas = open_atlas(store, view.snapshot)
    if atlas is None:
        raise Unusable(f"there is no atlas in {store} yet: run `dateline ingest` first")
    data = exports.write(atlas, chosen, format)
    if out is None:
        sys.stdout.buffer.write(data)
    else:
        out.write_bytes(data)


@app.command()
def evaluate(
    kind: Annotated[str, typer.Argument(help="places, dates, tolls, topics, stories or pages.")],
    gold: Annotated[Path, typer.Argument(help="A gold file, JSON lines (may be gzipped).")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Score what Dateline finds against a gold file."""
    from dateline import evaluation

    if kind not in evaluation.KINDS:
        raise Unusable(f"{kind}: nothing to evaluate; it is one of {', '.join(evaluation.KINDS)}")
    if not gold.is_file():
        raise Unusable(f"{gold}: there is no such file")
    figures = evaluation.run(kind, gold)
    if as_json:
        _print_row(figures)
        return
    width = max(map(len, figures), default=0)
    for name, value in figures.items():
        typer.echo(
            f"{name:<{width}}  {value:.4f}" if isinstance(value, float) else f"{name:<{width}}  {value}"
        )


@app.command()
def serve(
    store: StoreOption = None,
    port: Annotated[int, typer.Option("--port", min=1, max=65535)] = 8501,
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "localhost",
) -> None:
    """Open the dashboard on http://localhost:8501."""
    from dateline.homes import APP, prepare

    with _progress("Preparing") as tell:
        prepare(tell)
    if store is not None:
        os.environ["DATELINE_STORE"] = str(store.expanduser().resolve())
    if not _free(host, port):
        raise Unusable(
            f"port {port} is taken: stop what listens there, or choose another with --port (make run PORT=…)"
        )
    typer.echo(f"Dateline: http://{host}:{port}  (stop with Ctrl+C)")
    sys.stdout.flush()
    command = [
        sys.executable,
        "-m",
        "dateline.ui.server",
        "run",
        str(APP),
        "--server.port",
        str(port),
        "--server.address",
        host,
    ]
    os.chdir(APP.parent)
    os.execv(sys.executable, command)  # noqa: S606 the arguments are ours; exec keeps Ctrl+C and exit codes simple


def _free(host: str, port: int) -> bool:
    import socket

    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _reading(locators: list[str], source: str | None, date: str | None) -> Iterator[Article | Reject]:
    from dateline.article import iso_day
    from dateline.sources import read as read_all

    if date is not None and (len(date) != 10 or iso_day(date) is None):
        raise Unusable(f"--date {date}: is no day that exists; write YYYY-MM-DD")
    yield from read_all(locators, source=source, date=date, stdin=sys.stdin.buffer)


def _is_reject(item: Any) -> bool:
    from dateline.article import Reject

    return isinstance(item, Reject)


def _finish(kept: int, refused: list[Any], strict: bool) -> None:
    broken = [r for r in refused if r.kind == "broken"]
    for reject in broken:
        _say(f"{reject.locator}{_at(reject.position)}: {reject.reason}")
    if broken and not kept:
        raise typer.Exit(UNUSABLE)
    if broken and strict:
        raise typer.Exit(DONE_WITH_REJECTS)


def _at(position: str) -> str:
    return f", {position}" if position else ""


def _rows(needed: tuple[str, ...], stream: BinaryIO | None = None) -> Iterator[dict[str, Any]]:
    """JSON objects, a line each, from standard input; a line that is none is reported and skipped."""
    for number, line in enumerate(stream or sys.stdin.buffer, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            reason = getattr(error, "msg", None) or "it is not UTF-8 text"
            raise Unusable(f"standard input, line {number}: is no JSON ({reason})") from None
        missing = [k for k in needed if not isinstance(row, dict) or not isinstance(row.get(k), str)]
        if missing:
            raise Unusable(f"standard input, line {number}: lacks {' and '.join(missing)} (as text)")
        yield row


def _print_row(row: dict[str, Any]) -> None:
    # Half a surrogate pair cannot be written as UTF-8; it is escaped as JSON allows, the rest stays readable.
    text = json.dumps(row, ensure_ascii=False)
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError:
        data = json.dumps(row).encode("ascii")
    sys.stdout.buffer.write(data + b"\n")


def _write_rows(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    try:
        with path.open("w", encoding="utf-8", errors="backslashreplace") as file:
            for row in rows:
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
    except OSError as error:
        raise Unusable(f"{path}: cannot be written ({error.strerror})") from None


def _say(words: str) -> None:
    typer.echo(f"dateline: {words}", err=True)


@contextmanager
def _progress(first: str) -> Iterator[Callable[[str, int], None]]:
    """A line of progress on a terminal; in a pipe nothing."""
    if not sys.stderr.isatty():
        yield lambda stage, done: None
        return
    from rich.console import Console
    from rich.status import Status

    with Status(first, console=Console(stderr=True)) as status:
        yield lambda stage, done: status.update(f"{stage} … {done:,}" if done else f"{stage} …")


def main() -> None:
    """The command ``dateline``: every failure a user can cause ends in one line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    from dateline.store import StoreError

    try:
        app(standalone_mode=True)
    except (Unusable, StoreError) as error:
        _say(str(error))
        sys.exit(UNUSABLE)
    except BrokenPipeError:
        # The reader of our pipe went away (`dateline read … | head`): that is no failure of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(DONE)
    except KeyboardInterrupt:
        _say("stopped")
        sys.exit(130)
