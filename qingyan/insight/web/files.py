"""An exhibit as a file: Excel, PDF, JSON. All take texts and figures from the exhibit, so that none differs."""

from collections.abc import Callable
from pathlib import Path

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingyan.foundation.documents.api import FONT, pdf, pdf_response
from qingyan.foundation.web.workbook import workbook, workbook_response
from qingyan.insight.queries.boards import Board
from qingyan.insight.rules.exhibits import Exhibit, as_json, rows

TEMPLATE = Path(__file__).parents[1] / "documents" / "exhibit.typ"
Maker = Callable[[Board, Exhibit], HttpResponse]


def maker(kind: str) -> Maker | None:
    """How a file of this kind is made, or None for a kind that does not exist."""
    return {"xlsx": as_workbook, "pdf": as_pdf, "json": as_data}.get(kind)


def as_workbook(board: Board, exhibit: Exhibit) -> HttpResponse:
    """Texts as they are told: a bare number would tempt to add up what must not be added."""
    content = workbook(
        title=exhibit.title.replace("/", "-").replace(":", " "),
        headings=[exhibit.head, *exhibit.columns],
        rows=rows(exhibit),
        foot=" · ".join([board.name, *notes(exhibit)]),
    )
    return workbook_response(content, file_name=f"{exhibit.code}.xlsx")


def as_pdf(board: Board, exhibit: Exhibit) -> HttpResponse:
    """Title, table, and how it was made safe."""
    data = {
        "font": FONT,
        "place": board.name,
        "title": exhibit.title,
        "lead": exhibit.lead,
        "columns": [exhibit.head, *exhibit.columns],
        "rows": [list(row) for row in rows(exhibit)],
        "notes": notes(exhibit),
    }
    return pdf_response(pdf(TEMPLATE, data), file_name=f"{exhibit.code}.pdf")


def as_data(board: Board, exhibit: Exhibit) -> HttpResponse:
    """For programs."""
    return JsonResponse({"place": board.name, **as_json(exhibit)}, json_dumps_params={"ensure_ascii": False})


def notes(exhibit: Exhibit) -> list[str]:
    """When it was told, how it was made safe, and the proof of the tables behind it."""
    told = f"{timezone.localtime(exhibit.told_at):%Y-%m-%d %H:%M}" if exhibit.told_at else "—"
    return [
        _("公布时间 %(at)s") % {"at": told},
        _("1 至 7 不显示，其余四舍五入到 5，合计由取整后的数相加；不足 30 人的组不显示份额"),
        _("校验 %(digest)s") % {"digest": " ".join(one[:12] for one in exhibit.digests[-4:])},
    ]
