"""Any order of readings, dead commits, compactions, vacuums, damage and repairs keeps what was committed."""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from dateline.article import Article, make_article
from dateline.ingest import ingest, into
from dateline.query import Atlas
from dateline.store import Snapshot, Store
from dateline.upkeep import check, compact, repair, vacuum

from .atlas import ids, newest


class Died(Exception):
    """What a kill is to this process: nothing after it runs."""


def article(number: int, version: int) -> Article:
    return make_article(
        f"Floods killed {version + 2} people in Safi, officials said.",
        title=f"Village {number}",
        url=f"https://valleypost.example/{number}",
        source="Valley Post",
        published="2025-12-29",
    )


class Stores(RuleBasedStateMachine):
    """The model: the ids that were committed, and for each address the one that counts."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.store = Store(self.folder / "atlas")
        self.known: set[str] = set()
        self.current: dict[int, str] = {}
        self.open: tuple[Atlas, Snapshot] | None = None
        self.whole = True

    def teardown(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def _items(self, numbers: list[int], version: int) -> list[Article]:
        return [article(n, version) for n in sorted(set(numbers))]

    @precondition(lambda self: self.whole)
    @rule(numbers=st.lists(st.integers(0, 6), min_size=1, max_size=4), version=st.integers(0, 3))
    def read(self, numbers: list[int], version: int) -> None:
        items = self._items(numbers, version)
        ingest(items, self.store)
        for number, item in zip(sorted(set(numbers)), items, strict=True):
            if item.id not in self.known:
                self.current[number] = item.id
        self.known.update(item.id for item in items)

    @precondition(lambda self: self.whole)
    @rule(number=st.integers(0, 6), after=st.sampled_from(["articles", "events", "stories", "runs"]))
    def die(self, number: int, after: str) -> None:
        with pytest.raises(Died), self.store.writing() as commit:
            write = commit.write

            def dying(table: str, frame: object) -> None:
                write(table, frame)  # type: ignore[arg-type]
                if table == after:
                    raise Died

            commit.write = dying  # type: ignore[method-assign]
            into(commit, [article(number, 9)])
            raise Died

    @precondition(lambda self: self.whole and self.known)
    @rule()
    def put_together(self) -> None:
        compact(self.store)

    @precondition(lambda self: self.whole and self.known)
    @rule(keep=st.integers(1, 4))
    def take_away(self, keep: int) -> None:
        vacuum(self.store, keep=keep, keep_days=0, now=lambda: datetime.now(UTC) + timedelta(days=1))

    @precondition(lambda self: self.whole and self.known and self.open is None)
    @rule()
    def look(self) -> None:
        snapshot = newest(self.store)
        self.open = (Atlas(snapshot), snapshot)

    @precondition(lambda self: self.open is not None)
    @rule()
    def look_again(self) -> None:
        assert self.open is not None
        atlas, snapshot = self.open
        # It still reads texts from its files, whatever happened to the store since.
        for name in list(self.known)[:3]:
            atlas.article(name)
        assert len(atlas.history(next(iter(self.known)))) >= 0
        assert snapshot.path.exists()
        self.open = None

    @precondition(lambda self: self.whole and len(self.known) > 2 and self.open is None)
    @rule(table=st.sampled_from(["mentions", "events", "stories", "runs"]))
    def harm_and_repair(self, table: str) -> None:
        path = Path(newest(self.store).files(table)[-1])
        path.write_bytes(path.read_bytes()[:-9])
        assert check(self.store.folder).faults
        repair(self.store.folder)

    @invariant()
    def nothing_is_lost_or_doubled(self) -> None:
        if not self.store.folder.exists() or not self.known:
            return
        assert check(self.store.folder).faults == []
        assert ids(self.store) == sorted(self.known)
        snapshot = newest(self.store)
        assert snapshot.articles == len(self.current)
        assert self.known - snapshot.superseded() == set(self.current.values())


Stores.TestCase.settings = settings(
    max_examples=4,
    stateful_step_count=10,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
TestStores = pytest.mark.slow(Stores.TestCase)
