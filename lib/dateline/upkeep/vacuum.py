"""Vacuum and compact: old snapshots let go, small files put together; what is pinned or being read stays."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from deltalake import DeltaTable
from deltalake.exceptions import DeltaError

from dateline.article import SCHEMAS
from dateline.rights import Actor, local_actor, require_editor
from dateline.store import Snapshot, Store, StoreError
from dateline.store.commit import writes
from dateline.store.files import write_new

from .check import unfinished
from .logs import steps

try:
    import fcntl
except ImportError:  # pragma: no cover - a system without it knows no holds
    fcntl = None  # type: ignore[assignment]

KEEP_DAYS = 30
KEEP = 10


@dataclass(slots=True)
class Vacuumed:
    """What a vacuum took away: snapshot names, and files with their bytes; ``held`` ones a reader has open."""

    snapshots: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    pinned: list[str] = field(default_factory=list)
    files: int = 0
    size: int = 0

    def words(self) -> str:
        """It in one line."""
        kept = "".join(
            f"; {len(names)} {why} and kept"
            for names, why in ((self.pinned, "pinned"), (self.held, "open in a reader"))
            if names
        )
        counts = ((len(self.snapshots), "snapshot"), (self.files, "file"))
        gone = " and ".join(f"{n:,} {word}{'' if n == 1 else 's'}" for n, word in counts)
        return f"{gone} ({self.size / 1e6:,.1f} MB) removed{kept}"


@dataclass(frozen=True, slots=True)
class Compacted:
    """What a compaction did: tables whose files were put together, how many files before and after."""

    tables: int
    before: int
    after: int
    snapshot: Snapshot | None

    def words(self) -> str:
        """It in one line."""
        if not self.tables:
            return "nothing to put together"
        return f"{self.before:,} files of {self.tables} tables put together into {self.after:,}"


def compact(store: Store, *, actor: Actor | None = None, wait: float = -1) -> Compacted:
    """Put the small files of each table together, as a snapshot with the same articles; older ones stay as they are."""
    require_editor(actor or local_actor(), "compact this atlas")
    with store.writing(wait) as commit:
        done = [found for table in SCHEMAS if (found := commit.compact(table))[0]]
        snapshot = commit.publish() if done else commit.base
    return Compacted(len(done), sum(b for b, _ in done), sum(a for _, a in done), snapshot)


def vacuum(
    store: Store,
    *,
    keep_days: float = KEEP_DAYS,
    keep: int = KEEP,
    pinned: Iterable[str] = (),
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    actor: Actor | None = None,
    wait: float = -1,
) -> Vacuumed:
    """Remove the snapshots that are older than ``keep_days`` and not among the newest ``keep``, and their own files.

    Kept besides: those named by pins or in ``pinned``, those a reader holds, and always the newest. A snapshot whose
    time lies ahead (the clock was set back) counts as young. Raises StoreError where a snapshot cannot be read: what
    it names is not known, so nothing is removed.
    """
    require_editor(actor or local_actor(), "vacuum this atlas")
    done = Vacuumed()
    with store.locked(wait):
        snapshots = store.snapshots()
        store.roll_back(snapshots[-1] if snapshots else None)
        names = {*store.pins().values(), *pinned}
        oldest = now() - timedelta(days=keep_days)
        kept = []
        for place, snapshot in enumerate(snapshots):
            if place >= len(snapshots) - max(keep, 1) or not _older(snapshot, oldest):
                kept.append(snapshot)
            elif snapshot.name in names:
                done.pinned.append(snapshot.name)
                kept.append(snapshot)
            elif _removed(snapshot):
                done.snapshots.append(snapshot.name)
            else:
                done.held.append(snapshot.name)
                kept.append(snapshot)
        with writes(store.folder):
            _sweep(store.folder, kept, done)
    return done


def _older(snapshot: Snapshot, oldest: datetime) -> bool:
    try:
        at = datetime.fromisoformat(snapshot.at)
    except ValueError:
        return False
    return (at if at.tzinfo else at.replace(tzinfo=UTC)) < oldest


def _removed(snapshot: Snapshot) -> bool:
    """Take the snapshot's own file away unless a reader holds it. A reader that comes meanwhile finds it gone."""
    path = snapshot.path
    with writes(path):
        if fcntl is None:  # pragma: no cover
            path.unlink()
            return True
        handle = os.open(path, os.O_RDWR)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink()
        except BlockingIOError:
            return False
        finally:
            os.close(handle)
    return True


def _sweep(folder: Path, kept: list[Snapshot], done: Vacuumed) -> None:
    """Remove the files that no kept snapshot names, the log entries before them, and what dead processes left."""
    names: set[str] = set()
    for table in sorted({table for snapshot in kept for table in snapshot.tables}):
        versions = sorted({s.tables[table] for s in kept if table in s.tables})
        place = folder / "tables" / table
        named = {part.name for step in steps(place, versions) for part in step.added}
        names.update(f"{table}/{name}" for name in named)
        for path in [p for p in place.glob("*.parquet") if p.name not in named]:
            _drop(path, done)
        _shorten(place, versions[0])
    for path in unfinished(folder):
        _drop(path, done)
    for path in (folder / "sums").glob("[0-9]*.json"):
        try:
            noted = json.loads(path.read_text("utf-8"))
        except ValueError:
            continue
        if not names.intersection(noted):
            path.unlink()
        elif gone := noted.keys() - names:
            write_new(path, {name: value for name, value in noted.items() if name not in gone})


def _drop(path: Path, done: Vacuumed) -> None:
    size = path.stat().st_size
    path.unlink()
    done.files += 1
    done.size += size


def _shorten(place: Path, oldest: int) -> None:
    """Keep what the log says from the oldest version on that is still named: a checkpoint stands for the rest."""
    log = place / "_delta_log"
    entries = [p for p in log.glob("[0-9]*") if p.name[:20].isdigit() and int(p.name[:20]) < oldest]
    if len(entries) < 20:
        # A checkpoint would cost more than it spares.
        return
    try:
        DeltaTable(place, version=oldest).create_checkpoint()
    except (OSError, DeltaError) as error:
        raise StoreError(f"{place} cannot be written ({error}).") from error
    if (log / f"{oldest:020d}.checkpoint.parquet").exists():
        for path in entries:
            path.unlink()
