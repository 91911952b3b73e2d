"""The limits of the test burden as a form."""

from django import forms

from qingyan.screening.models import BurdenLimits
from qingyan.screening.rules.burden import Limits


class LimitsForm(forms.ModelForm):
    """Days between, items a term."""

    class Meta:
        model = BurdenLimits
        fields = ("min_days", "items_per_term")

    def limits(self) -> Limits:
        """What was asked for; call it after is_valid()."""
        return Limits(self.cleaned_data["min_days"], self.cleaned_data["items_per_term"])
