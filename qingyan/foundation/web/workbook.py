"""An XLSX file as an answer. Every cell is written as text or number, never as a formula, whatever it begins with."""

from collections.abc import Iterable, Sequence
from io import BytesIO

import xlsxwriter
from django.http import HttpResponse

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"
Cell = str | int | float | bool | None


def workbook(
    *, title: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]], foot: str = "", mark: str = ""
) -> bytes:
    """One sheet: a bold first row, the rows, a last line saying who made it when; `mark` heads every printed page."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet(title[:31])
        sheet.freeze_panes(1, 0)
        sheet.write_row(
            0, 0, [str(heading) for heading in headings], book.add_format({"bold": True, "bg_color": "#e6f1ef"})
        )
        number = 0
        for number, row in enumerate(rows, start=1):
            for position, cell in enumerate(row):
                _write(sheet, number, position, cell)
        sheet.set_column(0, len(headings) - 1, 18)
        if mark:
            sheet.set_header("&L" + mark[:120].replace("&", "&&"))
        if foot:
            sheet.write_string(number + 2, 0, foot)
    return buffer.getvalue()


def workbook_response(content: bytes, *, file_name: str) -> HttpResponse:
    """The workbook as a download; `file_name` says nothing about a person."""
    return download(content, content_type=XLSX, file_name=file_name)


def download(content: bytes, *, content_type: str, file_name: str) -> HttpResponse:
    """Any file as a download; `file_name` says nothing about a person."""
    answer = HttpResponse(content, content_type=content_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return answer


def _write(sheet, row: int, position: int, cell: Cell) -> None:
    if cell is None:
        return
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        sheet.write_number(row, position, cell)
    else:
        sheet.write_string(row, position, str(cell))
