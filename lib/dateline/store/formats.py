"""Formats: which one a store has, and the steps from an older one to this version's.

An older store opens for reading as it is; its first writer takes it to the newest format, a step at a time. Each
step leaves a store of its format behind, so one that dies half-way is done anew.

1. snapshots over Delta tables
2. a table ``versions`` (an older Dateline would show every version of an article as one of its own), and ``sums``
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Final

from .errors import StoreError
from .files import settled, write_new

FORMAT: Final = 2
MARK: Final = "store.json"


def format_of(folder: Path) -> int | None:
    """The format of the store in a folder; None where there is none yet.

    Raises StoreError where that cannot be told, or is newer than this version of Dateline.
    """
    mark = folder / MARK
    try:
        found = json.loads(mark.read_text("utf-8"))["format"]
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(
            f"{mark} cannot be read ({error}); if this folder is a store, `dateline check --repair` writes it anew."
        ) from error
    if not isinstance(found, int) or not 1 <= found <= FORMAT:
        raise StoreError(
            f"{folder} is a store of format {found}; this version of Dateline reads formats up to {FORMAT}."
        )
    return found


def migrate(folder: Path) -> None:
    """Take the store to FORMAT; the caller holds its lock. Raises OSError."""
    for step in range(format_of(folder) or FORMAT, FORMAT):
        _STEPS[step](folder)
        write_new(folder / MARK, {"format": step + 1})


def _to_2(folder: Path) -> None:
    """Note the digests of the files that are there, so that they can be checked from now on."""
    sums = folder / "sums"
    sums.mkdir(exist_ok=True)
    files = sorted((folder / "tables").glob("*/*.parquet"))
    write_new(sums / "000000.json", {f"{file.parent.name}/{file.name}": settled(file) for file in files})


_STEPS: Final[dict[int, Callable[[Path], None]]] = {1: _to_2}
