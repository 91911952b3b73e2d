"""A searched name is posted and comes back sealed: no address, history or log holds it."""

from urllib.parse import urlencode

from django.http import HttpRequest

from qingyan.foundation.crypto.api import Unreadable, open_text, seal_text
from qingyan.foundation.web.listing import asked_for

PLACE = ("people", "search")


def sealed_address(request: HttpRequest, *kept: str) -> str:
    """Where a posted search goes on: its own path, the name sealed, the other fields as they are."""
    name = asked_for(request.POST, "name")
    found = {"found": seal_text(PLACE, name)} if name else {}
    rest = {key: value for key in kept if (value := asked_for(request.POST, key))}
    return f"{request.path}?{urlencode({**found, **rest})}"


def opened_name(request: HttpRequest) -> str:
    """The name of an address; empty for one that is not ours."""
    sealed = request.GET.get("found", "")
    try:
        return open_text(PLACE, sealed) if sealed else ""
    except Unreadable:
        return ""


def asked_class(request: HttpRequest) -> int | None:
    """The class of an address, if it is a number."""
    chosen = asked_for(request.GET, "class")
    return int(chosen) if chosen.isascii() and chosen.isdecimal() and len(chosen) < 10 else None
