"""Columns and words that the pages of rounds share between school and city."""

from django.utils.translation import gettext_lazy as _

from qingyan.foundation.web.listing import Column

CAMPAIGN_COLUMNS = [
    Column("title", _("名称")),
    Column("state", _("状态")),
    Column("opens_at", _("开始")),
    Column("closes_at", _("结束")),
    Column("", _("发起")),
]
CLASS_COLUMNS = [
    Column("", _("班级")),
    Column("", _("受邀"), numeric=True),
    Column("", _("已开始"), numeric=True),
    Column("", _("已完成"), numeric=True),
    Column("", _("完成率")),
]
SCHOOL_COLUMNS = [
    Column("school", _("学校")),
    Column("district", _("区")),
    Column("invited", _("受邀"), numeric=True),
    Column("started", _("已开始"), numeric=True),
    Column("finished", _("已完成"), numeric=True),
    Column("share", _("完成率")),
]
PUPIL_COLUMNS = [Column("", _("姓名")), Column("", _("完成情况"))]

STATE_TONES = {"draft": "neutral", "open": "green", "closed": "blue"}
SET_ASIDE_COLUMNS = [Column("", _("学生")), Column("", _("量表")), Column("", _("开始")), Column("", _("交卷"))]
SLOT_COLUMNS = [
    Column("", _("时间")),
    Column("", _("类型")),
    Column("", _("地点")),
    Column("", _("班级")),
    Column("", _("操作"), hidden=True),
]
LIVE_HOUR_COLUMNS = [
    Column("", _("时段")),
    Column("", _("开始（份）"), numeric=True),
    Column("", _("交卷（份）"), numeric=True),
]
LIVE_PLACE_COLUMNS = [
    Column("", _("学校")),
    Column("", _("开始（份）"), numeric=True),
    Column("", _("交卷（份）"), numeric=True),
]
PAPER_COLUMNS = [
    Column("", _("编号")),
    Column("", _("学生")),
    Column("", _("量表")),
    Column("", _("状态")),
    Column("", _("操作")),
]
PAPER_FAULTS = {
    "closed": _("这次测评没有开放，不能打印纸质问卷。"),
    "not_asked": _("这位同学这次不做这份量表，或者还不能开始（例如家长还没有同意）。"),
    "nobody": _("请至少选一位学生，或者填空白份数。"),
    "helper": _("请选本校的另一位心理老师或监考老师。"),
    "taken": _("这份问卷已经有主，或者已经开始录入。"),
    "unassigned": _("这份空白问卷还没有写明是谁的，请心理老师先指定。"),
    "answered": _("这位同学已经在电脑上开始或做完了这份量表，纸质问卷不能再录入。请心理老师看一看。"),
    "done": _("你已经录完了这一份。"),
    "incomplete": _("还没有录入任何题目。"),
}
PAPER_WORDS = {
    "printed": _("已录完。"),
    "keyed": _("第一遍录完了。请另一位老师独立录第二遍。"),
    "differs": _("两遍有不一致的地方，请拿纸再看一眼。"),
    "taken_over": _("已交卷，和在电脑上交卷一样计分。"),
}
LICENCES_FOR_PARENTS = {
    "free": _("许可：可以免费使用。"),
    "public_domain": _("许可：公有领域。"),
    "permission": _("许可：原题文须获授权。"),
    "unclear": _("许可：尚不明确。"),
}
