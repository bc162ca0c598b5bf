"""Ingest: what was read, annotated, grouped into stories and committed to the store as one snapshot."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pandas as pd

from dateline import stories, versions
from dateline.annotate import FINDING_TABLES, frame_of
from dateline.article import SCHEMAS, Article, Reject, day_of
from dateline.engines import annotate_all, batches
from dateline.rights import Actor, local_actor, require_editor
from dateline.store import Commit, Snapshot, Store

# Articles that are held in memory before their rows are written out; a Delta file each would be slow to read.
FLUSH = 5_000

# Long columns of the mentions that say nothing about which articles belong together.
_UNREAD = frozenset({"rule", "alternatives", "surface"})

Progress = Callable[[str, int], None]


@dataclass(slots=True)
class Report:
    """What one run did. ``doubled`` articles were in the store before, or came twice in this run; ``changed`` of the
    kept ones are new versions of articles that were there.

    ``snapshot`` is the one that holds the result; None only where the store is still empty.
    """

    run: str
    read: int = 0
    kept: int = 0
    doubled: int = 0
    changed: int = 0
    rejects: list[Reject] = field(default_factory=list)
    locators: dict[str, None] = field(default_factory=dict)
    snapshot: Snapshot | None = None

    @property
    def broken(self) -> int:
        """Rejects that could not be read; boilerplate and cut-off duplicates are none."""
        return sum(reject.kind == "broken" for reject in self.rejects)

    def words(self) -> str:
        """The run in one line."""
        new = f" ({self.changed} of them a new version)" if self.changed else ""
        return (
            f"{self.read} read: {self.kept} kept{new}, {self.doubled} there before, "
            f"{len(self.rejects)} lines or items rejected ({self.broken} of them unreadable)"
        )


def ingest(
    items: Iterable[Article | Reject],
    store: Store,
    *,
    workers: int = 1,
    progress: Progress | None = None,
    actor: Actor | None = None,
    wait: float = -1,
) -> Report:
    """Read, annotate, group and commit. Nothing new means no commit; a failure means no commit either.

    ``progress`` is called with the name of the stage and the number of articles done in it. ``actor`` is whoever asks
    for it (default: whoever runs this process). Raises NotAllowed for a reader, and Busy where another process was
    still writing after ``wait`` seconds (-1: waits on).
    """
    require_editor(actor or local_actor(), "add articles")
    with store.writing(wait) as commit:
        return into(commit, items, workers=workers, progress=progress)


def into(
    commit: Commit,
    items: Iterable[Article | Reject],
    *,
    workers: int = 1,
    progress: Progress | None = None,
    beside: Mapping[str, pd.DataFrame] | None = None,
) -> Report:
    """As :func:`ingest`, into a commit that is open; ``beside`` are further rows, by table, to go with it."""
    tell = progress or (lambda stage, done: None)
    report = Report(run=uuid.uuid4().hex[:12])
    reading = versions.Reading()
    before = set(commit.known)
    for table, frame in _buffered(_annotated(items, commit, report, reading, workers, tell)):
        commit.write(table, frame)
    rejects = _new_rejects(report, commit)
    for table, frame in (beside or {}).items():
        commit.write(table, frame)
    if not report.kept and not rejects and not commit.touched:
        report.snapshot = commit.base
        return report
    report.changed = _versioned(commit, reading, commit.known - before, report.run)
    tell("Grouping into stories", len(commit.known))
    commit.write("stories", grouped(commit))
    commit.write("rejects", frame_of("rejects", rejects))
    commit.write("runs", frame_of("runs", [_run_row(report)]))
    report.snapshot = commit.publish()
    return report


def grouped(commit: Commit) -> pd.DataFrame:
    """Which article tells which story: new ones and the stories they touch are grouped anew, the others stay.

    Of an article with several versions the one that counts is grouped; it stays in the story the others were in.
    """
    articles = commit.read("articles", ["id", "title", "text", "published_on"])
    before = commit.read("stories", SCHEMAS["stories"].names)
    if commit.superseded:
        articles = articles[~articles["id"].isin(commit.superseded)].reset_index(drop=True)
        before = versions.carried(before, versions.newest_of(_pairs(commit)))
    return stories.group(
        articles,
        commit.read("mentions", [f.name for f in SCHEMAS["mentions"] if f.name not in _UNREAD]),
        commit.read("tolls", SCHEMAS["tolls"].names),
        commit.read("events", ["article", "first", "last", "topic"]),
        before,
    )


def _versioned(commit: Commit, reading: versions.Reading, fresh: set[str], run: str) -> int:
    """Note which of the fresh articles are new versions; how many."""
    if not any(id in fresh for id in reading.ids.values()):
        return 0
    articles = commit.read("articles", ["id", "source", "url", "kind"])
    pairs = versions.changed(reading, fresh, articles, commit.superseded)
    commit.write("versions", versions.rows_of(pairs, run))
    return len(pairs)


def _pairs(commit: Commit) -> Iterator[tuple[str, str]]:
    frame = commit.read("versions", ["article", "former"])
    return zip(frame["article"], frame["former"], strict=True)


def _annotated(
    items: Iterable[Article | Reject],
    commit: Commit,
    report: Report,
    reading: versions.Reading,
    workers: int,
    tell: Progress,
) -> Iterator[tuple[str, pd.DataFrame]]:
    frames = (
        pd.DataFrame([article.to_dict() for article in batch], dtype="object")
        for batch in batches(_fresh(items, commit.known, report, reading))
    )
    for articles, found in annotate_all(frames, workers=workers):
        languages = dict(zip(found["languages"]["article"], found["languages"]["language"], strict=True))
        rows: list[dict[str, Any]] = articles.to_dict("records")  # type: ignore[assignment]
        for row in rows:
            row["language"] = row["language"] or languages.get(row["id"])
            row["published_on"] = day_of(row["published"])
            row["run"] = report.run
        report.kept += len(rows)
        tell("Finding places, dates, tolls and topics", report.kept)
        yield "articles", frame_of("articles", rows)
        for table in FINDING_TABLES:
            yield table, found[table]


def _fresh(
    items: Iterable[Article | Reject], known: set[str], report: Report, reading: versions.Reading
) -> Iterator[Article]:
    """The articles that are not in the store yet; the rest is counted in the report."""
    seen: set[str] = set()
    for item in items:
        report.locators[item.locator or ""] = None
        if isinstance(item, Reject):
            report.rejects.append(item)
            continue
        report.read += 1
        reading.add(item)
        if item.id in known or item.id in seen:
            report.doubled += 1
            continue
        seen.add(item.id)
        yield item


def _buffered(parts: Iterable[tuple[str, pd.DataFrame]]) -> Iterator[tuple[str, pd.DataFrame]]:
    """The same rows in fewer, larger frames."""
    held: dict[str, list[pd.DataFrame]] = {}
    articles = 0
    for table, frame in parts:
        if table == "articles" and articles >= FLUSH:
            yield from ((t, pd.concat(frames, ignore_index=True)) for t, frames in held.items())
            held, articles = {}, 0
        articles += len(frame) if table == "articles" else 0
        held.setdefault(table, []).append(frame)
    yield from ((t, pd.concat(frames, ignore_index=True)) for t, frames in held.items())


def _new_rejects(report: Report, commit: Commit) -> list[dict[str, object]]:
    """Rows for the rejects of this run that an earlier run has not recorded already."""
    columns = ["locator", "position", "kind", "reason", "excerpt"]
    known = set(commit.read("rejects", columns).itertuples(index=False, name=None))
    rows = [{"run": report.run, **reject.to_dict()} for reject in report.rejects]
    return [row for row in rows if tuple(row[c] for c in columns) not in known]


def _run_row(report: Report) -> dict[str, object]:
    named = [locator for locator in report.locators if locator]
    more = f" and {len(named) - 5:,} more" if len(named) > 5 else ""
    return {
        "run": report.run,
        "at": datetime.now(UTC),
        "locator": ", ".join(named[:5]) + more,
        "read": report.read,
        "kept": report.kept,
        "doubled": report.doubled,
        "rejected": len(report.rejects),
    }
