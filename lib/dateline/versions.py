"""Versions: an article that its outlet changed is a new version of the same, and the older one is kept.

What one address stands for is told by the readings. Where an address stood for exactly one article so far, and stands
for exactly one other in the reading at hand, the outlet changed its text or title. Where a page holds several items
that share its address, none of them is a version of another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import pandas as pd

from dateline.article import Article

# A teaser says less than the page: it is never the version that counts where the page was read.
_FULLNESS = {"headline": 0, "brief": 1, "article": 2}

Address = tuple[str, str]


def address_of(source: Any, url: Any) -> Address | None:
    """Outlet and address that an article is known by; None where it has none, or only a front page's."""
    if not isinstance(url, str) or not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.path in ("", "/") and not parts.query:
        return None
    return (source if isinstance(source, str) else "", url)


@dataclass(slots=True)
class Reading:
    """Which article each address stands for in one reading; None for an address of several."""

    ids: dict[Address, str | None] = field(default_factory=dict)

    def add(self, article: Article) -> None:
        """Note an article that was read, whether it is new or not."""
        if address := address_of(article.source, article.url):
            known = self.ids.setdefault(address, article.id)
            if known != article.id:
                self.ids[address] = None


def changed(
    reading: Reading, fresh: set[str], articles: pd.DataFrame, superseded: set[str]
) -> list[tuple[str, str]]:
    """Pairs of the version that counts and the one it stands for, of the ``fresh`` ids of a reading.

    ``articles`` has ``id``, ``source``, ``url`` and ``kind`` of all articles, the fresh ones among them;
    ``superseded`` ids do not count any more.
    """
    wanted = {address: id for address, id in reading.ids.items() if id in fresh}
    if not wanted:
        return []
    kinds: dict[str, str] = {}
    before: dict[Address, list[str]] = {}
    for id, source, url, kind in articles.itertuples(index=False, name=None):
        address = address_of(source, url)
        if address in wanted and id not in superseded:
            kinds[id] = kind
            if id not in fresh:
                before.setdefault(address, []).append(id)
    pairs = []
    for address, olds in before.items():
        new = wanted[address]
        if len(olds) == 1 and new is not None:
            old = olds[0]
            fuller = _FULLNESS.get(kinds[new], 0) >= _FULLNESS.get(kinds[old], 0)
            pairs.append((new, old) if fuller else (old, new))
    return pairs


def rows_of(pairs: Iterable[tuple[str, str]], run: str) -> pd.DataFrame:
    """The rows of the table ``versions``."""
    at = datetime.now(UTC)
    return pd.DataFrame(
        [{"article": new, "former": old, "at": at, "run": run} for new, old in pairs],
        columns=["article", "former", "at", "run"],
    )


def newest_of(pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """The version that counts for each that does not."""
    after = {old: new for new, old in pairs}
    found: dict[str, str] = {}
    for old in after:
        chain = []
        id = old
        while id in after and id not in found:
            chain.append(id)
            id = after[id]
            if id == old:
                # No reading makes a circle; rows written by hand could, and must not hang a page.
                break
        goal = found.get(id, id)
        found.update(dict.fromkeys(chain, goal))
    return found


def carried(stories: pd.DataFrame, newest: Mapping[str, str]) -> pd.DataFrame:
    """The table ``stories`` with each older version's row given to the version that counts: its story stays."""
    if stories.empty or not newest:
        return stories
    there = set(stories["article"])
    ids: list[str] = []
    kept: list[bool] = []
    for id in stories["article"]:
        goal = newest.get(id, id)
        kept.append(goal == id or goal not in there)
        there.add(goal)
        ids.append(goal)
    return stories.assign(article=ids)[kept].reset_index(drop=True)


def chain(article: str, pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The versions of an article, whichever of them is named: those that count least first, the newest last."""
    listed = list(pairs)
    goal = newest_of(listed).get(article, article)
    former: dict[str, list[str]] = {}
    for new, old in listed:
        former.setdefault(new, []).append(old)
    order, stack, seen = [], [goal], set()
    while stack:
        id = stack.pop()
        if id not in seen:
            seen.add(id)
            order.append(id)
            stack.extend(former.get(id, []))
    return reversed(order)
