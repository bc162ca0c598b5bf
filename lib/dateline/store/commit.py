"""Commit: frames put together table by table, then published as one snapshot."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import pandas as pd
import pyarrow as pa
from deltalake import (
    CommitProperties,
    DeltaTable,
    PostCommitHookProperties,
    WriterProperties,
    write_deltalake,
)
from deltalake.exceptions import DeltaError

from .errors import StoreError, first_line
from .files import settled, sync_folder, write_new
from .snapshot import Snapshot, digest, files_of, snapshot_path, to_arrow

# Rewritten as a whole by each commit: which articles tell one story can change with every new article.
REWRITTEN = frozenset({"stories"})
WRITER = WriterProperties(compression="ZSTD")
# A table's log is what old snapshots are read by; Delta Lake would drop entries after thirty days.
HOOKS = PostCommitHookProperties(create_checkpoint=True, cleanup_expired_logs=False)
# The lock keeps other writers out, so a conflict is no reason to try again.
PROPERTIES = CommitProperties(max_commit_retries=0)


@contextmanager
def writes(path: Path) -> Iterator[None]:
    """What fails in it becomes one line that names the folder."""
    try:
        yield
    except (OSError, DeltaError) as error:
        words = error.strerror if isinstance(error, OSError) and error.strerror else first_line(error)
        raise StoreError(f"{path} cannot be written ({words}).") from error


class Commit:
    """A commit being put together. Nothing of it is visible before :meth:`publish`.

    ``known`` are the ids of all articles, ``superseded`` those that a newer version stands for.
    """

    def __init__(self, folder: Path, base: Snapshot | None) -> None:
        self.folder = folder
        self.base = base
        self.known: set[str] = base.article_ids() if base else set()
        self.superseded: set[str] = base.superseded() if base else set()
        self._versions: dict[str, int] = dict(base.tables) if base else {}
        self._touched: set[str] = set()

    def write(self, table: str, frame: pd.DataFrame | pa.Table) -> None:
        """Add the frame's rows to the table (``stories``: replace them); an empty frame adds nothing."""
        arrow = to_arrow(table, frame)
        if table == "articles":
            self.known.update(arrow.column("id").to_pylist())
        if table == "versions":
            self.superseded.update(arrow.column("former").to_pylist())
        if arrow.num_rows:
            self._put(table, arrow, "overwrite" if table in REWRITTEN else "append")

    def replace(self, table: str, frame: pd.DataFrame | pa.Table) -> None:
        """Put the frame's rows in the place of the table's."""
        arrow = to_arrow(table, frame)
        if table == "articles":
            self.known = set(arrow.column("id").to_pylist())
        if table == "versions":
            self.superseded = set(arrow.column("former").to_pylist())
        self._put(table, arrow, "overwrite")

    def _put(self, table: str, arrow: pa.Table, mode: Literal["append", "overwrite"]) -> None:
        path = self.folder / "tables" / table
        with writes(path):
            write_deltalake(
                path,
                arrow,
                mode=mode,
                schema_mode="overwrite" if mode == "overwrite" else "merge",
                writer_properties=WRITER,
                commit_properties=PROPERTIES,
                post_commithook_properties=HOOKS,
            )
        self._touched.add(table)

    def compact(self, table: str) -> tuple[int, int]:
        """Put the rows of the table's small files into fewer; how many files were taken and made."""
        if table not in self._versions:
            return 0, 0
        path = self.folder / "tables" / table
        with writes(path):
            found: dict[str, Any] = DeltaTable(path).optimize.compact(
                writer_properties=WRITER, commit_properties=PROPERTIES, post_commithook_properties=HOOKS
            )
        if found["numFilesRemoved"]:
            self._touched.add(table)
        return found["numFilesRemoved"], found["numFilesAdded"]

    @property
    def touched(self) -> bool:
        """Whether anything was written since the last snapshot."""
        return bool(self._touched) or self._versions != (dict(self.base.tables) if self.base else {})

    def read(self, table: str, columns: list[str]) -> pd.DataFrame:
        """The rows that the table would have if the commit were published now."""
        return self._draft().frame(table, columns)

    def publish(self) -> Snapshot:
        """Make everything written so far visible, at once; it is on disk before."""
        draft = self._draft()
        row = {k: v for k, v in asdict(draft).items() if k != "folder"}
        with writes(self.folder):
            (self.folder / "sums").mkdir(exist_ok=True)
            write_new(self.folder / "sums" / f"{draft.number:06d}.json", dict(self._settled(draft)))
            write_new(snapshot_path(self.folder, draft.number), row)
        return draft

    def _settled(self, draft: Snapshot) -> Iterator[tuple[str, str]]:
        """The files the commit added, on disk, with their digests."""
        for table, version in draft.tables.items():
            if self.base is not None and self.base.tables.get(table) == version:
                continue
            there = set(self.base.files(table)) if self.base is not None else set()
            folder = self.folder / "tables" / table
            for path in files_of(draft.delta(table), folder):
                if str(path) not in there:
                    yield f"{table}/{path.name}", settled(path)
            for entry in sorted((folder / "_delta_log").glob(f"{version:020d}.json")):
                settled(entry)
            sync_folder(folder / "_delta_log")
            sync_folder(folder)

    def _draft(self) -> Snapshot:
        for table in self._touched:
            self._versions[table] = DeltaTable(self.folder / "tables" / table).version()
        self._touched.clear()
        number = self.base.number + 1 if self.base else 1
        return Snapshot(
            folder=self.folder,
            number=number,
            name=f"{number}-{digest(self.known)}",
            at=datetime.now(UTC).isoformat(timespec="seconds"),
            tables=dict(sorted(self._versions.items())),
            articles=len(self.known - self.superseded),
        )
