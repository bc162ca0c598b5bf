"""Accuracy floors for saved pages and pasted ones, on gold files outside the project."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dateline.article import Article
from dateline.evaluation import pages
from dateline.sources import read_bytes

GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold"
pytestmark = [
    pytest.mark.gold,
    pytest.mark.skipif(not (GOLD / "pages").is_dir(), reason="../shared/gold/pages is not here"),
]
# Measured: bodies .973, days .895 and .973 (.949 of both by `evaluate pages`), phrases out .977,
# kept .904; a floor leaves a page or two of room.
BODY_FLOOR = 0.965
DAY_FLOORS = {"htmldate_mc": 0.88, "htmldate_def": 0.96}
MUST_NOT_FLOOR, MUST_HAVE_FLOOR = 0.97, 0.895


def rows(path: str) -> Iterator[dict[str, Any]]:
    file = GOLD / path
    with (
        gzip.open(file, "rt", encoding="utf-8")
        if path.endswith(".gz")
        else file.open(encoding="utf-8") as lines
    ):
        yield from map(json.loads, lines)


def read_one(row: dict[str, Any]) -> Article | None:
    data = gzip.decompress((GOLD / "pages" / row["html"]).read_bytes())
    found = next(iter(read_bytes("page.html", data)))
    return found if isinstance(found, Article) else None


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3)) if words)


def f1(found: str, gold: str) -> float:
    ours, theirs = shingles(found), shingles(gold)
    same = (ours & theirs).total()
    return 2 * same / (ours.total() + theirs.total()) if same else 0.0


@pytest.mark.slow
def test_bodies() -> None:
    scores = [
        f1(a.text if (a := read_one(row)) else "", row["body"])
        for row in rows("pages/extraction_benchmark.dev.jsonl")
    ]
    assert sum(scores) / len(scores) >= BODY_FLOOR


@pytest.mark.slow
def test_days() -> None:
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for row in rows("pages/htmldate.dev.jsonl"):
        group = row["id"].split(":")[0]
        article = read_one(row)
        total[group] += 1
        right[group] += bool(article and article.published and article.published[:10] == row["date"])
    for group, floor in DAY_FLOORS.items():
        assert right[group] / total[group] >= floor, group


@pytest.mark.slow
def test_phrases() -> None:
    figures = pages.evaluate(rows("pages/trafilatura_phrases.dev.jsonl"), GOLD / "pages")
    assert figures["must_not"] >= MUST_NOT_FLOOR
    assert figures["must_have"] >= MUST_HAVE_FLOOR


def test_pages_put_together_come_apart() -> None:
    from dateline.sources.dumps import split
    from tests.sources import assembled

    right = found = there = alone = briefs = 0
    for page in assembled.pages(assembled.stock(), 200, 4):
        starts, at, last = set(), 1, []
        for item in page:
            starts.add(at)
            last.append((at, at + len(item) - 1))
            at += len(item)
        items = split("\n".join(part for item in page for part in item)).items
        ours = {item.lines[0].number for item in items}
        spans = {(item.lines[0].number, item.lines[-1].number) for item in items}
        right, found, there = right + len(ours & starts) - 1, found + len(ours) - 1, there + len(starts) - 1
        singles = [span for span in last if span[0] == span[1]]
        alone, briefs = alone + sum(span in spans for span in singles), briefs + len(singles)
    # Measured: boundaries .93 precision, .91 recall; nine briefs in ten alone. A page or two of room below.
    figures = f"precision {right / found:.3f}, recall {right / there:.3f}, briefs alone {alone / briefs:.3f}"
    assert 2 * right / (found + there) >= 0.90, figures
    assert alone / briefs >= 0.88, figures


@pytest.mark.parametrize(("stamp", "floor"), [("12 March 2005, 10:00", 0.93), ("", 0.90)])
def test_an_article_under_its_headline_stays_whole(stamp: str, floor: float) -> None:
    from dateline.sources.dumps import split

    whole = total = 0
    for row in list(rows("topics/bbc_news.dev.jsonl"))[:300]:
        parts = [part.replace("\n", " ") for part in row["text"].split("\n\n") if part.strip()]
        items = split("\n".join([row["title"], *filter(None, [stamp]), *parts])).items
        whole += len(items) == 1 and items[0].title is not None
        total += 1
    # Measured .947 and .943.
    assert whole / total >= floor, f"{whole} of {total}"
