"""Naming people for duty, and what the district notes when a school has not acted."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from qingyan.alerts.actions.duty import name_for_duty, note_call, strike_from_duty
from qingyan.alerts.actions.refusing import Refused
from qingyan.alerts.models import DistrictCall, DutyPost
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.roles import Role
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from qingyan.people.models import Account, Post
from tests.alerts.duty_setting import colleague, keep_time, owner
from tests.alerts.setting import alerted, counsellor

MINUTE = timedelta(minutes=1)


def named(by, account, place, hours="always") -> DutyPost:
    with entered(by):
        return name_for_duty(account=account.id, place=place, hours=hours, by=by, now=timezone.now())


def test_who_is_named_goes_before_who_holds_a_post(cast):
    colleague(cast.home, "a", "赵清")
    second = colleague(cast.home, "b", "吴越")
    dean = colleague(cast.home, "dean", "德育主任", Role.GRADE_LEAD)
    leader = cast.actor(cast.home.principal, cast.home)
    named(leader, second, "counsellor")
    named(leader, dean, "deputy")
    alert = alerted(cast)
    keep_time(cast.home, alert.raised_at)
    assert owner(cast, alert) == second
    keep_time(cast.home, alert.raised_at + 10 * MINUTE)
    assert owner(cast, alert) == dean


def test_struck_off_the_post_decides_again(cast):
    second = colleague(cast.home, "b", "吴越")
    leader = cast.actor(cast.home.principal, cast.home)
    post = named(leader, second, "leader")
    with entered(leader):
        strike_from_duty(post_id=post.id, by=leader, now=timezone.now())
        assert not DutyPost.objects.exists()
    with entered(cast.platform()):
        assert AuditEntry.objects.filter(action__in=["duty.named", "duty.struck"]).count() == 2


def test_only_a_counsellor_stands_first_and_only_staff_of_the_school_stand_at_all(cast):
    leader = cast.actor(cast.home.principal, cast.home)
    for account, place in (
        (cast.home.principal, "counsellor"),
        (cast.home.homeroom_teacher, "deputy"),
        (cast.other.counsellor, "deputy"),
    ):
        with pytest.raises(Refused) as refused:
            named(leader, account, place)
        assert refused.value.code == "not_of_the_school"
    named(leader, cast.home.counsellor, "counsellor")
    with pytest.raises(Refused) as twice:
        named(leader, cast.home.counsellor, "counsellor")
    assert twice.value.code == "post_exists"


def test_a_teacher_names_nobody_and_another_school_strikes_nobody(cast):
    with pytest.raises(NotVisible):
        named(cast.actor(cast.home.homeroom_teacher, cast.home), cast.home.counsellor, "counsellor")
    post = named(counsellor(cast), cast.home.counsellor, "counsellor")
    stranger = cast.actor(cast.other.principal, cast.other)
    with entered(stranger), pytest.raises(NotVisible):
        strike_from_duty(post_id=post.id, by=stranger, now=timezone.now())


def called(cast) -> DistrictCall:
    alert = alerted(cast)
    for minutes in (0, 10, 20):
        keep_time(cast.home, alert.raised_at + minutes * MINUTE)
    return DistrictCall.objects.get()


def test_the_district_notes_once_that_it_rang_the_school_up(cast, monkeypatch):
    trail = []
    monkeypatch.setattr("qingyan.alerts.actions.duty.record", lambda **entry: trail.append(entry["action"]))
    call, lead, now = called(cast), cast.actor(cast.district_lead), timezone.now()
    with entered(lead):
        assert note_call(call_id=call.id, by=lead, now=now).called_by_id == lead.id
        assert note_call(call_id=call.id, by=lead, now=now + MINUTE).called_at == now
    assert trail == ["duty.rang"]


def test_another_district_and_a_school_know_nothing_of_the_call(cast):
    call = called(cast)
    far = Account.objects.create(login="far.lead", name="另一区负责人")
    Post.objects.create(
        account=far, role="district_lead", district=cast.far.school.district, starts_on=date(2020, 9, 1)
    )
    for by in (counsellor(cast), cast.actor(cast.home.principal), cast.actor(far)):
        with entered(by), pytest.raises(NotVisible):
            note_call(call_id=call.id, by=by, now=timezone.now())


def test_what_the_district_is_told_holds_no_pupil(cast):
    call = called(cast)
    kept = {field.name for field in DistrictCall._meta.get_fields()}
    assert not kept & {"student", "school_class", "because", "instrument", "rule"}
    assert cast.home.pupil.name not in str(vars(call))
