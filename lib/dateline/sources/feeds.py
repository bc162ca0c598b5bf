"""Feeds: RSS 0.9 to 2.0, Atom, RDF (through feedparser) and JSON Feed. A malformed feed keeps its good entries."""

from __future__ import annotations

import io
import re
import warnings
from calendar import timegm
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from dateline.article import Article, Reject

from . import documents
from .hints import Hints, one_line
from .limits import FEED_LIMIT, in_words
from .markup import to_text
from .tables import kind_of
from .timestamps import to_iso

_READ_ON = re.compile(
    r"\s*(?:\[?(?:…|\.\.\.)\]?\s*)?(?:continue reading|read more|read on"
    r"|the post .{1,300} appeared first on .{1,200})\.?\s*[»→]?\s*$",
    re.IGNORECASE,
)


def read_feed(data: bytes, hints: Hints) -> Iterator[Article | Reject]:
    """The entries of an XML feed; times keep the offset they were written with where the feed says it."""
    if len(data) > FEED_LIMIT:
        yield hints.reject(f"the feed is larger than {in_words(FEED_LIMIT)}; split it")
        return
    try:
        text = documents.text_of(data)
        documents.refuse_entities(text)
        document = documents.utf8(text)
        documents.refuse_excess(document)
    except documents.Refused as refusal:
        yield hints.reject(str(refusal), excerpt=data[:600].decode("utf-8", "replace"))
        return
    feed = _parse(document)
    if not feed.entries:
        problem = feed.get("bozo_exception")
        broken = f": {one_line(str(problem))[:160]}" if feed.get("bozo") and problem else ""
        yield hints.reject(f"the feed has no entries{broken}", excerpt=text[:600])
        return
    outlet = to_text(feed.feed.get("title") or "") or None
    language = feed.feed.get("language")
    for number, entry in enumerate(feed.entries, start=1):
        yield _entry(entry, hints, f"entry {number}", _outlet(outlet, feed.feed.get("link")), language)
    if feed.get("bozo") and _cut(feed.get("bozo_exception")):
        reason = f"the feed is damaged, what follows may be lost: {one_line(str(feed.bozo_exception))[:160]}"
        yield hints.reject(reason, position=f"after entry {len(feed.entries)}")


def _cut(problem: object) -> bool:
    """Whether the parser fell back over broken XML (an odd content type or encoding loses nothing)."""
    return type(problem).__name__ == "SAXParseException"


def _parse(data: bytes) -> Any:
    import feedparser

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            # A stream, never a string: a string that looks like an address would be fetched.
            return feedparser.parse(io.BytesIO(data))
        except Exception as error:  # feedparser's loose parser raises whatever the markup makes it raise
            broken = feedparser.FeedParserDict(feed=feedparser.FeedParserDict(), entries=[])
            broken["bozo"], broken["bozo_exception"] = True, error
            return broken


def _outlet(title: str | None, link: str | None) -> str | None:
    """The outlet a feed speaks for: its address where the table knows it, else its title before a separator."""
    from .outlets import by_name, name_of_address

    known = name_of_address(link)
    if known and by_name(known):
        return known
    if not title:
        return known
    for part in (title, *re.split(r"\s+[-–—|:»>]\s+", title)):
        outlet = by_name(part)
        if outlet:
            return outlet.name
    return re.split(r"\s+[-–—|»>]\s+", title)[0] or known


def _entry(
    entry: Any, hints: Hints, position: str, outlet: str | None, language: str | None
) -> Article | Reject:
    title = one_line(to_text(entry.get("title") or ""))
    body = "\n".join(filter(None, (to_text(part.get("value") or "") for part in entry.get("content") or ())))
    summary = to_text(entry.get("summary") or "")
    text = _READ_ON.sub("", max(body, summary, key=len)).strip()
    if not (title or text):
        return hints.reject(
            "the entry has neither a title nor a text",
            position=position,
            excerpt=str(entry.get("link") or ""),
        )
    source = entry.get("source")
    named = to_text(source.get("title") or "") if isinstance(source, Mapping) else ""
    return hints.article(
        text or title,
        title=title,
        kind=kind_of(text, title),
        url=entry.get("link") or None,
        source=named or outlet,
        published=_published(entry),
        language=language,
    )


def _published(entry: Any) -> str | None:
    for field in ("published", "updated", "created"):
        # Asked for an update that is not there, feedparser would give the publication, and a warning.
        keys = (field, f"{field}_parsed")
        said, parsed = (entry[key] if key in entry else None for key in keys)  # noqa: SIM401 - get would give it
        written = to_iso(said) if isinstance(said, str) else None
        if parsed:
            try:
                instant = datetime.fromtimestamp(timegm(parsed), UTC)
            except (ValueError, TypeError, OverflowError):
                continue
            # The text as written keeps its offset; it counts where it is the instant feedparser read.
            return written if written and _same(written, instant) else instant.isoformat()
        if written:
            return written
    return None


def _same(written: str, instant: datetime) -> bool:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return False
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) == instant


def read_jsonfeed(text: str, hints: Hints) -> Iterator[Article | Reject]:
    """A JSON Feed (jsonfeed.org, versions 1 and 1.1)."""
    import json

    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:
        yield hints.reject(f"broken JSON feed: {one_line(str(error))[:160]}", excerpt=text[:300])
        return
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list) or not items:
        yield hints.reject("the feed has no entries", excerpt=text[:300])
        return
    outlet = _outlet(one_line(str(feed.get("title") or "")) or None, _string(feed.get("home_page_url")))
    for number, item in enumerate(items, start=1):
        if isinstance(item, dict):
            yield _json_entry(item, hints, f"entry {number}", outlet, _string(feed.get("language")))
        else:
            yield hints.reject("the entry is no JSON object", position=f"entry {number}", excerpt=str(item))


def _string(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _json_entry(
    item: Mapping[str, Any], hints: Hints, position: str, outlet: str | None, language: str | None
) -> Article | Reject:
    title = one_line(to_text(_string(item.get("title")) or ""))
    plain = _string(item.get("content_text")) or ""
    text = "\n".join(filter(None, (one_line(line) for line in plain.splitlines())))
    text = (
        text
        or to_text(_string(item.get("content_html")) or "")
        or to_text(_string(item.get("summary")) or "")
    )
    if not (title or text):
        return hints.reject("the entry has neither a title nor a text", position=position, excerpt=str(item))
    return hints.article(
        text or title,
        title=title,
        kind=kind_of(text, title),
        url=_string(item.get("url")) or _string(item.get("external_url")),
        source=outlet,
        published=to_iso(item.get("date_published")) or to_iso(item.get("date_modified")),
        language=_string(item.get("language")) or language,
    )
