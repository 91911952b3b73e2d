"""Forms of leave and return: the words of one step, and the conditions of a return where one is decided."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from qingyan.cases.actions.leaving import Word
from qingyan.cases.web.forms import LONGEST, SEALED_HELP, area
from qingyan.cases.workflow import LEAVE

CONDITIONED = frozenset({"admit", "overturn"})
HELP = {
    "find": gettext_lazy("谁在什么时候看到了什么；本人怎么说。"),
    "assess": gettext_lazy("谁评估的，医院或者专业人员的意见；写结论，不抄病历。"),
    "talk": gettext_lazy("和谁谈的，家里和本人的想法，休学期间怎样学习和联系。"),
    "apply": gettext_lazy("谁申请，从哪天起，交了什么材料。校领导审批时能看到。"),
    "contact": gettext_lazy("这个月和谁联系过，近况怎样，需要什么。"),
    "hand_in": gettext_lazy("交了什么材料，谁交的。从今天起 10 个工作日以内要有结果。"),
    "check": gettext_lazy("材料齐不齐，有没有需要再问的。"),
    "evaluate": gettext_lazy("医院的意见、家庭的情况、本人的愿望、学校能提供的支持。校领导决定时能看到。"),
    "not_yet": gettext_lazy("写清楚理由、缺什么、什么时候可以再申请。家长和学生可以申诉。"),
    "appeal": gettext_lazy("家长或者学生的理由。由另一位校领导来决定。"),
    "return": gettext_lazy("返校支持计划：谁负责、怎样补课、每周谁见面、出现什么情况找谁。"),
    "support": gettext_lazy("这段时间的情况，需要调整什么。"),
}


class LeaveForm(forms.Form):
    """One step."""

    note = forms.CharField(label=gettext_lazy("情况"), max_length=LONGEST, widget=area(5))
    conditions = forms.CharField(
        label=gettext_lazy("复学的条件"),
        required=False,
        max_length=LONGEST,
        widget=area(3),
        help_text=gettext_lazy("没有条件就不填。"),
    )

    def __init__(self, *args: Any, verb: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        note = self.fields["note"]
        note.help_text = HELP.get(verb, SEALED_HELP)
        note.required = verb == "find" or any(one.verb == verb and "note" in one.needs for one in LEAVE.steps)
        if verb not in CONDITIONED:
            del self.fields["conditions"]

    @property
    def word(self) -> Word:
        """What was written."""
        return Word(self.cleaned_data["note"], self.cleaned_data.get("conditions", ""))
