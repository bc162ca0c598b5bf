"""Processes that write to a store and are killed (-9) at a random moment; after each the store has to be whole."""

from __future__ import annotations

import math
import multiprocessing
import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from dateline import ingest as ingesting
from dateline import upkeep
from dateline.article import Article
from dateline.store import Store
from tests.upkeep.atlas import brief, ids, newest

BATCH = 12


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
    # The first of each kind runs to its end, to learn how long it takes.
    usual = dict.fromkeys(_WORK, math.inf)
    while done.kills < kills:
        work = chance.choices(["ingest", "compact", "vacuum"], [8, 1, 1])[0]
        reading += work == "ingest"
        before = newest(store)
        there = set(ids(store))
        stage, took, dead = _once(context, work, folder, reading, chance, usual[work])
        if dead:
            done.kills += 1
            done.stages[f"{work}: {stage}"] += 1
        else:
            done.too_late += 1
            usual[work] = took
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
            ingesting.ingest(batch(reading), store)
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


def _once(
    context: multiprocessing.context.ForkServerContext,
    work: str,
    folder: Path,
    number: int,
    chance: random.Random,
    usual: float,
) -> tuple[str, float, bool]:
    """Start a process, kill it somewhen in the time it usually takes; its last stage, its time, whether it was hit."""
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_WORK[work], args=(str(folder), number, theirs))
    process.start()
    theirs.close()
    assert ours.recv() == "began"
    began = time.monotonic()
    pid = process.pid
    assert pid is not None
    delay = 0.0 if math.isinf(usual) else chance.uniform(0, usual * 1.1)
    timer = threading.Timer(delay, os.kill, (pid, signal.SIGKILL))
    if math.isfinite(usual):
        timer.start()
    process.join(300)
    timer.cancel()
    stage = "began"
    while ours.poll():
        try:
            stage = ours.recv()
        except EOFError:
            break
    ours.close()
    code = process.exitcode
    process.close()
    assert code in (0, -signal.SIGKILL), f"the process ended with {code}"
    return stage, time.monotonic() - began, code != 0
