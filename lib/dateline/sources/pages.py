"""Saved HTML pages: body through trafilatura without furniture, day through htmldate, lists by their items."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterator, Sequence
from typing import Any

from dateline.article import Article, Reject

from . import documents, furniture, listings
from .hints import Hints, one_line
from .limits import PAGE_LIMIT, in_words
from .tables import kind_of
from .timestamps import to_iso

# Below this many words trafilatura has found a menu, not an article.
SHORTEST_BODY = 8
# Characters; an article of fewer is looked for once more with a freer hand.
_LITTLE = 1_000
_SCRIPT = re.compile(r"<script\b[^<>]{0,2000}>", re.IGNORECASE)
_LONG_SCRIPT = 60_000
# Elements times their depth; a long page of news has a tenth of this.
_MOST_STEPS = 5_000_000
_JSON_DATE = re.compile(r'"datePublished"\s*:\s*"([^"\\]{8,40})"')
_URLS = ('//link[@rel="canonical"]/@href', '//meta[@property="og:url"]/@content')
_SITES = ('//meta[@property="og:site_name"]/@content', '//meta[@name="application-name"]/@content')
_TIMES = (
    '//meta[@property="article:published_time"]/@content',
    '//meta[@itemprop="datePublished"]/@content',
    '//meta[@name="publish-date" or @name="date" or @name="DC.date.issued"]/@content',
    '//*[@itemprop="datePublished"]/@datetime',
)


def body(html: str) -> str:
    """The running text of a page, a paragraph a line, without its furniture; empty where there is none."""
    html = _lean(html)
    tree = _tree(html)
    return "" if tree is None or _is_excessive(tree) else _body(html, tree)


def _body(html: str, tree: Any) -> str:
    strict = _extracted(html, favor_precision=True, include_tables=True)
    if len(strict) < _LITTLE:
        loose = _extracted(html, include_tables=False)
        # What is sure of so little of the page missed the article in it.
        strict = loose if len(strict) * 10 < 3 * len(loose) else strict
    return furniture.without(strict, _markup(tree)) if strict else ""


def _extracted(html: str, **options: bool) -> str:
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return trafilatura.extract(html, include_comments=False, **options) or ""
        except Exception:  # trafilatura raises whatever lxml raises on odd markup
            return ""


def _markup(tree: Any) -> furniture.Markup:
    captions = {furniture.key(caption.text_content()) for caption in tree.xpath("//figcaption")}
    links = {furniture.key(link.text_content()) for link in tree.xpath("//a[@href]")}
    return furniture.Markup(furniture.key(_title(tree)), captions - {""}, links - {""})


def day(html: str) -> str | None:
    """The day the page was published (ISO 8601), as htmldate finds it in its head, markup and text."""
    from htmldate import find_date

    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found = find_date(html, original_date=True)
        except Exception:  # as above
            return None
    return str(found) if found else None


def read_page(html: str, hints: Hints) -> Iterator[Article | Reject]:
    """The article of a saved page, or the items of one that lists several."""
    if len(html) > PAGE_LIMIT:
        yield hints.reject(f"the page is larger than {in_words(PAGE_LIMIT)}")
        return
    html = _lean(html)
    tree = _tree(html)
    if tree is None:
        yield hints.reject("the page cannot be read as HTML", excerpt=html[:300])
        return
    if _is_excessive(tree):
        yield hints.reject(
            "the page's elements are too many or nested too deep to be read", excerpt=html[:300]
        )
        return
    text = _body(html, tree)
    url = next(
        (u for u in map(str.strip, _all(tree, _URLS)) if u.startswith(("http://", "https://"))), hints.url
    )
    language = next(iter(_all(tree, ("/html/@lang", '//meta[@property="og:locale"]/@content'))), None)
    listed = listings.read(tree, text, url)
    if listed:
        yield from _listed(listed, _source(tree, url), language, hints)
        return
    title = _title(tree)
    if furniture.count_words(text) < SHORTEST_BODY:
        yield hints.reject("the page holds no article text", excerpt=title or html[:300])
        return
    yield hints.article(
        text,
        title=title,
        kind="article" if kind_of(text, title) != "headline" else "headline",
        url=url,
        source=_source(tree, url),
        published=_published(tree, html),
        language=language,
    )


def _listed(
    items: Sequence[listings.Listed], source: str | None, language: str | None, hints: Hints
) -> Iterator[Article]:
    for item in items:
        yield hints.article(
            item.text or item.title,
            title=item.title,
            kind=kind_of(item.text, item.title),
            url=item.url,
            source=source,
            published=item.published,
            language=language,
        )


def _tree(html: str) -> Any:
    from lxml import etree  # type: ignore[import-untyped]
    from lxml import html as lxml_html

    try:
        # Bytes with the encoding said: lxml refuses a text that opens with an XML declaration.
        parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=False, no_network=True)
        return lxml_html.document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def _lean(html: str) -> str:
    """The page without scripts of such a length that they hold no words of an article and only cost time."""
    parts: list[str] = []
    at = 0
    for opening in _SCRIPT.finditer(html):
        if opening.start() < at:
            continue
        end = html.find("</script", opening.end())
        if (end if end >= 0 else len(html)) - opening.end() > _LONG_SCRIPT:
            parts.append(html[at : opening.end()])
            at = end if end >= 0 else len(html)
    return "".join((*parts, html[at:])) if parts else html


def _is_excessive(tree: Any) -> bool:
    """Whether a page is built to exhaust its reader: what looks at every element's ancestors would never end."""
    steps = depth = 0
    for event, _ in documents.walk(tree):
        depth += 1 if event == "start" else -1
        steps += depth
        if steps > _MOST_STEPS:
            return True
    return False


def _all(tree: Any, paths: tuple[str, ...]) -> list[str]:
    return [str(value) for path in paths for value in tree.xpath(path) if str(value).strip()]


def _title(tree: Any) -> str:
    """The page's own heading, else what it says to others, else the window's title without the outlet."""
    headings = [one_line(h.text_content()) for h in tree.xpath("//article//h1 | //h1")]
    said = _all(tree, ('//meta[@property="og:title"]/@content', '//meta[@name="twitter:title"]/@content'))
    window = [one_line(t.text_content()) for t in tree.xpath("//head/title | //title")]
    sites = [one_line(name) for name in _all(tree, _SITES)]
    for heading in headings:
        if heading and (any(heading in other for other in (*said, *window)) and heading not in sites):
            return heading
    for candidate in (*said, *window, *headings):
        if one_line(candidate):
            return _without_outlet(one_line(candidate), sites)
    return ""


def _without_outlet(title: str, sites: list[str]) -> str:
    from .outlets import by_name

    parts = re.split(r"\s+[-–—|»•]\s+", title)
    if len(parts) > 1 and (parts[-1] in sites or by_name(parts[-1])):
        return title[: title.rindex(parts[-1])].rstrip(" -–—|»•")
    return title


def _source(tree: Any, url: str | None) -> str | None:
    from .outlets import by_name, name_of_address

    for name in (name_of_address(url), *_all(tree, _SITES)):
        outlet = by_name(one_line(name)) if name else None
        if outlet:
            return outlet.name
    return next((one_line(name) for name in _all(tree, _SITES)), None) or name_of_address(url)


def _published(tree: Any, html: str) -> str | None:
    """The instant of the markup where it lies on htmldate's day, else that day."""
    found = day(html)
    scripts = _all(tree, ('//script[@type="application/ld+json"]/text()',))
    for value in (
        *_all(tree, _TIMES),
        *(found for script in scripts for found in _JSON_DATE.findall(script)),
    ):
        instant = to_iso(value)
        if instant and (found is None or instant[:10] == found):
            return instant
    return found
