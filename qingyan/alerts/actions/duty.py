"""Naming people for the places of the ladder, and the district's answer when a school has not acted."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from qingyan.alerts.actions.refusing import Refused
from qingyan.alerts.models import DistrictCall, DutyPost
from qingyan.alerts.policy import ANSWER_DISTRICT, KEEP_DUTY
from qingyan.alerts.queries.duty import MAY_STAND
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, permitted_rows, require
from qingyan.foundation.access.roles import Role
from qingyan.foundation.audit.api import record
from qingyan.people import api as people


def name_for_duty(*, account: UUID, place: str, hours: str, by: Actor, now: datetime) -> DutyPost:
    """Somebody of the school stands at this place from now on, after those named before. Raises NotVisible, Refused."""
    require(by, KEEP_DUTY)
    roles = (Role.COUNSELLOR,) if place == "counsellor" else MAY_STAND
    if account not in {one.account for one in people.holders_here(by.school_id or 0, roles, timezone.localdate(now))}:
        raise Refused("not_of_the_school")
    here = DutyPost.objects.filter(school_id=by.school_id, place=place)
    if here.filter(account_id=account, hours=hours).exists():
        raise Refused("post_exists")
    post = DutyPost.objects.create(
        school_id=by.school_id, account_id=account, place=place, hours=hours, rank=here.count()
    )
    detail = {"account": str(account), "place": place, "hours": hours}
    record(by=by, action="duty.named", subject_kind="duty_post", subject_id=post.id, now=now, detail=detail)
    return post


def strike_from_duty(*, post_id: UUID, by: Actor, now: datetime) -> None:
    """The person stands there no more. Raises NotVisible."""
    require(by, KEEP_DUTY)
    post = DutyPost.objects.filter(permitted_rows(by, KEEP_DUTY), id=post_id).first()
    if post is None:
        raise NotVisible(KEEP_DUTY.code)
    detail = {"account": str(post.account_id), "place": post.place}
    record(by=by, action="duty.struck", subject_kind="duty_post", subject_id=post.id, now=now, detail=detail)
    post.delete()


def note_call(*, call_id: UUID, by: Actor, now: datetime) -> DistrictCall:
    """Somebody of the district has rung the school up. Raises NotVisible for a call of another district."""
    require(by, ANSWER_DISTRICT)
    rows = DistrictCall.objects.select_for_update(of=("self",)).filter(permitted_rows(by, ANSWER_DISTRICT), id=call_id)
    call = rows.first()
    if call is None:
        raise NotVisible(ANSWER_DISTRICT.code)
    if call.called_at is None:
        call.called_at, call.called_by_id = now, by.id
        call.save(update_fields=["called_at", "called_by"])
        detail = {"school": call.school_id, "round": call.round}
        record(by=by, action="duty.rang", subject_kind="district_call", subject_id=call.id, now=now, detail=detail)
    return call
