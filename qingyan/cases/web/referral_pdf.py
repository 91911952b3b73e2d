"""The letter of a referral as PDF: one page for the receiver, one for the guardian with the code of the name.

The code stands behind the # of the address, so that no server ever logs it. No name and no number is on the letter.
"""

from pathlib import Path

import segno
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from qingyan.cases.actions.codes import PrintedCodes
from qingyan.cases.queries.referrals import ReferralReading
from qingyan.foundation.documents.api import pdf, pdf_response
from qingyan.foundation.pure.printed_codes import printed

TEMPLATE = Path(__file__).resolve().parents[1] / "documents" / "referral_letter.typ"


def letter_pdf(request: HttpRequest, reading: ReferralReading, codes: PrintedCodes) -> HttpResponse:
    """Both pages, as a file that no machine keeps."""
    address = request.build_absolute_uri(reverse("cases:receiver_door", kwargs={"slug": request.school.slug}))
    data = {
        "words": _words(),
        "school": request.school.name,
        "recipient": reading.recipient,
        "number": reading.referral.case.code,
        "address": address,
        "until": date_format(timezone.localtime(codes.expires_at), "Y-m-d H:i"),
        "today": date_format(timezone.localdate(), "Y-m-d"),
        "facts": _facts(reading),
        "code": printed(codes.secret),
        "name_code": printed(codes.name_code),
        "qr": qr(f"{address}#{printed(codes.secret)}"),
    }
    return pdf_response(pdf(TEMPLATE, data), file_name="referral-letter.pdf")


def qr(text: str) -> str:
    """The square as SVG text."""
    drawn = segno.make(text, micro=False, error="m").svg_inline(border=0)
    return drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


def _facts(reading: ReferralReading) -> list[dict[str, str]]:
    found = reading.set
    if found is None:
        return []
    age = _("%(age)d 岁") % {"age": found.age} if found.age is not None else _("未登记")
    lines = [
        (_("年龄"), age),
        (_("性别"), _(found.sex) if found.sex else _("未登记")),
        (_("原因"), "；".join(_(one) for one in found.reasons)),
        (_("和风险有关的"), "；".join(_(one) for one in found.risks)),
        (_("监护人联系电话"), "；".join(found.contacts) or _("没有授权告知；由监护人本人联系")),
        (_("依据"), reading.basis),
    ]
    return [{"term": term, "value": value} for term, value in lines]


def _words() -> dict[str, str]:
    return {
        "title": _("转介信"),
        "to": _("致"),
        "from": _("学校"),
        "number": _("学校编号"),
        "lead": _("请为这名学生安排预约或者接待。学校不作诊断；这里只有接诊所需要的最少资料，没有姓名。"),
        "how": _("扫码打开接诊页：可以给出预约、是否到诊和回执。码只能打开一次，打开以后会给您下次用的新码。"),
        "code": _("打开的码"),
        "address": _("网址"),
        "until": _("有效至"),
        "date": _("日期"),
        "keep": _("请不要拍照外传；家长到场时，用家长手里的姓名码核对姓名。"),
        "sheet": _("给监护人：姓名码"),
        "sheet_lead": _(
            "这一页请和转介信分开放。到医院或者辅导站时，把下面的码告诉接待的医生或者专家，对方才能看到孩子的姓名。"
        ),
        "name_code": _("姓名码"),
        "right": _("您可以随时告诉学校收回同意；收回以后，接诊页就打不开了。"),
        "help": _("孩子有危险时，不要等预约，马上去最近的医院，或者拨打 120、110。"),
    }
