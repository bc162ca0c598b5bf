"""Evaluating: ``dateline evaluate``, figures against gold files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.console import StoreOption, Unusable, app, print_row


@app.command()
def evaluate(
    kind: Annotated[str, typer.Argument(help="places, dates, tolls, topics, stories, pages or feeds.")],
    gold: Annotated[Path | None, typer.Argument(help="A gold file, JSON lines (may be gzipped).")] = None,
    against_corrections: Annotated[
        bool, typer.Option("--against-corrections", help="What people corrected or confirmed is the gold.")
    ] = False,
    store: StoreOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Score what Dateline finds against a gold file, or against the corrections in an atlas."""
    from dateline import evaluation

    if against_corrections:
        _print(_against_corrections(kind, gold, store), as_json)
        return
    if gold is None:
        raise Unusable("name a gold file, or --against-corrections")
    if kind not in evaluation.KINDS:
        raise Unusable(f"{kind}: nothing to evaluate; it is one of {', '.join(evaluation.KINDS)}")
    if not gold.is_file():
        raise Unusable(f"{gold}: there is no such file")
    try:
        figures = evaluation.run(kind, gold)
    except (ValueError, KeyError, TypeError) as error:
        raise Unusable(_evaluation_words(error, kind, gold)) from None
    _print(figures, as_json)


def _against_corrections(kind: str, gold: Path | None, store: Path | None) -> dict[str, float]:
    from dateline.evaluation import corrections
    from dateline.homes import default_store, open_atlas

    if gold is not None:
        raise Unusable("--against-corrections takes no gold file: the atlas holds what was corrected")
    if kind not in corrections.KINDS:
        raise Unusable(f"{kind}: cannot be corrected; it is one of {', '.join(corrections.KINDS)}")
    folder = store or default_store()
    atlas = open_atlas(folder)
    if atlas is None:
        raise Unusable(f"there is no atlas in {folder} yet: run `dateline ingest` first")
    figures = corrections.run(atlas, kind)
    if not figures.get("rows"):
        raise Unusable(f"nothing in {folder} was corrected or confirmed of {kind} yet")
    return figures


def _print(figures: dict[str, float], as_json: bool) -> None:
    if as_json:
        print_row(figures)
        return
    width = max(map(len, figures), default=0)
    for name, value in figures.items():
        typer.echo(
            f"{name:<{width}}  {value:.4f}" if isinstance(value, float) else f"{name:<{width}}  {value}"
        )


def _evaluation_words(error: Exception, kind: str, gold: Path) -> str:
    words = str(error)
    if isinstance(error, ValueError) and words.startswith(str(gold)):
        return words
    return f"{gold}: is no gold file of {kind} ({type(error).__name__}: {words})"
