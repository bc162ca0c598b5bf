"""What the words of a Russian, Azerbaijani or Turkish text may name: readings of words and phrases in the gazetteer.

A ``Reader`` takes a word apart once (``cases``), looks its forms up, and keeps what it found, bounded in number.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from dateline.findings.places import cases
from dateline.findings.places.exonyms import Exonyms, exonyms
from dateline.findings.places.inflected_words import BY_LANGUAGE, Words
from dateline.gazetteer import Candidate, Gazetteer, Place
from dateline.gazetteer.names import fold, key_of

_APOSTROPHE = re.compile(r"['’ʼ`´‘]")
# Kept words and phrases before the memory is emptied.
_KEPT = 100_000
# Candidates this far behind the best, in orders of magnitude of population, are not meant.
_MARGIN = 0.5
_MOST_CANDIDATES = 6
_MOST_RIVALS = 8
_WIDE = frozenset(["macro-region", "continent", "sea", "ocean", "gulf", "strait", "canal", "disputed"])
_LANDMARKS = frozenset(
    ["river", "lake", "mountain", "desert", "island", "peninsula", "valley", "steppe", "coast"]
)
_AREAS = frozenset(["division", "district", "disputed"])
# What a word beside a name says the place is.
_SORTS = {
    "division": frozenset(["division", "disputed"]),
    "district": frozenset(["district"]),
    "settlement": frozenset(["settlement"]),
}
# How large a town must be for its Russian adjective to be told from a surname or a common word.
_ADJECTIVE_TOWN = 100_000
_Key = TypeVar("_Key")
_Kept = TypeVar("_Kept")


@dataclass(frozen=True, slots=True)
class Match:
    """A word or phrase read as a name: the key it is known by, the case it stands in, what it may mean.

    ``strength`` is how well known the best candidate is to readers of the language, in orders of magnitude of
    population; ``form`` is ``name`` or ``adjectival``.
    """

    key: str
    case: str
    candidates: tuple[Candidate, ...]
    strength: float
    form: str = "name"


class Reader:
    """Reads words and phrases of one language in one gazetteer."""

    def __init__(self, gazetteer: Gazetteer, language: str) -> None:
        self.gazetteer = gazetteer
        self.language = language
        self.words: Words = BY_LANGUAGE[language]
        self._names: Exonyms = exonyms(language)
        self._phrases: dict[tuple[str, ...], Match | None] = {}
        self._sorted: dict[tuple[str, str], Match | None] = {}
        self._adjectives: dict[str, Match | None] = {}
        self._divisions: dict[tuple[str, str], Match | None] = {}
        self._rivals: dict[str, tuple[tuple[float, Candidate], ...]] = {}
        self._reaches: dict[str, int] = {}

    def readings(self, word: str) -> tuple[cases.Reading, ...]:
        """The folded forms a word as written may come from, each with its case."""
        if self.language == "ru":
            return cases.russian(word.casefold())
        core, suffix = cut(word)
        if suffix:
            return ((fold(core), cases.suffix_case(cases.lower(suffix))),)
        return cases.turkic(cases.lower(word))

    def called(self, key: str) -> bool:
        """Whether the table of exonyms has the folded name: "сша"."""
        return key in self._names.names

    def reach(self, word: str) -> int:
        """How many tokens the longest name has that may start with ``word``; 0 where none does."""
        known = self._reaches.get(word)
        if known is None:
            heads = self._names.heads
            known = max(max(self.gazetteer.longest(key), heads.get(key, 0)) for key, _ in self.readings(word))
            _keep(self._reaches, word, known)
        return known

    def phrase(self, written: tuple[str, ...]) -> Match | None:
        """The best reading of one word or of several as a name; None where there is none."""
        if written not in self._phrases:
            _keep(self._phrases, written, self._read(written))
        return self._phrases[written]

    def sorted(self, key: str, sort: str, case: str) -> Match | None:
        """The places of ``key`` that are what the word beside it says: ``division``, ``district``, ``settlement``."""
        if (key, sort) not in self._sorted:
            fitting = list(self._fitting(key, sort))
            _keep(self._sorted, (key, sort), self._match(key, "nom", fitting) if fitting else None)
        found = self._sorted[key, sort]
        return found and Match(found.key, case, found.candidates, found.strength)

    def _fitting(self, key: str, sort: str) -> Iterator[Candidate]:
        """The candidates of ``key`` of a sort; the area round a town of that name where no area bears it itself."""
        found = self._named(key)
        kinds = _SORTS[sort]
        fitting = [c for c in (*self.gazetteer.candidates(key), *found) if c.place.kind in kinds]
        if sort == "district":
            fitting.extend(c for c in self.gazetteer.candidates(f"{key} ilcesi") if c.place.kind in kinds)
        yield from {c.place.code: c for c in fitting}.values()
        if fitting or sort != "division":
            return
        for town in found:
            area = self._candidate(town.place.admin1) if town.place.admin1 else None
            if area is not None and _shares_name(area.place, town.place):
                yield area

    def rivals(self, key: str) -> tuple[tuple[float, Candidate], ...]:
        """Every place a key may mean with its strength, best first; the table's own name leads."""
        if key not in self._rivals:
            named = {c.place.code: c for c in (*self._named(key), *self.gazetteer.candidates(key))}
            scored = [(self.strength(c), c) for c in named.values() if c.match not in ("adjective", "people")]
            _keep(self._rivals, key, tuple(sorted(scored, key=lambda item: -item[0])[:_MOST_RIVALS]))
        return self._rivals[key]

    def adjective(self, word: str) -> Match | None:
        """An adjective of a place or a word for its people, as written: "сирийских", "suriyalı", "Türkler"."""
        if word not in self._adjectives:
            _keep(self._adjectives, word, self._adjective(word))
        return self._adjectives[word]

    def division(self, adjective: str, noun: str) -> Match | None:
        """What a Russian adjective and a word for a division name together: "Московской" and "области"."""
        if (adjective, noun) not in self._divisions:
            _keep(self._divisions, (adjective, noun), self._division(adjective, noun))
        return self._divisions[adjective, noun]

    def _read(self, written: tuple[str, ...]) -> Match | None:
        best: Match | None = None
        worth = -math.inf
        for key, case in self._keys(written):
            candidates = self._named(key)
            if not candidates:
                continue
            match = self._match(key, case, candidates)
            # A word is rather read as it stands than taken apart.
            rank = match.strength + (2.0 if case == "nom" else 0.0) - 0.01 * len(key)
            if rank > worth:
                best, worth = match, rank
        return best

    def _keys(self, written: tuple[str, ...]) -> Iterator[cases.Reading]:
        """The keys of a phrase: in Russian each word may be declined, in the Turkic languages the last."""
        if len(written) == 1:
            yield from self.readings(written[0])
            return
        if self.language != "ru":
            stem = " ".join(fold(word) for word in written[:-1])
            yield from ((f"{stem} {key}", case) for key, case in self.readings(written[-1]))
            return
        partial: list[tuple[str, str, str]] = [("", "nom", "")]
        for word in written:
            partial = [
                (f"{key} {form}" if key else form, case if case != "nom" else own, own)
                for key, case, _ in partial
                for form, own in self.readings(word)
                if not key or own == "nom" or case == "nom" or own == case or {own, case} <= _OBLIQUE
            ][:400]
        yield from ((key, case) for key, case, _ in partial if self._has(key))

    def _has(self, key: str) -> bool:
        return key in self._names.names or self.gazetteer.has(key)

    def _named(self, key: str) -> tuple[Candidate, ...]:
        code = self._names.names.get(key)
        if code is not None:
            own = self._candidate(code)
            return (own,) if own is not None else ()
        return tuple(
            c
            for c in self.gazetteer.candidates(key)
            if c.match not in ("adjective", "people", "abbreviation")
        )

    def _candidate(self, code: str) -> Candidate | None:
        place = self.gazetteer.place(code)
        if place is None:
            return None
        numbered = (c for c in self.gazetteer.candidates(key_of(place.name)) if c.place.code == code)
        return next((Candidate(place, "main", c.number) for c in numbered), Candidate(place, "main", -1))

    def _match(self, key: str, case: str, candidates: Sequence[Candidate], form: str = "name") -> Match:
        latin = cases.latin(key)
        scored = sorted(
            ((self.strength(c) - _unlike(c, latin), c) for c in candidates), key=lambda item: -item[0]
        )
        top = scored[0][0]
        near = [c for score, c in scored if top - score <= _MARGIN][:_MOST_CANDIDATES]
        seat = _seat(near[0], [c for _, c in scored], latin)
        return Match(key, case, (seat,) if seat is not None else tuple(near), self.strength(near[0]), form)

    def strength(self, candidate: Candidate) -> float:
        """How well known a place is to readers of the language, in orders of magnitude of population."""
        place = candidate.place
        size = math.log10(1 + place.population)
        if place.kind == "country":
            return max(size, 6.0) + 3.0
        if place.kind in _WIDE:
            return 9.0
        if place.kind == "body":
            return 0.0
        if place.kind == "division":
            size = max(size, 4.5)
        elif place.kind == "district":
            size -= 0.5
        elif place.kind == "settlement":
            size += 1.0 if place.capital else 0.0
        elif place.kind in _LANDMARKS:
            size = 6.5
        else:
            size = 4.5
        return size + self.words.homes.get(place.country or "", 0.0)

    def _adjective(self, word: str) -> Match | None:
        low = word.casefold() if self.language == "ru" else cases.lower(cut(word)[0])
        for key, case in self.readings(word):
            code = self._names.adjectives.get(key)
            own = self._candidate(code) if code is not None else None
            if own is not None:
                return self._match(key, case, [own], "adjectival")
        if self.language == "ru":
            stem = cases.adjective(low)
            return self._russian_adjective(stem) if stem is not None else None
        for form in dict.fromkeys((low, *(key for key, _ in self.readings(word)))):
            stem = cases.inhabitant(form)
            countries = self._countries(fold(stem)) if stem is not None else []
            if countries:
                return self._match(fold(form), "nom", countries, "adjectival")
        return None

    def _countries(self, key: str) -> list[Candidate]:
        return [c for c in self._named(key) if c.place.kind == "country"]

    def _russian_adjective(self, stem: str) -> Match | None:
        code = self._names.adjectives.get(fold(stem + "ий"))
        own = self._candidate(code) if code is not None else None
        if own is not None:
            return self._match(fold(stem), "nom", [own], "adjectival")
        towns: list[Candidate] = []
        for key in cases.named_by(stem):
            found = self._countries(key)
            if found:
                return self._match(key, "nom", found, "adjectival")
            towns.extend(c for c in self._named(key) if _large(c.place))
        home = [c for c in towns if self.words.homes.get(c.place.country or "") or c.place.capital]
        return self._match(fold(stem), "nom", home, "adjectival") if home else None

    def _division(self, adjective: str, noun: str) -> Match | None:
        stem = cases.adjective(adjective.casefold())
        if stem is None:
            return None
        word = noun.casefold()
        gender = "ии" if word.startswith(("кра", "район", "округ")) else "ая"
        sort = next((s for s in ("область", "край", "район", "республика", "округ") if word[:3] == s[:3]), "")
        case = "loc" if word.endswith(("е", "ях", "ах")) or word == "области" else "gen"
        code = self._names.names.get(f"{fold(stem)}{gender} {fold(sort)}")
        named = self._candidate(code) if code is not None else None
        if named is not None:
            return self._match(f"{fold(stem)} {fold(sort)}", case, [named])
        found = list(self._areas_of(stem, sort))
        return self._match(f"{fold(stem)} {fold(sort)}", case, found) if found else None

    def _areas_of(self, stem: str, sort: str) -> Iterator[Candidate]:
        """The divisions or districts that a town or an area of the adjective's name gives its name to."""
        for key in cases.named_by(stem):
            found = [c for c in self._named(key) if self.words.homes.get(c.place.country or "")]
            for candidate in found:
                place = candidate.place
                if place.kind in _AREAS:
                    yield candidate
                elif place.admin1 and not (sort == "район" and place.country != "AZ"):
                    area = self._candidate(place.admin1)
                    if area is not None and (sort != "район" or _shares_name(area.place, place)):
                        yield area
                elif place.admin1:
                    yield from (
                        c
                        for c in self.gazetteer.candidates(key_of(place.name))
                        if c.place.kind == "district" and c.place.admin1 == place.admin1
                    )
            if found:
                return


@lru_cache(maxsize=8)
def reader_of(gazetteer: Gazetteer, language: str) -> Reader:
    """The one reader of a language in a gazetteer."""
    return Reader(gazetteer, language)


_OBLIQUE = frozenset(["gen", "dat", "ins", "loc"])


def cut(word: str) -> tuple[str, str]:
    """A word before its apostrophe and after it: "Ankara'da" is Ankara and da."""
    found = _APOSTROPHE.search(word)
    if found is None or found.start() < 2:
        return word, ""
    return word[: found.start()], word[found.end() :]


def _large(place: Place) -> bool:
    return place.kind == "settlement" and place.population >= _ADJECTIVE_TOWN


def _shares_name(area: Place, town: Place) -> bool:
    return key_of(area.name)[:3] == key_of(town.name)[:3]


def _unlike(candidate: Candidate, latin: str) -> float:
    """What a town loses whose main name does not begin as the text's does: an old name, or another language's."""
    place = candidate.place
    if place.kind not in ("settlement", "division", "district") or candidate.match == "main":
        return 0.0
    return 0.0 if _begins(place.name, latin, 3) else 1.0


def _begins(name: str, latin: str, letters: int) -> bool:
    """Whether two spellings of a name begin alike; kh and h are one letter."""
    return key_of(name).replace("kh", "h")[:letters] == latin.replace("kh", "h")[:letters]


def _seat(best: Candidate, others: Sequence[Candidate], latin: str) -> Candidate | None:
    """The town that gives its name to the division ``best``: what the bare name means; None where there is none."""
    if best.place.kind not in ("division", "district"):
        return None
    inside = (
        c
        for c in others
        if c.place.kind == "settlement"
        and c.place.country == best.place.country
        and (c.place.admin1 == best.place.code or c.place.admin1 == best.place.admin1)
        and (_begins(c.place.name, latin, 1) or _begins(c.place.name, key_of(best.place.name), 2))
    )
    return max(inside, key=lambda c: c.place.population, default=None)


def _keep(memory: dict[_Key, _Kept], key: _Key, value: _Kept) -> None:
    if len(memory) >= _KEPT:
        memory.clear()
    memory[key] = value
