"""Repair: a store brought back to whole, saying what was done; nothing that can be read is lost.

The newest whole snapshot is gone back to. The articles of newer, damaged ones that can still be read are saved first
(``damaged/rescued-N``) and read in again: their findings are found anew. So a repair that is killed is simply run
again. Whatever is damaged is put aside under ``damaged``, never removed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from deltalake import DeltaTable
from deltalake.exceptions import DeltaError

from dateline.annotate import frame_of
from dateline.article import SCHEMAS, Article
from dateline.engines import annotate_all
from dateline.ingest import grouped, into
from dateline.rights import Actor, local_actor, require_editor
from dateline.store import Commit, Snapshot, Store, StoreError, fitted
from dateline.store.commit import HOOKS, PROPERTIES, writes
from dateline.store.files import put_aside, write_new
from dateline.store.formats import FORMAT, MARK

from .check import OF_ARTICLES, State, Tell, check, unfinished

# What cannot be found anew from the articles: it is saved row by row. `stories` keeps the names that links use.
KEPT: Final = ("articles", "versions", "corrections", "rejects", "runs", "stories")
_MERGED: Final = "merged"


def repair(folder: Path, *, actor: Actor | None = None, tell: Tell | None = None) -> list[str]:
    """What was done, a line each; empty where nothing had to be. Raises StoreError as :func:`check` does."""
    require_editor(actor or local_actor(), "repair this atlas")
    said: list[str] = []
    state = check(folder, tell)
    with writes(folder):
        _mark(folder, state, said)
    store = Store(folder)
    with store.locked(), writes(folder):
        # Looked at once more, now that nobody else writes.
        state = check(folder, tell)
        _set_back(store, state, said)
        for path in unfinished(folder):
            path.unlink()
            said.append(f"{path}: removed; a process that ended was writing it")
    for line in state.leftovers:
        if "never ended" in line:
            said.append(line.replace("the next writing takes it back", "taken back"))
    with store.writing() as commit:
        _merge(store.folder, commit, said, tell)
    with store.writing() as commit:
        _mend(commit, said)
    return said


def _mark(folder: Path, state: State, said: list[str]) -> None:
    """Write store.json anew where it says nothing."""
    if not any(fault.kind == "format" for fault in state.faults):
        return
    mark = folder / MARK
    if mark.exists():
        put_aside(folder, mark)
    found = FORMAT if any((folder / "sums").glob("*.json")) else 1
    write_new(mark, {"format": found})
    said.append(f"{mark}: written anew, as format {found}")


def _set_back(store: Store, state: State, said: list[str]) -> None:
    """Save what can be read of the damaged snapshots, put them aside, and leave the tables at the last whole one."""
    folder = store.folder
    last = max(state.whole, default=0)
    by_number = {s.number: s for s in _told(store, state)}
    newer = [by_number[n] for n in sorted(state.broken) if n > last]
    lost = [path for path in state.unreadable if int(path.stem) > last]
    if newer or lost or (not last and any((folder / "sums").glob("*.json"))):
        _rescue(folder, newer[-1] if newer and not lost else None, last, said)
    for path in [*state.unreadable, *(by_number[n].path for n in state.broken)]:
        goal = put_aside(folder, path)
        said.append(f"{path}: put aside as {goal.relative_to(folder)}")
    for fault in state.faults:
        if fault.kind == "file":
            damaged = Path(fault.words.split(": ", 1)[0])
            if damaged.exists():
                goal = put_aside(folder, damaged)
                said.append(f"{damaged}: put aside as {goal.relative_to(folder)}")
    _tables_back(folder, by_number.get(last), said)
    if newer or lost:
        said.append(f"went back to snapshot {last}" if last else "no snapshot was whole; began anew")


def _told(store: Store, state: State) -> Iterator[Snapshot]:
    for path in store.paths():
        if path not in state.unreadable:
            yield store.opened(path)


def _rescue(folder: Path, damaged: Snapshot | None, last: int, said: list[str]) -> None:
    """Copy every row that can be read of the tables that cannot be found anew."""
    number = max(
        [last, *(int(p.stem) for p in (folder / "snapshots").glob("[0-9]*.json") if p.stem.isdigit())]
    )
    goal = folder / "damaged" / f"rescued-{number}"
    rows: dict[str, pa.Table] = {}
    for table in KEPT:
        parts = []
        for path in _paths(folder, damaged, table):
            try:
                parts.append(fitted(pq.read_table(path), SCHEMAS[table]))
            except (OSError, pa.ArrowException):
                # It is one of the faults the check has told already.
                continue
        if parts:
            rows[table] = pa.concat_tables(parts)
    if not rows:
        return
    goal.mkdir(parents=True, exist_ok=True)
    for table, found in rows.items():
        pq.write_table(found, goal / f"{table}.parquet", compression="zstd")
    (goal / _MERGED).unlink(missing_ok=True)
    count = len(rows["articles"]) if "articles" in rows else 0
    said.append(f"{goal}: {count:,} articles saved from what could be read")


def _paths(folder: Path, damaged: Snapshot | None, table: str) -> list[Path]:
    """The files of a table in a damaged snapshot; all there are, where nothing says which."""
    place = folder / "tables" / table
    if damaged is not None:
        try:
            return [Path(path) for path in damaged.files(table)]
        except StoreError:
            pass
    files = sorted(place.glob("*.parquet"), key=lambda p: p.stat().st_mtime_ns)
    # `stories` is written as a whole by each commit: the last file says all.
    return files[-1:] if table == "stories" else files


def _tables_back(folder: Path, last: Snapshot | None, said: list[str]) -> None:
    """Where a table's newer log cannot be read, put these entries aside; without a whole snapshot, the tables."""
    for place in sorted((folder / "tables").glob("*")):
        version = last.tables.get(place.name) if last else None
        if version is None:
            if last is None and any((folder / "sums").glob("*.json")):
                said.append(f"{place}: put aside as {put_aside(folder, place).relative_to(folder)}")
            continue
        try:
            table = DeltaTable(place)
            if table.version() != version:
                table.restore(version, commit_properties=PROPERTIES, post_commithook_properties=HOOKS)
        except (OSError, DeltaError):
            entries = [*(place / "_delta_log").glob("[0-9]*"), place / "_delta_log" / "_last_checkpoint"]
            for path in entries:
                newer = not path.name[:20].isdigit() or int(path.name[:20]) > version
                if newer and path.exists():
                    put_aside(folder, path)
            said.append(f"{place}: its log was cut back to version {version}")


def _merge(folder: Path, commit: Commit, said: list[str], tell: Tell | None) -> None:
    """Read in again what was rescued and is not there."""
    for goal in sorted((folder / "damaged").glob("rescued-*"), key=lambda p: int(p.name.rpartition("-")[2])):
        if (goal / _MERGED).exists() or commit.touched:
            continue
        rows = {
            path.stem: pq.read_table(path).to_pandas(types_mapper=pd.ArrowDtype)
            for path in goal.glob("*.parquet")
        }
        articles = list(_articles(rows.pop("articles", frame_of("articles", []))))
        stories = rows.pop("stories", None)
        beside = {
            table: fresh for table, frame in rows.items() if len(fresh := _absent(commit, table, frame))
        }
        if commit.base is None and stories is not None:
            beside["stories"] = stories
        missing = [article for article in articles if article.id not in commit.known]
        if missing or beside:
            report = into(commit, missing, beside=beside, progress=tell)
            said.append(f"{goal}: {report.kept:,} articles read in again, their findings found anew")
        with writes(goal):
            (goal / _MERGED).touch()


def _articles(frame: pd.DataFrame) -> Iterator[Article]:
    names = [field.name for field in fields(Article)]
    seen = set()
    for row in frame[names].itertuples(index=False, name=None):
        values: dict[str, Any] = {n: None if pd.isna(v) else v for n, v in zip(names, row, strict=True)}
        if values["id"] and values["id"] not in seen:
            seen.add(values["id"])
            yield Article(**{**values, "title": values["title"] or "", "text": values["text"] or ""})


def _absent(commit: Commit, table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The rows that the table lacks, each once."""
    names = SCHEMAS[table].names
    known = set(map(_row, commit.read(table, names).itertuples(index=False, name=None)))
    kept = []
    for row in frame[names].itertuples(index=False, name=None):
        key = _row(row)
        kept.append(key not in known)
        known.add(key)
    return frame[kept].reset_index(drop=True)


def _row(values: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(None if pd.isna(value) else value for value in values)


def _mend(commit: Commit, said: list[str]) -> None:
    """Rows that are doubled or of nobody go, rows that are lacking are found anew; then one commit."""
    if commit.base is None:
        return
    articles = commit.base.rows("articles")
    ids = articles.column("id")
    if len(commit.known) != len(articles):
        commit.replace("articles", _once(articles, "id"))
        said.append(f"articles: {len(articles) - len(commit.known):,} doubled rows removed")
    for table in OF_ARTICLES:
        _owned(commit, table, ids, said)
    events = set(commit.read("events", ["article"])["article"])
    lacking = commit.known - events
    if lacking:
        _annotated(commit, articles, lacking)
        said.append(f"events: found anew for {len(lacking):,} articles")
    stories = set(commit.read("stories", ["article"])["article"])
    uncovered = commit.known - commit.superseded - stories
    if uncovered:
        said.append(f"stories: {len(uncovered):,} articles grouped anew")
    if uncovered or commit.touched:
        commit.replace("stories", grouped(commit))
    snapshot = commit.base
    if commit.touched or snapshot.articles != len(commit.known - commit.superseded):
        made = commit.publish()
        said.append(f"the mended store is snapshot {made.name}")


def _owned(commit: Commit, table: str, ids: pa.ChunkedArray, said: list[str]) -> None:
    assert commit.base is not None
    rows = commit.base.rows(table)
    kept = rows.filter(pc.is_in(rows.column("article"), value_set=ids.combine_chunks()))
    if table == "versions":
        kept = kept.filter(pc.is_in(kept.column("former"), value_set=ids.combine_chunks()))
    if len(kept) != len(rows):
        said.append(f"{table}: {len(rows) - len(kept):,} rows of articles that do not exist removed")
    single = _once(kept, "article") if table in ("events", "stories") else kept
    if len(single) != len(kept):
        said.append(f"{table}: {len(kept) - len(single):,} doubled rows removed")
    if len(single) != len(rows):
        commit.replace(table, single)


def _once(rows: pa.Table, key: str) -> pa.Table:
    seen: set[str] = set()
    kept = []
    for value in rows.column(key).to_pylist():
        kept.append(value not in seen)
        seen.add(value)
    return rows.filter(pa.array(kept, pa.bool_()))


def _annotated(commit: Commit, articles: pa.Table, lacking: set[str]) -> None:
    """Find the events of some articles anew. Their mentions, dates, tolls and topics are as they are."""
    rows = articles.filter(pc.is_in(articles.column("id"), value_set=pa.array(sorted(lacking))))
    frame = pd.DataFrame(rows.to_pylist(), dtype="object")
    for _, found in annotate_all(iter([frame])):
        commit.write("events", found["events"])
