"""Forms of the second stage: its rule, and the reason for an early look. They parse and explain."""

from django import forms
from django.utils.translation import gettext_lazy as _

from qingyan.instruments import api as instruments
from qingyan.screening.models import Campaign, SecondStage
from qingyan.screening.queries.assignments import first_choices, second_choices


class SecondStageForm(forms.ModelForm):
    """The rule: `first` names an instrument of the round, empty: all of them, each by the round's cut-off."""

    first = forms.ChoiceField(label=_("按哪份量表定名单"), required=False)
    instrument = forms.ChoiceField(
        label=_("建议的第二份量表"), required=False, help_text=_("只是建议；每位学生用哪一份，由心理老师决定。")
    )

    class Meta:
        model = SecondStage
        fields = ("first", "instrument", "least_days", "observe_days")

    def __init__(self, data, *, campaign: Campaign, stage: SecondStage | None) -> None:
        one = stage or SecondStage(campaign=campaign)
        super().__init__(data, instance=one, initial={"first": one.first_instrument})
        self.fields["first"].choices = [("", _("每一份都看")), *first_choices(campaign)]
        seconds = [(each.summary.code, each.summary.title_zh) for each in second_choices(campaign)]
        self.fields["instrument"].choices = [("", _("先不定")), *seconds]

    def clean_least_days(self) -> int:
        """At most 90."""
        return _at_most(self.cleaned_data["least_days"], 90)

    def clean_observe_days(self) -> int:
        """At most 60."""
        return _at_most(self.cleaned_data["observe_days"], 60)

    def stage(self) -> SecondStage:
        """What was given, not saved."""
        one = self.instance
        one.first_instrument = self.cleaned_data["first"]
        one.instrument = self.cleaned_data["instrument"]
        one.version = instruments.instrument(one.instrument).version if one.instrument else ""
        return one


class ReasonForm(forms.Form):
    """Why the list is opened before the observation has ended."""

    reason = forms.CharField(
        label=_("为什么要提前看"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}), strip=True
    )


def _at_most(days: int, most: int) -> int:
    if days > most:
        raise forms.ValidationError(_("最多 %(most)s 天。"), params={"most": most})
    return days
