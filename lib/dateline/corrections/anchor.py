"""Anchors: where in an article's text a correction applies, kept so that it is found again.

As a quotation with its surroundings (the W3C's TextQuoteSelector) beside the offsets: the offsets hold as long as the
text is the same to the letter; where it was read again with other line breaks, the quoted words are looked for, and
the words around them tell one occurrence from another.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

# Characters of the surroundings that are kept on either side.
AROUND = 32
_SPACE = re.compile(r"\s+")
# Where a word occurs more often than this in a text, the first ones have to do.
_MOST_OCCURRENCES = 500


@dataclass(frozen=True, slots=True)
class Anchor:
    """A span of a text, in characters, with its words, the words before and after it and a digest of the text."""

    start: int
    end: int
    surface: str
    prefix: str = ""
    suffix: str = ""
    text_hash: str = ""


def text_hash(text: str) -> str:
    """Sixteen hexadecimal digits that are the same for the same text, to the letter."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def anchor_of(text: str, start: int, end: int) -> Anchor:
    """The anchor of a span of a text; raises ValueError where the span is empty or not within it."""
    if not 0 <= start < end <= len(text):
        raise ValueError(f"characters {start} to {end} are no span of a text of {len(text)}")
    return Anchor(
        start=start,
        end=end,
        surface=text[start:end],
        prefix=text[max(0, start - AROUND) : start],
        suffix=text[end : end + AROUND],
        text_hash=text_hash(text),
    )


def find(anchor: Anchor, text: str) -> tuple[int, int] | None:
    """The span that the anchor means in a text, maybe another reading of the same one; None where it is not there."""
    start, end = anchor.start, anchor.end
    if 0 <= start < end <= len(text) and text[start:end] == anchor.surface:
        # The offsets alone may point at another occurrence of the words once the text has moved.
        if not anchor.text_hash or anchor.text_hash == text_hash(text):
            return start, end
        if _agreement(anchor, text, (start, end)) >= len(_bare(anchor.prefix)) + len(_bare(anchor.suffix)):
            return start, end
    spans = _occurrences(anchor.surface, text)
    if not spans:
        return None
    return max(spans, key=lambda span: (_agreement(anchor, text, span), -abs(span[0] - start)))


def _occurrences(surface: str, text: str) -> list[tuple[int, int]]:
    """Where the words stand in the text, whatever white space is between them."""
    words = surface.split()
    if not words:
        return []
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    found = []
    for match in pattern.finditer(text):
        found.append(match.span())
        if len(found) == _MOST_OCCURRENCES:
            break
    return found


def _agreement(anchor: Anchor, text: str, span: tuple[int, int]) -> int:
    """How many characters around a span are those around the anchor, white space left out."""
    before = _bare(text[max(0, span[0] - 2 * AROUND) : span[0]])
    after = _bare(text[span[1] : span[1] + 2 * AROUND])
    return _common(before[::-1], _bare(anchor.prefix)[::-1]) + _common(after, _bare(anchor.suffix))


def _bare(text: str) -> str:
    return _SPACE.sub("", text)


def _common(one: str, other: str) -> int:
    """The length of what two texts begin with alike."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count
