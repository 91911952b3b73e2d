"""A live board as a workbook: the very figures of the page, hidden ones as a word."""

from django.utils import timezone
from django.utils.translation import gettext as _

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.web.workbook import workbook
from qingyan.screening.models import Campaign
from qingyan.screening.queries.live import Live


def live_book(campaign: Campaign, live: Live, *, by: Actor) -> bytes:
    """One row per school (since the beginning), then one per hour of today."""
    at = timezone.localtime(live.at)
    rows = [(campaign.title, one.name, _("累计"), _shown(one.started), _shown(one.finished)) for one in live.places]
    rows += [
        (campaign.title, _("合计"), f"{at:%Y-%m-%d} {one.label}", _shown(one.started), _shown(one.finished))
        for one in live.hours
    ]
    foot = _("%(name)s 于 %(at)s 导出") % {"name": by.name, "at": at.strftime("%Y-%m-%d %H:%M")}
    headings = [_("测评活动"), _("学校"), _("时间"), _("开始（份）"), _("交卷（份）")]
    return workbook(title=_("实时进度"), headings=headings, rows=rows, foot=foot)


def _shown(count: int | None) -> int | str:
    return _("少于 8") if count is None else count
