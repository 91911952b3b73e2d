"""Who may sign in as staff, and what a lockout is counted by.

Decides: accounts are made by an administrator only; a failure counts for one login at one address.
Does not: hold the limits (`settings`) or sign pupils in (`screening`).
"""

import unicodedata
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.httpkit import get_client_ip
from django.http import HttpRequest


class ClosedAdapter(DefaultAccountAdapter):
    """Nobody signs up: staff accounts come from the school's or the city's administrator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False


def login_of(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The login that was tried, in one spelling, so that capitals or full-width letters do not start a new count."""
    given = credentials or {}
    typed = given.get("username") or given.get("login") or request.POST.get("login") or ""
    return unicodedata.normalize("NFKC", str(typed)).strip().casefold()[:255]


def address_of(request: HttpRequest) -> str:
    """The client's address; forwarded headers count only as far as TRUSTED_PROXIES reaches."""
    return get_client_ip(request) or ""
