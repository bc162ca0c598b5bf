"""How strongly a paragraph leans on the ones before it: back references and repeated names, against a fresh lede."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from math import log, log1p, sqrt

from . import lexicon
from .lines import WORD, words_of

_QUOTES = '"“”«»„'
_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+|[\"“«„]\s*)$")
_CYRILLIC_ENDING = re.compile(
    r"(?<=...)(?:[ая]ми|[ое]го|[ое]му|[оеё]в|[оеё]м|[ая]х|[ая]м|[оеыи]и|[ое]е|[ыи]е|[ая]я|[ую]ю|[аеиоуыэюяьі])$"
)
_TITLE = re.compile(r"(?:Mr|Mrs|Ms|Dr|Sir|Lord|г-н|Sn|Cənab)\b")
_STOPS = re.compile(r"[.!?][\"”»)]*(?:\s|$)")
_DATELINE = re.compile(
    r"^[A-ZА-ЯЁİÜÖŞÇĞƏ][\w .,’'-]{2,40}(?:\([^)]{2,30}\)\s*)?\s[—–-]{1,2}\s|^[A-Z]{3,}[A-Z ,]*\b[^a-z]{0,20}\s*[—–-]"
)
_DEFINITE = re.compile(r"^(?:the|a second|another|two other)\s+([\w-]+)(?:\s+([\w-]+))?", re.IGNORECASE)
# Log odds a signal: what `python -m tests.sources.assembled` prints, a fit on pages put together from separate reports.
WEIGHTS: dict[str, float] = {
    "back": 3.1,
    "weak_back": 2.0,
    "quotation": 3.5,
    "surname": 2.0,
    "definite": 1.0,
    "definite_known": 0.5,
    "pronoun_says": 0.6,
    "names": 0.9,
    "far_names": 1.4,
    "words": 2.8,
    "far_words": 0.9,
    "perfect": -1.0,
    "indefinite": -0.2,
    "title": 1.4,
    "dateline": -2.5,
    "new_names": -0.2,
    "all_new": -0.5,
    "weekday": -1.0,
    "short": 3.2,
    "momentum": 2.7,
    "sentences": 1.8,
    "bias": -2.1,
}
# Two ledes of one event share most of their words, which no sum of signals would see through.
RESTATED = 9.0
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
    openers: frozenset[str] = frozenset()
    text: str = field(repr=False, default="")


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """A word without case, accents, possessive and inflection: its first six letters, roughly."""
    folded = unicodedata.normalize("NFKD", word.casefold().replace("ı", "i"))
    plain = "".join(c for c in folded if not unicodedata.combining(c))
    plain = re.split(r"[’'ʼ]", plain)[0] if len(re.split(r"[’'ʼ]", plain)[0]) > 2 else plain
    # "Asian" is of Asia as "Syrian" is of Syria.
    if len(plain) > 4 and plain.endswith("an"):
        plain = plain[:-1]
    if plain[:1] > "Ѐ" and len(plain) > 4:
        plain = _CYRILLIC_ENDING.sub("", plain)
    if len(plain) > 6:
        return plain[:6]
    return plain[:-1] if len(plain) > 4 and plain.endswith("s") and not plain.endswith("ss") else plain


def terms_of(text: str) -> Terms:
    """The names and content words of a paragraph."""
    text = text[:_LONGEST]
    names: set[tuple[str, ...]] = set()
    full: set[tuple[str, ...]] = set()
    words: set[str] = set()
    openers: set[str] = set()
    run: list[str] = []
    end = -1
    for found in WORD.finditer(text):
        word = found.group()
        capital = word[:1].isupper()
        # "Kyrgyzstan's Naryn" names two places.
        joined = run and text[end : found.start()] in (" ", " of ") and not run[-1].endswith(("'s", "’s"))
        if capital and joined:
            run.append(word)
        else:
            _close(run, names, full)
            run = [word] if capital and not _mere_opening(text, found.start(), word) else []
        end = found.end()
        folded = word.casefold()
        if capital and len(word) > 3 and folded not in lexicon.COMMON and _opens(text, found.start()):
            # The first word of a sentence may be a name or not: it is known by a lower-case twin.
            openers.add(stem(word))
        if len(word) > 3 and folded not in lexicon.COMMON and not capital:
            words.add(stem(word))
    _close(run, names, full)
    return Terms(
        frozenset(names),
        frozenset(words),
        frozenset(full),
        tuple(words_of(text[:200])[:6]),
        frozenset(openers),
        text,
    )


def _mere_opening(text: str, start: int, word: str) -> bool:
    """Whether a capital only opens a sentence: a function word, not a name."""
    folded = word.casefold()
    return (
        folded in lexicon.COMMON
        or folded in lexicon.BACK
        or (
            len(word) < 4
            and _SENTENCE_START.search(text[max(0, start - 4) : start]) is not None
            and not word.isupper()
        )
    )


def _opens(text: str, start: int) -> bool:
    return _SENTENCE_START.search(text[max(0, start - 4) : start]) is not None


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
        return 1.0 / sqrt(max(1, self._returns[term]))


_GOING_ON = ("back", "weak_back", "quotation", "surname", "definite_known", "pronoun_says")
_OPENING = ("dateline", "title", "weekday", "perfect", "all_new", "indefinite")


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
    """How well a paragraph continues ``group``, in log odds: 0 is undecided, 2 nearly sure."""
    if _restates(group, terms):
        return -RESTATED
    return WEIGHTS["bias"] + sum(
        WEIGHTS[name] * value for name, value in signals(group, terms, ambience).items()
    )


def stands_alone(group: Group, terms: Terms, ambience: Ambience) -> bool:
    """Whether a paragraph has a sign of a lede and none of going on with ``group``."""
    found = signals(group, terms, ambience)
    if any(found[name] for name in _GOING_ON):
        return False
    return any(found[name] for name in _OPENING)


def signals(group: Group, terms: Terms, ambience: Ambience) -> dict[str, float]:
    """What speaks for and against a paragraph continuing ``group``, each about 0..1, counts a little more."""
    return {**_references(group, terms), **_shared(group, terms, ambience), **_freshness(group, terms)}


def _references(group: Group, terms: Terms) -> dict[str, float]:
    """Pronouns, connectives, quotations and surnames alone, which a fresh item would have to explain."""
    opening = terms.opening[0] if terms.opening else ""
    quoted = terms.text[:1] in _QUOTES or (terms.text[:1] in "-–—" and len(terms.opening) > 2)
    back = opening in lexicon.BACK and not quoted
    alone = {name[0] for name in terms.names if len(name) == 1} & group.people
    definite = None if quoted else _DEFINITE.match(terms.text[:80])
    nouns = {stem(word) for word in definite.groups() if word} if definite else set()
    return {
        "back": float(back and opening not in lexicon.WEAK_BACK),
        "weak_back": float(back and opening in lexicon.WEAK_BACK),
        "quotation": float(quoted),
        "surname": float(any(all(name[-1] != one for name in terms.full) for one in alone)),
        "definite": float(bool(nouns)),
        "definite_known": float(any(nouns & near.words for near in group.near)),
        "pronoun_says": float(
            any(w in lexicon.PRONOUNS and v in lexicon.SAYING for w, v in _pairs(terms.text))
        ),
    }


def _pairs(text: str) -> list[tuple[str, str]]:
    words = words_of(text[:1_000])
    return [pair for a, b in pairwise(words) for pair in ((a, b), (b, a))]


def _shared(group: Group, terms: Terms, ambience: Ambience) -> dict[str, float]:
    """Names and words the paragraph has in common with the group, the nearest paragraphs apart from the rest."""
    near_names = {name for near in group.near for name in near.names}
    near_heads = {name[-1] for name in near_names}
    singles = {name[0] for name in near_names if len(name) == 1}
    near_words = {word for near in group.near for word in near.words}
    near_openers = {word for near in group.near for word in near.openers}
    names = far_names = words = far_words = 0.0
    for name in terms.names:
        if (
            name in near_names
            or (len(name) == 1 and name[0] in near_heads)
            or (len(name) > 1 and name[-1] in singles)
        ):
            names += ambience.weight(name[-1])
        elif name[-1] in group.far_names:
            far_names += ambience.weight(name[-1])
    for word in terms.words | terms.openers:
        if word in near_words or (word in near_openers and word in terms.words):
            words += ambience.weight(word)
        elif word in group.far_words:
            far_words += ambience.weight(word)
    return {
        "names": log1p(names),
        "far_names": log1p(far_names),
        "words": log1p(words),
        "far_words": log1p(far_words),
    }


def _freshness(group: Group, terms: Terms) -> dict[str, float]:
    """The signs of a lede: it counts the dead, gives the weekday, opens with a dateline, brings full names in."""
    near = {name[-1] for terms_near in group.near for name in terms_near.names}
    # Looked up one by one: to unite the sets would cost as much as the article is long, for every paragraph.
    known = (near, group.firsts, group.people, group.far_names)
    new = [name for name in terms.names if not any(name[-1] in seen for seen in known)]
    return {
        "perfect": float(any(word in ("has", "have") for word in words_of(terms.text[:160])[1:16])),
        "indefinite": float(terms.opening[:1] in (("a",), ("an",), ("one",), ("two",))),
        "title": float(_TITLE.match(terms.text[:12]) is not None),
        "dateline": float(_DATELINE.match(terms.text[:60]) is not None),
        "new_names": min(4.0, float(len(new))),
        "all_new": float(len(new) >= 2 and len(new) * 3 >= 2 * len(terms.names)),
        "weekday": float(any(word in lexicon.WEEKDAYS for word in words_of(terms.text[:400]))),
        "short": float(len(terms.text) < 70),
        "momentum": min(1.0, (len(group.paragraphs) - 1) / 3),
        "sentences": float(len(_STOPS.findall(terms.text)) > 1),
    }


def _restates(group: Group, terms: Terms) -> bool:
    """Whether the paragraph tells again what another told: two outlets' ledes of one event, not a continuation."""
    if len(group.paragraphs) > 1 or terms.text[:1] in _QUOTES:
        return False
    here = terms.words | {part for name in terms.names for part in name}
    for near in group.near:
        there = near.words | {part for name in near.names for part in name}
        least = min(len(here), len(there))
        if (
            least >= 5
            and len(here & there) * (20 if terms.opening[:2] == near.opening[:2] else 15) >= 9 * least
        ):
            return True
    return False


def heralds(lede: Terms, body: Sequence[Terms]) -> float:
    """How surely ``lede`` opens the article that goes on with ``body``, in log odds (fitted as WEIGHTS are)."""
    heads = {part for terms in body for name in terms.names for part in name}
    vocabulary = {word for terms in body for word in terms.words}
    own = {name[-1] for name in lede.names}
    names, words = len(own & heads), len(lede.words & vocabulary)
    shares = 2.9 * names / max(1, len(own)) + 4.6 * words / max(1, len(lede.words))
    return 0.1 + 0.2 * log1p(names) + 1.3 * log1p(words) + shares - 1.7 * log(max(1, len(body)))


def related(title: str, paragraphs: Sequence[Terms]) -> float:
    """How much of a headline its paragraphs speak of: shared names count 1, words 0.7."""
    heading = terms_of(title)
    bag = {part for terms in paragraphs for name in terms.names for part in name}
    bag |= {word for terms in paragraphs for word in terms.words | terms.openers}
    names = {part for name in heading.names for part in name}
    mid_capitals = sum(word[:1].isupper() for word in title.split()[1:])
    # In a Title-Case headline every word is capital and none is known to be a name.
    titled = mid_capitals * 2 > len(title.split())
    shared = [part for part in names | heading.words if any(_same_root(part, other) for other in bag)]
    return sum(0.7 if titled or part not in names else 1.0 for part in shared)


def _same_root(one: str, other: str) -> bool:
    """Whether two stems are one word's: "japa" and "japane", "germa" and "german"."""
    if one == other:
        return True
    length = min(len(one), len(other), 5)
    return length >= 4 and one[:length] == other[:length]
