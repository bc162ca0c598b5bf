"""Stories: which articles tell the same event.

Near duplicates come first (the same text in two sources, a brief cut short). What is left is grouped by average
linkage over a sparse graph of similarities: the cosine of two weighted views of each article (its opening and its
text), lowered where the articles are far apart in time or happen at different places, raised where they share a
place, a toll or a day. One threshold serves all collections. How telling a word is comes mostly from a fixed table
of how many news texts use it (``data/stories``), so a story does not depend on what else is loaded.
"""

from __future__ import annotations

import csv
import gzip
import heapq
import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from dateline.article import day_of
from dateline.findings.topics import stem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BACKGROUND = Path(__file__).resolve().parents[2] / "data" / "stories" / "background.csv.gz"
THRESHOLD = 0.18
# A pair below this is not linked at all; its share in an average is nought.
_FLOOR = 0.08
_LEAD = 300
_READ = 2_500
_TERMS = 60
_LEAST_IDF = 3.0
# How much the table of background counts weighs against the collection at hand.
_BACKGROUND_WEIGHT = 0.1
_DUPLICATE = 0.8
# Copies and cut texts share their opening, so their similarity is at least this.
_MAYBE_DUPLICATE = 0.45
# Where a pair that cannot be one event is held, the days and the kilometres that make it so.
_APART = 0.12
_SHARED = 3
_SEASONS = 240
_FAR_KM = 300.0
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+(?:[.,]\d+)*")

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Item:
    """What grouping knows of one article: text, day (ordinal), places (code → latitude, longitude) and figures.

    ``names`` are those places as the text writes them; ``first`` and ``last`` bound the event's days.
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


@dataclass(frozen=True, slots=True)
class Background:
    """``counts`` of how many of ``texts`` news texts hold a stemmed word."""

    texts: int
    counts: dict[str, int]


@lru_cache(maxsize=1)
def background() -> Background:
    """The shipped table. Raises FileNotFoundError where it is not installed."""
    with gzip.open(BACKGROUND, "rt", encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines)
        next(rows)
        counts = {term: int(texts) for term, texts in rows}
    return Background(counts.pop(""), counts)


def group(
    articles: pd.DataFrame, mentions: pd.DataFrame, tolls: pd.DataFrame, events: pd.DataFrame
) -> pd.DataFrame:
    """Every article of ``articles`` with its story, as columns ``article`` and ``story``, in the order given.

    ``articles`` has ``id``, ``title``, ``text`` and ``published_on``; ``mentions`` and ``tolls`` are the tables of
    that name; ``events`` has ``article``, ``first`` and ``last``. The answer does not depend on the order of rows.
    """
    places, names = _places(mentions)
    killed = _killed(tolls)
    spans = _spans(events)
    items = []
    for identity, title, text, published in _article_rows(articles):
        first, last = spans.get(identity, (None, None))
        items.append(
            Item(
                identity,
                title,
                text,
                _ordinal(published),
                places.get(identity, {}),
                killed.get(identity),
                first,
                last,
                names.get(identity, ()),
            )
        )
    return _frame(items)


def group_texts(articles: pd.DataFrame) -> pd.DataFrame:
    """As ``group``, from ``id``, ``title``, ``text`` and a ``published`` (or ``date``) where there is one."""
    return _frame(
        [Item(identity, title, text, _ordinal(day)) for identity, title, text, day in _article_rows(articles)]
    )


def story_id(article: str) -> str:
    """The id of the story whose earliest article is ``article``."""
    return f"s{article[:12]}" if re.fullmatch(r"[0-9a-f]{12,}", article) else f"s-{article}"


def _frame(items: Sequence[Item]) -> pd.DataFrame:
    # Ties between merges are broken by position: sorting first makes the answer one of the set, not of its order.
    order = sorted(range(len(items)), key=lambda n: _age(items[n]))
    groups = cluster([items[n] for n in order])
    stories = [""] * len(items)
    for members in groups:
        name = story_id(items[order[members[0]]].id)
        for m in members:
            stories[order[m]] = name
    return pd.DataFrame({"article": [i.id for i in items], "story": stories}, dtype="str")


def _age(item: Item) -> tuple[bool, int, str]:
    """Sorts the earliest first; an undated article has no claim to be the first of its story."""
    return item.day is None, item.day or 0, item.id


def _article_rows(articles: pd.DataFrame) -> Iterable[tuple[str, str, str, Any]]:
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


def _ordinal(day: Any) -> int | None:
    if pd.isna(day):
        return None
    if isinstance(day, str):
        parsed = day_of(day)
        return parsed.toordinal() if parsed else None
    return int(day.toordinal())


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


def _killed(tolls: pd.DataFrame) -> dict[str, int]:
    if not len(tolls) or any(c not in tolls for c in ("article", "kind", "low")):
        return {}
    chosen = tolls[tolls["kind"] == "killed"]
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
        str(a): (_ordinal(first), _ordinal(last))
        for a, first, last in zip(events["article"], events["first"], events["last"], strict=True)
    }


# -- similarity ------------------------------------------------------------------------------------------------


def _counted(item: Item) -> tuple[Counter[str], Counter[str]]:
    """Stemmed words of the opening and of the whole, the title's counted twice."""
    title = Counter(map(stem, _WORD.findall(item.title.lower())))
    lead = Counter(map(stem, _WORD.findall(item.text[:_LEAD].lower())))
    lead += title + title
    rest = Counter(map(stem, _WORD.findall(item.text[_LEAD:_READ].lower())))
    return lead, lead + rest


def words_of(title: str, text: str) -> set[str]:
    """The stemmed words by which an article is compared."""
    return set(_counted(Item("", title, text))[1])


def _vector(counts: Counter[str], idf: dict[str, float]) -> dict[str, float]:
    """The most telling terms of ``counts`` with weights, of length one."""
    weights = [
        (_DAMPED[min(n, 99)] * idf[t], t) for t, n in counts.items() if idf[t] >= _LEAST_IDF and len(t) > 1
    ]
    # ties go by the term, so that what is kept does not hang on the order of words
    kept = sorted(weights, key=lambda pair: (-pair[0], pair[1]))[:_TERMS]
    norm = math.sqrt(sum(w * w for w, _ in kept)) or 1.0
    return {t: w / norm for w, t in kept}


_DAMPED = [0.0, *(1.0 + math.log(n) for n in range(1, 100))]


def _idf(counts: Sequence[Counter[str]]) -> dict[str, float]:
    table = background()
    own: Counter[str] = Counter()
    for counted in counts:
        own.update(counted.keys())
    texts = table.texts * _BACKGROUND_WEIGHT + len(counts) + 1.0
    known = table.counts
    return {t: math.log(texts / (known.get(t, 0) * _BACKGROUND_WEIGHT + n)) for t, n in own.items()}


def _vectors(items: Sequence[Item]) -> list[dict[tuple[bool, str], float]]:
    """One vector an article: its opening and its whole text side by side, so that a product is their mean cosine."""
    counted = [_counted(item) for item in items]
    idf = _idf([whole for _, whole in counted])
    half = math.sqrt(0.5)
    vectors = []
    for lead, whole in counted:
        vector = {(False, t): w * half for t, w in _vector(lead, idf).items()}
        vector.update({(True, t): w * half for t, w in _vector(whole, idf).items()})
        vectors.append(vector)
    return vectors


def _similarities(vectors: Sequence[dict[tuple[bool, str], float]]) -> dict[Pair, float]:
    """Products of all pairs that reach the floor, through an inverted index.

    A pair that shares fewer than ``_SHARED`` telling words is held below the threshold: in a headline of nine words
    the name of a region is most of the text, and says little about the event.
    """
    import numpy as np

    postings: dict[tuple[bool, str], tuple[list[int], list[float]]] = {}
    for n, vector in enumerate(vectors):
        for term, weight in vector.items():
            held = postings.setdefault(term, ([], []))
            held[0].append(n)
            held[1].append(weight)
    index: dict[tuple[bool, str], tuple[NDArray[np.int64], NDArray[np.float64]]] = {
        term: (np.array(ids), np.array(weights)) for term, (ids, weights) in postings.items() if len(ids) > 1
    }
    seen: dict[tuple[bool, str], int] = dict.fromkeys(index, 0)
    pairs: dict[Pair, float] = {}
    for n, vector in enumerate(vectors):
        ids, weights, whole = [], [], []
        for term, weight in vector.items():
            if term in index:
                # only articles before this one: postings are in order, so their number is where to cut
                cut = seen[term]
                seen[term] = cut + 1
                if cut:
                    ids.append(index[term][0][:cut])
                    weights.append(index[term][1][:cut] * weight)
                    if term[0]:
                        whole.append(ids[-1])
        if ids:
            sums = np.bincount(np.concatenate(ids), np.concatenate(weights), minlength=n)
            shared = np.bincount(np.concatenate(whole), minlength=n) if whole else np.zeros(n)
            sums = np.where(shared < _SHARED, np.minimum(sums, _APART), sums)
            for other in np.flatnonzero(sums >= _FLOOR):
                pairs[int(other), n] = float(sums[other])
    return pairs


def _adjusted(pairs: dict[Pair, float], items: Sequence[Item]) -> dict[Pair, float]:
    """Similarities with days, places and figures taken into account.

    A pair that cannot be one event is held below the threshold however alike its wording: the tenth report of a
    quake reads like the ninth's.
    """
    adjusted = {}
    for (i, j), similarity in pairs.items():
        a, b = items[i], items[j]
        value = similarity * _agreement(a, b)
        adjusted[i, j] = min(value, _APART) if value > _APART and _conflict(a, b) else value
    return adjusted


def _conflict(a: Item, b: Item) -> bool:
    """The two were published most of a year apart, or happened hundreds of kilometres from each other."""
    if a.day is not None and b.day is not None and abs(a.day - b.day) > _SEASONS:
        return True
    return bool(a.places and b.places) and _elsewhere(a, b, _FAR_KM)


def _elsewhere(a: Item, b: Item, kilometres: float) -> bool:
    """Nothing happened near the other's places, and neither text names the other's place (which the gazetteer may
    have taken for another of that name).
    """
    if a.places.keys() & b.places.keys() or _kilometres(a, b) <= kilometres:
        return False
    return not any(n in b.text or n in b.title for n in a.names) and not any(
        n in a.text or n in a.title for n in b.names
    )


def _agreement(a: Item, b: Item) -> float:
    """A factor for what two articles say beside their words: days, places and figures."""
    factor = 1.0
    if a.day is not None and b.day is not None:
        apart = max(0, abs(a.day - b.day) - 7)
        factor *= 0.4 + 0.6 * math.exp(-apart / 120)
    if a.first and b.first and a.last and b.last:
        gap = max(a.first - b.last, b.first - a.last, 0)
        factor *= 1.05 if gap == 0 else 0.6 + 0.4 * math.exp(-max(0, gap - 2) / 20)
    if a.places and b.places:
        if a.places.keys() & b.places.keys():
            factor *= 1.1
        elif _elsewhere(a, b, 150.0):
            factor *= 0.6
    if a.killed and a.killed == b.killed and a.killed > 3:
        factor *= 1.1
    return factor


def _kilometres(a: Item, b: Item) -> float:
    """The shortest way between a place of one and a place of the other, on a flattened Earth: near enough here."""
    best = math.inf
    for lat1, lon1 in a.places.values():
        for lat2, lon2 in b.places.values():
            east = (abs(lon1 - lon2 + 180) % 360 if abs(lon1 - lon2) > 180 else abs(lon1 - lon2)) * math.cos(
                math.radians((lat1 + lat2) / 2)
            )
            best = min(best, 111.2 * math.hypot(lat1 - lat2, east))
    return best


# -- grouping --------------------------------------------------------------------------------------------------


def cluster(items: Sequence[Item], threshold: float = THRESHOLD) -> list[list[int]]:
    """Indexes of ``items`` by story, each in order, the stories by their first."""
    pairs = _adjusted(_similarities(_vectors(items)), items)
    parent = _linked(len(items), pairs, _duplicates(items, pairs), threshold)
    groups: dict[int, list[int]] = {}
    for n in range(len(items)):
        groups.setdefault(_root(parent, n), []).append(n)
    return sorted(groups.values())


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = _WORD.findall(text[: 4 * _READ].lower())
    return frozenset(tuple(words[i : i + 4]) for i in range(len(words) - 3))


def _duplicates(items: Sequence[Item], pairs: dict[Pair, float]) -> list[Pair]:
    """Pairs of which one's text is, but for a few words, a part of the other's."""
    held: dict[int, frozenset[tuple[str, ...]]] = {}
    found = []
    for (i, j), similarity in sorted(pairs.items()):
        if similarity < _MAYBE_DUPLICATE:
            continue
        for n in (i, j):
            if n not in held:
                held[n] = _shingles(items[n].text)
        fewer, more = sorted((held[i], held[j]), key=len)
        if len(fewer) >= 5 and len(fewer & more) >= _DUPLICATE * len(fewer):
            found.append((i, j))
    return found


def _root(parent: list[int], n: int) -> int:
    while parent[n] != n:
        parent[n] = parent[parent[n]]
        n = parent[n]
    return n


def _linked(count: int, pairs: dict[Pair, float], joined: Iterable[Pair], threshold: float) -> list[int]:
    """Average linkage over a sparse graph: the parent of each node. Work grows with the number of pairs.

    Of ``joined`` pairs the later one is dropped from the averages, so that many copies weigh as one.
    """
    parent = list(range(count))
    for i, j in joined:
        a, b = sorted((_root(parent, i), _root(parent, j)))
        parent[b] = a
    near: list[dict[int, float]] = [{} for _ in range(count)]
    for (i, j), similarity in pairs.items():
        a, b = _root(parent, i), _root(parent, j)
        if a != b:
            near[a][b] = near[b][a] = max(similarity, near[a].get(b, 0.0))
    size = [1] * count
    heap = [(-s, i, j) for i in range(count) for j, s in near[i].items() if i < j and s >= threshold]
    heapq.heapify(heap)
    while heap:
        value, i, j = heapq.heappop(heap)
        total = near[i].get(j)
        if total is None or abs(total / (size[i] * size[j]) + value) > 1e-12:
            continue
        if len(near[i]) < len(near[j]):
            i, j = j, i
        _merge(near, size, i, j)
        parent[j] = i
        for k, total in near[i].items():
            mean = total / (size[i] * size[k])
            if mean >= threshold:
                heapq.heappush(heap, (-mean, min(i, k), max(i, k)))
    return parent


def _merge(near: list[dict[int, float]], size: list[int], into: int, gone: int) -> None:
    size[into] += size[gone]
    del near[into][gone]
    for k, total in near[gone].items():
        if k != into:
            del near[k][gone]
            near[into][k] = near[k][into] = near[into].get(k, 0.0) + total
    near[gone] = {}
