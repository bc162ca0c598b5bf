"""Columns: ``dateline columns``, what each column of a table is taken for."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.console import Unusable, app, print_row


@app.command()
def columns(
    table: Annotated[Path, typer.Argument(help="A table: CSV, TSV, JSON, JSON lines, Parquet or .xlsx.")],
    said: Annotated[
        str | None, typer.Option("--columns", help="Your choice, as for `read`: title=Headline,text=Body.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the mapping as JSON.")] = False,
) -> None:
    """Show which column of a table is taken for what, and three of its values."""
    from dateline.sources.columns import parse
    from dateline.sources.limits import FILE_LIMIT, in_words
    from dateline.sources.tables import mapping_of

    if not table.is_file():
        raise Unusable(f"{table}: there is no such file")
    if table.stat().st_size > FILE_LIMIT:
        raise Unusable(f"{table}: is larger than the limit of {in_words(FILE_LIMIT)}")
    try:
        found = mapping_of(table.read_bytes(), table.name, parse(said) if said is not None else None)
    except ValueError as error:
        raise Unusable(f"--columns: {error}") from None
    if found is None:
        raise Unusable(f"{table}: is no table that can be read")
    roles = {column: role for role, column in found.roles.items()}
    if as_json:
        print_row({"form": found.form, "roles": dict(found.roles), "samples": dict(found.samples)})
    else:
        width = max(map(len, (*roles.values(), "role")))
        for column in found.columns:
            role = roles.get(column, "-")
            how = " (guessed)" if role in found.guessed else ""
            values = " · ".join(value[:40] for value in found.samples.get(column, ()))
            typer.echo(f"{role:<{width}}  {column[:40]}{how}: {values}")
    if found.problem:
        raise Unusable(f"{table}: {found.problem}")
