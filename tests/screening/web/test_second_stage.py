"""The second stage on its pages: blind observation, candidates after it, assigned instruments that stay private."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from qingyan.screening.actions import second_stage as actions
from qingyan.screening.actions.sittings import begin
from qingyan.screening.models import Assignment, EarlyLook, Observation, Result, SecondStage
from qingyan.screening.queries import tests as own_tests
from qingyan.screening.queries.candidates import candidates
from qingyan.screening.queries.observation import class_rows, running
from qingyan.screening.queries.progress import progress_here, pupils_of
from tests.factories.records import make_records
from tests.screening.setting import guardian_agreed, signed_in

BACKEND = "django.contrib.auth.backends.ModelBackend"
SECOND = "phq-a"


def at(name, *args, slug="qingshi"):
    return reverse(f"screening:{name}", args=[slug, *args])


@pytest.fixture
def made(cast):
    return make_records(cast, cast.home)


@pytest.fixture
def observing(cast, made):
    """The same round while teachers may still write."""
    with entered(cast.platform()):
        SecondStage.objects.update(observe_days=7)
    return made


@pytest.fixture
def teacher(client, cast):
    client.force_login(cast.home.homeroom_teacher, backend=BACKEND)
    return client


@pytest.fixture
def counsellor(client, cast):
    client.force_login(cast.home.counsellor, backend=BACKEND)
    return client


def test_a_teacher_writes_row_by_row_and_finds_it_again(teacher, cast, observing):
    pupil = cast.home.pupils_a[1]
    form = {"mark-0": "2", "mark-1": "0", "mark-7": "1", "sentence": "上课常看窗外"}
    kept = teacher.post(at("observe_pupil", observing.campaign, pupil.id), form, headers={"HX-Request": "true"})
    assert "已保存" in kept.content.decode()
    body = teacher.get(at("observe", observing.campaign, cast.home.class_a.id)).content.decode()
    assert "上课常看窗外" in body
    with entered(cast.platform()):
        row = Observation.objects.get(student=pupil)
        assert row.marks == [2, 0, -1, -1, -1, -1, -1, 1]
        assert row.observer_id == cast.home.homeroom_teacher.id


def test_the_page_of_a_class_shows_no_score_and_no_result(teacher, cast, observing):
    body = teacher.get(at("observe", observing.campaign, cast.home.class_a.id)).content.decode()
    assert cast.home.pupil.name in body
    for word in ("SCL", "得分", "canary-rule", "canary-qingshi-because", "值得聊"):
        assert word not in body


def test_a_teacher_reads_no_other_teachers_marks(cast, observing):
    with entered(cast.platform()):
        Observation.objects.update(observer=cast.home.counsellor)
    actor = cast.actor(cast.home.homeroom_teacher, cast.home)
    with entered(actor):
        rows = class_rows(actor, _campaign(observing), cast.home.class_a)
    assert len(rows) == len(cast.home.pupils_a)
    assert all(row.saved_at is None and not row.sentence for row in rows)


def test_the_other_class_does_not_exist_for_a_teacher(teacher, cast, observing):
    stranger = cast.home.pupils_b[0]
    assert teacher.get(at("observe", observing.campaign, cast.home.class_b.id)).status_code == 404
    assert teacher.post(at("observe_pupil", observing.campaign, stranger.id), {"mark-0": "2"}).status_code == 404
    with entered(cast.platform()):
        assert not Observation.objects.filter(student=stranger).exists()
        Observation.objects.update(student=stranger, school_class=cast.home.class_b)
    with entered(cast.actor(cast.home.homeroom_teacher, cast.home)):
        assert not Observation.objects.exists()  # the database itself shows no row of another class


def test_nothing_is_written_after_the_end(teacher, cast, made):
    form = {"mark-0": "0"}
    said = teacher.post(at("observe_pupil", made.campaign, cast.home.pupil.id), form, headers={"HX-Request": "true"})
    assert "没有保存" in said.content.decode()
    with entered(cast.platform()):
        assert Observation.objects.get().marks[0] == 2


@pytest.mark.parametrize("who", ["homeroom_teacher", "school_admin", "principal", "invigilator"])
def test_only_counsellors_find_the_list(client, cast, made, who):
    client.force_login(getattr(cast.home, who), backend=BACKEND)
    for url in (
        at("candidates", made.campaign),
        at("assignments", made.campaign),
        at("compare", made.campaign, cast.home.pupil.id),
    ):
        assert client.get(url).status_code == 404


def test_the_list_waits_for_the_observation(counsellor, cast, observing):
    body = counsellor.get(at("candidates", observing.campaign)).content.decode()
    assert cast.home.pupil.name not in body
    assert "预警" in body  # critical answers do not wait, and the page says where they are
    assert counsellor.get(at("compare", observing.campaign, cast.home.pupil.id)).status_code == 404


def test_an_early_look_needs_a_reason_and_leaves_a_trace(counsellor, cast, observing):
    refused = counsellor.post(at("open_early", observing.campaign), {"reason": "  "})
    assert refused.status_code == 422
    counsellor.post(at("open_early", observing.campaign), {"reason": "校医要求"})
    assert cast.home.pupil.name in counsellor.get(at("candidates", observing.campaign)).content.decode()
    with entered(cast.platform()):
        assert EarlyLook.objects.get().reason == "校医要求"
        assert AuditEntry.objects.filter(action="candidates.opened_early").count() == 1
        assert AuditEntry.objects.filter(action="candidates.read", detail__shown=1).count() == 1


def test_the_end_of_the_observation_shows_the_list(counsellor, cast, observing):
    shown = counsellor.post(at("end_observation", observing.campaign), follow=True).content.decode()
    assert cast.home.pupil.name in shown
    teacher = cast.actor(cast.home.homeroom_teacher, cast.home)
    with entered(teacher):
        assert running(teacher, _campaign(observing), now=timezone.now()) is None


def test_the_list_says_why_and_what_was_seen(counsellor, cast, made, django_assert_max_num_queries):
    with django_assert_max_num_queries(34):
        body = counsellor.get(at("candidates", made.campaign)).content.decode()
    assert "（" in body
    assert "2 种变化" in body
    assert "有存疑的答卷" in body


def test_who_does_not_meet_the_rule_is_no_candidate(cast, made):
    actor = cast.actor(cast.home.counsellor, cast.home)
    with entered(actor):
        campaign = _campaign(made)
        stage = SecondStage.objects.get(campaign=campaign)
        assert len(candidates(actor, campaign, stage)) == 1
        Result.objects.update(values=dict.fromkeys(Result.objects.get().values, 0))
        assert candidates(actor, campaign, stage) == []


def test_side_by_side(counsellor, cast, made):
    body = counsellor.get(at("compare", made.campaign, cast.home.pupil.id)).content.decode()
    assert "canary-qingshi-observation" in body
    assert "两边都提示值得聊一聊" in body
    assert cast.home.counsellor.name in body  # the watermark
    with entered(cast.platform()):
        assert AuditEntry.objects.filter(action="comparison.read", student_id=cast.home.pupil.id).count() == 1


def test_an_assigned_instrument_waits_for_its_day_and_stays_private(counsellor, cast, made):
    other = cast.home.pupils_a[1]
    form = {"student": [str(other.id)], "instrument": SECOND}
    counsellor.post(at("assign_second", made.campaign), form)
    with entered(cast.platform()):
        one = Assignment.objects.get(student=other)
        assert one.from_day == timezone.localdate()  # nothing handed in: no interval to keep
    pupil = signed_in(other)
    guardian_agreed(cast, other)
    with entered(pupil):
        mine = [test for test in own_tests.tests_for(pupil, now=timezone.now()) if test.instrument == SECOND]
        assert len(mine) == 1
        begin(test=mine[0], by=pupil, now=timezone.now(), assents=True)
    teacher = cast.actor(cast.home.homeroom_teacher, cast.home)
    with entered(teacher):
        campaign = _campaign(made)
        rows = {row.student: row for row in pupils_of(teacher, campaign, cast.home.class_a)}
        assert rows[other.id].done == 0
        assert sum(line.progress.started for line in progress_here(teacher, campaign)) == 1


def test_the_interval_is_kept(counsellor, cast, made):
    with entered(cast.platform()):
        Assignment.objects.update(state="withdrawn")
        SecondStage.objects.update(least_days=3)
    form = {"student": [str(cast.home.pupil.id)], "instrument": SECOND}
    counsellor.post(at("assign_second", made.campaign), form)
    with entered(cast.platform()):
        assert Assignment.objects.get(state="assigned").from_day == timezone.localdate() + timedelta(days=3)
    pupil = signed_in(cast.home.pupil)
    with entered(pupil):
        assert SECOND not in [test.instrument for test in own_tests.tests_for(pupil, now=timezone.now())]


def test_an_interval_longer_than_the_round_assigns_nothing(counsellor, cast, made):
    with entered(cast.platform()):
        Assignment.objects.update(state="withdrawn")
        SecondStage.objects.update(least_days=90)
    form = {"student": [str(cast.home.pupil.id)], "instrument": SECOND}
    said = counsellor.post(at("assign_second", made.campaign), form, follow=True).content.decode()
    assert "没有可以安排的学生" in said
    with entered(cast.platform()):
        assert not Assignment.objects.filter(state="assigned").exists()


@pytest.mark.parametrize("form", [{}, {"student": "x", "instrument": SECOND}, {"instrument": "scl-90"}])
def test_nonsense_assigns_nothing(counsellor, cast, made, form):
    assert counsellor.post(at("assign_second", made.campaign), form).status_code == 302
    with entered(cast.platform()):
        assert Assignment.objects.count() == 1


def test_what_is_withdrawn_is_gone_for_the_pupil(counsellor, cast, made):
    counsellor.post(at("withdraw_second", made.assignment))
    pupil = signed_in(cast.home.pupil)
    with entered(pupil):
        assert "phq-9" not in [test.instrument for test in own_tests.tests_for(pupil, now=timezone.now())]


def test_a_pupil_cannot_read_what_others_were_assigned(cast, made):
    with entered(signed_in(cast.home.pupils_a[1])):
        assert not Assignment.objects.exists()
    teacher = cast.actor(cast.home.homeroom_teacher, cast.home)
    with entered(teacher):
        assert not Assignment.objects.exists()
        with pytest.raises(NotVisible):
            candidates(teacher, _campaign(made), SecondStage.objects.get(campaign=made.campaign))


def test_the_rule_is_set_in_a_draft_and_stands_afterwards(counsellor, cast, made):
    form = {"first": "", "instrument": SECOND, "least_days": 10, "observe_days": 5}
    said = counsellor.post(at("second_stage", made.campaign), form)
    assert said.status_code == 422  # open, and it has a rule
    with entered(cast.platform()):
        _campaign(made).__class__.objects.filter(id=made.campaign).update(state="draft")
    steps = at("plan", made.campaign, "cutoffs")
    assert counsellor.get(at("second_stage", made.campaign)).headers["Location"] == steps
    form |= {"rule-scl-90": "total_only", "minutes": 40, "full_time": 1, "part_time": 0}
    assert counsellor.post(steps, {**form, "observe_days": 61}).status_code == 422
    assert counsellor.post(steps, form).status_code == 302
    stage = SecondStage.objects.get(campaign=made.campaign)
    assert (stage.instrument, stage.least_days, stage.observe_days) == (SECOND, 10, 5)


def test_an_early_look_without_a_reason_is_a_fault(cast, made):
    actor = cast.actor(cast.home.counsellor, cast.home)
    with entered(actor), pytest.raises(ValueError, match="why"):
        actions.look_early(campaign=_campaign(made), reason="", by=actor, now=timezone.now())


def _campaign(made):
    return SecondStage.objects.select_related("campaign").get(campaign=made.campaign).campaign
