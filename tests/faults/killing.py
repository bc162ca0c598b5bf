"""Processes that write to a store and are killed (-9) at a random moment; after each the store has to be whole."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from dateline import ingest as ingesting
from dateline import upkeep
from dateline.article import Article
from dateline.store import Store
from tests.upkeep.atlas import brief, ids, newest

BATCH = 12
_GROUPING = "Grouping into stories"


def batch(number: int) -> list[Article]:
    """The articles of a reading: new ones, some that are changed, some that are there already."""
    start = number * BATCH
    fresh = [brief(n) for n in range(start, start + BATCH)]
    if not number:
        return fresh
    changed = [brief(start - 1, version=number), brief(start - 2, version=number)]
    return [*fresh, *changed, brief(0)]


def _ingest(folder: str, number: int, told: Connection) -> None:
    # Written out after every few articles, so that a kill can fall between two writes of a table.
    ingesting.FLUSH = 5
    told.send("began")

    def tell(stage: str, done: int) -> None:
        told.send(stage)

    ingesting.ingest(batch(number), Store(folder), progress=tell)
    told.send("ended")


def _compact(folder: str, number: int, told: Connection) -> None:
    told.send("began")
    upkeep.compact(Store(folder))
    told.send("ended")


def _vacuum(folder: str, number: int, told: Connection) -> None:
    told.send("began")
    upkeep.vacuum(Store(folder), keep_days=0, keep=2)
    told.send("ended")


_WORK: dict[str, Callable[[str, int, Connection], None]] = {
    "ingest": _ingest,
    "compact": _compact,
    "vacuum": _vacuum,
}


@dataclass(slots=True)
class Killed:
    """What came of it: ``stages`` is what the killed process was doing, ``seen`` whether its snapshot was there."""

    kills: int = 0
    too_late: int = 0
    stages: Counter[str] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)
    leftovers: int = 0
    seconds: float = 0.0


def killed(folder: Path, kills: int, seed: int = 0) -> Killed:
    """Kill so many processes at random moments; raises AssertionError as soon as the store is not whole."""
    began = time.monotonic()
    chance = random.Random(seed)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.faults.warmed"])
    store = Store(folder)
    done = Killed()
    reading = 0
    ingesting.ingest(batch(0), store)
    # Seconds that each kind of work takes by now; its second half is what comes after the articles are annotated.
    usual = dict.fromkeys(_WORK, 0.3)
    writing = 0.3
    while done.kills < kills:
        work = chance.choices(["ingest", "compact", "vacuum"], [8, 1, 1])[0]
        reading += work == "ingest"
        before = newest(store)
        there = set(ids(store))
        # Every other kill is aimed at what is written after the articles are annotated.
        late = work == "ingest" and chance.random() < 0.5
        delay = chance.uniform(0, 1.2 * (writing if late else usual[work]))
        stage, dead = _once(context, work, folder, reading, delay, _GROUPING if late else "began")
        if dead:
            done.kills += 1
            done.stages[f"{work}: {stage}"] += 1
        else:
            done.too_late += 1
            usual[work] *= 0.9
        state = upkeep.check(folder)
        assert state.faults == [], state.faults
        done.leftovers += bool(state.leftovers)
        now = ids(store)
        wanted = there | ({a.id for a in batch(reading)} if work == "ingest" else set())
        committed = newest(store).number > before.number
        done.seen[f"{work}: {'committed' if committed else 'as before'}"] += dead
        # All of it or nothing of it, and nothing twice.
        assert now in (sorted(there), sorted(wanted)), (
            f"{len(now)} articles, neither {len(there)} nor {len(wanted)}"
        )
        if work == "ingest":
            # The next run completes the work.
            times = _completed(store, reading)
            if not committed:
                usual["ingest"], writing = times
            assert ids(store) == sorted(wanted)
            assert newest(store).articles == (reading + 1) * BATCH
        if reading % 10 == 0:
            upkeep.compact(store)
            upkeep.vacuum(store, keep_days=0, keep=2)
            assert ids(store) == sorted(wanted)
    final = upkeep.check(folder)
    assert final.faults == []
    done.seconds = time.monotonic() - began
    return done


def _completed(store: Store, number: int) -> tuple[float, float]:
    """Read the batch to its end; how long it took, and how long of that after the articles were annotated."""
    told: list[float] = []

    def tell(stage: str, done: int) -> None:
        if stage == _GROUPING:
            told.append(time.monotonic())

    began = time.monotonic()
    ingesting.ingest(batch(number), store, progress=tell)
    ended = time.monotonic()
    return ended - began, ended - (told[-1] if told else began)


def _once(
    context: multiprocessing.context.ForkServerContext,
    work: str,
    folder: Path,
    number: int,
    delay: float,
    after: str,
) -> tuple[str, bool]:
    """Start a process, kill it so many seconds after it told a stage; its last stage, and whether it was hit."""
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_WORK[work], args=(str(folder), number, theirs))
    process.start()
    theirs.close()
    stage = _heard(ours, "", after)
    if process.pid is not None and stage != "ended":
        time.sleep(delay)
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)
    process.join(300)
    stage = _heard(ours, stage, "ended")
    ours.close()
    code = process.exitcode
    process.close()
    assert code in (0, -signal.SIGKILL), f"the process ended with {code}"
    return stage, code != 0


def _heard(told: Connection, stage: str, until: str) -> str:
    """The last stage that was told, once it is the one waited for or the process has ended."""
    while stage != until:
        try:
            stage = told.recv()
        except EOFError:
            break
    return stage
