"""Which notices leave the house, which way and when: decided once for each, from what each person wants.

A robot speaks once an occasion, as early as the first of its people wants to hear.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from qingyan.notifications.contracts import Channel
from qingyan.notifications.models import Delivery, Notification, Robot
from qingyan.notifications.queries.kinds import kinds
from qingyan.notifications.queries.preferences import wishes_of
from qingyan.notifications.queries.robots import robots_of_schools
from qingyan.notifications.rules.timing import Wishes, goes_out_at, in_digest, next_at
from qingyan.people import api as people

AT_ONCE = 200


@dataclass(frozen=True)
class _Known:
    wishes: dict[UUID, Wishes]
    addresses: dict[UUID, str]
    robots: dict[int | None, list[Robot]]


def plan_new(*, now: datetime) -> int:
    """Plan the notices that have no plan yet, the oldest first; returns how many. Two workers plan each once."""
    with transaction.atomic():
        rows = Notification.objects.select_for_update(skip_locked=True).filter(planned_at__isnull=True)
        new = list(rows.order_by("created_at", "id")[:AT_ONCE])
        if new:
            accounts = {one.account_id for one in new}
            known = _Known(
                wishes_of(accounts),
                people.mail_addresses(accounts),
                robots_of_schools({one.school_id for one in new}),
            )
            local = timezone.localtime(now)
            wanted = [delivery for notice in new for delivery in _ways_of(notice, known, local)]
            Delivery.objects.bulk_create(sorted(wanted, key=lambda one: one.due_at), ignore_conflicts=True)
            Notification.objects.filter(id__in=[one.id for one in new]).update(planned_at=now)
    return len(new)


def _ways_of(notice: Notification, known: _Known, local: datetime) -> Iterator[Delivery]:
    wishes = known.wishes[notice.account_id]
    kind = kinds().get(notice.kind)
    critical = kind is not None and kind.critical
    due = goes_out_at(wishes, critical=critical, now=local)
    if known.addresses.get(notice.account_id) and wishes.email != "off":
        together = in_digest(wishes, critical=critical)
        yield Delivery(
            notification=notice,
            account_id=notice.account_id,
            occasion=notice.occasion,
            channel=Channel.EMAIL.value,
            kind=notice.kind,
            digest=together,
            due_at=next_at(local, wishes.digest_at) if together else due,
        )
    for robot in known.robots.get(notice.school_id, ()):
        if wishes.wecom if robot.provider == Channel.WECOM.value else wishes.dingtalk:
            yield Delivery(robot=robot, occasion=notice.occasion, channel=robot.provider, kind=notice.kind, due_at=due)
