"""Bytes to text: byte order marks, UTF-16 without one, declared and guessed legacy code pages.

A file that is no text at all (an image, an archive, an executable) is refused with its kind named.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "an executable"),
    (b"MZ\x90\x00", "an executable"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old or encrypted office document (save a workbook as .xlsx)"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"RIFF", "a RIFF audio or video file"),
    (b"OggS", "an Ogg audio file"),
    (b"ID3", "an MP3 audio file"),
    (b"wOFF", "a font"),
    (b"\x00\x00\x01\x00", "an icon"),
)
# What a guess looks at: enough letters for a sure answer, short enough to stay quick.
_SAMPLE = 16_384
_DECLARED = re.compile(
    rb"""(?:charset\s*=\s*|<\?xml[^>]{0,80}encoding\s*=\s*)["']?\s*([A-Za-z0-9_:.\-]{2,40})""", re.IGNORECASE
)
# The scripts of the desks first: a wrong code page of the same script is caught by letter frequencies.
_CYRILLIC = ("cp1251", "koi8_r", "cp866", "mac_cyrillic")
_COMMON_CYRILLIC = frozenset("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфіїєґәөүқғңһӘў")
_WIDER = {
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "iso8859-9": "cp1254",
}
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


class NotText(ValueError):
    """The bytes are no text; the message says what they are, as the end of the phrase "this is …"."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and how it was read. ``nuls`` counts NUL characters left out; ``guessed`` where no mark said it."""

    text: str
    encoding: str
    guessed: bool = False
    nuls: int = 0


def decode(data: bytes, *, declared: str | None = None) -> Decoded:
    """The text of ``data``; a byte order mark wins, then UTF-8, then what the file declares, then a guess.

    Raises NotText for an image, an archive and other bytes that no encoding turns into text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _checked(data[len(mark) :].decode(encoding, "replace"), encoding)
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise NotText(kind)
    wide = _wide_encoding(data)
    if wide:
        return _checked(data.decode(wide, "replace"), wide, guessed=True)
    try:
        return _checked(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        # A text cut in the middle of its last character is still UTF-8.
        if error.start >= len(data) - 3 and error.start > 0 and error.reason == "unexpected end of data":
            return _checked(data[: error.start].decode("utf-8"), "utf-8")
    return _legacy(data, declared or _declared(data))


def _checked(text: str, encoding: str, *, guessed: bool = False) -> Decoded:
    """Refuse what is mostly control characters; leave stray NUL characters out and count them."""
    controls = len(_CONTROL.findall(text[:_SAMPLE]))
    if controls * 20 > len(text[:_SAMPLE]):
        raise NotText("a binary file")
    nuls = text.count("\x00")
    return Decoded(text.replace("\x00", "") if nuls else text, encoding, guessed, nuls)


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a mark: the high bytes repeat at one parity, and some of them are zero."""
    head = data[: _SAMPLE & ~1]
    if len(head) < 4 or len(data) % 2:
        return None
    pairs = (head[0::2], head[1::2])
    for high, encoding in ((0, "utf-16-be"), (1, "utf-16-le")):
        zeros, others = pairs[high].count(0), pairs[1 - high].count(0)
        top = sum(count for _, count in Counter(pairs[high]).most_common(3))
        if zeros * 20 >= len(pairs[high]) and others * 4 <= zeros and top * 10 >= 9 * len(pairs[high]):
            text = head.decode(encoding, "ignore")
            if len(_CONTROL.findall(text)) * 50 <= len(text):
                return encoding
    return None


def _declared(data: bytes) -> str | None:
    found = _DECLARED.search(data[:4096])
    return found.group(1).decode("ascii") if found else None


def _code_page(declared: str | None) -> str | None:
    """The codec of a declared legacy encoding, wider where writers mean the wider one (WHATWG); None if it is none."""
    try:
        name = codecs.lookup(declared or "").name
        b"".decode(name)
    except (LookupError, ValueError, TypeError):
        return None
    if name.startswith(("utf", "ascii", "idna", "punycode", "unicode", "raw", "undefined")):
        return None
    return _WIDER.get(name, name)


def _legacy(data: bytes, declared: str | None) -> Decoded:
    """An eight-bit or East Asian code page: the declared one where it fits, else the best guess."""
    name = _code_page(declared)
    if name:
        text = data.decode(name, "replace")
        # A stray byte in a thousand is a slip of the writer's, not another code page.
        if text.count("�") * 1_000 <= len(text):
            return _checked(text, name)
    high = data[:_SAMPLE]
    if sum(byte < 9 or 13 < byte < 27 for byte in high) * 50 > len(high):
        raise NotText("a binary file")
    broken_utf8 = data.decode("utf-8", "replace")
    if broken_utf8.count("�") * 500 <= len(broken_utf8):
        return _checked(broken_utf8, "utf-8", guessed=True)
    guess = _cyrillic(high) or _guess(high)
    if guess is None:
        raise NotText("a file in an unknown encoding")
    return _checked(data.decode(guess, "replace"), guess, guessed=True)


def _cyrillic(data: bytes) -> str | None:
    """The Cyrillic code page whose letters look like running text: lower case, frequent, whole words."""
    letters = [byte for byte in data if byte >= 0x80]
    if len(letters) * 4 < len(data):
        return None
    best: str | None = None
    best_score = 0.5
    for name in _CYRILLIC:
        text = bytes(letters).decode(name, "replace")
        score = sum(c in _COMMON_CYRILLIC for c in text) / len(text)
        if score > best_score:
            best, best_score = name, score
    return best


def _guess(data: bytes) -> str | None:
    import warnings

    from charset_normalizer import from_bytes

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = from_bytes(data, steps=5, chunk_size=1024).best()
    return found.encoding if found is not None else None
