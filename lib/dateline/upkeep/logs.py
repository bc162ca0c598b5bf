"""Logs: which files a Delta table has from version to version, read in one pass over its log."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pyarrow as pa
from deltalake import DeltaTable
from deltalake.exceptions import DeltaError

from dateline.store.errors import StoreError, first_line


@dataclass(frozen=True, slots=True)
class Part:
    """A Parquet file of a table: its name in the table's folder, bytes, and rows where the log says so."""

    name: str
    size: int
    rows: int | None


@dataclass(frozen=True, slots=True)
class Step:
    """What a version of a table has beyond the version asked for before it, and what it has no more."""

    version: int
    added: tuple[Part, ...]
    removed: tuple[str, ...]


def steps(folder: Path, versions: Sequence[int]) -> Iterator[Step]:
    """A step for each of the versions (ascending, each once); the first holds all the files it has.

    Linear in the length of the log between the first and the last. Raises StoreError at the version that cannot be
    read.
    """
    known: dict[str, Part] = {}
    reached: int | None = None
    for version in versions:
        added: dict[str, Part] = {}
        removed: set[str] = set()
        try:
            if reached is None:
                added = _opened(folder, version)
            else:
                for number in range(reached + 1, version + 1):
                    _replay(_entry(folder, number), added, removed)
        except (OSError, DeltaError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise StoreError(f"version {version} cannot be read ({first_line(error)})") from error
        reached = version
        gone = tuple(name for name in removed if name in known)
        for name in gone:
            del known[name]
        fresh = tuple(part for name, part in added.items() if name not in known)
        known.update(added)
        yield Step(version, fresh, gone)


def _opened(folder: Path, version: int) -> dict[str, Part]:
    rows: list[dict[str, Any]] = pa.table(
        DeltaTable(folder, version=version).get_add_actions(flatten=True)
    ).to_pylist()
    return {
        name: Part(name, row["size_bytes"], row.get("num_records"))
        for row in rows
        for name in [unquote(row["path"])]
    }


def _entry(folder: Path, number: int) -> list[dict[str, Any]]:
    text = (folder / "_delta_log" / f"{number:020d}.json").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def _replay(actions: list[dict[str, Any]], added: dict[str, Part], removed: set[str]) -> None:
    for action in actions:
        if gone := action.get("remove"):
            name = unquote(gone["path"])
            added.pop(name, None)
            removed.add(name)
    for action in actions:
        if new := action.get("add"):
            name = unquote(new["path"])
            stats = json.loads(new["stats"]) if new.get("stats") else {}
            added[name] = Part(name, new["size"], stats.get("numRecords"))
            removed.discard(name)
