"""The console: the group of commands, the options they share, how they speak and how they end.

Exit codes: 0 done, 1 done with rejects under ``--strict``, 2 unusable input. Errors are one line on standard error,
never a traceback; a progress bar is shown on a terminal and none in a pipe.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

if TYPE_CHECKING:
    from dateline.article import Reject


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

StoreOption = Annotated[
    Path | None, typer.Option("--store", help="Folder of the atlas (default: in your data directory).")
]
StrictOption = Annotated[bool, typer.Option("--strict", help="Exit with 1 when anything was unreadable.")]
WorkersOption = Annotated[int, typer.Option("--workers", min=1, max=256, help="Processes that annotate.")]


def print_row(row: dict[str, Any]) -> None:
    """One JSON line on standard output."""
    # Half a surrogate pair cannot be written as UTF-8; it is escaped as JSON allows, the rest stays readable.
    text = json.dumps(row, ensure_ascii=False)
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError:
        data = json.dumps(row).encode("ascii")
    sys.stdout.buffer.write(data + b"\n")


def write_rows(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    """A file of JSON lines."""
    try:
        with path.open("w", encoding="utf-8", errors="backslashreplace") as file:
            for row in rows:
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
    except OSError as error:
        raise Unusable(f"{path}: cannot be written ({error.strerror})") from None


def say(words: str) -> None:
    """One line on standard error."""
    typer.echo(f"dateline: {words}", err=True)


def say_broken(rejects: Iterable[Reject]) -> int:
    """Each reject that could not be read, in one line with its place; how many there were."""
    broken = [reject for reject in rejects if reject.kind == "broken"]
    for reject in broken:
        say(f"{reject.locator}{f', {reject.position}' if reject.position else ''}: {reject.reason}")
    return len(broken)


@contextmanager
def progress(first: str) -> Iterator[Callable[[str, int], None]]:
    """A line of progress on a terminal; in a pipe nothing."""
    if not sys.stderr.isatty():
        yield lambda stage, done: None
        return
    from rich.console import Console
    from rich.status import Status

    with Status(first, console=Console(stderr=True)) as status:
        yield lambda stage, done: status.update(f"{stage} … {done:,}" if done else f"{stage} …")
