"""Writes the templates to fill in: a workbook with the list and a sheet that explains it, and a CSV."""

import csv
import io
from collections.abc import Sequence

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from qingyan.people.roster.examples import GUIDE_SHEET
from qingyan.people.roster.sheets import OPTIONS, add_list

GUIDE_WIDTHS = (18, 20, 46, 46, 24, 24)


def template_book(
    *,
    title: str,
    columns: Sequence[tuple[str, str]],
    choices: Sequence[Sequence[str]],
    guide: Sequence[Sequence[str]],
    notes: Sequence[str],
) -> bytes:
    """XLSX with the empty list first and the explaining sheet behind it.

    `columns` are (header, hint), `choices` run parallel; `guide` begins with its own header; `notes` stand above it.
    """
    buffer = io.BytesIO()
    with Workbook(buffer, OPTIONS) as book:
        add_list(book, title=title, columns=columns, choices=choices)
        _add_guide(book, guide=guide, notes=notes)
    return buffer.getvalue()


def template_csv(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """CSV in UTF-8 with the mark by which spreadsheets know it."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([header, *rows])
    return text.getvalue().encode("utf-8-sig")


def _add_guide(book: Workbook, *, guide: Sequence[Sequence[str]], notes: Sequence[str]) -> None:
    sheet = book.add_worksheet(GUIDE_SHEET)
    text = book.add_format({"num_format": "@", "quote_prefix": True, "text_wrap": True, "valign": "top"})
    head = book.add_format({"num_format": "@", "quote_prefix": True, "bold": True, "bg_color": "#e6f1ef"})
    for position, width in enumerate(GUIDE_WIDTHS):
        sheet.set_column(position, position, width, text)
    for line, note in enumerate(notes):
        sheet.write_string(line, 0, note, _plain(book))
    for line, cells in enumerate(guide, start=len(notes) + 1):
        for position, cell in enumerate(cells):
            sheet.write_string(line, position, cell, head if line == len(notes) + 1 else text)


def _plain(book: Workbook) -> Format:
    return book.add_format({"num_format": "@", "quote_prefix": True})
