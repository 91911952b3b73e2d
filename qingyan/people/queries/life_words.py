"""Words for the steps of schooling, for transfers, and for what was refused and why."""

from django.utils.translation import gettext_lazy as _

STEP_WORDS = {
    "take_leave": _("休学"),
    "return": _("复学"),
    "leave": _("离校"),
    "graduate": _("毕业"),
    "come_back": _("重新入学"),
    "transfer": _("转入本校"),
    "unpromote": _("撤销升级"),
    "merge": _("合并档案"),
    "unmerge": _("撤销合并"),
}
STEP_HELP = {
    "take_leave": _("登录条和登录马上失效；以后可以复学。"),
    "return": _("回到本学年的一个班。"),
    "leave": _("转到外地、出国或其他原因离开本市学校。档案留在本校，以后可以重新入学。"),
    "graduate": _("档案留在本校，不能再登录。"),
    "come_back": _("重新入学到本学年的一个班，档案接着用。"),
}
TRANSFER_WORDS = {
    "asked": _("等原学校答复"),
    "offered": _("等新学校接收"),
    "accepted": _("已接收"),
    "declined": _("已谢绝"),
    "withdrawn": _("已撤回"),
}
REFUSED = {
    "state": _("状态已经变了，请看看现在的情况再办理。"),
    "class": _("请选一个本学年的班级。"),
    "school_class": _("请选一个本学年的班级。"),
    "day": _("日期不能晚于今天，也不能早于现在这个班开始的日期。"),
    "transfer": _("这名学生正在办理转学，请先接收、谢绝或撤回。"),
    "school": _("请选另一所学校。"),
    "student": _("只有在校或休学的学生可以转学。"),
    "reason": _("请写一句原因，对方学校会看到。"),
    "open": _("这名学生已经有一个没有办完的转学。"),
    "number": _("本校已经有一份档案用了同样的学籍号或证件号。请先核对那份档案，再接收。没有任何改动。"),
    "year": _("下一学年还没有登记。请市教育局先在“学年”里登记。"),
    "early": _("新学年开始以后才能升级；现在可以先预览、安排留级。"),
    "changed": _("升级以后有学生又换了班或变了状态，不能再整体撤销。没有任何改动。"),
    "hangs": _("升级以后已经有学生在新班级作答，不能再整体撤销。没有任何改动。"),
    "same": _("请选两份不同的档案。"),
    "merged": _("其中一份已经并入别的档案，请看看现在的情况。"),
    "moved_on": _("合并以后这份档案又有了改动，不能再整体撤销。没有任何改动。"),
    "bound": _("这名学生有一条记录不能随档案移动，请联系系统管理员。没有任何改动。"),
}
