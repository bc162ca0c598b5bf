"""Web archives (WARC 1.0 and 1.1, ISO 28500), plain or gzipped a record: what the servers answered.

Pages, feeds and plain texts of answers are handed on; requests and the crawler's own notes are no content.
"""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .limits import PAGE_LIMIT, in_words
from .problems import Problem

# Records that hold content: an answer, a file stored as it is, a text made of a page.
_CONTENT = ("response", "resource", "conversion")
_READ = re.compile(r"text/(?:html|plain|xml)|application/(?:xhtml\+xml|(?:\w+\+)?xml|json|feed\+json)|^$")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
# A record nothing follows is the last good one; so many bad ones in a row are no archive.
_MOST_RECORDS = 200_000


@dataclass(frozen=True, slots=True)
class Record:
    """An answer: the address asked, its body unpacked, the encoding its header declares, and "record 7"."""

    url: str | None
    body: bytes
    charset: str | None
    position: str


def is_warc(data: bytes) -> bool:
    """Whether bytes, gzipped or not, open a web archive."""
    if data.startswith(b"\x1f\x8b"):
        import zlib

        try:
            data = zlib.decompressobj(wbits=31).decompress(data[:4096], 16)
        except zlib.error:
            return False
    return data.startswith(b"WARC/")


def records(data: bytes) -> Iterator[Record | Problem]:
    """The answers of an archive in their order, and in one problem a kind what is not read. Never raises."""
    left_out: Counter[str] = Counter()
    number = 0
    try:
        from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]

        logging.getLogger("warcio").setLevel(logging.CRITICAL)
        archive = ArchiveIterator(io.BytesIO(data))
        # What it would write to standard error about a record of another length than it says.
        archive.INC_RECORD = ""
        for number, record in enumerate(archive, start=1):
            if number > _MOST_RECORDS:
                yield Problem(f"only the first {_MOST_RECORDS} records are read", f"record {number}")
                break
            found = _record(record, f"record {number}", left_out)
            if found is not None:
                yield found
    except Exception as error:  # warcio raises what its codecs raise
        yield Problem(f"the web archive breaks off: {_first_line(error)}", f"record {number + 1}")
    for reason, count in left_out.most_common():
        yield Problem(f"{count} {'records' if count > 1 else 'record'} left out: {reason}")


def _record(record: Any, position: str, left_out: Counter[str]) -> Record | Problem | None:
    kind = record.rec_type
    if kind == "revisit":
        left_out["the same answer as an earlier one, which the record only names"] += 1
    if kind not in _CONTENT:
        return None
    url = record.rec_headers.get_header("WARC-Target-URI") or None
    http = record.http_headers
    status = str(http.get_statuscode()) if http else "200"
    said = (http.get_header("Content-Type") if http else record.rec_headers.get_header("Content-Type")) or ""
    media = said.split(";")[0].strip().lower()
    if status != "200":
        left_out[f"the server answered {status[:20]}"] += 1
        return None
    if not _READ.search(media):
        left_out[f"{media[:60]} is neither a page, a feed nor a text"] += 1
        return None
    body = record.content_stream().read(PAGE_LIMIT + 1)
    if len(body) > PAGE_LIMIT:
        return Problem(f"the answer is larger than {in_words(PAGE_LIMIT)}", position, url or "")
    if not body.strip():
        left_out["the answer is empty"] += 1
        return None
    charset = _CHARSET.search(said)
    return Record(url.strip("<> ") if url else None, body, charset.group(1) if charset else None, position)


def _first_line(error: Exception) -> str:
    return (" ".join(str(error).split()) or type(error).__name__)[:160]
