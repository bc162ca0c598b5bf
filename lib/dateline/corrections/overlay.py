"""The overlay: an atlas opened with its corrections in force.

The tables of findings are never changed. When a snapshot is opened, the few articles that have corrections are read,
corrected in memory, and put in the place of their rows by views: ``mentions``, ``dates``, ``tolls``, ``topics``,
``events``, ``stories`` and ``rejects`` get a column ``corrected``, the id of the correction that made a row what it
is, else null. What was found stays readable as ``mentions_found`` and so on. Since ``corrections`` is a table of the
snapshot, an older snapshot shows the corrections as they were then, and a newly annotated one has them still.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from dateline.annotate import reference
from dateline.article import SCHEMAS
from dateline.corrections import findings, groups
from dateline.corrections.correction import Correction, from_rows
from dateline.corrections.standing import ORPHANED, STANDS, UNDO, UNDONE, by_article, standing, undone_ids
from dateline.versions import newest_of

if TYPE_CHECKING:
    import duckdb

LAID: Final = ("mentions", "dates", "tolls", "topics", "events", "stories", "rejects")
_FOUND = ("mentions", "dates", "tolls", "topics")
Row = dict[str, Any]
# What names a reject in SQL; as `corrections.correction.reject_subject` does it.
_REJECT = "left(md5(concat_ws(chr(31), {})), 16)".format(
    ", ".join(f"coalesce(\"{c}\", '')" for c in ("locator", "position", "kind", "reason", "excerpt"))
)


@dataclass(frozen=True, slots=True)
class Overlay:
    """The corrections of a snapshot, in order, and the ids of those whose words or articles are not there."""

    corrections: tuple[Correction, ...] = ()
    orphans: frozenset[str] = field(default_factory=frozenset)

    def states(self) -> dict[str, str]:
        """By id: ``stands``, ``undone``, ``orphaned`` or, for a row that undoes another, ``undo``."""
        undone = undone_ids(self.corrections)
        return {
            c.id: UNDONE
            if c.id in undone
            else UNDO
            if c.undoes
            else ORPHANED
            if c.id in self.orphans
            else STANDS
            for c in self.corrections
        }


def lay(connection: duckdb.DuckDBPyConnection) -> Overlay:
    """Put the views of a connection under the corrections in its ``corrections``; there are views or tables of all
    SCHEMAS. Without corrections nothing is read.
    """
    rows = _rows(connection, 'SELECT * REPLACE (epoch_us("at") AS "at") FROM corrections')
    book = from_rows(row | {"at": _time(row["at"])} for row in rows)
    stand = standing(book)
    made: dict[str, list[Row]] = {table: [] for table in LAID}
    replaced: dict[str, set[str]] = {table: set() for table in LAID}
    orphans: list[str] = []
    if of_articles := by_article(stand):
        orphans += _correct_findings(connection, of_articles, made, replaced)
    if of_stories := [c for c in stand if c.kind == "story"]:
        orphans += _correct_stories(connection, of_stories, made, replaced)
    fine = {c.subject: c.id for c in stand if c.kind == "reject" and c.after.get("fine")}
    for table in LAID:
        if table == "rejects":
            _view_of_rejects(connection, fine)
        else:
            _view(connection, table, made[table], replaced[table])
    return Overlay(tuple(book), frozenset(orphans))


def _time(microseconds: int) -> Any:
    from datetime import UTC, datetime, timedelta

    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)


def _rows(connection: duckdb.DuckDBPyConnection, sql: str, **tables: pa.Table) -> list[Row]:
    for name, table in tables.items():
        connection.register(name, table)
    try:
        found: list[Row] = connection.sql(sql).to_arrow_table().to_pylist()
        return found
    finally:
        for name in tables:
            connection.unregister(name)


def _listed(ids: Iterable[str]) -> pa.Table:
    return pa.table({"article": pa.array(sorted(ids), pa.string())})


# -- findings -------------------------------------------------------------------------------------------------------


def _correct_findings(
    connection: duckdb.DuckDBPyConnection,
    changes: Mapping[str, Sequence[Correction]],
    made: dict[str, list[Row]],
    replaced: dict[str, set[str]],
) -> list[str]:
    """Adds the rows of the corrected articles to ``made``, and to ``replaced`` the articles whose rows of a table these
    are (one whose only finding was taken out has none there); the ids of corrections that have no place.
    """
    newest = _newest(connection)
    homes: dict[str, list[Correction]] = {}
    for article, of_article in changes.items():
        homes.setdefault(newest.get(article, article), []).extend(of_article)
    changes = {article: sorted(of_article, key=lambda c: c.order) for article, of_article in homes.items()}
    wanted = _listed(changes)
    known = {
        row["id"]: row
        for row in _rows(
            connection, "SELECT id, published FROM articles SEMI JOIN wanted ON id = article", wanted=wanted
        )
    }
    found = {table: _by_article(connection, table, wanted) for table in (*_FOUND, "events")}
    texts = _texts_of(connection, changes, known, found)
    orphans = []
    for article, of_article in changes.items():
        if article not in known:
            orphans += [change.id for change in of_article]
            continue
        rows = {table: found[table].get(article, []) for table in _FOUND}
        result = findings.corrected(article, rows, of_article, texts(article))
        orphans += result.orphans
        for table, corrected in result.tables.items():
            made[table] += corrected
            replaced[table].add(article)
        replaced["events"].add(article)
        before = found["events"].get(article) or [{"article": article}]
        published = known[article]["published"]
        text = texts(article)
        made["events"].append(
            findings.event(
                before[0],
                result,
                lambda text=text, published=published: reference(  # type: ignore[misc]
                    {"published": published, "text": "" if published else text()}
                ),
            )
            | {"corrected": of_article[-1].id}
        )
    return orphans


def _by_article(connection: duckdb.DuckDBPyConnection, table: str, wanted: pa.Table) -> dict[str, list[Row]]:
    order = {"topics": "rank", "events": "article"}.get(table, '"start"')
    found: dict[str, list[Row]] = {}
    for row in _rows(
        connection,
        f'SELECT * FROM "{table}" SEMI JOIN wanted USING (article) ORDER BY {order}',
        wanted=wanted,
    ):
        found.setdefault(row["article"], []).append(row)
    return found


def _texts_of(
    connection: duckdb.DuckDBPyConnection,
    changes: Mapping[str, Sequence[Correction]],
    known: Mapping[str, Row],
    found: Mapping[str, Mapping[str, Sequence[Row]]],
) -> Callable[[str], Callable[[], str | None]]:
    """The texts of articles, all that may be needed read at once when the first is asked for.

    Most corrections are of words that are still found where they were; only the others need the text.
    """

    def needs(article: str) -> bool:
        spans = {
            (row["start"], row["end"], row["surface"])
            for table in ("mentions", "dates", "tolls")
            for row in found[table].get(article, ())
        }
        return not known[article]["published"] or any(
            c.anchor
            and (c.article != article or (c.anchor.start, c.anchor.end, c.anchor.surface) not in spans)
            for c in changes[article]
        )

    @cache
    def read() -> dict[str, str]:
        wanted = _listed(a for a in changes if a in known and needs(a))
        sql = "SELECT id, text FROM articles SEMI JOIN wanted ON id = article"
        return {row["id"]: row["text"] or "" for row in _rows(connection, sql, wanted=wanted)}

    def text(article: str) -> Callable[[], str | None]:
        def ask() -> str | None:
            if article not in read():
                # Asked for all the same: rows of another kind had the words.
                sql = "SELECT id, text FROM articles SEMI JOIN wanted ON id = article"
                read()[article] = next(
                    (r["text"] or "" for r in _rows(connection, sql, wanted=_listed([article]))), ""
                )
            return read()[article]

        return ask

    return text


# -- stories --------------------------------------------------------------------------------------------------------


def _correct_stories(
    connection: duckdb.DuckDBPyConnection,
    changes: Sequence[Correction],
    made: dict[str, list[Row]],
    replaced: dict[str, set[str]],
) -> list[str]:
    newest = _newest(connection)
    changes = [_of_newest(change, newest) for change in changes]
    named = _listed({a for c in changes for key in _ARTICLES for a in c.after.get(key) or ()})
    # An article without a row is a story of its own, named after it.
    rows = _rows(
        connection,
        """WITH named AS (
            SELECT a.id, coalesce(st.story, a.id) AS story
            FROM (SELECT id FROM articles SEMI JOIN wanted ON id = article) a
            LEFT JOIN stories st ON st.article = a.id
        ) SELECT id AS article, story, NULL AS former FROM named WHERE id = story
        UNION BY NAME SELECT st.article, st.story, st.former FROM stories st
        SEMI JOIN named USING (story) SEMI JOIN articles ON articles.id = st.article""",
        wanted=named,
    )
    before = {row["article"]: row for row in rows}
    result = groups.regrouped({article: row["story"] for article, row in before.items()}, changes)
    replaced["stories"].update(result.story)
    for article, story in result.story.items():
        was = before[article]
        former = [f for f in (was["former"] or "").split() if f != story]
        if was["story"] != story and was["story"] != article:
            former.append(was["story"])
        made["stories"].append(
            {
                "article": article,
                "story": story,
                "former": " ".join(former) or None,
                "corrected": result.corrected[article],
            }
        )
    return result.orphans


_ARTICLES = ("merge", "split", "rest")


def _of_newest(change: Correction, newest: Mapping[str, str]) -> Correction:
    """A correction of a story with its articles' newest versions."""
    after = {
        key: list(dict.fromkeys(newest.get(a, a) for a in value)) if key in _ARTICLES else value
        for key, value in change.after.items()
    }
    return replace(change, after=after)


def _newest(connection: duckdb.DuckDBPyConnection) -> Mapping[str, str]:
    """The version of an article that counts, for each that an outlet has changed since."""
    pairs = _rows(connection, "SELECT article, former FROM versions")
    return newest_of((row["article"], row["former"]) for row in pairs)


# -- views ----------------------------------------------------------------------------------------------------------


def _view(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Row], replaced: set[str]) -> None:
    _rename(connection, table)
    columns = ", ".join(f'"{name}"' for name in SCHEMAS[table].names)
    if not replaced:
        connection.execute(
            f'CREATE VIEW "{table}" AS SELECT {columns}, NULL::VARCHAR AS corrected FROM "{table}_found"'
        )
        return
    schema = SCHEMAS[table].append(pa.field("corrected", pa.string()))
    names = schema.names
    arrow = pa.Table.from_pylist([{name: row.get(name) for name in names} for row in rows], schema=schema)
    connection.register("_made", arrow)
    connection.execute(f'CREATE TABLE "{table}_corrected" AS SELECT * FROM _made')
    connection.unregister("_made")
    connection.register("_ids", _listed(replaced))
    connection.execute(f'CREATE TABLE "{table}_replaced" AS SELECT * FROM _ids')
    connection.unregister("_ids")
    connection.execute(
        f"""CREATE VIEW "{table}" AS
        SELECT {columns}, NULL::VARCHAR AS corrected FROM "{table}_found" ANTI JOIN "{table}_replaced" USING (article)
        UNION ALL SELECT {columns}, corrected FROM "{table}_corrected" """
    )


def _view_of_rejects(connection: duckdb.DuckDBPyConnection, fine: Mapping[str, str]) -> None:
    _rename(connection, "rejects")
    if not fine:
        connection.execute("CREATE VIEW rejects AS SELECT *, NULL::VARCHAR AS corrected FROM rejects_found")
        return
    table = pa.table({"subject": list(fine), "corrected": list(fine.values())})
    connection.register("_fine", table)
    connection.execute("CREATE TABLE rejects_fine AS SELECT * FROM _fine")
    connection.unregister("_fine")
    connection.execute(
        f"""CREATE VIEW rejects AS SELECT r.* EXCLUDE (subject), f.corrected
        FROM (SELECT *, {_REJECT} AS subject FROM rejects_found) r LEFT JOIN rejects_fine f USING (subject)"""
    )


def _rename(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    row = connection.execute(
        "SELECT table_type FROM information_schema.tables WHERE table_name = ?", [table]
    ).fetchone()
    what = "VIEW" if row and row[0] == "VIEW" else "TABLE"
    connection.execute(f'ALTER {what} "{table}" RENAME TO "{table}_found"')
