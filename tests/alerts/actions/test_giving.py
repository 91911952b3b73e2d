"""Colleagues give alerts to each other, and give them back; never to somebody who is away or of another school."""

from datetime import timedelta

import pytest
from django.utils import timezone

from qingyan.alerts.actions.acknowledging import acknowledge, locked
from qingyan.alerts.actions.giving import give, release
from qingyan.alerts.actions.refusing import Refused
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from qingyan.foundation.pure.workflow import NotAllowed
from tests.alerts.duty_setting import away, colleague, handings, keep_time, owner
from tests.alerts.setting import alerted, counsellor

MINUTE = timedelta(minutes=1)


def test_the_new_owner_has_the_whole_time(cast):
    second, alert, by = colleague(cast.home, "second", "赵清"), alerted(cast), counsellor(cast)
    keep_time(cast.home, alert.raised_at)
    given = alert.raised_at + 8 * MINUTE
    target = second if owner(cast, alert) != second else cast.home.counsellor
    with entered(by):
        give(alert=locked(by, alert.id), to=target.id, by=by, now=given)
    assert handings(cast, alert)[-1] == ("counsellor", target.name, "given")
    assert keep_time(cast.home, given + 9 * MINUTE) == 0
    assert keep_time(cast.home, given + 10 * MINUTE) == 1


def test_giving_it_to_the_one_who_has_it_changes_nothing(cast):
    alert, by = alerted(cast), counsellor(cast)
    keep_time(cast.home, alert.raised_at)
    with entered(by):
        give(alert=locked(by, alert.id), to=cast.home.counsellor.id, by=by, now=timezone.now())
    assert len(handings(cast, alert)) == 1


def test_nobody_gives_it_to_somebody_away_or_elsewhere(cast):
    second, alert, by = colleague(cast.home, "second", "赵清"), alerted(cast), counsellor(cast)
    now = timezone.now()
    away(cast.home, second, now - MINUTE, now + MINUTE)
    for target, code in (
        (second, "away"),
        (cast.other.counsellor, "not_of_the_school"),
        (cast.home.homeroom_teacher, "not_of_the_school"),
    ):
        with entered(by), pytest.raises(Refused) as refused:
            give(alert=locked(by, alert.id), to=target.id, by=by, now=now)
        assert refused.value.code == code
    assert owner(cast, alert) is None


@pytest.mark.parametrize("who", ["principal", "homeroom_teacher", "school_admin"])
def test_others_may_not_give_alerts_away(cast, who):
    alert, by = alerted(cast), cast.actor(getattr(cast.home, who), cast.home)
    with entered(by), pytest.raises(NotVisible):
        give(alert=alert, to=cast.home.counsellor.id, by=by, now=timezone.now())


def test_given_back_it_waits_again_and_the_clock_begins_anew(cast):
    alert, by, now = alerted(cast), counsellor(cast), timezone.now()
    with entered(by):
        acknowledge(alert=locked(by, alert.id), by=by, note="", now=now)
        back = release(alert=locked(by, alert.id), by=by, now=now + MINUTE)
        assert (back.state, back.owner_id, back.acknowledged_by_id) == ("raised", None, None)
        with pytest.raises(NotAllowed):
            release(alert=locked(by, alert.id), by=by, now=now)
        assert AuditEntry.objects.filter(action="alert.release").count() == 1
    later = now + 60 * MINUTE
    assert keep_time(cast.home, later) == 1
    assert handings(cast, alert)[-1] == ("counsellor", "林若溪", "released")
    assert keep_time(cast.home, later + 9 * MINUTE) == 0
    assert keep_time(cast.home, later + 10 * MINUTE) == 1
