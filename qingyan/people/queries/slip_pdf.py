"""Slips as PDF, eight a page, a class begins a new page: who, class code, own code, picture, QR to the class's door.

The QR holds the address and the class code, which is no secret; never the own code. No pupil's number or birthday.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from qingyan.foundation.documents.api import pdf, qr
from qingyan.people.contracts import PrintedSlip
from qingyan.people.rules.pictures import PICTURES

HERE = Path(__file__).resolve().parents[1]
TEMPLATE = HERE / "documents" / "slips.typ"


@dataclass(frozen=True)
class ClassOfSlips:
    """One class with its slips in the order of printing; `code` is the class code."""

    title: str
    code: str
    slips: Sequence[PrintedSlip]


def slips_pdf(classes: Sequence[ClassOfSlips], *, school: str, address: str) -> bytes:
    """The sheet to print and cut. `address` is that of the pupils' door, without a query."""
    data = {
        "school": school,
        "address": address.split("://", 1)[-1],
        "words": _words(),
        "pictures": {code: drawing(code) for code in PICTURES},
        "classes": [_class(one, address) for one in classes],
    }
    return pdf(TEMPLATE, data)


def drawing(picture: str) -> str:
    """The picture as SVG text. Raises KeyError for no such picture."""
    if picture not in PICTURES:
        raise KeyError(picture)
    return (HERE / "library" / "pictures" / f"{picture}.svg").read_text("utf-8").strip()


def _class(one: ClassOfSlips, address: str) -> dict[str, Any]:
    return {
        "title": one.title,
        "code": one.code,
        "qr": qr(f"{address}?class={one.code}"),
        "slips": [
            {
                "name": slip.name,
                "code": slip.code,
                "picture": slip.picture,
                "word": _(PICTURES[slip.picture]),
                "until": timezone.localdate(slip.expires_at).isoformat(),
            }
            for slip in one.slips
        ],
    }


def _words() -> dict[str, str]:
    return {
        "title": _("登录条"),
        "class_code": _("班级码"),
        "own_code": _("我的码"),
        "picture": _("我的图"),
        "until": _("有效至"),
        "note": _("只给本人使用。沿虚线剪开，对折后交给学生本人；丢了请告诉老师。"),
        "pupils": _("人"),
    }
