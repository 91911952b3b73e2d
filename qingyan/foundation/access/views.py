"""Marks on views: every view either requires a permission or says why it is public. checks.py refuses the rest."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol, cast
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url

from qingyan.foundation.access.actor import Kind
from qingyan.foundation.access.policy import NotVisible, Permission, allowed

View = Callable[..., HttpResponse]


class Marked(Protocol):
    """A view with the mark that checks.py and the generated URL map read; it carries one of the two."""

    permissions: tuple[Permission, ...]
    public_reason: str

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse: ...


def requires(*permissions: Permission) -> Callable[[View], View]:
    """Let in who holds one of these permissions here; send the signed-out to the door, show others a 404."""

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            actor = request.actor
            if not any(allowed(actor, permission) for permission in permissions):
                if actor.kind is Kind.ANONYMOUS:
                    return redirect(f"{resolve_url(settings.LOGIN_URL)}?next={quote(request.get_full_path())}")
                raise Http404
            try:
                return view(request, *args, **kwargs)
            except NotVisible as refusal:
                raise Http404 from refusal

        marked = cast(Marked, guarded)
        marked.permissions = permissions
        return marked

    return mark


def public(reason: str) -> Callable[[View], View]:
    """Let everybody in; the reason is printed in the generated URL map."""

    def mark(view: View) -> View:
        marked = cast(Marked, view)
        marked.public_reason = reason
        return marked

    return mark
