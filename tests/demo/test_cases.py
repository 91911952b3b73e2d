"""The invented cases: every state that a page shows, told by actions alone."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Max

from qingyan.alerts.models import Absence, DutyPost
from qingyan.cases.actions.receiving import Opened, Shut, open_page
from qingyan.cases.models import (
    Case,
    CaseStep,
    ContactEntry,
    Counselling,
    CrisisThread,
    Glass,
    Interview,
    Leave,
    MandatoryRecord,
    Plan,
    Postvention,
    Referral,
    SupportCard,
    ToDo,
)
from qingyan.demo import api, cases, desks
from qingyan.demo.cast import (
    BURDENED,
    CITY_LEAD,
    COUNSELLOR,
    DISTRICT_LEAD,
    DOCTOR,
    HOMEROOM_TEACHER,
    OTHER_SCHOOL,
    PRINCIPAL,
    STORY_SCHOOL,
)
from qingyan.demo.stage import MARK, actor_of
from qingyan.early_warning.models import PackSignature, PhaseStep
from qingyan.foundation.access.actor import system_actor
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.audit.models import AuditEntry
from qingyan.notifications.models import Notification
from qingyan.organisations.models import School
from qingyan.papers.models import Export, MonthlyReport, WordTemplate
from qingyan.people.models import Student
from qingyan.screening.models import Assignment, Slot
from tests.demo.conftest import NOW

STATES = {"candidate", "interview_due", "panel", "care", "referred", "on_leave", "quiet_watch", "seal_asked", "closed"}


def _platform(slug: str):
    return system_actor(school_id=School.objects.get(slug=slug).id, sight=frozenset(Sight), purpose="test")


def test_the_school_of_the_story_has_a_case_in_every_state_that_a_page_shows(small_city, acting):
    with acting(_platform(STORY_SCHOOL)):
        found = set(Case.objects.values_list("state", flat=True))
        assert found >= STATES
        assert {one.owner_id for one in Case.objects.exclude(state="candidate")} == {COUNSELLOR.id}
        for model in (Counselling, Interview, Plan, Postvention, ContactEntry):
            assert model.objects.exists(), model
        assert set(Leave.objects.values_list("state", flat=True)) == {"away", "applied"}
        assert Referral.objects.get().state == "appointed"
        assert not MandatoryRecord.objects.exists(), "the control: the platform is in nobody's circle"
    with acting(_platform(OTHER_SCHOOL)):
        assert {"candidate", "panel"} <= set(Case.objects.values_list("state", flat=True))


def test_every_story_is_marked_as_invented(small_city, acting):
    with acting(_platform(STORY_SCHOOL)):
        texts = [one.words for one in SupportCard.objects.all()] + [one.words for one in ContactEntry.objects.all()]
        texts += [one.note for one in CaseStep.objects.filter(verb="open") if one.note]
        texts += [one.content for one in (*Interview.objects.all(), *Plan.objects.all())]
    assert len(texts) > 15
    assert all(MARK in one for one in texts)


def test_the_mandatory_report_is_read_by_its_writer_and_by_whom_she_named(small_city, acting):
    here = School.objects.get(slug=STORY_SCHOOL).id
    for one in (COUNSELLOR, PRINCIPAL):
        with acting(actor_of(one.id, NOW).at_school(here)):
            assert MARK in MandatoryRecord.objects.get().content


def test_nothing_of_what_is_in_care_was_left_lying(small_city, acting):
    with acting(_platform(STORY_SCHOOL)):
        late = ToDo.objects.filter(done_at=None, dropped_at=None, due_at__lt=NOW).exclude(case__crisis=True)
        assert [(one.case.state, one.kind) for one in late] == []


def test_each_step_was_taken_by_a_person_before_the_load(small_city, acting):
    with acting(_platform(STORY_SCHOOL)):
        assert CaseStep.objects.aggregate(last=Max("at"))["last"] <= NOW
        assert not CaseStep.objects.filter(by=None).exists()
        approved = CaseStep.objects.filter(verb__in=("decide", "watch")).values_list("by", flat=True)
        assert set(approved) == {PRINCIPAL.id}
        assert AuditEntry.objects.filter(action__startswith="case.", actor_id=COUNSELLOR.id).exists()


def test_the_crisis_was_told_upwards_seen_and_a_name_waits_for_its_review(small_city, acting):
    with acting(_platform(STORY_SCHOOL)):
        thread = CrisisThread.objects.get()
        glass = Glass.objects.get()
    assert (thread.state, thread.seen_by_id, thread.ended_at) == ("running", DISTRICT_LEAD.id, None)
    assert (glass.opened_by_id, glass.reviewed_at) == (DISTRICT_LEAD.id, None)
    assert glass.expires_at < NOW < glass.review_due_at


def test_everybody_of_the_cast_who_acts_in_cases_has_something_to_look_at(small_city, acting):
    told = set(Notification.objects.values_list("account_id", flat=True))
    assert told >= {COUNSELLOR.id, PRINCIPAL.id, DISTRICT_LEAD.id}
    with acting(_platform(STORY_SCHOOL)):
        cards = SupportCard.objects.filter(withdrawn_at=None).select_related("school_class")
        assert {(one.school_class.grade, one.school_class.number) for one in cards} == {
            HOMEROOM_TEACHER.posts[0].class_
        }
        assert set(Export.objects.values_list("state", flat=True)) == {"approved", "asked"}
        assert MonthlyReport.objects.get().state == "handed"
        assert {one.place for one in DutyPost.objects.all()} == {"counsellor", "deputy"}
        assert Absence.objects.exists()
    with acting(_platform(OTHER_SCHOOL)):
        assert MonthlyReport.objects.get().state == "checked"


def test_the_round_under_way_has_lessons_and_a_second_instrument_for_one_pupil(small_city, acting):
    with acting(_platform(STORY_SCHOOL)):
        assert Slot.objects.exists()
        one = Assignment.objects.get()
        assert (one.student_id, one.instrument, one.by_id) == (BURDENED[0].id, "phq-a", COUNSELLOR.id)


def test_the_city_has_decided_once(small_city):
    assert PackSignature.objects.get().signed_by_id == CITY_LEAD.id
    assert [one.target for one in PhaseStep.objects.all()] == ["points"]
    assert WordTemplate.objects.count() == 1
    desks.decide_for_the_city(api.demo_city(), now=NOW)
    assert (PackSignature.objects.count(), WordTemplate.objects.count()) == (1, 1)


def test_the_code_of_the_doctor_opens_the_page_once_and_at_this_school_only(small_city):
    here, there = (School.objects.get(slug=slug).id for slug in (STORY_SCHOOL, OTHER_SCHOOL))
    told = next(one for one in api.sign_ins() if one.role == DOCTOR.name)

    def tried(school_id: int):
        with transaction.atomic():
            return open_page(school_id=school_id, secret=told.login, device="test", now=NOW + timedelta(minutes=5))

    assert isinstance(tried(there), Shut)
    assert isinstance(tried(here), Opened)
    assert isinstance(tried(here), Shut)


def test_a_school_without_stories_has_no_case(small_city, acting):
    with acting(_platform("haiou-xiaoxue")):
        assert "haiou-xiaoxue" not in cases.STORIES
        assert not Case.objects.exists()
        assert Student.objects.exists()
