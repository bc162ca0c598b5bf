"""Saved pages that list several items: front pages, sections, search results, live pages. Each item by itself.

An item is one of several like blocks of the markup, each with a heading of its own. Whether the page is a list or one
article with pointers under it is told by where its running text stands: in the blocks, or outside them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from . import furniture
from .hints import one_line
from .opml import web_address
from .timestamps import to_iso

# So many like blocks make a list.
FEWEST = 3
# Words of running text outside the blocks that make the page one article.
_ARTICLE_WORDS = 80
# The same where the page's window is called as its one great heading is: a section's list has no text of its own.
_FEW_WORDS = 25
# A heading of fewer words is a section's label.
_SHORTEST_TITLE = 3
# A page with more blocks is no page for readers.
_MOST = 2_000
_HEADINGS = "self::h1 or self::h2 or self::h3 or self::h4 or self::h5"
_TITLES = f".//*[{_HEADINGS}]"
_ASIDE = (
    "ancestor-or-self::nav or ancestor-or-self::footer or ancestor-or-self::aside or ancestor-or-self::form"
)

_ARTICLE = re.compile(r'"@type"\s*:\s*\[?\s*"(?:\w{0,20}Article|BlogPosting)"')


@dataclass(frozen=True, slots=True)
class Listed:
    """An item: its heading, its paragraphs a line each ("" where it has none), its address and its time (ISO 8601)."""

    title: str
    text: str = ""
    url: str | None = None
    published: str | None = None


def read(tree: Any, body: str, address: str | None = None) -> list[Listed]:
    """The items of a page that lists several, empty where it is one article.

    ``body`` is the page's running text as extracted, a paragraph a line; ``address`` the page's own, to which links
    in it are relative.
    """
    if _says_article(tree):
        return []
    base = next((str(b) for b in tree.xpath("//base/@href")), None)
    blocks = _blocks(tree)
    found = [item for block in blocks if (item := _item(block, _joined(address, base)))]
    found = list({(item.title, item.url): item for item in found}.values())
    if len(found) < FEWEST or _is_named(tree, found) or _is_one(found):
        return []
    enough = _FEW_WORDS if _has_own_heading(tree) else _ARTICLE_WORDS
    return [] if _words_outside(body, blocks) >= enough else found


def _joined(base: str | None, link: str | None) -> str | None:
    try:
        return urljoin(base or "", (link or "").strip()) or None
    except ValueError:
        return None


def _says_article(tree: Any) -> bool:
    """Whether the page's own description calls it an article."""
    scripts = tree.xpath('//script[@type="application/ld+json"]/text()')
    if sum(len(_ARTICLE.findall(str(script))) for script in scripts) == 1:
        return True
    kinds = {str(kind).strip().lower() for kind in tree.xpath('//meta[@property="og:type"]/@content')}
    if "article" in kinds or tree.xpath('//meta[@property="article:published_time"]'):
        return True
    return bool(tree.xpath('//*[@itemprop="articleBody"]'))


def _titles(tree: Any) -> list[str]:
    path = '//meta[@property="og:title" or @name="twitter:title"]/@content | //title/text()'
    return [furniture.key(str(title)) for title in tree.xpath(path)]


def _has_own_heading(tree: Any) -> bool:
    heads = [furniture.key(head.text_content()) for head in tree.xpath("//h1[not(ancestor::article)]")[:3]]
    return any(head and head in title for head in heads for title in _titles(tree))


def _is_named(tree: Any, found: Sequence[Listed]) -> bool:
    """Whether the page's window or its card for others carries the title of one of its items."""
    said = _titles(tree)
    return any(furniture.key(item.title) in title for item in found for title in said)


def _is_one(found: Sequence[Listed]) -> bool:
    """Whether one item holds nearly all of the text: the article, and the others are pointers."""
    sizes = sorted(furniture.count_words(item.text) for item in found)
    return sizes[-1] >= _ARTICLE_WORDS and sizes[-1] * 10 >= 7 * sum(sizes)


def _blocks(tree: Any) -> list[Any]:
    """The like blocks with a heading each: ``article`` elements, else the likest siblings."""
    articles = list(tree.xpath(f"//article[not(.//article)][{_TITLES}][not({_ASIDE})]")[:_MOST])
    if len(articles) >= FEWEST:
        return articles
    headings = tree.xpath(f"//*[{_HEADINGS}][not({_ASIDE})]")[: 4 * _MOST]
    inside = Counter(above for heading in headings for above in heading.iterancestors())
    groups: dict[tuple[Any, str, str], list[Any]] = {}
    for heading in headings:
        block = _block_of(heading, inside)
        if block is not None:
            kind = str(block.get("class") or "").split(" ")[0]
            groups.setdefault((block.getparent(), str(block.tag), kind), []).append(block)
    # A page may list in several columns: every group of like blocks counts.
    return [block for group in groups.values() if len(group) >= FEWEST for block in group][:_MOST]


def _block_of(heading: Any, inside: Mapping[Any, int]) -> Any:
    """The widest element around a heading that holds no other heading; None where that is the heading itself."""
    block = heading
    while (
        (parent := block.getparent()) is not None
        and parent.tag not in ("body", "html")
        and inside[parent] == 1
    ):
        block = parent
    return None if block is heading else block


def _item(block: Any, base: str | None) -> Listed | None:
    heading = block.xpath(_TITLES)[0]
    title = one_line(heading.text_content())
    if furniture.count_words(title) < _SHORTEST_TITLE:
        return None
    return Listed(title, _text(block, title), _address(block, heading, base), _time(block))


def _text(block: Any, title: str) -> str:
    """The paragraphs of a block; where it marks none, the rest of its words if they are a sentence."""
    lines = [one_line(p.text_content()) for p in block.xpath(".//p[not(.//p)]")]
    if not any(lines):
        said = [
            one_line(str(t)) for t in block.xpath(f".//text()[not(ancestor::*[{_HEADINGS} or self::time])]")
        ]
        whole = " ".join(part for part in said if part and not _is_time(part))
        lines = [whole] if furniture.count_words(whole) >= 8 else []
    kept = [line for line in dict.fromkeys(lines) if line and line != title and not _is_time(line)]
    return furniture.without("\n".join(kept), furniture.Markup()) if kept else ""


def _is_time(line: str) -> bool:
    return len(line.split()) <= 6 and to_iso(line) is not None


def _address(block: Any, heading: Any, base: str | None) -> str | None:
    links = [
        *heading.xpath(".//a/@href"),
        *heading.xpath("ancestor::a/@href"),
        *block.xpath("ancestor-or-self::a/@href"),
        *block.xpath(".//a/@href"),
    ]
    for link in links:
        address = web_address(_joined(base, str(link)) or "")
        if address:
            return address
    return None


def _time(block: Any) -> str | None:
    for value in (
        *block.xpath(".//time/@datetime"),
        *block.xpath('.//*[@itemprop="datePublished"]/@content'),
    ):
        found = to_iso(str(value))
        if found:
            return found
    times = block.xpath(".//time | .//*[contains(@class, 'date') or contains(@class, 'time')]")[:5]
    return next((found for t in times if (found := to_iso(one_line(t.text_content())))), None)


def _words_outside(body: str, blocks: Sequence[Any]) -> int:
    """The words of sentences of the body that no block holds."""
    inside = "\n".join(furniture.key(block.text_content()) for block in blocks)
    return sum(
        furniture.count_words(line)
        for line in body.splitlines()
        if furniture.count_words(line) >= 12 and furniture.key(line) not in inside
    )
