"""How often Dateline agrees with what people corrected or confirmed in an atlas.

Corrections become rows as gold files have them, with two differences: only some findings of a text were judged, which
``partial`` says, and what was judged to be no finding is listed under ``not``. Figures count the judged ones alone, on
what *this* version finds in the text, whatever the atlas was annotated with.

Since people correct what is wrong more often than they confirm what is right, these figures are no estimate of how
good Dateline is; they tell whether a new version gets right what once was wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from dateline.annotate import annotate_articles, records
from dateline.article import Findings
from dateline.corrections import Correction, anchor, standing
from dateline.corrections.standing import articles_of, by_article
from dateline.evaluation import places as placed
from dateline.evaluation import stories as grouped
from dateline.evaluation.dates import overlapping

if TYPE_CHECKING:
    from dateline.query import Atlas

KINDS: Final = ("places", "dates", "tolls", "topics", "stories")
_OF: Final = {"places": "mention", "dates": "date", "tolls": "toll", "topics": "topic", "stories": "story"}
Row = dict[str, Any]
Span = tuple[int, int]
_Figures = dict[str, float | None]


def run(atlas: Atlas, kind: str) -> dict[str, float]:
    """The figures of ``kind`` on what was judged in an atlas; ``rows`` is 0 where nothing was."""
    return evaluate(kind, gold(atlas, kind))


def evaluate(kind: str, rows: Sequence[Row]) -> dict[str, float]:
    """The figures of gold rows of corrections: see the functions below. Raises ValueError for another kind."""
    if kind not in KINDS:
        raise ValueError(f"kind {kind!r} is none of {', '.join(KINDS)}")
    if kind == "stories":
        return grouped.evaluate(rows)
    found = list(annotate_articles(_articles(rows)))
    figures = {name: value for name, value in _EVALUATE[kind](rows, found).items() if value is not None}
    return figures | {"rows": float(len(rows))}


def _articles(rows: Iterable[Row]) -> Iterable[Row]:
    return (
        {
            "id": row["id"],
            "text": row["text"],
            "title": row.get("title"),
            "source_country": row.get("source_country"),
            "language": row.get("language"),
            "published": row.get("date") or row.get("dct"),
        }
        for row in rows
    )


# -- gold -----------------------------------------------------------------------------------------------------------


def gold(atlas: Atlas, kind: str) -> list[Row]:
    """What was judged of a kind, a row an article (of stories: a row an article of every story that was judged)."""
    if kind not in KINDS:
        raise ValueError(f"kind {kind!r} is none of {', '.join(KINDS)}")
    judged = [c for c in standing(atlas.overlay.corrections) if c.kind == _OF[kind]]
    judged = [c for c in judged if c.id not in atlas.overlay.orphans]
    if kind == "stories":
        return _gold_of_stories(atlas, judged)
    rows = []
    for article, of_article in by_article(judged).items():
        found = atlas.article(article)
        if found is None:
            continue
        row = _of_article(found) | _GOLD[kind](found, of_article)
        rows.append(row | {"partial": True})
    return rows


def _of_article(found: Mapping[str, Any]) -> Row:
    day = found.get("published")
    return {
        "id": found["id"],
        "title": found.get("title"),
        "text": found["text"] or "",
        "url": found.get("url"),
        "source": found.get("source"),
        "source_country": found.get("source_country"),
        "language": found.get("language"),
        "date": day[:10] if isinstance(day, str) else None,
    }


def _spans(found: Mapping[str, Any], judged: Sequence[Correction], table: str) -> tuple[list[Row], list[Row]]:
    """The corrected rows of a table that came out of corrections, and the spans of what was judged to be none."""
    frame = found[table]
    kept = [row for row in records(frame) if row["corrected"]] if len(frame) else []
    there = [(row["start"], row["end"]) for row in kept]
    none = []
    for correction in judged:
        span = anchor.find(correction.anchor, found["text"] or "") if correction.anchor else None
        if span and not any(span[0] < end and start < span[1] for start, end in there):
            none.append({"start": span[0], "end": span[1], "text": found["text"][span[0] : span[1]]})
    return kept, none


def _gold_of_places(found: Mapping[str, Any], judged: Sequence[Correction]) -> Row:
    kept, none = _spans(found, judged, "mentions")
    toponyms = [
        {
            "start": row["start"],
            "end": row["end"],
            "text": row["surface"],
            "lat": row["lat"],
            "lon": row["lon"],
            "geonameid": row["geonameid"],
            "place": row["place"],
            "here": row["here"],
        }
        for row in kept
    ]
    return {"toponyms": toponyms, "not": none}


def _gold_of_dates(found: Mapping[str, Any], judged: Sequence[Correction]) -> Row:
    kept, none = _spans(found, judged, "dates")
    timex = [
        {
            "start": row["start"],
            "end": row["end"],
            "text": row["surface"],
            "type": "TIME" if row["granularity"] == "time" else "DATE",
            "value": row["value"],
            "of": row["of"],
        }
        for row in kept
    ]
    return {"dct": _of_article(found)["date"], "timex": timex, "not": none}


def _gold_of_tolls(found: Mapping[str, Any], judged: Sequence[Correction]) -> Row:
    """The article's figures after the corrections. Of a kind that nobody judged (``unjudged``) the figure found is
    let pass, so that the row can stand in any file of tolls; it counts for nothing here.
    """
    from dateline.article import Toll
    from dateline.evaluation.tolls import figure

    rows = records(found["tolls"]) if len(found["tolls"]) else []
    names = ("start", "end", "surface", "kind", "low", "high", "qualifier", "vague", "reference")
    tolls = [
        Toll(**{n: row[n] for n in names}, sentence=(row["sentence_start"], row["sentence_end"]))
        for row in rows
    ]
    kinds = {c.subject for c in judged} | {str(c.after.get("kind") or c.subject) for c in judged}
    told: Row = {"kind": "corrected" if any(figure(tolls, k) is not None for k in kinds) else "negative"}
    for kind in _TOLLED:
        told[kind] = figure(tolls, kind)
        told[f"{kind}_ok"] = [told[kind]]
    return told | {"unjudged": [kind for kind in _TOLLED if kind not in kinds]}


_TOLLED: Final = ("killed", "injured")


def _gold_of_topics(found: Mapping[str, Any], judged: Sequence[Correction]) -> Row:
    rows = records(found["topics"]) if len(found["topics"]) else []
    right = [row["code"] for row in rows if row["corrected"]]
    first = rows[0]["code"] if rows and rows[0]["corrected"] else None
    return {
        "label": rows[0]["label"] if first else "",
        "medtop": first,
        "medtop_ok": [first] if first else [],
        "also": right,
        "not": sorted({c.subject for c in judged} - set(right)),
    }


def _gold_of_stories(atlas: Atlas, judged: Sequence[Correction]) -> list[Row]:
    """Every article of the stories that were merged, split or confirmed, in its story as corrected."""
    named = {article for correction in judged for article in articles_of(correction)}
    rows: dict[str, Row] = {}
    for article in sorted(named):
        found = atlas.article(article)
        if found is None:
            continue
        for other in atlas.story_articles(found["story"]):
            if other not in rows and (beside := atlas.article(other)) is not None:
                rows[other] = _of_article(beside) | {"cluster": str(beside["story"])}
    return list(rows.values())


_GOLD: Final[dict[str, Callable[[Mapping[str, Any], Sequence[Correction]], Row]]] = {
    "places": _gold_of_places,
    "dates": _gold_of_dates,
    "tolls": _gold_of_tolls,
    "topics": _gold_of_topics,
}

# -- figures --------------------------------------------------------------------------------------------------------


def _meets(spans: Sequence[Span], start: int, end: int) -> bool:
    return any(start < b and a < end for a, b in spans)


def _judged(row: Row, key: str) -> list[Span]:
    return [(t["start"], t["end"]) for t in (*row[key], *row["not"])]


def _places(rows: Sequence[Row], found: Sequence[Findings]) -> _Figures:
    """The measures of :mod:`dateline.evaluation.places` over what was judged; ``same_place`` is the share of the
    judged places whose code is found there, ``left_out`` the share of what is no place that is not taken for one.
    """
    by_row = {id(row): f for row, f in zip(rows, found, strict=True)}

    def judged(row: Row) -> list[Any]:
        spans = _judged(row, "toponyms")
        return [m for m in by_row[id(row)].places if _meets(spans, m.start, m.end)]

    figures = placed.evaluate(rows, judged)
    due = same = none = out = 0
    for row in rows:
        mentions = judged(row)
        for toponym in row["toponyms"]:
            due += 1
            same += any(
                m.place == toponym["place"] and _meets([(m.start, m.end)], toponym["start"], toponym["end"])
                for m in mentions
            )
        for span in row["not"]:
            none += 1
            out += not any(_meets([(m.start, m.end)], span["start"], span["end"]) for m in mentions)
    return figures | {
        "same_place": _share(same, due),
        "left_out": _share(out, none),
        "judged": float(due + none),
    }


def _dates(rows: Sequence[Row], found: Sequence[Findings]) -> _Figures:
    """``value``: the share of the judged dates found with the right value; ``of``: and as the date of the right thing;
    ``left_out``: the share of what is no date that is not taken for one.
    """
    due = value = of = none = out = 0
    for row, findings in zip(rows, found, strict=True):
        spans = [(d.start, d.end, f"{d.value}\x1f{d.of}") for d in findings.dates]
        wanted = sorted((t["start"], t["end"], f"{t['value']}\x1f{t['of']}") for t in row["timex"])
        due += len(wanted)
        for left, right in overlapping(wanted, sorted(spans)):
            value += left[2].split("\x1f")[0] == right[2].split("\x1f")[0]
            of += left[2] == right[2]
        for span in row["not"]:
            none += 1
            out += not any(a < span["end"] and span["start"] < b for a, b, _ in spans)
    return {
        "value": _share(value, due),
        "value_and_of": _share(of, due),
        "left_out": _share(out, none),
        "judged": float(due + none),
    }


def _tolls(rows: Sequence[Row], found: Sequence[Findings]) -> _Figures:
    """For each kind the share of the judged articles whose figure is right, "none" among the answers."""
    from dateline.evaluation.tolls import figure

    figures: _Figures = {}
    for kind in _TOLLED:
        answers = [
            figure(findings.tolls, kind) in row[f"{kind}_ok"]
            for row, findings in zip(rows, found, strict=True)
            if kind not in row["unjudged"]
        ]
        figures |= {kind: _share(sum(answers), len(answers)), f"{kind}_judged": float(len(answers))}
    return figures


def _topics(rows: Sequence[Row], found: Sequence[Findings]) -> _Figures:
    """``accuracy``: the share of articles with a judged first topic where it is found first; ``also``: of the judged
    topics, the share found at all; ``left_out``: of those taken off, the share not found.
    """
    first = right = also = told = none = out = 0
    for row, findings in zip(rows, found, strict=True):
        codes = [t.code for t in findings.topics]
        if row["medtop_ok"]:
            first += 1
            right += codes[:1] == row["medtop_ok"]
        also += len(row["also"])
        told += sum(code in codes for code in row["also"])
        none += len(row["not"])
        out += sum(code not in codes for code in row["not"])
    return {
        "accuracy": _share(right, first),
        "also": _share(told, also),
        "left_out": _share(out, none),
        "judged": float(also + none),
    }


def _share(part: int, whole: int) -> float | None:
    """None where nothing was judged: no share, and not a bad one."""
    return part / whole if whole else None


_EVALUATE: Final[dict[str, Callable[[Sequence[Row], Sequence[Findings]], _Figures]]] = {
    "places": _places,
    "dates": _dates,
    "tolls": _tolls,
    "topics": _topics,
}
