"""A person looks at the own notices. Nothing here shows content, so the trail keeps only that a notice was opened."""

from datetime import datetime
from uuid import UUID

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, permitted_rows, require
from qingyan.foundation.audit.api import record
from qingyan.notifications.models import Delivery, DeliveryState, Notification
from qingyan.notifications.policy import READ_INBOX


def open_notice(*, notice_id: UUID, by: Actor, now: datetime) -> Notification:
    """The notice, now read; its path leads to a page that asks for its own permission. Raises NotVisible."""
    require(by, READ_INBOX)
    notice = Notification.objects.filter(permitted_rows(by, READ_INBOX), id=notice_id).first()
    if notice is None:
        raise NotVisible(READ_INBOX.code)
    if notice.read_at is None:
        _mark([notice.id], now)
        record(by=by, action="notification.read", subject_kind="notification", subject_id=notice.id, now=now)
    return notice


def read_all(*, by: Actor, now: datetime) -> int:
    """Everything is read; returns how many were not. A digest of them is not sent any more."""
    require(by, READ_INBOX)
    rows = Notification.objects.filter(permitted_rows(by, READ_INBOX), read_at__isnull=True)
    unread = list(rows.values_list("id", flat=True))
    if unread:
        _mark(unread, now)
        detail = {"count": len(unread)}
        record(by=by, action="notification.read_all", subject_kind="inbox", subject_id=by.id, now=now, detail=detail)
    return len(unread)


def _mark(ids: list[UUID], now: datetime) -> None:
    Notification.objects.filter(id__in=ids).update(read_at=now)
    Delivery.objects.filter(notification_id__in=ids, digest=True, state=DeliveryState.WAITING).update(
        state=DeliveryState.DROPPED
    )
