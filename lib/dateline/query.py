"""Query: filters and a snapshot in, small DataFrames out.

:class:`Atlas` lays a snapshot's tables out in an in-process DuckDB: what every question needs (keys, places, days,
topics) in memory, the texts left in their Parquet files. One Atlas serves all sessions of a server: each call works
on a cursor of its own, values are bound as parameters, and what comes back is aggregated (a few thousand rows at
most), so the number of articles does not reach the browser. Distinct counts a place, a country and a story are taken
over sorted arrays (:mod:`dateline.tally`).

Articles of one story share one toll: figures of killed are taken once a story, from its newest article that gives
one, and never summed over articles.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

from dateline import corrections
from dateline.article import SCHEMAS, Toll
from dateline.filters import Filters, Members
from dateline.findings.topics import parents
from dateline.store import Snapshot
from dateline.tally import Counted, Flags, Numbers, Tally
from dateline.terms import READ, Wording, apart
from dateline.versions import chain

UNITS: Final = ("day", "week", "month", "year")
MOST_POINTS: Final = 5_000
_SELECTIONS_KEPT: Final = 64
# Terms are counted in a sample of the snapshot's articles, evenly spread over it; and in up to so many of a selection
# that the sample hardly meets.
MOST_WORDED: Final = 8_000
_FEW: Final = 500

# An article counts as placed when it has a resolved place in scope, as dated when it has a day on the axis asked for.
_LAYOUT = """
CREATE TABLE key AS SELECT row_number() OVER ()::INTEGER AS k, id FROM articles;
CREATE TABLE story_key AS
SELECT row_number() OVER ()::INTEGER AS s, story FROM (
    SELECT DISTINCT coalesce(st.story, key.id) AS story FROM key LEFT JOIN stories st ON st.article = key.id);
CREATE TABLE article AS
SELECT key.k, a.kind, a.source, a.language, a.published_on, e.first, e.last, e.granularity, e.topic,
       e.killed, e.killed_said, e.injured, e.injured_said, sk.s
FROM (SELECT id, kind, source, language, published_on FROM articles) a
JOIN key USING (id)
LEFT JOIN events e ON e.article = a.id
LEFT JOIN stories st ON st.article = a.id
JOIN story_key sk ON sk.story = coalesce(st.story, a.id)
ORDER BY key.k;
CREATE TABLE place AS
SELECT row_number() OVER (ORDER BY place)::INTEGER AS p, * FROM (
    SELECT place, any_value(name) AS name, any_value(kind) AS kind, any_value(country) AS country,
           any_value(admin1) AS admin1, any_value(lat) AS lat, any_value(lon) AS lon
    FROM mentions WHERE place IS NOT NULL GROUP BY place);
CREATE TABLE mention AS
WITH placed AS (
    SELECT key.k, pl.p, any_value(pl.place) AS place, any_value(pl.country) AS country, any_value(pl.admin1) AS admin1,
           min(m.precision) AS precision, bool_or(m.here) AS here, max(m.confidence) AS confidence
    FROM mentions m JOIN key ON key.id = m.article JOIN place pl USING (place)
    GROUP BY key.k, pl.p
)
SELECT placed.*, article.s, CASE
    -- "Safi, Morocco" happened in Safi: the country is named, but it is not the finest we know.
    WHEN precision = 4 THEN min(precision) OVER (PARTITION BY k, here, country) >= 4
    WHEN precision = 3 THEN min(precision) OVER (PARTITION BY k, here, admin1) >= 3
    ELSE TRUE END AS finest
FROM placed JOIN article USING (k)
ORDER BY p, s, k;
CREATE TABLE nation AS
SELECT row_number() OVER (ORDER BY country)::INTEGER AS n, country
FROM (SELECT DISTINCT country FROM mention WHERE country IS NOT NULL);
CREATE TABLE topic AS SELECT code, any_value(label) AS label FROM topics GROUP BY code;
-- Second-level topics of an article that lie under its first topic; `best` marks the one it counts for.
CREATE TABLE subject AS
SELECT k, code, row_number() OVER (PARTITION BY k ORDER BY score DESC, code) = 1 AS best FROM (
    SELECT key.k, t.code, max(t.score) AS score
    FROM (SELECT article, code, score FROM topics WHERE code LIKE 'medtop:2%') t
    JOIN key ON key.id = t.article JOIN article USING (k) JOIN above ON above.code = t.code
    WHERE article.topic = above.parent GROUP BY key.k, t.code);
CREATE TABLE story AS
WITH told AS (
    SELECT s, arg_min(k, (coalesce(published_on, DATE '9999-12-31'), k)) AS k,
           -- "in December" says nothing against "on 14 December": only the finest dates of a story count.
           min(first) FILTER (fine = finest) AS first, max(last) FILTER (fine = finest) AS last,
           any_value(granularity) FILTER (fine = finest) AS granularity,
           arg_max(killed, (coalesce(published_on, DATE '0001-01-01'), killed)) FILTER (killed IS NOT NULL) AS killed,
           arg_max(killed_said, (coalesce(published_on, DATE '0001-01-01'), killed))
               FILTER (killed IS NOT NULL) AS killed_said,
           arg_max(injured_said, (coalesce(published_on, DATE '0001-01-01'), injured))
               FILTER (injured IS NOT NULL) AS injured_said,
           arg_max(injured, (coalesce(published_on, DATE '0001-01-01'), injured))
               FILTER (injured IS NOT NULL) AS injured,
           mode(topic) AS topic, count(*) AS articles, count(DISTINCT source) AS sources
    FROM (SELECT *, min(fine) OVER (PARTITION BY s) AS finest FROM (
        SELECT *, CASE WHEN first IS NULL THEN 9 WHEN granularity IN ('day', 'time') THEN 0
            WHEN granularity = 'week' THEN 1 WHEN granularity = 'month' THEN 2
            WHEN granularity IN ('quarter', 'season') THEN 3 ELSE 4 END AS fine
        FROM article)) GROUP BY s
)
SELECT told.* EXCLUDE (k), story_key.story, _TITLE_ AS title
FROM told JOIN story_key USING (s) JOIN key USING (k) JOIN articles w USING (id);
"""
# The arrays of the tally, numbered from 0 in the order of the tables (which are sorted).
_MENTIONS = """SELECT k - 1 AS article, s - 1 AS story, p - 1 AS place,
    coalesce(n, 0)::INTEGER - 1 AS country, precision, here, finest, confidence
FROM (SELECT rowid AS r, * FROM mention) LEFT JOIN nation USING (country) ORDER BY r"""
_ARTICLES = """SELECT s - 1 AS story, first IS NOT NULL AS event, published_on IS NOT NULL AS published
FROM article ORDER BY k"""
# Stories as they are listed: newest first, the widely told before the others. A story known to the day counts by its
# last one. One known only to the week, month or year counts by its first: "in December" does not say that it was later
# than what happened on the 14th, and by its last day it would lead the list until the month is over.
_NEWEST = """CASE WHEN granularity IN ('day', 'time') THEN coalesce(last, first) ELSE first END DESC NULLS LAST,
    articles DESC, story"""
_ORDER = f"SELECT s - 1 AS s FROM story ORDER BY {_NEWEST}"


@dataclass(frozen=True, slots=True)
class Selection:
    """The articles that pass some filters: a flag each in the order of their keys (None: all of them)."""

    hits: Flags | None = None

    @property
    def rows(self) -> str:
        """SQL of the selected rows of ``article``, where :attr:`table` is registered as ``sel``."""
        if self.hits is None:
            return "article"
        # Both come in the order of the keys: looking flags up by position needs no hash table.
        return "(SELECT article.* FROM article POSITIONAL JOIN sel WHERE hit)"

    @property
    def table(self) -> pa.Table:
        """The flags as a table of one column."""
        return pa.table({"hit": [] if self.hits is None else self.hits})


@dataclass(frozen=True, slots=True)
class Counts:
    """How many articles the selection holds, and for how many of them what is known.

    ``total`` is the whole snapshot; ``placed`` and ``dated`` count articles of the selection (``loaded``).
    """

    total: int
    loaded: int
    placed: int
    dated: int
    stories: int


class Atlas:
    """One snapshot, ready to be asked. ``members`` expands macro-region codes to what lies in them."""

    def __init__(self, snapshot: Snapshot, members: Members | None = None) -> None:
        self.snapshot = snapshot
        # As long as this atlas is open, no vacuum takes the files away that its views read.
        self._hold = snapshot.hold()
        self.members = members or Members()
        self._connection = duckdb.connect(":memory:")
        # It draws on the server's own output whenever an answer takes two seconds.
        self._connection.execute("SET enable_progress_bar = false")
        self._lock = threading.Lock()
        self._sample: Wording | None = None
        self._selections: OrderedDict[Filters, Selection] = OrderedDict()
        for table in SCHEMAS:
            self._view(table)
        # `every_article` has the older versions too, which only the history of an article shows.
        older = "WHERE id NOT IN (SELECT former FROM versions)" if snapshot.files("versions") else ""
        self._connection.execute(f"CREATE VIEW articles AS SELECT * FROM every_article {older}")
        self.overlay = corrections.lay(self._connection)
        above = parents()
        self._connection.register(
            "above", pa.table({"code": list(above.keys()), "parent": list(above.values())})
        )
        self._connection.execute(_LAYOUT.replace("_TITLE_", _TITLE))
        self._connection.execute(
            "CREATE VIEW wording AS SELECT key.k, a.title, a.text FROM articles a JOIN key USING (id)"
        )
        self._places = self._ask("SELECT * EXCLUDE (p) FROM place ORDER BY p")
        self._nations = self._ask("SELECT country FROM nation ORDER BY n")
        killed = self._ask("SELECT coalesce(killed, -1)::BIGINT AS killed FROM story ORDER BY s")
        dated = self._ask("SELECT first IS NOT NULL AS dated FROM story ORDER BY s")
        self._dated = dated["dated"].to_numpy()
        self._tally = Tally(
            self._arrays(_MENTIONS),
            self._arrays(_ARTICLES),
            killed["killed"].to_numpy(),
            self._arrays(_ORDER)["s"],
        )

    def _arrays(self, sql: str) -> dict[str, Numbers]:
        return {
            name: np.asarray(column) for name, column in self._connection.execute(sql).fetchnumpy().items()
        }

    def _view(self, table: str) -> None:
        files = self.snapshot.files(table)
        view = "every_article" if table == "articles" else table
        if files:
            listed = ", ".join("'" + f.replace("'", "''") + "'" for f in files)
            rows = f"read_parquet([{listed}], union_by_name=true)"
            present = {
                name for name, *_ in self._connection.execute(f"DESCRIBE SELECT * FROM {rows}").fetchall()
            }
            # A store of an older version lacks the columns added since: they are missing values, not an error.
            columns = ", ".join(f'"{c}"' if c in present else f'NULL AS "{c}"' for c in SCHEMAS[table].names)
            self._connection.execute(f'CREATE VIEW "{view}" AS SELECT {columns} FROM {rows}')
        else:
            self._connection.register("_empty", SCHEMAS[table].empty_table())
            self._connection.execute(f'CREATE TABLE "{view}" AS SELECT * FROM _empty')
            self._connection.unregister("_empty")

    # -- asking -----------------------------------------------------------------------------------------------

    def _ask(
        self, sql: str, parameters: Sequence[Any] = (), *, selection: Selection | None = None
    ) -> pd.DataFrame:
        """Run one statement on a cursor of its own; ``selection.rows`` is what it may read from."""
        cursor = self._connection.cursor()
        try:
            if selection is not None and selection.hits is not None:
                cursor.register("sel", selection.table)
            frame: pd.DataFrame = cursor.execute(sql, list(parameters)).df()
            return frame
        finally:
            cursor.close()

    def selected(self, filters: Filters) -> Selection:
        """The articles that pass the filters, kept for the next question."""
        if not filters:
            return Selection()
        with self._lock:
            if filters in self._selections:
                self._selections.move_to_end(filters)
                return self._selections[filters]
        condition, parameters = filters.to_sql(self.members)
        keys = self._ask(f"SELECT k - 1 AS k FROM article WHERE {condition}", parameters)["k"].to_numpy()
        hits = np.zeros(self._tally.articles, dtype=np.bool_)
        hits[keys] = True
        selection = Selection(hits)
        with self._lock:
            self._selections[filters] = selection
            while len(self._selections) > _SELECTIONS_KEPT:
                self._selections.popitem(last=False)
        return selection

    def counts(self, filters: Filters) -> Counts:
        """The denominators of everything on screen."""
        hits = self.selected(filters).hits
        return Counts(
            total=self._tally.articles,
            loaded=self._tally.loaded(hits),
            placed=self._tally.placed(hits, filters.scope),
            dated=self._tally.dated(hits, filters.axis),
            stories=int((self._tally.stories(hits) > 0).sum()),
        )

    # -- where ------------------------------------------------------------------------------------------------

    def _kept(self, filters: Filters, *, finest: bool) -> Flags:
        """Flags of the mentions that the filters ask for, of selected articles."""
        within = None
        if filters.regions or filters.precisions:
            condition, parameters = filters.mention_sql(self.members)
            rows = self._ask(f"SELECT rowid AS r FROM mention WHERE {condition}", parameters)
            within = rows["r"].to_numpy()
        hits = self.selected(filters).hits
        return self._tally.kept(hits, within=within, here=filters.scope == "happened", finest=finest)

    def places(self, filters: Filters, *, finest: bool = True) -> pd.DataFrame:
        """One row a place that the selected articles happened in (or mention), most articles first.

        Columns: place, name, kind, country, admin1, lat, lon (degrees; NaN for wider areas), precision (1-5),
        articles, stories, killed (Int64; once a story), confidence (0..1). ``finest`` leaves out the country or
        division of an article that names a finer place in it. At most MOST_POINTS rows.
        """
        counted = self._tally.by_place(self._kept(filters, finest=finest))
        # `place` is numbered in the order of its codes, which breaks ties.
        first = np.argsort(-counted.articles, kind="stable")[:MOST_POINTS]
        frame = self._places.take(counted.group[first]).reset_index(drop=True)
        frame["precision"] = counted.precision[first]
        return frame.assign(**_count_columns(counted, first), confidence=counted.confidence[first])

    def countries(self, filters: Filters) -> pd.DataFrame:
        """One row a country with any place in it: country (ISO2), articles, stories, killed."""
        counted = self._tally.by_country(self._kept(filters, finest=False))
        first = np.argsort(-counted.articles, kind="stable")
        frame = self._nations.take(counted.group[first]).reset_index(drop=True)
        return frame.assign(**_count_columns(counted, first))

    def evidence(self, filters: Filters, *, limit: int | None = 100) -> pd.DataFrame:
        """Sentences behind the places on screen, newest articles first; at most ``limit`` articles (None: all).

        Columns: article, title, source, published_on, first, last, topic, killed, injured (of the article), story, url,
        place, name, country, admin1, lat, lon, precision, role, confidence, surface, sentence, start and end (of the
        surface within the sentence), rule, alternatives (JSON), corrected (the id of a correction, or null).
        """
        within, parameters = filters.mention_sql(self.members)
        selection = self.selected(filters)
        most = "" if limit is None else f"LIMIT {limit:d}"
        frame = self._ask(
            f"""WITH listed AS (
                SELECT a.*, key.id, sk.story
                FROM {selection.rows} a JOIN key USING (k) JOIN story_key sk USING (s)
                WHERE k IN (SELECT k FROM mention WHERE {within})
                ORDER BY published_on DESC NULLS LAST, k {most}
            ), shown AS (SELECT k, place FROM mention WHERE {within} AND k IN (SELECT k FROM listed))
            SELECT m.article, {_TITLE} AS title, w.source, l.published_on, l.first, l.last, l.topic, l.killed,
                   l.injured, l.story, w.url, m.place, m.name, m.country, m.admin1, m.lat, m.lon, m.precision, m.role,
                   m.confidence, m.surface,
                   substr(w.text, m.sentence_start + 1, m.sentence_end - m.sentence_start) AS sentence,
                   m."start" - m.sentence_start AS "start", m."end" - m.sentence_start AS "end",
                   m.rule, m.alternatives, m.corrected
            FROM listed l JOIN mentions m ON m.article = l.id JOIN articles w ON w.id = l.id
            JOIN shown ON shown.k = l.k AND shown.place = m.place
            WHERE {"m.here" if filters.scope == "happened" else "TRUE"}
            ORDER BY l.published_on DESC NULLS LAST, l.k, m."start", m.place""",
            [*parameters, *parameters],
            selection=selection,
        )
        return _whole(frame, "killed", "injured")

    # -- when -------------------------------------------------------------------------------------------------

    def extent(self, filters: Filters) -> tuple[date, date] | None:
        """The first and last day of the selection on its axis; None where nothing is dated."""
        first, last = ("first", "last") if filters.axis == "event" else ("published_on", "published_on")
        selection = self.selected(filters)
        row = self._ask(
            f"SELECT min({first}) AS a, max({last}) AS b FROM {selection.rows} a", selection=selection
        ).iloc[0]
        return None if pd.isna(row["a"]) else (_as_day(row["a"]), _as_day(row["b"]))

    def window(self, filters: Filters) -> tuple[date, date, int] | None:
        """The days a chart of the selection should span, and how many dated articles lie outside; None where none is.

        One article that recalls 1991 must not squeeze a year of news into one bar: where the whole span is more than
        three times as long as that of the middle 96 %, the chart is limited to the latter.
        """
        first, last = ("first", "last") if filters.axis == "event" else ("published_on", "published_on")
        selection = self.selected(filters)
        row = self._ask(
            f"""WITH d AS (
                SELECT {first} AS a, {last} AS b FROM {selection.rows} x WHERE {first} IS NOT NULL
            ), w AS (
                SELECT min(a) AS low, max(b) AS high, quantile_disc(a, 0.02) AS near, quantile_disc(b, 0.98) AS far
                FROM d
            ), c AS (SELECT *, (high - low) > 3 * greatest(far - near, 120) AS cut FROM w)
            SELECT CASE WHEN cut THEN near ELSE low END AS low, CASE WHEN cut THEN far ELSE high END AS high,
                   CASE WHEN cut THEN (SELECT count(*) FROM d WHERE a < near OR a > far) ELSE 0 END AS outside
            FROM c""",
            selection=selection,
        ).iloc[0]
        return (
            None if pd.isna(row["low"]) else (_as_day(row["low"]), _as_day(row["high"]), int(row["outside"]))
        )

    def timeline(self, filters: Filters, unit: str) -> pd.DataFrame:
        """Articles a period and topic: period (its first day), topic, label, imprecise, articles.

        An article counts once, in the period its interval starts in; ``imprecise`` marks intervals that reach
        beyond that period. Articles without a day on the axis are not in it (``counts().dated`` says how many are).
        """
        if unit not in UNITS:
            raise ValueError(f"unit {unit!r} is none of {', '.join(UNITS)}")
        first, last = ("first", "last") if filters.axis == "event" else ("published_on", "published_on")
        selection = self.selected(filters)
        return self._ask(
            f"""SELECT date_trunc('{unit}', a.{first})::DATE AS period, a.topic, any_value(t.label) AS label,
                date_trunc('{unit}', a.{first}) <> date_trunc('{unit}', a.{last}) AS imprecise, count(*) AS articles
            FROM {selection.rows} a LEFT JOIN topic t ON t.code = a.topic
            WHERE a.{first} IS NOT NULL GROUP BY ALL ORDER BY period, articles DESC, a.topic, imprecise""",
            selection=selection,
        )

    # -- about what -------------------------------------------------------------------------------------------

    def topics(self, filters: Filters) -> pd.DataFrame:
        """One row a first topic: code, label, articles, share (0..1 of the selection), previous, change (Int64),
        previous_share (0..1 of the period before).

        ``previous`` counts the period of the same length just before the filtered one; all three are missing where
        the selection has no bounded date range to compare.
        """
        frame = self._topic_counts(filters)
        total = max(int(frame["articles"].sum()), 1)
        before = preceding(filters)
        earlier = None if before is None else self._topic_counts(before)
        total_before = 0 if earlier is None else int(earlier["articles"].sum())
        return _compared(frame, total, earlier, total_before)

    def _topic_counts(self, filters: Filters) -> pd.DataFrame:
        selection = self.selected(filters)
        return self._ask(
            f"""SELECT a.topic AS code, any_value(t.label) AS label, count(*) AS articles
            FROM {selection.rows} a LEFT JOIN topic t ON t.code = a.topic
            WHERE a.topic IS NOT NULL GROUP BY a.topic ORDER BY articles DESC, code""",
            selection=selection,
        )

    def subjects(self, filters: Filters) -> pd.DataFrame:
        """One row a second-level topic under the articles' first topics: code, parent, label, articles, share,
        previous, change, previous_share as in :meth:`topics`. An article counts once, for the one with the highest
        score; articles without any are not in it.
        """
        frame = self._subject_counts(filters)
        before = preceding(filters)
        earlier = None if before is None else self._subject_counts(before)
        total_before = 0 if before is None else self._tally.loaded(self.selected(before).hits)
        return _compared(
            frame, max(self._tally.loaded(self.selected(filters).hits), 1), earlier, total_before
        )

    def _subject_counts(self, filters: Filters) -> pd.DataFrame:
        selection = self.selected(filters)
        return self._ask(
            f"""SELECT s.code, any_value(a.topic) AS parent, any_value(t.label) AS label, count(*) AS articles
            FROM {selection.rows} a JOIN subject s USING (k) LEFT JOIN topic t ON t.code = s.code
            WHERE s.best GROUP BY s.code ORDER BY articles DESC, s.code""",
            selection=selection,
        )

    def terms(self, filters: Filters, *, against: str = "rest", limit: int = 20) -> pd.DataFrame:
        """The terms that set the selection apart (:func:`dateline.terms.apart`) from the ``rest`` of the snapshot, or
        from the ``previous`` period (:func:`preceding`). Empty where there is nothing to compare with.

        Counted in title and opening of a sample of MOST_WORDED articles; a selection that has fewer than a few
        hundred of these is read itself, up to as many, so the time does not grow with the snapshot beyond one scan.
        """
        if against not in ("rest", "previous"):
            raise ValueError(f"against {against!r} is neither rest nor previous")
        before = preceding(filters) if against == "previous" else None
        if not filters or (against == "previous" and before is None):
            return apart(Wording([], []), np.zeros(0, bool), np.zeros(0, bool))
        hits = self.selected(filters).hits
        others = self.selected(before).hits if before is not None else None
        assert hits is not None
        flagged = hits & ~others if others is not None else hits
        other = others & ~hits if others is not None else ~hits
        wording = self._wording(flagged, other)
        return apart(wording, flagged[wording.keys], other[wording.keys], limit=limit)

    def _wording(self, *sides: Flags) -> Wording:
        """The sample where it has enough of each side, else a reading of both sides."""
        with self._lock:
            if self._sample is None:
                step = max(1, -(-self._tally.articles // MOST_WORDED))
                self._sample = self._read_terms(np.arange(0, self._tally.articles, step))
            sample = self._sample
        if all(s[sample.keys].sum() >= min(_FEW, s.sum()) for s in sides):
            return sample
        keys = [np.flatnonzero(side) for side in sides]
        # Each side evenly over its span, so that what a share says stays true.
        return self._read_terms(
            np.concatenate([k[:: max(1, -(-len(k) // (MOST_WORDED // 2)))] for k in keys])
        )

    def _read_terms(self, keys: Numbers) -> Wording:
        frame = self._ask(
            f"""SELECT k - 1 AS k, coalesce(title, '') || '\n' || left(coalesce(text, ''), {READ:d}) AS text
            FROM wording WHERE k IN (SELECT unnest(?::INTEGER[])) ORDER BY k""",
            [(keys + 1).tolist()],
        )
        return Wording(frame["k"].to_numpy(), frame["text"])

    # -- stories and articles ---------------------------------------------------------------------------------

    def stories(
        self, filters: Filters, *, limit: int = 50, offset: int = 0, order: str = "newest"
    ) -> pd.DataFrame:
        """Stories with an article in the selection: story, title, first, last, granularity, topic, label, killed,
        injured (Int64) and how they were said, articles, sources (of the whole story), selected (articles of the
        selection), places (names, comma-separated).

        The ``newest`` come first, or those ``dated`` that most of the selected articles tell.
        """
        if order not in ("newest", "dated"):
            raise ValueError(f"order {order!r} is neither newest nor dated")
        selected = self._tally.stories(self.selected(filters).hits)
        shown = self._tally.shown(selected)
        if order == "dated":
            shown = shown[self._dated[shown]]
            shown = shown[np.argsort(-selected[shown], kind="stable")]
        paged = shown[offset : offset + limit]
        frame = self._ask(
            """WITH paged AS (
                SELECT story.*, page.selected, page.turn
                FROM (SELECT unnest(?::INTEGER[]) AS s, unnest(?::BIGINT[]) AS selected,
                             generate_subscripts(?::INTEGER[], 1) AS turn) page JOIN story USING (s)
            ), named AS (
                SELECT s, string_agg(name, ', ' ORDER BY n DESC, name) AS places FROM (
                    SELECT m.s, pl.name, count(*) AS n,
                           row_number() OVER (
                               PARTITION BY m.s ORDER BY count(*) DESC, min(m.precision), pl.name) AS r
                    FROM mention m JOIN place pl USING (p)
                    WHERE m.s IN (SELECT s FROM paged) AND m.here AND m.finest GROUP BY m.s, pl.name
                ) WHERE r <= 3 GROUP BY s
            )
            SELECT paged.story, paged.title, paged.first, paged.last, paged.granularity, paged.topic, t.label,
                   paged.killed, paged.killed_said, paged.injured, paged.injured_said,
                   paged.articles, paged.sources, paged.selected, named.places
            FROM paged LEFT JOIN topic t ON t.code = paged.topic LEFT JOIN named USING (s)
            ORDER BY paged.turn""",
            [(paged + 1).tolist(), selected[paged].tolist(), paged.tolist()],
        )
        return _whole(frame, "killed", "injured")

    def story_titles(self, stories: Sequence[str]) -> dict[str, str]:
        """The title of each story that exists."""
        frame = self._ask("SELECT story, title FROM story WHERE story IN (SELECT unnest(?))", [list(stories)])
        return dict(zip(frame["story"], frame["title"], strict=True))

    def articles(self, filters: Filters, *, limit: int = 200, lacking: str | None = None) -> pd.DataFrame:
        """Articles of the selection, newest first: id, title (or its first words), source, published_on, first, last,
        granularity, topic, label, killed, injured and how they were said, story, places, url, kind, language.

        ``lacking`` ("place" or "date") keeps only those for which that is not known.
        """
        dated = "first" if filters.axis == "event" else "published_on"
        scope = "here" if filters.scope == "happened" else "TRUE"
        condition = {
            None: "TRUE",
            "place": f"k NOT IN (SELECT k FROM mention WHERE {scope})",
            "date": f"{dated} IS NULL",
        }[lacking]
        selection = self.selected(filters)
        frame = self._ask(
            f"""WITH listed AS (
                SELECT a.*, key.id FROM {selection.rows} a JOIN key USING (k) WHERE {condition}
                ORDER BY published_on DESC NULLS LAST, first DESC NULLS LAST, k LIMIT {limit:d}
            ), named AS (
                SELECT k, string_agg(name, ', ' ORDER BY precision, name) AS places
                FROM (SELECT DISTINCT k, pl.name, m.precision FROM mention m JOIN place pl USING (p)
                      WHERE {scope} AND m.finest AND k IN (SELECT k FROM listed)) GROUP BY k
            )
            SELECT listed.id, {_TITLE} AS title, listed.source, listed.published_on, listed.first, listed.last,
                   listed.granularity,
                   listed.topic, t.label, listed.killed, listed.killed_said, listed.injured, listed.injured_said,
                   sk.story, named.places, w.url, listed.kind,
                   listed.language
            FROM listed JOIN articles w USING (id) JOIN story_key sk USING (s)
            LEFT JOIN named USING (k) LEFT JOIN topic t ON t.code = listed.topic
            ORDER BY listed.published_on DESC NULLS LAST, listed.first DESC NULLS LAST, listed.k""",
            selection=selection,
        )
        return _whole(frame, "killed", "injured")

    def article(self, article: str) -> dict[str, Any] | None:
        """One article with its findings: the columns of ``articles``, ``story``, and the frames ``mentions``,
        ``dates``, ``tolls`` and ``topics``; None where there is no such article."""
        rows = self._ask(
            """SELECT a.*, sk.story, x.first, x.last, x.granularity
            FROM article x JOIN key USING (k) JOIN story_key sk USING (s) JOIN articles a USING (id) WHERE a.id = ?""",
            [article],
        )
        if rows.empty:
            return None
        found: dict[str, Any] = {str(k): None if pd.isna(v) else v for k, v in rows.iloc[0].items()}
        for table in ("mentions", "dates", "tolls"):
            found[table] = self._ask(f'SELECT * FROM "{table}" WHERE article = ? ORDER BY "start"', [article])
        found["topics"] = self._ask("SELECT * FROM topics WHERE article = ? ORDER BY rank", [article])
        return found

    def history(self, article: str) -> pd.DataFrame:
        """The versions of an article as its outlet changed it, the one that counts last; one row where it never did.

        Columns: id, title (or its first words), text, kind, published, at (UTC, when it was read; missing for stores
        of before), killed, injured (Int64) and how they were said. No rows where there is no such article.
        """
        pairs = self._ask("SELECT article, former FROM versions")
        ids = list(chain(article, zip(pairs["article"], pairs["former"], strict=True)))
        frame = self._ask(
            f"""SELECT w.id, {_TITLE} AS title, w.text, w.kind, w.published, r."at" AT TIME ZONE 'UTC' AS "at",
                   e.killed, e.killed_said, e.injured, e.injured_said
            FROM (SELECT unnest(?::VARCHAR[]) AS id, generate_subscripts(?::VARCHAR[], 1) AS turn) v
            JOIN every_article w USING (id) LEFT JOIN events e ON e.article = w.id LEFT JOIN runs r USING (run)
            ORDER BY v.turn""",
            [ids, ids],
        )
        return _whole(frame, "killed", "injured")

    def story_articles(self, story: str) -> list[str]:
        """Ids of a story's articles in the order they were published; the undated last."""
        frame = self._ask(
            """SELECT key.id FROM article JOIN key USING (k) JOIN story_key USING (s) WHERE story = ?
            ORDER BY published_on NULLS LAST, k""",
            [story],
        )
        return list(frame["id"])

    def tolls(self, story: str) -> pd.DataFrame:
        """Every figure a story's articles give, in the order they were published, the undated last; never added up.

        Columns: article, title, source, url, published (as the article has it), published_on, kind, low, high
        (Int64), qualifier, vague, reference (an older count, or of another event), said ("at least 37"), own (the one
        that counts as the article's figure of its kind), confidence, rule, surface, sentence, start and end (of the
        surface within the sentence), corrected (the id of a correction, or null).
        """
        frame = self._ask(
            f"""SELECT t.article, {_TITLE} AS title, w.source, w.url, w.published, a.published_on, t.kind, t.low,
                   t.high, t.qualifier, t.vague, t.reference, t.confidence, t.rule, t.surface,
                   substr(w.text, t.sentence_start + 1, t.sentence_end - t.sentence_start) AS sentence,
                   t."start" - t.sentence_start AS "start", t."end" - t.sentence_start AS "end", t.corrected
            FROM article a JOIN key USING (k) JOIN story_key sk USING (s) JOIN tolls t ON t.article = key.id
            JOIN articles w ON w.id = key.id
            WHERE sk.story = ? ORDER BY a.published_on NULLS LAST, w.published NULLS LAST, a.k, t."start", t.kind""",
            [story],
        )
        return _whole(_with_own(frame), "low", "high")

    def heirs(self, story: str) -> pd.DataFrame:
        """Which stories now hold articles that were once in ``story``: story, title, articles, most first.

        One that was merged has one heir, one that fell apart several, or keeps its name and has some beside it.
        """
        return self._ask(
            """WITH went AS (
                SELECT st.story, count(*) AS articles FROM stories st
                WHERE list_contains(string_split(st.former::VARCHAR, ' '), ?) AND st.story <> ? GROUP BY st.story)
            SELECT went.story, story.title, went.articles FROM went JOIN story USING (story)
            ORDER BY went.articles DESC, went.story""",
            [story, story],
        )

    # -- what there is to choose from -------------------------------------------------------------------------

    def options(self, what: str) -> pd.DataFrame:
        """Values that occur in the whole snapshot, most frequent first: value, label, articles.

        ``what`` is topic (both levels), source, language, country, admin1 or wider (macro-regions and waters that are
        named).
        """
        if what in ("country", "admin1"):
            return self._ask(
                f"""SELECT {what} AS value, NULL AS label, count(DISTINCT k) AS articles FROM mention
                WHERE {what} IS NOT NULL AND here GROUP BY {what} ORDER BY articles DESC, value"""
            )
        if what == "wider":
            return self._ask(
                """SELECT place AS value, any_value(pl.name) AS label, count(DISTINCT k) AS articles
                FROM mention JOIN place pl USING (place) WHERE precision = 5 GROUP BY place
                ORDER BY articles DESC, value"""
            )
        if what not in ("topic", "source", "language"):
            raise ValueError(f"{what!r} is nothing to choose from")
        label = "(SELECT label FROM topic WHERE code = value)" if what == "topic" else "NULL"
        finer = "UNION ALL SELECT code, count(*) FROM subject GROUP BY code" if what == "topic" else ""
        return self._ask(
            f"""SELECT value, {label} AS label, articles FROM (
                SELECT {what} AS value, count(*) AS articles FROM article WHERE {what} IS NOT NULL GROUP BY {what}
                {finer}
            ) ORDER BY articles DESC, value"""
        )

    def rejects(self, *, limit: int = 500, fine: bool = False) -> pd.DataFrame:
        """What was read and could not become an article: run, locator, position, kind, reason, excerpt, corrected.

        Those that someone has looked at and called fine are left out; or only they are given (``fine``).
        """
        return self._ask(
            f"""SELECT * FROM rejects WHERE (corrected IS NOT NULL) = ?
            ORDER BY kind = 'broken' DESC, run, locator LIMIT {limit:d}""",
            [fine],
        )

    def runs(self) -> pd.DataFrame:
        """What each run read, newest first: run, at, locator, read, kept, doubled, rejected."""
        # As plain UTC times: DuckDB hands out times with a zone by a call that pandas is about to drop.
        return self._ask('SELECT * REPLACE ("at" AT TIME ZONE \'UTC\' AS "at") FROM runs ORDER BY "at" DESC')


# A brief has no title of its own: its first words stand for it.
_TITLE = """CASE WHEN coalesce(w.title, '') <> '' THEN w.title
    WHEN length(w.text) <= 110 THEN w.text ELSE regexp_replace(left(w.text, 109), '[\\s,;:–—-]+\\S*$', '') || '…' END"""


def preceding(filters: Filters) -> Filters | None:
    """The same filters for the period of equal length just before; None where the range is open or absent."""
    if not filters.first or not filters.last:
        return None
    length = filters.last - filters.first + timedelta(days=1)
    try:
        return filters.but(first=filters.first - length, last=filters.first - timedelta(days=1))
    except OverflowError:
        return None


def _compared(
    frame: pd.DataFrame, total: int, earlier: pd.DataFrame | None, total_before: int
) -> pd.DataFrame:
    """Counts a topic with their share of ``total``, and what they were among ``total_before`` in ``earlier``."""
    frame["share"] = frame["articles"] / total
    if earlier is None:
        frame["previous"] = pd.array([pd.NA] * len(frame), dtype="Int64")
    else:
        counts = earlier.set_index("code")["articles"]
        frame["previous"] = frame["code"].map(counts).fillna(0).astype("Int64")
    frame["change"] = frame["articles"].astype("Int64") - frame["previous"]
    frame["previous_share"] = frame["previous"].astype("Float64") / total_before if total_before else pd.NA
    return frame


def _with_own(tolls: pd.DataFrame) -> pd.DataFrame:
    """Figures with ``said``, and with ``own`` where one is what its article counts for."""
    from dateline.annotate import said
    from dateline.findings.tolls import own

    figures = [_toll(row) for row in tolls.itertuples()]
    mine: set[int] = set()
    for _, rows in pd.Series(range(len(figures))).groupby(tolls["article"].to_numpy(), sort=False):
        mine.update(id(toll) for toll in own([figures[n] for n in rows]).values())
    return tolls.assign(said=[said(f) for f in figures], own=[id(f) in mine for f in figures])


def _toll(row: Any) -> Toll:
    return Toll(
        start=int(row.start),
        end=int(row.end),
        surface=row.surface,
        kind=row.kind,
        low=int(row.low),
        high=None if pd.isna(row.high) else int(row.high),
        qualifier=row.qualifier,
        vague=bool(row.vague),
        sentence=(0, len(row.sentence)),
        reference=bool(row.reference),
        confidence=1.0 if pd.isna(row.confidence) else float(row.confidence),
    )


def _whole(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Counts that may be missing, as whole numbers (DuckDB hands them out as floats with NaN)."""
    return frame.astype(dict.fromkeys(columns, "Int64"))


def _count_columns(counted: Counted, rows: Numbers) -> dict[str, Any]:
    killed = counted.killed[rows]
    return {
        "articles": counted.articles[rows],
        "stories": counted.stories[rows],
        "killed": pd.arrays.IntegerArray(np.maximum(killed, 0), killed < 0),
    }


def _as_day(value: Any) -> date:
    return pd.Timestamp(value).date()
