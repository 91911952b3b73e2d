"""Sending what is due, one delivery at a time: claim it, send it outside any transaction, note what came of it.

A worker that dies between sending and noting lets it be sent once more after two minutes: rather twice than never.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from qingyan.notifications.actions.egress import post, send_mail
from qingyan.notifications.contracts import Provider
from qingyan.notifications.models import Delivery, DeliveryState
from qingyan.notifications.queries.kinds import sentence
from qingyan.notifications.rules.robots import UnfitAddress
from qingyan.notifications.rules.timing import MOST_ATTEMPTS, STALE_AFTER, next_try
from qingyan.people import api as people

BRAND = "【青檐】"
MAIL_FOOT = "请登录平台查看。为了保护学生，邮件里不写任何具体内容。"
MOST_IN_A_RUN = 500


@dataclass(frozen=True)
class Claimed:
    """One delivery that this worker holds, with the others that go out in the same mail."""

    first: Delivery
    together: tuple[UUID, ...]


def deliver_due(*, now: datetime) -> int:
    """Send everything that is due; returns how many messages went out or failed."""
    for done in range(MOST_IN_A_RUN):
        claimed = _claim(now)
        if claimed is None:
            return done
        problem = _send(claimed, now)
        _note(claimed, problem, now)
    return MOST_IN_A_RUN


def _claim(now: datetime) -> Claimed | None:
    with transaction.atomic():
        first = _due(now).select_related("robot").order_by("due_at", "id").first()
        if first is None:
            return None
        together = [first.id]
        if first.digest:
            rows = _due(now).filter(account_id=first.account_id, digest=True).exclude(id=first.id)
            together += rows.order_by("due_at", "id").values_list("id", flat=True)
        first.attempts += 1
        Delivery.objects.filter(id__in=together).update(
            state=DeliveryState.SENDING, claimed_at=now, attempts=first.attempts
        )
    return Claimed(first, tuple(together))


def _due(now: datetime):
    stale = Q(state=DeliveryState.SENDING, claimed_at__lt=now - STALE_AFTER)
    rows = Delivery.objects.select_for_update(skip_locked=True, of=("self",))
    return rows.filter(Q(state=DeliveryState.WAITING) | stale, due_at__lte=now, attempts__lt=MOST_ATTEMPTS)


def _send(claimed: Claimed, now: datetime) -> str:
    """The problem, or "": sent."""
    one = claimed.first
    if one.robot is None:
        return _mail(claimed)
    text = f"{BRAND}{sentence(one.kind)}。请登录后查看：{_address('notifications:inbox')}"
    provider = Provider(one.robot.provider)
    try:
        return post(provider=provider, url=one.robot.url, secret=one.robot.secret or "", text=text, now=now)
    except UnfitAddress as refusal:
        return f"address_{refusal.code}"


def _mail(claimed: Claimed) -> str:
    one = claimed.first
    address = people.mail_addresses({one.account_id}).get(one.account_id)
    if not address:
        return "no_address"
    count = len(claimed.together)
    words = f"今天您有 {count} 条还没有查看的消息" if one.digest else sentence(one.kind)
    link = _address("notifications:inbox") if one.digest else _address("notifications:open", one.notification_id)
    text = f"{words}。\n\n{link}\n\n{MAIL_FOOT}"
    return send_mail(address=address, subject=f"{BRAND}{words}", text=text, message_id=str(one.id))


def _note(claimed: Claimed, problem: str, now: datetime) -> None:
    again = next_try(claimed.first.attempts, now=now) if problem and problem != "no_address" else None
    rows = Delivery.objects.filter(id__in=claimed.together, state=DeliveryState.SENDING)
    if not problem:
        rows.update(state=DeliveryState.SENT, sent_at=now, problem="")
    elif again is None:
        rows.update(state=DeliveryState.FAILED, problem=problem)
    else:
        rows.update(state=DeliveryState.WAITING, due_at=again, problem=problem)


def _address(view: str, *keys: object) -> str:
    return settings.QINGYAN.base_url + reverse(view, args=keys)
