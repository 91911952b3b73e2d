"""The mark of a machine by which wrong tries at a door are slowed: a cookie that names nobody."""

import re
import secrets

from axes.helpers import get_client_ip_address
from django.conf import settings
from django.http import HttpRequest, HttpResponse

DEVICE_COOKIE = "qy_device"
DEVICE_DAYS = 365
_MARK = re.compile(r"[0-9a-f]{32}")


def mark_of(request: HttpRequest) -> str:
    """The mark alone, for a page that a phone may go on with at another address; empty without one."""
    mark = request.COOKIES.get(DEVICE_COOKIE, "")
    return mark if _MARK.fullmatch(mark) else ""


def device_of(request: HttpRequest) -> str:
    """The machine and its address together; machines without a mark at one address count as one."""
    return f"{mark_of(request)}@{get_client_ip_address(request) or ''}"


def mark_device(request: HttpRequest, response: HttpResponse) -> None:
    """Give the machine a mark, unless it has one. It names nobody."""
    if _MARK.fullmatch(request.COOKIES.get(DEVICE_COOKIE, "")):
        return
    response.set_cookie(
        DEVICE_COOKIE,
        secrets.token_hex(16),
        max_age=DEVICE_DAYS * 24 * 3600,
        httponly=True,
        samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE,
    )
