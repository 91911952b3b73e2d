"""Forms of the vault: a talk with its two notes, and new versions of either."""

from django import forms
from django.utils.translation import gettext_lazy as _

from qingyan.cases.actions.noting import LONGEST_MINUTES, Held
from qingyan.cases.models.note import Way
from qingyan.cases.web.forms import LONGEST, area

SUMMARY_HELP = _("本校心理教师能看到：大概谈了什么、需要大家注意什么。校领导和班主任看不到。")
PROCESS_HELP = _("只有你自己能看到，同事、校领导和管理员都不能。加密保存。")


class NoteForm(forms.Form):
    """The two notes."""

    summary = forms.CharField(label=_("给同事的小结"), max_length=LONGEST, widget=area(), help_text=SUMMARY_HELP)
    process = forms.CharField(
        label=_("过程记录"), max_length=20000, widget=area(10), required=False, help_text=PROCESS_HELP
    )


class CorrectForm(NoteForm):
    """New versions; what stays empty stays as it is."""

    summary = forms.CharField(
        label=_("给同事的小结"), max_length=LONGEST, widget=area(), required=False, help_text=SUMMARY_HELP
    )


class CounsellingForm(NoteForm):
    """A talk that was held."""

    at = forms.DateTimeField(
        label=_("时间"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    minutes = forms.IntegerField(label=_("分钟"), min_value=1, max_value=LONGEST_MINUTES, initial=40)
    way = forms.ChoiceField(label=_("在哪里"), choices=Way.choices)
    field_order = ("at", "minutes", "way", "summary", "process")

    def held(self) -> Held:
        """The talk, as the action takes it."""
        return Held(**self.cleaned_data)
