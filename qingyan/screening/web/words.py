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
