"""The form that orders forms on paper: it parses; what is fit is decided in actions/paper."""

from collections.abc import Sequence
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from qingyan.organisations.api import SchoolClass
from qingyan.people.contracts import Pupil
from qingyan.screening.actions.paper import MOST_BLANK, Order
from qingyan.screening.models import Campaign
from qingyan.screening.queries.campaigns import asked_of_grade


class PaperOrderForm(forms.Form):
    """An instrument, named pupils, and blank forms."""

    instrument = forms.ChoiceField(label=_("量表"))
    students = forms.TypedMultipleChoiceField(
        label=_("印上名字的学生"),
        required=False,
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("名字只印在封面上；封面撕下以后，题目页只有编号。"),
    )
    blank = forms.IntegerField(label=_("另加空白份数"), min_value=0, max_value=MOST_BLANK, initial=0)

    def __init__(
        self, campaign: Campaign, school_class: SchoolClass, pupils: Sequence[Pupil], data: QueryDict | None = None
    ) -> None:
        super().__init__(data)
        self.campaign, self.school_class = campaign, school_class
        self.fields["instrument"].choices = asked_of_grade(campaign, school_class.grade)
        self.fields["students"].choices = [(str(pupil.id), pupil.name) for pupil in pupils]

    def order(self) -> Order:
        """What was ordered. The form is valid."""
        given = self.cleaned_data
        return Order(self.campaign, self.school_class, given["instrument"], given["students"], given["blank"])
