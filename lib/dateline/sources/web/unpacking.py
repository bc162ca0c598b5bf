"""Unpacking: a compressed body made plain as it arrives, within a size and a ratio that no honest page exceeds."""

from __future__ import annotations

import zlib

from dateline.sources.limits import in_words

from .failure import Failure

# What we say we accept, and so all we have to understand.
ACCEPTED = "gzip, deflate"
# Markup packs to a twentieth; the worst honest feed measured to a hundredth. A bomb reaches a thousandth.
RATIO = 250
# Below this size no ratio matters.
_FREE = 1024 * 1024
_STEP = 256 * 1024
_WBITS = {"gzip": 31, "x-gzip": 31, "deflate": 15}


class Unpacker:
    """Bytes in, plain bytes collected, never more than ``limit``. ``coding`` is a Content-Encoding header.

    Raises Failure for a coding that was not asked for, for too much, for damage, and (``finish``) for a cut end.
    """

    def __init__(self, coding: str, limit: int) -> None:
        named = [part for part in coding.lower().replace(" ", "").split(",") if part not in ("", "identity")]
        if len(named) > 1 or any(name not in _WBITS for name in named):
            raise Failure("form", f"the answer is packed as {coding[:40]!r}, which was not asked for")
        self._coding = named[0] if named else ""
        self._limit = limit
        self._zip = zlib.decompressobj(_WBITS[self._coding]) if self._coding else None
        self._wire = 0
        self._out = bytearray()

    def add(self, data: bytes) -> None:
        """Take in the next bytes of the wire."""
        self._wire += len(data)
        if self._wire > self._limit:
            raise too_large(self._limit)
        if self._zip is None:
            self._out += data
            return
        try:
            self._unpack(data)
        except zlib.error as error:
            raise Failure("form", f"the packed answer is damaged ({error})") from None

    def _unpack(self, data: bytes) -> None:
        assert self._zip is not None
        if self._coding == "deflate" and not self._out and self._wire == len(data) and _is_raw(data):
            self._zip = zlib.decompressobj(-15)
        while data:
            if self._zip.eof:
                # A further member of a gzip stream goes on; anything else after the end is padding.
                if self._coding == "deflate" or not data.startswith(b"\x1f\x8b"):
                    return
                self._zip = zlib.decompressobj(31)
            self._out += self._zip.decompress(data, min(_STEP, self._limit + 1 - len(self._out)))
            self._check()
            data = self._zip.unused_data if self._zip.eof else self._zip.unconsumed_tail

    def _check(self) -> None:
        if len(self._out) > self._limit:
            raise Failure("size", f"the packed answer unpacks to more than {in_words(self._limit)}")
        if len(self._out) > _FREE and len(self._out) > RATIO * self._wire:
            raise Failure("size", f"the packed answer unpacks to over {RATIO} times its size, as a bomb does")

    @property
    def size(self) -> int:
        """The plain bytes so far."""
        return len(self._out)

    def so_far(self) -> bytes:
        """The plain bytes so far, of an answer whose rest is not wanted."""
        return bytes(self._out)

    def finish(self) -> bytes:
        """The whole plain body."""
        if self._zip is not None and self._wire:
            self._out += self._zip.flush(_STEP)
            self._check()
            if not self._zip.eof:
                raise Failure("cut", "the packed answer is cut short", passing=True)
        return bytes(self._out)


def too_large(limit: int) -> Failure:
    """The failure of a body over the limit."""
    return Failure("size", f"the answer is larger than {in_words(limit)}")


def _is_raw(data: bytes) -> bool:
    """Whether "deflate" is sent without its zlib header, as some servers do."""
    return len(data) >= 2 and not (data[0] & 0x0F == 8 and (data[0] << 8 | data[1]) % 31 == 0)


def ungzipped(data: bytes, limit: int) -> bytes:
    """A document that is itself a gzip file (``sitemap.xml.gz``) made plain; any other as it is. Raises Failure."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    unpacker = Unpacker("gzip", limit)
    unpacker.add(data)
    return unpacker.finish()
