"""What a pupil can take now, as slots allow it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from qingyan.foundation.access.scope import entered
from qingyan.screening.models import Slot
from qingyan.screening.queries.tests import tests_for as list_tests
from tests.screening.setting import begun, city_round, school_round, signed_in

pytestmark = pytest.mark.django_db


def _slot(cast, campaign, *, begins_in: timedelta, **more) -> Slot:
    start = timezone.now() + begins_in
    with entered(cast.actor(cast.home.counsellor, cast.home)):
        return Slot.objects.create(
            campaign=campaign,
            school=more.pop("school", cast.home.school),
            starts_at=start,
            ends_at=start + timedelta(minutes=40),
            **more,
        )


def _waiting(cast) -> int:
    actor = signed_in(cast.home.pupils_a[0])
    with entered(actor):
        return len(list_tests(actor, now=timezone.now()))


def test_a_pupil_waits_for_the_slot_of_the_class(cast):
    campaign = school_round(cast, "phq-a")
    assert _waiting(cast) == 1
    _slot(cast, campaign, begins_in=timedelta(hours=2), classes=[cast.home.class_a.id])
    assert _waiting(cast) == 0
    _slot(cast, campaign, begins_in=timedelta(minutes=-5), classes=[cast.home.class_a.id], kind=Slot.MAKE_UP)
    assert _waiting(cast) == 1


def test_slots_of_another_class_or_school_close_nothing(cast):
    campaign = city_round(cast, "phq-a")
    _slot(cast, campaign, begins_in=timedelta(hours=2), classes=[cast.home.class_b.id])
    _slot(cast, campaign, begins_in=timedelta(hours=2), school=cast.far.school)
    assert _waiting(cast) == 1


def test_a_begun_sitting_goes_on_outside_the_slot(cast):
    campaign = school_round(cast, "phq-a")
    pupil = signed_in(cast.home.pupils_a[0])
    with entered(pupil):
        begun(campaign, "phq-a", pupil)
    _slot(cast, campaign, begins_in=timedelta(hours=2))
    assert _waiting(cast) == 1
