"""One middleware owns the transaction, the scope and the rendering of every page.

Django's own ATOMIC_REQUESTS would open its transaction after a middleware set the scope and close it before a
TemplateResponse is rendered; both lose the scope. Here the answer is rendered inside, and any error rolls back.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from qingyan.foundation.access.actor import Kind
from qingyan.foundation.access.scope import entered
from qingyan.foundation.web.doorways import actor_of, school_by_slug

SCHOOL_PATH = re.compile(r"^/s/(?P<slug>[-a-zA-Z0-9_]+)/")
WITHOUT_DATABASE = ("/healthz", "/readyz", "/version", "/static/")
FREE_OF_SECOND_FACTOR = ("/accounts/", "/i18n/")
FREE_OF_NEW_PASSWORD = ("/accounts/password/change/", "/accounts/logout/", "/i18n/")


class StreamedOutsideScope(RuntimeError):
    """A streaming answer would read its rows after the scope has ended."""


class ScopeMiddleware:
    """Sets request.school and .actor; opens the transaction, enters the scope, renders, commits or rolls back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(WITHOUT_DATABASE):
            return self.get_response(request)
        with transaction.atomic(durable=True):
            request.school = _school_of(request)
            actor = actor_of(request)
            request.actor = replace(actor, request_id=str(uuid4()))
            if _must_change_password(request):
                return redirect("account_change_password")
            if _must_enrol(request):
                return redirect("mfa_activate_totp")
            with entered(request.actor):
                response = self._rendered(request)
        return _with_privacy(request, response)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """A view that raised leaves nothing half done, whatever answer is made of its error.

        Only noted here: allauth asks the database before it answers "sign in again", and set_rollback would shut it.
        """
        request.has_raised = True

    def _rendered(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.streaming and not getattr(response, "file_to_stream", None):
            raise StreamedOutsideScope("a streaming answer was made inside a scope")
        if hasattr(response, "render") and not response.is_rendered:
            response.render()
        if response.status_code >= 500 or getattr(request, "has_raised", False):
            transaction.set_rollback(True)
        return response


def _school_of(request: HttpRequest):
    match = SCHOOL_PATH.match(request.path)
    if match is None:
        return None
    school = school_by_slug(match["slug"])
    if school is None:
        raise Http404
    return school


def _must_change_password(request: HttpRequest) -> bool:
    """Whoever signed in with a one-time password, which an administrator has seen, first replaces it; in every mode."""
    return (
        request.actor.kind is Kind.STAFF
        and not request.path.startswith(FREE_OF_NEW_PASSWORD)
        and request.user.must_change_password
    )


def _must_enrol(request: HttpRequest) -> bool:
    """Staff without a second factor can do nothing but enrol one; the demo city is let off, to be looked around in."""
    return (
        settings.QINGYAN.in_production
        and request.actor.kind is Kind.STAFF
        and not request.path.startswith(FREE_OF_SECOND_FACTOR)
        and not is_mfa_enabled(request.user)
    )


def _with_privacy(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Pages of somebody signed in are never stored by browser or proxy; signing out empties what the browser kept."""
    if request.actor.is_signed_in:
        response.headers.setdefault("Cache-Control", "no-store, private")
    if request.actor.kind is Kind.STAFF and not request.user.is_authenticated:
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
    response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
    return response
