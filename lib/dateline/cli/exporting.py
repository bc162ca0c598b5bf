"""Exporting: ``dateline export``, a selection as a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.console import StoreOption, Unusable, app, say


@app.command()
def export(
    filters: Annotated[
        str, typer.Option("--filters", help="As in a link: 'region=MA&date=2025-12-01&date=2025-12-31'.")
    ] = "",
    format: Annotated[
        str, typer.Option("--format", help="csv, geojson, parquet, xlsx, kml, ics, rss or html.")
    ] = "csv",
    out: Annotated[
        Path | None, typer.Option("--out", help="File to write (default: standard output).")
    ] = None,
    store: StoreOption = None,
    home: Annotated[
        str | None,
        typer.Option("--home", help="Address of your dashboard, for links back (default: this machine)."),
    ] = None,
) -> None:
    """Write a selection to a file: tables, maps, calendar, feed, report."""
    from urllib.parse import parse_qs

    from dateline import exports
    from dateline.exports.rows import web_address
    from dateline.filters import Filters, View, parameters_unknown
    from dateline.homes import default_store, known_place, open_atlas
    from dateline.ui import names

    if format not in exports.FORMATS:
        raise Unusable(f"--format {format}: it is one of {', '.join(exports.FORMATS)}")
    if home is not None and web_address(home) is None:
        raise Unusable(f"--home {home}: is no http or https address")
    # A whole link is welcome too; a question mark within a value is none.
    asked = filters.partition("?")[2] if "?" in filters.partition("=")[0] else filters
    query = parse_qs(asked, keep_blank_values=True)
    chosen, dropped = Filters.from_query(query, known_region=known_place)
    view, dropped_too = View.from_query(query)
    for words in (*dropped, *dropped_too, *parameters_unknown(query)):
        say(f"--filters {words}")
    atlas = open_atlas(store, view.snapshot)
    if atlas is None:
        folder = store or default_store()
        if view.snapshot:
            raise Unusable(f"--filters data={view.snapshot}: there is no such snapshot in {folder}")
        raise Unusable(f"there is no atlas in {folder} yet: run `dateline ingest` first")
    data = exports.write(atlas, chosen, format, called=names.of, home=home or exports.HOME)
    if out is None:
        sys.stdout.buffer.write(data)
    else:
        out.write_bytes(data)
