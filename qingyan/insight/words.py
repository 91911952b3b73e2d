"""The words of the cube's codes, for pages and files."""

from django.utils.translation import gettext_lazy as _

BANDS = {
    "kindergarten": _("学前"),
    "lower_primary": _("小学一至三年级"),
    "upper_primary": _("小学四至六年级"),
    "junior": _("初中"),
    "senior": _("高中"),
    "": _("全体"),
}
SEXES = {"F": _("女生"), "M": _("男生"), "U": _("未说明"), "": _("全体")}
ALERTS = {"red": _("红"), "orange": _("橙"), "yellow": _("黄")}
VERDICTS = {"sound": _("作答正常"), "doubtful": _("作答存疑"), "unjudged": _("未判定")}
STEPS = {
    "acknowledge": _("确认预警"),
    "guardian_talk": _("与监护人谈话"),
    "first_report": _("首报"),
    "written_report": _("书面报告"),
    "mandatory_report": _("强制报告"),
    "plan": _("一生一策"),
    "contact": _("日常关心"),
    "follow_up": _("回访"),
    "task": _("计划中的任务"),
    "referral": _("跟进转介"),
    "leave_contact": _("休学期间的联系"),
    "return_review": _("复学审核"),
}
WORK = {
    "alerts": _("预警"),
    "opened": _("新开个案"),
    "in_care": _("正在跟进的个案"),
    "talks": _("访谈"),
    "referred": _("转介"),
}
TOPICS = {
    "levels": _("需要进一步了解的份额"),
    "factors": _("分量表的水平"),
    "validity": _("作答质量"),
    "coverage": _("测评覆盖"),
    "alerts": _("本学期的提示"),
    "timeliness": _("跟进是否按时"),
    "workload": _("工作量"),
}
SPLITS = {"part": _("内容"), "band": _("学段"), "sex": _("性别"), "time": _("时间"), "place": _("地方")}
