"""Pages put together from separate reports of the gold files, to fit and measure the weights of ``cohesion`` on.

``python -m tests.sources.assembled`` prints the fitted weights; nothing of the texts is kept.
"""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dateline.findings.sentences import split as sentences
from dateline.sources import cohesion

GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold"
# A page: its items, each the list of its paragraphs.
Page = list[list[str]]


@dataclass(frozen=True)
class Stock:
    """Articles as paragraphs, ledes that stand alone, and for each lede others that share a name with it."""

    articles: list[list[str]]
    ledes: list[str]
    look_alikes: dict[str, list[str]]


def _rows(path: str) -> Iterator[dict[str, str]]:
    with (GOLD / path).open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _articles(rng: random.Random) -> Iterator[list[str]]:
    for row in _rows("topics/bbc_news.dev.jsonl"):
        first, *rest = [part.strip().replace("\n", " ") for part in row["text"].split("\n\n") if part.strip()]
        pieces = [first]
        for part in rest:
            left = [part[start:end] for start, end in sentences(part)]
            while left:
                size = rng.choice([1, 2, 2, 3])
                pieces.append(" ".join(left[:size]))
                left = left[size:]
        yield pieces
    for path, key in (
        ("pages/extraction_benchmark.dev.jsonl", "body"),
        ("stories/giveme5w1h.dev.jsonl", "text"),
    ):
        for row in _rows(path):
            parts = [part.strip() for part in re.split(r"\n+", row[key])]
            yield [part for part in parts if len(part.split()) >= 5 and part[-1:] in '.!?"”'][:25]


def _is_lede(text: str) -> bool:
    return 14 <= len(text.split()) <= 60 and text.endswith(".") and not re.search(r"[<&#\\]", text)


def stock() -> Stock:
    """Everything there is to put pages together from."""
    articles = [article for article in _articles(random.Random(5)) if len(article) >= 4]
    teasers = [row["text"].strip().split("\n")[0] for row in _rows("topics/ag_news.dev.jsonl")]
    leads = [(row.get("lead") or "").strip() for row in _rows("stories/giveme5w1h.dev.jsonl")]
    ledes = [text for text in dict.fromkeys([*teasers, *leads, *(a[0] for a in articles)]) if _is_lede(text)]
    by_name: dict[str, list[str]] = defaultdict(list)
    for lede in ledes:
        for name in set(re.findall(r"(?<=[a-z,] )[A-Z][a-z]{3,}", lede)):
            by_name[name].append(lede)
    look_alikes: dict[str, list[str]] = defaultdict(list)
    for same in by_name.values():
        if 2 <= len(same) <= 40:
            for lede in same:
                look_alikes[lede].extend(other for other in same if other != lede)
    return Stock(articles, ledes, look_alikes)


def pages(stock: Stock, count: int, seed: int) -> Iterator[Page]:
    """Random pages: none to two articles, none to twenty briefs, a third of them beside one that shares a name."""
    rng = random.Random(seed)
    for _ in range(count):
        mode = rng.random()
        told = [
            rng.choice(stock.articles)[: rng.randint(4, 25)] for _ in range(2 if mode < 0.15 else mode < 0.75)
        ]
        briefs: Page = []
        for lede in rng.sample(stock.ledes, rng.randint(2, 10)) if mode > 0.2 else []:
            briefs.append([lede])
            if rng.random() < 0.35 and lede in stock.look_alikes:
                briefs.append([rng.choice(stock.look_alikes[lede])])
        yield told + briefs if rng.random() < 0.7 else briefs + told


def samples(stock: Stock, count: int, seed: int) -> Iterator[tuple[dict[str, float], bool]]:
    """(signals, whether the paragraph continues the group) of every neighbourhood, groups now and then cut anew."""
    rng = random.Random(seed)
    for page in pages(stock, count, seed):
        lines = [(part, at == 0) for item in page for at, part in enumerate(item)]
        terms = [cohesion.terms_of(part) for part, _ in lines]
        ambience = cohesion.Ambience(terms)
        group = cohesion.Group()
        for at, ((_, opens), own) in enumerate(zip(lines, terms, strict=True)):
            if at:
                yield cohesion.signals(group, own, ambience), not opens
            if opens or rng.random() < 0.07:
                group = cohesion.Group()
            group.add(at, own)


def fit(count: int = 500, seed: int = 77) -> dict[str, float]:
    """Weights by logistic regression (Newton's method, a ridge of 1)."""
    import numpy as np

    drawn = list(samples(stock(), count, seed))
    names = list(drawn[0][0])
    x = np.array([[*(row[name] for name in names), 1.0] for row, _ in drawn])
    y = np.array([float(joined) for _, joined in drawn])
    weights = np.zeros(len(names) + 1)
    ridge = np.diag([1.0] * len(names) + [0.0])
    for _ in range(40):
        p = 1 / (1 + np.exp(-x @ weights))
        weights += np.linalg.solve((x.T * (p * (1 - p))) @ x + ridge, x.T @ (y - p) - ridge @ weights)
    return {name: round(float(value), 1) for name, value in zip([*names, "bias"], weights, strict=True)}


if __name__ == "__main__":
    print(json.dumps(fit(), indent=4))
