"""The inbox: what this person was told, and the way from a notice to its page."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.views import requires
from qingyan.foundation.web.listing import asked_for, kept, page_of
from qingyan.notifications.actions import reading
from qingyan.notifications.policy import READ_INBOX
from qingyan.notifications.queries import inbox as queries


@require_GET
@requires(READ_INBOX)
def inbox(request: HttpRequest) -> HttpResponse:
    """The person's notices, the newest first."""
    unread_only = asked_for(request.GET, "show") == "unread"
    page = page_of(queries.inbox(request.actor, unread_only=unread_only), request.GET)
    tabs = [
        {"label": _("全部"), "url": "?", "current": not unread_only, "count": None},
        {
            "label": _("未读"),
            "url": "?show=unread",
            "current": unread_only,
            "count": queries.unread_count(request.actor),
        },
    ]
    context = {"page": page, "lines": queries.lines(list(page.object_list)), "tabs": tabs, "query": kept(request.GET)}
    return render(request, "notifications/inbox.html", context)


@require_GET
@requires(READ_INBOX)
def open_one(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Mark it read and go to its page, which asks for its own permission. Old, foreign and unknown ones: the inbox."""
    try:
        notice = reading.open_notice(notice_id=notice_id, by=request.actor, now=timezone.now())
    except NotVisible:
        return redirect("notifications:inbox")
    return redirect(notice.path)


@require_POST
@requires(READ_INBOX)
def read_all(request: HttpRequest) -> HttpResponse:
    """Everything is read."""
    reading.read_all(by=request.actor, now=timezone.now())
    messages.success(request, _("都标为已读了。"))
    return redirect("notifications:inbox")
