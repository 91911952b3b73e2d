"""Forms of the glass: purpose, words, the password once more (and the second factor, if there is one); a review."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from qingyan.cases.actions.breaking_glass import FEWEST_LETTERS, Terms
from qingyan.cases.models.glass import Verdict
from qingyan.cases.rules.crisis import CrisisPack
from qingyan.cases.web.forms import LONGEST, area
from qingyan.foundation.web.again import AgainForm


class GlassForm(AgainForm):
    """Why, in a choice and in words; and the proof that it is really this officer."""

    reason = forms.ChoiceField(label=_("用途"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("具体说明"),
        min_length=FEWEST_LETTERS,
        max_length=LONGEST,
        widget=area(),
        help_text=_("为什么现在需要知道是谁、要做什么。学校会看到，另一位负责人会复核。"),
    )

    def __init__(self, *args: Any, pack: CrisisPack, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [(one.code, _now(one.text)) for one in pack.glass.reasons]

    def terms(self) -> Terms:
        """The purpose, as the action takes it."""
        return Terms(self.cleaned_data["reason"], self.cleaned_data["words"])


class GlassReviewForm(forms.Form):
    """Another officer's word."""

    verdict = forms.ChoiceField(label=_("复核意见"), choices=Verdict.choices, widget=forms.RadioSelect)
    words = forms.CharField(label=_("理由"), max_length=LONGEST, widget=area())
