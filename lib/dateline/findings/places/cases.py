"""Case endings: from a word as a text has it to the forms a gazetteer may hold, in Russian, Azerbaijani and Turkish.

Rules over endings, no dictionary: they propose, the gazetteer decides. Every form is folded as the gazetteer
folds its names (``dateline.gazetteer.names.fold``). What a word may be is kept, so a word is taken apart once.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from dateline.gazetteer.names import fold

# A form a word may come from, and the case it would then stand in: nom, gen, dat, acc, ins, loc, abl.
Reading = tuple[str, str]

_CONSONANTS = frozenset("бвгджзйклмнпрстфхцчшщ")
# Ending → what the dictionary form has instead, and the case. "" leaves the bare stem, which must end in a consonant.
_NOUNS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("ами", ("ы", "и", "а"), "ins"),
    ("ями", ("и", "я", "е"), "ins"),
    ("иях", ("ия",), "loc"),
    ("ах", ("ы", "и", "а"), "loc"),
    ("ях", ("и", "е"), "loc"),
    ("ам", ("ы", "и", "а", "е"), "dat"),
    ("ям", ("и", "е"), "dat"),
    ("ов", ("ы", "и"), "gen"),
    ("ев", ("ы", "и"), "gen"),
    ("ей", ("а", "я", "и"), "ins"),
    ("ой", ("а",), "ins"),
    ("ою", ("а",), "ins"),
    ("ью", ("ь",), "ins"),
    ("ом", ("", "о"), "ins"),
    ("ем", ("", "ь", "й", "е"), "ins"),
    ("ым", ("",), "ins"),
    ("а", ("", "о"), "gen"),
    ("я", ("ь", "й", "е"), "gen"),
    ("у", ("", "о"), "dat"),
    ("у", ("а",), "acc"),
    ("ю", ("ь", "й", "е"), "dat"),
    ("ю", ("я",), "acc"),
    ("е", ("", "а", "о", "ь", "й", "я"), "loc"),
    ("и", ("ь", "а", "я"), "gen"),
    ("и", ("ь", "я", "й", "е"), "loc"),
    ("ы", ("а",), "gen"),
)
_ADJECTIVES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("ого", ("ый", "ий", "ой", "ое"), "gen"),
    ("его", ("ий", "ее"), "gen"),
    ("ому", ("ый", "ий", "ой", "ое"), "dat"),
    ("ему", ("ий", "ее"), "dat"),
    ("ыми", ("ые",), "ins"),
    ("ими", ("ие",), "ins"),
    ("ым", ("ый", "ой", "ое"), "ins"),
    ("им", ("ий", "ой", "ее", "ое"), "ins"),
    ("ом", ("ый", "ий", "ой", "ое"), "loc"),
    ("ем", ("ий", "ее"), "loc"),
    ("ых", ("ые",), "loc"),
    ("их", ("ие",), "loc"),
    ("ой", ("ая",), "loc"),
    ("ей", ("яя",), "loc"),
    ("ую", ("ая",), "acc"),
    ("юю", ("яя",), "acc"),
)
# An e or o that only the bare form has: Орла → Орел, Череповца → Череповец.
_FLEETING = frozenset("цклнр")


@lru_cache(maxsize=200_000)
def russian(word: str) -> tuple[Reading, ...]:
    """The readings of a Russian word in lower case: as it stands first, then by its ending."""
    word = word.replace("ё", "е")
    found: dict[str, str] = {fold(word): "nom"}
    for lemma, case in _declined(word):
        found.setdefault(fold(lemma), case)
    return tuple(found.items())


def _declined(word: str) -> Iterator[Reading]:
    for ending, others, case in _ADJECTIVES:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            yield from ((word[: -len(ending)] + other, case) for other in others)
    for ending, others, case in _NOUNS:
        if not word.endswith(ending) or len(word) < len(ending) + 2:
            continue
        stem = word[: -len(ending)]
        for other in others:
            if other:
                yield stem + other, case
            elif stem[-1] in _CONSONANTS:
                yield stem, case
                if len(stem) > 2 and stem[-1] in _FLEETING and stem[-2] in "бвгджзклмнпрстфхцчшщь":
                    yield from ((stem[:-1].removesuffix("ь") + vowel + stem[-1], case) for vowel in "ео")
    if word[-1] in _CONSONANTS and len(word) > 3:
        # The genitive plural has no ending: Филиппин, Афин, россиян.
        yield from ((word + other, "gen") for other in ("ы", "и", "е"))


@lru_cache(maxsize=50_000)
def adjective(word: str) -> str | None:
    """The stem of a Russian adjective in -ский or -цкий in lower case, up to its ск or цк: "московск"."""
    for ending in _ENDINGS:
        if word.endswith(ending):
            stem = word[: -len(ending)].replace("ё", "е")
            return stem if stem.endswith(("ск", "цк")) and len(stem) > 3 else None
    return None


_ENDINGS = (*("ого", "ому", "ими", "ий", "ой", "ая", "ое", "ие", "ую", "им", "ом", "их", "ою"),)
# What a name may end in where its adjective has only the stem: сирий-ский, бак-инский, алмат-инский.
_NAME_ENDINGS = ("", "а", "я", "ь", "и", "ы", "о", "е", "ия", "у")


@lru_cache(maxsize=20_000)
def named_by(stem: str) -> tuple[str, ...]:
    """The folded names an adjective's stem (as ``adjective`` gives it) may be made of, likeliest first."""
    root = stem[:-2]
    bases: list[str] = []
    if stem.endswith("цк"):
        bases.extend((root + "ц", root + "цк"))
    else:
        bases.append(root)
        if root.endswith("й"):
            bases.append(root[:-1])
        if root.endswith("ь"):
            bases.append(root[:-1])
        if root.endswith("ж"):
            bases.append(root[:-1] + "г")
        bases.append(root + "ск")
    for affix in ("ин", "ен", "ан", "ов", "ев"):
        if root.endswith(affix) and len(root) > 4:
            bases.append(root[: -len(affix)])
    return tuple(dict.fromkeys(fold(base + ending) for base in bases for ending in _NAME_ENDINGS))


_CYRILLIC = str.maketrans(
    dict(zip("абвгдезийклмнопрстуфыэ", "abvgdezijklmnoprstufye", strict=True))
    | {
        "ж": "zh",
        "х": "kh",
        "ц": "ts",
        "ч": "ch",
        "ш": "sh",
        "щ": "shch",
        "ъ": "",
        "ь": "",
        "ю": "yu",
        "я": "ya",
    }
)


@lru_cache(maxsize=50_000)
def latin(key: str) -> str:
    """A folded name in Latin letters, as GeoNames writes Russian ones."""
    return key.translate(_CYRILLIC)


_BACK, _FRONT = frozenset("aıouâ"), frozenset("əeiöü")
_VOWELS = _BACK | _FRONT
# Suffix → case, and what must stand before it: a vowel (v), a consonant (c) or either (-).
# A is a/ə/e, I is ı/i/u/ü; the vowel has to agree with the last vowel of the stem in being back or front.
_SUFFIXES = (
    *(("nIn", "gen", "v"), ("In", "gen", "c")),
    *(("dA", "loc", "-"), ("tA", "loc", "c"), ("ndA", "loc", "v")),
    *(("dAkI", "loc", "-"), ("tAkI", "loc", "c"), ("ndAkI", "loc", "v")),
    *(("dAn", "abl", "-"), ("tAn", "abl", "c"), ("ndAn", "abl", "v")),
    *(("A", "dat", "c"), ("yA", "dat", "v"), ("nA", "dat", "v")),
    *(("I", "acc", "c"), ("nI", "acc", "v"), ("yI", "acc", "v")),
    *(("lA", "ins", "-"), ("ylA", "ins", "v"), ("nlA", "ins", "v")),
)
_SOFTENED = {"ğ": ("q", "k"), "y": ("k", "q"), "d": ("t",), "c": ("ç",), "b": ("p",)}
_SUFFIX_TABLE: dict[str, list[tuple[str, str]]] = {}
for _pattern, _case, _before in _SUFFIXES:
    for _high in "ıiuü":
        for _low in "aəe":
            _suffix = _pattern.replace("I", _high).replace("A", _low)
            if (_case, _before) not in _SUFFIX_TABLE.setdefault(_suffix, []):
                _SUFFIX_TABLE[_suffix].append((_case, _before))
_LONGEST = max(map(len, _SUFFIX_TABLE))


def lower(word: str) -> str:
    """``word`` in the lower case of the Turkic alphabets, where I is ı and İ is i."""
    return word.replace("İ", "i").replace("I", "ı").lower()


@lru_cache(maxsize=200_000)
def turkic(word: str) -> tuple[Reading, ...]:
    """The readings of an Azerbaijani or Turkish word in lower case: as it stands first, then without its suffix."""
    found: dict[str, str] = {fold(word): "nom"}
    for length in range(1, min(_LONGEST, len(word) - 2) + 1):
        stem, suffix = word[:-length], word[-length:]
        for case, before in _SUFFIX_TABLE.get(suffix, ()):
            ends_in_vowel = stem[-1] in _VOWELS
            if (
                (before == "v") > ends_in_vowel
                or (before == "c" and ends_in_vowel)
                or not _agree(stem, suffix)
            ):
                continue
            found.setdefault(fold(stem), case)
            if suffix[0] in _VOWELS and stem[-1] in _SOFTENED:
                for hard in _SOFTENED[stem[-1]]:
                    found.setdefault(fold(stem[:-1] + hard), case)
    return tuple(found.items())


def _agree(stem: str, suffix: str) -> bool:
    """Vowel harmony: back vowels go with back ones, front with front; a stem without vowels goes with any."""
    last = next((c for c in reversed(stem) if c in _VOWELS), None)
    first = next((c for c in suffix if c in _VOWELS), None)
    return last is None or first is None or (last in _BACK) == (first in _BACK)


@lru_cache(maxsize=50_000)
def suffix_case(suffix: str) -> str:
    """The case of what follows an apostrophe: "da" in "Ankara'da" is loc; "nom" where it is no case."""
    readings = _SUFFIX_TABLE.get(suffix)
    return readings[0][0] if readings else "nom"


@lru_cache(maxsize=50_000)
def inhabitant(word: str) -> str | None:
    """The stem of a Turkic word in lower case for who comes from somewhere: suriyalı, Suriyeli, iranlılar."""
    for plural in ("", "lar", "lər", "ler"):
        base = word.removesuffix(plural) if plural else word
        if (base != word or not plural) and len(base) > 4 and base[-2:] in ("lı", "li", "lu", "lü"):
            return base[:-2] if _agree(base[:-2], base[-2:]) else None
    return None
