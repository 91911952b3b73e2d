"""The sweep goes through every school, in the school's own scope, and a school that fails keeps nobody waiting."""

from datetime import timedelta

from django.utils import timezone

from qingyan.alerts import jobs
from qingyan.alerts.models import Alert, Sweep
from qingyan.foundation.access.scope import entered
from qingyan.foundation.events import api as events
from qingyan.notifications.models import Notification
from qingyan.screening.events import AnswerSaved
from tests.alerts.setting import END_LIFE, Answering, alerted, browser
from tests.screening.setting import school_round


def lost(cast, monkeypatch) -> None:
    """A worrying answer at two schools, and nobody heard of it."""
    with monkeypatch.context() as deaf:
        deaf.setitem(events._inside, AnswerSaved, [])
        for place in (cast.home, cast.far):
            Answering(place.pupil, school_round(cast, "scl-90", place=place)).save(END_LIFE, 5)


def found(cast, place) -> int:
    with entered(cast.platform(place)):
        return Alert.objects.count()


def test_every_school_is_swept(cast, monkeypatch):
    lost(cast, monkeypatch)
    assert jobs.sweep_all(back=jobs.LATELY) == 2
    assert (found(cast, cast.home), found(cast, cast.other), found(cast, cast.far)) == (1, 0, 1)


def test_a_school_that_fails_does_not_keep_the_others_waiting(cast, monkeypatch):
    lost(cast, monkeypatch)
    work = jobs.sweep_school

    def fails_at_home(*, by, back, now):
        if by.school_id == cast.home.school.id:
            raise RuntimeError("broken")
        return work(by=by, back=back, now=now)

    monkeypatch.setattr(jobs, "sweep_school", fails_at_home)
    assert jobs.sweep_all(back=jobs.LATELY) == 1
    assert (found(cast, cast.home), found(cast, cast.far)) == (0, 1)


def test_the_jobs_are_periodic_and_never_run_twice_at_once():
    assert jobs.sweep.queueing_lock == "alerts.sweep"
    assert jobs.sweep_day.queueing_lock == "alerts.sweep_day"


def test_what_was_missing_is_raised_kept_in_figures_and_told_to_operators_once_an_hour(cast, monkeypatch):
    lost(cast, monkeypatch)
    jobs.sweep_all(back=jobs.LATELY)
    jobs.sweep_all(back=jobs.LATELY)
    kept = [(one.schools, one.missing, one.failed) for one in Sweep.objects.order_by("at")]
    assert kept == [(3, 2, 0), (3, 0, 0)]
    (told,) = Notification.objects.all()
    assert (told.account_id, told.path) == (cast.system_admin.id, "/operations/alerts/")


def test_when_nothing_is_amiss_nobody_is_told_and_the_look_is_kept(cast):
    jobs.sweep_all(back=jobs.LATELY)
    assert not Notification.objects.exists()
    assert Sweep.objects.get().missing == 0


def test_a_lost_wish_for_a_talk_is_found(cast, monkeypatch):
    sheet = Answering(cast.home.pupil, school_round(cast, "scl-90"))
    with entered(cast.platform()):
        type(sheet.sitting).objects.filter(id=sheet.sitting.id).update(help_asked_at=timezone.now())
    assert jobs.sweep_all(back=jobs.LATELY) == 1
    with entered(cast.platform()):
        assert Alert.objects.get().rule == "help_requested"
    assert jobs.sweep_all(back=jobs.LATELY) == 0


def test_a_keeper_of_time_that_stands_still_is_noticed(cast):
    alert = alerted(cast)
    with entered(cast.platform()):
        Alert.objects.filter(id=alert.id).update(raised_at=timezone.now() - timedelta(minutes=3))
    jobs.sweep_all(back=jobs.LATELY)
    assert Sweep.objects.get().unowned == 1
    assert jobs.keep_time_everywhere() == 1
    jobs.sweep_all(back=jobs.LATELY)
    assert [one.unowned for one in Sweep.objects.order_by("at")] == [1, 0]


def test_operators_see_figures_and_no_school_and_nobody_else_sees_the_page(cast, monkeypatch):
    lost(cast, monkeypatch)
    jobs.sweep_all(back=jobs.LATELY)
    page = browser(cast.system_admin).get("/operations/alerts/").content.decode()
    assert "补上的预警" in page
    assert cast.home.school.name not in page
    assert cast.home.pupil.name not in page
    for account in (cast.home.counsellor, cast.city_officer, cast.security_admin):
        assert browser(account).get("/operations/alerts/").status_code == 404


def test_a_red_alert_gets_its_owner_within_seconds_and_the_milder_ones_wait_for_the_next_look(cast):
    mild, red, far = alerted(cast, value=2, pupil=cast.home.pupils_a[1]), alerted(cast), alerted(cast, cast.far)
    assert jobs.red_first(0) == 2
    with entered(cast.platform()):
        assert Alert.objects.get(id=red.id).owner == cast.home.counsellor
        assert Alert.objects.get(id=mild.id).owner is None, "the control"
    with entered(cast.platform(cast.far)):
        assert Alert.objects.get(id=far.id).owner == cast.far.counsellor
    assert Notification.objects.filter(kind="attention_now").count() == 2
    assert jobs.red_first(0) == 0
    assert jobs.red_first.queueing_lock == "alerts.red_first"


def test_a_school_whose_look_for_red_alerts_fails_keeps_nobody_waiting(cast, monkeypatch):
    for place in (cast.home, cast.far):
        alerted(cast, place)
    look = jobs.red_without_owner

    def fails_at_home(by):
        if by.school_id == cast.home.school.id:
            raise RuntimeError("broken")
        return look(by)

    monkeypatch.setattr(jobs, "red_without_owner", fails_at_home)
    assert jobs.red_first(0) == 1
