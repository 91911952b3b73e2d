"""Signs of careless answering in words, columns, and the class table as a workbook. No word speaks of the pupil."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.web.listing import Column
from qingyan.foundation.web.workbook import workbook
from qingyan.screening.models import AnsweringQuality, Campaign
from qingyan.screening.queries.quality import ClassQuality
from qingyan.screening.rules.careless.families import Sign

SIGN_WORDS: dict[str, str | Promise] = {
    Sign.UNFIT: lazy("有些答案放在一起不太合得上，像是没有看题就选了"),
    Sign.REPEATED: lazy("同一个选项（或两个选项轮流）连得太长，题目本身不会这样"),
    Sign.CONTRADICTS: lazy("问同一件事的几道题，答案差得很远"),
    Sign.TELLS_NOTHING_APART: lazy("大家答得很不一样的题，这份答卷没有分别"),
    Sign.HURRIED: lazy("不少题在一秒内就答了，来不及读完"),
    Sign.LIE_SCALE: lazy("量表自带的效度题提示：回答可能不太真实"),
}
CLASS_COLUMNS = [
    Column("", lazy("班级")),
    Column("", lazy("量表")),
    Column("", lazy("答卷"), numeric=True),
    Column("", lazy("存疑"), numeric=True),
    Column("", lazy("作答太快"), numeric=True),
    Column("", lazy("用时中位数（分钟）"), numeric=True),
    Column("", lazy("提示")),
]
SHEET_COLUMNS = [
    Column("", lazy("学生")),
    Column("", lazy("为什么存疑")),
    Column("", lazy("怎样对待")),
]


def in_words(quality: AnsweringQuality) -> list[str | Promise]:
    """The signs of one sheet; a code of an older rule version that has no words is left out."""
    return [SIGN_WORDS[sign] for sign in quality.signs if sign in SIGN_WORDS]


def class_book(campaign: Campaign, lines: Iterable[ClassQuality], *, by: Actor, now: datetime) -> bytes:
    """One row per class and instrument; no pupil."""
    headings = [_("测评活动"), *(str(column.label) for column in CLASS_COLUMNS[:-1])]
    rows = [
        (campaign.title, str(one.school_class), one.instrument, one.sheets, one.doubtful, one.hurried, one.minutes)
        for one in lines
    ]
    at = timezone.localtime(now).strftime("%Y-%m-%d %H:%M")
    return workbook(
        title=_("作答质量"),
        headings=headings,
        rows=rows,
        foot=_("%(name)s 于 %(at)s 导出") % {"name": by.name, "at": at},
    )
