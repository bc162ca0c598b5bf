"""Names as the gazetteer compares them: tokens, folded of case, diacritics and apostrophes.

The same two functions fold the gazetteer's names when it is built and the words of a text when it is read,
so a name is found exactly when the folded forms agree.
"""

from __future__ import annotations

import re
import unicodedata

# A word, with its inner apostrophes (N'Djamena, Xi'an, Morocco's) or inner full stops (U.S., P.E.I).
TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’ʼʻ‘`´][^\W_]+)*")
_APOSTROPHES = "'’ʼʻ‘`´ʿʾ."
_LETTERS = {
    "ə": "e",
    "ǝ": "e",
    "ı": "i",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ħ": "h",
    "ё": "е",
    **dict.fromkeys(_APOSTROPHES, ""),
}
_TABLE = str.maketrans(_LETTERS)
_POSSESSIVE = re.compile(r"['’ʼ`´]s$|['’ʼ]$", re.IGNORECASE)
# Longest name looked up, in tokens; longer ones are official titles nobody writes in a news text.
MAX_TOKENS = 6


def fold(token: str) -> str:
    """``token`` without case, diacritics and apostrophes: "Gəncə" and "GENCE" are one."""
    folded = token.casefold()
    if folded.isascii() and folded.isalnum():
        return folded
    plain = unicodedata.normalize("NFKD", folded).casefold()
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    return kept.translate(_TABLE)


def key_of(name: str) -> str:
    """The key under which ``name`` is stored: its folded tokens, one space between them; "" where it has none."""
    return " ".join(part for part in map(fold, TOKEN.findall(name)) if part)


def without_possessive(token: str) -> str | None:
    """``token`` without a closing 's, or None where it has none."""
    cut = _POSSESSIVE.sub("", token)
    return cut if cut and cut != token else None
