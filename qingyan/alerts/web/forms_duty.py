"""Forms of duty: who is away, who stands where."""

from collections.abc import Sequence
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from qingyan.alerts.actions.absences import AwayPlan
from qingyan.alerts.models.duty import Hours, Place

Colleagues = Sequence[tuple[UUID, str]]
OF_A_SCHOOL = [(code, words) for code, words in Place.choices if code != "district"]


class MomentInput(forms.DateTimeInput):
    """The browser's own calendar with a clock."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class AbsenceForm(forms.Form):
    """Away from – to, and who acts meanwhile."""

    account = forms.TypedChoiceField(label=_("谁不在岗"), coerce=UUID)
    starts_at = forms.DateTimeField(label=_("从"), widget=MomentInput())
    ends_at = forms.DateTimeField(label=_("到"), widget=MomentInput())
    deputy = forms.TypedChoiceField(label=_("代班人"), coerce=UUID, empty_value=None, required=False)

    def __init__(self, colleagues: Colleagues, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].choices = list(colleagues)
        self.fields["deputy"].choices = [("", _("按值守次序")), *colleagues]

    def plan(self) -> AwayPlan:
        """The values, once the form is valid."""
        given = self.cleaned_data
        return AwayPlan(given["account"], given["starts_at"], given["ends_at"], given["deputy"] or None)


class DutyPostForm(forms.Form):
    """One more person for a place of the ladder."""

    place = forms.ChoiceField(label=_("岗位"), choices=OF_A_SCHOOL)
    account = forms.TypedChoiceField(label=_("由谁"), coerce=UUID)
    hours = forms.ChoiceField(label=_("时间"), choices=Hours.choices)

    def __init__(self, colleagues: Colleagues, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].choices = list(colleagues)
