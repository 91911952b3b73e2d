"""Forms of a crisis thread: the call, the written report from the pack's headings, an officer's answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from qingyan.cases.actions.approving_reports import LeadersWord
from qingyan.cases.actions.reporting import Oral, Written
from qingyan.cases.rules.crisis import CrisisPack
from qingyan.cases.web.forms import LONGEST, area

NO_NAME = _("不写姓名、学号和能认出本人的细节：学校以外的人会看到。加密保存。")


class OralForm(forms.Form):
    """The telephone call that was made."""

    at = forms.DateTimeField(
        label=_("什么时候打的电话"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    told_to = forms.CharField(
        label=_("告诉了谁"), max_length=100, help_text=_("单位和接听人，比如“区心理中心值班室”。")
    )
    said = forms.CharField(label=_("说了什么"), max_length=LONGEST, widget=area(), help_text=NO_NAME)

    def oral(self) -> Oral:
        """The call, as the action takes it."""
        given = self.cleaned_data
        return Oral(given["at"], given["told_to"], given["said"])


class WrittenForm(forms.Form):
    """A written report: one field a heading of the pack."""

    situation = forms.ChoiceField(label=_("学生现在怎么样"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, pack: CrisisPack, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["situation"].choices = [(one.code, _now(one.text)) for one in pack.situations]
        for one in pack.headings:
            self.fields[one.code] = forms.CharField(
                label=_now(one.text),
                help_text=_now(one.help),
                max_length=LONGEST,
                widget=area(),
                required=one.required,
            )

    def written(self) -> Written:
        """The report, as the action takes it."""
        parts = {key: value for key, value in self.cleaned_data.items() if key != "situation"}
        return Written(self.cleaned_data["situation"], parts)


class LeadersWordForm(forms.Form):
    """The leader's word on the first written report."""

    agrees = forms.TypedChoiceField(
        label=_("你的意见"),
        choices=[("yes", _("确认这份书面首报")), ("no", _("有不同意见，请负责人补充或更正"))],
        widget=forms.RadioSelect,
        coerce=lambda given: given == "yes",
    )
    said = forms.CharField(label=_("想说明的话"), max_length=LONGEST, widget=area(), required=False, help_text=NO_NAME)

    def word(self) -> LeadersWord:
        """The word, as the action takes it."""
        return LeadersWord(self.cleaned_data["agrees"], self.cleaned_data["said"])


class AnswerForm(forms.Form):
    """A word to the school."""

    text = forms.CharField(label=_("答复"), max_length=LONGEST, widget=area(), help_text=NO_NAME)
