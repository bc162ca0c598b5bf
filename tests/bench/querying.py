"""How fast a filter change is answered, and how much it takes: the frames of map, timeline, topics and stories."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path
from statistics import median

import numpy as np
import psutil

from dateline.figures import maps, timelines
from dateline.filters import Filters
from dateline.homes import cache, members
from dateline.query import Atlas
from dateline.store import Store
from tests.atlases import COUNTRIES, DAYS, FIRST_DAY, SOURCES, TOPICS, generated_store
from tests.bench.figures import Figure, seconds, spent

ROUNDS = 3


def kept_store(articles: int, mentions: int) -> Path:
    """A generated store in the cache folder; built when it is not there yet."""
    folder = cache() / f"bench-{articles}-{mentions}"
    if not (folder / "built").exists():
        building = folder.with_name(f"{folder.name}.{os.getpid()}")
        shutil.rmtree(building, ignore_errors=True)
        generated_store(building, articles=articles, mentions=mentions)
        (building / "built").touch()
        shutil.rmtree(folder, ignore_errors=True)
        building.replace(folder)
    return folder


def twenty(seed: int) -> list[Filters]:
    """Twenty filter changes as a reader makes them: regions, dates, topics, sources, words, and some together."""
    random = np.random.default_rng(seed)

    def pick(values: list[str], count: int) -> tuple[str, ...]:
        return tuple(str(v) for v in random.choice(values, count, replace=False))

    def days(length: int) -> dict[str, object]:
        first = FIRST_DAY + timedelta(days=int(random.integers(DAYS // 3, DAYS - length)))
        return {"first": first, "last": first + timedelta(days=length - 1)}

    wide = ["south-caucasus", "central-asia", "middle-east", "europe"]
    return [
        *(Filters(regions=pick(COUNTRIES, n)) for n in (1, 1, 3)),
        Filters(regions=pick(wide, 1)),
        Filters(regions=(f"{pick(COUNTRIES, 1)[0]}.0{random.integers(1, 9)}",)),
        Filters(regions=pick(COUNTRIES, 2), scope="mentions"),
        *(Filters(**days(n)) for n in (7, 30, 90, 200)),  # type: ignore[arg-type]
        Filters(**days(60), axis="published"),  # type: ignore[arg-type]
        *(Filters(topics=pick(TOPICS, n)) for n in (1, 3)),
        *(Filters(sources=pick(SOURCES, n)) for n in (1, 5)),
        Filters(text=f'"headline {random.integers(1000, 9999)}"'),
        Filters(text="lorem amsum", regions=pick(COUNTRIES, 1)),
        Filters(precisions=(1,), **days(30)),  # type: ignore[arg-type]
        Filters(regions=pick(COUNTRIES, 1), **days(30)),  # type: ignore[arg-type]
        Filters(regions=pick(COUNTRIES, 1), topics=pick(TOPICS, 2), **days(120)),  # type: ignore[arg-type]
    ]


def answer(atlas: Atlas, filters: Filters) -> None:
    """All frames of the overview."""
    atlas.counts(filters)
    atlas.places(filters)
    atlas.countries(filters)
    if window := atlas.window(filters):
        atlas.timeline(filters, timelines.choose_unit(window[0], window[1]))
    atlas.topics(filters)
    atlas.stories(filters, limit=12)


def deck_bytes(atlas: Atlas, filters: Filters) -> int:
    """What the map of the selection weighs on its way to the browser."""
    places = atlas.places(filters).assign(country_name=lambda frame: frame["country"])
    precision = places["precision"]
    countries = places[precision == 4].assign(country=lambda frame: frame["place"]).reset_index(drop=True)
    deck = maps.deck(places[precision <= 2], countries, places[precision == 3], dark=False)
    return len(deck.to_json().encode())


def measure(folder: Path) -> list[Figure]:
    """The figures for one store, taken in a process of their own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_measure, folder).result()


def _measure(folder: Path) -> list[Figure]:
    return list(_figures(folder))


def _figures(folder: Path) -> Iterator[Figure]:
    snapshot = Store(folder).latest()
    assert snapshot is not None
    inside = members()
    start = time.perf_counter()
    atlas = Atlas(snapshot, inside)
    yield Figure("articles", snapshot.articles, "")
    yield Figure("opened (once a server and snapshot)", time.perf_counter() - start, "s")
    for filters in twenty(0):
        answer(atlas, filters)
    # Other filters each round: none of them is answered from a cache.
    taken = [
        [(f, spent(lambda f=f: answer(atlas, f))) for f in twenty(n)]  # type: ignore[misc]
        for n in range(1, ROUNDS + 1)
    ]
    flat = [entry for a_round in taken for entry in a_round]
    change = 1000 * median(median(t.wall for _, t in a_round) for a_round in taken)
    empty = 1000 * seconds(lambda: atlas._ask("SELECT name FROM place WHERE FALSE"), 20)
    yield Figure("a filter change, all frames: median of 20", change, "ms", target=300)
    yield Figure("… processor time: median", 1000 * median(t.processor for _, t in flat), "ms")
    yield Figure(f"… the slowest of {len(flat)}", 1000 * max(t.wall for _, t in flat), "ms")
    yield Figure("… those that search for words", 1000 * median(t.wall for f, t in flat if f.text), "ms")
    yield Figure("… without any filter", 1000 * seconds(lambda: answer(atlas, Filters()), 5), "ms")
    yield Figure("… as many times as an empty query", change / empty, "×")
    yield Figure("map without any filter, as sent", deck_bytes(atlas, Filters()) / 1e6, "MB", target=1)
    yield Figure("this process, resident", psutil.Process().memory_info().rss / 1e6, "MB")
