"""What a file is: told by its bytes; the name only breaks a tie."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import PurePosixPath

FORMS = ("text", "page", "feed", "jsonfeed", "opml", "sitemap", "json", "jsonl", "csv")
CONTAINERS = ("parquet", "workbook", "gzip", "zip", "warc")

_MARKUP = re.compile(
    r"(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>|\s+)*+<\s*([A-Za-z][\w:.-]*)",
    re.DOTALL | re.IGNORECASE,
)
# Comments and a document type may stand in front of the root for long.
_PROLOGUE = 1_000_000
_LIST_ROOTS = {"urlset": "sitemap", "sitemapindex": "sitemap", "opml": "opml"}
# A feed that a site wrapped in its page template.
_WRAPPED = re.compile(
    r"""<(?:feed\s[^<>]{0,200}w3\.org/2005/Atom|rss\s[^<>]{0,200}version\s*=)[^<>]{0,500}>"""
)
_FEED_ROOTS = ("rss", "feed", "rdf:rdf", "channel", "atom:feed", "rss:rss")
_PAGE_TAG = re.compile(
    r"<\s*(?:html|head|body|!doctype\s+html|article|main|div|p|h1|meta|title|section)\b", re.IGNORECASE
)
_HEAD = 8192


def container(data: bytes) -> str | None:
    """What the first bytes say holds the content: one of CONTAINERS, or in words an office document that is not read.

    None for everything else: then decode, and ask ``form_of``.
    """
    from . import archives, warc

    if data.startswith(b"PAR1"):
        return "parquet"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return archives.kind_of_zip(data)
    if data.startswith((b"WARC/", b"\x1f\x8b")) and warc.is_warc(data):
        return "warc"
    return "gzip" if data.startswith(b"\x1f\x8b") else None


def form_of(text: str, name: str = "") -> str:
    """One of FORMS for a decoded text."""
    head = text[:_HEAD].lstrip("\ufeff \t\r\n")
    suffix = PurePosixPath(name).suffix.lower()
    if head.startswith("<"):
        return _markup(text[:_PROLOGUE].lstrip("\ufeff \t\r\n"))
    if head.startswith(("{", "[")) or suffix in (".jsonl", ".ndjson", ".json"):
        form = _json(text, head, suffix)
        if form:
            return form
    if _is_address_list(head):
        return "sitemap"
    if suffix in (".csv", ".tsv") or looks_like_table(head):
        return "csv"
    if suffix in (".html", ".htm", ".xhtml") or len(_PAGE_TAG.findall(head)) >= 4:
        return "page"
    return "text"


def _markup(text: str) -> str:
    found = _MARKUP.match(text)
    root = found.group(1).lower() if found else ""
    head = text[found.start(1) - 1 :][:_HEAD] if found else text[:_HEAD]
    if root in _FEED_ROOTS or (root == "html" and _WRAPPED.search(head)):
        return "feed"
    if root.rpartition(":")[2] in _LIST_ROOTS:
        return _LIST_ROOTS[root.rpartition(":")[2]]
    if root and (text.startswith("<?xml") and root not in ("html",) and not _PAGE_TAG.search(head)):
        return "feed"
    if re.search(r"<(?:rss|feed|rdf:RDF|channel|item|entry)\b", head) and not re.search(
        r"<html\b", head, re.IGNORECASE
    ):
        return "feed"
    return "page"


def _json(text: str, head: str, suffix: str) -> str | None:
    """A feed, a document or lines of JSON; None for prose that merely opens with a bracket."""
    if suffix in (".jsonl", ".ndjson"):
        return "jsonl"
    if head.startswith("{") and "jsonfeed.org" in head:
        return "jsonfeed"
    if head.startswith("{") and _holds_lines(text):
        return "jsonl"
    return "json" if suffix == ".json" or re.match(r"[\[{]\s*(?:[\[{\"\]}]|$)", head) else None


def _holds_lines(text: str) -> bool:
    """Whether a text has several lines and one of the first is an object by itself (a broken one is a broken line)."""
    start = len(text) - len(text.lstrip("\ufeff \t\r\n"))
    lines: list[str] = []
    for _ in range(5):
        end = text.find("\n", start)
        line = text[start : end if end >= 0 else len(text)].strip()
        if line:
            lines.append(line)
        if end < 0:
            break
        start = end + 1
    return len(lines) > 1 and any(map(_is_object, lines))


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _is_address_list(head: str) -> bool:
    """Whether a text is nothing but web addresses, a line each."""
    lines = [line.strip() for line in head.splitlines()[:50] if line.strip()]
    return bool(lines) and all(re.match(r"https?://\S+$", line) for line in lines)


def looks_like_table(head: str) -> bool:
    """A header of short cells that names a known column, and a second row as wide."""
    from .columns import role_of

    lines = head.splitlines()
    if len(lines) < 2:
        return False
    for delimiter in ("\t", ",", ";", "|"):
        cells = [cell.strip().strip('"') for cell in lines[0].split(delimiter)]
        if len(cells) < 2 or any(not _is_header(cell) for cell in cells):
            continue
        roles = {role_of(cell) for cell in cells} - {None}
        if len(roles) >= 2 and roles & {"text", "title"} and _second_row(head, delimiter) >= 2:
            return True
    return False


def _is_header(cell: str) -> bool:
    return 0 < len(cell) <= 40 and len(cell.split()) <= 4 and not re.search(r"[.!?:]$", cell)


def _second_row(head: str, delimiter: str) -> int:
    try:
        rows = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
        next(rows)
        return len(next(rows, []))
    except (csv.Error, StopIteration):
        return 0
