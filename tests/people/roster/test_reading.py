"""Every crooked file is refused with its own words, and good ones of every kind are read."""

import io
import zipfile
from datetime import date

import openpyxl
import pytest

from qingyan.people.roster.examination import examine
from qingyan.people.roster.limits import MOST_BYTES, MOST_ENTRIES
from qingyan.people.roster.outcome import Examined
from tests.people.roster.files import (
    EXPECTED,
    HEADER,
    crooked,
    csv_bytes,
    pupil,
    pupils,
    repacked,
    with_sheet,
    xlsx,
    zip_that_lies,
)

SHEET = b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
END = b"</sheetData></worksheet>"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


def refused(content: bytes) -> str:
    """The code of the refusal; a refused file gives no row at all."""
    found = examine(content, EXPECTED)
    assert found.refusal is not None, "the file was accepted"
    assert not found.rows
    assert not found.bad
    return found.refusal.code


def accepted(content: bytes) -> Examined:
    found = examine(content, EXPECTED)
    assert found.refusal is None, found.refusal
    return found


def test_three_hundred_pupils_are_read_from_xlsx():
    found = accepted(xlsx(pupils(300)))
    assert (found.total, len(found.rows), found.problems) == (300, 300, [])
    first = found.rows[0]
    assert (first.line, first.name, first.sex, first.grade, first.class_number) == (2, "李丁倀", "M", 7, 2)
    assert first.birth_date == date(2012, 2, 2)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_is_read_in_every_usual_encoding_with_rare_characters(encoding):
    found = accepted(csv_bytes([pupil(1, 姓名="𬱖㛃"), pupil(2, 姓名="阿依古丽·买买提")], encoding=encoding))
    assert [row.name for row in found.rows] == ["𬱖㛃", "阿依古丽·买买提"]


@pytest.mark.parametrize("delimiter", ["\t", ";"])
def test_csv_may_be_split_by_tabs_or_semicolons(delimiter):
    content = csv_bytes(pupils(2)).decode().replace(",", delimiter).encode()
    assert len(accepted(content).rows) == 2


def test_the_text_trick_of_csv_exports_is_understood():
    number = str(pupil(1)[5])
    content = csv_bytes([pupil(1)]).replace(f"居民身份证,{number}".encode(), f'居民身份证,"=""{number}"""'.encode())
    assert b'"=""' in content
    assert accepted(content).rows[0].id_number == number


def test_titles_above_the_header_are_skipped_and_lines_counted_as_in_the_file():
    found = accepted(xlsx([pupil(1), pupil(2, 姓名="")], above=["青檐中学学生名册", "2026 年 9 月"]))
    assert [row.line for row in found.rows] == [4]
    assert [bad.line for bad in found.bad] == [5]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"\xef\xbb\xbf \r\n", "empty_file"),
        (b"%PDF-1.7 ...", "wrong_kind"),
        (b"\x89PNG\r\n\x1a\n", "wrong_kind"),
        (b"text with \x00 a zero,\n", "wrong_kind"),
        (b"<html><table><tr><td>", "web_page"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><Workbook/>", "web_page"),
        (OLE, "old_xls"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"PK\x03\x04 broken", "damaged"),
        ("姓名,年级\n".encode() + b"\xff\xff\xff\n", "unknown_encoding"),
        (b"0" * (MOST_BYTES + 1), "too_many_bytes"),
        ('姓名,年级,班级,学籍号\n"张三,七年级,1,G1\n'.encode(), "broken_csv"),
        ("今天,明天\n1,2\n".encode(), "no_header"),
    ],
)
def test_files_that_are_no_roster_are_refused_by_their_content(content, code):
    assert refused(content) == code


def test_a_zip_that_is_no_workbook_is_named_as_what_it_is():
    assert examine(repacked(xlsx([]), leave_out=["xl/workbook.xml"]), EXPECTED).refusal.params == {"kind": "ZIP"}
    word = repacked(xlsx([]), leave_out=["xl/workbook.xml"], add={"word/document.xml": b"<a/>"})
    assert examine(word, EXPECTED).refusal.params == {"kind": "Word"}


def test_no_rows_below_the_header():
    assert refused(xlsx([])) == "no_rows"
    assert refused(csv_bytes([])) == "no_rows"
    assert refused(xlsx([], header=[])) == "no_rows"


def test_two_columns_for_one_field_are_refused_and_both_are_named():
    header = [*HEADER, "身份证号"]
    found = examine(xlsx([[*pupil(1), "1"]], header=header), EXPECTED).refusal
    assert found.code == "header_twice"
    assert (found.field, found.params["first"], found.params["second"]) == ("id_number", "F", "M")


def test_a_missing_column_is_named():
    header = [title if title != "班级" else "备注" for title in HEADER]
    found = examine(xlsx(pupils(1), header=header), EXPECTED).refusal
    assert (found.code, found.params["fields"]) == ("header_missing", "class")
    without_numbers = [title if title not in ("学籍号", "身份证件号") else "备注" for title in HEADER]
    assert refused(xlsx(pupils(1), header=without_numbers)) == "header_missing_number"


def test_formula_cells_are_refused_and_named():
    def change(book: openpyxl.Workbook) -> None:
        book.active["B2"] = '=CONCATENATE("张","三")'
        book.active["B4"] = "=B2"

    found = examine(crooked(change), EXPECTED).refusal
    assert (found.code, found.params["cells"], found.params["count"]) == ("formulas", "B2、B4", 2)


def test_merged_cells_in_the_list_are_refused_but_a_merged_title_is_not():
    found = examine(crooked(lambda book: book.active.merge_cells("I2:I3")), EXPECTED).refusal
    assert (found.code, found.params["cells"]) == ("merged_cells", "I2:I3")

    def title(book: openpyxl.Workbook) -> None:
        book.active.insert_rows(1)
        book.active["A1"] = "名册"
        book.active.merge_cells("A1:L1")

    assert len(accepted(crooked(title)).rows) == 3


def test_two_filled_sheets_are_refused_but_empty_ones_do_not_matter():
    def second(book: openpyxl.Workbook) -> None:
        book.create_sheet("八年级")["A1"] = "姓名"

    found = examine(crooked(second), EXPECTED).refusal
    assert (found.code, found.params["names"]) == ("several_sheets", "名册、八年级")
    assert len(accepted(crooked(lambda book: book.create_sheet("Sheet2"))).rows) == 3


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ("xl/vbaProject.bin", "macros"),
        ("xl/macrosheets/sheet1.xml", "macros"),
        ("xl/externalLinks/externalLink1.xml", "external_links"),
        ("xl/embeddings/oleObject1.bin", "embedded"),
        ("xl/media/inner.zip", "embedded"),
    ],
)
def test_live_parts_are_refused(part, code):
    assert refused(repacked(xlsx(pupils(1)), add={part: b"<a/>"})) == code


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><sst>&b;</sst>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><sst>&a;</sst>'


@pytest.mark.parametrize("attack", [LAUGHS, OUTSIDE])
@pytest.mark.parametrize("part", ["xl/sharedStrings.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_document_types_and_entities_are_refused_in_every_part(attack, part):
    good = xlsx(pupils(1))
    assert refused(repacked(good, replace=lambda name, old: attack if name == part else old)) == "dangerous_xml"


def test_xml_that_hides_from_a_byte_scan_in_another_encoding_is_refused():
    sneaky = LAUGHS.decode().replace("1.0", '1.0" encoding="UTF-16').encode("utf-16")
    good = xlsx(pupils(1))
    assert refused(repacked(good, replace=lambda n, old: sneaky if n == "xl/sharedStrings.xml" else old)) == "damaged"


def test_zip_bombs_are_refused():
    good = xlsx(pupils(1))
    assert refused(repacked(good, add={"xl/media/zeros.bin": bytes(5_000_000)})) == "bomb"
    assert refused(repacked(good, add={f"xl/media/{n}.bin": b"" for n in range(MOST_ENTRIES)})) == "bomb"
    padding = b" " * 101 * 1024 * 1024
    assert refused(with_sheet(good, SHEET + padding + END)) == "bomb"


def test_a_zip_that_lies_about_its_size_is_refused():
    assert refused(zip_that_lies("xl/workbook.xml", bytes(50_000_000), claimed=100)) == "wrong_kind"


def test_an_encrypted_zip_entry_is_refused():
    content = bytearray(xlsx(pupils(1)))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    assert refused(bytes(content)) == "encrypted"


def test_a_zip_with_one_name_twice_is_refused():
    buffer = io.BytesIO(xlsx(pupils(1)))
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
    assert refused(buffer.getvalue()) == "damaged"


def test_two_hundred_thousand_rows_are_refused_in_both_kinds():
    rows = b"".join(
        b'<row r="%d"><c r="A%d"><v>1</v></c><c r="B%d"><v>2</v></c></row>' % (n, n, n) for n in range(1, 200_001)
    )
    found = examine(with_sheet(xlsx(pupils(1)), SHEET + rows + END), EXPECTED).refusal
    assert (found.code, found.params["rows"]) == ("too_many_rows", 200_000)
    assert refused("姓名,年级\n".encode() + b"a,7\n" * 200_000) == "too_many_rows"


def test_a_single_cell_at_the_far_corner_does_not_make_a_huge_rectangle():
    corner = SHEET + b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>' + END
    assert refused(with_sheet(xlsx(pupils(1)), corner)) == "too_many_rows"
    wide = SHEET + b'<row r="1"><c r="A1"><v>1</v></c><c r="XFD90000"><v>1</v></c></row>' + END
    assert refused(with_sheet(xlsx(pupils(1)), wide)) == "too_many_columns"


def test_more_than_sixty_columns_are_refused():
    assert refused(xlsx([list(range(70))], header=[*HEADER, *map(str, range(58))])) == "too_many_columns"


def test_a_cell_with_a_novel_is_refused():
    assert refused(xlsx([pupil(1, 姓名="字" * 501)])) == "cell_too_long"


def test_truncated_workbooks_are_refused_at_every_length():
    good = xlsx(pupils(2))
    for length in range(4, len(good), 97):
        assert refused(good[:length]) == "damaged"
