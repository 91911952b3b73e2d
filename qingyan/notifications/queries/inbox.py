"""A person's own notices: how many are unread, and the list of them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from qingyan.foundation.access.actor import Actor, Kind
from qingyan.foundation.access.policy import permitted_rows
from qingyan.notifications.models import Notification
from qingyan.notifications.policy import READ_INBOX
from qingyan.notifications.queries.kinds import kinds, sentence

MOST_COUNTED = 99


@dataclass(frozen=True)
class Line:
    """One notice as the page shows it."""

    id: UUID
    words: str
    critical: bool
    at: datetime
    unread: bool
    school: str


def unread_count(actor: Actor) -> int:
    """How many are unread, at most 99; 0 for everybody who is not staff. One cheap query."""
    if actor.kind is not Kind.STAFF:
        return 0
    rows = Notification.objects.filter(account_id=actor.id, read_at__isnull=True)
    return len(rows.values_list("id", flat=True)[:MOST_COUNTED])


def inbox(actor: Actor, *, unread_only: bool = False) -> "QuerySet[Notification]":
    """The person's notices, the newest first."""
    rows = Notification.objects.filter(permitted_rows(actor, READ_INBOX)).select_related("school")
    if unread_only:
        rows = rows.filter(read_at__isnull=True)
    return rows.order_by("-created_at", "id")


def lines(notices: list[Notification]) -> list[Line]:
    """Notices of one page in words."""
    known = kinds()
    return [
        Line(
            id=one.id,
            words=sentence(one.kind),
            critical=one.kind in known and known[one.kind].critical,
            at=one.created_at,
            unread=one.read_at is None,
            school=one.school.short_name if one.school else "",
        )
        for one in notices
    ]
