"""Writes lists into workbooks: the empty one of a template (templates.py), and the rows that need correction.

Formula injection: every cell goes out as a string cell (never a formula, never a link) in text format with the
quote-prefix mark, which tells a spreadsheet to keep it text when edited. No apostrophe is put in front, so a corrected
file can be uploaded again unchanged.
"""

from collections.abc import Iterable, Sequence
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

TEMPLATE_ROWS = 2000
WIDTH = 18
WIDE = 60
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def correction_sheet(
    *, title: str, header: Sequence[str], rows: Iterable[tuple[Sequence[str], str]], column: str
) -> bytes:
    """XLSX of bad rows: the original columns and one more, named `column`, that says what is wrong in each row."""
    buffer = BytesIO()
    with Workbook(buffer, OPTIONS) as book:
        sheet = book.add_worksheet(title)
        head, text = _formats(book)
        note = book.add_format({"text_wrap": True, "font_color": "#b42318", "num_format": "@", "quote_prefix": True})
        _write_row(sheet, 0, [*header, column], head)
        for number, (cells, words) in enumerate(rows, start=1):
            padded = [*cells, *[""] * (len(header) - len(cells))][: len(header)]
            _write_row(sheet, number, padded, text)
            sheet.write_string(number, len(header), words, note)
        sheet.set_column(0, max(len(header) - 1, 0), WIDTH, text)
        sheet.set_column(len(header), len(header), WIDE)
        sheet.freeze_panes(1, 0)
    return buffer.getvalue()


def add_list(
    book: Workbook, *, title: str, columns: Sequence[tuple[str, str]], choices: Sequence[Sequence[str]]
) -> None:
    """An empty list: headers with a hint that appears on selecting a cell, all cells text, lists where words are fixed.

    `columns` are (header, hint); `choices` in the same order, empty where anything may be written.
    """
    sheet = book.add_worksheet(title)
    head, text = _formats(book)
    _write_row(sheet, 0, [header for header, _ in columns], head)
    sheet.set_column(0, len(columns) - 1, WIDTH, text)
    for position, (header, hint) in enumerate(columns):
        rule: dict[str, object] = {"validate": "any", "input_title": header[:32], "input_message": hint[:255]}
        if choices[position]:
            rule |= {"validate": "list", "source": list(choices[position])}
        sheet.data_validation(1, position, TEMPLATE_ROWS, position, rule)
    sheet.freeze_panes(1, 0)


def _formats(book: Workbook) -> tuple[Format, Format]:
    head = book.add_format({"bold": True, "bg_color": "#e6f1ef", "num_format": "@", "quote_prefix": True})
    return head, book.add_format({"num_format": "@", "quote_prefix": True})


def _write_row(sheet: Worksheet, number: int, cells: Sequence[str], style: Format) -> None:
    for position, cell in enumerate(cells):
        sheet.write_string(number, position, cell, style)
