"""The password once more (and the second factor, if there is one), before something that must really be this person."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa import app_settings
from allauth.mfa.base.forms import ReauthenticateForm
from allauth.mfa.utils import is_mfa_enabled
from allauth.utils import get_form_class
from django import forms
from django.utils.translation import gettext_lazy as _


class AgainForm(forms.Form):
    """Mixed into the form of what is to be done; its fields come last. The brakes of sign-in count wrong tries, too."""

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["password"] = forms.CharField(
            label=_("再输一次密码"),
            widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        )
        if is_mfa_enabled(user):
            self.fields["code"] = forms.CharField(
                label=_("动态码"), widget=forms.TextInput(attrs={"autocomplete": "one-time-code"})
            )

    def clean_password(self) -> str:
        """Whether it is the password; it is not kept."""
        if not get_adapter().reauthenticate(self.user, self.cleaned_data["password"]):
            raise forms.ValidationError(_("密码不对。"))
        return ""

    def clean_code(self) -> str:
        """Only asked of who has a second factor."""
        form = get_form_class(app_settings.FORMS, "reauthenticate", ReauthenticateForm)
        if not form(data={"code": self.cleaned_data["code"]}, user=self.user).is_valid():
            raise forms.ValidationError(_("动态码不对。"))
        return ""
