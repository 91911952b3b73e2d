"""Who may sign in as staff, and what a lockout is counted by.

Decides: accounts are made by an administrator only; a failure counts for one login at one address.
Does not: hold the limits (`settings`) or sign pupils in (`screening`).
"""

import unicodedata
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.httpkit import get_client_ip
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.translation import gettext_lazy as _


class ClosedAdapter(DefaultAccountAdapter):
    """Nobody signs up: staff accounts come from the school's or the city's administrator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def clean_password(self, password: str, user: Any = None) -> str:
        """The usual validators; and the one-time password, which an administrator has seen, is not kept."""
        if user is not None and user.must_change_password and user.check_password(password):
            raise ValidationError(_("新密码要和一次性密码不同。"))
        return super().clean_password(password, user)

    def set_password(self, user: Any, password: str) -> None:
        """The person's own choice: from now on no change is asked for."""
        user.must_change_password = False
        super().set_password(user, password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """A change signs out, so the way leads to the door and not back to the form."""
        return resolve_url(settings.LOGIN_URL)


def login_of(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The login that was tried, in one spelling, so that capitals or full-width letters do not start a new count."""
    given = credentials or {}
    typed = given.get("username") or given.get("login") or request.POST.get("login") or ""
    return unicodedata.normalize("NFKC", str(typed)).strip().casefold()[:255]


def address_of(request: HttpRequest) -> str:
    """The client's address; forwarded headers count only as far as TRUSTED_PROXIES reaches."""
    return get_client_ip(request) or ""
