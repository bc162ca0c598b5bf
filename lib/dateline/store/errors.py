"""Errors of the store: each is one line for the screen."""

from __future__ import annotations


class StoreError(Exception):
    """The store cannot be read or written; the message says which folder and what to do."""


class Busy(StoreError):
    """Another process is writing, and was for longer than the caller would wait."""


def first_line(error: BaseException) -> str:
    """What went wrong, without the trace a library adds to it."""
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
