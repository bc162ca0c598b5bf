"""Locators to articles and rejects: which reader for which form, folders, standard input, doubles."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from dateline.article import Article, Reject

from . import archives, dumps, feeds, opml, pages, sitemaps, sniff, tables, warc
from .encodings import NotText, decode
from .hints import Hints
from .limits import FILE_LIMIT, in_words
from .problems import Problem

if TYPE_CHECKING:
    from .web import Memory, WebSettings

Items = Iterator[Article | Reject]
# A form's reader takes the text, and the bytes it came from (feedparser reads the declared encoding itself).
FormReader = Callable[[str, bytes, Hints], Items]
SchemeReader = Callable[[str, Hints], Items]


FORM_READERS: dict[str, FormReader] = {
    "text": lambda text, _, hints: dumps.read_dump(text, hints),
    "page": lambda text, _, hints: pages.read_page(text, hints),
    "feed": lambda _, data, hints: feeds.read_feed(data, hints),
    "jsonfeed": lambda text, _, hints: feeds.read_jsonfeed(text, hints),
    "opml": lambda _, data, hints: opml.read_list(data, hints),
    "sitemap": lambda _, data, hints: sitemaps.read_listing(data, hints),
    "json": lambda text, _, hints: tables.read_json(text, hints),
    "jsonl": lambda text, _, hints: tables.read_jsonl(text, hints),
    "csv": lambda text, _, hints: tables.read_csv(text, hints),
}
# Readers for addresses of other schemes; http and https are harvested, several hosts side by side (`sources.web`).
SCHEME_READERS: dict[str, SchemeReader] = {}

_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]+)://")


def read(
    locators: Sequence[str],
    *,
    source: str | None = None,
    date: str | None = None,
    stdin: BinaryIO | None = None,
    progress: Callable[[str, int, int], None] | None = None,
    limit: int = FILE_LIMIT,
    web: WebSettings | None = None,
    memory: Memory | None = None,
    columns: Mapping[str, str] | None = None,
) -> Items:
    """Every article and reject of ``locators`` (files, folders, ``-``, web addresses, lists of feeds), in order.

    A text read before is a ``duplicate`` reject.

    ``source`` names the outlet; ``date`` (ISO 8601) is the reference date of items that carry none;
    ``progress(locator, done, total)`` is called after each file, and on the web after each address; ``limit`` bounds a
    file's bytes, packed and unpacked; ``columns`` (role to column, see ``columns.parse``) says what the columns of
    tables hold. ``web`` says how the web is read (default: as the environment says); ``memory`` spares what did not
    change there, and is the caller's to commit. Raises ValueError only for a ``date`` that is none.
    """
    return _once(_each(locators, Hints("", source, date, columns or {}), stdin, progress, limit, web, memory))


def _each(
    locators: Sequence[str],
    hints: Hints,
    stdin: BinaryIO | None,
    progress: Callable[[str, int, int], None] | None,
    limit: int,
    web: WebSettings | None,
    memory: Memory | None,
) -> Items:
    named = [(name, on_the_web(locator)) for locator in locators for name in _expanded(locator)]
    done = 0
    for online, group in groupby(named, key=lambda pair: pair[1]):
        names = [name for name, _ in group]
        if online:
            from .web import harvest

            source, date, columns = hints.source, hints.date, hints.columns
            yield from harvest(names, web, memory, progress, source=source, date=date, columns=columns)
            done += len(names)
            continue
        for name in names:
            yield from _located(name, replace(hints, locator=name), stdin, limit)
            done += 1
            if progress:
                progress(name, done, len(named))


def on_the_web(locator: str) -> bool:
    """Whether a locator is read over the network: an address, or a list of feeds that was named itself."""
    scheme = _SCHEME.match(locator)
    if scheme:
        return scheme.group(1).lower() in ("http", "https")
    return lists_feeds(locator)


def lists_feeds(locator: str) -> bool:
    """Whether a locator is a file on disk that lists feeds (OPML), by its name and its first bytes."""
    if locator == "-" or not locator.lower().endswith((".opml", ".xml")):
        return False
    try:
        with Path(locator).open("rb") as file:
            return b"<opml" in file.read(4096).lower()
    except (OSError, ValueError):
        return False


def _expanded(locator: str) -> list[str]:
    """The files of a folder, sorted, hidden ones left out; any other locator is itself."""
    if locator == "-" or _SCHEME.match(locator) or not os.path.isdir(locator):  # noqa: PTH112
        # Path.is_dir raises for a name that is too long; such a locator becomes a reject like any other.
        return [locator]
    found: list[str] = []

    def closed(error: OSError) -> None:
        found.append(str(error.filename))

    for folder, folders, files in os.walk(locator, onerror=closed):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found.extend(str(Path(folder, name)) for name in files if not name.startswith("."))
    return sorted(found, key=lambda name: Path(name).parts) or [locator]


def _located(name: str, hints: Hints, stdin: BinaryIO | None, limit: int) -> Items:
    scheme = _SCHEME.match(name)
    if scheme:
        reader = SCHEME_READERS.get(scheme.group(1).lower())
        if reader:
            yield from reader(name, hints)
        else:
            yield hints.reject(f"addresses that begin with {scheme.group(1)}:// cannot be read")
        return
    try:
        data = _standard_input(stdin, limit) if name == "-" else _file(Path(name), limit)
    except _Refused as refusal:
        yield hints.reject(str(refusal))
        return
    except (OSError, ValueError) as error:
        yield hints.reject(_in_words(error))
        return
    yield from _read_bytes(name, data, hints, None, limit)


class _Refused(Exception):
    """A locator that is not read; the message is the reason."""


def _file(path: Path, limit: int) -> bytes:
    if path.is_dir():
        closed = not os.access(path, os.R_OK | os.X_OK)
        raise _Refused(
            "the folder may not be read (permission denied)" if closed else "the folder holds no files"
        )
    size = path.stat().st_size
    if size > limit:
        raise _Refused(f"the file is {in_words(size)}, larger than the limit of {in_words(limit)}; split it")
    if not path.is_file():
        raise _Refused("this is neither a file nor a folder")
    with path.open("rb") as stream:
        return stream.read(limit + 1)[:limit]


def _standard_input(stdin: BinaryIO | None, limit: int) -> bytes:
    data = (stdin or sys.stdin.buffer).read(limit + 1)
    if len(data) > limit:
        raise _Refused(f"standard input is larger than the limit of {in_words(limit)}; split it")
    return data


def _in_words(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file or folder"
    if isinstance(error, PermissionError):
        return "the file may not be read (permission denied)"
    return f"the file cannot be read: {getattr(error, 'strerror', None) or error}"


def read_bytes(
    name: str,
    data: bytes,
    *,
    source: str | None = None,
    date: str | None = None,
    form: str | None = None,
    limit: int = FILE_LIMIT,
    columns: Mapping[str, str] | None = None,
) -> Items:
    """The articles and rejects of an upload or a paste called ``name``.

    Its form is told by the bytes unless ``form`` says it.

    Never raises for what the bytes hold. Raises ValueError for a ``date`` or a ``form`` that is none.
    """
    if form is not None and form not in sniff.FORMS:
        raise ValueError(f"form {form!r} is none of {', '.join(sniff.FORMS)}")
    return _once(_read_bytes(name, data, Hints(name, source, date, columns or {}), form, limit))


def _read_bytes(
    name: str,
    data: bytes,
    hints: Hints,
    form: str | None,
    limit: int,
    inside: str = "",
    charset: str | None = None,
) -> Items:
    """``inside`` names the archive that ``data`` was taken from: one archive inside another is not read."""
    if not data.strip():
        yield hints.reject("the file is empty")
        return
    if len(data) > limit:
        yield hints.reject(
            f"the file is {in_words(len(data))}, larger than the limit of {in_words(limit)}; split it"
        )
        return
    outer = sniff.container(data)
    if outer == "parquet":
        yield from tables.read_parquet(data, hints)
    elif outer == "workbook":
        yield from tables.read_workbook(data, hints, limit)
    elif outer in ("gzip", "zip", "warc"):
        # A zip may hold gzipped files, as folders do; nothing is unpacked twice beyond that.
        if inside == outer or inside == "gzip" or (inside and outer == "zip"):
            yield hints.reject(f"{_ARCHIVES[outer]} inside {_ARCHIVES[inside]} is not read")
        else:
            yield from _CONTAINED[outer](name, data, hints, limit)
    elif outer:
        yield hints.reject(f"this is {outer}, which is not read; save it as text, HTML, CSV or .xlsx")
    else:
        yield from _read_text(name, data, hints, form, charset)


def _read_text(name: str, data: bytes, hints: Hints, form: str | None, charset: str | None) -> Items:
    try:
        decoded = decode(data, declared=charset)
    except NotText as refusal:
        yield hints.reject(f"this is {refusal}, not a text, a page, a feed or a table")
        return
    if decoded.nuls:
        at = data.find(b"\x00")
        yield hints.reject(f"{decoded.nuls} NUL bytes left out, the rest is read", position=f"byte {at + 1}")
    if not decoded.text.strip():
        yield hints.reject("the file is empty")
        return
    yield from FORM_READERS[form or sniff.form_of(decoded.text, name)](decoded.text, data, hints)


def _gzip(name: str, data: bytes, hints: Hints, limit: int) -> Items:
    """A gzip file's content, unpacked no further than the limit."""
    try:
        inner, problem = archives.gunzip(data, limit)
    except archives.Refused as refusal:
        yield hints.reject(str(refusal))
        return
    yield from _read_bytes(name.removesuffix(".gz"), inner, hints, None, limit, inside="gzip")
    if problem:
        yield problem.reject(hints)


def _zip(name: str, data: bytes, hints: Hints, limit: int) -> Items:
    """The files of a zip archive, each with a locator of its own: ``archive.zip!/folder/file``."""
    empty = True
    try:
        for member in archives.unzip(data, limit):
            empty = False
            if isinstance(member, Problem):
                yield member.reject(hints)
            else:
                within = replace(hints, locator=f"{hints.locator}!/{member.name}")
                yield from _read_bytes(member.name, member.data, within, None, limit, inside="zip")
    except archives.Refused as refusal:
        yield hints.reject(str(refusal))
        return
    if empty:
        yield hints.reject("the zip archive holds no files")


def _warc(name: str, data: bytes, hints: Hints, limit: int) -> Items:
    """The pages, feeds and texts of a web archive; ``position`` begins with the record."""
    empty = True
    for record in warc.records(data):
        empty = False
        if isinstance(record, Problem):
            yield record.reject(hints)
            continue
        within = replace(hints, url=record.url)
        for item in _read_bytes(
            record.url or name, record.body, within, None, limit, inside="warc", charset=record.charset
        ):
            if isinstance(item, Reject):
                position = f"{record.position}, {item.position}" if item.position else record.position
                yield replace(item, position=position, excerpt=item.excerpt or record.url or "")
            else:
                yield item
    if empty:
        yield hints.reject("the web archive holds no answers of servers")


_CONTAINED: dict[str, Callable[[str, bytes, Hints, int], Items]] = {"gzip": _gzip, "zip": _zip, "warc": _warc}
_ARCHIVES = {"gzip": "a gzip archive", "zip": "a zip archive", "warc": "a web archive"}


def _once(items: Items) -> Items:
    """Each text once: an article whose id was read before becomes a reject that names where."""
    seen: dict[str, str] = {}
    for item in items:
        if isinstance(item, Reject):
            yield item
        elif item.id in seen:
            reason = f"the same text was read before, from {seen[item.id]}"
            yield Reject(item.locator or "", "", reason, (item.title or item.text)[:300], "duplicate")
        else:
            seen[item.id] = item.locator or "the same file"
            yield item
