"""Looks inside an XLSX before anything parses it as a table: bombs, macros, links, formulas, merged cells, sheets.

Runs in the child process only. Small parts are parsed with defusedxml; the big sheets are scanned as bytes in pieces,
because parsing 100,000 rows twice would take seconds, and parsed (defusedxml again) only to say where a formula is.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from posixpath import basename, join, normpath
from typing import IO, TypeVar
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring, iterparse

from qingyan.people.roster.examples import GUIDE_SHEET
from qingyan.people.roster.limits import (
    MOST_COLUMNS,
    MOST_ENTRIES,
    MOST_RATIO,
    MOST_ROWS,
    MOST_UNPACKED,
    RATIO_COUNTS_FROM,
    ROWS_ABOVE,
)
from qingyan.people.roster.outcome import Refused

UNREADABLE = (  # what zipfile and ElementTree raise on broken files, as found by fuzzing; ValueError: negative seek
    *(zipfile.BadZipFile, zlib.error, struct.error, ParseError),
    *(EOFError, OSError, NotImplementedError, KeyError, ValueError),
)
PIECE = 256 * 1024
LONGEST_TAG = 1024 * 1024
CELLS_TO_NAME = 5
STYLED_COLUMNS = 16_384  # a sheet may style empty cells far to the right; a cell beyond this is no spreadsheet
FARTHEST_ROW = MOST_ROWS * 2  # a little below a styled, empty tail; calamine allocates the whole rectangle
MOST_CELLS = MOST_COLUMNS * MOST_ROWS

Found = TypeVar("Found")
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
DOCTYPE = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
VALUE = re.compile(rb"<(?:\w+:)?(?:v|is)[\s>]")
CELL = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br=[\"']([A-Z]{1,7})(\d{1,10})[\"']")
ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
MERGE = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?\bref=[\"'](([A-Z]+)(\d+):([A-Z]+)(\d+))[\"']")
OTHER_OFFICE = {"word/": "Word", "ppt/": "PowerPoint", "xl/workbook.bin": "XLSB", "content.xml": "ODS"}
LIVE_PARTS = {"xl/externalLinks/": "external_links", "xl/macrosheets/": "macros", "xl/embeddings/": "embedded"}


@dataclass(frozen=True)
class Merge:
    """Merged cells, e.g. A1:C1, and their last line."""

    place: str
    last_line: int


@dataclass(frozen=True)
class Book:
    """The only sheet with content, and its merged cells."""

    sheet: str
    merges: tuple[Merge, ...]


@dataclass
class Sheet:
    """What the scan of one sheet counted."""

    name: str
    part: str
    values: int = 0
    formulas: int = 0
    rows: int = 0
    last_row: int = 0
    columns: set[bytes] = field(default_factory=set)
    merges: list[Merge] = field(default_factory=list)


def inspect(content: bytes) -> Book:
    """The book's one sheet. Raises Refused when it is no XLSX, damaged, a bomb, or holds what a plain list has not."""
    return _inspected(content, lambda archive, sheets: _only(archive, _without_guide(sheets)))


def inspect_all(content: bytes) -> list[str]:
    """The names of all sheets with content, each checked as `inspect` does. Raises Refused."""
    return _inspected(content, lambda archive, sheets: [_only(archive, [sheet]).sheet for sheet in _filled(sheets)])


def _inspected(content: bytes, found: Callable[[zipfile.ZipFile, list[Sheet]], Found]) -> Found:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            check_entries(archive)
            _check_kind(archive)
            _check_parts(archive)
            sheets = [_scanned(archive, name, part) for name, part in _sheets(archive)]
            return found(archive, sheets)
    except UNREADABLE as error:
        raise Refused("damaged") from error
    except DefusedXmlException as error:
        raise Refused("dangerous_xml") from error


def check_entries(archive: zipfile.ZipFile) -> None:
    """Refuses bombs, encrypted and doubled parts by what the archive says of itself; readers count what comes out."""
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise Refused("bomb", what="entries")
    if len({entry.filename for entry in entries}) != len(entries):
        raise Refused("damaged")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused("encrypted")
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise Refused("damaged")
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Refused("bomb", what="unpacked")
    for entry in entries:
        if entry.file_size > max(RATIO_COUNTS_FROM, entry.compress_size * MOST_RATIO):
            raise Refused("bomb", what="ratio")


def _check_kind(archive: zipfile.ZipFile) -> None:
    names = archive.namelist()
    if "[Content_Types].xml" in names and "xl/workbook.xml" in names:
        return
    for start, kind in OTHER_OFFICE.items():
        if any(name.startswith(start) for name in names):
            raise Refused("wrong_kind", kind=kind)
    raise Refused("wrong_kind", kind="ZIP")


def _check_parts(archive: zipfile.ZipFile) -> None:
    for name in archive.namelist():
        if basename(name) == "vbaProject.bin":
            raise Refused("macros")
        for start, code in LIVE_PARTS.items():
            if name.startswith(start):
                raise Refused(code)
        if name.endswith((".xml", ".rels", ".vml")):
            _check_xml(archive, name)
        elif name.endswith((".zip", ".xlsx", ".xlsm", ".docx", ".exe")):
            raise Refused("embedded")


def _check_xml(archive: zipfile.ZipFile, name: str) -> None:
    for number, piece in enumerate(_pieces(archive, name)):
        if number == 0:
            _check_encoding(piece[:200])
        if DOCTYPE.search(piece):
            raise Refused("dangerous_xml")


def _check_encoding(start: bytes) -> None:
    """A scan for bytes is honest only if the part is UTF-8."""
    declared = re.search(rb"encoding=[\"']([^\"']*)", start)
    if b"\x00" in start or (declared and declared.group(1).lower() not in (b"utf-8", b"us-ascii")):
        raise Refused("damaged")


def _pieces(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """The part in pieces that never cut a tag, counting what truly comes out."""
    with archive.open(name) as part:
        total, rest = 0, b""
        while piece := part.read(PIECE):
            total += len(piece)
            if total > MOST_UNPACKED:
                raise Refused("bomb", what="unpacked")
            piece = rest + piece
            cut = piece.rfind(b"<")
            if cut <= 0:
                cut = len(piece) if cut < 0 else 0
            if len(piece) - cut > LONGEST_TAG:
                raise Refused("damaged")
            rest = piece[cut:]
            yield piece[:cut]
        yield rest


def _sheets(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """(name, part) of each worksheet, in order."""
    relations = fromstring(archive.read("xl/_rels/workbook.xml.rels"), forbid_dtd=True)
    targets = {relation.get("Id"): relation for relation in relations}
    found = []
    for sheet in _named(fromstring(archive.read("xl/workbook.xml"), forbid_dtd=True), "sheet"):
        relation = targets.get(sheet.get(RELATION) or sheet.get(STRICT_RELATION))
        if relation is None or relation.get("TargetMode") == "External":
            raise Refused("damaged")
        if (relation.get("Type") or "").endswith("/worksheet"):
            found.append((sheet.get("name") or "", _part(relation.get("Target") or "")))
    return found


def _part(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))


def _named(tree: Element, name: str) -> Iterator[Element]:
    return (element for element in tree.iter() if _local(element) == name)


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _scanned(archive: zipfile.ZipFile, name: str, part: str) -> Sheet:
    sheet = Sheet(name=name, part=part)
    for piece in _pieces(archive, part):
        sheet.values += len(VALUE.findall(piece))
        sheet.formulas += len(FORMULA.findall(piece))
        sheet.rows += len(ROW.findall(piece))
        for column, row in CELL.findall(piece):
            sheet.columns.add(column)
            sheet.last_row = max(sheet.last_row, int(row))
        sheet.merges += [Merge(m[0].decode(), max(int(m[2]), int(m[4]))) for m in MERGE.findall(piece)]
    return sheet


def _only(archive: zipfile.ZipFile, sheets: list[Sheet]) -> Book:
    filled = _filled(sheets)
    if not filled:
        raise Refused("no_rows")
    if len(filled) > 1:
        raise Refused("several_sheets", names="、".join(sheet.name[:31] for sheet in filled[:CELLS_TO_NAME]))
    sheet = filled[0]
    _check_size(sheet)
    if sheet.formulas:
        with archive.open(sheet.part) as part:
            raise Refused("formulas", count=sheet.formulas, cells="、".join(_formula_cells(part)))
    return Book(sheet=sheet.name, merges=tuple(sheet.merges))


def _without_guide(sheets: list[Sheet]) -> list[Sheet]:
    """Without the sheet of our own template that only explains."""
    return [sheet for sheet in sheets if sheet.name != GUIDE_SHEET]


def _filled(sheets: list[Sheet]) -> list[Sheet]:
    return [sheet for sheet in sheets if sheet.values or sheet.formulas]


def _check_size(sheet: Sheet) -> None:
    widest = max((_column_number(column) for column in sheet.columns), default=0)
    if sheet.values > MOST_CELLS or sheet.last_row > FARTHEST_ROW or sheet.rows > FARTHEST_ROW:
        raise Refused("too_many_rows", rows=max(sheet.rows, sheet.last_row), limit=MOST_ROWS)
    if widest > STYLED_COLUMNS or widest * max(sheet.last_row, sheet.rows) > MOST_CELLS:
        raise Refused("too_many_columns", columns=widest, limit=MOST_COLUMNS)
    if sheet.rows > MOST_ROWS + ROWS_ABOVE and sheet.values > sheet.rows:
        raise Refused("too_many_rows", rows=sheet.rows, limit=MOST_ROWS)


def _column_number(letters: bytes) -> int:
    number = 0
    for char in letters:
        number = number * 26 + char - ord("A") + 1
    return number


def _formula_cells(part: IO[bytes]) -> list[str]:
    """The first few cells with a formula, e.g. B2."""
    found: list[str] = []
    for _, element in iterparse(part, events=("end",), forbid_dtd=True):
        if _local(element) == "c":
            if any(_local(child) == "f" for child in element):
                found.append(element.get("r") or "?")
            element.clear()
        if len(found) == CELLS_TO_NAME:
            break
    return found
