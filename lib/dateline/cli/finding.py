"""Finding: ``dateline annotate`` and ``dateline stories``, articles in, what was found out."""

from __future__ import annotations

import sys

from dateline.cli.console import StrictOption, WorkersOption, app, print_row
from dateline.cli.lines import Lines


@app.command()
def annotate(workers: WorkersOption = 1, strict: StrictOption = False) -> None:
    """Find places, dates, tolls, topics: articles in, findings out."""
    from dateline.annotate import annotate_articles

    lines = Lines()
    if workers > 1:
        from dateline.engines import findings_of

        for found in findings_of(lines, workers=workers):
            print_row(found.to_dict())
    else:
        # What has come in is answered before more is waited for, so that the command can stand in a pipe.
        for rows in lines.arrivals():
            for found in annotate_articles(rows):
                print_row(found.to_dict())
            sys.stdout.flush()
    lines.finish(strict)


@app.command()
def stories(strict: StrictOption = False) -> None:
    """Find what articles tell and group them by it: JSON lines in, ``{"id", "story"}`` out."""
    lines = Lines()
    if rows := list(lines):
        from dateline.evaluation.stories import told
        from dateline.stories import group

        grouped = group(*told(rows))
        # Grouping takes ids for text; they go out as they came in.
        given = {str(row["id"]): row["id"] for row in rows}
        for article, story in zip(grouped["article"], grouped["story"], strict=True):
            print_row({"id": given[str(article)], "story": story})
    lines.finish(strict)
