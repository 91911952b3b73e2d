"""Forms of the glass: purpose, words, the password once more (and the second factor, if there is one); a review."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa import app_settings
from allauth.mfa.base.forms import ReauthenticateForm
from allauth.mfa.utils import is_mfa_enabled
from allauth.utils import get_form_class
from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from qingyan.cases.actions.breaking_glass import FEWEST_LETTERS, Terms
from qingyan.cases.models.glass import Verdict
from qingyan.cases.rules.crisis import CrisisPack
from qingyan.cases.web.forms import LONGEST, area


class GlassForm(forms.Form):
    """Why, in a choice and in words; and the proof that it is really this officer."""

    reason = forms.ChoiceField(label=_("用途"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("具体说明"),
        min_length=FEWEST_LETTERS,
        max_length=LONGEST,
        widget=area(),
        help_text=_("为什么现在需要知道是谁、要做什么。学校会看到，另一位负责人会复核。"),
    )
    password = forms.CharField(
        label=_("再输一次密码"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, pack: CrisisPack, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["reason"].choices = [(one.code, _now(one.text)) for one in pack.glass.reasons]
        if is_mfa_enabled(user):
            self.fields["code"] = forms.CharField(
                label=_("动态码"), widget=forms.TextInput(attrs={"autocomplete": "one-time-code"})
            )

    def clean_password(self) -> str:
        """The brakes of sign-in count wrong tries here, too."""
        if not get_adapter().reauthenticate(self.user, self.cleaned_data["password"]):
            raise forms.ValidationError(_("密码不对。"))
        return ""

    def clean_code(self) -> str:
        """Only asked of who has a second factor."""
        form = get_form_class(app_settings.FORMS, "reauthenticate", ReauthenticateForm)
        if not form(data={"code": self.cleaned_data["code"]}, user=self.user).is_valid():
            raise forms.ValidationError(_("动态码不对。"))
        return ""

    def terms(self) -> Terms:
        """The purpose, as the action takes it."""
        return Terms(self.cleaned_data["reason"], self.cleaned_data["words"])


class GlassReviewForm(forms.Form):
    """Another officer's word."""

    verdict = forms.ChoiceField(label=_("复核意见"), choices=Verdict.choices, widget=forms.RadioSelect)
    words = forms.CharField(label=_("理由"), max_length=LONGEST, widget=area())
