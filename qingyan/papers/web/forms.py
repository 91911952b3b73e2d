"""Forms of papers: what a person adds to a report, why it comes back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from qingyan.papers.models.export import ExportKind
from qingyan.papers.rules.forms import FORMS

MOST = 999


class CheckForm(forms.Form):
    """What only people know: how many crisis events there were."""

    incidents = forms.IntegerField(
        label=_("本月危机事件"),
        min_value=0,
        max_value=MOST,
        initial=0,
        help_text=_("已按本月首报的次数填好，请核对；有出入时以核对的为准。"),
    )


class BackForm(forms.Form):
    """Why it comes back."""

    reason = forms.CharField(
        label=_("原因"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("不要写学生姓名。")
    )


class ExportForm(forms.Form):
    """What is asked for, and why."""

    kind = forms.ChoiceField(label=_("要导出什么"), choices=ExportKind.choices)
    purpose = forms.CharField(
        label=_("用途"),
        max_length=60,
        help_text=_("写给谁、做什么用。会印在每一页上；不得用于评优、升学、编班。"),
    )


class TemplateForm(forms.Form):
    """A new version of one form's template."""

    form = forms.ChoiceField(label=_("哪一张表"))
    file = forms.FileField(label=_("Word 文件（.docx，不超过 2 MB）"))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form"].choices = [(one.code, _(one.title)) for one in FORMS]
