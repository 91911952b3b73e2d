"""Guardians' papers as PDF. The code stands behind the # of the address, so that no server ever logs it."""

from collections.abc import Sequence
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from qingyan.consent.contracts import PrintedLink
from qingyan.consent.queries.texts import titles_asked
from qingyan.foundation.documents.api import pdf, pdf_response, qr

TEMPLATE = Path(__file__).resolve().parents[1] / "documents" / "guardian_slips.typ"


def slips_pdf(request: HttpRequest, links: Sequence[PrintedLink], class_title: str) -> HttpResponse:
    """The papers in this order, as a file that no machine keeps."""
    address = request.build_absolute_uri(f"/s/{request.school.slug}/guardian/")
    asks = [f"· {title}" for title in titles_asked(request.school.id)]
    until = date_format(timezone.localtime(links[0].expires_at), "Y-m-d H:i")
    data = {
        "words": _words(request.school.name, class_title, asks),
        "address": address,
        "until": until,
        "slips": [
            {
                "number": number,
                "name": link.name,
                "masked": link.masked_name,
                "code": link.code,
                "qr": qr(f"{address}#{link.code}"),
            }
            for number, link in enumerate(links, start=1)
        ],
    }
    return pdf_response(pdf(TEMPLATE, data), file_name="guardian-slips.pdf")


def _words(school: str, class_title: str, asks: list[str]) -> dict[str, str | list[str]]:
    return {
        "school": school,
        "class": class_title,
        "asks": asks,
        "list": _("分发名单（给发纸条的老师）"),
        "keep": _("按号码把纸条交到本人手里，装信封或折好；发完请销毁这一页，不要拍照、不要发到群里。"),
        "title": _("告家长书：请您看一看，选一选"),
        "number": _("编号"),
        "child": _("孩子："),
        "free": _("同意或不同意都可以，不用说明原因，不影响孩子。一张纸条用一次。"),
        "code": _("码："),
        "address": _("网址："),
        "until": _("有效至："),
        "scan": _("扫码打开"),
    }
