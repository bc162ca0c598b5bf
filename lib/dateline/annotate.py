"""Annotate: a frame of articles in, frames of findings out. One pure function that every engine runs.

What happens to an article does not depend on the articles beside it: annotating a batch gives the same rows as
annotating its parts. (Stories are the step that looks across articles.)
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from dateline.article import SCHEMAS, Findings, Mention, Toll, TopicScore, day_of

if TYPE_CHECKING:
    import pandas as pd

    from dateline.findings.places import Passage

T = TypeVar("T")
FINDING_TABLES = ("mentions", "dates", "tolls", "topics", "events")

# Roles in the order in which they say where an article happened. An article with a place in role `where` has
# happened there; one without is looked for at the places it merely names, and only an article that names nothing
# but governments and origins is shown with those.
_HERE_ORDER = (("where",), ("dateline", "mention"), ("government", "origin"))
_FINER = ("dateline", "mention")


# So many articles have their places read together, which spares time; what is found stays the same.
_TOGETHER = 64


def annotate_article(row: Mapping[str, Any]) -> Findings:
    """Findings of one article.

    ``row`` needs ``id`` and ``text``; ``title``, ``language``, ``source_country`` and one of ``published``, ``dct``
    or ``date`` (the reference date, ISO 8601) are used where given.
    """
    return next(annotate_articles([row]))


def annotate_articles(rows: Iterable[Mapping[str, Any]]) -> Iterator[Findings]:
    """Findings of each article, in order; see ``annotate_article``."""
    from dateline.findings import language, places, sentences, topics
    from dateline.gazetteer import load

    for batch in batched(rows, _TOGETHER):
        passages = []
        for row in batch:
            text = row["text"] or ""
            spoken = row.get("language") or language.detect(text)
            passages.append(places.Passage(text, sentences.split(text), row.get("source_country"), spoken))
        found = places.find_all(passages, gazetteer=load())
        told = topics.find_all(
            [(row.get("title") or "", p.text) for row, p in zip(batch, passages, strict=True)]
        )
        for row, passage, mentions, concepts in zip(batch, passages, found, told, strict=True):
            yield _findings(row, passage, mentions, concepts)


def batched(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    """``rows`` in lists of ``size``, the last one shorter."""
    kept: list[T] = []
    for row in rows:
        kept.append(row)
        if len(kept) == size:
            yield kept
            kept = []
    if kept:
        yield kept


def _findings(
    row: Mapping[str, Any], passage: Passage, mentions: Sequence[Mention], concepts: Sequence[TopicScore]
) -> Findings:
    from dateline.findings import dates, tolls

    text = passage.text
    return Findings(
        id=row["id"],
        language=passage.language,
        places=tuple(mentions),
        dates=tuple(dates.find(text, passage.sentences, reference(row), passage.language)),
        tolls=tuple(tolls.find(text, passage.sentences)),
        topics=tuple(concepts),
    )


def reference(row: Mapping[str, Any]) -> date | None:
    """The day from which "on Sunday" counts: ``published``, ``dct`` or ``date``, or what the text says of its own day.

    A weekday beside a day and month fixes the year: the nearest one up to now that has it. The article stays undated
    all the same; the day only places its other dates. None where neither serves.
    """
    for key in ("published", "dct", "date"):
        if day := day_of(row.get(key)):
            return day
    from dateline.findings.dates import reference_date

    found = reference_date(row["text"] or "", latest=date.today())
    return found[0] if found else None


def annotate(articles: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Tables of findings, by the names and schemas of :data:`dateline.article.SCHEMAS`.

    ``articles`` has the columns of the table ``articles`` (missing optional ones are taken as empty). Its detected
    languages are not written back: they are in the extra table ``languages`` (article, language).
    """
    rows = records(articles)
    found = list(annotate_articles(rows))
    return frames_of(found, [reference(row) for row in rows])


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame as plain Python values, missing ones as None."""
    import pyarrow as pa

    rows: list[dict[str, Any]] = pa.Table.from_pandas(frame, preserve_index=False).to_pylist()
    return rows


def frame_of(table: str, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Rows as a frame with the dtypes of the table's schema; columns a row lacks are missing values."""
    import pandas as pd
    import pyarrow as pa

    arrow = pa.Table.from_pylist(list(rows), schema=SCHEMAS[table])
    frame: pd.DataFrame = arrow.to_pandas(types_mapper=pd.ArrowDtype)
    return frame


def frames_of(found: Sequence[Findings], references: Sequence[date | None]) -> dict[str, pd.DataFrame]:
    """The tables that hold these findings, a reference date (or None) beside each."""
    import pandas as pd

    rows: dict[str, list[dict[str, Any]]] = {table: [] for table in FINDING_TABLES}
    for findings, day in zip(found, references, strict=True):
        for table, new in _rows(findings, day).items():
            rows[table].extend(new)
    frames = {table: frame_of(table, rows[table]) for table in FINDING_TABLES}
    frames["languages"] = pd.DataFrame(
        {"article": [f.id for f in found], "language": [f.language for f in found]}, dtype="string[pyarrow]"
    )
    return frames


def _rows(findings: Findings, day: date | None) -> dict[str, list[dict[str, Any]]]:
    from dateline.findings.dates import best_interval
    from dateline.findings.tolls import own

    here = happened(findings.places)
    interval = best_interval(findings.dates, day)
    first, last, granularity = interval if interval else (None, None, None)
    figures = own(findings.tolls)
    return {
        "mentions": [
            _flat(findings.id, m.to_dict()) | {"here": told, "alternatives": json.dumps(m.alternatives)}
            for m, told in zip(findings.places, here, strict=True)
        ],
        "dates": [
            _flat(findings.id, d.to_dict()) | {"first": d.first, "last": d.last} for d in findings.dates
        ],
        "tolls": [_flat(findings.id, t.to_dict()) for t in findings.tolls],
        "topics": [
            {"article": findings.id, "rank": rank, **topic.to_dict()}
            for rank, topic in enumerate(findings.topics)
        ],
        "events": [
            {
                "article": findings.id,
                "first": first,
                "last": last,
                "granularity": granularity,
                "topic": findings.topics[0].code if findings.topics else None,
                **{kind: figures[kind].low for kind in _OWN if kind in figures},
                **{f"{kind}_said": said(figures[kind]) for kind in _OWN if kind in figures},
            }
        ],
    }


_OWN = ("killed", "injured")


def said(toll: Toll) -> str:
    """A figure in the article's own manner: "37", "at least 37", "12 to 15"; a vague one as its word, "dozens"."""
    if toll.vague:
        return toll.qualifier
    if toll.high is not None and toll.high != toll.low:
        return f"{toll.low:,} to {toll.high:,}"
    return f"{toll.low:,}" if toll.qualifier == "exact" else f"{toll.qualifier} {toll.low:,}"


def happened(mentions: Sequence[Mention]) -> list[bool]:
    """For each mention, whether the article counts as having happened there; False for the unresolved.

    Those of the best role the article has count. Where they are only countries or wider areas, finer places that
    the text names in those countries, its dateline among them, count too: "IZMIR - Six people died in western
    Türkiye" happened in Izmir as far as anyone can tell. Where they are only seas, ranges or regions of many
    countries, the finer places of the dateline count.
    """
    resolved = [m for m in mentions if m.place]
    present = {m.role for m in resolved}
    best = next((roles for roles in _HERE_ORDER if present.intersection(roles)), ())
    told = [m for m in resolved if m.role in best]
    coarse = all((m.precision or 0) >= 4 for m in told)
    within = {m.country for m in told if m.country} if coarse else set()

    def finer(mention: Mention) -> bool:
        if mention.role not in _FINER or (mention.precision or 9) >= 4:
            return False
        return mention.country in within or (coarse and not within and mention.role == "dateline")

    return [m.place is not None and (m.role in best or finer(m)) for m in mentions]


def _flat(article: str, row: dict[str, Any]) -> dict[str, Any]:
    """A finding as a table row: the article's id, and the sentence's span in two columns."""
    start, end = row.pop("sentence")
    return {"article": article, "sentence_start": start, "sentence_end": end, **row}
