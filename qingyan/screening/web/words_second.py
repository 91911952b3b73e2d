"""Columns and words of the second stage."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qingyan.foundation.web.listing import Column
from qingyan.screening.rules.second_stage import Agreement

CANDIDATE_COLUMNS = [
    Column("", _("学生")),
    Column("", _("为什么在这里")),
    Column("", _("班主任看到的")),
    Column("", _("作答质量")),
    Column("", _("第二份量表")),
]
GIVEN_COLUMNS = [
    Column("", _("学生")),
    Column("", _("量表")),
    Column("", _("哪天起可以做")),
    Column("", _("做到哪天")),
    Column("", _("情况")),
    Column("", _("操作"), hidden=True),
]
OBSERVED_COLUMNS = [
    Column("", _("班级")),
    Column("", _("学生"), numeric=True),
    Column("", _("已观察"), numeric=True),
]
AGREEMENT_WORDS: dict[Agreement, str | Promise] = {
    Agreement.BOTH: _("学生自己的回答和老师看到的一致：两边都提示值得聊一聊。"),
    Agreement.SELF_ONLY: _(
        "学生自己的回答提示值得聊一聊，老师在课堂上没有常常看到。心里的难受不一定看得出来，以学生自己说的为重。"
    ),
    Agreement.TEACHER_ONLY: _(
        "老师常常看到一些变化，学生自己的回答没有提示。可能是不愿意写，也可能另有原因，见面时再了解。"
    ),
    Agreement.NEITHER: _("学生自己的回答和老师看到的一致：两边都没有提示。"),
    Agreement.ONE_MISSING: _("只有一边有内容，或者自己的回答无法判断，还不能对照。"),
}
