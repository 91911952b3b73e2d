"""Forms of a follow-up and of the end of a case."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingyan.cases.rules.pack import CasePack
from qingyan.cases.web.forms import LONGEST, SEALED_HELP, area


class FollowUpForm(forms.Form):
    """A look at the pupil, and how one would rate it now."""

    at = forms.DateTimeField(
        label=gettext_lazy("时间"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    proposed_level = forms.ChoiceField(
        label=gettext_lazy("现在看来"),
        widget=forms.RadioSelect,
        help_text=gettext_lazy("这是建议。升降级都要再开研判会。"),
    )
    words = forms.CharField(label=gettext_lazy("看到了什么"), max_length=LONGEST, widget=area(), help_text=SEALED_HELP)

    def __init__(self, *args: Any, pack: CasePack, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proposed_level"].choices = [
            (one.code, _(one.words) + _("：") + _(one.meaning)) for one in pack.levels
        ]


class CloseForm(forms.Form):
    """Every criterion, and a summary."""

    criteria = forms.MultipleChoiceField(
        label=gettext_lazy("结案标准"), required=False, widget=forms.CheckboxSelectMultiple
    )
    summary = forms.CharField(label=gettext_lazy("结案小结"), max_length=LONGEST, widget=area(6), help_text=SEALED_HELP)

    def __init__(self, *args: Any, pack: CasePack, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["criteria"].choices = [(one.code, _(one.text)) for one in pack.closing]
