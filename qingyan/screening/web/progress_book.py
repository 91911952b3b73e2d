"""Progress as a workbook: numbers per class or per school, no pupil. Cells are text or numbers, never formulas."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.web.listing import Column
from qingyan.foundation.web.workbook import workbook
from qingyan.screening.models import Campaign
from qingyan.screening.queries.progress import ClassLine, SchoolLine
from qingyan.screening.web.capacity_words import Row


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


def capacity_book(
    campaign: Campaign, columns: Sequence[Column], rows: Iterable[Row], *, by: Actor, now: datetime
) -> bytes:
    """The simulator's comparison, as it stands on the page."""
    headings = [_("测评活动"), *(str(column.label) for column in columns)]
    cells = [(campaign.title, *(str(cell) for cell in row.cells)) for row in rows]
    return workbook(title=_("人力测算"), headings=headings, rows=cells, foot=_foot(by, now))


def _foot(by: Actor, now: datetime) -> str:
    return _("%(name)s 于 %(at)s 导出") % {"name": by.name, "at": timezone.localtime(now).strftime("%Y-%m-%d %H:%M")}
