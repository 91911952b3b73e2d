"""Steps of schooling: dates, classes, doors that shut at once, and a model that the register follows."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.people.actions import schooling, slips, transfers
from qingyan.people.models import Enrolment, SchoolingStep, Slip, Student
from qingyan.people.workflow import SCHOOLING


@pytest.fixture
def admin(cast):
    actor = cast.actor(cast.home.school_admin, cast.home)
    with entered(actor):
        yield actor


def take(cast, by, verb, **given):
    student = Student.objects.get(pk=cast.home.pupil.pk)
    given = {"on": timezone.localdate(), **given}
    return schooling.take_step(student=student, verb=verb, by=by, now=timezone.now(), **given)


def test_leave_takes_the_pupil_out_of_the_class_and_shuts_the_door(cast, admin):
    slips.issue(class_id=cast.home.class_a.id, validity=timedelta(days=1), by=admin, now=timezone.now())
    take(cast, admin, "take_leave", note="在家休养")
    row = Student.objects.get(pk=cast.home.pupil.pk)
    assert (row.state, row.school_class) == ("on_leave", None)
    assert not Enrolment.objects.filter(student=row, ends_on__isnull=True).exists()
    assert Slip.objects.filter(student=row, voided_at__isnull=True).count() == 0
    assert Slip.objects.filter(voided_at__isnull=True).count() == 2
    assert SchoolingStep.objects.get(student=row).note == "在家休养"


def test_return_needs_a_class_of_this_school(cast, admin):
    take(cast, admin, "take_leave")
    for wrong in (None, cast.other.class_a.id):
        with pytest.raises(schooling.Refused, match="class"):
            take(cast, admin, "return", class_id=wrong)
    take(cast, admin, "return", class_id=cast.home.class_b.id)
    assert Student.objects.get(pk=cast.home.pupil.pk).school_class == cast.home.class_b


@pytest.mark.parametrize("day", [date(2020, 1, 1), date(2999, 1, 1)])
def test_a_day_before_the_class_began_or_after_today_is_refused(cast, admin, day):
    with pytest.raises(schooling.Refused, match="day"):
        take(cast, admin, "leave", on=day)


def test_an_open_transfer_comes_first(cast, admin):
    transfers.offer(student=cast.home.pupil, to_school_id=cast.other.school.id, by=admin, now=timezone.now())
    with pytest.raises(schooling.Refused, match="transfer"):
        take(cast, admin, "leave")


def test_a_counsellor_takes_no_step_and_neither_does_another_school(cast):
    for actor in (cast.actor(cast.home.counsellor, cast.home), cast.actor(cast.other.school_admin, cast.other)):
        with entered(actor), pytest.raises(NotVisible):
            schooling.take_step(
                student=cast.home.pupil, verb="leave", on=timezone.localdate(), by=actor, now=timezone.now()
            )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(verbs=st.lists(st.sampled_from(sorted({step.verb for step in SCHOOLING.steps})), max_size=7))
def test_whatever_is_tried_the_register_follows_the_model(cast, verbs):
    """The model: a state, and a class exactly while enrolled. Refused steps change nothing."""
    actor, steps = cast.actor(cast.home.school_admin, cast.home), {(s.verb, s.origin): s for s in SCHOOLING.steps}
    with transaction.atomic(), entered(actor):
        state, taken = "enrolled", 0
        for verb in verbs:
            step = steps.get((verb, state))
            try:
                take(cast, actor, verb, class_id=cast.home.class_b.id)
                assert step is not None, (verb, state)
                state, taken = step.target, taken + 1
            except schooling.Refused:
                assert step is None, (verb, state)
            row = Student.objects.get(pk=cast.home.pupil.pk)
            present = list(Enrolment.objects.filter(student=row, ends_on__isnull=True))
            assert row.state == state
            assert (row.school_class_id is not None) == (state == "enrolled")
            assert [one.school_class_id for one in present] == ([row.school_class_id] if state == "enrolled" else [])
            assert SchoolingStep.objects.filter(student=row).count() == taken
        transaction.set_rollback(True)
