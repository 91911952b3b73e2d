"""What an alert weighs: trend, teachers, reports, the round's list. It changes the order and nothing else."""

from datetime import timedelta

from django.utils import timezone

from qingyan.alerts import jobs
from qingyan.alerts.actions.listing import list_candidates
from qingyan.alerts.actions.weighing import weigh_new, weigh_school
from qingyan.alerts.models import Alert
from qingyan.concerns.models import Concern
from qingyan.foundation.access.actor import system_actor
from qingyan.foundation.access.scope import entered
from qingyan.instruments import api as instruments
from qingyan.screening.models import Observation, Result, SecondStage
from qingyan.screening.observation_form import BEHAVIOURS, OFTEN
from tests.alerts.setting import Answering, alerted
from tests.screening.setting import school_round


def keeper(place):
    return system_actor(school_id=place.school.id, sight=jobs.WEIGHING_SIGHT, purpose="test")


def weighed(place, alert) -> Alert:
    by = keeper(place)
    with entered(by):
        weigh_school(by, now=timezone.now())
        return Alert.objects.get(id=alert.id)


def codes(alert) -> set[str]:
    return {one["code"] for one in alert.signs}


def observed(cast, alert) -> None:
    with entered(cast.platform()):
        Observation.objects.create(
            campaign=alert.sitting.campaign,
            student_id=alert.student_id,
            school_id=alert.school_id,
            school_class_id=alert.school_class_id,
            observer=cast.home.homeroom_teacher,
            marks=[OFTEN] * len(BEHAVIOURS),
            saved_at=timezone.now(),
        )


def reported(cast, student) -> None:
    with entered(cast.platform()):
        Concern.objects.create(
            school=cast.home.school,
            number="1234567890",
            kind="concern",
            source="staff",
            urgency="week",
            pupil=student,
            received_at=timezone.now(),
        )


def test_a_plain_alert_has_no_sign_and_is_weighed_once(cast):
    alert, by = alerted(cast), keeper(cast.home)
    with entered(by):
        assert (weigh_new(by, now=timezone.now()), weigh_new(by, now=timezone.now())) == (1, 0)
    assert codes(weighed(cast.home, alert)) == set()


def test_what_a_teacher_saw_and_what_somebody_reported_move_it_forward_and_change_no_level(cast):
    alert = alerted(cast, value=2)
    before = weighed(cast.home, alert)
    with entered(cast.platform()):
        alert = Alert.objects.select_related("sitting__campaign").get(id=alert.id)
        observed(cast, alert)
    reported(cast, alert.student_id)
    after = weighed(cast.home, alert)
    assert codes(after) == {"seen", "reported"}
    assert before.place_at - after.place_at == timedelta(hours=72 + 120)
    assert (after.level, after.due_at, after.owner_id) == (before.level, before.due_at, before.owner_id)


def test_signs_about_another_pupil_move_nothing(cast):
    alert = alerted(cast, value=2)
    reported(cast, cast.home.pupils_a[1].id)
    assert codes(weighed(cast.home, alert)) == set()


def test_a_reliable_worsening_is_a_sign_and_noise_is_none(cast):
    campaign = school_round(cast, "phq-a", grades=(10, 11))
    sheet = Answering(cast.home.pupil, campaign, "phq-a")
    for item in range(9):
        sheet.save(item, 3 if item == 8 else 2)
    for item in range(9, 13):
        sheet.save(item, 0)
    sheet.hand_in()
    with entered(cast.platform()):
        alert = Alert.objects.filter(sitting=sheet.sitting, level="red").first()
        total = Result.objects.get(sitting=sheet.sitting).values["total"]
    other = school_round(cast, "phq-a", grades=(10, 11))
    for older, sign in ((total - 6, False), (total - 7, True)):
        with entered(cast.platform()):
            _earlier(cast, other, older)
        assert ("worse" in codes(weighed(cast.home, alert))) is sign


def _earlier(cast, campaign, total) -> None:
    """The same pupil's earlier PHQ-A in another round, with this total."""
    found = Result.objects.filter(campaign=campaign, student=cast.home.pupil).first()
    if found is not None:
        Result.objects.filter(pk=found.pk).update(values={"total": total})
        return
    plan = instruments.plan("phq-a")
    sitting = Answering(cast.home.pupil, campaign, "phq-a").sitting
    Result.objects.create(
        sitting=sitting,
        campaign=campaign,
        student=cast.home.pupil,
        school=cast.home.school,
        school_class=cast.home.class_a,
        instrument="phq-a",
        version=plan.version,
        instrument_hash=plan.digest,
        rule_version="x",
        values={"total": total},
        scored_at=timezone.now() - timedelta(days=100),
    )


def test_candidates_of_a_round_join_the_queue_once_their_observation_is_over(cast):
    campaign = school_round(cast, "ces-dc", grades=(10, 11))
    sheet = Answering(cast.home.pupil, campaign, "ces-dc")
    sheet.answer_everything(2)
    sheet.hand_in()
    SecondStage.objects.create(campaign=campaign, observe_days=0)
    by, later = keeper(cast.home), timezone.now() + timedelta(days=30)
    with entered(by):
        assert list_candidates(by=by, now=campaign.opens_at - timedelta(days=1)) == 0, "not before it is over"
        assert list_candidates(by=by, now=later) == 1
        assert list_candidates(by=by, now=later) == 0
        listed = Alert.objects.get(rule="candidate")
        assert (listed.level, listed.sitting_id, listed.student_id) == ("yellow", sheet.sitting.id, cast.home.pupil.id)
        assert "总分" in listed.because[0]["detail"]
    assert "candidate" in codes(weighed(cast.home, listed))


def test_the_night_goes_through_every_school_and_one_that_fails_keeps_nobody_waiting(cast, monkeypatch):
    alerted(cast)
    alerted(cast, cast.far)
    work = jobs.weigh_school

    def fails_at_home(actor, *, now):
        if actor.school_id == cast.home.school.id:
            raise RuntimeError("broken")
        return work(actor, now=now)

    monkeypatch.setattr(jobs, "weigh_school", fails_at_home)
    assert jobs.weigh_again(timestamp=0) == 1
