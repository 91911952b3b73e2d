"""Old notices go: an inbox is no archive, and what happened stands where it happened."""

from datetime import datetime, timedelta

from django.db import transaction

from qingyan.notifications.models import Delivery, DeliveryState, Notification

READ_KEPT, UNREAD_KEPT = timedelta(days=90), timedelta(days=366)
LEFT_LYING = timedelta(hours=3)


def forget_old(*, now: datetime) -> int:
    """Delete read notices after 90 days and unread ones after a year, with their deliveries; returns how many."""
    with transaction.atomic():
        left = Delivery.objects.filter(state=DeliveryState.SENDING, claimed_at__lt=now - LEFT_LYING)
        left.update(state=DeliveryState.FAILED, problem="gave_up")
        Delivery.objects.filter(robot__isnull=False, due_at__lt=now - READ_KEPT).delete()
        read, _ = Notification.objects.filter(read_at__lt=now - READ_KEPT).delete()
        unread, _ = Notification.objects.filter(created_at__lt=now - UNREAD_KEPT).delete()
    return read + unread
