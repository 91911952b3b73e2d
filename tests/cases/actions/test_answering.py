"""What the receiver answers reaches who carries the case, ends the chase, and says no more than was agreed to."""

from datetime import timedelta

import pytest
from django.utils import timezone

from qingyan.cases.actions.answering import Slip, appoint, attended, give_slip
from qingyan.cases.actions.receiving import answering, open_page, session_code
from qingyan.cases.actions.referring import Unfit
from qingyan.cases.models import ReferralSlip, ReferralStep, ToDo
from qingyan.foundation.access.scope import entered
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.notifications.models import Notification
from tests.cases.referral_setting import sent
from tests.cases.setting import counsellor

SLIP = Slip("fit", emergency=False, next_visit=None, advice="作业量减一半", signed="赵医生", diagnosis="某诊断")


@pytest.fixture
def code(cast):
    _, codes = sent(cast)
    school, now = cast.home.school.id, timezone.now()
    opened = open_page(school_id=school, secret=codes.secret, device="a", now=now)
    return session_code(school_id=school, session=opened.session, now=now)


def said(cast) -> list[str]:
    with entered(cast.platform()):
        return list(Notification.objects.filter(account_id=cast.home.counsellor.id).values_list("kind", flat=True))


def test_a_day_then_a_visit_then_the_slip_which_ends_the_chase(cast, code):
    now = timezone.now()
    with answering(code) as (referral, by):
        appoint(referral=referral, at=now + timedelta(days=2), by=by, now=now)
        attended(referral=referral, came=True, by=by, now=now)
        assert ToDo.objects.filter(kind="referral", dropped_at__isnull=True).count() == 3, "the control"
        give_slip(referral=referral, slip=SLIP, by=by, now=now)
        assert referral.state == "slip_back"
    with entered(counsellor(cast)):
        assert not ToDo.objects.filter(kind="referral", dropped_at__isnull=True).exists()
        assert {step.by_id for step in ReferralStep.objects.filter(verb__in=("appoint", "attend"))} == {None}
    assert set(said(cast)) == {"reply"}


def test_a_diagnosis_is_kept_only_if_the_guardian_agreed(cast, code):
    with answering(code) as (referral, by):
        give_slip(referral=referral, slip=SLIP, by=by, now=timezone.now())
    with entered(counsellor(cast)):
        content = ReferralSlip.objects.get().content
    assert "作业量减一半" in content
    assert "某诊断" not in content


def test_the_control_with_the_guardians_tick_it_is_kept(cast):
    referral, _ = sent(cast, diagnosis=True)
    by = counsellor(cast)
    with entered(by):
        row = give_slip(referral=referral, slip=SLIP, by=by, now=timezone.now())
        assert "某诊断" in row.content
        assert row.by_id == by.id, "what the school heard is the school's word"


def test_who_did_not_come_is_said_and_gets_another_day(cast, code):
    now = timezone.now()
    with answering(code) as (referral, by):
        attended(referral=referral, came=False, by=by, now=now)
        appoint(referral=referral, at=now + timedelta(days=1), by=by, now=now)
        assert referral.state == "appointed"
    assert sorted(said(cast)) == ["attention", "reply"]


def test_an_emergency_is_told_at_once(cast, code):
    slip = Slip("rest", emergency=True, next_visit=None, emergency_sign="再次说想离开", signed="赵医生")
    with answering(code) as (referral, by):
        give_slip(referral=referral, slip=slip, by=by, now=timezone.now())
    assert "attention_now" in said(cast)


@pytest.mark.parametrize(
    "slip",
    [
        Slip("well", emergency=False, next_visit=None),
        Slip("conditions", emergency=False, next_visit=None),
        Slip("fit", emergency=True, next_visit=None),
    ],
    ids=["no such option", "conditions not said", "emergency not said"],
)
def test_a_slip_with_a_gap_is_refused(cast, code, slip):
    with answering(code) as (referral, by), pytest.raises(Unfit):
        give_slip(referral=referral, slip=slip, by=by, now=timezone.now())


def test_a_slip_comes_once_and_no_day_lies_in_the_past(cast, code):
    now = timezone.now()
    with answering(code) as (referral, by):
        with pytest.raises(Unfit, match="day"):
            appoint(referral=referral, at=now - timedelta(hours=1), by=by, now=now)
        give_slip(referral=referral, slip=SLIP, by=by, now=now)
        with pytest.raises(NotAllowed):
            give_slip(referral=referral, slip=SLIP, by=by, now=now)
