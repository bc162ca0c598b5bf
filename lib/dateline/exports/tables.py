"""Tables: CSV, Parquet and Excel workbooks; no cell is ever a formula."""

from __future__ import annotations

import csv
import io
from typing import Any

from dateline.exports.rows import COLUMNS, STORY_COLUMNS, cell, clean, records
from dateline.exports.selection import Selection

# What a sheet of Excel holds, its head included, and what one cell does.
_ROWS, _CELL = 1_048_576, 32_767


def to_csv(selection: Selection) -> bytes:
    """RFC 4180 with a header; text that a spreadsheet would run as a formula is quoted with an apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    for row in records(selection.mentions):
        writer.writerow({name: cell(value) for name, value in row.items()})
    return out.getvalue().encode("utf-8", "replace")


def to_parquet(selection: Selection) -> bytes:
    """A Parquet file with the columns of the CSV, typed: days as date32, counts as int64, the texts as they are."""
    import pandas as pd
    import pyarrow as pa
    import pyarrow.parquet as pq

    frame = selection.mentions.copy()
    for column in ("published_on", "first", "last"):
        days = pd.to_datetime(frame[column])
        frame[column] = days.dt.date.astype("object").where(days.notna(), None)
    numbers: dict[str, pa.DataType] = {
        "killed": pa.int64(),
        "injured": pa.int64(),
        "lat": pa.float64(),
        "lon": pa.float64(),
    }
    numbers |= {"precision": pa.int8(), "confidence": pa.float32()}
    dates = dict.fromkeys(("published_on", "first", "last"), pa.date32())
    schema = pa.schema([(name, (numbers | dates).get(name, pa.string())) for name in COLUMNS])
    told = {b"selection": selection.words, b"snapshot": selection.atlas.snapshot.name}
    table = pa.Table.from_pandas(frame, schema=schema, preserve_index=False)
    table = table.replace_schema_metadata({k: v.encode("utf-8", "replace") for k, v in told.items()})
    sink = io.BytesIO()
    pq.write_table(table, sink, compression="zstd")
    return sink.getvalue()


def to_xlsx(selection: Selection) -> bytes:
    """A workbook with the sheets Mentions, Stories and About; every text is written as text, never as a formula."""
    import xlsxwriter  # type: ignore[import-untyped]

    sink = io.BytesIO()
    safe = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": False,
    }
    with xlsxwriter.Workbook(sink, safe) as book:
        # The time of making would make two files of the same data differ.
        book.set_properties({"title": "Dateline", "created": selection.at.replace(tzinfo=None)})
        head = book.add_format({"bold": True})
        _sheet(book.add_worksheet("Mentions"), COLUMNS, records(selection.mentions), head)
        stories = selection.stories(_ROWS)
        _sheet(book.add_worksheet("Stories"), (*STORY_COLUMNS, "published", "url"), stories, head)
        about: list[dict[str, Any]] = [
            {"": "Selection", " ": selection.words},
            {"": "Counts", " ": selection.denominators},
            {"": "Snapshot", " ": selection.atlas.snapshot.name},
            {"": "Opens in", " ": selection.link()},
            {"": "Rows left out of Mentions", " ": max(0, len(selection.mentions) + 1 - _ROWS)},
        ]
        _sheet(book.add_worksheet("About"), ("", " "), about, head)
    return sink.getvalue()


def _sheet(sheet: Any, columns: tuple[str, ...], rows: list[dict[str, Any]], head: Any) -> None:
    for across, name in enumerate(columns):
        sheet.write_string(0, across, name, head)
    for down, row in enumerate(rows[: _ROWS - 1], 1):
        for across, name in enumerate(columns):
            value = row[name]
            if isinstance(value, str):
                # Sheets are saved as CSV by people: a text keeps its apostrophe on that way, too.
                sheet.write_string(down, across, clean(cell(value))[:_CELL])
            elif value is not None:
                sheet.write_number(down, across, float(value))
    sheet.freeze_panes(1, 0)
