"""What is read about slips: how many of each class are valid, until when, and nothing of another school."""

from datetime import timedelta

import pytest
from django.utils import timezone

from qingyan.foundation.access.scope import entered
from qingyan.people.actions import slips
from qingyan.people.queries.slips import classes_with_slips, school_class, slips_of_class, student_for_slip

DAY = timedelta(days=1)


@pytest.fixture
def counsellor(cast):
    actor = cast.actor(cast.home.counsellor, cast.home)
    with entered(actor):
        yield actor


@pytest.fixture
def now():
    return timezone.now()


def issue(cast, by, now) -> None:
    slips.issue(class_id=cast.home.class_a.id, validity=DAY, by=by, now=now)


def counted(actor, now) -> dict[int, tuple[int, int]]:
    return {one.school_class.id: (one.pupils, one.valid) for one in classes_with_slips(actor, now=now)}


def test_every_class_of_the_school_shows_its_pupils_and_its_valid_slips(cast, counsellor, now):
    issue(cast, counsellor, now)
    home = cast.home
    assert counted(counsellor, now) == {home.class_a.id: (3, 3), home.class_b.id: (2, 0)}


def test_a_slip_that_has_ended_or_was_voided_is_not_counted(cast, counsellor, now):
    issue(cast, counsellor, now)
    slips.void(student=cast.home.pupil, by=counsellor, now=now)
    assert counted(counsellor, now)[cast.home.class_a.id] == (3, 2)
    assert counted(counsellor, now + DAY)[cast.home.class_a.id] == (3, 0)


def test_outside_a_school_there_are_no_classes(cast, now):
    outside = cast.platform()
    with entered(outside):
        assert classes_with_slips(cast.actor(cast.home.counsellor, None), now=now) == []


def test_the_class_list_says_until_when_each_slip_is_valid(cast, counsellor, now):
    issue(cast, counsellor, now)
    slips.void(student=cast.home.pupil, by=counsellor, now=now)
    lines = slips_of_class(counsellor, cast.home.class_a.id, now=now)
    assert [line.name for line in lines] == sorted(pupil.name for pupil in cast.home.pupils_a)
    ends = {line.student: line.expires_at for line in lines}
    assert ends.pop(cast.home.pupil.id) is None
    assert set(ends.values()) == {now + DAY}


def test_classes_and_pupils_of_another_school_are_not_there(cast, counsellor):
    assert school_class(counsellor, cast.home.class_a.id) == cast.home.class_a
    assert school_class(counsellor, cast.other.class_a.id) is None
    assert student_for_slip(counsellor, cast.other.class_a.id, cast.other.pupil.id) is None
    assert student_for_slip(counsellor, cast.home.class_b.id, cast.home.pupil.id) is None, "not of this class"
    assert student_for_slip(counsellor, cast.home.class_a.id, cast.home.pupil.id) == cast.home.pupil
