"""How strongly a paragraph leans on the ones before it: back references, repeated names, against the signs of a fresh lede."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from . import lexicon
from .lines import WORD, words_of

_QUOTES = "\"“”«»„"
_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+|[\"“«„]\s*)$")
_SPEAKER = re.compile(r"\b(\w+)\s+(\w+)\W*$")
_COUNT_LEDE = re.compile(
    r"^(?:at least|more than|around|about|some|nearly|up to|dozens|hundreds|thousands|\d|не менее|более|около|en az|ən azı)\b", re.IGNORECASE
)
_DATELINE = re.compile(r"^[A-ZА-ЯЁİÜÖŞÇĞƏ][\w .,’'-]{2,40}(?:\([^)]{2,30}\)\s*)?\s[—–-]{1,2}\s|^[A-Z]{3,}[A-Z ,]*\b[^a-z]{0,20}\s*[—–-]")
_DEFINITE = re.compile(r"^(?:the|a second|another|two other)\s+([\w-]+)(?:\s+([\w-]+))?", re.IGNORECASE)
# The paragraphs whose words count in full; those further back count half.
_WINDOW = 3
# One giant line is not read to its end for this.
_LONGEST = 4_000


@dataclass(frozen=True, slots=True)
class Terms:
    """What a paragraph speaks of: ``names`` as tuples of stems, ``words`` as stems, ``last`` the ends of full names."""

    names: frozenset[tuple[str, ...]]
    words: frozenset[str]
    full: frozenset[tuple[str, ...]]
    opening: tuple[str, ...]
    text: str = field(repr=False, default="")


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """A word without case, accents, possessive and inflection: its first six letters, roughly."""
    folded = unicodedata.normalize("NFKD", word.casefold().replace("ı", "i"))
    plain = "".join(c for c in folded if not unicodedata.combining(c))
    plain = re.split(r"[’'ʼ]", plain)[0] if len(re.split(r"[’'ʼ]", plain)[0]) > 2 else plain
    if len(plain) > 6:
        return plain[:6]
    return plain[:-1] if len(plain) > 4 and plain.endswith("s") and not plain.endswith("ss") else plain


def terms_of(text: str) -> Terms:
    """The names and content words of a paragraph."""
    text = text[:_LONGEST]
    names: set[tuple[str, ...]] = set()
    full: set[tuple[str, ...]] = set()
    words: set[str] = set()
    run: list[str] = []
    end = -1
    for found in WORD.finditer(text):
        word = found.group()
        capital = word[:1].isupper()
        joined = run and text[end : found.start()] in (" ", " of ", " al-")
        if capital and joined:
            run.append(word)
        else:
            _close(run, names, full)
            run = [word] if capital and not _mere_opening(text, found.start(), word) else []
        end = found.end()
        folded = word.casefold()
        if len(word) > 3 and folded not in lexicon.COMMON and not capital:
            words.add(stem(word))
    _close(run, names, full)
    return Terms(frozenset(names), frozenset(words), frozenset(full), tuple(words_of(text[:200])[:6]), text)


def _mere_opening(text: str, start: int, word: str) -> bool:
    """Whether a capital only opens a sentence: a function word, not a name."""
    folded = word.casefold()
    return folded in lexicon.COMMON or folded in lexicon.BACK or (len(word) < 4 and _SENTENCE_START.search(text[max(0, start - 4) : start]) is not None and not word.isupper())


def _close(run: list[str], names: set[tuple[str, ...]], full: set[tuple[str, ...]]) -> None:
    kept = tuple(stem(word) for word in run if word.casefold() not in lexicon.COMMON)
    if kept:
        names.add(kept)
        if len(kept) >= 2:
            full.add(kept)
            # "Interior Minister Ali Kaya" is also "Ali Kaya".
            if len(kept) > 2:
                full.add(kept[-2:])
    run.clear()


class Ambience:
    """How often a term comes back after being away: a word of the whole page ties nothing together."""

    def __init__(self, paragraphs: Sequence[Terms]) -> None:
        seen: dict[object, int] = {}
        self._returns: dict[object, int] = defaultdict(int)
        for at, terms in enumerate(paragraphs):
            for term in (*(name[-1] for name in terms.names), *terms.words):
                if term not in seen or at - seen[term] > _WINDOW:
                    self._returns[term] += 1
                seen[term] = at

    def weight(self, term: str) -> float:
        """1 for a term of one stretch, less the more often it returns."""
        return 1.0 / max(1, self._returns[term]) ** 0.5


@dataclass(slots=True)
class Group:
    """The paragraphs taken so far as one item."""

    paragraphs: list[int] = field(default_factory=list)
    near: list[Terms] = field(default_factory=list)
    far_names: set[str] = field(default_factory=set)
    far_words: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    firsts: set[str] = field(default_factory=set)

    def add(self, at: int, terms: Terms) -> None:
        """Take paragraph ``at`` in."""
        self.paragraphs.append(at)
        self.near.append(terms)
        if len(self.near) > _WINDOW:
            old = self.near.pop(0)
            self.far_names |= {name[-1] for name in old.names}
            self.far_words |= old.words
        for name in terms.full:
            self.people.add(name[-1])
            self.firsts.add(name[0])


def score(group: Group, terms: Terms, ambience: Ambience) -> float:
    """How well a paragraph continues ``group``: 0 nothing speaks for it, 1.5 it does, 3 beyond doubt."""
    if _restates(group, terms):
        return -2.0
    return _references(group, terms) + min(3.0, _shared(group, terms, ambience)) - _freshness(group, terms)


def _references(group: Group, terms: Terms) -> float:
    """Pronouns, connectives, quotations and surnames alone, which a fresh item would have to explain."""
    found = 0.0
    opening = terms.opening[0] if terms.opening else ""
    quoted = terms.text[:1] in _QUOTES or terms.text[:1] in "-–—" and len(terms.opening) > 2
    if opening in lexicon.BACK and not quoted:
        found += 1.0 if opening in lexicon.WEAK_BACK else 2.5
    if quoted:
        found += 1.6 if _spoken_by_pronoun(terms.text) or terms.text.rstrip()[-1:] in _QUOTES else 1.0
    alone = {name[0] for name in terms.names if len(name) == 1}
    if alone & group.people and not any(name[-1] in alone & group.people for name in terms.full):
        found += 2.0
    definite = _DEFINITE.match(terms.text[:80])
    if definite and not quoted:
        nouns = {stem(word) for word in definite.groups() if word}
        found += 1.2 if any(nouns & near.words for near in group.near) else 0.3
    if not quoted and any(w in lexicon.PRONOUNS and v in lexicon.SAYING for w, v in _pairs(terms.text)):
        found += 1.5
    return found


def _pairs(text: str) -> list[tuple[str, str]]:
    words = words_of(text[:1_000])
    return [pair for a, b in zip(words, words[1:], strict=False) for pair in ((a, b), (b, a))]


def _spoken_by_pronoun(text: str) -> bool:
    words = words_of(text[-60:])[-4:]
    return any(word in lexicon.PRONOUNS for word in words) and any(word in lexicon.SAYING for word in words)


def _shared(group: Group, terms: Terms, ambience: Ambience) -> float:
    """Names and words the paragraph has in common with the group, the nearest paragraphs in full."""
    total = 0.0
    near_names = {name for near in group.near for name in near.names}
    near_heads = {name[-1] for name in near_names}
    singles = {name[0] for name in near_names if len(name) == 1}
    for name in terms.names:
        if name in near_names or (len(name) == 1 and name[0] in near_heads) or (len(name) > 1 and name[-1] in singles):
            total += ambience.weight(name[-1])
        elif name[-1] in group.far_names and len(name) == 1:
            total += 0.5 * ambience.weight(name[-1])
    near_words = {word for near in group.near for word in near.words}
    for word in terms.words:
        if word in near_words:
            total += 0.45 * ambience.weight(word)
        elif word in group.far_words:
            total += 0.15 * ambience.weight(word)
    return total


def _freshness(group: Group, terms: Terms) -> float:
    """The signs of a lede: it counts the dead, gives the weekday, opens with a dateline, brings full names in."""
    found = 0.0
    if _COUNT_LEDE.match(terms.text[:40]):
        found += 0.7
    if _DATELINE.match(terms.text[:60]):
        found += 2.0
    known = group.firsts | group.people | group.far_names | {name[-1] for near in group.near for name in near.names}
    new = [name for name in terms.names if name[-1] not in known]
    if len(new) >= 2 and len(new) * 3 >= 2 * len(terms.names):
        found += 0.6
    if any(word in lexicon.WEEKDAYS for word in words_of(terms.text[-120:])) and new:
        found += 0.4
    return found


def _restates(group: Group, terms: Terms) -> bool:
    """Whether the paragraph tells again what another told: two outlets' ledes of one event, not a continuation."""
    for near in group.near:
        here, there = terms.words | {n[-1] for n in terms.names}, near.words | {n[-1] for n in near.names}
        if min(len(here), len(there)) >= 5 and len(here & there) * 20 >= 9 * min(len(here), len(there)):
            return terms.opening[:2] == near.opening[:2] or len(here & there) * 10 >= 7 * min(len(here), len(there))
    return False


def related(title: str, paragraphs: Sequence[Terms]) -> float:
    """How much of a headline its paragraphs speak of: shared names count 1, words 0.7."""
    heading = terms_of(title)
    bag = {part for terms in paragraphs for name in terms.names for part in name} | {w for t in paragraphs for w in t.words}
    parts = {part for name in heading.names for part in name} | heading.words
    names = {part for name in heading.names for part in name}
    mid_capitals = sum(word[:1].isupper() for word in title.split()[1:])
    # In a Title-Case headline every word is capital and none is known to be a name.
    titled = mid_capitals * 2 > len(title.split())
    return sum((0.7 if titled or part not in names else 1.0) for part in parts & bag)
