"""Lines: articles as JSON objects, a line each, as the commands in a pipe take them."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import typer

from dateline.cli.console import DONE_WITH_REJECTS, UNUSABLE, say


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
    say(f"standard input, line {number}: {words}")
