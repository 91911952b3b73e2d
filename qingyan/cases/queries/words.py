"""Words of cases that pages share: time left, why something may not end yet."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from qingyan.cases.rules import closing, panel

FAULTS = {
    closing.CRISIS: gettext_noop("现在的等级属于危机：先由研判会降级，才能结束。"),
    closing.LEVEL_TOO_HIGH: gettext_noop("现在的等级还不能转静默关注。"),
    closing.NO_LEVEL: gettext_noop("还没有定级。"),
    closing.CRITERIA_OPEN: gettext_noop("结案标准还没有全部满足。"),
    closing.WATCH_TOO_SHORT: gettext_noop("静默关注的时间还不够。"),
    closing.ALERT_OPEN: gettext_noop("这名学生还有没处理完的预警。"),
    closing.TODO_OPEN: gettext_noop("还有没做完的事。请看个案页的“要做的事”，逐条办完（日常关心除外）。"),
    closing.NOT_INTERVIEWED: gettext_noop("紧急的提示要先和学生谈过，才能说是误报。"),
    panel.TOO_FEW: gettext_noop("到会人数不够，不能作出结论。"),
    panel.NO_LEADER: gettext_noop("研判会要有校领导到会。"),
    panel.NO_MAJORITY: gettext_noop("结论要得到过半数的票；票数相同时请继续讨论。"),
    panel.UNSIGNED: gettext_noop("到会的人都要在纪要上签名。"),
    panel.UNKNOWN_DECISION: gettext_noop("请选择研判会的结论。"),
    panel.NO_MINUTES: gettext_noop("请写下会议纪要。"),
    closing.UNCONSIDERED: gettext_noop("静默关注期间有新的情况，还没有研判。"),
    closing.MUST_REPORT: gettext_noop("访谈中有需要强制报告的情形，不能封存。"),
}


@dataclass(frozen=True)
class Due:
    """How long until something is due, in words."""

    words: str
    over: bool


def due_words(due: datetime | None, now: datetime) -> Due | None:
    """Words such as “还剩 3 小时”; None when nothing is due."""
    if due is None:
        return None
    minutes = int(abs(due - now).total_seconds() // 60)
    over = due < now
    return Due((_("已超期 %(span)s") if over else _("还剩 %(span)s")) % {"span": span_words(minutes)}, over)


def fault_words(faults: list[str]) -> list[str]:
    """The codes of rules/closing.py in words."""
    return [_(FAULTS[fault]) for fault in faults]


def span_words(minutes: int) -> str:
    """A length of time as people say it: days from two on, else hours, else minutes."""
    if minutes >= 48 * 60:
        return ngettext("%(n)d 天", "%(n)d 天", minutes // 1440) % {"n": minutes // 1440}
    if minutes >= 60:
        return ngettext("%(n)d 小时", "%(n)d 小时", minutes // 60) % {"n": minutes // 60}
    return _("%(minutes)d 分钟") % {"minutes": minutes}
