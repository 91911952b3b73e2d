"""Forms on paper as PDF: what stands on the cover and on the pages. The QR code holds the form's opaque code only."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.documents.api import pdf, qr
from qingyan.organisations import api as organisations
from qingyan.people import api as people
from qingyan.screening.models import Campaign, PaperForm
from qingyan.screening.queries.paper import items_on
from qingyan.screening.queries.presented import presented

TEMPLATE = Path(__file__).resolve().parents[1] / "documents" / "paper_form.typ"


def paper_pdf(campaign: Campaign, forms: Sequence[PaperForm], school: Any, *, by: Actor) -> bytes:
    """One cover and its pages for each form, in this order."""
    names = people.pupils(by, [form.student_id for form in forms if form.student_id])
    data = {"words": _words(school), "forms": [_form(campaign, form, names) for form in forms]}
    return pdf(TEMPLATE, data)


def _form(campaign: Campaign, form: PaperForm, names: dict) -> dict[str, Any]:
    page = presented(form.campaign_id, form.instrument, form.version, form.age)
    pupil = names.get(form.student_id)
    return {
        "title": page["title"],
        "lead": page["lead_in"],
        "name": pupil.name if pupil else "",
        "class": str(form.school_class),
        "code": form.code,
        "qr": qr(form.code),
        "notice": campaign.notice,
        "items": [
            {
                "number": item.number,
                "text": item.text,
                "boxes": [{"number": box.number, "label": box.label} for box in item.boxes],
            }
            for item in items_on(form)
        ],
    }


def _words(school: Any) -> dict[str, Any]:
    return {
        "school": school.name,
        "name": _("姓名"),
        "class": _("班级"),
        "code": _("编号"),
        "assent": _("我读过上面的说明，愿意参加。签名："),
        "how": _("每题选一个最符合你的方框，涂满或打勾。选错了就画圈，再选一个。不想答的题可以空着。"),
        "help": _("随时可以停下来。心里难受的话，请告诉身边的老师，或者打："),
        "hotlines": [f"{line.name} {line.number}" for line in organisations.hotlines()],
        "tear": _("做完后沿虚线撕下这一页自己带走或交给老师单独保管；后面的页上没有名字。装进信封，封好。"),
        "noname": _("请不要在这一页写名字"),
    }
