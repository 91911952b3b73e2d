"""A spreadsheet for people: no cell is ever a formula or a link, whatever it begins with."""

from io import BytesIO

import openpyxl
import pytest

from qingyan.foundation.web.workbook import workbook, workbook_response

DANGEROUS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")', "http://x", "＝1", "file:///etc/passwd")


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_stays_text(text):
    sheet = openpyxl.load_workbook(BytesIO(workbook(title="表", headings=["列"], rows=[[text]]))).active
    cell = sheet.cell(2, 1)
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_numbers_stay_numbers_nothing_stays_empty_and_the_foot_says_who():
    content = workbook(title="表" * 40, headings=["甲", "乙", "丙"], rows=[[1, None, True]], foot="林老师 2026-11-24")
    sheet = openpyxl.load_workbook(BytesIO(content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ("甲", "乙", "丙")
    assert rows[1] == (1, None, "True")
    assert rows[-1][0] == "林老师 2026-11-24"


def test_the_answer_is_a_download():
    answer = workbook_response(b"x", file_name="schools.xlsx")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="schools.xlsx"'
