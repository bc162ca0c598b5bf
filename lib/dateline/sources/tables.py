"""Tables of articles: CSV and TSV, JSON lines, a JSON array, Parquet. Columns are guessed from their names.

A bad row is rejected with its place; the rest is kept. ``articles.jsonl`` as ``dateline read`` writes it comes
back as it was, ids included.
"""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import fields, replace
from itertools import islice
from typing import Any

from dateline.article import KINDS, Article, Reject, iso_day

from . import columns
from .hints import Hints, clean, one_line
from .limits import FILE_LIMIT
from .outlets import country_of
from .timestamps import to_iso

# A text of one paragraph below this many words is a teaser; above, an article whose breaks were lost.
BRIEF_WORDS = 120
# One cell; a longer one is a broken quotation that swallowed the rest of the file.
CELL_LIMIT = 5_000_000
_DELIMITERS = ",;\t|"
# What pyarrow raises for a damaged file: its own errors are OSErrors, ValueErrors and these.
_PARQUET = (OSError, ValueError, OverflowError, RuntimeError, NotImplementedError, KeyError, TypeError)
# The fields of a line of ``articles.jsonl``.
_OWN = frozenset(field.name for field in fields(Article))
# Keys under which an API answer keeps its list of articles.
_LISTS = ("articles", "items", "results", "data", "docs", "hits", "entries", "response")


def kind_of(text: str, title: str) -> str:
    """``headline`` for a title alone, ``brief`` for one short paragraph, else ``article``."""
    if not text.strip() or one_line(text) == one_line(title):
        return "headline"
    paragraphs = [line for line in text.splitlines() if line.strip()]
    return "article" if len(paragraphs) > 1 or len(text.split()) >= BRIEF_WORDS else "brief"


def read_row(
    row: Mapping[str, Any], roles: Mapping[str, str], hints: Hints, position: str
) -> Article | Reject:
    """The article of one row; ``roles`` maps roles to its column names."""
    if row.keys() >= _OWN:
        return _own_row(row, hints, position)
    cell = {role: _cell(row.get(name)) for role, name in roles.items()}
    title, text = clean(cell.get("title", "")), clean(cell.get("text", ""))
    raw = one_line(" · ".join(str(value) for value in row.values() if value not in (None, "")))[:400]
    if not (text or title):
        return hints.reject("the row has neither a text nor a title", position=position, excerpt=raw)
    published, problem = _published(row.get(roles.get("published", "")), roles.get("published"))
    if problem:
        return hints.reject(problem, position=position, excerpt=raw)
    if "<" in text and _holds_markup(text):
        from .markup import to_text

        text = to_text(text) or title
    kind = cell.get("kind", "")
    article = hints.article(
        text or title,
        title=one_line(title),
        kind=kind if kind in KINDS else kind_of(text, title),
        url=cell.get("url"),
        source=cell.get("source"),
        source_country=_country(cell.get("source_country")),
        published=published,
        language=cell.get("language"),
    )
    kept = {"id": cell.get("id"), "locator": cell.get("locator")}
    return replace(article, **{name: clean(value) for name, value in kept.items() if value and clean(value)})


def _own_row(row: Mapping[str, Any], hints: Hints, position: str) -> Article | Reject:
    """A line that ``dateline read`` wrote: taken word for word; what the user says fills what it leaves open."""
    values: dict[str, Any] = {
        name: row[name] if isinstance(row[name], str) and row[name] else None for name in _OWN
    }
    if not (values["id"] and values["text"] and values["text"].strip()) or values["kind"] not in KINDS:
        return hints.reject(
            "the article has no id, no text or no kind", position=position, excerpt=str(dict(row))
        )
    if values["published"] and not iso_day(values["published"]):
        reason = f"{values['published'][:60]!r} in column 'published' is no date that exists"
        return hints.reject(reason, position=position, excerpt=str(values["title"] or values["text"])[:300])
    values["title"] = values["title"] or ""
    values["published"] = values["published"] or hints.date
    if hints.source:
        values["source"], values["source_country"] = hints.source, country_of(hints.source, values["url"])
    return Article(**values)


def _cell(value: object) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, Mapping):
        # News APIs write {"id": …, "name": …} for the outlet.
        return _cell(value.get("name") or value.get("title") or value.get("value"))
    if isinstance(value, (list, tuple)):
        return "\n".join(_cell(item) for item in value)
    return str(value)


def _country(code: str | None) -> str | None:
    return code.strip().upper() if code and len(code.strip()) == 2 and code.strip().isalpha() else None


def _holds_markup(text: str) -> bool:
    lowered = text[:20_000].casefold()
    return any(
        tag in lowered for tag in ("</p>", "<br", "</a>", "</div>", "<p>", "</b>", "</strong>", "<img")
    )


def _published(value: object, column: str | None) -> tuple[str | None, str]:
    """The row's date, or in words why it is none; an empty cell is an undated row, no error."""
    if (
        column is None
        or value is None
        or not str(value).strip()
        or str(value).strip().lower() in ("nan", "nat", "none", "null")
    ):
        return None, ""
    found = to_iso(value)
    if found:
        return found, ""
    return None, f"{one_line(str(value))[:60]!r} in column {column!r} is no date that exists"


def read_csv(text: str, hints: Hints) -> Iterator[Article | Reject]:
    """A table with a header row; the delimiter is the one that splits the header best."""
    if not text.strip():
        yield hints.reject("the table is empty")
        return
    delimiter = _delimiter(text)
    previous = csv.field_size_limit(CELL_LIMIT)
    try:
        yield from _csv_rows(text.lstrip("\ufeff"), delimiter, hints)
    finally:
        csv.field_size_limit(previous)


def _delimiter(text: str) -> str:
    header = text.lstrip("\ufeff").split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=header.count)
    return delimiter if delimiter in header else ","


def _csv_rows(text: str, delimiter: str, hints: Hints) -> Iterator[Article | Reject]:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        names = next(rows, [])
    except csv.Error as error:
        yield hints.reject(f"the header cannot be read: {error}", position="line 1")
        return
    roles, problem = columns.chosen(names, hints.columns, _csv_sample(text, delimiter))
    if problem:
        yield hints.reject(problem, position="line 1", excerpt=delimiter.join(names))
        return
    while True:
        line = rows.line_num + 1
        try:
            values = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield hints.reject(f"the row cannot be read: {error}", position=f"line {line}")
            continue
        if not any(value.strip() for value in values):
            continue
        if len(values) != len(names) and (len(values) > len(names) or not _fills(values, names, roles)):
            reason = f"the row has {len(values)} cells where the header has {len(names)}"
            yield hints.reject(reason, position=f"line {line}", excerpt=delimiter.join(values))
            continue
        yield read_row(dict(zip(names, values, strict=False)), roles, hints, f"line {line}")


def _csv_sample(text: str, delimiter: str) -> list[list[str]]:
    """The first rows under the header, those that can be read."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    found: list[list[str]] = []
    for _ in range(columns.SAMPLE_ROWS + 1):
        try:
            found.append(next(rows))
        except StopIteration:
            break
        except csv.Error:
            continue
    return found[1:]


def _fills(values: list[str], names: list[str], roles: Mapping[str, str]) -> bool:
    """Whether a row cut short still reaches its text (or title)."""
    wanted = roles.get("text") or roles["title"]
    return names.index(wanted) < len(values)


def read_jsonl(text: str, hints: Hints) -> Iterator[Article | Reject]:
    """An object a line; a broken line is rejected with its number and column."""
    stream = io.StringIO(text, newline="\n")
    for number, line in enumerate(stream, start=1):
        if not line.strip().lstrip("\ufeff"):
            continue
        row, problem = _parse(line.strip("\ufeff\r\n"))
        if problem:
            yield hints.reject(problem, position=f"line {number}", excerpt=line)
        else:
            yield _json_item(row, hints, f"line {number}")


def _parse(text: str) -> tuple[Any, str]:
    """The value, or in words why the text is no JSON."""
    try:
        return json.loads(text), ""
    except json.JSONDecodeError as error:
        where = f"line {error.lineno} column {error.colno}" if error.lineno > 1 else f"column {error.colno}"
        return None, f"broken JSON at {where}: {error.msg}"
    except RecursionError:
        return None, "broken JSON: nested too deep"
    except ValueError as error:
        return None, f"broken JSON: {error}"


def _json_item(row: object, hints: Hints, position: str) -> Article | Reject:
    if not isinstance(row, dict):
        return hints.reject(
            f"a JSON object is expected, not {_json_name(row)}", position=position, excerpt=str(row)
        )
    names = [str(name) for name in row]
    # Objects may lack a field that others have: what the user said counts for those that have it.
    said = {role: name for role, name in hints.columns.items() if name in row}
    roles, problem = columns.chosen(names, said)
    if problem:
        return hints.reject(problem, position=position, excerpt=str(row))
    return read_row(row, roles, hints, position)


def _json_name(value: object) -> str:
    names = {list: "a list", str: "a string", bool: "true or false", int: "a number", float: "a number"}
    return names.get(type(value), "null")


def read_json(text: str, hints: Hints) -> Iterator[Article | Reject]:
    """An array of objects, one object, or an API answer that keeps its array under ``articles``, ``items`` …"""
    value, problem = _parse(text.lstrip("\ufeff"))
    if problem:
        yield hints.reject(problem, excerpt=text[:300])
        return
    rows = _rows(value)
    if rows is None:
        yield hints.reject(
            f"a JSON array of articles is expected, not {_json_name(value)}", excerpt=text[:300]
        )
        return
    if not rows:
        yield hints.reject("the JSON holds no articles", excerpt=text[:300])
    for number, row in enumerate(rows, start=1):
        yield _json_item(row, hints, f"item {number}")


def _rows(value: object, depth: int = 0) -> list[Any] | None:
    if isinstance(value, list):
        return value
    if not isinstance(value, dict):
        return None
    if not columns.guess(str(name) for name in value).keys() & {"text", "title"} or depth:
        for key in _LISTS:
            inner = value.get(key)
            if isinstance(inner, (list, dict)) and depth < 3:
                found = _rows(inner, depth + 1)
                if found is not None:
                    return found
    return [value] if depth == 0 else None


def read_parquet(data: bytes, hints: Hints) -> Iterator[Article | Reject]:
    """A Parquet file, a row group at a time, only the columns that are needed."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(pa.BufferReader(data))
        names = [field.name for field in file.schema_arrow]
    except _PARQUET as error:
        yield hints.reject(f"the Parquet file cannot be read: {_first_line(error)}")
        return
    try:
        sample = [list(row.values()) for row in _parquet_rows(file, columns.SAMPLE_ROWS)]
    except _PARQUET:
        sample = []
    roles, problem = columns.chosen(names, hints.columns, sample)
    if problem:
        yield hints.reject(problem)
        return
    if file.metadata.num_rows == 0:
        yield hints.reject("the table has no rows")
    number = 0
    try:
        for batch in file.iter_batches(batch_size=1000, columns=sorted(set(roles.values()))):
            for row in batch.to_pylist():
                number += 1
                yield read_row(row, roles, hints, f"row {number}")
    except _PARQUET as error:
        yield hints.reject(f"the Parquet file breaks off: {_first_line(error)}", position=f"row {number + 1}")


def _parquet_rows(file: Any, count: int) -> list[dict[str, Any]]:
    first = next(file.iter_batches(batch_size=count), None)
    rows: list[dict[str, Any]] = first.to_pylist() if first is not None else []
    return rows


def read_workbook(data: bytes, hints: Hints, limit: int = FILE_LIMIT) -> Iterator[Article | Reject]:
    """An Excel workbook: the visible sheets that have a column of texts or titles; the others are said."""
    from . import archives, workbooks

    empty = True
    try:
        for sheet in workbooks.sheets(data, limit):
            empty = False
            place = f"sheet {one_line(sheet.name)[:60]!r}"
            sample = [cells for _, cells in sheet.rows[: columns.SAMPLE_ROWS]]
            roles, problem = columns.chosen(sheet.names, hints.columns, sample)
            if problem:
                yield hints.reject(problem, position=f"{place} row {sheet.header_row}")
                continue
            for number, cells in sheet.rows:
                if any(str(cell).strip() for cell in cells):
                    row = dict(zip(sheet.names, cells, strict=False))
                    if "published" in roles:
                        row[roles["published"]] = workbooks.day_of_serial(row.get(roles["published"]))
                    yield read_row(row, roles, hints, f"{place} row {number}")
    except archives.Refused as refusal:
        yield hints.reject(str(refusal))
        return
    if empty:
        yield hints.reject("the workbook holds nothing")


def mapping_of(
    data: bytes, name: str = "", said: Mapping[str, str] | None = None
) -> columns.ColumnMapping | None:
    """The columns of a table (CSV, TSV, JSON, JSON lines, Parquet, a workbook's first fitting sheet) and their roles.

    ``said`` (role to column) is what the user chose. None where ``data`` is no table. Never raises.
    """
    for form, names, rows in _heads(data, name):
        roles, problem = columns.chosen(names, said or {}, rows)
        found = columns.ColumnMapping(
            form,
            tuple(names),
            roles,
            {n: _shown([row[at] for row in rows if at < len(row)]) for at, n in enumerate(names)},
            tuple(role for role in roles if role not in (said or {})),
            problem,
        )
        if not problem or form != "workbook":
            return found
    return None


def _shown(cells: list[Any]) -> tuple[str, ...]:
    """Three values of a column, a line each."""
    filled = (one_line(_cell(cell))[:80] for cell in cells)
    return tuple(dict.fromkeys(value for value in filled if value))[:3]


def _heads(data: bytes, name: str) -> Iterator[tuple[str, list[str], list[list[Any]]]]:
    """(form, column names, first rows) of a table; of a workbook, each sheet's."""
    from . import archives, sniff, workbooks
    from .encodings import NotText, decode

    outer = sniff.container(data)
    if outer == "parquet":
        import pyarrow as pa
        import pyarrow.parquet as pq

        with suppress(*_PARQUET):
            file = pq.ParquetFile(pa.BufferReader(data))
            rows = _parquet_rows(file, columns.SAMPLE_ROWS)
            yield "parquet", [f.name for f in file.schema_arrow], [list(row.values()) for row in rows]
    elif outer == "workbook":
        with suppress(archives.Refused):
            for sheet in workbooks.sheets(data, FILE_LIMIT):
                yield "workbook", list(sheet.names), [list(c) for _, c in sheet.rows[: columns.SAMPLE_ROWS]]
    elif outer is None:
        with suppress(NotText):
            text = decode(data).text
            yield from _text_heads(text, sniff.form_of(text, name))


def _text_heads(text: str, form: str) -> Iterator[tuple[str, list[str], list[list[Any]]]]:
    if form == "csv":
        delimiter = _delimiter(text)
        with suppress(csv.Error, StopIteration):
            names = next(csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter))
            yield form, names, list(_csv_sample(text.lstrip("\ufeff"), delimiter))
    elif form in ("json", "jsonl"):
        lines = io.StringIO(text, newline="\n")
        found = (
            (_parse(line.strip("\ufeff\r\n"))[0] for line in islice(lines, columns.SAMPLE_ROWS))
            if form == "jsonl"
            else (_rows(_parse(text.lstrip("\ufeff"))[0]) or [])[: columns.SAMPLE_ROWS]
        )
        objects = [row for row in found if isinstance(row, dict)]
        names = list(dict.fromkeys(str(key) for row in objects for key in row))
        if names:
            yield form, names, [[row.get(key) for key in names] for row in objects]


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:160]
