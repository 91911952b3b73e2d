"""The calendar of tests: which half-year an address asks for, its neighbours, and the calendar as a workbook."""

import re
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.web.listing import Column, asked_for
from qingyan.foundation.web.workbook import workbook
from qingyan.screening.queries.calendar import Calendar
from qingyan.screening.rules.burden import Half, half_of, neighbours

SPACED = {"": "", "too_soon": gettext_lazy("隔得太近"), "near_soon": gettext_lazy("隔得较近")}
HALF = re.compile(r"(20\d\d)-([12])")


def half_asked(asked: QueryDict, now: datetime) -> Half:
    """The half-year of ?half=2026-1; anything else gives the present one."""
    found = HALF.fullmatch(asked_for(asked, "half"))
    return (int(found[1]), int(found[2])) if found else half_of(timezone.localdate(now))


def page(calendar: Calendar) -> dict[str, Any]:
    """What the page shows besides the rows."""
    before, after = neighbours(calendar.half)
    return {
        "calendar": calendar,
        "months": _("%(first)s至%(last)s") % {"first": calendar.months[0], "last": calendar.months[-1]},
        "here": _key(calendar.half),
        "before": _key(before),
        "after": _key(after),
        "columns": [
            Column("", _("年级")),
            *(Column("", month) for month in calendar.months),
            Column("", _("合计（题）"), numeric=True),
        ],
    }


def calendar_book(calendar: Calendar, *, by: Actor, now: datetime) -> bytes:
    """One row per grade and instrument."""
    rows = [
        (
            one.grade,
            one.instrument,
            one.items,
            one.round,
            one.asker,
            one.opens.isoformat(),
            one.closes.isoformat(),
            str(SPACED[one.spacing]),
        )
        for one in calendar.entries
    ]
    headings = [_("年级"), _("量表"), _("题数"), _("测评活动"), _("发起"), _("开始"), _("结束"), _("提醒")]
    at = timezone.localtime(now).strftime("%Y-%m-%d %H:%M")
    foot = _("%(name)s 于 %(at)s 导出") % {"name": by.name, "at": at}
    return workbook(title=_("测评日历"), headings=headings, rows=rows, foot=foot)


def _key(half: Half) -> str:
    return f"{half[0]}-{half[1]}"
