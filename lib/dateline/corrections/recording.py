"""Recording: corrections written to a store, one commit an act; and taken back, by rows that say so.

Someone else may have corrected the same finding since the snapshot that a person looks at. That is told
(:class:`Conflict`) and nothing written; whoever has seen it may record again with the snapshot that shows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from dateline.annotate import frame_of
from dateline.article import SCHEMAS
from dateline.corrections.correction import (
    Correction,
    Draft,
    NotACorrection,
    check,
    from_rows,
    made,
    new_id,
)
from dateline.corrections.standing import same_subject, standing, undoers
from dateline.rights import Actor, require_editor
from dateline.store import Commit, Snapshot, Store

if TYPE_CHECKING:
    import pandas as pd

RIGHT = "correct what was found"


class Conflict(Exception):
    """The subject was corrected since the snapshot that the person looked at; ``since`` has these corrections."""

    def __init__(self, since: Sequence[Correction]) -> None:
        self.since = tuple(since)
        last = since[-1]
        super().__init__(
            f"{last.who} has corrected the same since you opened this page "
            f"({last.at:%Y-%m-%d %H:%M} UTC). Nothing was saved: look at it again, then decide."
        )


@dataclass(frozen=True, slots=True)
class Recorded:
    """What an act came to: the snapshot that has it, and the rows it added (none where nothing was new)."""

    snapshot: Snapshot
    rows: tuple[Correction, ...]


def corrections(snapshot: Snapshot | None) -> list[Correction]:
    """The corrections of a snapshot, in order."""
    if snapshot is None:
        return []
    return read(snapshot.frame("corrections"))


def read(frame: pd.DataFrame) -> list[Correction]:
    """The corrections of the table's rows, in order."""
    import pyarrow as pa

    rows: list[dict[str, Any]] = pa.Table.from_pandas(frame, preserve_index=False).to_pylist()
    return from_rows(rows)


def record(
    store: Store, actor: Actor, drafts: Sequence[Draft], *, seen: Snapshot | None, now: datetime | None = None
) -> Recorded:
    """Add corrections made by ``actor``, who looked at the snapshot ``seen``, in one commit.

    Raises NotAllowed for a reader, NotACorrection for a draft that is none, Conflict where the same was corrected by a
    commit after ``seen``; nothing is written then.
    """
    require_editor(actor, RIGHT)
    if not drafts:
        raise NotACorrection("there is nothing to record")
    for draft in drafts:
        check(draft)
    with store.writing() as commit:
        book = _book(commit)
        at = _after(book, now)
        rows = [made(draft, id=new_id(), at=at, who=actor.name) for draft in drafts]
        _refuse_conflicts(rows, book, {c.id for c in corrections(seen)})
        return _written(commit, rows)


def undo(
    store: Store,
    actor: Actor,
    ids: Iterable[str],
    *,
    note: str = "",
    now: datetime | None = None,
) -> Recorded:
    """Take corrections back by rows that undo them; those that are undone already stay so, and add no row.

    Raises NotAllowed for a reader and NotACorrection for an id that is not in the store.
    """
    require_editor(actor, RIGHT)
    return _reversed(store, actor, ids, note, now, redo_them=False)


def redo(
    store: Store,
    actor: Actor,
    ids: Iterable[str],
    *,
    note: str = "",
    now: datetime | None = None,
) -> Recorded:
    """Put undone corrections in force again, by undoing what undid them; those that stand add no row."""
    require_editor(actor, RIGHT)
    return _reversed(store, actor, ids, note, now, redo_them=True)


def _reversed(
    store: Store, actor: Actor, ids: Iterable[str], note: str, now: datetime | None, *, redo_them: bool
) -> Recorded:
    with store.writing() as commit:
        book = _book(commit)
        known = {c.id: c for c in book}
        rows: list[Correction] = []
        at = _after(book, now)
        for id in dict.fromkeys(ids):
            if id not in known:
                raise NotACorrection(f"there is no correction {id} in {store.folder}")
            back = undoers(id, book)
            targets = back if redo_them else [] if back else [known[id]]
            rows += [_undoing(target, actor, at, note) for target in targets]
        return _written(commit, rows)


def _undoing(target: Correction, actor: Actor, at: datetime, note: str) -> Correction:
    draft = Draft(
        kind=target.kind,
        article=target.article,
        subject=target.subject,
        after={},
        before=target.after,
        anchor=target.anchor,
        note=note,
    )
    check(draft, undoing=True)
    return made(draft, id=new_id(), at=at, who=actor.name, undoes=target.id)


def append(commit: Commit, rows: Sequence[Correction]) -> None:
    """Add rows to a commit."""
    commit.write("corrections", frame_of("corrections", [row.to_row() for row in rows]))


def _written(commit: Commit, rows: Sequence[Correction]) -> Recorded:
    if not rows:
        if commit.base is None:
            raise NotACorrection("there is no atlas here yet")
        return Recorded(commit.base, ())
    append(commit, rows)
    return Recorded(commit.publish(), tuple(rows))


def _book(commit: Commit) -> list[Correction]:
    return read(commit.read("corrections", SCHEMAS["corrections"].names))


def _after(book: Sequence[Correction], now: datetime | None) -> datetime:
    """Now, but after every correction there is, so that a clock set back does not make the newest the oldest."""
    at = (now or datetime.now(UTC)).astimezone(UTC)
    return max([at, *(c.at + timedelta(microseconds=1) for c in book[-1:])])


def _refuse_conflicts(rows: Sequence[Correction], book: Sequence[Correction], seen: set[str]) -> None:
    since = [
        known
        for known in standing(book)
        if known.id not in seen and any(same_subject(row, known) for row in rows)
    ]
    if since:
        raise Conflict(since)
