"""Live boards: exact at the school, hidden and rounded above it, and never the schools of somebody else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.screening.models import Sitting
from qingyan.screening.queries.live import live_above, live_here, rounds_to_watch
from tests.factories.city import make_pupil
from tests.screening.setting import begun, city_round, signed_in


def sit(cast, place, campaign, number):
    """So many new pupils of the place begin; the first of them hands in."""
    with entered(cast.platform(place)):
        pupils = [make_pupil(place.class_a, f"人{n}", 2010) for n in range(number)]
    for pupil in pupils:
        by = signed_in(pupil)
        with entered(by):
            begun(campaign, "scl-90", by)
    with entered(cast.platform(place)):
        Sitting.objects.filter(student=pupils[0]).update(state="finished", finished_at=timezone.now())


def test_a_school_sees_its_own_exact_counts(cast):
    campaign = city_round(cast, "scl-90")
    sit(cast, cast.home, campaign, 3)
    sit(cast, cast.other, campaign, 2)
    principal = cast.actor(cast.home.principal, cast.home)
    with entered(principal):
        live = live_here(principal, campaign, now=timezone.now())
    assert (live.started, live.finished) == (3, 1)
    assert sum(line.started for line in live.hours) == 3
    assert live.places == ()


def test_a_set_aside_sheet_is_no_participation(cast):
    campaign = city_round(cast, "scl-90")
    sit(cast, cast.home, campaign, 2)
    with entered(cast.platform()):
        Sitting.objects.filter(finished_at=None).update(state="set_aside")
    principal = cast.actor(cast.home.principal, cast.home)
    with entered(principal):
        assert live_here(principal, campaign, now=timezone.now()).started == 1


def test_city_and_district_see_hidden_and_rounded_counts(committed_cast, acting):
    cast = committed_cast
    with acting(cast.platform()):
        campaign = city_round(cast, "scl-90")
    for place, number in ((cast.home, 8), (cast.other, 3), (cast.far, 12)):
        with acting(cast.platform(place)):
            sit(cast, place, campaign, number)
    shown = {}
    for name, account in (("city", cast.city_officer), ("district", cast.district_lead)):
        actor = cast.actor(account)
        with acting(actor):
            assert rounds_to_watch(actor) == [campaign]
            live = live_above(actor, campaign, now=timezone.now())
            shown[name] = {line.name: line.started for line in live.places}, live.started
    home, other, far = (place.school.name for place in (cast.home, cast.other, cast.far))
    assert shown["city"] == ({home: 10, other: None, far: 10}, 20)
    assert shown["district"] == ({home: 10, other: None}, 10)


def test_nobody_at_a_school_watches_the_city(cast):
    campaign = city_round(cast, "scl-90")
    principal = cast.actor(cast.home.principal, cast.home)
    with entered(principal), pytest.raises(NotVisible):
        live_above(principal, campaign, now=timezone.now() + timedelta(hours=1))
