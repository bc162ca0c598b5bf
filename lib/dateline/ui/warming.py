"""Warming: what every page needs is loaded while the server starts, and a page that has to wait for it says so."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module

import streamlit as st

# The modules that take longest; whatever they import comes with them.
_MODULES = (
    "pandas",
    "duckdb",
    "pyarrow.parquet",
    "plotly.graph_objects",
    "pydeck",
    "dateline.query",
    "dateline.exports",
    "dateline.figures.maps",
    "dateline.homes",
)
_done = threading.Event()
_done.set()


def start() -> None:
    """Load in the background; returns at once."""
    _done.clear()
    threading.Thread(target=_load, name="warming", daemon=True).start()


def _load() -> None:
    try:
        for name in _MODULES:
            # What fails here fails again, with its message, where a page needs it.
            with suppress(Exception):
                import_module(name)
        with suppress(Exception):
            from dateline.homes import members

            # Opens the gazetteer, which it keeps.
            members()
    finally:
        _done.set()


@contextmanager
def told() -> Iterator[None]:
    """A line on a session's first page until the block is left; the block begins once the background is done."""
    line = st.empty()
    if "begun" not in st.session_state:
        line.caption("Opening the atlas … The first page after a start takes a few seconds.")
    _done.wait()
    try:
        yield
    finally:
        line.empty()
