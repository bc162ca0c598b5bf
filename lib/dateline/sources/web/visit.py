"""Visits: one address asked, and what its answer is: articles, rejects, or further addresses in its place."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from dateline import __version__
from dateline.article import Article, Reject, make_article
from dateline.sources import opml, sitemaps, sniff
from dateline.sources.encodings import NotText, decode
from dateline.sources.hints import Hints
from dateline.sources.outlets import country_of, name_of_address
from dateline.sources.tables import kind_of

from . import discovery
from .address import Address, Refused, is_address, parse
from .failure import Failure
from .fetch import Answer, Client, Validators
from .memory import Memory, Visit
from .robots import Robots
from .unpacking import ungzipped

FEEDS = ("feed", "jsonfeed")
# An index of sitemaps may list thousands; its newest are read.
MOST_SITEMAPS = 50
# The mark of a front page's visit whose address is that of the feed which was found for it.
_FEED_OF_HOME = "feed of the front page"
# A list may list lists: OPML in OPML, an index in an index.
_DEEPEST = 3
# What servers declare by default, whatever the page is: the page's own word counts more.
_DEFAULT_CHARSETS = frozenset({"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"})
# The parsers silence warnings while they run, which is one setting for all threads; and they share one core anyway.
_PARSING = threading.Lock()
_DECLARES = re.compile(rb"charset\s*=|<\?xml[^>]{0,80}encoding\s*=", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Task:
    """An address to be read. ``hints`` name the locator that its articles and rejects carry.

    ``role`` is ``locator`` (the user named it), ``listed`` (a feed that a list or a home page names) or ``page`` (of a
    feed or sitemap; ``entry`` is what the feed says of it). ``key`` is what memory knows it by, ``mark`` stands for
    the state of the entry that lists it, ``position`` goes into its rejects.
    """

    address: Address
    hints: Hints
    key: str
    role: str = "locator"
    depth: int = 0
    position: str = ""
    mark: str = ""
    entry: Article | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """``pieces`` in their order, and the ``visit`` that is remembered once all of them are taken.

    A failure that may pass leaves it ``open``, as it does what lists it: the whole is asked for again next time.
    """

    pieces: list[Article | Reject | Task] = field(default_factory=list)
    visit: Visit | None = None
    open: bool = False


class Visitor:
    """Reads tasks with one client, its robots.txt gate and a memory."""

    def __init__(self, client: Client, memory: Memory | None, hints: Hints) -> None:
        self._client = client
        self._memory = memory
        self._robots = Robots(client, memory.robots if memory else None)
        self._settings = client.settings
        said = (hints.source or "", hints.date or "", sorted(hints.columns.items()))
        self._how = f"{__version__} full={self._settings.full} {said}"

    def read(self, task: Task) -> Found:
        """What an address holds; a failure is a reject, and the entry of a feed stands in for its page."""
        known = self._known(task.key) if task.role != "page" else None
        try:
            answer = self._get(task.address, known)
            if answer.unchanged:
                return Found()
            return self._answered(task, answer)
        except Failure as failure:
            return _failed(task, failure)

    def _get(self, address: Address, known: Visit | None = None) -> Answer:
        validators = {known.address: known.validators} if known else {}
        return self._client.get(address, self._robots.gate, known=validators)

    def _known(self, key: str) -> Visit | None:
        return self._memory.visit(key, self._how) if self._memory else None

    def _visit(self, answer: Answer, mark: str = "") -> Visit:
        said: Validators = answer.validators
        return Visit(str(answer.address), self._how, said.etag, said.modified, mark)

    def _answered(self, task: Task, answer: Answer) -> Found:
        answer = replace(answer, body=ungzipped(answer.body, self._settings.max_bytes))
        if not answer.body.strip():
            raise Failure("form", "the answer is empty")
        try:
            text = _decoded(answer)
        except NotText:
            return self._as_file(task, answer)
        form = sniff.form_of(text, answer.address.path)
        if form == "opml" and task.role != "page":
            return self._opml(task, answer)
        if form == "sitemap" and task.role != "page":
            return self._sitemap(task, answer)
        if form in FEEDS and task.role != "page":
            return self._feed(task, answer, text, form)
        if form == "page":
            return self._page(task, answer, text)
        return self._as_file(task, answer)

    def _as_file(self, task: Task, answer: Answer) -> Found:
        """A table, an archive, a dump: read as the file of this name would be."""
        from dateline.sources.reading import read_bytes

        hints = task.hints
        with _PARSING:
            said: dict[str, Any] = {"source": hints.source, "date": hints.date, "columns": hints.columns}
            items = read_bytes(hints.locator, answer.body, **said)
            pieces = _positioned(items, task.position)
        return Found(_instead(task, pieces), self._visit(answer, task.mark))

    def _feed(self, task: Task, answer: Answer, text: str, form: str) -> Found:
        pieces: list[Article | Reject | Task] = []
        for item in _feed_items(answer, text, form, task.hints):
            piece: Article | Reject | Task | None = _placed(item, answer.address)
            if self._settings.full and isinstance(piece, Article):
                piece = self._page_of(piece, task)
            if piece is not None:
                pieces.append(piece)
        return Found(pieces, self._visit(answer))

    def _page_of(self, entry: Article, task: Task) -> Task | Article | None:
        """The page of a feed's entry; the entry itself where it has none; None where it was read before."""
        if not entry.url or not is_address(entry.url):
            return entry
        try:
            address = parse(entry.url)
        except Refused:
            return entry
        # The entry as the feed gives it: its id stands for outlet, address, title and text.
        mark = f"{entry.id} {entry.published or ''}"
        key = f"{task.key} {address}"
        known = self._known(key)
        if known and known.mark == mark:
            return None
        return Task(address, task.hints, key, "page", task.depth + 1, str(address), mark, entry)

    def _opml(self, task: Task, answer: Answer) -> Found:
        return Found(listed_in_opml(answer.body, task.hints, task.depth))

    def _sitemap(self, task: Task, answer: Answer) -> Found:
        """The newest pages of a sitemap, or of all the sitemaps an index lists."""
        rejects: list[Reject] = []
        found = sitemaps.read_sitemap(answer.body)
        pages, spoiled = list(found.pages), False
        rejects += (problem.reject(task.hints) for problem in found.problems)
        seen = {str(answer.address)}
        for address in self._chosen(found.sitemaps, task, rejects):
            spoiled = self._below(address, task, seen, pages, rejects, 1) or spoiled
        newest = sorted(pages, key=lambda page: page.changed or page.published or "", reverse=True)
        chosen = list({page.address: page for page in newest}.values())
        if len(chosen) > self._settings.pages:
            reason = f"only the newest {self._settings.pages} of its {len(chosen)} pages are read"
            rejects.append(task.hints.reject(reason, kind="boilerplate"))
        pieces: list[Article | Reject | Task] = [
            piece
            for page in chosen[: self._settings.pages]
            if (piece := self._listed_page(page, task)) is not None
        ]
        single = None if found.sitemaps else self._visit(answer)
        return Found([*pieces, *rejects], single, open=spoiled)

    def _below(
        self,
        written: str,
        task: Task,
        seen: set[str],
        pages: list[sitemaps.ListedPage],
        rejects: list[Reject],
        depth: int,
    ) -> bool:
        """Add the pages of one sitemap of an index; whether something failed that may pass."""
        try:
            address = parse(written)
            if str(address) in seen:
                return False
            seen.add(str(address))
            if depth > _DEEPEST or len(seen) > MOST_SITEMAPS + 1:
                raise Failure("form", "sitemaps lie too deep in each other to be followed")
            found = sitemaps.read_sitemap(ungzipped(self._get(address).body, self._settings.max_bytes))
        except (Failure, Refused) as failure:
            rejects.append(task.hints.reject(str(failure), position=written[:300]))
            return isinstance(failure, Failure) and failure.passing
        pages += found.pages
        rejects += (replace(p.reject(task.hints), position=f"{address} {p.position}") for p in found.problems)
        spoiled = False
        for inner in found.sitemaps:
            spoiled = self._below(inner, task, seen, pages, rejects, depth + 1) or spoiled
        return spoiled

    def _chosen(self, addresses: list[str], task: Task, rejects: list[Reject]) -> list[str]:
        """The sitemaps of an index that are read: news first, then by the numbers in their names, highest first."""
        if len(addresses) > MOST_SITEMAPS:
            reason = f"only {MOST_SITEMAPS} of its {len(addresses)} sitemaps are read"
            rejects.append(task.hints.reject(reason, kind="boilerplate"))

        def rank(address: str) -> tuple[bool, list[int]]:
            numbers = [int(digits[:9]) for digits in re.findall(r"\d+", address)]
            return "news" in address.lower(), numbers

        return sorted(addresses, key=rank, reverse=True)[:MOST_SITEMAPS]

    def _listed_page(self, page: sitemaps.ListedPage, task: Task) -> Task | Reject | None:
        try:
            address = parse(page.address)
        except Refused as refusal:
            return task.hints.reject(str(refusal), position=page.address[:300])
        mark = f"{page.changed or ''} {page.published or ''} {page.title or ''}"
        key = f"{task.key} {address}"
        known = self._known(key)
        if known and known.mark == mark:
            return None
        hints = replace(task.hints, date=page.published or task.hints.date)
        return Task(address, hints, key, "page", task.depth + 1, str(address), mark)

    def _page(self, task: Task, answer: Answer, text: str) -> Found:
        if task.role == "listed":
            return _moved_feed(task, answer, text)
        if task.role == "locator" and discovery.is_home(answer.address):
            found = self._home(task, answer, text)
            if found is not None:
                return found
        items = [
            _placed(item, answer.address)
            for item in _items("page", text, answer.body, replace(task.hints, url=str(answer.address)))
        ]
        pieces = _positioned(items, task.position)
        if task.role == "locator" and not any(isinstance(piece, Article) for piece in pieces):
            feeds = _tasks(discovery.linked_feeds(text, answer.address), task)
            if feeds:
                return Found(list(feeds))
        return Found(_instead(task, pieces), self._visit(answer, task.mark))

    def _home(self, task: Task, answer: Answer, text: str) -> Found | None:
        """The feeds of a site in place of its front page; None where it has none."""
        linked = _tasks(discovery.linked_feeds(text, answer.address), task)
        if linked:
            return Found(list(linked))
        known = self._known(task.key)
        found_before = [parse(known.address)] if known and known.mark == _FEED_OF_HOME else []
        for address in dict.fromkeys((*found_before, *discovery.common_feeds(answer.address))):
            try:
                feed = self._get(address, known)
                if feed.unchanged:
                    return Found()
                feed = replace(feed, body=ungzipped(feed.body, self._settings.max_bytes))
                words = _decoded(feed)
            except (Failure, NotText):
                continue
            form = sniff.form_of(words, feed.address.path)
            if form in FEEDS:
                (listed,) = _tasks([address], task)
                return replace(self._feed(listed, feed, words, form), visit=self._visit(feed, _FEED_OF_HOME))
        return None


def listed_in_opml(data: bytes, hints: Hints, depth: int = 0) -> list[Article | Reject | Task]:
    """The feeds of an OPML file as tasks, each its own locator, and what could not be one."""
    if depth >= _DEEPEST:
        return [hints.reject("lists of feeds lie too deep in each other to be followed")]
    entries, problems = opml.read_opml(data)
    pieces: list[Article | Reject | Task] = []
    for entry in entries:
        inner = replace(hints, locator=entry.address)
        try:
            pieces.append(Task(parse(entry.address), inner, entry.address, "listed", depth + 1))
        except Refused as refusal:
            pieces.append(inner.reject(str(refusal)))
    return [*pieces, *(problem.reject(hints) for problem in problems)]


def _moved_feed(task: Task, answer: Answer, text: str) -> Found:
    """A page where a list names a feed: the feeds it links, else nothing of it, since it may be anybody's by now."""
    feeds = discovery.linked_feeds(text, answer.address) if task.depth < _DEEPEST else []
    if not feeds:
        raise Failure("form", "a feed is listed here, but this is a page")
    return Found(list(_tasks(feeds, task)))


def _tasks(addresses: Iterable[Address], task: Task) -> list[Task]:
    """Tasks for the feeds of a site, each its own locator."""
    return [
        Task(address, replace(task.hints, locator=str(address)), str(address), "listed", task.depth + 1)
        for address in addresses
    ]


def _failed(task: Task, failure: Failure) -> Found:
    reject = task.hints.reject(str(failure), position=task.position)
    return Found([task.entry, reject] if task.entry else [reject], open=failure.passing)


def _instead(task: Task, pieces: list[Article | Reject]) -> list[Article | Reject | Task]:
    """The pieces of a page, or for an entry of a feed the one article made of both."""
    if task.entry is None:
        return list(pieces)
    articles = [piece for piece in pieces if isinstance(piece, Article)]
    if not articles:
        return [task.entry, *(piece for piece in pieces if isinstance(piece, Reject))]
    # A page that falls into several articles is a listing, unless one of them bears the entry's title.
    titled = [article for article in articles if _same_title(article.title, task.entry.title)]
    own = max(titled or articles, key=lambda article: len(article.text))
    if (len(articles) > 1 and not titled) or len(own.text) <= len(task.entry.text):
        return [task.entry]
    if not _tells_of(own, task.entry.title):
        reason = "the page does not tell of what the entry's title says; the feed's text is kept"
        return [task.entry, task.hints.reject(reason, position=task.position, excerpt=own.text)]
    return [_joined(task.entry, own)]


def _tells_of(page: Article, title: str) -> bool:
    """Whether a page is about the title it is listed under: a wall of consent or a "not found" is longer than a teaser.

    A third of the title's longer words suffices, as whole words or as the stems of inflected ones.
    """
    wanted = {word[:5] for word in re.findall(r"\w{4,}", title.casefold())}
    there = {word[:5] for word in re.findall(r"\w{4,}", f"{page.title} {page.text}".casefold())}
    return len(wanted) < 3 or 3 * len(wanted & there) >= len(wanted)


def _same_title(one: str, other: str) -> bool:
    """Whether two titles are the same but for case, marks and an outlet's name before or after."""
    first, second = (" ".join(re.findall(r"\w+", title.casefold())) for title in (one, other))
    return bool(first and second) and (first in second or second in first)


def _joined(entry: Article, page: Article) -> Article:
    """The page's full text under the feed's title, address and time."""
    return make_article(
        page.text,
        title=entry.title or page.title,
        kind=kind_of(page.text, entry.title or page.title),
        url=entry.url,
        source=entry.source or page.source,
        source_country=entry.source_country or page.source_country,
        published=entry.published or page.published,
        language=entry.language or page.language,
        locator=entry.locator,
    )


def _positioned(items: Iterable[Article | Reject], position: str) -> list[Article | Reject]:
    """The items, their rejects saying of which page of the locator they are."""
    if not position:
        return list(items)
    return [
        replace(item, position=f"{position} {item.position}".strip()) if isinstance(item, Reject) else item
        for item in items
    ]


def _placed(item: Article | Reject, page: Address) -> Article | Reject:
    """An article with its address made whole: the page's own where it names none, relative ones from there."""
    if isinstance(item, Reject):
        return item
    url = item.url or str(page)
    if not is_address(url):
        try:
            url = str(page.joined(url))
        except Refused:
            url = ""
    if url == item.url:
        return item
    source = item.source or name_of_address(url)
    return make_article(
        item.text,
        title=item.title,
        kind=item.kind,
        url=url or None,
        source=source,
        source_country=item.source_country or country_of(source, url),
        published=item.published,
        language=item.language,
        locator=item.locator,
    )


def _decoded(answer: Answer) -> str:
    """The characters of an answer; the declared charset serves where neither a mark nor UTF-8 fits. Raises NotText."""
    return decode(answer.body, declared=_declared(answer)).text


def _declared(answer: Answer) -> str | None:
    if answer.charset in _DEFAULT_CHARSETS and _DECLARES.search(answer.body[:4096]):
        return None
    return answer.charset or None


def _feed_items(answer: Answer, text: str, form: str, hints: Hints) -> list[Article | Reject]:
    body = answer.body
    if _declared(answer) and not _DECLARES.search(body[:4096]):
        # The feed says its encoding only in the header, which its parser does not see.
        body = text.encode("utf-8", "replace")
    return _items(form, text, body, hints)


def _items(form: str, text: str, body: bytes, hints: Hints) -> list[Article | Reject]:
    from dateline.sources.reading import FORM_READERS

    with _PARSING:
        return list(FORM_READERS[form](text, body, hints))
