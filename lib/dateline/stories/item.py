"""Item: what grouping knows of one article, put together from the tables of findings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from dateline.article import day_of

# Of a topic's code, `medtop:` and the two figures of its top concept.
_TOP = 9


@dataclass(frozen=True, slots=True)
class Item:
    """What grouping knows of one article: text, day (ordinal), places (code → latitude, longitude) and figures.

    ``names`` are those places as the text writes them; ``first`` and ``last`` bound the event's days. ``named`` are
    the codes of all places of precision 1 to 3 that the text names, ``countries`` those of every country it touches,
    ``topic`` the code of its first topic's top concept.
    """

    id: str
    title: str
    text: str
    day: int | None = None
    places: dict[str, tuple[float, float]] = field(default_factory=dict)
    killed: int | None = None
    first: int | None = None
    last: int | None = None
    names: tuple[str, ...] = ()
    injured: int | None = None
    topic: str | None = None
    named: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()


def age(item: Item) -> tuple[bool, int, str]:
    """Sorts the earliest first; an undated article has no claim to be the first of its story."""
    return item.day is None, item.day or 0, item.id


def items_of(
    articles: pd.DataFrame, mentions: pd.DataFrame, tolls: pd.DataFrame, events: pd.DataFrame
) -> list[Item]:
    """An item a row of ``articles``; the columns are those of ``dateline.stories.group``."""
    places, names = _places(mentions)
    named, countries = _codes(mentions, "place", 3), _codes(mentions, "country", None)
    killed, injured = _figures(tolls, "killed"), _figures(tolls, "injured")
    spans, topics = _spans(events), _topics(events)
    items = []
    for identity, title, text, published in _rows(articles):
        first, last = spans.get(identity, (None, None))
        items.append(
            Item(
                identity,
                title,
                text,
                ordinal(published),
                places.get(identity, {}),
                killed.get(identity),
                first,
                last,
                names.get(identity, ()),
                injured.get(identity),
                topics.get(identity),
                named.get(identity, frozenset()),
                countries.get(identity, frozenset()),
            )
        )
    return items


def items_of_texts(articles: pd.DataFrame) -> list[Item]:
    """An item a row, of ``id``, ``title``, ``text`` and a ``published`` (or ``date``) where there is one."""
    return [Item(identity, title, text, ordinal(day)) for identity, title, text, day in _rows(articles)]


def ordinal(day: Any) -> int | None:
    """The day (a date or ISO 8601) as ``date.toordinal`` counts, or None."""
    if pd.isna(day):
        return None
    if isinstance(day, str):
        parsed = day_of(day)
        return parsed.toordinal() if parsed else None
    return int(day.toordinal())


def _rows(articles: pd.DataFrame) -> Iterable[tuple[str, str, str, Any]]:
    days = next((c for c in ("published_on", "published", "date", "dct") if c in articles), None)
    columns: list[list[Any]] = [[str(i) for i in articles["id"]]]
    for name in ("title", "text"):
        columns.append(
            ["" if pd.isna(t) else str(t) for t in articles[name]]
            if name in articles
            else [""] * len(articles)
        )
    columns.append(list(articles[days]) if days else [None] * len(articles))
    return zip(*columns, strict=True)


def _places(
    mentions: pd.DataFrame,
) -> tuple[dict[str, dict[str, tuple[float, float]]], dict[str, tuple[str, ...]]]:
    """article → its places of precision 1 to 3 in role ``where``, and as the text writes them."""
    found: dict[str, dict[str, tuple[float, float]]] = {}
    names: dict[str, tuple[str, ...]] = {}
    needed = ["article", "place", "lat", "lon", "precision", "role"]
    if not len(mentions) or any(c not in mentions for c in needed):
        return found, names
    chosen = mentions[(mentions["role"] == "where") & (mentions["precision"] <= 3)]
    chosen = chosen.dropna(subset=["place", "lat", "lon"])
    written = chosen["surface"] if "surface" in chosen else chosen["place"]
    columns = (chosen["article"], chosen["place"], chosen["lat"], chosen["lon"], written)
    for article, place, lat, lon, surface in zip(*columns, strict=True):
        found.setdefault(str(article), {})[str(place)] = (float(lat), float(lon))
        names[str(article)] = (*names.get(str(article), ()), str(surface))
    return found, names


def _codes(mentions: pd.DataFrame, column: str, finest: int | None) -> dict[str, frozenset[str]]:
    """article → the values of ``column``, of places of at most this precision where one is given."""
    found: dict[str, set[str]] = {}
    if not len(mentions) or any(c not in mentions for c in ("article", column, "precision")):
        return {}
    chosen = mentions if finest is None else mentions[mentions["precision"] <= finest]
    chosen = chosen.dropna(subset=[column])
    for article, code in zip(chosen["article"], chosen[column], strict=True):
        found.setdefault(str(article), set()).add(str(code))
    return {article: frozenset(codes) for article, codes in found.items()}


def _figures(tolls: pd.DataFrame, kind: str) -> dict[str, int]:
    """article → its surest figure of ``kind`` that is neither vague nor of an earlier event."""
    if not len(tolls) or any(c not in tolls for c in ("article", "kind", "low")):
        return {}
    chosen = tolls[tolls["kind"] == kind]
    for column in ("reference", "vague"):
        if column in chosen:
            chosen = chosen[~chosen[column].astype(bool)]
    if "confidence" in chosen:
        chosen = chosen.sort_values("confidence", ascending=False, kind="stable")
    chosen = chosen.drop_duplicates("article")
    return {str(a): int(low) for a, low in zip(chosen["article"], chosen["low"], strict=True)}


def _spans(events: pd.DataFrame) -> dict[str, tuple[int | None, int | None]]:
    if not len(events) or any(c not in events for c in ("article", "first", "last")):
        return {}
    return {
        str(a): (ordinal(first), ordinal(last))
        for a, first, last in zip(events["article"], events["first"], events["last"], strict=True)
    }


def _topics(events: pd.DataFrame) -> dict[str, str]:
    if not len(events) or "topic" not in events:
        return {}
    known = events.dropna(subset=["topic"])
    return {str(a): str(t)[:_TOP] for a, t in zip(known["article"], known["topic"], strict=True)}
