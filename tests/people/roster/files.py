"""Roster files for the tests: good ones of any size, and crooked ones made byte by byte."""

import csv
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence
from datetime import date

import openpyxl
import xlsxwriter

from qingyan.people.roster.checking import Expectation
from qingyan.people.roster.child import examined_apart
from qingyan.people.roster.identity import check_character
from qingyan.people.roster.outcome import Examined

HEADER = (
    "学籍号",
    "姓名",
    "性别",
    "出生日期",
    "身份证件类型",
    "身份证件号",
    "民族",
    "学校名称",
    "年级",
    "班级",
    "监护人姓名",
    "监护人电话",
)
SCHOOL = "青檐中学"
EXPECTED = Expectation(school_names=(SCHOOL, "青中"), school_kind="junior", year=2026, today=date(2026, 11, 24))


def examine_apart(content: bytes, expected: Expectation, **rest) -> Examined:
    """The whole answer at once."""
    with examined_apart(content, expected, **rest) as answer:
        answer.examined.rows = [row for part in answer.parts() for row in part]
        return answer.examined


def identity_number(serial: int, born: date = date(2012, 3, 9)) -> str:
    """A right identity number; the serial's parity is the sex (odd: male)."""
    body = f"1503{serial // 1000 % 100:02d}{born:%Y%m%d}{serial % 1000:03d}"
    return body + check_character(body)


def pupil(serial: int = 1, **changes: object) -> list[object]:
    """One row in the order of HEADER; changes by header."""
    born = date(2012, serial % 12 + 1, serial % 28 + 1)
    number = identity_number(serial, born)
    row = dict(
        zip(
            HEADER,
            (
                f"G{number}",
                f"李{chr(0x4E00 + serial % 9000)}{chr(0x5000 + serial // 9000)}",
                "男" if serial % 2 else "女",
                born.isoformat(),
                "居民身份证",
                number,
                "汉族",
                SCHOOL,
                "七年级",
                f"（{serial % 8 + 1}）班",
                "李家长",
                f"138{serial:08d}",
            ),
            strict=True,
        )
    )
    return list((row | changes).values())


def pupils(count: int) -> list[list[object]]:
    """Rows of different pupils."""
    return [pupil(serial) for serial in range(1, count + 1)]


def xlsx(rows: Sequence[Sequence[object]], header: Sequence[object] = HEADER, *, above: Sequence[str] = ()) -> bytes:
    """A workbook with one sheet; numbers stay numbers and dates dates."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("名册")
        for number, row in enumerate([*([title] for title in above), header, *rows]):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, column, cell)
                elif cell is not None:
                    sheet.write(number, column, cell)
    return buffer.getvalue()


def crooked(change: Callable[[openpyxl.Workbook], None], rows: int = 3) -> bytes:
    """A good workbook after `change`."""
    book = openpyxl.load_workbook(io.BytesIO(xlsx(pupils(rows))))
    change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def repacked(
    content: bytes,
    *,
    add: dict[str, bytes] | None = None,
    replace: Callable[[str, bytes], bytes] = lambda name, part: part,
    leave_out: Sequence[str] = (),
) -> bytes:
    """The same zip with parts added, replaced or left out."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in leave_out:
                new.writestr(name, replace(name, old.read(name)))
        for name, part in (add or {}).items():
            new.writestr(name, part)
    return buffer.getvalue()


def with_sheet(content: bytes, sheet: bytes) -> bytes:
    """The workbook with another first sheet."""
    return repacked(content, replace=lambda name, part: sheet if name == "xl/worksheets/sheet1.xml" else part)


def csv_bytes(rows: Sequence[Sequence[object]], header: Sequence[str] = HEADER, encoding: str = "utf-8") -> bytes:
    """A CSV; characters that the encoding lacks raise."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([header, *rows])
    return text.getvalue().encode(encoding)


def zip_that_lies(name: str, part: bytes, claimed: int) -> bytes:
    """A zip with one deflated entry whose sizes in both headers are lies."""
    squeezed = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = squeezed.compress(part) + squeezed.flush()
    path, check = name.encode(), zlib.crc32(part)
    local = struct.pack("<4sHHHHHIIIHH", b"PK\x03\x04", 20, 0, 8, 0, 0, check, len(data), claimed, len(path), 0)
    central = struct.pack(
        "<4sHHHHHHIIIHHHHHII",
        *(b"PK\x01\x02", 20, 20, 0, 8, 0, 0, check, len(data), claimed, len(path), 0, 0, 0, 0, 0, 0),
    )
    start = len(local) + len(path) + len(data)
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 1, 1, len(central) + len(path), start, 0)
    return local + path + data + central + path + end
