"""Forms of a mandatory report that was made, and of what came of it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from qingyan.cases.actions.mandating import Report
from qingyan.cases.rules.mandatory import MandatoryReport
from qingyan.cases.web.forms import LONGEST, SEALED_HELP, area


class MandatoryForm(forms.Form):
    """Which situations, to whom, when, under which number; and who else may see it."""

    situations = forms.MultipleChoiceField(label=_("哪些情形"), widget=forms.CheckboxSelectMultiple)
    facts = forms.CharField(label=_("看到和听到的事实"), max_length=LONGEST, widget=area(), help_text=SEALED_HELP)
    authority = forms.CharField(label=_("向哪里报的"), max_length=200, help_text=_("比如派出所名称和接警人。"))
    at = forms.DateTimeField(
        label=_("什么时候报的"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    receipt = forms.CharField(label=_("回执或接警编号"), max_length=100, required=False)
    guardian_suspected = forms.BooleanField(label=_("监护人可能是伤害的来源：先不联系监护人"), required=False)
    readers = forms.TypedMultipleChoiceField(
        label=_("还有谁可以看到"),
        coerce=UUID,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("只有你和这里点名的人能看到。被怀疑的人不要点。"),
    )

    def __init__(self, *args: Any, law: MandatoryReport, eligible: Mapping[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["situations"].choices = [(one.code, _now(one.text)) for one in law.situations]
        self.fields["readers"].choices = [(str(key), name) for key, name in eligible.items()]

    def report(self) -> Report:
        """As the action takes it."""
        return Report(**self.cleaned_data)


class ResultForm(forms.Form):
    """What came of it."""

    text = forms.CharField(label=_("结果"), max_length=LONGEST, widget=area(), help_text=SEALED_HELP)
