"""The command line: reading, finding, keeping, exporting, correcting, evaluating and showing, a module a group.

Exit codes: 0 done, 1 done with rejects under ``--strict``, 2 unusable input. Errors are one line on standard error,
never a traceback; a progress bar is shown on a terminal and none in a pipe.
"""

from __future__ import annotations

import io
import os
import sys
from typing import Any, NoReturn

# Each module adds its commands; `dateline --help` lists them in this order.
from dateline.cli import reading, watching, columns, finding, exporting, correcting  # isort: skip # noqa: F401
from dateline.cli import evaluating, serving, upkeep  # isort: skip # noqa: F401
from dateline.cli.console import DONE, UNUSABLE, ReaderGone, Stopped, Unusable, app, say

__all__ = ["app", "main"]


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
        say("stopped")
        code = 130
    except Exception as error:
        code = _report(error)
    sys.exit(code if isinstance(code, int) else DONE)


def _report(error: Exception) -> int:
    """Say in one line what went wrong; the exit code."""
    if isinstance(error, Unusable) or _of_the_store(error):
        say(str(error))
    elif isinstance(error, OSError) and error.strerror:
        say(f"{error.filename or 'standard output'}: {error.strerror}")
    elif hasattr(error, "format_message") and hasattr(error, "show"):
        _report_usage(error)
    elif os.environ.get("DATELINE_TRACEBACK"):
        raise error
    else:
        words = " ".join(str(error).split())[:300]
        say(f"a fault of Dateline's own, {type(error).__name__}: {words} (DATELINE_TRACEBACK=1 shows where)")
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
    say(f"{' '.join(error.format_message().split())} (see `{path} --help`)")
