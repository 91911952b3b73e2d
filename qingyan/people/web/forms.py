"""Forms of the pupils' door and of slips: they tidy and check shape; what is right is decided in actions."""

from datetime import timedelta

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from qingyan.people.rules.slip_codes import LONGEST_INPUT

TOKEN_SALT = "qingyan.people.recognised"  # noqa: S105
TOKEN_SECONDS = 180
VALIDITIES = [(1, _("今天起 1 天")), (7, _("7 天")), (14, _("14 天")), (30, _("30 天"))]
TYPED = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "autocorrect": "off"}


class DoorForm(forms.Form):
    """Class code and the code of the personal slip."""

    school_class = forms.CharField(
        label=_("班级码"),
        max_length=LONGEST_INPUT,
        widget=forms.TextInput(attrs={**TYPED, "autofocus": True}),
    )
    code = forms.CharField(
        label=_("登录条上的码"),
        max_length=LONGEST_INPUT,
        help_text=_("8 个字母或数字，大小写都可以。"),
        widget=forms.TextInput(attrs=TYPED),
    )


class ConfirmationForm(forms.Form):
    """The pupil says "that is me": a sealed word that names the slip and the machine for three minutes."""

    token = forms.CharField(widget=forms.HiddenInput, max_length=400)

    @staticmethod
    def seal(*, slip: object, device: str) -> str:
        """The sealed word for this slip on this machine."""
        return signing.dumps({"slip": str(slip), "device": device}, salt=TOKEN_SALT)

    def slip_on(self, device: str) -> str | None:
        """The slip's id, if the word is ours, fresh, and was given to this machine."""
        if not self.is_valid():
            return None
        try:
            said = signing.loads(self.cleaned_data["token"], salt=TOKEN_SALT, max_age=TOKEN_SECONDS)
        except signing.BadSignature:
            return None
        return said["slip"] if said["device"] == device else None


class IssueForm(forms.Form):
    """For how long new slips are valid."""

    days = forms.TypedChoiceField(label=_("有效期"), choices=VALIDITIES, coerce=int, initial=14)

    @property
    def validity(self) -> timedelta:
        """The chosen time."""
        return timedelta(days=self.cleaned_data["days"])
