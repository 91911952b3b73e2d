"""Forms of papers: what a person adds to a report, why it comes back."""

from django import forms
from django.utils.translation import gettext_lazy as _

MOST = 999


class CheckForm(forms.Form):
    """What only people know: how many crisis events there were."""

    incidents = forms.IntegerField(
        label=_("本月危机事件"),
        min_value=0,
        max_value=MOST,
        initial=0,
        help_text=_("按本月的首报登记填写次数；没有就填 0。"),
    )


class BackForm(forms.Form):
    """Why it comes back."""

    reason = forms.CharField(
        label=_("原因"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("不要写学生姓名。")
    )
