"""Wrong tries older than a day are gone in the morning, at every school; those that still slow a guesser stay."""

from datetime import timedelta

from axes.models import AccessAttempt
from django.utils import timezone

from qingyan.foundation.access.actor import system_actor
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from qingyan.people import jobs
from qingyan.people.actions.forgetting import forget_tries
from qingyan.people.models import SignInAttempt

NOW = timezone.now()
OLD, FRESH = NOW - timedelta(days=1, minutes=1), NOW - timedelta(hours=23)


def tried(cast, place, at):
    with entered(cast.platform(place)):
        SignInAttempt.objects.create(school=place.school, school_class=place.class_a, device="d", at=at)


def left(cast, place):
    with entered(cast.platform(place)):
        return list(SignInAttempt.objects.values_list("at", flat=True))


def test_the_night_forgets_old_tries_of_every_school_and_keeps_fresh_ones(cast):
    for place in (cast.home, cast.other):
        tried(cast, place, OLD)
        tried(cast, place, FRESH)
    assert jobs.forget_old_tries(0) == 2
    assert (left(cast, cast.home), left(cast, cast.other)) == ([FRESH], [FRESH])
    with entered(cast.platform()):
        assert AuditEntry.objects.get(action="door.tries_forgotten").detail == {"tries": 1}
    assert jobs.forget_old_tries(0) == 0, "a second run finds nothing"


def test_a_school_forgets_its_own_only(cast):
    for place in (cast.home, cast.other):
        tried(cast, place, OLD)
    by = system_actor(school_id=cast.home.school.id, sight=frozenset({Sight.DOOR}), purpose="test")
    with entered(by):
        assert forget_tries(by=by, now=NOW) == 1
    assert (left(cast, cast.home), left(cast, cast.other)) == ([], [OLD])


def test_one_school_that_fails_does_not_keep_the_others_waiting(cast, monkeypatch):
    for place in (cast.home, cast.other):
        tried(cast, place, OLD)
    real = jobs.forgetting.forget_tries

    def sometimes(*, by, now):
        if by.school_id == cast.home.school.id:
            raise RuntimeError("not tonight")
        return real(by=by, now=now)

    monkeypatch.setattr(jobs.forgetting, "forget_tries", sometimes)
    assert jobs.forget_old_tries(0) == 1
    assert left(cast, cast.home) == [OLD]


def test_wrong_passwords_of_staff_are_forgotten_too(cast):
    for name in ("old", "fresh"):
        AccessAttempt.objects.create(username=name, ip_address="192.0.2.1", user_agent="x", failures_since_start=1)
    AccessAttempt.objects.filter(username="old").update(attempt_time=OLD)
    jobs.forget_old_tries(0)
    assert list(AccessAttempt.objects.values_list("username", flat=True)) == ["fresh"]
