"""Evaluating: ``dateline evaluate``, figures against gold files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.console import Unusable, app, print_row


@app.command()
def evaluate(
    kind: Annotated[str, typer.Argument(help="places, dates, tolls, topics, stories, pages or feeds.")],
    gold: Annotated[Path, typer.Argument(help="A gold file, JSON lines (may be gzipped).")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Score what Dateline finds against a gold file."""
    from dateline import evaluation

    if kind not in evaluation.KINDS:
        raise Unusable(f"{kind}: nothing to evaluate; it is one of {', '.join(evaluation.KINDS)}")
    if not gold.is_file():
        raise Unusable(f"{gold}: there is no such file")
    try:
        figures = evaluation.run(kind, gold)
    except (ValueError, KeyError, TypeError) as error:
        raise Unusable(_evaluation_words(error, kind, gold)) from None
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
