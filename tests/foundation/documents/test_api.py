"""PDF pages: data is never markup, every Chinese sign has a shape, nothing of a person stands in the headers."""

import json
import re
from pathlib import Path

import pytest
import typst

from qingyan.foundation.documents.api import FONT, _fonts, pdf, pdf_response

TEMPLATE = """#let data = json(bytes(sys.inputs.data))
#set text(font: "Noto Sans CJK SC")
#data.name
"""


@pytest.fixture
def template(tmp_path) -> Path:
    path = tmp_path / "page.typ"
    path.write_text(TEMPLATE)
    return path


def test_the_font_of_the_package_is_there():
    assert FONT in _fonts().families()


def test_a_name_is_set_with_embedded_chinese_signs(template):
    made = pdf(template, {"name": "陈雨桐 𠮷 囧"})
    assert made.startswith(b"%PDF-")
    assert re.search(rb"/FontName\s*/\w+\+NotoSansCJK", made)


def test_what_a_person_typed_is_never_read_as_markup(template):
    hostile = '#panic("read as markup") #read("/etc/passwd") $x$'
    assert pdf(template, {"name": hostile}).startswith(b"%PDF-")


def test_the_control_markup_in_a_template_is_read(template):
    template.write_text(TEMPLATE + '#panic("read as markup")')
    with pytest.raises(typst.TypstError):
        pdf(template, {"name": ""})


def test_a_pdf_answer_is_not_kept_by_the_machine():
    answer = pdf_response(b"%PDF-", file_name="slips.pdf")
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert json.dumps(answer.headers["Content-Disposition"]) == json.dumps('attachment; filename="slips.pdf"')
