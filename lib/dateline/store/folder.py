"""Store: a folder of Delta tables, its snapshots, and the one writer's turn."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from deltalake import DeltaTable
from deltalake.exceptions import DeltaError
from filelock import FileLock, Timeout

from .commit import HOOKS, PROPERTIES, Commit
from .errors import Busy, StoreError, first_line
from .files import put_aside, write_new
from .formats import FORMAT, MARK, format_of, migrate
from .snapshot import Snapshot, same_files, snapshot_path

_PIN: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_NAME: Final = re.compile(r"[0-9]{1,18}-[0-9a-f]{8}")


class Store:
    """A folder of Delta tables. Opening one that does not exist yet is fine: it has no snapshot."""

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder).expanduser()
        if self.folder.exists() and not self.folder.is_dir():
            raise StoreError(f"{self.folder} is a file; a store is a folder. Name another with --store.")
        format_of(self.folder)

    def paths(self) -> list[Path]:
        """The files of all snapshots, oldest first: by their number, whatever the clock said."""
        found = (self.folder / "snapshots").glob("[0-9]*.json")
        return sorted((p for p in found if p.stem.isdigit()), key=lambda p: int(p.stem))

    def snapshots(self) -> list[Snapshot]:
        """All snapshots, oldest first."""
        return [self.opened(path) for path in self.paths()]

    def latest(self) -> Snapshot | None:
        """The newest snapshot, or None where nothing was ever committed."""
        paths = self.paths()
        return self.opened(paths[-1]) if paths else None

    def snapshot(self, name: str) -> Snapshot | None:
        """The snapshot of this name, or None."""
        number = name.partition("-")[0]
        if not _NAME.fullmatch(name) and not number.isdecimal():
            return None
        path = snapshot_path(self.folder, int(number))
        found = self.opened(path) if path.exists() else None
        return found if found and found.name == name else None

    def opened(self, path: Path) -> Snapshot:
        """The snapshot a file describes. Raises StoreError where it is damaged."""
        try:
            row = json.loads(path.read_text("utf-8"))
            return Snapshot(
                folder=self.folder,
                number=int(row["number"]),
                name=str(row["name"]),
                at=str(row["at"]),
                tables={str(table): int(version) for table, version in row["tables"].items()},
                articles=int(row["articles"]),
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise StoreError(
                f"{path} cannot be read ({error}); the store is damaged there. Run `dateline check --repair`."
            ) from error

    # -- pins -------------------------------------------------------------------------------------------------

    def pins(self) -> dict[str, str]:
        """The snapshots that are kept whatever their age: the name of each pin and of its snapshot."""
        found = {}
        for path in sorted((self.folder / "pins").glob("[A-Za-z0-9]*")):
            try:
                found[path.name] = json.loads(path.read_text("utf-8"))["snapshot"]
            except (OSError, ValueError, KeyError, TypeError) as error:
                raise StoreError(f"{path} cannot be read ({error}); write the pin anew.") from error
        return found

    def pin(self, name: str, snapshot: str) -> None:
        """Keep a snapshot under a name of letters, digits and ``._-``. Raises StoreError where there is none such."""
        if not _PIN.fullmatch(name):
            raise StoreError(f"{name!r} cannot name a pin: use up to 100 letters, digits, dots, dashes.")
        with self.locked():
            if self.snapshot(snapshot) is None:
                raise StoreError(f"There is no snapshot {snapshot} in {self.folder}.")
            try:
                (self.folder / "pins").mkdir(exist_ok=True)
                write_new(self.folder / "pins" / name, {"snapshot": snapshot})
            except OSError as error:
                raise StoreError(f"{self.folder} cannot be written ({error.strerror or error}).") from error

    def unpin(self, name: str) -> None:
        """Let a vacuum take the snapshot again."""
        path = self.folder / "pins" / name
        if not _PIN.fullmatch(name) or not path.exists():
            raise StoreError(f"{self.folder} has no pin {name}.")
        path.unlink()

    # -- writing ----------------------------------------------------------------------------------------------

    @contextmanager
    def locked(self, wait: float = -1) -> Iterator[None]:
        """The one writer's turn, and the folder ready for it; raises Busy after ``wait`` seconds (-1: waits on)."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.folder / "lock")
            lock.acquire(timeout=wait)
        except Timeout:
            raise Busy(f"{self.folder} is being written by another process.") from None
        except OSError as error:
            raise StoreError(f"{self.folder} cannot be written ({error.strerror or error}).") from error
        try:
            self._prepare()
            yield
        finally:
            lock.release()

    def _prepare(self) -> None:
        try:
            for name in ("snapshots", "tables"):
                (self.folder / name).mkdir(exist_ok=True)
            if format_of(self.folder) is None:
                write_new(self.folder / MARK, {"format": FORMAT})
            migrate(self.folder)
        except OSError as error:
            raise StoreError(f"{self.folder} cannot be written ({error.strerror or error}).") from error

    @contextmanager
    def writing(self, wait: float = -1) -> Iterator[Commit]:
        """The one writer's turn: waits for another writer, rolls back what a killed one left, then yields.

        Nothing becomes visible until :meth:`Commit.publish`. Raises Busy after ``wait`` seconds.
        """
        with self.locked(wait):
            last = self.latest()
            self.roll_back(last)
            yield Commit(self.folder, last)

    def roll_back(self, last: Snapshot | None) -> None:
        """Undo what a commit wrote that never got its snapshot; the caller holds the lock.

        Raises StoreError where a table of the snapshot cannot be brought back.
        """
        versions = last.tables if last else {}
        # Digests are there once a commit was about to be published: if the snapshots are gone, the tables may be all
        # that is left of an atlas.
        aside = last is None and any((self.folder / "sums").glob("*.json"))
        for path in (self.folder / "tables").iterdir():
            if path.name in versions:
                continue
            if aside:
                put_aside(self.folder, path)
            else:
                # No snapshot names this table, so no reader has it open.
                shutil.rmtree(path)
        for name, version in versions.items():
            path = self.folder / "tables" / name
            try:
                table = DeltaTable(path)
                # A table that was brought back has a newer version with the same files.
                if table.version() != version and not same_files(table, DeltaTable(path, version=version)):
                    table.restore(version, commit_properties=PROPERTIES, post_commithook_properties=HOOKS)
            except (OSError, DeltaError) as error:
                raise StoreError(
                    f"{path} cannot be brought back to its last snapshot ({first_line(error)}); "
                    "run `dateline check --repair`."
                ) from error
