"""Slips: the code is known once, opens one class's door, and a new slip voids the old."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from qingyan.people.actions import door, slips
from qingyan.people.models import PupilSession, Slip
from qingyan.people.rules.slip_codes import read_code

DAY = timedelta(days=1)


@pytest.fixture
def counsellor(cast):
    actor = cast.actor(cast.home.counsellor, cast.home)
    with entered(actor):
        yield actor


def issue(cast, by, **changes):
    return slips.issue(class_id=cast.home.class_a.id, validity=DAY, by=by, now=timezone.now(), **changes)


def test_everybody_of_the_class_gets_a_code_of_their_own(cast, counsellor):
    printed = issue(cast, counsellor)
    assert [slip.name for slip in printed] == sorted(pupil.name for pupil in cast.home.pupils_a)
    assert len({slip.code for slip in printed}) == 3


def test_no_code_is_stored_only_its_keyed_hash(cast, counsellor):
    codes = [read_code(slip.code) for slip in issue(cast, counsellor)]
    stored = list(Slip.objects.values_list("code_hash", flat=True))
    assert not set(codes) & set(stored)
    assert {len(one) for one in stored} == {64}
    assert set(stored) == {slips.code_hash(class_id=cast.home.class_a.id, code=code) for code in codes}


def test_the_same_code_hashes_differently_in_another_class(cast):
    one, other = (slips.code_hash(class_id=number, code="12345678") for number in (1, 2))
    assert one != other


def test_a_new_slip_voids_the_old(cast, counsellor):
    issue(cast, counsellor)
    issue(cast, counsellor)
    assert Slip.objects.filter(voided_at__isnull=True).count() == 3
    slips.reissue(student=cast.home.pupil, validity=DAY, by=counsellor, now=timezone.now())
    assert Slip.objects.filter(voided_at__isnull=True).count() == 3
    assert Slip.objects.filter(voided_at__isnull=False).count() == 4


def test_a_voided_slip_is_void_and_voiding_twice_is_no_fault(cast, counsellor):
    issue(cast, counsellor)
    assert slips.void(student=cast.home.pupil, by=counsellor, now=timezone.now()) is True
    assert slips.void(student=cast.home.pupil, by=counsellor, now=timezone.now()) is False


@pytest.mark.parametrize("how", [slips.void, partial(slips.reissue, validity=DAY)])
def test_whoever_came_in_with_a_lost_slip_is_out_and_the_classmates_are_not(cast, counsellor, how):
    issue(cast, counsellor)
    lost, other = (Slip.objects.get(student=pupil) for pupil in cast.home.pupils_a[:2])
    for slip in (lost, other):
        door.open_session(school_id=cast.home.school.id, slip_id=slip.id, now=timezone.now())
    how(student=cast.home.pupil, by=counsellor, now=timezone.now())
    with entered(cast.platform()):
        assert list(PupilSession.objects.filter(ended_at=None).values_list("student_id")) == [(other.student_id,)]


def test_an_empty_class_gets_no_sheet(cast, counsellor):
    with pytest.raises(slips.NoPupils):
        slips.issue(class_id=cast.other.class_a.id, validity=DAY, by=counsellor, now=timezone.now())


@pytest.mark.parametrize("validity", [timedelta(0), timedelta(days=-1), timedelta(days=61)])
def test_a_slip_is_valid_for_a_bounded_time(cast, counsellor, validity):
    with pytest.raises(ValueError, match="1 to 60 days"):
        slips.issue(class_id=cast.home.class_a.id, validity=validity, by=counsellor, now=timezone.now())


@pytest.mark.parametrize("who", ["homeroom_teacher", "principal", "invigilator"])
def test_others_may_not_issue(cast, who):
    actor = cast.actor(getattr(cast.home, who), cast.home)
    with entered(actor), pytest.raises(NotVisible):
        issue(cast, actor)


def test_issuing_is_recorded_without_any_code(cast, counsellor):
    printed = issue(cast, counsellor)
    entry = AuditEntry.objects.get(action="slips.issued")
    assert entry.detail == {"count": 3}
    assert printed[0].code not in str(entry.__dict__)
