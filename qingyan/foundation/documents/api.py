"""PDF pages by typst: a template beside its domain, data as JSON, fonts from a package. The network is never asked.

Decides how a page is set, not what stands on it. A template reads its data with `json(bytes(sys.inputs.data))`, so
nothing that a person typed is ever read as markup. Spreadsheets are foundation/web/workbook.py.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import manimgx_fonts_cjk
import segno
import typst
from django.http import HttpResponse

PDF = "application/pdf"
FONT = "Noto Sans CJK SC"


@cache
def _fonts() -> typst.Fonts:
    """Found once a process: the package's fonts only, so that a page looks the same on every machine."""
    folder = Path(manimgx_fonts_cjk.__file__).parent
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(folder)])


def pdf(template: Path, data: dict[str, Any]) -> bytes:
    """The template set with the data (JSON types only) as PDF bytes.

    Images that the template needs are given as SVG text inside the data. Raises typst.TypstError for a faulty template.
    """
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    return typst.compile(str(template), root=str(template.parent), font_paths=_fonts(), sys_inputs=inputs)


def pdf_response(content: bytes, *, file_name: str) -> HttpResponse:
    """The file as a download that no machine keeps; `file_name` says nothing about a person."""
    answer = HttpResponse(content, content_type=PDF)
    answer.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    answer.headers["Cache-Control"] = "no-store, private"
    return answer


def qr(text: str) -> str:
    """The square that a telephone reads, as SVG text for a page or a template."""
    drawn = segno.make(text, micro=False, error="m").svg_inline(border=0)
    return drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
