"""Robots: what a host's robots.txt permits, by RFC 9309; Protego (Scrapy's parser) matches the rules.

A robots.txt that is not there (any 4xx but 429, over five redirects) permits everything; one that cannot be had (5xx,
429, a broken or slow answer) forbids everything until it can, and is asked for again after some minutes.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .address import Address
from .failure import Failure
from .fetch import Answer, Client
from .settings import ROBOT

if TYPE_CHECKING:
    from protego import Protego

# What RFC 9309 asks a reader to take in at least; the rest of a longer file does not count.
LIMIT = 500 * 1024
_REDIRECTS = 5
# Seconds: a file counts for a day, a failure to get one for a while.
_KEPT = 24 * 3600.0
_AGAIN = 300.0
# A longer Crawl-delay than this is an accident, or means "never".
_LONGEST_DELAY = 300.0
# The host itself cannot be reached: that is the reason to tell, not its robots.txt.
_OF_THE_HOST = frozenset({"dns", "private", "connect", "tls"})


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of an origin: ``text`` parsed, or the failure that left them unknown; good until ``until``."""

    until: float
    parsed: Protego | None = None
    failure: Failure | None = None


@dataclass(slots=True)
class Book:
    """The rules that were read, an origin each; it may serve several readings, one after another."""

    rules: dict[str, Rules] = field(default_factory=dict)
    _locks: dict[str, threading.Lock] = field(default_factory=dict)
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def lock(self, origin: str) -> threading.Lock:
        """The lock of whoever reads this origin's file."""
        with self._guard:
            return self._locks.setdefault(origin, threading.Lock())


class Robots:
    """The gate of a client."""

    def __init__(self, client: Client, book: Book | None = None) -> None:
        self._client = client
        self._book = book or Book()

    def gate(self, address: Address) -> float:
        """The seconds between two requests of the address' host. Raises Failure where it may not be read."""
        rules = self._rules(address)
        if rules.failure is not None:
            raise rules.failure
        if rules.parsed is None:
            return self._client.settings.delay
        if address.path != "/robots.txt" and not rules.parsed.can_fetch(str(address), ROBOT):
            raise Failure("robots", "its robots.txt does not let it be read")
        return self._delay(rules.parsed)

    def _delay(self, parsed: Protego) -> float:
        wanted = parsed.crawl_delay(ROBOT) or 0.0
        rate = parsed.request_rate(ROBOT)
        if rate is not None and rate.requests > 0:
            wanted = max(wanted, rate.seconds / rate.requests)
        # A delay that is no number compares false and changes nothing.
        return max(self._client.settings.delay, wanted if 0 <= wanted <= _LONGEST_DELAY else 0.0)

    def _rules(self, address: Address) -> Rules:
        origin = address.origin
        with self._book.lock(origin):
            known = self._book.rules.get(origin)
            now = self._client.clock.monotonic()
            if known is None or known.until <= now:
                known = self._read(address)
                self._book.rules[origin] = known
            return known

    def _read(self, address: Address) -> Rules:
        file = Address(address.scheme, address.host, address.port, "/robots.txt")
        try:
            answer = self._client.get(file, redirects=_REDIRECTS, cut_at=LIMIT)
        except Failure as failure:
            return self._without(failure)
        return Rules(self._client.clock.monotonic() + _KEPT, _parsed(answer))

    def _without(self, failure: Failure) -> Rules:
        now = self._client.clock.monotonic()
        absent = failure.kind == "status" and failure.status != 429 and failure.status < 500
        # A closed host has no status: it is not read now, whatever its rules.
        if (absent and failure.status) or failure.kind in ("redirects", "form"):
            return Rules(now + _KEPT)
        if failure.kind in _OF_THE_HOST:
            return Rules(now + _AGAIN, failure=failure)
        reason = f"its robots.txt cannot be read, so nothing is: {failure}"
        return Rules(now + _AGAIN, failure=Failure("robots", reason, passing=True))


def _parsed(answer: Answer) -> Protego:
    from protego import Protego

    return Protego.parse(answer.body.decode("utf-8-sig", "replace"))
