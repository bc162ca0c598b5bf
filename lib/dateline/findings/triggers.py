"""Triggers: the sentences that hold one of a set of words; most hold none and are looked at no further.

Trying a pattern of hundreds of words at every letter of every sentence takes longer than reading the few sentences
that matter. Here a text is cut into words once, for all who ask, and only words it has are looked for in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from dateline.findings.wordtree import any_of

Span = tuple[int, int]
_SHORT = 20_000  # characters
_WORD_LETTERS = bytes(c if c < 128 and (chr(c).isalnum() or c == 95) else 32 for c in range(256))


# As many texts as are read together, so that whoever asks second finds the words cut; longer ones are cut again.
_KEPT = 128
_kept: dict[str, tuple[list[Span], list[list[str]]]] = {}


def _kept_words(text: str, sentences: Sequence[Span]) -> list[list[str]]:
    if len(text) > _SHORT:
        return _words(text, sentences)
    known = _kept.get(text)
    if known is None or known[0] != sentences:
        if len(_kept) >= _KEPT:
            _kept.clear()
        known = _kept[text] = list(sentences), _words(text, sentences)
    return known[1]


def _words(text: str, sentences: Iterable[Span]) -> list[list[str]]:
    """The words of each sentence: runs of letters, figures and low lines of ASCII. A letter of another alphabet is
    taken to part words, so a word may be seen where there is none.
    """
    plain = text.encode("ascii", "replace").translate(_WORD_LETTERS).decode("ascii")
    return [plain[start:end].split() for start, end in sentences]


class Triggers:
    """Words in ASCII, as written, whole. ``numbers`` is a pattern that does as well as a word."""

    def __init__(self, words: Iterable[str], numbers: re.Pattern[str] | None = None) -> None:
        self.words = frozenset(words)
        self.pattern = re.compile(rf"\b(?:{any_of(self.words)})\b")
        self.numbers = numbers
        # A class of ten figures is looked for faster than the figures of all alphabets.
        self.ascii_numbers = numbers and re.compile(numbers.pattern.replace(r"\d", "[0-9]"))

    def search(self, text: str, start: int, end: int) -> bool:
        """Whether a word or a number of these stands between two places."""
        if self.pattern.search(text, start, end):
            return True
        return self.numbers is not None and self.numbers.search(text, start, end) is not None

    def among(self, text: str, sentences: Sequence[Span]) -> list[Span]:
        """Those of the sentences (sorted, apart) in which ``search`` finds one."""
        cut = _kept_words(text, sentences)
        none = self.words.isdisjoint
        numbers = self.numbers if not text.isascii() else self.ascii_numbers
        if numbers is None:
            held = [s for s, words in zip(sentences, cut, strict=True) if not none(words)]
        else:
            held = [
                s
                for s, words in zip(sentences, cut, strict=True)
                if not none(words) or numbers.search(text, *s)
            ]
        return held if text.isascii() else [s for s in held if self.search(text, *s)]
