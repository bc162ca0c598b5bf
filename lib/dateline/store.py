"""The store: Delta Lake tables in a folder, and the snapshots that say which version of each belongs together.

Layout::

    store.json                 {"format": 1}
    tables/articles/ …         one Delta table a schema of `dateline.article.SCHEMAS`
    snapshots/000001.json      which version of each table the snapshot is; written last, never changed
    lock                       held by the one process that writes

Readers never look at a table's newest version, only at the versions a snapshot names. So a commit over many
tables becomes visible at once, when its snapshot file appears, and a commit that dies half-way was never there:
the next writer rolls the tables back to the last snapshot before it adds anything. Readers are never blocked.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote

import pandas as pd
import pyarrow as pa
from deltalake import DeltaTable, WriterProperties, write_deltalake
from filelock import FileLock

from dateline.article import SCHEMAS

FORMAT = 1
# Rewritten as a whole by each commit: which articles tell one story can change with every new article.
REWRITTEN = frozenset({"stories"})
_WRITER = WriterProperties(compression="ZSTD")


class StoreError(Exception):
    """The store cannot be read or written; the message says which folder and what to do."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One committed version of the atlas.

    ``name`` ("3-1f2e3d4c") is the number and a digest of all article ids, so that the same articles read in the
    same steps have the same name on another machine, and a link to them opens there. ``tables`` maps a table to
    its Delta version; ``articles`` counts articles.
    """

    folder: Path
    number: int
    name: str
    at: str
    tables: Mapping[str, int]
    articles: int

    def files(self, table: str) -> list[str]:
        """The Parquet files that hold the table in this snapshot; empty where it has no rows."""
        if table not in self.tables:
            return []
        folder = self.folder / "tables" / table
        # The addresses are percent-encoded where a folder's name holds a blank; the tables have no partitions, so the
        # files lie in the table's folder.
        uris = DeltaTable(folder, version=self.tables[table]).file_uris()
        return [str(folder / unquote(uri.rsplit("/", 1)[-1])) for uri in uris]

    def frame(self, table: str, columns: list[str] | None = None) -> pd.DataFrame:
        """The table's rows, with the dtypes of its schema."""
        frame: pd.DataFrame = self._arrow(table, columns).to_pandas(types_mapper=pd.ArrowDtype)
        return frame

    def _arrow(self, table: str, columns: list[str] | None = None) -> pa.Table:
        schema = SCHEMAS[table]
        if columns is not None:
            schema = pa.schema([schema.field(c) for c in columns])
        if table not in self.tables:
            return schema.empty_table()
        delta = DeltaTable(self.folder / "tables" / table, version=self.tables[table])
        present = {f.name for f in delta.schema().fields}
        rows = delta.to_pyarrow_table(columns=[name for name in schema.names if name in present])
        return fitted(rows, schema)

    def article_ids(self) -> set[str]:
        """Every article's id."""
        return set(self._arrow("articles", ["id"]).column("id").to_pylist())


class Store:
    """A folder of Delta tables. Opening one that does not exist yet is fine: it has no snapshot."""

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder).expanduser()
        if self.folder.exists() and not self.folder.is_dir():
            raise StoreError(f"{self.folder} is a file; a store is a folder. Name another with --store.")
        self._check_format()

    def _check_format(self) -> None:
        mark = self.folder / "store.json"
        if not mark.exists():
            return
        try:
            found = json.loads(mark.read_text("utf-8"))["format"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StoreError(f"{mark} cannot be read ({error}); is this folder a store?") from error
        if found != FORMAT:
            raise StoreError(
                f"{self.folder} is a store of format {found}; this version of Dateline reads format {FORMAT}."
            )

    def snapshots(self) -> list[Snapshot]:
        """All snapshots, oldest first."""
        return [self._read(path) for path in sorted((self.folder / "snapshots").glob("[0-9]*.json"))]

    def latest(self) -> Snapshot | None:
        """The newest snapshot, or None where nothing was ever committed."""
        paths = sorted((self.folder / "snapshots").glob("[0-9]*.json"))
        return self._read(paths[-1]) if paths else None

    def snapshot(self, name: str) -> Snapshot | None:
        """The snapshot of this name, or None."""
        path = self._path(int(name.partition("-")[0]))
        found = self._read(path) if path.exists() else None
        return found if found and found.name == name else None

    def _path(self, number: int) -> Path:
        return self.folder / "snapshots" / f"{number:06d}.json"

    def _read(self, path: Path) -> Snapshot:
        try:
            row = json.loads(path.read_text("utf-8"))
            return Snapshot(
                folder=self.folder,
                number=row["number"],
                name=row["name"],
                at=row["at"],
                tables=row["tables"],
                articles=row["articles"],
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StoreError(f"{path} cannot be read ({error}); the store is damaged there.") from error

    @contextmanager
    def writing(self) -> Iterator[Commit]:
        """The one writer's turn: waits for another writer, rolls back what a killed one left, then yields.

        Nothing becomes visible until :meth:`Commit.publish`.
        """
        try:
            (self.folder / "snapshots").mkdir(parents=True, exist_ok=True)
            (self.folder / "tables").mkdir(exist_ok=True)
            mark = self.folder / "store.json"
            if not mark.exists():
                _write_new(mark, {"format": FORMAT})
            lock = FileLock(self.folder / "lock")
            lock.acquire()
        except OSError as error:
            raise StoreError(f"{self.folder} cannot be written ({error.strerror or error}).") from error
        try:
            last = self.latest()
            self._roll_back(last)
            yield Commit(self, last)
        finally:
            lock.release()

    def _roll_back(self, last: Snapshot | None) -> None:
        """Undo what a commit wrote that never got its snapshot."""
        for path in (self.folder / "tables").iterdir():
            version = last.tables.get(path.name) if last else None
            if version is None:
                # No snapshot names this table, so no reader has it open.
                shutil.rmtree(path)
                continue
            table = DeltaTable(path)
            if table.version() != version:
                table.restore(version)


class Commit:
    """A commit being put together: append frames table by table, then publish them as one snapshot."""

    def __init__(self, store: Store, base: Snapshot | None) -> None:
        self.store = store
        self.base = base
        self.known: set[str] = base.article_ids() if base else set()
        self._versions: dict[str, int] = dict(base.tables) if base else {}
        self._touched: set[str] = set()

    def write(self, table: str, frame: pd.DataFrame | pa.Table) -> None:
        """Add the frame's rows to the table (``stories``: replace them); an empty frame adds nothing."""
        arrow = to_arrow(table, frame)
        if table == "articles":
            self.known.update(arrow.column("id").to_pylist())
        if not arrow.num_rows:
            return
        path = self.store.folder / "tables" / table
        try:
            write_deltalake(
                path,
                arrow,
                mode="overwrite" if table in REWRITTEN else "append",
                schema_mode="overwrite" if table in REWRITTEN else "merge",
                writer_properties=_WRITER,
            )
        except OSError as error:
            raise StoreError(f"{path} cannot be written ({error}).") from error
        self._touched.add(table)

    def read(self, table: str, columns: list[str]) -> pd.DataFrame:
        """The rows that the table would have if the commit were published now."""
        return self._draft().frame(table, columns)

    def publish(self) -> Snapshot:
        """Make everything written so far visible, at once."""
        draft = self._draft()
        row = {k: v for k, v in asdict(draft).items() if k != "folder"}
        try:
            _write_new(self.store._path(draft.number), row)
        except OSError as error:
            raise StoreError(f"{self.store.folder} cannot be written ({error.strerror or error}).") from error
        return draft

    def _draft(self) -> Snapshot:
        for table in self._touched:
            self._versions[table] = DeltaTable(self.store.folder / "tables" / table).version()
        self._touched.clear()
        number = self.base.number + 1 if self.base else 1
        return Snapshot(
            folder=self.store.folder,
            number=number,
            name=f"{number}-{digest(self.known)}",
            at=datetime.now(UTC).isoformat(timespec="seconds"),
            tables=dict(sorted(self._versions.items())),
            articles=len(self.known),
        )


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


def _write_new(path: Path, content: Mapping[str, object]) -> None:
    """Write a file that was not there, whole or not at all, and on disk before this returns."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(content, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
