"""The compiled gazetteer, opened for reading: arrays mapped from disk and a trie of names."""

from __future__ import annotations

import json
import math
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.gazetteer.compiler import GENERIC, Progress, build
from dateline.gazetteer.kinds import ADJECTIVE, KINDS, QUALITIES, WIDE_KINDS
from dateline.gazetteer.names import key_of

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer.

    ``lat``/``lon`` are WGS 84 degrees, None where a point would mislead; ``population`` is in heads, 0 where
    unknown; ``fame`` the number of other names GeoNames knows for a settlement, at most 255; ``precision`` is as in
    ``dateline.article.PRECISIONS``, None for a body.
    """

    code: str
    name: str
    kind: str
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    population: int
    precision: int | None
    geonameid: int | None
    capital: bool = False
    fame: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place a name may mean; ``match`` is how the name fits it, one of ``kinds.QUALITIES``."""

    place: Place
    match: str
    number: int


class Gazetteer:
    """Names to places. Open one with ``load()``."""

    def __init__(self, folder: Path) -> None:
        import marisa_trie
        import numpy as np

        def column(name: str) -> NDArray[Any]:
            held: NDArray[Any] = np.load(folder / f"{name}.npy", mmap_mode="r")
            return held

        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        lists = json.loads((folder / "lists.json").read_text(encoding="utf-8"))
        self.version: str = folder.name.removeprefix("gazetteer-")
        self.members: dict[str, dict[str, list[str]]] = meta["members"]
        self.common: dict[str, float] = meta["common"]
        self._countries: list[str] = lists["countries"]
        self._divisions: list[str] = lists["divisions"]
        self._trie = marisa_trie.Trie().mmap(str(folder / "names.marisa"))
        self._heads = marisa_trie.Trie().mmap(str(folder / "heads.marisa"))
        self._head_lengths = column("head_lengths")
        self._offsets, self._numbers = column("key_offsets"), column("key_places")
        self._quality = column("key_quality")
        self._kind, self._country, self._admin1 = column("kind"), column("country"), column("admin1")
        self._lat, self._lon = column("lat"), column("lon")
        self._population, self._precision = column("population"), column("precision")
        self._capital, self._fame = column("capital"), column("fame")
        self._text = {
            name: (column(f"{name}_offsets"), np.memmap(folder / f"{name}.bin", np.uint8, "r"))
            for name in ("code", "name")
        }
        self._geonameid = column("geonameid")
        # The wider places come first.
        self._first_settlement = int(np.argmax(self._kind == KINDS.index("settlement")))
        self._code_order = column("code_order")
        self._cached_place = lru_cache(maxsize=50_000)(self._read_place)
        self._cached_candidates = lru_cache(maxsize=50_000)(self._read_candidates)
        self._cached_head = lru_cache(maxsize=200_000)(self._read_head)

    def __len__(self) -> int:
        return len(self._kind)

    def place(self, code: str) -> Place | None:
        """The place of a stable code, or None."""
        wanted = code.encode(errors="replace")
        found = bisect_left(self._code_order, wanted, key=lambda n: self._bytes("code", int(n)))
        if found == len(self._code_order) or self._bytes("code", int(self._code_order[found])) != wanted:
            return None
        return self._cached_place(int(self._code_order[found]))

    def number(self, number: int) -> Place:
        """The place in row ``number`` of the index."""
        return self._cached_place(number)

    def lookup(self, name: str) -> tuple[Candidate, ...]:
        """Every place called ``name`` in any case and with any diacritics; best name match and most people first.

        Adjectives ("Syrian") lead to their place with ``match`` adjective or people. "X, Y" gives the X inside Y, and
        "X Province" the area X where no place bears the full name.
        """
        found = self.candidates(key_of(name))
        head, comma, rest = name.partition(",")
        if not found and comma:
            wider = {c.place.code for c in self.lookup(rest)}
            inside = tuple(c for c in self.lookup(head) if wider & {c.place.country, c.place.admin1})
            found = inside or self.lookup(head)
        if not found and len(words := key_of(name).split()) > 1 and words[-1] in GENERIC:
            bare = self.candidates(" ".join(words[:-1]))
            found = tuple(c for c in bare if c.place.kind in ("division", "district", "disputed")) or bare
        return found

    def candidates(self, key: str) -> tuple[Candidate, ...]:
        """As ``lookup``, for a key that ``names.key_of`` made."""
        return self._cached_candidates(key)

    def longest(self, head: str) -> int:
        """How many tokens the longest name has that starts with the folded token ``head``; 0 where none does."""
        return self._cached_head(head)

    def has(self, key: str) -> bool:
        """Whether a name of that key exists."""
        return key in self._trie

    def search(self, text: str, limit: int = 20) -> list[Place]:
        """Places whose name starts with ``text``, for a search box: wider places first, then by population."""
        key = key_of(text)
        if not key:
            return []
        best: dict[int, tuple[int, int]] = {}
        for found, name in enumerate(self._trie.iterkeys(key)):
            if found >= 2000:
                break
            for number, quality in self._entries(name):
                if quality < ADJECTIVE:
                    rank = (0 if name == key else 1, quality)
                    best[number] = min(best.get(number, rank), rank)
        ordered = sorted(best, key=lambda n: (best[n][0], -self._weight(n), best[n][1]))
        return [self._cached_place(number) for number in ordered[:limit]]

    def wider(self) -> Iterator[Place]:
        """Every country, division, district and region: all that is no settlement."""
        for number in range(self._first_settlement):
            yield self._cached_place(number)

    def _weight(self, number: int) -> int:
        wide = {3: 10**10, 4: 10**11, 5: 10**11, 0: 10**11}.get(int(self._precision[number]), 0)
        return int(self._population[number]) + wide

    def _entries(self, key: str) -> list[tuple[int, int]]:
        try:
            position = self._trie[key]
        except KeyError:
            return []
        start, end = int(self._offsets[position]), int(self._offsets[position + 1])
        return list(zip(self._numbers[start:end].tolist(), self._quality[start:end].tolist(), strict=True))

    def _read_candidates(self, key: str) -> tuple[Candidate, ...]:
        found = [
            Candidate(self._cached_place(number), QUALITIES[quality], number)
            for number, quality in self._entries(key)
        ]
        return tuple(_without_doubles(found))

    def _read_head(self, head: str) -> int:
        try:
            return int(self._head_lengths[self._heads[head]])
        except KeyError:
            return 0

    def _bytes(self, column: str, number: int) -> bytes:
        offsets, blob = self._text[column]
        return bytes(blob[offsets[number] : offsets[number + 1]])

    def _string(self, column: str, number: int) -> str:
        return self._bytes(column, number).decode()

    def _read_place(self, number: int) -> Place:
        code = self._string("code", number)
        kind = KINDS[int(self._kind[number])]
        lat, lon = float(self._lat[number]), float(self._lon[number])
        drawn = not math.isnan(lat) and kind not in WIDE_KINDS
        return Place(
            code,
            self._string("name", number),
            kind,
            self._countries[int(self._country[number])] or None,
            self._divisions[int(self._admin1[number])] or None,
            lat if drawn else None,
            lon if drawn else None,
            int(self._population[number]),
            int(self._precision[number]) or None,
            int(self._geonameid[number]) or None,
            bool(self._capital[number]),
            int(self._fame[number]),
        )


def _without_doubles(found: list[Candidate]) -> list[Candidate]:
    """``found`` without rows that are the same place twice: same kind and country, within about 25 km."""
    kept: list[Candidate] = []
    for candidate in found:
        place = candidate.place
        if not any(_same(place, other.place) for other in kept):
            kept.append(candidate)
    return kept


def _same(one: Place, other: Place) -> bool:
    if one.kind != other.kind or one.country != other.country:
        return False
    if one.lat is None or other.lat is None or one.lon is None or other.lon is None:
        return False
    north = (one.lat - other.lat) * 111.2
    east = (one.lon - other.lon) * 111.2 * math.cos(math.radians(one.lat))
    return north * north + east * east < 25.0**2


_loaded: dict[Path, Gazetteer] = {}


def load(progress: Progress | None = None) -> Gazetteer:
    """The gazetteer of this process; compiled first when no index fits today's tables."""
    folder = build(progress)
    if folder not in _loaded:
        _loaded[folder] = Gazetteer(folder)
    return _loaded[folder]
