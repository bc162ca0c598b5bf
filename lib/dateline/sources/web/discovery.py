"""Discovery: the feeds of a site, from what its home page links and where feeds usually lie."""

from __future__ import annotations

import re
from typing import Any

from .address import Address, Refused

# Asked in this order, one after another, where the page links no feed.
COMMON_PATHS = ("/feed", "/rss.xml", "/atom.xml", "/feed.xml", "/rss", "/index.xml", "/feed.json")
# A site may link a feed a section; more than this is a directory.
MOST = 10

_TYPES = {
    "application/rss+xml": "rss",
    "application/rdf+xml": "rss",
    "application/atom+xml": "atom",
    "application/feed+json": "json",
    "application/json": "json",
    "text/xml": "rss",
    "application/xml": "rss",
}
_COMMENTS = re.compile(
    r"\bcomments?\b|/comments?/|комментари|коммент|yorumlar|şərhlər|kommentare|commentaires|comentarios",
    re.IGNORECASE,
)
# `/`, `/en`, `/en-gb/`, `/index.html`: the front door of a site or of one of its languages.
_HOME = re.compile(r"/(?:[a-z]{2}(?:[-_][a-zA-Z]{2})?/?)?(?:(?:index|default|home)\.[a-z]{3,5})?")


def is_home(address: Address) -> bool:
    """Whether an address is a site's front page, by its path."""
    return "?" not in address.target and bool(_HOME.fullmatch(address.path))


def linked_feeds(html: str, page: Address) -> list[Address]:
    """The feeds that a page's head links (``rel=alternate``), comments left out, each kind of a feed once.

    A site that offers the same entries as RSS and as Atom is read in the kind it names first.
    """
    from lxml import etree  # type: ignore[import-untyped]
    from lxml import html as lxml_html

    try:
        parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=False, no_network=True)
        tree = lxml_html.document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return []
    base = _base(tree, page)
    found: list[tuple[str, Address]] = []
    for link in tree.iter("link"):
        kind = _TYPES.get((link.get("type") or "").partition(";")[0].strip().lower())
        relations = (link.get("rel") or "").lower().split()
        reference = (link.get("href") or "").strip()
        if not kind or not reference or not {"alternate", "feed"} & set(relations):
            continue
        if (
            _COMMENTS.search(f"{link.get('title') or ''} {reference}")
            or "oembed" in reference
            or "wp-json" in reference
        ):
            continue
        try:
            found.append((kind, base.joined(reference)))
        except Refused:
            continue
    first = found[0][0] if found else ""
    return list(dict.fromkeys(address for kind, address in found if kind == first))[:MOST]


def _base(tree: Any, page: Address) -> Address:
    """The address that relative links count from."""
    for element in tree.iter("base"):
        try:
            return page.joined(element.get("href") or "")
        except Refused:
            break
    return page


def common_feeds(page: Address) -> list[Address]:
    """Where the feed of a site lies where it does not say."""
    return [Address(page.scheme, page.host, page.port, path) for path in COMMON_PATHS]
