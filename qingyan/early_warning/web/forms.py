"""Forms of early warning: signing the points."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SigningForm(forms.Form):
    """The fingerprint of the file that was read, that it was read, and what there is to say about it."""

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    read = forms.BooleanField(label=_("我已逐条读过上面的规则，同意用它来排先后"))
    note = forms.CharField(label=_("意见（可以空着）"), max_length=300, required=False)
