"""Shipped: the tables, weights and shapes that come with Dateline, and where they lie."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path


@cache
def folder() -> Path:
    """The data folder: ``$DATELINE_DATA``, the checkout's ``data``, or the copy within an installed package.

    FileNotFoundError where none of them is one.
    """
    here = Path(__file__).resolve().parent
    named = os.environ.get("DATELINE_DATA")
    tried = [*([Path(named)] if named else []), here.parents[1] / "data", here / "_data"]
    for path in tried:
        if (path / "gazetteer" / "regions.csv").is_file():
            return path
    raise FileNotFoundError(
        f"Dateline's data are in none of {', '.join(map(str, tried))}; set DATELINE_DATA to the data folder"
    )


def path(*parts: str) -> Path:
    """The path of one of its files: ``path("places", "ranker.npz")``."""
    return folder().joinpath(*parts)
