"""Generated stores for tests and benchmarks: seeded, of any size, written through the real store.

The texts are made of invented words; what matters is the shape of real news: few places with many articles, many
with one, a third of the articles without an event date, stories of one to eight articles.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from dateline.store import Snapshot, Store

TOPICS = [f"medtop:{n:02d}000000" for n in range(1, 18)]
SOURCES = [f"Outlet {n}" for n in range(1, 41)]
COUNTRIES = ["AZ", "GE", "AM", "KZ", "UZ", "KG", "TJ", "TM", "TR", "RU", "IR", "UA", "SY", "MA", "CO", "AT"]
FIRST_DAY = date(2024, 1, 1)
DAYS = 700
_WORDS = np.array([a + b for a in ("lo", "ip", "do", "si", "am") for b in ("rem", "sum", "lor")])


def generated_store(
    folder: Path, *, articles: int, mentions: int, seed: int = 20251215, words: int = 60
) -> Snapshot:
    """A store of ``articles`` articles and ``mentions`` resolved mentions in one snapshot."""
    store = Store(folder)
    with store.writing() as commit:
        for start in range(0, articles, 50_000):
            count = min(50_000, articles - start)
            share = mentions * (start + count) // articles - mentions * start // articles
            random = np.random.default_rng([seed, start])
            for table, frame in _frames(random, start, count, share, words):
                commit.write(table, frame)
        commit.write("stories", _stories(np.random.default_rng(seed), articles))
        return commit.publish()


def _ids(numbers: np.ndarray) -> list[str]:
    return [f"{n:016x}" for n in numbers]


def _days(random: np.random.Generator, count: int) -> list[date]:
    # More news lately, as in any archive.
    offsets = (DAYS * np.sqrt(random.random(count))).astype(int)
    return [FIRST_DAY + timedelta(days=int(d)) for d in offsets]


def _frames(
    random: np.random.Generator, start: int, count: int, mentions: int, words: int
) -> Iterator[tuple[str, pd.DataFrame]]:
    ids = _ids(np.arange(start, start + count))
    days = _days(random, count)
    texts = [" ".join(row) for row in _WORDS[random.integers(0, len(_WORDS), (count, words))]]
    topics = np.array(TOPICS)[np.minimum(random.geometric(0.25, count) - 1, len(TOPICS) - 1)]
    yield (
        "articles",
        pd.DataFrame(
            {
                "id": ids,
                "kind": "brief",
                "title": [f"Headline {n}" for n in range(start, start + count)],
                "text": texts,
                "source": np.array(SOURCES)[random.integers(0, len(SOURCES), count)],
                "published": [d.isoformat() for d in days],
                "published_on": days,
                "language": "en",
                "locator": "generated",
                "run": "generated",
            }
        ),
    )
    dated = random.random(count) < 0.67
    killed = np.where(random.random(count) < 0.2, random.geometric(0.1, count), -1)
    yield (
        "events",
        pd.DataFrame(
            {
                "article": ids,
                "first": [d if known else None for d, known in zip(days, dated, strict=True)],
                "last": [d if known else None for d, known in zip(days, dated, strict=True)],
                "granularity": ["day" if known else None for known in dated],
                "topic": topics,
                "killed": pd.array([None if k < 0 else int(k) for k in killed], dtype="Int64"),
            }
        ),
    )
    yield (
        "topics",
        pd.DataFrame({"article": ids, "rank": 0, "code": topics, "label": topics, "score": 0.5}),
    )
    yield "mentions", _mentions(random, ids, mentions)


def _mentions(random: np.random.Generator, ids: list[str], count: int) -> pd.DataFrame:
    place = np.minimum(random.zipf(1.3, count), 20_000)
    country = np.array(COUNTRIES)[place % len(COUNTRIES)]
    coarse = random.random(count) < 0.3
    role = np.where(random.random(count) < 0.7, "where", "mention")
    return pd.DataFrame(
        {
            "article": np.array(ids)[random.integers(0, len(ids), count)],
            "start": 0,
            "end": 5,
            "surface": "lorem",
            "form": "name",
            "name": np.where(coarse, country, [f"Place {p}" for p in place]),
            "kind": np.where(coarse, "country", "settlement"),
            "place": np.where(coarse, country, [f"g{p}" for p in place]),
            "geonameid": place,
            "country": country,
            "admin1": np.where(
                coarse, None, [f"{c}.{p % 9:02d}" for c, p in zip(country, place, strict=True)]
            ),
            "lat": (place * 7919 % 12000) / 100 - 55,
            "lon": (place * 104729 % 35000) / 100 - 175,
            "precision": np.where(coarse, 4, 1),
            "role": role,
            "here": role == "where",
            "confidence": 0.9,
            "sentence_start": 0,
            "sentence_end": 40,
            "rule": "generated",
            "alternatives": "[]",
        }
    )


def _stories(random: np.random.Generator, articles: int) -> pd.DataFrame:
    sizes = np.minimum(random.geometric(0.45, articles), 8)
    story = np.repeat(np.arange(articles), sizes)[:articles]
    return pd.DataFrame({"article": _ids(np.arange(articles)), "story": [f"s{n}" for n in story]})
