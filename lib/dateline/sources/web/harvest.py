"""Harvesting: locators on the web to articles and rejects, in the order of the locators, hosts side by side.

A feed gives its entries (with ``full``, their pages), a site's front page its feeds, an OPML file the feeds it lists, a
sitemap its newest pages, a page its article. Whatever fails is one reject that names the locator and the reason.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from pathlib import Path

from dateline.article import Article, Reject
from dateline.sources.hints import Hints

from .address import Refused, is_address, parse
from .clock import never
from .failure import Stopped
from .fetch import Client
from .memory import Memory, Visit
from .settings import WebSettings, from_environment
from .visit import Found, Task, Visitor, listed_in_opml

Items = Iterator[Article | Reject]
Progress = Callable[[str, int, int], None]
# Seconds after which a stop is noticed though no answer has come in.
_LOOK = 0.5


def harvest(
    locators: Sequence[str],
    settings: WebSettings | None = None,
    memory: Memory | None = None,
    progress: Progress | None = None,
    stop: Callable[[], bool] = never,
    *,
    source: str | None = None,
    date: str | None = None,
    columns: Mapping[str, str] | None = None,
    client: Client | None = None,
) -> Items:
    """Every article and reject of ``locators``: addresses, and OPML files on disk (other files are read as such).

    ``memory`` spares what did not change since it was last committed; what is learned now is noted as its items are
    taken, and ``memory.commit()`` is the caller's to call once they are safe. ``progress(locator, done, total)`` is
    called after each address. When ``stop()`` says so the iterator ends early; what was not read is not remembered.
    ``source``, ``date`` (ISO 8601) and ``columns`` serve as in ``sources.read``. Raises ValueError only for a ``date``
    that is none.
    """
    hints = Hints("", source, date, columns or {})
    return _harvested(
        locators, settings or from_environment(), memory, progress or _silent, stop, hints, client
    )


def _silent(locator: str, done: int, total: int) -> None:
    """The progress nobody watches."""


def _harvested(
    locators: Sequence[str],
    settings: WebSettings,
    memory: Memory | None,
    progress: Progress,
    stop: Callable[[], bool],
    hints: Hints,
    client: Client | None,
) -> Items:
    ended = _Ended(stop)
    if memory is not None:
        memory.refresh()
    own = client or Client(settings, stop=ended, hosts=memory.hosts if memory else None)
    visitor = Visitor(own, memory, hints)
    schedule = _Schedule(visitor, settings.hosts, progress, ended)
    try:
        slots = [schedule.first(locator, replace(hints, locator=locator)) for locator in locators]
        for slot in slots:
            yield from schedule.taken(slot, memory)
    except Stopped:
        return
    finally:
        ended.ended = True
        own.abort()
        schedule.close()
        if client is None:
            own.close()


@dataclass(slots=True)
class _Ended:
    """The caller's stop, or ours when the caller no longer takes anything."""

    stop: Callable[[], bool]
    ended: bool = False

    def __call__(self) -> bool:
        return self.ended or self.stop()


@dataclass(slots=True)
class _Slot:
    """A place in the order of what is given out; ``pieces`` None until it is read."""

    name: str
    task: Task | None = None
    pieces: list[Article | Reject | _Slot] | None = None
    visit: Visit | None = None
    open: bool = False
    file: Hints | None = None
    below: list[_Slot] = field(default_factory=list)


class _Schedule:
    """Which address is read when: in order, but one request a host at a time and ``workers`` hosts at once."""

    def __init__(self, visitor: Visitor, workers: int, progress: Progress, stop: Callable[[], bool]) -> None:
        self._visitor = visitor
        self._workers = workers
        self._progress = progress
        self._stop = stop
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="harvest")
        self._running: dict[Future[Found], _Slot] = {}
        # The hosts that may be asked now, and what waits for each; a host that is being asked is in neither order.
        self._ready: deque[str] = deque()
        self._waiting: dict[str, deque[_Slot]] = {}
        self._busy: set[str] = set()
        self._asked: set[str] = set()
        self._done = 0
        self._total = 0

    def close(self) -> None:
        """Let nothing new begin and wait for what runs."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def first(self, locator: str, hints: Hints) -> _Slot:
        """The slot of a locator."""
        if not is_address(locator):
            return self._local(locator, hints)
        try:
            task = Task(parse(locator), hints, locator.strip())
        except Refused as refusal:
            return _Slot(locator, pieces=[hints.reject(str(refusal))])
        return self._added(task) or _Slot(locator, pieces=[_named_before(task)])

    def _local(self, locator: str, hints: Hints) -> _Slot:
        from dateline.sources.reading import lists_feeds

        if not lists_feeds(locator):
            return _Slot(locator, pieces=[], file=hints)
        try:
            data = Path(locator).read_bytes()
        except OSError as error:
            return _Slot(
                locator, pieces=[hints.reject(f"the file cannot be read: {error.strerror or error}")]
            )
        slot = _Slot(locator)
        self._fill(slot, Found(listed_in_opml(data, hints)))
        return slot

    def _added(self, task: Task) -> _Slot | None:
        """A slot for the task; None where its address has one already."""
        if str(task.address) in self._asked:
            return None
        self._asked.add(str(task.address))
        slot = _Slot(task.hints.locator, task)
        host = task.address.host
        queue = self._waiting.setdefault(host, deque())
        if not queue and host not in self._busy:
            self._ready.append(host)
        queue.append(slot)
        self._total += 1
        return slot

    def _fill(self, slot: _Slot, found: Found) -> None:
        slot.visit, slot.open = found.visit, found.open
        slot.pieces = []
        for piece in found.pieces:
            if not isinstance(piece, Task):
                slot.pieces.append(piece)
            elif inner := self._added(piece):
                slot.pieces.append(inner)
                slot.below.append(inner)
            elif piece.entry is not None:
                # Two entries of one page: the second stands as the feed gives it.
                slot.pieces.append(piece.entry)
            else:
                slot.pieces.append(_named_before(piece))

    def taken(self, slot: _Slot, memory: Memory | None) -> Items:
        """The items of a slot and of all below it, in order; then its visit is noted."""
        if slot.file is not None:
            from dateline.sources.reading import read

            said = slot.file
            yield from read([slot.name], source=said.source, date=said.date, columns=said.columns)
            return
        while slot.pieces is None:
            self._advance()
        # What was given out is not held on to.
        pieces, slot.pieces = slot.pieces, []
        for piece in pieces:
            if isinstance(piece, _Slot):
                yield from self.taken(piece, memory)
                slot.open = slot.open or piece.open
            else:
                yield piece
        if memory is not None and slot.task is not None and slot.visit is not None and not slot.open:
            memory.note(slot.task.key, slot.visit)

    def _advance(self) -> None:
        """Begin what can begin, wait for an answer, fill the slots of those that came."""
        while self._ready and len(self._running) < self._workers:
            host = self._ready.popleft()
            slot = self._waiting[host].popleft()
            assert slot.task is not None
            self._busy.add(host)
            self._running[self._pool.submit(self._visitor.read, slot.task)] = slot
        assert self._running, "a slot that is empty is being read, or its host is"
        done, _ = wait(self._running, timeout=_LOOK, return_when=FIRST_COMPLETED)
        if self._stop():
            raise Stopped
        for future in sorted(done, key=lambda future: self._running[future].name):
            self._finish(future, self._running.pop(future))

    def _finish(self, future: Future[Found], slot: _Slot) -> None:
        assert slot.task is not None
        host = slot.task.address.host
        self._busy.discard(host)
        if self._waiting[host]:
            self._ready.append(host)
        self._done += 1
        try:
            found = future.result()
        except Stopped:
            raise
        except Exception as error:  # a reader tripped over one page; the others are still read
            reason = f"this could not be read ({type(error).__name__}); please report it"
            found = Found([slot.task.hints.reject(reason, position=slot.task.position)], open=True)
        self._fill(slot, found)
        self._progress(slot.task.position or slot.name, self._done, self._total)


def _named_before(task: Task) -> Reject:
    reason = "the same address was named before and is read once"
    return task.hints.reject(reason, position=task.position, kind="duplicate")
