"""Gzip and zip archives unpacked in memory, never to disk, and never further than they may grow.

Sizes that an archive states of itself are not believed: what is counted is what comes out.
"""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from .limits import ARCHIVE_ENTRIES, ARCHIVE_RATIO, RATIO_FROM, in_words
from .problems import Problem

# Stored, deflate and bzip2; lzma may ask for gigabytes of memory before it gives a byte.
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2}
_CHUNK = 1 << 18
_DRIVE = re.compile(r"[A-Za-z]:")
_ENTRY = b"PK\x01\x02"
_OFFICE = (
    ("xl/", "workbook"),
    ("word/", "a Word document"),
    ("ppt/", "a PowerPoint presentation"),
    ("Index/", "an iWork document"),
)
_DAMAGED = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError, struct.error)


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive: its path there, separated by "/", and its bytes."""

    name: str
    data: bytes


class Refused(ValueError):
    """An archive or a file of one that is not read; the message is the reason."""


def gunzip(data: bytes, limit: int) -> tuple[bytes, Problem | None]:
    """The content of a gzip file, all its members together, and what is wrong behind it.

    Raises Refused for a damaged or cut archive and for one that unpacks to more than ``limit`` bytes.
    """
    parts: list[bytes] = []
    size, rest = 0, data
    while rest.startswith(b"\x1f\x8b"):
        unpacker = zlib.decompressobj(wbits=31)
        try:
            part = unpacker.decompress(rest, limit + 1 - size)
        except zlib.error as error:
            if not parts:
                raise Refused(f"the gzip archive is damaged: {error}") from None
            return b"".join(parts), Problem(f"the gzip archive is damaged further on: {error}")
        parts.append(part)
        size += len(part)
        if size > limit:
            raise Refused(f"the gzip archive unpacks to more than the limit of {in_words(limit)}")
        if not unpacker.eof:
            raise Refused("the gzip archive is cut short")
        rest = unpacker.unused_data
    # Tapes and some writers pad with zeros.
    behind = Problem("what follows the gzip archive is not read") if rest.strip(b"\x00") else None
    return b"".join(parts), behind


def kind_of_zip(data: bytes) -> str:
    """``workbook`` or ``zip``, or what the file is in words ("a Word document")."""
    try:
        with _opened(data) as archive:
            names = archive.namelist()
            if "mimetype" in names and names[0] == "mimetype":
                said = archive.read("mimetype")[:80] if archive.getinfo("mimetype").file_size < 100 else b""
                for mark, kind in (
                    (b"spreadsheet", "an OpenDocument spreadsheet"),
                    (b"opendocument", "an OpenDocument file"),
                    (b"epub", "an e-book"),
                ):
                    if mark in said:
                        return kind
    except (Refused, *_DAMAGED, KeyError, NotImplementedError):
        return "zip"
    if "[Content_Types].xml" in names:
        return next((kind for start, kind in _OFFICE if any(n.startswith(start) for n in names)), "zip")
    return "zip"


def _opened(data: bytes) -> zipfile.ZipFile:
    """A zip file's directory. Raises Refused where it is none or has too many entries."""
    if data.count(_ENTRY) > ARCHIVE_ENTRIES:
        raise Refused(f"the zip archive has more than {ARCHIVE_ENTRIES} files; split it")
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (*_DAMAGED, NotImplementedError, OverflowError) as error:
        raise Refused(f"the zip archive is damaged: {_first_line(error)}") from None


def unzip(data: bytes, limit: int) -> Iterator[Member | Problem]:
    """The files of a zip archive in their order; ``position`` of a problem is the file's path.

    Hidden files are left out, as they are in folders. All files together unpack to at most ``limit`` bytes.
    Raises Refused for what is no zip archive.
    """
    with _opened(data) as archive:
        left = limit
        seen: set[str] = set()
        for info in archive.infolist():
            name = _shown(info.filename) or "a file without a name"
            # Not `info.is_dir()`: it takes every name to have a last character.
            if info.filename.endswith("/") or _hidden(name):
                continue
            try:
                if name in seen:
                    raise Refused("the archive holds another file of this name; only the first is read")
                seen.add(name)
                _admit(info)
                content = unpacked(archive, info, left)
            except Refused as refusal:
                yield Problem(str(refusal), name)
                continue
            if content is None:
                yield Problem(
                    f"the zip archive unpacks to more than the limit of {in_words(limit)}; the rest is not read",
                    name,
                )
                return
            left -= len(content)
            yield Member(name, content)


def _admit(info: zipfile.ZipInfo) -> None:
    """Raise Refused for a file that leads out of the archive, is none, is locked or is packed in a strange way."""
    path = info.orig_filename.replace("\\", "/")
    if path.startswith("/") or _DRIVE.match(path) or ".." in path.split("/") or "\x00" in path:
        raise Refused("the file's path leads out of the archive")
    mode = info.external_attr >> 16
    if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        raise Refused("this is a link or a device, not a file")
    if info.flag_bits & 0x1:
        raise Refused("the file is encrypted; unpack it first")
    if info.compress_type not in _METHODS:
        raise Refused("the file is packed by a method that is not read; pack it by the usual one (deflate)")


def unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> bytes | None:
    """A file's bytes, None where they are more than ``limit``. Raises Refused for a damaged file and for a bomb."""
    # What the directory states of the size would cut the file there, and hide what lies behind.
    info.file_size = max(limit, 0) + 2 * _CHUNK
    parts: list[bytes] = []
    size = 0
    try:
        with archive.open(info) as stream:
            while part := stream.read(_CHUNK):
                parts.append(part)
                size += len(part)
                if size > limit:
                    return None
                if size > RATIO_FROM and size > ARCHIVE_RATIO * max(1, info.compress_size):
                    raise Refused(
                        f"the file unpacks to more than {ARCHIVE_RATIO} times its size: an archive bomb"
                    )
    except Refused:
        raise
    except (*_DAMAGED, NotImplementedError, OverflowError) as error:
        raise Refused(f"the file is damaged: {_first_line(error)}") from None
    return b"".join(parts)


def _shown(name: str) -> str:
    """A member's path as it is shown: one line, no control characters, not endless."""
    return re.sub(r"[\x00-\x1f\x7f\ud800-\udfff]", "�", name.replace("\\", "/"))[:200]


def _hidden(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return any((part.startswith(".") and part != "..") or part == "__MACOSX" for part in parts)


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:160]
