"""Check: whether every snapshot of a store is there, whole and consistent; a line a fault.

Each file is read once, whatever the number of snapshots it belongs to, so the time is linear in the size of the store
and of its logs. Nothing is written; a store on a read-only disk can be checked, and one that is being written.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from deltalake import DeltaTable
from deltalake.exceptions import DeltaError

from dateline.store import FORMAT, Snapshot, Store, StoreError, digest
from dateline.store.errors import first_line
from dateline.store.files import UNFINISHED, checksum
from dateline.store.formats import MARK
from dateline.store.snapshot import same_files

from .logs import Part, steps

Tell = Callable[[str, int], None]
# Tables with a row (or several) an article, by its id in the column `article`.
OF_ARTICLES = ("mentions", "dates", "tolls", "topics", "events", "stories", "versions")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it should be. ``kind`` is format, snapshot, table, file, doubled, orphan or lacking."""

    kind: str
    words: str


@dataclass(slots=True)
class State:
    """What a check found. ``leftovers`` do no harm: dead commits and files that nothing names.

    ``whole`` are the numbers of the snapshots without any fault in their files, ``broken`` the others that can be
    told, ``unreadable`` the snapshot files that say nothing.
    """

    faults: list[Fault] = field(default_factory=list)
    leftovers: list[str] = field(default_factory=list)
    whole: list[int] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)
    unreadable: list[Path] = field(default_factory=list)
    files: int = 0
    articles: int = 0

    def words(self) -> str:
        """The state in one line."""
        if self.faults:
            many = "1 fault" if len(self.faults) == 1 else f"{len(self.faults):,} faults"
            return f"{many} found; --repair mends what can be mended"
        counts = ((self.articles, "article"), (len(self.whole), "snapshot"), (self.files, "file"))
        return "whole: " + ", ".join(f"{n:,} {word}{'' if n == 1 else 's'}" for n, word in counts) + " read"


def check(folder: Path, tell: Tell | None = None) -> State:
    """Read everything once. Raises StoreError where there is no store, or one of a newer format."""
    state = State()
    if not folder.is_dir():
        raise StoreError(f"There is no store in {folder}.")
    _format(folder, state)
    # Opened without its mark, which is dealt with above.
    store = object.__new__(Store)
    store.folder = folder
    snapshots = _snapshots(store, state)
    bad = _files(folder, snapshots, state, tell or (lambda stage, done: None))
    newest = max((s.number for s in snapshots), default=None)
    for snapshot in snapshots:
        whole = snapshot.number not in bad
        (state.whole if whole else state.broken).append(snapshot.number)
        if snapshot.number == newest and whole:
            _rows(snapshot, state)
    state.articles = max(snapshots, key=lambda s: s.number).articles if snapshots else 0
    _leftovers(folder, max(snapshots, key=lambda s: s.number) if snapshots else None, state)
    return state


def _format(folder: Path, state: State) -> None:
    mark = folder / MARK
    if not mark.exists():
        if (folder / "tables").exists() and (folder / "snapshots").exists():
            state.faults.append(Fault("format", f"{mark} is missing"))
        return
    try:
        found = json.loads(mark.read_text("utf-8"))["format"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        state.faults.append(Fault("format", f"{mark} cannot be read ({error})"))
        return
    if isinstance(found, int) and found > FORMAT:
        raise StoreError(
            f"{folder} is a store of format {found}; this version of Dateline reads formats up to {FORMAT}."
        )
    if not isinstance(found, int) or found < 1:
        state.faults.append(Fault("format", f"{mark} names a format that does not exist ({found!r})"))


def _snapshots(store: Store, state: State) -> list[Snapshot]:
    found = []
    for path in store.paths():
        try:
            snapshot = store.opened(path)
        except StoreError as error:
            if path.exists():
                state.unreadable.append(path)
                state.faults.append(Fault("snapshot", str(error)))
            continue
        if snapshot.number != int(path.stem):
            state.unreadable.append(path)
            state.faults.append(Fault("snapshot", f"{path} says it is number {snapshot.number}"))
            continue
        found.append(snapshot)
    return found


def _files(folder: Path, snapshots: list[Snapshot], state: State, tell: Tell) -> set[int]:
    """Read every file that a snapshot names; the numbers of the snapshots that are not whole."""
    sums = sums_of(folder)
    bad: set[int] = set()
    for table in sorted({table for s in snapshots for table in s.tables}):
        users: dict[int, list[int]] = {}
        for snapshot in snapshots:
            if table in snapshot.tables:
                users.setdefault(snapshot.tables[table], []).append(snapshot.number)
        versions = sorted(users)
        place = folder / "tables" / table
        live_bad: set[str] = set()
        hurt: dict[str, list[int]] = {}
        why: dict[str, str] = {}
        done = 0
        try:
            for step in steps(place, versions):
                for part in step.added:
                    state.files += 1
                    if state.files % 50 == 0:
                        tell("Reading files", state.files)
                    if words := fault_of(place / part.name, part, sums.get(f"{table}/{part.name}")):
                        live_bad.add(part.name)
                        why[part.name] = words
                live_bad.difference_update(step.removed)
                for name in live_bad:
                    hurt.setdefault(name, []).extend(users[step.version])
                done += 1
        except StoreError as error:
            numbers = [n for version in versions[done:] for n in users[version]]
            bad.update(numbers)
            if any((folder / "snapshots" / f"{n:06d}.json").exists() for n in numbers):
                state.faults.append(Fault("table", f"{place}: {error}; {_of(numbers)}"))
        for name, numbers in hurt.items():
            # A vacuum that ran meanwhile took the snapshot before its files: that is no fault.
            if any((folder / "snapshots" / f"{n:06d}.json").exists() for n in numbers):
                bad.update(numbers)
                state.faults.append(Fault("file", f"{place / name}: {why[name]}; {_of(numbers)}"))
        bad.update(_unopened(place, versions, users, bad, state))
    return bad


def _unopened(
    place: Path, versions: list[int], users: dict[int, list[int]], bad: set[int], state: State
) -> list[int]:
    """The newest version's snapshots, where the library itself cannot open it though its log reads well."""
    if not versions or set(users[versions[-1]]) <= bad:
        return []
    try:
        DeltaTable(place, version=versions[-1])
    except (OSError, DeltaError) as error:
        state.faults.append(Fault("table", f"{place}: {first_line(error)}; {_of(users[versions[-1]])}"))
        return users[versions[-1]]
    return []


def _of(numbers: list[int]) -> str:
    low, high = min(numbers), max(numbers)
    return f"in snapshot {low}" if low == high else f"in snapshots {low} to {high}"


def fault_of(path: Path, part: Part, known: str | None) -> str | None:
    """What is wrong with a Parquet file; None where nothing is. Without a known digest every value is decoded."""
    try:
        size = path.stat().st_size
        if size != part.size:
            return f"has {size:,} bytes and should have {part.size:,}"
        if known is not None and checksum(path) != known:
            return "its bytes are not those that were written"
        with pq.ParquetFile(path) as file:
            rows = file.metadata.num_rows
            if part.rows is not None and rows != part.rows:
                return f"has {rows:,} rows and should have {part.rows:,}"
            if known is None:
                for _ in file.iter_batches():
                    pass
    except FileNotFoundError:
        return "is missing"
    except (OSError, pa.ArrowException) as error:
        return f"cannot be read ({first_line(error)})"
    return None


def sums_of(folder: Path) -> dict[str, str]:
    """The digests that commits noted of their files, by ``table/name``; what cannot be read is not there."""
    found: dict[str, str] = {}
    for path in sorted((folder / "sums").glob("[0-9]*.json")):
        try:
            found.update(json.loads(path.read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            continue
    return found


def _rows(snapshot: Snapshot, state: State) -> None:
    """Ids once, findings of articles that exist, an event an article, a story each that counts."""
    try:
        ids = snapshot.rows("articles", ["id"]).column("id").combine_chunks()
        every = ids.unique()
        state.faults.extend(_doubled("articles", ids, every))
        owners = {t: snapshot.rows(t, ["article"]).column("article").combine_chunks() for t in OF_ARTICLES}
        former = snapshot.rows("versions", ["former"]).column("former").combine_chunks()
    except StoreError as error:
        state.faults.append(Fault("table", str(error)))
        return
    for table, owned in [*owners.items(), ("versions", former)]:
        homeless = _count(pc.invert(pc.is_in(owned, value_set=every)))
        if homeless:
            state.faults.append(Fault("orphan", f"{table}: {homeless:,} rows of articles that do not exist"))
    for table in ("events", "stories"):
        state.faults.extend(_doubled(table, owners[table], owners[table].unique()))
    current = every.filter(pc.invert(pc.is_in(every, value_set=former)))
    for table, wanted in (("events", every), ("stories", current)):
        lacking = _count(pc.invert(pc.is_in(wanted, value_set=owners[table])))
        if lacking:
            state.faults.append(Fault("lacking", f"{table}: {lacking:,} articles have no row"))
    known = set(every.to_pylist())
    if f"{snapshot.number}-{digest(known)}" != snapshot.name:
        state.faults.append(
            Fault("snapshot", f"{snapshot.path}: its name is of other articles than it holds")
        )
    if len(current) != snapshot.articles:
        words = f"{snapshot.path}: says {snapshot.articles:,} articles and holds {len(current):,}"
        state.faults.append(Fault("snapshot", words))


def _doubled(table: str, ids: pa.Array, every: pa.Array) -> Iterator[Fault]:
    if len(ids) != len(every):
        yield Fault("doubled", f"{table}: {len(ids) - len(every):,} rows of an article that has one already")


def _count(mask: pa.Array) -> int:
    return int(pc.sum(mask).as_py() or 0)


def _leftovers(folder: Path, newest: Snapshot | None, state: State) -> None:
    tables = newest.tables if newest else {}
    for path in sorted((folder / "tables").glob("*")):
        if path.name not in tables:
            state.leftovers.append(f"{path}: of a commit that never ended; the next writing takes it back")
            continue
        try:
            head = DeltaTable(path)
            version = head.version()
            dead = version != tables[path.name] and not same_files(
                head, DeltaTable(path, version=tables[path.name])
            )
        except (OSError, DeltaError) as error:
            if not any(str(path) in fault.words for fault in state.faults):
                state.faults.append(
                    Fault("table", f"{path}: its newest version cannot be opened ({first_line(error)})")
                )
            continue
        if dead:
            state.leftovers.append(
                f"{path}: version {version} of a commit that never ended (the snapshot is of {tables[path.name]}); "
                "the next writing takes it back"
            )
    for path in unfinished(folder):
        state.leftovers.append(f"{path}: was being written by a process that ended")
    aside = folder / "damaged"
    if aside.is_dir() and any(aside.iterdir()):
        state.leftovers.append(f"{aside}: holds what a repair put aside; remove it when nothing is missed")


def unfinished(folder: Path) -> list[Path]:
    """Files that a process was writing when it ended."""
    places = [folder, folder / "snapshots", folder / "sums", folder / "pins"]
    found = [path for place in places for path in place.glob(f"{UNFINISHED}*")]
    # The store of objects writes a file beside its name, with a number behind a mark.
    return sorted([*found, *(folder / "tables").glob("**/*#*")])
