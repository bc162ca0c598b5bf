"""Sitemaps and news sitemaps (sitemaps.org 0.9, Google's news extension, the plain list). Nothing is fetched here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from dateline.article import Reject

from . import documents
from .hints import Hints
from .limits import LIST_LIMIT
from .opml import web_address
from .problems import Problem
from .timestamps import to_iso


class ListedPage(NamedTuple):
    """A page a sitemap lists: ``changed`` and ``published`` are ISO 8601; the last three are the news extension's."""

    address: str
    changed: str | None = None
    title: str | None = None
    published: str | None = None
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class Sitemap:
    """``pages`` of a list, ``sitemaps`` (addresses) of an index, and what could not be read of either."""

    pages: list[ListedPage] = field(default_factory=list)
    sitemaps: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_sitemap(data: bytes) -> Sitemap:
    """The addresses of a sitemap, an index of sitemaps or a text file of one address a line. Never raises."""
    found = Sitemap()
    try:
        text = documents.text_of(data)
        if not text.startswith("<"):
            _lines(text, found)
            return _never_silent(found)
        root = documents.tree(data)
    except documents.Refused as refusal:
        found.problems.append(Problem(str(refusal)))
        return found
    if documents.local(root) not in ("urlset", "sitemapindex"):
        name = documents.local(root)[:40]
        found.problems.append(Problem(f"a sitemap begins with <urlset> or <sitemapindex>, not with <{name}>"))
        return found
    _elements(root, found)
    return _never_silent(found)


def _never_silent(found: Sitemap) -> Sitemap:
    if not (found.pages or found.sitemaps or found.problems):
        found.problems.append(Problem("the sitemap lists no addresses"))
    return found


def _lines(text: str, found: Sitemap) -> None:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        address = web_address(line)
        if address is None:
            found.problems.append(Problem("the line is no http or https address", f"line {number}", line))
        elif _full(found, f"line {number}"):
            return
        else:
            found.pages.append(ListedPage(address))


def _elements(root: Any, found: Sitemap) -> None:
    for number, element in enumerate(root, start=1):
        kind = documents.local(element)
        if kind not in ("url", "sitemap"):
            continue
        parts = {documents.local(child): child for child in reversed(element)}
        written = documents.words(parts["loc"]) if "loc" in parts else ""
        address = web_address(written)
        position = f"{kind} {number}"
        if address is None:
            reason = (
                "the entry's address is no http or https address" if written else "the entry has no address"
            )
            found.problems.append(Problem(reason, position, written))
        elif _full(found, position):
            return
        elif kind == "sitemap":
            found.sitemaps.append(address)
        else:
            changed = to_iso(documents.words(parts["lastmod"])) if "lastmod" in parts else None
            found.pages.append(ListedPage(address, changed, *_news(parts.get("news"))))


def _full(found: Sitemap, position: str) -> bool:
    if len(found.pages) + len(found.sitemaps) < LIST_LIMIT:
        return False
    found.problems.append(Problem(f"only the first {LIST_LIMIT} addresses are taken", position))
    return True


def _news(element: Any) -> tuple[str | None, str | None, str | None]:
    """(title, published, outlet) of the news extension."""
    if element is None:
        return None, None, None
    said = {documents.local(child): documents.words(child) for child in element.iterdescendants()}
    return said.get("title") or None, to_iso(said.get("publication_date")), said.get("name") or None


def read_listing(data: bytes, hints: Hints) -> Iterator[Reject]:
    """A sitemap read from a file: what it lists is not fetched, and one reject says so."""
    found = read_sitemap(data)
    for kind, many in (("pages", len(found.pages)), ("sitemaps", len(found.sitemaps))):
        if many:
            said = f"{many} {kind}" if many > 1 else f"one {kind[:-1]}"
            first = found.pages[0].address if kind == "pages" else found.sitemaps[0]
            yield hints.reject(
                f"the sitemap lists {said}, which a file alone does not hold; "
                "give the sitemap's own address to have them fetched",
                excerpt=first,
            )
    yield from (problem.reject(hints) for problem in found.problems)
