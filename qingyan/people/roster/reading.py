"""From the bytes of an uploaded file to a table of cells. The kind of file is told by its content, never by its name.

Runs in the child process only. What an XLSX hides is found by inspection.py before calamine sees it.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from python_calamine import CalamineError, CalamineWorkbook

from qingyan.people.roster import inspection
from qingyan.people.roster.inspection import Merge
from qingyan.people.roster.limits import LONGEST_CELL, MOST_BYTES, MOST_COLUMNS, MOST_ROWS, ROWS_ABOVE
from qingyan.people.roster.outcome import Cell, Refused

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
KNOWN_STARTS = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
}
WEB_PAGE = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<head")
DELIMITERS = ",\t;，"


@dataclass(frozen=True)
class Table:
    """Non-empty rows with their line in the file (from 1), the text encoding ("" for XLSX), and merged places.

    The rows come one after the other, once; going through them may raise Refused.
    """

    rows: Iterable[tuple[int, list[Cell]]]
    encoding: str = ""
    merges: tuple[Merge, ...] = ()


def read(content: bytes) -> Table:
    """The table in an XLSX or a CSV. Raises Refused when there is none that we can trust."""
    if len(content) > MOST_BYTES:
        raise Refused("too_many_bytes", size=_megabytes(len(content)), limit=_megabytes(MOST_BYTES))
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise Refused("empty_file")
    if content.startswith(b"PK"):
        return _read_xlsx(content)
    _refuse_other_kinds(content)
    return _read_csv(content)


def _refuse_other_kinds(content: bytes) -> None:
    if content.startswith(OLE):
        raise Refused("encrypted" if ENCRYPTED in content else "old_xls")
    for start, kind in KNOWN_STARTS.items():
        if content.startswith(start):
            raise Refused("wrong_kind", kind=kind)
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower().startswith(WEB_PAGE):
        raise Refused("web_page")


def _read_xlsx(content: bytes) -> Table:
    book = inspection.inspect(content)
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(book.sheet)
    except (CalamineError, ValueError, OSError) as error:
        raise Refused("damaged") from error
    rows = ((line, [_cell(cell) for cell in row]) for line, row in enumerate(sheet.iter_rows(), start=1))
    return Table(rows=_limited(rows, sheet.total_height), merges=book.merges)


def _cell(value: object) -> Cell:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, str):
        return value or None
    if isinstance(value, bool | float | date) or value is None:
        return value
    return float(value) if isinstance(value, int) else str(value)


def _read_csv(content: bytes) -> Table:
    text, encoding = _decoded(content)
    if "\x00" in text:
        raise Refused("wrong_kind", kind="?")
    if text.count("\n") > MOST_ROWS * 2:
        raise Refused("too_many_rows", rows=text.count("\n"), limit=MOST_ROWS)
    return Table(rows=_limited(_csv_rows(text), text.count("\n")), encoding=encoding)


def _csv_rows(text: str) -> Iterator[tuple[int, list[Cell]]]:
    delimiter = max(DELIMITERS, key=_first_lines(text).count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for line, row in enumerate(reader, start=1):
            yield line, [_unquoted(cell) or None for cell in row]
    except csv.Error as error:
        raise Refused("broken_csv") from error


def _first_lines(text: str) -> str:
    return "\n".join(text[:20_000].splitlines()[:5])


def _unquoted(cell: str) -> str:
    """Many programs write ="0123" so that a spreadsheet keeps the digits."""
    return cell[2:-1] if cell.startswith('="') and cell.endswith('"') and len(cell) > 2 else cell


def _decoded(content: bytes) -> tuple[str, str]:
    marked_utf_16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ["utf-16"] if marked_utf_16 else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise Refused("unknown_encoding")


def _limited(rows: Iterable[tuple[int, list[Cell]]], about: int) -> Iterator[tuple[int, list[Cell]]]:
    """The rows that are not empty, each as wide as it is filled. `about` is how many there seem to be."""
    filled = 0
    for line, cells in rows:
        width = _width(cells)
        if not width:
            continue
        filled += 1
        if filled > MOST_ROWS + ROWS_ABOVE:
            raise Refused("too_many_rows", rows=max(filled, about), limit=MOST_ROWS)
        if width > MOST_COLUMNS:
            raise Refused("too_many_columns", columns=width, limit=MOST_COLUMNS)
        if any(isinstance(cell, str) and len(cell) > LONGEST_CELL for cell in cells):
            raise Refused("cell_too_long", at=line, limit=LONGEST_CELL)
        yield line, cells[:width]
    if not filled:
        raise Refused("no_rows")


def _width(cells: list[Cell]) -> int:
    width = len(cells)
    while width and _blank(cells[width - 1]):
        width -= 1
    return width


def _blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f}"
