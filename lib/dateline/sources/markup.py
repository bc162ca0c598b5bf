"""HTML fragments (a feed's description, a table's cell) to plain text, a paragraph a line."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

from .hints import one_line

_BLOCKS = frozenset(
    {
        "p",
        "div",
        "br",
        "li",
        "ul",
        "ol",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "tr",
        "table",
        "blockquote",
        "section",
        "article",
        "figure",
        "figcaption",
        "hr",
        "pre",
        "dd",
        "dt",
    }
)
_SILENT = frozenset({"script", "style", "noscript", "template", "iframe", "svg", "head"})
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31});")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,2000}>|<!--")


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent += 1
        elif tag in _BLOCKS:
            self.parts.append("\x1e")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in _BLOCKS:
            self.parts.append("\x1e")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(data)


def to_text(fragment: str) -> str:
    """The words of ``fragment``; block elements end a line, scripts and styles say nothing."""
    if not _TAG.search(fragment):
        plain = html.unescape(fragment) if _ENTITY.search(fragment) else fragment
        return "\n".join(filter(None, (one_line(line) for line in plain.splitlines())))
    parser = _Text()
    try:
        parser.feed(fragment)
        parser.close()
    except (AssertionError, ValueError):
        return one_line(html.unescape(_TAG.sub(" ", fragment)))
    return "\n".join(filter(None, (one_line(part) for part in "".join(parser.parts).split("\x1e"))))
