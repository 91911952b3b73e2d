"""What `qingyan demo load` leaves behind, seen as the app role."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.db import connection, transaction

from qingyan.alerts.actions.sweeping import sweep_school
from qingyan.alerts.models import Alert
from qingyan.archives.models import Entry, EntryKind
from qingyan.concerns.models import BullyingReport, Concern
from qingyan.demo import api
from qingyan.demo.cast import (
    BURDENED,
    COUNSELLOR,
    DEMO_PASSWORD,
    DOCTOR,
    OTHER_SCHOOL,
    SECURITY_ADMIN,
    STORY_SCHOOL,
    STUDENT,
)
from qingyan.foundation.access.actor import Actor, system_actor
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from qingyan.foundation.crypto.sealing import index_for
from qingyan.instruments import api as instruments
from qingyan.organisations.models import City, District, Hotline, School, Station, Term
from qingyan.people import api as people
from qingyan.people.models import Account, Enrolment, Guardian, Slip, StaffProfile, Student
from qingyan.screening.models import AnswerSheet, Campaign, Result, Sitting
from tests.demo.conftest import NOW


def _platform(slug: str, *sight: Sight) -> Actor:
    school = School.objects.get(slug=slug)
    return system_actor(school_id=school.id, sight=frozenset(sight or Sight), purpose="test")


def test_the_small_city_has_its_schools_and_says_that_it_is_a_demo(small_city):
    assert (small_city.schools, School.objects.count(), District.objects.count()) == (3, 3, 3)
    assert 100 <= small_city.pupils <= 140
    assert City.objects.get().demo
    assert "演示" in City.objects.get().name
    assert [line.number for line in Hotline.objects.all()] == ["12356", "12355"]
    assert Station.objects.count() == 4
    assert [term.ordinal for term in Term.objects.all()] == [1, 2]


def test_every_pupil_is_marked_as_demo_and_is_enrolled_with_a_guardian(small_city, acting):
    seen = 0
    for school in School.objects.all():
        with acting(_platform(school.slug)):
            pupils = list(Student.objects.all())
            seen += len(pupils)
            assert pupils
            assert all(pupil.demo for pupil in pupils)
            assert {pupil.id for pupil in pupils} == set(Enrolment.objects.values_list("student_id", flat=True))
            assert {pupil.id for pupil in pupils} == set(Guardian.objects.values_list("student_id", flat=True))
    assert seen == small_city.pupils


def test_the_scope_of_one_school_shows_no_pupil_of_another(small_city, acting):
    with acting(_platform(OTHER_SCHOOL)):
        assert not Student.objects.filter(id=STUDENT.id).exists()
        assert Student.objects.exists()


def test_numbers_and_contacts_are_sealed_and_can_be_found_by_their_index(small_city, acting):
    with acting(_platform(STORY_SCHOOL)):
        pupil = Student.objects.get(id=STUDENT.id)
        guardian = Guardian.objects.get(student_id=STUDENT.id, position=1)
        assert pupil.id_number.startswith("999999")
        assert (guardian.name, guardian.phone[:4]) == ("李慧", "0000")
        index = index_for(Student, "id_number_index", pupil.school_id, pupil.id_number)
        assert Student.objects.get(id_number_index=index) == pupil
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, phone FROM people_guardian WHERE id = %s", [guardian.id])
            stored = b"".join(bytes(value) for value in cursor.fetchone())
    assert "李慧".encode() not in stored
    assert guardian.phone.encode() not in stored


def test_a_second_load_writes_nothing(small_city):
    again = api.load(now=NOW, size="small")
    assert (again.schools, again.pupils, again.staff, again.sittings, again.alerts) == (0, 0, 0, 0, 0)


def test_each_school_has_one_line_about_the_load_in_its_audit_trail(small_city, acting):
    for school in School.objects.all():
        with acting(_platform(school.slug)):
            (line,) = AuditEntry.objects.filter(action="demo.loaded")
            assert line.subject_id == str(school.id)
            assert line.detail["pupils"] == Student.objects.count()


def test_results_are_what_the_answers_score(small_city, acting):
    with acting(_platform(STORY_SCHOOL)):
        results = {result.sitting_id: result for result in Result.objects.all()}
        sheets = AnswerSheet.objects.filter(sitting_id__in=results)
        assert len(results) > 30
        for sheet in sheets:
            scores = instruments.plan(sheet.instrument, sheet.version).score(sheet.answers, age=sheet.age)
            stored = results[sheet.sitting_id]
            assert stored.values == dict(scores.values)
            assert stored.screen["outcome"] == scores.screen
            assert stored.instrument_hash == sheet.instrument_hash == scores.digest
        finished = Sitting.objects.filter(state="finished").values_list("id", flat=True)
        assert set(finished) == set(results)
        assert Entry.objects.filter(kind=EntryKind.RESULT).count() == len(results)


def test_the_counsellors_queue_holds_old_alerts_taken_and_new_ones_waiting(small_city, acting):
    with acting(_platform(STORY_SCHOOL)):
        alerts = list(Alert.objects.all())
        taken = [alert for alert in alerts if alert.acknowledged_at]
        waiting = [alert for alert in alerts if not alert.acknowledged_at]
        assert {alert.acknowledged_by_id for alert in taken} == {COUNSELLOR.id}
        assert all(alert.raised_at < alert.acknowledged_at for alert in taken)
        assert all(alert.because and alert.because[0]["text"] and alert.due_at for alert in alerts)
        burdened = [alert for alert in waiting if alert.student_id == BURDENED[0].id]
        assert "red" in {alert.level for alert in burdened}
        kinds = Entry.objects.filter(kind__in=["alert", "acknowledgement"]).values_list("kind", flat=True)
        assert (list(kinds).count("alert"), list(kinds).count("acknowledgement")) == (len(alerts), len(taken))


def test_no_alert_of_the_past_was_forgotten_and_none_was_taken_in_the_future(small_city, acting):
    for school in School.objects.all():
        with acting(_platform(school.slug)):
            alerts = list(Alert.objects.all())
        late = {alert.student_id for alert in alerts if not alert.acknowledged_at and alert.due_at < NOW}
        assert late <= {pupil.id for pupil in BURDENED}
        assert all(alert.acknowledged_at <= NOW for alert in alerts if alert.acknowledged_at)


def test_the_newest_red_alert_of_the_story_is_of_today(small_city, acting):
    with acting(_platform(STORY_SCHOOL)):
        alert = Alert.objects.filter(student_id=BURDENED[0].id, level="red").latest("raised_at")
    assert alert.acknowledged_at is None
    assert alert.raised_at < NOW < alert.due_at


def test_the_sweeper_agrees_that_no_alert_is_missing(small_city):
    for school in School.objects.all():
        by = system_actor(school_id=school.id, sight=frozenset({Sight.ANSWERS}), purpose="test")
        with transaction.atomic(), entered(by):
            assert sweep_school(by=by, back=timedelta(days=80), now=NOW) == 0


def test_one_campaign_is_closed_and_one_open_with_its_progress(small_city, acting):
    states = {campaign.state: campaign for campaign in Campaign.objects.all()}
    assert set(states) == {"closed", "open"}
    with acting(_platform(STORY_SCHOOL)):
        closed, under_way = (Sitting.objects.filter(campaign=states[state]) for state in ("closed", "open"))
        assert "answering" not in closed.values_list("state", flat=True)
        assert 0 < under_way.count() < closed.count()
        assert not under_way.filter(student_id=STUDENT.id).exists()


def test_the_printed_slip_opens_the_pupils_door(small_city):
    (pupil, _, other) = [one for one in api.sign_ins() if one.role == "学生"]
    school = School.objects.get(slug=STORY_SCHOOL)

    def tried(login: str, code: str):
        with transaction.atomic():
            return people.try_slip(school_id=school.id, class_code=login, code=code, device="test", now=NOW)

    assert tried(pupil.login, pupil.password).masked_name == "陈＊＊"
    assert hasattr(tried(pupil.login, other.password), "wait")


def test_slips_are_for_those_who_are_asked_and_run_out(small_city, acting):
    with acting(_platform(STORY_SCHOOL)):
        assert Slip.objects.count() == Student.objects.count()
        assert all(slip.expires_at > NOW for slip in Slip.objects.all())
    with acting(_platform("haiou-xiaoxue")):
        assert not Slip.objects.exists()


def test_the_cast_signs_in_with_the_demo_password_and_one_account_shows_the_second_factor(small_city):
    staff = [one for one in api.sign_ins() if one.role not in ("学生", DOCTOR.name)]
    accounts = [Account.objects.get(login=one.login) for one in staff]
    assert len({account.password for account in accounts}) == 1  # one hash for all, checked once
    assert accounts[0].check_password(DEMO_PASSWORD)
    assert {one.password for one in staff} == {DEMO_PASSWORD}
    assert [one.login for one in staff if one.second_factor] == [SECURITY_ADMIN.login]
    assert [row.user_id for row in Authenticator.objects.all()] == [SECURITY_ADMIN.id]


def test_only_psychology_teachers_are_in_their_register(small_city):
    assert StaffProfile.objects.count() == 8
    assert Account.objects.count() == small_city.staff > 20


def test_both_circles_of_the_story_s_school_have_something_to_look_at(small_city, acting):
    with acting(_platform(STORY_SCHOOL)):
        letters = list(Concern.objects.order_by("received_at"))
        assert [one.kind for one in letters] == ["letter", "concern"]
        assert all("演示" in one.text for one in letters)
        assert letters[0].taken_by_id == COUNSELLOR.id
        assert BullyingReport.objects.get().pupil is None
        assert not Alert.objects.filter(report__isnull=False).exists()
    with acting(_platform(OTHER_SCHOOL)):
        assert not Concern.objects.exists()
