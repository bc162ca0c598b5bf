"""Memory: what was read before, so that an unchanged feed costs its server and us one short answer.

What a reading learns is held back until ``commit``, which the caller makes after the articles are safe. A process
that dies before it reads the same again next time: twice, never not at all. A damaged file is forgotten in the same
spirit, and so is one that is ahead of its store, as after a repair that went back to an older snapshot.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from .clock import Clock
from .fetch import Validators
from .hosts import Hosts
from .robots import Book

FILE = "web.json"
_FORMAT = 1
# The oldest are forgotten first; a desk of 1,000 feeds with 100 entries each fits.
LONGEST = 120_000


@dataclass(frozen=True, slots=True)
class Visit:
    """One address that was read. ``address`` answered in the end; ``how`` says under which settings.

    ``mark`` stands for the entry that listed it: as long as it stays the same, nothing changed there.
    """

    address: str
    how: str = ""
    etag: str = ""
    modified: str = ""
    mark: str = ""

    @property
    def validators(self) -> Validators:
        """What the server said the answer is known by."""
        return Validators(self.etag, self.modified)


class Memory:
    """The visits of earlier readings, by locator. ``path`` None keeps them for this process only."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        # What one reading after another in this process goes on knowing: it is not written down.
        self.robots = Book()
        self.hosts = Hosts(Clock())
        self._visits: dict[str, Visit] = _load(path) if path else {}
        self._held: dict[str, Visit] = {}

    @classmethod
    def of_store(cls, folder: Path) -> Memory:
        """The memory that lies in a store's folder, and goes with it."""
        return cls(folder / FILE)

    def visit(self, locator: str, how: str) -> Visit | None:
        """The committed visit of a locator that was read in the same way."""
        found = self._visits.get(locator)
        return found if found and found.how == how else None

    def refresh(self) -> None:
        """Look again at what is written down: another process may have added to it, or the store gone back."""
        if self.path is not None:
            self._visits = _load(self.path)

    def note(self, locator: str, visit: Visit) -> None:
        """Hold a visit back until ``commit``."""
        self._held[locator] = visit

    def forget(self) -> None:
        """Drop what is held back: the articles were not committed."""
        self._held.clear()

    def commit(self) -> bool:
        """Write down what was held back, whole or not at all; False where it could not be written.

        Call it after the articles are committed. A failure here loses nothing: the same is read again.
        """
        if not self._held:
            return True
        if self.path is None:
            self._take(self._visits)
            return True
        from filelock import FileLock, Timeout

        try:
            with FileLock(self.path.with_suffix(".lock"), timeout=30):
                # Another process may have written since: its visits stay.
                visits = _load(self.path)
                self._take(visits)
                _write(self.path, visits)
        except (OSError, Timeout, ValueError, KeyError, TypeError):
            return False
        self._visits = visits
        return True

    def _take(self, visits: dict[str, Visit]) -> None:
        for locator, visit in self._held.items():
            visits.pop(locator, None)
            visits[locator] = visit
        for locator in list(visits)[: max(0, len(visits) - LONGEST)]:
            del visits[locator]
        self._held.clear()


def _load(path: Path) -> dict[str, Visit]:
    try:
        found = json.loads(path.read_text("utf-8"))
        if found["format"] != _FORMAT or not _holds(path.parent, found.get("snapshot", "")):
            return {}
        return {str(locator): _visit(row) for locator, row in found["visits"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def _newest(folder: Path) -> str:
    """The name of the newest snapshot of a store; "" where there is none."""
    files = sorted((folder / "snapshots").glob("[0-9]*.json"))
    return str(json.loads(files[-1].read_text("utf-8"))["name"]) if files else ""


def _holds(folder: Path, snapshot: str) -> bool:
    """Whether a store still has the snapshot that held the articles when they were remembered."""
    if not snapshot:
        return True
    file = folder / "snapshots" / f"{int(snapshot.partition('-')[0]):06d}.json"
    return bool(json.loads(file.read_text("utf-8"))["name"] == snapshot)


def _visit(row: Mapping[str, object]) -> Visit:
    return Visit(**{field.name: str(row.get(field.name, "")) for field in fields(Visit)})


def _write(path: Path, visits: Mapping[str, Visit]) -> None:
    rows = {locator: {k: v for k, v in asdict(visit).items() if v} for locator, visit in visits.items()}
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".web-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(
                {"format": _FORMAT, "snapshot": _newest(path.parent), "visits": rows},
                file,
                ensure_ascii=False,
            )
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
