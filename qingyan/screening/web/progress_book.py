"""Progress as a workbook: numbers per class or per school, no pupil. Cells are text or numbers, never formulas."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.web.workbook import workbook
from qingyan.screening.models import Campaign
from qingyan.screening.queries.progress import ClassLine, SchoolLine


def class_book(campaign: Campaign, lines: Iterable[ClassLine], *, by: Actor, now: datetime) -> bytes:
    """One row per class of a school."""
    rows = [
        (campaign.title, str(line.school_class), line.progress.invited, line.progress.started, line.progress.finished)
        for line in lines
    ]
    headings = [_("测评活动"), _("班级"), _("受邀"), _("已开始"), _("已完成")]
    return workbook(title=_("进度"), headings=headings, rows=rows, foot=_foot(by, now))


def school_book(campaign: Campaign, schools: Iterable[SchoolLine], *, by: Actor, now: datetime) -> bytes:
    """One row per class of every school."""
    rows = [
        (
            campaign.title,
            school.school.district.name,
            school.school.name,
            str(line.school_class),
            line.progress.invited,
            line.progress.started,
            line.progress.finished,
        )
        for school in schools
        for line in school.classes
    ]
    headings = [_("测评活动"), _("区"), _("学校"), _("班级"), _("受邀"), _("已开始"), _("已完成")]
    return workbook(title=_("进度"), headings=headings, rows=rows, foot=_foot(by, now))


def _foot(by: Actor, now: datetime) -> str:
    return _("%(name)s 于 %(at)s 导出") % {"name": by.name, "at": timezone.localtime(now).strftime("%Y-%m-%d %H:%M")}
