"""The clock of a reading: instants, and waits that end early when the reading is stopped."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass

from .failure import Stopped

# How long a stop may go unnoticed while we wait, in seconds.
_SLICE = 0.25


def never() -> bool:
    """The ``stop`` of a reading that nobody stops."""
    return False


@dataclass(frozen=True, slots=True)
class Clock:
    """``monotonic`` and ``now`` (seconds since 1970) tell, ``sleep`` waits, ``chance`` is a fraction in 0..1."""

    monotonic: Callable[[], float] = time.monotonic
    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random

    def wait(self, seconds: float, stop: Callable[[], bool] = never) -> None:
        """Wait; raises Stopped as soon as ``stop`` says so."""
        until = self.monotonic() + seconds
        while True:
            if stop():
                raise Stopped
            left = until - self.monotonic()
            if left <= 0:
                return
            self.sleep(min(left, _SLICE) if stop is not never else left)
