"""A server a test, on the loopback address, and a way to read it without a wait."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from dateline.article import Article, Reject
from dateline.sources.web import Memory, WebSettings, harvest
from dateline.sources.web.fetch import Client

from .server import Hands, Site, loopback

Read = Callable[..., list[Article | Reject]]


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def settings() -> WebSettings:
    return WebSettings(allow_private=True)


@pytest.fixture
def client(hands: Hands, settings: WebSettings) -> Iterator[Client]:
    with Client(settings, clock=hands.clock(), resolver=loopback) as client:
        yield client


@pytest.fixture
def read(hands: Hands, settings: WebSettings) -> Read:
    """Harvest locators (one or several) on a clock that does not wait; settings by name."""

    def reading(*locators: str, memory: Memory | None = None, **said: object) -> list[Article | Reject]:
        options = {name: said.pop(name) for name in ("source", "date", "progress", "stop") if name in said}
        chosen = replace(settings, **said)  # type: ignore[arg-type]
        stop = options.get("stop")
        with Client(
            chosen, clock=hands.clock(), resolver=loopback, **({"stop": stop} if stop else {})
        ) as client:  # type: ignore[arg-type]
            return list(harvest(locators, chosen, memory, client=client, **options))  # type: ignore[arg-type]

    return reading
