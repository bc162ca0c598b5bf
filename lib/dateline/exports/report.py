"""Report: a page that stands alone, to print or to mail. No script, no request, no style but its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from html import escape
from typing import Any, Final

from dateline.exports import mapped
from dateline.exports.rows import clean, flat, records, web_address
from dateline.exports.selection import Selection
from dateline.filters import days_in_words

MOST_STORIES: Final = 200
MOST_SENTENCES: Final = 4
MOST_AREAS: Final = 15

# What the page may do, said to the browser that opens it: show itself, and nothing else.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = """
:root { --paper: #fbfaf7; --text: #1f1e1b; --muted: #5f5c55; --rule: #dcd8ce; --accent: #0b5c77;
  --sea: #dbe6ea; --land: #f7f4ed; --border: #b8b2a5; --mark: #165caa33; color-scheme: light dark; }
@media (prefers-color-scheme: dark) { :root { --paper: #16181b; --text: #eae7e0; --muted: #aaa79f; --rule: #363a40;
  --accent: #6fb9d0; --sea: #11161a; --land: #2a2e33; --border: #565c64; --mark: #7ca5f455; } }
* { box-sizing: border-box; }
body { max-width: 62rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; background: var(--paper); color: var(--text);
  font: 1rem/1.5 "Source Sans", "Segoe UI", system-ui, sans-serif; font-variant-numeric: tabular-nums lining-nums; }
h1, h2, h3 { font-family: "Source Serif", Georgia, serif; line-height: 1.2; margin: 1.6em 0 .4em; }
h1 { margin-top: 0; font-size: 1.9rem; } h2 { font-size: 1.25rem; } h3 { font-size: 1.05rem; margin-bottom: .1em; }
p { margin: 0 0 .5em; overflow-wrap: anywhere; } a { color: var(--accent); }
.words { font-weight: 600; } .meta { color: var(--muted); font-size: .875rem; }
svg { display: block; width: 100%; height: auto; border: 1px solid var(--rule); background: var(--sea); }
svg .land { fill: var(--land); stroke: none; } svg .lake { fill: var(--sea); }
svg .border { fill: none; stroke: var(--border); stroke-width: .7; }
svg .spot { fill: var(--accent); fill-opacity: .55; stroke: var(--paper); stroke-width: .8; }
svg .name { fill: var(--text); font-size: 11px; paint-order: stroke; stroke: var(--land); stroke-width: 3px; }
svg.bars { background: none; border: 0; }
svg .bar { fill: var(--accent); } svg .said { fill: var(--text); font-size: 12px; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; padding: .2em .8em .2em 0; border-bottom: 1px solid var(--rule); vertical-align: top; }
td.figure, th.figure { text-align: right; }
article { border-top: 1px solid var(--rule); break-inside: avoid; }
blockquote { margin: .2em 0 .5em; padding-left: .7em; border-left: 2px solid var(--accent); }
mark { background: var(--mark); color: inherit; }
@media print { body { max-width: none; padding: 0; } }
"""


def to_html(selection: Selection) -> bytes:
    """The report: the selection in words, its counts, a map, topics, time, and the stories with their evidence."""
    places = selection.atlas.places(selection.filters)
    parts = [
        '<!doctype html><html lang="en"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="referrer" content="no-referrer">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>Dateline: {_text(selection.words)}</title><style>{_STYLE}</style></head><body><main>",
        f'<h1>Dateline</h1><p class="words">{_text(selection.words)}</p>',
        f'<p class="meta">{_text(selection.denominators)}</p>',
        f'<p class="meta">Snapshot {_text(selection.atlas.snapshot.name)} of {selection.at:%Y-%m-%d %H:%M} UTC. '
        f'<a href="{escape(selection.link())}" rel="noopener noreferrer">Open it in the dashboard</a></p>',
        "<h2>Where</h2>",
        mapped.world(records(places)),
        f'<p class="meta">{mapped.BORDERS}</p>',
        _areas(records(places)),
        "<h2>About what</h2>",
        _topics(selection),
        "<h2>When</h2>",
        _timeline(selection),
        *_stories(selection),
        "</main></body></html>\n",
    ]
    return "".join(parts).encode("utf-8", "replace")


def _text(value: object) -> str:
    return escape(flat(value))


def _areas(places: list[dict[str, Any]]) -> str:
    """Divisions, countries and wider areas: counted in a table, since a dot for them would lie."""
    areas = [p for p in places if p["precision"] >= 3][:MOST_AREAS]
    known = {3: "first-order division", 4: "country", 5: "wider area"}
    rows = ((p["name"], known[p["precision"]], p["articles"], p["stories"]) for p in areas)
    return _table(("Known only to", "", "Articles", "Stories"), rows) if areas else ""


def _topics(selection: Selection) -> str:
    frame = records(selection.atlas.topics(selection.filters))
    rows = ((t["label"] or "no topic", t["articles"], f"{t['share']:.0%}") for t in frame)
    return _table(("First topic", "Articles", "Share"), rows)


def _table(head: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> str:
    def cells(tag: str, values: Iterable[Any], like: tuple[Any, ...]) -> str:
        return "".join(
            f"<{tag}{_FIGURE if _is_figure(kind) else ''}>{_text(value)}</{tag}>"
            for value, kind in zip(values, like, strict=True)
        )

    listed = list(rows)
    like = listed[0] if listed else head
    body = "".join(f"<tr>{cells('td', row, like)}</tr>" for row in listed)
    return f"<table><thead><tr>{cells('th', head, like)}</tr></thead><tbody>{body}</tbody></table>"


_FIGURE = ' class="figure"'


def _is_figure(value: object) -> bool:
    return isinstance(value, int) or (isinstance(value, str) and value.endswith("%"))


def _timeline(selection: Selection) -> str:
    """Articles a period as bars; the unit follows the span, and what lies far outside is said instead of drawn."""
    window = selection.atlas.window(selection.filters)
    if window is None:
        return '<p class="meta">No article of the selection has a day.</p>'
    low, high, outside = window
    days = (high - low).days
    unit = "day" if days <= 62 else "week" if days <= 400 else "month" if days <= 4000 else "year"
    counted: dict[str, int] = defaultdict(int)
    frame = selection.atlas.timeline(selection.filters, unit)
    for period, articles in zip(frame["period"], frame["articles"], strict=True):
        if low <= _date(period) <= high or unit != "day":
            counted[f"{_date(period):%Y-%m-%d}"] += int(articles)
    kept = {p: n for p, n in counted.items() if date.fromisoformat(p) <= high and _near(p, low, unit)}
    said = f"Articles a {unit}, {_text(days_in_words(low, high))}"
    note = f" {outside:,} articles lie outside this span." if outside else ""
    return f'{mapped.bars(list(kept.items()))}<p class="meta">{said}.{note}</p>'


def _date(value: Any) -> date:
    return value.date() if hasattr(value, "date") else value  # type: ignore[no-any-return]


def _near(period: str, low: date, unit: str) -> bool:
    length = {"day": 0, "week": 6, "month": 30, "year": 365}[unit]
    return (low - date.fromisoformat(period)).days <= length


def _stories(selection: Selection) -> Iterator[str]:
    stories = selection.stories(MOST_STORIES)
    evidence = _evidence(selection)
    yield "<h2>Stories</h2>"
    if selection.counts.stories > len(stories):
        yield f'<p class="meta">The newest {len(stories):,} of {selection.counts.stories:,}.</p>'
    for story in stories:
        yield f"<article><h3>{_text(story['title'])}</h3>"
        yield f'<p class="meta">{" · ".join(_facts(story))}</p>'
        yield from evidence.get(story["story"], ())
        yield "</article>"


def _facts(story: dict[str, Any]) -> Iterator[str]:
    yield _text(story["places"] or "place unknown")
    if story["first"]:
        days = days_in_words(
            date.fromisoformat(story["first"]), date.fromisoformat(story["last"] or story["first"])
        )
        yield _text(days if story["granularity"] in ("day", "time") else f"about {days}")
    else:
        yield "no event date"
    for said, what in ((story["killed_said"], "killed"), (story["injured_said"], "injured")):
        if said:
            yield _text(f"{said} {what}")
    if story["label"]:
        yield _text(story["label"])
    yield f"articles: {story['articles']}, sources: {story['sources']}"


def _evidence(selection: Selection) -> dict[str, list[str]]:
    """story → its sentences as HTML with the name of the place marked, each with its outlet and address."""
    told: dict[str, list[str]] = defaultdict(list)
    seen: set[tuple[str, str]] = set()
    for row in records(selection.mentions):
        key = (row["story"], row["sentence"] or "")
        if key in seen or len(told[row["story"]]) >= MOST_SENTENCES:
            continue
        seen.add(key)
        told[row["story"]].append(_sentence(row))
    return told


def _sentence(row: dict[str, Any]) -> str:
    sentence, surface = clean(row["sentence"]), clean(row["surface"])
    before, found, after = sentence.partition(surface) if surface else (sentence, "", "")
    marked = f"{escape(before)}<mark>{escape(found)}</mark>{escape(after)}" if found else escape(sentence)
    said = f"{_text(row['source'] or 'source unknown')}, {_text(row['published_on'] or 'undated')}"
    if url := web_address(row["url"]):
        said += f' · <a href="{escape(url)}" rel="noopener noreferrer">original</a>'
    return f'<blockquote>{marked}<br><span class="meta">{said}</span></blockquote>'
