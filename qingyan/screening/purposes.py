"""What a round is for. Data: add a line to add a purpose; the note is shown beside the choice in the wizard."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class RoundPurpose:
    """A purpose of a round: stored code, name and one sentence for whoever plans."""

    code: str
    name: str | Promise
    note: str | Promise


PURPOSES = (
    RoundPurpose("census", _("年度普查"), _("每个学生都受邀，看看哪些同学可能需要有人聊一聊。")),
    RoundPurpose("again", _("复测"), _("同一批学生隔一段时间再做一次，看变化。")),
    RoundPurpose("intake", _("新生建档"), _("给起始年级的新同学建第一份档案。")),
    RoundPurpose("own", _("学校自行安排"), _("学校自己想做的测评，先在“测评登记”里登记，市里批准以后才能开放。")),
    RoundPurpose("course", _("课程与活动的前后对照"), _("看一门课或一项活动前后的不同，用整体数字，不看个人。")),
)
CENSUS = PURPOSES[0].code
SCHOOLS_OWN = "own"  # needs an approved registration that covers it
CHOICES = [(one.code, one.name) for one in PURPOSES]
