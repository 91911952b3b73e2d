"""The night forgets wrong tries at the guardians' door, school by school; fresh ones still slow a guesser."""

from datetime import timedelta

from django.utils import timezone

from qingyan.consent import jobs
from qingyan.consent.models import GuardianTry
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry

NOW = timezone.now()
OLD, FRESH = NOW - timedelta(days=1, minutes=1), NOW - timedelta(hours=23)


def left(cast, place):
    with entered(cast.platform(place)):
        return list(GuardianTry.objects.values_list("at", flat=True))


def test_old_tries_go_fresh_ones_stay_at_every_school(cast):
    for place in (cast.home, cast.other):
        with entered(cast.platform(place)):
            for at in (OLD, FRESH):
                GuardianTry.objects.create(school=place.school, device="d", at=at)
    assert jobs.forget_old_tries(0) == 2
    assert (left(cast, cast.home), left(cast, cast.other)) == ([FRESH], [FRESH])
    with entered(cast.platform()):
        assert AuditEntry.objects.get(action="guardians.tries_forgotten").detail == {"tries": 1}
    assert jobs.forget_old_tries(0) == 0
