"""What a file is: told by its bytes; the name only breaks a tie."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import PurePosixPath

FORMS = ("text", "page", "feed", "jsonfeed", "json", "jsonl", "csv", "parquet", "gzip")

_MARKUP = re.compile(
    r"\s*(?:<\?xml[^>]*\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>|\s)*<\s*([A-Za-z][\w:.-]*)", re.DOTALL
)
_FEED_ROOTS = ("rss", "feed", "rdf:rdf", "channel", "atom:feed", "rss:rss")
_PAGE_TAG = re.compile(
    r"<\s*(?:html|head|body|!doctype\s+html|article|main|div|p|h1|meta|title|section)\b", re.IGNORECASE
)
_HEAD = 8192


def container(data: bytes) -> str | None:
    """``parquet`` or ``gzip`` where the first bytes say so, else None (then decode, and ask ``form_of``)."""
    if data.startswith(b"PAR1"):
        return "parquet"
    return "gzip" if data.startswith(b"\x1f\x8b") else None


def form_of(text: str, name: str = "") -> str:
    """One of FORMS for a decoded text."""
    head = text[:_HEAD].lstrip("\ufeff \t\r\n")
    suffix = PurePosixPath(name).suffix.lower()
    if head.startswith("<"):
        return _markup(head)
    if head.startswith(("{", "[")) or suffix in (".jsonl", ".ndjson", ".json"):
        form = _json(text, head, suffix)
        if form:
            return form
    if suffix in (".csv", ".tsv") or looks_like_table(head):
        return "csv"
    if suffix in (".html", ".htm", ".xhtml") or len(_PAGE_TAG.findall(head)) >= 4:
        return "page"
    return "text"


def _markup(head: str) -> str:
    found = _MARKUP.match(head)
    root = found.group(1).lower() if found else ""
    if root in _FEED_ROOTS:
        return "feed"
    if root and (head.startswith("<?xml") and root not in ("html",) and not _PAGE_TAG.search(head)):
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
    lines = [line for line in text[:_HEAD].lstrip("\ufeff").splitlines() if line.strip()]
    whole = len(text) <= _HEAD
    first = [line.strip() for line in lines[: 5 if whole else max(1, min(5, len(lines) - 1))]]
    objects = sum(_is_object(line) for line in first)
    if objects and (len(lines) > 1 or len(first) == objects == 1) and first[0].startswith("{"):
        return "jsonl"
    if suffix == ".json" or re.match(r"[\[{]\s*(?:[\[{\"\]}]|$)", head):
        return "json"
    # One object longer than the head, alone on its line.
    return "jsonl" if head.startswith('{"') else None


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def looks_like_table(head: str) -> bool:
    """A header of short cells that names a known column, and a second row as wide."""
    from .columns import role_of

    lines = head.splitlines()
    if len(lines) < 2:
        return False
    for delimiter in ("\t", ",", ";", "|"):
        cells = [cell.strip().strip('"') for cell in lines[0].split(delimiter)]
        if len(cells) < 2 or any(len(cell) > 40 or not cell for cell in cells):
            continue
        roles = {role_of(cell) for cell in cells} - {None}
        if len(roles) >= 2 and roles & {"text", "title"} and _second_row(head, delimiter) >= 2:
            return True
    return False


def _second_row(head: str, delimiter: str) -> int:
    try:
        rows = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
        next(rows)
        return len(next(rows, []))
    except (csv.Error, StopIteration):
        return 0
