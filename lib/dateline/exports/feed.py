"""Feed: the newest stories as RSS 2.0, for any feed reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from html import escape
from typing import Any, Final

from dateline.exports.rows import clean, flat
from dateline.exports.selection import Selection
from dateline.filters import days_in_words

MOST: Final = 100


def to_rss(selection: Selection) -> bytes:
    """RSS 2.0: an item a story, newest first, linked to the story in the dashboard.

    Readers take a description for HTML, so its text is escaped twice. A day of publication is written as its midnight
    in UTC, since no hour is known.
    """
    from lxml import etree  # type: ignore[import-untyped]

    root = etree.Element("rss", version="2.0")
    channel = _add(root, "channel")
    _add(channel, "title", flat(f"Dateline: {selection.words}"))
    _add(channel, "link", selection.link("stories"))
    _add(channel, "description", escape(flat(f"{selection.words}. {selection.denominators}.")))
    _add(channel, "lastBuildDate", format_datetime(selection.at.astimezone(UTC), usegmt=True))
    _add(channel, "generator", "Dateline")
    for story in selection.stories(MOST):
        _item(channel, story, selection)
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))


def _item(channel: Any, story: dict[str, Any], selection: Selection) -> None:
    item = _add(channel, "item")
    _add(item, "title", _title(flat(story["title"])))
    _add(item, "link", selection.link("stories", story=story["story"]))
    _add(item, "guid", f"dateline:{flat(story['story'])}", isPermaLink="false")
    if story["published"]:
        midnight = datetime.combine(date.fromisoformat(story["published"]), time(), UTC)
        _add(item, "pubDate", format_datetime(midnight, usegmt=True))
    if story["label"]:
        _add(item, "category", flat(story["label"]))
    _add(item, "description", "".join(f"<p>{line}</p>" for line in _lines(story)))


def _title(text: str) -> str:
    """Plain, since most readers show it so; escaped where one that takes it for HTML would see markup in it."""
    return escape(text, quote=False) if "<" in text or re.search(r"&\S+;", text) else text


def _lines(story: dict[str, Any]) -> Iterator[str]:
    if story["first"]:
        days = (date.fromisoformat(story["first"]), date.fromisoformat(story["last"] or story["first"]))
        about = "" if story["granularity"] in ("day", "time") else "some time in "
        yield escape(f"{about}{days_in_words(*days)}")
    for value in (
        story["places"],
        story["killed_said"] and f"{story['killed_said']} killed",
        story["injured_said"] and f"{story['injured_said']} injured",
    ):
        if value:
            yield escape(flat(value))
    yield f"Articles: {story['articles']}, sources: {story['sources']}"
    if story["url"]:
        yield f'<a href="{escape(story["url"])}" rel="noopener noreferrer">first article</a>'


def _add(parent: Any, tag: str, text: str | None = None, **attributes: str) -> Any:
    from lxml import etree

    child = etree.SubElement(parent, tag, **attributes)
    child.text = None if text is None else clean(text)
    return child
