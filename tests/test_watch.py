"""Watching: one commit a round, no drift, no failure that ends it, and two at once that do no harm."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from dateline.filters import Filters
from dateline.query import Atlas
from dateline.rights import Actor, NotAllowed
from dateline.sources.web import WebSettings
from dateline.store import Store
from dateline.upkeep import check
from dateline.watch import Round, Watch, seconds
from tests.sources.web import texts
from tests.sources.web.server import Site, answer
from tests.upkeep.atlas import grown, newest

SETTINGS = WebSettings(allow_private=True, delay=0, retries=0)


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()


class Time:
    """A clock that moves only when someone waits, or when told to; it keeps the waits."""

    def __init__(self) -> None:
        self.at = 5_000.0
        self.waits: list[float] = []

    def clock(self) -> float:
        return self.at

    def wait(self, left: float) -> None:
        self.waits.append(left)
        self.at += left


def feed(*numbers: int, words: str = "") -> bytes:
    entries = [(f"Flood near village {n}", f"https://valleypost.example/{n}") for n in numbers]
    return answer(
        texts.rss(*entries, text=f"Floods killed 3 people in Safi, Morocco, officials said. {words}")
    )


def watching(site: Site, store: Store, *paths: str, time: Time | None = None, **said: object) -> Watch:
    clock = time or Time()
    watch = Watch(
        [site.url(path) for path in paths], store, 900.0, SETTINGS, clock=clock.clock, wait=clock.wait
    )
    for name, value in said.items():
        setattr(watch, name, value)
    return watch


@pytest.mark.parametrize(
    ("written", "expected"),
    [("90s", 90), ("15m", 900), ("2h", 7200), ("1d", 86400), ("30", 30), (" 1.5M ", 90)],
)
def test_times_as_people_write_them(written: str, expected: float) -> None:
    assert seconds(written) == expected


@pytest.mark.parametrize("written", ["", "0", "soon", "-5m", "15 m m", "99d", "0.5s", "1e3", "١٥m"])
def test_times_that_are_none_are_said(written: str) -> None:
    with pytest.raises(ValueError, match="write 90s, 15m or 2h"):
        seconds(written)


def test_a_round_with_news_commits_once_and_one_without_not_at_all(site: Site, tmp_path: Path) -> None:
    store = Store(tmp_path)
    site["/feed"] = [feed(1, 2), feed(1, 2), feed(1, 2, 3)]
    first, second, third = watching(site, store, "/feed").rounds(3)
    assert [s.articles for s in store.snapshots()] == [2, 3]
    assert [r.committed for r in (first, second, third)] == [True, False, True]
    assert first.words().startswith("round 1: 2 new articles in ")
    assert "nothing new" in second.words()
    assert store.latest().name in third.words()  # type: ignore[union-attr]


def test_a_change_of_an_article_is_a_version(site: Site, tmp_path: Path) -> None:
    store = Store(tmp_path)
    site["/feed"] = [feed(1), feed(1, words="The toll may rise.")]
    *_, last = watching(site, store, "/feed").rounds(2)
    assert "1 new article, 1 of them changed" in last.words()
    assert newest(store).articles == 1
    article = Atlas(newest(store)).articles(Filters())["id"][0]
    assert len(Atlas(newest(store)).history(article)) == 2


def test_one_feed_that_fails_does_not_stop_the_others(site: Site, tmp_path: Path) -> None:
    store = Store(tmp_path)
    site["/good"] = feed(1)
    rounds = list(watching(site, store, "/gone", "/good").rounds(3))
    assert all(r.report is not None for r in rounds)
    assert "1 could not be read" in rounds[0].words()
    # The same failure once more is nothing new.
    assert [r.committed for r in rounds] == [True, False, False]


def test_rounds_start_at_fixed_times_and_late_ones_are_left_out(site: Site, tmp_path: Path) -> None:
    clock = Time()
    site["/feed"] = feed(1)
    watch = watching(site, Store(tmp_path), "/feed", time=clock)
    starts, took = [], iter([100.0, 899.0, 2000.0, 0.0, 0.0])
    rounds = []
    for done in watch.rounds(5):
        starts.append(clock.at)
        clock.at += next(took)
        rounds.append(done)
    assert starts == [5000.0, 5900.0, 6800.0, 9500.0, 10400.0]
    assert [r.late for r in rounds] == [0, 0, 0, 2, 0]
    assert "2 starts left out" in rounds[3].words()


def test_a_store_that_is_busy_leaves_the_round_out_and_the_next_reads_it(site: Site, tmp_path: Path) -> None:
    store = grown(tmp_path, 1)
    site["/feed"] = feed(1)
    watch = watching(site, store, "/feed", patience=0.1)
    rounds = watch.rounds(2)
    with FileLock(tmp_path / "lock"):
        found = next(rounds)
    assert found.words().startswith("round 1: left out")
    assert "another process" in found.words()
    assert next(rounds).committed
    assert newest(store).articles == 2


def test_a_store_that_cannot_be_written_does_not_end_the_watch(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dateline.store import commit

    site["/feed"] = feed(1)
    store = grown(tmp_path, 1)
    rounds = watching(site, store, "/feed").rounds(2)

    def full(*given: object, **named: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(commit, "write_deltalake", full)
        assert "No space left" in next(rounds).words()
    assert next(rounds).committed
    assert check(tmp_path).faults == []


def test_a_fault_of_our_own_is_said_and_the_watch_goes_on(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site["/feed"] = feed(1)
    rounds = watching(site, Store(tmp_path), "/feed").rounds(2)
    with monkeypatch.context() as patch:
        patch.setattr("dateline.watch.ingest", lambda *given, **named: 1 / 0)
        assert "ZeroDivisionError" in next(rounds).words()
    assert next(rounds).committed


def test_two_watches_of_the_same_addresses_read_once(site: Site, tmp_path: Path) -> None:
    store = Store(tmp_path)
    entered, go = threading.Event(), threading.Event()

    def slow(request: object, wire: object) -> None:
        entered.set()
        go.wait(30)
        wire.sendall(feed(1))  # type: ignore[attr-defined]

    site["/feed"] = [slow, feed(1)]
    found: list[Round] = []
    one = threading.Thread(target=lambda: found.extend(watching(site, store, "/feed").rounds(1)))
    one.start()
    assert entered.wait(30)
    (second,) = watching(site, store, "/feed").rounds(1)
    go.set()
    one.join(60)
    assert "another watch" in second.words()
    assert found[0].committed
    assert site.targets() == ["/feed"]
    assert newest(store).articles == 1


def test_watches_of_different_addresses_and_ten_readers_at_once(site: Site, tmp_path: Path) -> None:
    store = grown(tmp_path, 2, start=500)
    paths = ["/a", "/b"]
    for number, path in enumerate(paths):
        at = 100 * number
        site[path] = [feed(*range(at, at + n)) for n in (2, 3, 4)]
    ended = threading.Event()
    seen: list[list[int]] = [[] for _ in range(10)]
    wrong: list[object] = []

    def look(counts: list[int]) -> None:
        while not ended.is_set():
            try:
                snapshot = newest(Store(tmp_path))
                atlas = Atlas(snapshot)
                counted = atlas.counts(Filters())
                if counted.total != snapshot.articles or len(snapshot.frame("stories")) != snapshot.articles:
                    wrong.append((counted, snapshot))
                counts.append(counted.total)
            except Exception as error:
                wrong.append(error)
            time.sleep(0.05)

    readers = [threading.Thread(target=look, args=(counts,)) for counts in seen]
    writers = [
        threading.Thread(target=lambda p=path: list(watching(site, store, p).rounds(3)))  # type: ignore[misc]
        for path in paths
    ]
    for thread in (*readers, *writers):
        thread.start()
    for thread in writers:
        thread.join(240)
    ended.set()
    for thread in readers:
        thread.join(60)
    assert wrong == []
    assert newest(store).articles == 2 + 8
    # What a reader sees only grows: no half commit, no step back.
    assert all(counts == sorted(counts) and counts for counts in seen)
    assert check(tmp_path).faults == []


def test_a_stop_while_fetching_commits_and_remembers_nothing(site: Site, tmp_path: Path) -> None:
    store = grown(tmp_path, 1)
    before = newest(store)
    stop = threading.Event()

    def slow(request: object, wire: object) -> None:
        stop.set()
        wire.sendall(feed(1))  # type: ignore[attr-defined]

    site["/feed"] = [slow, feed(1)]
    assert list(watching(site, store, "/feed", stop=stop.is_set).rounds()) == []
    assert newest(store) == before
    assert next(watching(site, store, "/feed").rounds(1)).committed


def test_a_reader_may_not_watch(site: Site, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        next(watching(site, Store(tmp_path), "/feed", actor=Actor("reader", "reader")).rounds(1))
    assert site.asked == []


def command(*arguments: object) -> list[str]:
    return [
        sys.executable,
        "-m",
        "dateline",
        "watch",
        *map(str, arguments),
        "--allow-private",
        "--delay",
        "0",
    ]


def test_the_command_says_a_line_a_round(site: Site, tmp_path: Path) -> None:
    site["/feed"] = feed(1)
    opml = tmp_path / "feeds.opml"
    opml.write_text(texts.opml(site.url("/feed"), site.url("/gone")))
    done = subprocess.run(
        command(opml, "--every", "1s", "--rounds", 2, "--store", tmp_path / "atlas"),
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    first, second = done.stdout.splitlines()
    assert "1 new article" in first
    assert "nothing new" in second
    assert "404" in done.stderr


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_the_command_ends_cleanly_between_rounds(site: Site, tmp_path: Path, sign: signal.Signals) -> None:
    site["/feed"] = feed(1)
    process = subprocess.Popen(
        command(site.url("/feed"), "--every", "1h", "--store", tmp_path / "atlas"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        assert process.stdout is not None
        assert "1 new article" in process.stdout.readline()
        process.send_signal(sign)
        _, errors = process.communicate(timeout=120)
    finally:
        process.kill()
    assert process.returncode == 0
    assert "stopped after 1 round; the atlas is whole" in errors
    state = check(tmp_path / "atlas")
    assert (state.faults, state.leftovers) == ([], [])


def test_what_cannot_be_watched_is_one_line(tmp_path: Path) -> None:
    for arguments in (["articles.jsonl"], ["https://valleypost.example/feed", "--every", "soon"]):
        done = subprocess.run(
            command(*arguments, "--store", tmp_path / "atlas"), capture_output=True, text=True, timeout=240
        )
        assert done.returncode == 2
        assert len(done.stderr.splitlines()) == 1
