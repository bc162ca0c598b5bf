"""How feeds are read: titles, links and times beside a reference parse, and whether any input hurts the reader.

Each row is read in a process of its own kind, so that one that crashed or hung would be counted, not suffered.
"""

from __future__ import annotations

import base64
import multiprocessing
import re
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from dateline.article import Article, Reject
from dateline.sources import encodings, read_bytes, sniff
from dateline.sources.markup import to_text
from dateline.sources.timestamps import to_iso

# Processor seconds one row may take; a row still running after ten times as long on the clock is stopped.
SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as compared: a title in plain words ("" where none), an address or "", an instant or None."""

    title: str
    link: str
    instant: datetime | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a row gave: an item an entry (None for a reject), the reasons of its rejects, processor seconds."""

    entries: tuple[Entry | None, ...]
    reasons: tuple[str, ...]
    seconds: float
    is_feed: bool = True


def evaluate(rows: Iterable[dict[str, Any]]) -> dict[str, float]:
    """Shares of entries that equal the reference, counts of rows and rejects, seconds of the slowest row.

    A row has ``id``, ``content_b64`` and, to be compared, ``feedparser_ref`` with ``entries`` of ``title``, ``link``
    and ``published_iso``. Files with entries that are no feeds by their form (a manual that quotes one) are counted
    as ``not_feeds`` and not compared. Entries of the reference that have no words at all (``wordless``) cannot become
    articles; they are rejected with that reason and counted apart. An entry that says again what one before it said
    is one article with it, and as right as that one is.
    """
    counts: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    slowest = 0.0
    for row, reading in _read_all(list(rows)):
        counts["rows"] += 1
        if isinstance(reading, str):
            counts[reading] += 1
            continue
        slowest = max(slowest, reading.seconds)
        counts["over_2s"] += reading.seconds > SECONDS
        counts["parsed"] += any(reading.entries)
        counts["rejected"] += not any(reading.entries) and bool(reading.reasons)
        counts["silent"] += not any(reading.entries) and not reading.reasons
        reasons.update(reading.reasons)
        reference = _reference(row)
        if reading.is_feed:
            _compare(reference, reading.entries, counts)
        else:
            counts["not_feeds"] += bool(reference)
    entries = counts["entries"]
    shares = {name: counts[name] / entries for name in ("titles", "links", "times", "all_equal") if entries}
    plain = ("rows", "parsed", "rejected", "silent", "crashed", "hung", "over_2s")
    return {
        **shares,
        **{name: float(counts[name]) for name in ("entries", "wordless", "not_feeds") if entries},
        **{name: float(counts[name]) for name in plain},
        "slowest_seconds": slowest,
        **{f"reject: {reason}": float(count) for reason, count in reasons.most_common()},
    }


def _read_all(rows: Sequence[dict[str, Any]]) -> Iterable[tuple[dict[str, Any], Reading | str]]:
    """Every row with its reading, or ``crashed`` or ``hung``."""
    # A fork of this process would inherit its threads; a fresh interpreter has none.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(1, mp_context=context)
    try:
        for row in rows:
            data = base64.b64decode(row["content_b64"])
            future = pool.submit(read, str(row["id"]), data)
            try:
                # The first row waits for the process to start.
                yield row, future.result(timeout=10 * SECONDS + 20)
            except (BrokenExecutor, TimeoutError) as problem:
                for process in list((getattr(pool, "_processes", None) or {}).values()):
                    process.kill()
                pool.shutdown(wait=False, cancel_futures=True)
                pool = ProcessPoolExecutor(1, mp_context=context)
                yield row, "hung" if isinstance(problem, TimeoutError) else "crashed"
            except Exception:  # whatever the reader let through
                yield row, "crashed"
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def read(name: str, data: bytes) -> Reading:
    """One row read, as the worker does it."""
    start = time.process_time()
    items = list(read_bytes(name, data))
    seconds = time.process_time() - start
    entries = tuple(
        _entry(item) if isinstance(item, Article) else None
        for item in items
        if isinstance(item, Article) or item.position.startswith("entry ") or item.kind == "duplicate"
    )
    reasons = tuple(_sort(item) for item in items if isinstance(item, Reject))
    return Reading(entries, reasons, seconds, _is_feed(name, data))


def _is_feed(name: str, data: bytes) -> bool:
    try:
        return sniff.form_of(encodings.decode(data).text, name) in ("feed", "jsonfeed")
    except encodings.NotText:
        return False


def _entry(article: Article) -> Entry:
    # An article with a text and no title has the title "": so has the reference.
    return Entry(article.title, article.url or "", _instant(article.published))


def _instant(value: str | None) -> datetime | None:
    try:
        found = datetime.fromisoformat(value) if value else None
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found and not found.tzinfo else found


def _reference(row: dict[str, Any]) -> list[Entry]:
    listed = (row.get("feedparser_ref") or {}).get("entries") or []
    return [
        Entry(
            " ".join(to_text(entry.get("title") or "").split()),
            entry.get("link") or "",
            # Where the reference could not read a date, what it found is read here.
            _instant(entry.get("published_iso") or to_iso(entry.get("published"))),
        )
        for entry in listed
    ]


def _compare(reference: Sequence[Entry], found: Sequence[Entry | None], counts: Counter[str]) -> None:
    verdicts: dict[Entry, tuple[bool, bool, bool]] = {}
    for at, wanted in enumerate(reference):
        got = found[at] if at < len(found) else None
        if got is None and not wanted.title:
            counts["wordless"] += 1
            continue
        counts["entries"] += 1
        same = verdicts.get(wanted, (False, False, False))
        if got is not None:
            same = (got.title == wanted.title, got.link == wanted.link, got.instant == wanted.instant)
            verdicts[wanted] = same
        for name, equal in zip(("titles", "links", "times"), same, strict=True):
            counts[name] += equal
        counts["all_equal"] += all(same)


def _sort(reject: Reject) -> str:
    """A reason without what differs from file to file."""
    return re.sub(r":\s.*|, from .*|;\s.*|\d+", "", reject.reason).strip()
