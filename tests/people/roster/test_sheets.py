"""The workbooks that go out: never a formula, whatever was in the file; and they can be uploaded again."""

import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingyan.people.roster.examination import examine
from qingyan.people.roster.sheets import correction_sheet
from tests.people.roster.files import EXPECTED, HEADER, pupils

STARTS = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%", "'", '"', " =", "\u200b="]
PAYLOADS = [
    "1+1",
    'HYPERLINK("https://example.org","x")',
    "cmd|' /C calc'!A0",
    "SUM(A1:A9)*cmd",
    "IMPORTXML(CONCAT(1),2)",
]
NASTY = [start + payload for start in STARTS for payload in PAYLOADS]
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=40)


def sheet_of(content: bytes):
    return openpyxl.load_workbook(io.BytesIO(content)).active


@given(
    st.lists(st.lists(st.one_of(TEXT, st.sampled_from(NASTY)), min_size=3, max_size=3), min_size=1, max_size=8), TEXT
)
def test_every_cell_that_goes_out_is_text_and_marked_to_stay_text(rows, note):
    made = correction_sheet(title="改", header=rows[0], rows=[(cells, note) for cells in rows], column="问题")
    sheet = sheet_of(made)
    for line in sheet.iter_rows():
        for cell in line:
            if cell.value is not None:
                assert cell.data_type == "s", cell.value
                assert cell.quotePrefix
                assert cell.number_format == "@"
    assert sheet.max_column == 4


@pytest.mark.parametrize("payload", NASTY)
def test_a_payload_comes_back_unchanged_and_never_as_a_formula(payload):
    made = correction_sheet(title="改", header=["姓名"], rows=[([payload], "x")], column="问题")
    cell = sheet_of(made)["A2"]
    assert (cell.data_type, cell.value.replace("_x000D_", "\r")) == ("s", payload)
    assert examine(made, EXPECTED).refusal.code != "formulas"


def test_corrected_rows_can_be_uploaded_as_they_are():
    good = [[str(cell) for cell in row] for row in pupils(3)]
    made = correction_sheet(title="改", header=HEADER, rows=[(row, "改好了") for row in good], column="问题")
    found = examine(made, EXPECTED)
    assert (len(found.rows), found.problems, found.ignored) == (3, [], ["问题"])


def test_a_short_row_keeps_its_place():
    made = correction_sheet(title="改", header=["a", "b", "c"], rows=[(["1"], "短")], column="问题")
    assert sheet_of(made)["D2"].value == "短"
