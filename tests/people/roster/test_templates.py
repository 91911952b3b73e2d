"""Templates come back as they went out: the list is read, the explaining sheet and the invented pupils are not."""

import io

import openpyxl

from qingyan.people.roster.examination import examine
from qingyan.people.roster.examples import GUIDE_SHEET
from qingyan.people.roster.templates import template_book, template_csv
from tests.people.roster.files import EXPECTED, HEADER, pupil, pupils, xlsx


def made() -> bytes:
    return template_book(
        title="名册",
        columns=[(title, "提示") for title in HEADER],
        choices=[("男", "女")] * len(HEADER),
        guide=[["列名", "说明"], ["姓名", "=1+1"]],
        notes=["示例是虚构的"],
    )


def filled(content: bytes, rows) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    for row in rows:
        book.worksheets[0].append([str(cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_empty_template_holds_only_a_header_and_its_cells_are_text():
    sheet = openpyxl.load_workbook(io.BytesIO(made())).worksheets[0]
    assert [cell.value for cell in sheet[1]] == list(HEADER)
    assert sheet.column_dimensions["A"].number_format == "@"
    assert examine(made(), EXPECTED).refusal.code == "no_rows"
    assert len(examine(xlsx([pupil(1)]), EXPECTED).rows) == 1


def test_a_filled_template_is_read_and_its_explaining_sheet_is_no_second_list():
    found = examine(filled(made(), pupils(3)), EXPECTED)
    assert (found.refusal, len(found.rows), found.problems) == (None, 3, [])


def test_another_second_sheet_is_still_refused():
    book = openpyxl.load_workbook(io.BytesIO(filled(made(), pupils(3))))
    book[GUIDE_SHEET].title = "别的名单"
    out = io.BytesIO()
    book.save(out)
    assert examine(out.getvalue(), EXPECTED).refusal.code == "several_sheets"


def test_the_explaining_sheet_holds_no_formula_whatever_it_says():
    sheet = openpyxl.load_workbook(io.BytesIO(made()))[GUIDE_SHEET]
    cells = [cell for line in sheet.iter_rows() for cell in line if cell.value is not None]
    assert "=1+1" in {cell.value for cell in cells}
    assert {cell.data_type for cell in cells} == {"s"}


def test_the_csv_has_the_mark_of_utf_8_and_is_read():
    content = template_csv(HEADER, pupils(2))
    assert content.startswith(b"\xef\xbb\xbf")
    assert len(examine(content, EXPECTED).rows) == 2
