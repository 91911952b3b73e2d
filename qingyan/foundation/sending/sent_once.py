"""A form that is sent a second time (pressed twice, Back and again, a page that seemed to hang) is taken once.

Every rendering of a form carries its own token, so the same token with the same content is the same form again. The
browser stops a second press by itself where scripts run; this is for the rest, and for two presses that race.
"""

from collections.abc import Callable
from hashlib import sha256

from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from qingyan.foundation.access.actor import Kind
from qingyan.foundation.sending.models import SentForm

GetResponse = Callable[[HttpRequest], HttpResponse]
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field
MAY_REPEAT = ("/accounts/", "/i18n/")
PLAIN = "application/x-www-form-urlencoded"
LONGEST = 400


def sent_once(get_response: GetResponse) -> GetResponse:
    """Middleware, inside the transaction: answer the second sending of a form with where the first one led.

    Only a form that was taken is remembered: one whose answer leads on and warns of nothing.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if not _is_a_form_of_staff(request):
            return get_response(request)
        digest = _digest(request)
        _wait_for_the_first(digest)
        before = SentForm.objects.filter(digest=digest).first()
        if before:
            messages.info(request, _("这一页刚才已经交过，已保存一次，没有再存一遍。"))
            return redirect(before.location)
        response = get_response(request)
        if _was_taken(request, response):
            SentForm.objects.create(digest=digest, at=timezone.now(), location=response.headers["Location"])
        return response

    return middleware


def _is_a_form_of_staff(request: HttpRequest) -> bool:
    """Pupils' answers have receipts of their own, and the role that serves them may write nothing else."""
    return (
        request.method == "POST"
        and request.actor.kind is Kind.STAFF
        and request.content_type == PLAIN
        and not request.path.startswith(MAY_REPEAT)
        and bool(request.POST.get(TOKEN))
    )


def _digest(request: HttpRequest) -> str:
    parts = (str(request.actor.id), request.path, request.META.get("QUERY_STRING", ""))
    return sha256("\0".join(parts).encode() + b"\0" + request.body).hexdigest()


def _wait_for_the_first(digest: str) -> None:
    """Two sendings of one form that arrive together are dealt with one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(digest[:15], 16)])


def _was_taken(request: HttpRequest, response: HttpResponse) -> bool:
    """It led on to a page of ours, nothing failed, and the person was not told that something is missing."""
    to = response.headers.get("Location", "")
    if response.status_code != 302 or getattr(request, "has_raised", False) or not 0 < len(to) <= LONGEST:
        return False
    if not url_has_allowed_host_and_scheme(to, allowed_hosts=None):
        return False
    # What was said is read without being used up: the next page shows it.
    said = getattr(messages.get_messages(request), "_queued_messages", [])
    return all(one.level < messages.WARNING for one in said)
