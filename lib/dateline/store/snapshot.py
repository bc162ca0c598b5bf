"""Snapshot: one committed version of the atlas, and its rows."""

from __future__ import annotations

import hashlib
import os
import weakref
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import pandas as pd
import pyarrow as pa
from deltalake import DeltaTable
from deltalake.exceptions import DeltaError

from dateline.article import SCHEMAS

from .errors import StoreError, first_line

try:
    import fcntl
except ImportError:  # pragma: no cover - a system without it keeps old snapshots by their age alone
    fcntl = None  # type: ignore[assignment]


class Hold:
    """A reader's hold on a snapshot: as long as it lasts, no vacuum takes the snapshot's files away.

    It is a shared lock on the snapshot's own file, so it needs no right to write and ends with the process.
    """

    def __init__(self, path: Path) -> None:
        try:
            handle = os.open(path, os.O_RDONLY)
        except OSError as error:
            raise StoreError(
                f"{path} cannot be read ({error.strerror}); open the newest snapshot."
            ) from error
        self._close = weakref.finalize(self, os.close, handle)
        if fcntl is None:  # pragma: no cover
            return
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
            gone = os.fstat(handle).st_nlink == 0
        except BlockingIOError:
            gone = True
        except OSError:
            # A file system without locks: the snapshot is kept by its age alone.
            return
        if gone:
            self.release()
            raise StoreError(f"{path} is being removed as too old; open the newest snapshot.")

    def release(self) -> None:
        """Let go; what holds nothing any more does no harm."""
        self._close()

    def __enter__(self) -> Hold:
        return self

    def __exit__(self, *failure: object) -> None:
        self.release()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One committed version of the atlas.

    ``name`` ("3-1f2e3d4c") is the number and a digest of all article ids, so that the same articles read in the
    same steps have the same name on another machine, and a link to them opens there. ``tables`` maps a table to
    its Delta version; ``articles`` counts articles, an article with several versions once.
    """

    folder: Path
    number: int
    name: str
    at: str
    tables: Mapping[str, int]
    articles: int

    @property
    def path(self) -> Path:
        """The file that says so."""
        return snapshot_path(self.folder, self.number)

    def hold(self) -> Hold:
        """Keep the snapshot's files from being vacuumed. Raises StoreError where they were already."""
        return Hold(self.path)

    def files(self, table: str) -> list[str]:
        """The Parquet files that hold the table in this snapshot; empty where it has no rows."""
        if table not in self.tables:
            return []
        return [str(path) for path in files_of(self.delta(table), self.folder / "tables" / table)]

    def delta(self, table: str) -> DeltaTable:
        """The Delta table at the snapshot's version. Raises StoreError where that cannot be opened."""
        try:
            return DeltaTable(self.folder / "tables" / table, version=self.tables[table])
        except (OSError, DeltaError) as error:
            raise self._damaged(table, error) from error

    def _damaged(self, table: str, error: Exception) -> StoreError:
        place = self.folder / "tables" / table
        return StoreError(
            f"Snapshot {self.name} is damaged: {place} cannot be read ({first_line(error)}); "
            "run `dateline check --repair`."
        )

    def frame(self, table: str, columns: list[str] | None = None) -> pd.DataFrame:
        """The table's rows, with the dtypes of its schema."""
        frame: pd.DataFrame = self.rows(table, columns).to_pandas(types_mapper=pd.ArrowDtype)
        return frame

    def rows(self, table: str, columns: list[str] | None = None) -> pa.Table:
        """The table's rows with the types of its schema. Raises StoreError where a file is damaged."""
        schema = SCHEMAS[table]
        if columns is not None:
            schema = pa.schema([schema.field(c) for c in columns])
        if table not in self.tables:
            return schema.empty_table()
        delta = self.delta(table)
        present = {f.name for f in delta.schema().fields}
        try:
            found = delta.to_pyarrow_table(columns=[name for name in schema.names if name in present])
        except (OSError, DeltaError, pa.ArrowException) as error:
            raise self._damaged(table, error) from error
        return fitted(found, schema)

    def article_ids(self) -> set[str]:
        """Every article's id, older versions included."""
        return set(self.rows("articles", ["id"]).column("id").to_pylist())

    def superseded(self) -> set[str]:
        """The ids of articles that a newer version stands for."""
        return set(self.rows("versions", ["former"]).column("former").to_pylist())


def snapshot_path(folder: Path, number: int) -> Path:
    """Where a store keeps the snapshot of a number."""
    return folder / "snapshots" / f"{number:06d}.json"


def files_of(delta: DeltaTable, folder: Path) -> list[Path]:
    """The Parquet files of a Delta table."""
    # The addresses are percent-encoded where a folder's name holds a blank; the tables have no partitions, so the
    # files lie in the table's folder.
    return [folder / unquote(uri.rsplit("/", 1)[-1]) for uri in delta.file_uris()]


def same_files(one: DeltaTable, other: DeltaTable) -> bool:
    """Whether two versions of a table are of the same files."""
    return set(one.file_uris()) == set(other.file_uris())


def to_arrow(table: str, frame: pd.DataFrame | pa.Table) -> pa.Table:
    """The frame with exactly the columns and types of the table's schema; columns it lacks are missing values."""
    arrow = frame if isinstance(frame, pa.Table) else pa.Table.from_pandas(frame, preserve_index=False)
    return fitted(arrow, SCHEMAS[table])


def fitted(arrow: pa.Table, schema: pa.Schema) -> pa.Table:
    """The rows with exactly the schema's columns and types; columns they lack are missing values."""
    columns = [
        arrow.column(f.name).cast(f.type)
        if f.name in arrow.column_names
        else pa.nulls(arrow.num_rows, f.type)
        for f in schema
    ]
    return pa.table(columns, schema=schema)


def digest(ids: Collection[str]) -> str:
    """Eight hexadecimal digits that are the same for the same set of article ids, in whatever order."""
    return hashlib.blake2b("\n".join(sorted(ids)).encode(), digest_size=4).hexdigest()
