"""Forms of early warning: signing the points, and letting a model order."""

from django import forms
from django.utils.translation import gettext_lazy as _

from qingyan.early_warning.actions.switching import FEWEST_LETTERS
from qingyan.foundation.web.again import AgainForm


class SigningForm(forms.Form):
    """The fingerprint of the file that was read, that it was read, and what there is to say about it."""

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    read = forms.BooleanField(label=_("我已逐条读过上面的规则，同意用它来排先后"))
    note = forms.CharField(label=_("意见（可以空着）"), max_length=300, required=False)


class SwitchingOnForm(AgainForm):
    """Why, in words; and the proof that it is really this officer."""

    reason = forms.CharField(
        label=_("理由"),
        min_length=FEWEST_LETTERS,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("为什么现在让它参与排序。会连同试行的数字一起留痕；不要写任何人的姓名。"),
    )
