"""The tools that are compared, each behind one function: rows with ``text`` in, what was found in each out.

Every tool runs in a process of its own, the peers with an interpreter of their own that has nothing of Dateline,
so this module imports only the standard library until a tool is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.largest import Largest

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """A toponym that a tool found, with the point it gives; offsets count characters of the row's text."""

    start: int
    end: int
    name: str = ""
    lat: float | None = None
    lon: float | None = None
    geonameid: int | None = None
    precision: int | None = None
    form: str = "name"


# Start, end, the name to look up, and the form: ``name`` or ``adjectival`` ("Syrian"), as in ``dateline.article``.
Span = tuple[int, int, str, str]


Read = Callable[[Sequence[Row], Largest | None], list[list[Found]]]


@dataclass(frozen=True)
class Tool:
    """A tool that has started: ``read`` takes rows and gives what it found in each.

    ``folders`` are what belongs to it on disk beyond the installed packages it has loaded; ``resolves`` tells whether
    it brings its own points (else ``largest`` gives them).
    """

    read: Read
    resolves: bool = False
    folders: tuple[Path, ...] = ()


def located(spans: Iterable[Span], largest: Largest | None) -> list[Found]:
    """Spans with the point of the largest place of their name, or the country an adjective belongs to.

    An adjective that belongs to no country ("Republican") is no toponym.
    """
    found = []
    for start, end, name, form in spans:
        look_up = None if largest is None else largest if form == "name" else largest.of_people
        spot = look_up(name) if look_up else None
        if spot is not None:
            found.append(
                Found(start, end, spot.name, spot.lat, spot.lon, spot.geonameid, spot.precision, form)
            )
        elif form == "name":
            found.append(Found(start, end, name))
    return found


def _one_by_one(spans_of: Callable[[str], Iterable[Span]]) -> Read:
    def read(rows: Sequence[Row], largest: Largest | None) -> list[list[Found]]:
        return [located(spans_of(row["text"]), largest) for row in rows]

    return read


# -- Dateline --------------------------------------------------------------------------------------------------


def dateline(_: str) -> Tool:
    """Dateline as it is: sentences, language, recognition, resolution, roles and reasons."""
    import dateline as package
    from dateline.evaluation.places import found_in
    from dateline.gazetteer import load
    from dateline.gazetteer.compiler import index_folder

    load()
    found_in({"text": "A first text loads the tables: police in Tbilisi, Georgia, said so on Monday."})

    def read(rows: Sequence[Row], largest: Largest | None) -> list[list[Found]]:
        return [
            [
                Found(m.start, m.end, m.name, m.lat, m.lon, m.geonameid, m.precision, m.form)
                for m in found_in(row)
            ]
            for row in rows
        ]

    return Tool(read, resolves=True, folders=(Path(package.__path__[0]), index_folder()))


# -- spaCy -----------------------------------------------------------------------------------------------------

# NORP is nationalities, and also religions and parties, which belong to no country.
KINDS = {"GPE": "name", "LOC": "name", "FAC": "name", "NORP": "adjectival"}
_ARTICLE = re.compile(r"(?:the|The|THE)\s+")
_OWNER = re.compile(r"['’]s$|['’]$")


def trimmed(text: str, start: int, end: int) -> tuple[int, int, str]:
    """A span without "the" before it and "'s" after it, which the gold sets leave out and spaCy takes in."""
    if match := _ARTICLE.match(text, start, end):
        start = match.end()
    if match := _OWNER.search(text[start:end]):
        end = start + match.start()
    return start, end, text[start:end]


def spacy(model: str) -> Tool:
    """spaCy's names of kind GPE, LOC, FAC and NORP; whatever its pipeline does besides is switched off."""
    import spacy as package  # type: ignore[import-not-found]

    nlp = package.load(
        model, exclude=["tagger", "parser", "senter", "attribute_ruler", "lemmatizer", "tok2vec"]
    )
    nlp("A first text loads the tables.")

    def read(rows: Sequence[Row], largest: Largest | None) -> list[list[Found]]:
        docs = nlp.pipe(row["text"] for row in rows)
        return [
            located(
                (
                    (*trimmed(doc.text, name.start_char, name.end_char), KINDS[name.label_])
                    for name in doc.ents
                    if name.label_ in KINDS
                ),
                largest,
            )
            for doc in docs
        ]

    here = Path(model)
    return Tool(read, folders=(here,) if here.is_dir() else ())


# -- geotext ---------------------------------------------------------------------------------------------------


def in_order(text: str, names: Iterable[str], form: str = "name") -> Iterator[Span]:
    """The spans of names that were read off the text from left to right; a name that is not there any more is
    passed over."""
    cursor = 0
    for name in names:
        match = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)").search(text, cursor)
        start = match.start() if match else text.find(name, cursor)
        if start >= 0:
            cursor = start + len(name)
            yield start, cursor, name, form


def geotext(_: str) -> Tool:
    """geotext's cities, countries and nationalities; it gives names without spans, in the order of the text."""
    from geotext import GeoText  # type: ignore[import-not-found]

    def spans(text: str) -> Iterable[Span]:
        found = GeoText(text)
        yield from in_order(text, found.countries)
        yield from in_order(text, found.cities)
        yield from in_order(text, found.nationalities, "adjectival")

    return Tool(_one_by_one(spans))


# -- flashgeotext ----------------------------------------------------------------------------------------------


def flashgeotext(_: str) -> Tool:
    """flashgeotext's cities and countries, with the spans and the main names it gives."""
    from flashgeotext.geotext import GeoText  # type: ignore[import-not-found]

    reader = GeoText()

    def spans(text: str) -> Iterable[Span]:
        # Two lists are searched one after the other; where they overlap the longer name stands, countries first.
        found = reader.extract(input_text=text, span_info=True)
        both = [
            (start - end, kind != "countries", start, end, name)
            for kind, names in found.items()
            for name, meta in names.items()
            for start, end in meta["span_info"]
        ]
        taken: list[Span] = []
        covered: set[int] = set()
        for _size, _kind, start, end, name in sorted(both):
            if covered.isdisjoint(range(start, end)):
                covered.update(range(start, end))
                taken.append((start, end, name, "name"))
        return sorted(taken)

    return Tool(_one_by_one(spans))


TOOLS: dict[str, Callable[[str], Tool]] = {
    "dateline": dateline,
    "spacy": spacy,
    "geotext": geotext,
    "flashgeotext": flashgeotext,
}
