"""Watching: the same addresses read again and again, one commit a round, until somebody says stop.

A round fetches first and holds the store only while it writes. What it fetched is remembered only once its articles
are committed, so a round that fails, or is stopped, is read again by the next one: twice, never not at all. Rounds
start at fixed times of a clock that nobody can set back.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from filelock import FileLock, Timeout

from dateline.article import Article, Reject
from dateline.ingest import Report, ingest
from dateline.rights import Actor, local_actor, require_editor
from dateline.sources.web import Memory, WebSettings, harvest
from dateline.store import Busy, Store, StoreError

# Seconds a round waits for another process that writes to the same store.
PATIENCE: Final = 60.0
_UNITS: Final = {"": 1.0, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_DURATION: Final = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,3})?)([smhd]?)")

Stop = Callable[[], bool]
Wait = Callable[[float], None]
Progress = Callable[[str, int], None]


def seconds(written: str) -> float:
    """The seconds of "90s", "15m", "2h", "1d" or a plain number. Raises ValueError in words."""
    found = _DURATION.fullmatch(written.strip().lower())
    value = float(found.group(1)) * _UNITS[found.group(2)] if found else 0.0
    if not 1 <= value <= 30 * 86400:
        raise ValueError(f"{written!r} is no time between 1s and 30d; write 90s, 15m or 2h")
    return value


@dataclass(frozen=True, slots=True)
class Round:
    """What one round did: ``report`` where it read to its end, else ``failure`` says in words why not.

    ``late`` is how many starts were left out because the round before took so long.
    """

    number: int
    took: float
    report: Report | None = None
    failure: str | None = None
    committed: bool = False
    late: int = 0

    def words(self) -> str:
        """The round in one line."""
        late = f" ({self.late} starts left out: the round before took too long)" if self.late else ""
        if self.report is None:
            return f"round {self.number}: {self.failure}{late}"
        new = self.report.kept
        many = f"{new:,} new article{'' if new == 1 else 's'}" if new else "nothing new"
        changed = f", {self.report.changed:,} of them changed" if self.report.changed else ""
        broken = f", {self.report.broken:,} could not be read" if self.report.broken else ""
        name = f"; snapshot {self.report.snapshot.name}" if self.committed and self.report.snapshot else ""
        return f"round {self.number}: {many}{changed}{broken} in {self.took:.1f} s{name}{late}"


@dataclass(slots=True)
class Watch:
    """What to read, how, into which store, and how often (``every``, seconds).

    ``memory`` and the clock's calls are there to be replaced in tests; ``progress`` hears the stage of a round.
    """

    locators: Sequence[str]
    store: Store
    every: float
    settings: WebSettings
    actor: Actor = field(default_factory=local_actor)
    workers: int = 1
    source: str | None = None
    stop: Stop = lambda: False
    wait: Wait = time.sleep
    clock: Callable[[], float] = time.monotonic
    progress: Progress = lambda stage, done: None
    patience: float = PATIENCE

    def rounds(self, most: int | None = None) -> Iterator[Round]:
        """Round after round, each as it ends; ends when told to stop, or after ``most``.

        No failure of a round ends the watch: it is in the round's words. Raises NotAllowed for a reader.
        """
        require_editor(self.actor, "watch sources into this atlas")
        memory = Memory.of_store(self.store.folder)
        began = self.clock()
        due, number, late = 0, 0, 0
        while not self.stop() and (most is None or number < most):
            number += 1
            done = self._round(number, late, memory)
            if done is None:
                return
            yield done
            # The next start that still lies ahead, counted from the first: rounds do not drift.
            passed = int((self.clock() - began) // self.every)
            late = max(0, passed - due)
            due = max(due, passed) + 1
            if most is None or number < most:
                self._sleep(began + due * self.every)

    def _sleep(self, until: float) -> None:
        while not self.stop() and (left := until - self.clock()) > 0:
            self.wait(left)

    def _round(self, number: int, late: int, memory: Memory) -> Round | None:
        """One round; None where it was stopped before anything was written."""
        began = self.clock()
        try:
            with _alone(self.store, self.locators):
                before = self.store.latest()
                items = self._fetched(memory)
                if self.stop():
                    memory.forget()
                    return None
                report = ingest(
                    items,
                    self.store,
                    workers=self.workers,
                    progress=self.progress,
                    actor=self.actor,
                    wait=self.patience,
                )
                memory.commit()
        except Busy as busy:
            memory.forget()
            return Round(number, self.clock() - began, failure=f"left out: {busy}", late=late)
        except (StoreError, OSError) as error:
            memory.forget()
            return Round(number, self.clock() - began, failure=f"failed: {error}", late=late)
        except Exception as error:  # a fault of one round; the desk still wants the next
            memory.forget()
            words = " ".join(str(error).split())[:300]
            failure = f"failed by a fault of Dateline's own, {type(error).__name__}: {words}"
            return Round(number, self.clock() - began, failure=failure, late=late)
        committed = report.snapshot is not None and (before is None or report.snapshot.name != before.name)
        return Round(number, self.clock() - began, report, committed=committed, late=late)

    def _fetched(self, memory: Memory) -> list[Article | Reject]:
        def tell(locator: str, done: int, total: int) -> None:
            self.progress(f"Fetched {done:,} of {total:,}: {locator[:60]}", done)

        found = harvest(self.locators, self.settings, memory, tell, self.stop, source=self.source, date=None)
        return list(found)


@contextmanager
def _alone(store: Store, locators: Sequence[str]) -> Iterator[None]:
    """One watch at a time for the same addresses of a store; raises Busy where another one is at them.

    Two would ask the servers everything twice, for nothing: what the second reads is there before.
    """
    named = hashlib.blake2b("\n".join(sorted(locators)).encode("utf-8", "replace"), digest_size=6).hexdigest()
    try:
        (store.folder / "watches").mkdir(parents=True, exist_ok=True)
        lock = FileLock(store.folder / "watches" / f"{named}.lock")
        lock.acquire(timeout=0)
    except Timeout:
        raise Busy("another watch is reading the same addresses") from None
    except OSError as error:
        raise StoreError(f"{store.folder} cannot be written ({error.strerror or error}).") from error
    try:
        yield
    finally:
        lock.release()
