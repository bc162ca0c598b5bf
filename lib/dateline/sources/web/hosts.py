"""Hosts: one request at a time each, with a delay between two, and none while a host asked to be left alone."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from .clock import Clock
from .failure import Failure


@dataclass(slots=True)
class _Host:
    lock: threading.Lock = field(default_factory=threading.Lock)
    # When the last request ended, and until when the host asked us to stay away (monotonic seconds).
    last: float | None = None
    closed_until: float = 0.0


class Hosts:
    """The hosts of one reading. Two ports of a host are one host; so are http and https."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._guard = threading.Lock()
        self._hosts: dict[str, _Host] = {}

    def _host(self, name: str) -> _Host:
        with self._guard:
            return self._hosts.setdefault(name, _Host())

    @contextmanager
    def turn(self, name: str, delay: float, stop: Callable[[], bool]) -> Iterator[None]:
        """The host to oneself, ``delay`` seconds after the request before. Raises Failure while it is closed."""
        host = self._host(name)
        with host.lock:
            away = host.closed_until - self._clock.monotonic()
            if away > 0:
                raise Failure(
                    "status", f"{name} asked not to be read for {in_time(away)}", passing=True, wait=away
                )
            if host.last is not None and delay:
                self._clock.wait(host.last + delay - self._clock.monotonic(), stop)
            try:
                yield
            finally:
                host.last = self._clock.monotonic()

    def close(self, name: str, seconds: float) -> None:
        """Leave the host alone for so long."""
        self._host(name).closed_until = self._clock.monotonic() + seconds


def in_time(seconds: float) -> str:
    """A length of time as one says it: ``40 seconds``, ``5 minutes``, ``2 hours``."""
    for size, name in ((86_400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= 1.5 * size:
            return f"{round(seconds / size)} {name}s"
    count = max(1, round(seconds))
    return f"{count} second{'s' if count != 1 else ''}"
