"""The limits of the test burden as a form."""

from django import forms

from qingyan.screening.models import BurdenLimits
from qingyan.screening.rules.burden import Limits


class LimitsForm(forms.ModelForm):
    """Days between, items a term, and from where on somebody is warned."""

    class Meta:
        model = BurdenLimits
        fields = ("min_days", "items_per_term", "warn_days", "warn_percent")

    def limits(self) -> Limits:
        """What was asked for; call it after is_valid()."""
        return Limits(**{name: self.cleaned_data[name] for name in self.Meta.fields})
