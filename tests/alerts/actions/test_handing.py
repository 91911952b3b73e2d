"""An alert goes up the ladder: once a step, to people who are here, on the record; two workers make no second move."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.utils import timezone

from qingyan.alerts import jobs
from qingyan.alerts.actions import handing
from qingyan.alerts.actions.acknowledging import acknowledge, locked
from qingyan.alerts.events import AlertAssigned, AlertEscalated
from qingyan.alerts.models import Alert, DistrictCall, Handing
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from tests.alerts.duty_setting import away, colleague, handings, keep_time, keeper, owner
from tests.alerts.setting import alerted, counsellor

MINUTE = timedelta(minutes=1)


def test_a_critical_alert_climbs_the_ladder_step_by_step(cast):
    second = colleague(cast.home, "second", "赵清")
    alert = alerted(cast)
    start = alert.raised_at
    steps = []
    for minutes in (0, 5, 10, 15, 20, 29, 30, 100, 1000):
        keep_time(cast.home, start + minutes * MINUTE)
        steps.append((minutes, owner(cast, alert).name))
    first, deputy = steps[0][1], second.name if steps[0][1] != second.name else cast.home.counsellor.name
    assert steps == [
        (0, first),
        (5, first),
        (10, deputy),
        (15, deputy),
        (20, "宋远"),
        (29, "宋远"),
        (30, "区负责人"),
        (100, "区负责人"),
        (1000, "区负责人"),
    ]
    assert [place for place, _, _ in handings(cast, alert)] == ["counsellor", "deputy", "leader", "district"]
    with entered(cast.platform()):
        assert Alert.objects.get(id=alert.id).state == "escalated"
        assert AuditEntry.objects.filter(action="alert.hand_on", student_id=alert.student_id).count() == 4
    assert DistrictCall.objects.get().school_id == cast.home.school.id


def test_a_school_with_one_counsellor_passes_the_empty_place_over_at_once_and_says_so(cast):
    alert = alerted(cast)
    keep_time(cast.home, alert.raised_at)
    keep_time(cast.home, alert.raised_at + 10 * MINUTE)
    assert owner(cast, alert) == cast.home.principal
    with entered(cast.platform()):
        assert Handing.objects.get(step=2).passed_over == ["deputy"]


def test_after_a_pause_of_the_worker_every_person_still_has_the_whole_time(cast):
    alert = alerted(cast)
    late = alert.raised_at + 60 * MINUTE
    keep_time(cast.home, late)
    assert owner(cast, alert) == cast.home.counsellor
    keep_time(cast.home, late)
    assert owner(cast, alert) == cast.home.principal, "the counsellor's ten minutes count from the child's answer"
    keep_time(cast.home, late + 9 * MINUTE)
    assert owner(cast, alert) == cast.home.principal
    keep_time(cast.home, late + 10 * MINUTE)
    assert owner(cast, alert).name == "区负责人"


def test_acknowledging_stops_the_clock_and_makes_the_one_who_acts_the_owner(cast):
    colleague(cast.home, "second", "赵清")
    alert, by = alerted(cast), counsellor(cast)
    for minutes in (0, 10, 20, 30):
        keep_time(cast.home, alert.raised_at + minutes * MINUTE)
    now = alert.raised_at + 31 * MINUTE
    with entered(by):
        acknowledge(alert=locked(by, alert.id), by=by, note="", now=now)
    assert keep_time(cast.home, now + 500 * MINUTE) == 0
    assert owner(cast, alert) == cast.home.counsellor
    assert handings(cast, alert)[-1][1:] == ("林若溪", "taken")
    assert DistrictCall.objects.get().ended_at == now


def test_what_is_not_critical_sleeps_while_the_school_is_shut(cast):
    alert = alerted(cast, value=2)  # orange
    assert alert.level == "orange"
    keep_time(cast.home, alert.raised_at)
    with entered(cast.platform()):
        at = Alert.objects.get(id=alert.id).goes_on_at
    assert at >= alert.raised_at + timedelta(hours=8)
    assert keep_time(cast.home, at - MINUTE) == 0
    assert keep_time(cast.home, at) == 1
    assert owner(cast, alert) == cast.home.principal


def test_a_person_on_leave_gets_nothing_and_the_named_deputy_stands_in(cast):
    second = colleague(cast.home, "second", "赵清")
    third = colleague(cast.home, "third", "吴越")
    now = timezone.now()
    away(cast.home, cast.home.counsellor, now - MINUTE, now + timedelta(days=2), third)
    away(cast.home, second, now - MINUTE, now + timedelta(days=2))
    alert = alerted(cast)
    keep_time(cast.home, now + MINUTE)
    assert owner(cast, alert) == third


def test_when_leave_begins_what_was_held_goes_to_the_deputy_with_the_whole_time(cast):
    second = colleague(cast.home, "second", "赵清")
    alert = alerted(cast)
    keep_time(cast.home, alert.raised_at)
    first = owner(cast, alert)
    other = second if first == cast.home.counsellor else cast.home.counsellor
    begins = alert.raised_at + 5 * MINUTE
    away(cast.home, first, begins, begins + timedelta(days=1), other)
    keep_time(cast.home, begins)
    assert owner(cast, alert) == other
    assert handings(cast, alert)[-1][2] == "absent"
    keep_time(cast.home, begins + 9 * MINUTE)
    assert owner(cast, alert) == other
    keep_time(cast.home, begins + 10 * MINUTE)
    assert owner(cast, alert) == cast.home.principal


def test_what_somebody_had_acknowledged_goes_to_the_deputy_too_and_stays_acknowledged(cast):
    second = colleague(cast.home, "second", "赵清")
    alert, by = alerted(cast), counsellor(cast)
    now = timezone.now()
    with entered(by):
        acknowledge(alert=locked(by, alert.id), by=by, note="", now=now)
    away(cast.home, cast.home.counsellor, now + MINUTE, now + timedelta(days=1), second)
    assert keep_time(cast.home, now + 2 * MINUTE) == 1
    assert owner(cast, alert) == second
    with entered(cast.platform()):
        stored = Alert.objects.get(id=alert.id)
    assert (stored.state, stored.acknowledged_by_id) == ("acknowledged", by.id)
    assert keep_time(cast.home, now + 3 * MINUTE) == 0


def test_somebody_who_has_left_the_school_owns_nothing_any_more(cast):
    second = colleague(cast.home, "second", "赵清")
    alert = alerted(cast)
    keep_time(cast.home, alert.raised_at)
    gone = owner(cast, alert)
    gone.is_active = False
    gone.save(update_fields=["is_active"])
    keep_time(cast.home, alert.raised_at + MINUTE)
    assert owner(cast, alert) == (second if gone != second else cast.home.counsellor)
    assert handings(cast, alert)[-1][2] == "left"


def test_the_database_itself_refuses_an_owner_who_is_away(cast):
    alert, now = alerted(cast), timezone.now()
    away(cast.home, cast.home.counsellor, now - MINUTE, now + MINUTE)
    with entered(keeper(cast.home)):
        fields = {"owner": cast.home.counsellor, "step": 0}
        with pytest.raises(IntegrityError, match="alert_owner_is_here"), transaction.atomic():
            Alert.objects.filter(id=alert.id).update(owner_since=now, **fields)
        Alert.objects.filter(id=alert.id).update(owner_since=now + 2 * MINUTE, **fields)
        assert Alert.objects.get(id=alert.id).owner == cast.home.counsellor, "the control: afterwards it may be given"


def test_whoever_is_away_may_take_one_themselves_and_keeps_it(cast):
    given, taken, now = alerted(cast), alerted(cast, pupil=cast.home.pupils_a[1]), timezone.now()
    second, mine = colleague(cast.home, "second", "赵清"), cast.actor(cast.home.counsellor, cast.home)
    with entered(mine):
        acknowledge(alert=locked(mine, given.id), by=mine, note="", now=now - MINUTE)
    away(cast.home, cast.home.counsellor, now, now + timedelta(days=1), second)
    with entered(mine):
        acknowledge(alert=locked(mine, taken.id), by=mine, note="", now=now + MINUTE)
    keep_time(cast.home, now + 2 * MINUTE)
    assert owner(cast, taken) == cast.home.counsellor
    assert owner(cast, given) == second, "the control: what was taken before goes to the deputy"


def test_the_owner_of_an_alert_of_another_school_is_never_looked_at(cast):
    alerted(cast)
    far = alerted(cast, cast.far)
    assert keep_time(cast.home, timezone.now()) == 1
    with entered(cast.platform(cast.far)):
        assert Alert.objects.get(id=far.id).owner is None


def test_higher_domains_hear_who_owns_it_now_by_identifiers_only(cast, monkeypatch):
    told = []
    monkeypatch.setattr(handing, "publish", lambda event, by: told.append(event))
    alert = alerted(cast)
    keep_time(cast.home, alert.raised_at)
    keep_time(cast.home, alert.raised_at + 10 * MINUTE)
    assert told == [
        AlertAssigned(alert.id, alert.school_id, cast.home.counsellor.id, "red", 0),
        AlertEscalated(alert.id, alert.school_id, cast.home.principal.id, "red", 2),
    ]


def test_a_school_that_fails_does_not_keep_the_others_waiting(cast, monkeypatch):
    alerted(cast)
    far = alerted(cast, cast.far)
    keep = jobs._keep_time

    def fails_at_home(school_id):
        if school_id == cast.home.school.id:
            raise RuntimeError("broken")
        return keep(school_id)

    monkeypatch.setattr(jobs, "_keep_time", fails_at_home)
    assert jobs.keep_time_everywhere() == 1
    with entered(cast.platform(cast.far)):
        assert Alert.objects.get(id=far.id).owner == cast.far.counsellor


# Two workers on two connections, at the very moment when the step is due.


def _race(place, alert, now, barrier) -> str:
    by = keeper(place)
    try:
        with transaction.atomic(), entered(by):
            seen = handing.watch(by, now)
            barrier.wait(timeout=20)
            return "moved" if handing.hand_on(alert_id=alert.id, by=by, seen=seen) else "stayed"
    except IntegrityError:
        return "refused"
    finally:
        connections.close_all()


def _two_workers(place, alert, now) -> list[str]:
    barrier = Barrier(2)
    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(lambda _: _race(place, alert, now, barrier), range(2)))


def _raised(cast):
    with transaction.atomic():
        alert = alerted(cast)
    with transaction.atomic():
        keep_time(cast.home, alert.raised_at)
    return alert


def _steps(cast, alert) -> list[int]:
    with transaction.atomic(), entered(cast.platform()):
        return list(Handing.objects.filter(alert=alert).order_by("at").values_list("step", flat=True))


def _without_lock(by, alert_id):
    """What hand_on would read if it did not lock: both workers see the same old step, then both go on."""
    alert = Alert.objects.filter(school_id=by.school_id, id=alert_id).first()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(0.4)")
    return alert


def test_two_workers_that_race_move_it_exactly_once(committed_cast):
    cast = committed_cast
    alert = _raised(cast)
    assert _two_workers(cast.home, alert, alert.raised_at + 10 * MINUTE) == ["moved", "stayed"]
    assert _steps(cast, alert) == [0, 2]


def test_without_the_lock_the_unique_key_still_refuses_the_second(committed_cast, monkeypatch):
    cast = committed_cast
    alert = _raised(cast)
    monkeypatch.setattr(handing, "_held", _without_lock)
    assert _two_workers(cast.home, alert, alert.raised_at + 10 * MINUTE) == ["moved", "refused"]
    assert _steps(cast, alert) == [0, 2]


def test_the_control_without_lock_and_key_the_same_race_moves_it_twice(committed_cast, owner_connection, monkeypatch):
    cast = committed_cast
    alert = _raised(cast)
    monkeypatch.setattr(handing, "_held", _without_lock)
    with owner_connection.cursor() as cursor:
        cursor.execute("ALTER TABLE alerts_handing DROP CONSTRAINT alert_handed_once_a_step")
    try:
        assert _two_workers(cast.home, alert, alert.raised_at + 10 * MINUTE) == ["moved", "moved"]
        assert _steps(cast, alert) == [0, 2, 2]
    finally:
        with owner_connection.cursor() as cursor:
            cursor.execute("DELETE FROM alerts_handing WHERE step = 2")
            cursor.execute("TRUNCATE alerts_handing")
            cursor.execute(
                "ALTER TABLE alerts_handing ADD CONSTRAINT alert_handed_once_a_step UNIQUE (alert_id, round, step)"
            )
