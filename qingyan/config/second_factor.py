"""The staff's second factor: its secrets are sealed in the database, and nobody tries codes for long.

allauth counts tries in each web process apart and keeps secrets as they are; both are not enough for this house. Only
who knows the password gets here, so a short limit by person locks out no stranger's victim.
"""

from datetime import timedelta
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from axes.models import AccessAttempt
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qingyan.foundation.crypto.api import open_text, seal_text

PLACE = ("mfa_authenticator", "data")
MOST_WRONG, MEMORY = 5, timedelta(minutes=15)
NO_ADDRESS, MARK = "0.0.0.0", "second factor"  # noqa: S104 (a row that counts a person, wherever they are)


class SealedAdapter(DefaultMFAAdapter):
    """Secrets and seeds as envelopes: a stolen dump lets nobody make codes."""

    def encrypt(self, text: str) -> str:
        """The sealed text, as it lies in the database."""
        return seal_text(PLACE, text)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret itself. Raises Unreadable when it was changed or stands elsewhere."""
        return open_text(PLACE, encrypted_text)


class Braked(forms.Form):
    """Five wrong codes within a quarter of an hour, from wherever they come; then none is looked at for as long."""

    user: Any

    def clean_code(self) -> str:
        """The code, if it is right and there were not too many wrong ones."""
        count = _count_of(self.user)
        if count.failures_since_start >= MOST_WRONG:
            raise forms.ValidationError(_("试错的次数太多了，请过一刻钟再试。"))
        AccessAttempt.objects.filter(pk=count.pk).update(failures_since_start=count.failures_since_start + 1)
        code: str = super().clean_code()  # of the form that this is mixed into
        AccessAttempt.objects.filter(pk=count.pk).delete()
        return code


class SecondFactorForm(Braked, AuthenticateForm):
    """At sign-in."""


class SecondFactorAgainForm(Braked, ReauthenticateForm):
    """Before something that asks for it once more."""


def _count_of(user: Any) -> AccessAttempt:
    """The person's row, locked until the request ends, so that tries at one moment are counted one by one."""
    who = {"username": f"{MARK} {user.pk}", "ip_address": NO_ADDRESS, "user_agent": MARK}
    empty = {"get_data": "", "post_data": "", "http_accept": "", "path_info": "", "failures_since_start": 0}
    AccessAttempt.objects.get_or_create(**who, defaults=empty)
    row = AccessAttempt.objects.select_for_update().get(**who)
    if row.attempt_time <= timezone.now() - MEMORY:
        row.failures_since_start = 0
        AccessAttempt.objects.filter(pk=row.pk).update(attempt_time=timezone.now())
    return row
