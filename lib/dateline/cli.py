"""The command line: ``dateline read | annotate | stories | ingest | export | evaluate | serve``.

Exit codes: 0 done, 1 done with rejects under ``--strict``, 2 unusable input. Errors are one line on standard error,
never a traceback; a progress bar is shown on a terminal and none in a pipe.
"""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

if TYPE_CHECKING:
    from dateline.article import Article, Reject


class Unusable(Exception):
    """Input that cannot be used at all; the message is the one line the user sees."""


class ReaderGone(Exception):
    """Whoever read our pipe went away (`dateline read … | head`): no failure of ours."""


class Stopped(Exception):
    """The user pressed Ctrl+C."""


class Commands(TyperGroup):
    """The group of commands; it keeps the library from ending the process in its own words and codes."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was named and write out what it printed."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError as error:
            raise ReaderGone from error
        except KeyboardInterrupt as error:
            raise Stopped from error
        return result


# Help without boxes: it is the same in a pipe, and nothing heavy is loaded to draw it.
app = typer.Typer(
    cls=Commands,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
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
    """Read pages, feeds, tables; print articles as JSON lines."""
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
def annotate(workers: WorkersOption = 1, strict: StrictOption = False) -> None:
    """Find places, dates, tolls, topics: articles in, findings out."""
    from dateline.annotate import annotate_articles

    lines = Lines()
    if workers > 1:
        from dateline.engines import findings_of

        for found in findings_of(lines, workers=workers):
            _print_row(found.to_dict())
    else:
        # What has come in is answered before more is waited for, so that the command can stand in a pipe.
        for rows in lines.arrivals():
            for found in annotate_articles(rows):
                _print_row(found.to_dict())
            sys.stdout.flush()
    lines.finish(strict)


@app.command()
def stories(strict: StrictOption = False) -> None:
    """Group articles: JSON lines in, ``{"id", "story"}`` out."""
    lines = Lines()
    if rows := list(lines):
        import pandas as pd

        from dateline.stories import group_texts

        grouped = group_texts(pd.DataFrame(rows))
        # Grouping takes ids for text; they go out as they came in.
        given = {str(row["id"]): row["id"] for row in rows}
        for article, story in zip(grouped["article"], grouped["story"], strict=True):
            _print_row({"id": given[str(article)], "story": story})
    lines.finish(strict)


@app.command()
def ingest(
    locators: Locators,
    store: StoreOption = None,
    source: SourceOption = None,
    date: DateOption = None,
    workers: WorkersOption = 1,
    strict: StrictOption = False,
) -> None:
    """Read, annotate, group into stories, commit as one snapshot."""
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
    """Write a selection's mentions and their sentences to a file."""
    from urllib.parse import parse_qs

    from dateline import exports
    from dateline.filters import Filters, View, parameters_unknown
    from dateline.homes import default_store, known_place, open_atlas

    if format not in exports.FORMATS:
        raise Unusable(f"--format {format}: it is one of {', '.join(exports.FORMATS)}")
    # A whole link is welcome too; a question mark within a value is none.
    asked = filters.partition("?")[2] if "?" in filters.partition("=")[0] else filters
    query = parse_qs(asked, keep_blank_values=True)
    chosen, dropped = Filters.from_query(query, known_region=known_place)
    view, dropped_too = View.from_query(query)
    for words in (*dropped, *dropped_too, *parameters_unknown(query)):
        _say(f"--filters {words}")
    atlas = open_atlas(store, view.snapshot)
    if atlas is None:
        folder = store or default_store()
        if view.snapshot:
            raise Unusable(f"--filters data={view.snapshot}: there is no such snapshot in {folder}")
        raise Unusable(f"there is no atlas in {folder} yet: run `dateline ingest` first")
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
    try:
        figures = evaluation.run(kind, gold)
    except (ValueError, KeyError, TypeError) as error:
        raise Unusable(_evaluation_words(error, kind, gold)) from None
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
    from dateline.store import Store

    if store is not None:
        # Said now, in one line, and not by the first page somebody opens.
        os.environ["DATELINE_STORE"] = str(Store(store).folder.resolve())
    _check_address(host, port)
    with _progress("Preparing") as tell:
        prepare(tell)
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


def _check_address(host: str, port: int) -> None:
    import errno
    import socket

    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            why = f"port {port} is taken: stop what listens there, or choose another with --port (make run PORT=…)"
            raise Unusable(why) from None
        raise Unusable(f"cannot listen on {host}, port {port}: {error.strerror}") from None


def _evaluation_words(error: Exception, kind: str, gold: Path) -> str:
    words = str(error)
    if isinstance(error, ValueError) and words.startswith(str(gold)):
        return words
    return f"{gold}: is no gold file of {kind} ({type(error).__name__}: {words})"


def _reading(locators: list[str], source: str | None, date: str | None) -> Iterator[Article | Reject]:
    from dateline.article import iso_day
    from dateline.sources import read as read_all

    if date is not None and (len(date) != 10 or iso_day(date) is None):
        raise Unusable(f"--date {date}: is no day that exists; write YYYY-MM-DD")
    return iter(read_all(locators, source=source, date=date, stdin=sys.stdin.buffer))


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


class Lines:
    """Articles as JSON objects, a line each, from standard input.

    A line that is none is reported, counted in ``broken`` and skipped; the rest is kept. ``text`` has to be text and
    ``id`` text or a number; another field that is no text, or a ``published`` that is no day, is said and left out.
    """

    def __init__(self, stream: io.BufferedIOBase | None = None) -> None:
        self._stream: Any = stream or sys.stdin.buffer
        self.kept = 0
        self.broken = 0

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for rows in self.arrivals():
            yield from rows

    def arrivals(self) -> Iterator[list[dict[str, Any]]]:
        """The rows of the lines that each look at the stream finds there; a look waits only where there are none."""
        number = 0
        begun: list[bytes] = []
        while chunk := self._stream.read1(1 << 18):
            first, *rest = chunk.split(b"\n")
            begun.append(first)
            if not rest:
                continue
            whole = [b"".join(begun), *rest[:-1]]
            begun = [rest[-1]]
            yield self._rows(whole, number)
            number += len(whole)
        yield self._rows([b"".join(begun)], number)

    def _rows(self, lines: Sequence[bytes], before: int) -> list[dict[str, Any]]:
        rows = []
        for number, line in enumerate(lines, before + 1):
            if not line.strip():
                continue
            try:
                rows.append(_article_row(line, partial(_say_line, number)))
            except ValueError as error:
                self.broken += 1
                _say_line(number, str(error))
        self.kept += len(rows)
        return rows

    def finish(self, strict: bool) -> None:
        """Exit as the lines deserve."""
        if self.broken and not self.kept:
            raise typer.Exit(UNUSABLE)
        if self.broken and strict:
            raise typer.Exit(DONE_WITH_REJECTS)


def _article_row(line: bytes, tell: Callable[[str], None]) -> dict[str, Any]:
    """One line as an article's row; raises ValueError with what is wrong with it, tells what was left out."""
    from dateline.article import day_of

    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        column = f" at column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        reason = getattr(error, "msg", None) or (
            "nested too deep" if isinstance(error, RecursionError) else "not UTF-8"
        )
        raise ValueError(f"broken JSON{column} ({reason})") from None
    if not isinstance(row, dict):
        raise ValueError("is no JSON object")
    lacks = [] if isinstance(row.get("id"), str | int) else ["id"]
    lacks += [] if isinstance(row.get("text"), str) else ["text"]
    if lacks:
        raise ValueError(f"lacks {' and '.join(lacks)}")
    for key in ("title", "language", "source_country", "published", "dct", "date"):
        value = row.get(key)
        if value is None:
            continue
        if not isinstance(value, str):
            tell(f"{key} is no text and was left out")
            row[key] = None
        elif value and key in ("published", "dct", "date") and day_of(value) is None:
            tell(f"{key} {value[:40]!r} is no day that exists (YYYY-MM-DD) and was left out")
            row[key] = None
    return row


def _say_line(number: int, words: str) -> None:
    _say(f"standard input, line {number}: {words}")


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


def main(arguments: list[str] | None = None) -> NoReturn:
    """The command ``dateline``: every failure ends in one line and one of the exit codes above."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = app(args=arguments, prog_name="dateline", standalone_mode=False)
        sys.stdout.flush()
    except (ReaderGone, BrokenPipeError):
        # What is still buffered has no reader; without this Python complains about it on its way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = DONE
    except (Stopped, KeyboardInterrupt):
        _say("stopped")
        code = 130
    except Exception as error:
        code = _report(error)
    sys.exit(code if isinstance(code, int) else DONE)


def _report(error: Exception) -> int:
    """Say in one line what went wrong; the exit code."""
    if isinstance(error, Unusable) or _of_the_store(error):
        _say(str(error))
    elif isinstance(error, OSError) and error.strerror:
        _say(f"{error.filename or 'standard output'}: {error.strerror}")
    elif hasattr(error, "format_message") and hasattr(error, "show"):
        _report_usage(error)
    elif os.environ.get("DATELINE_TRACEBACK"):
        raise error
    else:
        words = " ".join(str(error).split())[:300]
        _say(f"a fault of Dateline's own, {type(error).__name__}: {words} (DATELINE_TRACEBACK=1 shows where)")
    return UNUSABLE


def _of_the_store(error: Exception) -> bool:
    # Without the module there can be no error of it; loading it for a mistyped option would take seconds.
    store = sys.modules.get("dateline.store")
    return store is not None and isinstance(error, store.StoreError)


def _report_usage(error: Any) -> None:
    """A wrong option in one line; the bare command shows the help."""
    if type(error).__name__ == "NoArgsIsHelpError":
        error.show()
        return
    path = error.ctx.command_path if getattr(error, "ctx", None) else "dateline"
    _say(f"{' '.join(error.format_message().split())} (see `{path} --help`)")
