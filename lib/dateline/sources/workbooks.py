"""Excel workbooks (.xlsx, .xlsm): every visible sheet is a table with a header of its own.

A workbook is a zip of XML documents; before the reader sees it, each is unpacked within the limit and looked
through for a document type and for a cell so far out that the sheet between would fill the memory.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from . import archives
from .limits import ARCHIVE_ENTRIES, SHEET_CELLS, in_words

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})", re.IGNORECASE)
# Rows in which the header is looked for: desks put a title and a date above it.
_HEADER_WITHIN = 20
# Excel counts days from here; serials of 1955 to 2119 are days, smaller numbers are numbers.
_EPOCH, _SERIALS = date(1899, 12, 30), (20_000, 80_000)


@dataclass(frozen=True, slots=True)
class Sheet:
    """``rows`` are (number as Excel shows it, cells) below the header, which is in row ``header_row``."""

    name: str
    names: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Any, ...]], ...]
    header_row: int


def sheets(data: bytes, limit: int) -> Iterator[Sheet]:
    """The visible sheets that hold anything. Raises archives.Refused with the reason."""
    check(data, limit)
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for at, meta in enumerate(book.sheets_metadata):
            if meta.visible == SheetVisibleEnum.Visible:
                sheet = book.get_sheet_by_index(at)
                first = sheet.start[0] if sheet.start else 0
                found = _sheet(meta.name, list(enumerate(map(tuple, sheet.to_python()), first + 1)))
                if found:
                    yield found
    except GeneratorExit:
        raise
    except (CalamineError, OSError, ValueError, OverflowError, KeyError) as error:
        raise archives.Refused(f"the workbook cannot be read: {_first_line(error)}") from None
    except BaseException as error:
        # A panic of the reader is no Exception to Python; everything else that is none goes its way.
        if type(error).__name__ != "PanicException":
            raise
        raise archives.Refused("the workbook cannot be read: its sheets are damaged") from None


def _sheet(name: str, rows: Sequence[tuple[int, tuple[Any, ...]]]) -> Sheet | None:
    from . import columns

    filled = [(number, cells) for number, cells in rows if any(_said(cell) for cell in cells)]
    if not filled:
        return None
    at = 0
    for candidate, (_, cells) in enumerate(islice(filled, _HEADER_WITHIN)):
        if columns.guess(_names(cells)).keys() & {"text", "title"} and sum(map(_said, cells)) > 1:
            at = candidate
            break
    number, header = filled[at]
    below = tuple((n, tuple(map(_plain, cells))) for n, cells in filled[at + 1 :])
    return Sheet(name, tuple(_names(header)), below, number)


def _said(cell: object) -> bool:
    return cell is not None and str(cell).strip() != ""


def _names(cells: Sequence[Any]) -> list[str]:
    return [" ".join(str(cell).split()) for cell in cells]


def _plain(cell: object) -> object:
    """A whole number without ".0": Excel knows no others."""
    return int(cell) if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15 else cell


def day_of_serial(value: object) -> object:
    """The day that a number means in a column of dates; anything else unchanged."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if _SERIALS[0] <= value <= _SERIALS[1]:
            moment = datetime.combine(_EPOCH, datetime.min.time()) + timedelta(days=float(value))
            return moment.date() if value == int(value) else moment.replace(microsecond=0)
        if 1_000 <= value <= 2_999:
            return str(value)
    return value


def check(data: bytes, limit: int) -> None:
    """Raise archives.Refused for a workbook that must not be opened."""
    if data.count(b"PK\x01\x02") > ARCHIVE_ENTRIES:
        raise archives.Refused("the workbook has too many parts")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            left = limit
            for info in archive.infolist():
                if info.flag_bits & 0x1:
                    raise archives.Refused("the workbook is encrypted; save it without a password")
                content = archives.unpacked(archive, info, left)
                if content is None:
                    raise archives.Refused(
                        f"the workbook unpacks to more than the limit of {in_words(limit)}; split it"
                    )
                left -= len(content)
                _check_part(info.filename, content)
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError) as error:
        if isinstance(error, archives.Refused):
            raise
        raise archives.Refused(f"the workbook is damaged: {_first_line(error)}") from None


def _check_part(name: str, content: bytes) -> None:
    """Look through one XML document of a workbook; pictures and the like are passed over."""
    from xml.parsers import expat

    far = [0, 0]

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] in ("c", "row", "dimension", "mergeCell"):
            for key in ("r", "ref"):
                _reach(attributes.get(key, ""), far)
            if far[0] * far[1] > SHEET_CELLS:
                raise archives.Refused(
                    f"a sheet reaches to row {far[0]}, column {far[1]}: more than {SHEET_CELLS:,} cells; "
                    "delete the empty rows and columns"
                )

    def doctype(*_: object) -> None:
        raise archives.Refused("a part of the workbook declares a document type, which none needs")

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.StartDoctypeDeclHandler = start, doctype
    if name.lower().endswith((".xml", ".rels")):
        try:
            parser.Parse(content, True)
        except expat.ExpatError as error:
            raise archives.Refused(f"a part of the workbook is damaged: {error}") from None
    elif b"sheetData" in content:
        raise archives.Refused("a sheet of the workbook lies under a strange name")
    else:
        with suppress(expat.ExpatError):
            parser.Parse(content, True)


def _reach(reference: str, far: list[int]) -> None:
    """Widen ``far`` (row, column) to a reference: "C12", "A1:C12" or "12". Raises archives.Refused for others."""
    for part in reference.split(":") if reference else ():
        found = _REFERENCE.fullmatch(part)
        if found is None:
            if not (part.isascii() and part.isdigit() and len(part) < 10):
                # Further to the right than any sheet goes: a reader that took it would fill all the memory.
                raise archives.Refused("a cell of the workbook has a place that no sheet has")
            far[0] = max(far[0], int(part))
            continue
        column = 0
        for letter in found.group(1).upper():
            column = column * 26 + ord(letter) - 64
        far[0], far[1] = max(far[0], int(found.group(2))), max(far[1], column)


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:160]
