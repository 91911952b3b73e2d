"""A case begins: by hand, from an alert; one open case a pupil; what comes later joins and can only hasten it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from qingyan.alerts.models import Alert
from qingyan.archives.models import Entry
from qingyan.cases.actions import opening
from qingyan.cases.contracts import NewSource
from qingyan.cases.models import Case, CaseSource, CaseStep
from qingyan.concerns.actions.handling import name_pupil
from qingyan.concerns.contracts import Kind, Source, Urgency
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from qingyan.foundation.pure.workflow import NotAllowed
from tests.alerts.setting import alerted
from tests.cases.setting import WORDS, candidate, counsellor, leader, opened
from tests.concerns.setting import COMMITTEE, COUNSELLORS, new, raised, stored


def test_a_case_by_hand_has_an_owner_a_deadline_a_history_and_a_line_in_file_and_trail(cast):
    case = opened(cast)
    with entered(counsellor(cast)):
        stored = Case.objects.get()
        assert (stored.state, stored.owner_id, stored.level) == ("interview_due", cast.home.counsellor.id, "")
        assert stored.due_at is not None
        assert stored.next_due_at == stored.due_at
        assert list(CaseStep.objects.order_by("at", "verb").values_list("verb", flat=True)) == ["open", "take"]
        assert Entry.objects.filter(kind="case").count() == 2
        trail = AuditEntry.objects.get(action="case.open")
    assert (trail.student_id, trail.subject_id) == (cast.home.pupil.id, str(case.id))
    assert WORDS not in str(trail.detail)


def test_no_level_is_set_by_what_opened_it(cast):
    case = opened(cast, urgency="red")
    assert (case.urgency, case.level, case.crisis) == ("red", "", True)


def test_what_somebody_says_is_sealed_in_the_database(cast):
    opened(cast)
    with entered(counsellor(cast)), connection.cursor() as cursor:
        cursor.execute("SELECT note FROM cases_casesource UNION ALL SELECT note FROM cases_casestep")
        stored = [bytes(note) for (note,) in cursor.fetchall() if note]
    assert len(stored) == 2
    assert all(WORDS.encode() not in note for note in stored)


def test_a_pupil_has_one_open_case(cast):
    opened(cast)
    with pytest.raises(opening.AlreadyOpen):
        opened(cast)
    with entered(counsellor(cast)):
        assert Case.objects.count() == 1


@pytest.mark.parametrize("who", ["homeroom_teacher", "principal", "school_admin", "invigilator"])
def test_others_open_no_case(cast, who):
    by = cast.actor(getattr(cast.home, who), cast.home)
    with entered(by), pytest.raises(NotVisible):
        opening.open_case(
            student_id=cast.home.pupil.id,
            source=NewSource("hand"),
            urgency="red",
            owner_id=None,
            by=by,
            now=timezone.now(),
        )


def test_a_pupil_of_another_school_does_not_exist(cast):
    by = counsellor(cast)
    with entered(by), pytest.raises(NotVisible):
        opening.open_case(
            student_id=cast.other.pupil.id,
            source=NewSource("hand"),
            urgency="red",
            owner_id=None,
            by=by,
            now=timezone.now(),
        )


@pytest.mark.parametrize("place", ["home", "other"])
def test_nothing_is_given_to_whoever_is_no_counsellor_here(cast, place):
    case, by = candidate(cast), counsellor(cast)
    account = cast.home.homeroom_teacher if place == "home" else cast.other.counsellor
    with entered(by), pytest.raises(opening.NoCounsellor):
        opening.take(case=case, owner_id=account.id, by=by, now=timezone.now())


def test_an_alert_and_the_others_of_its_sheet_go_over_to_the_case(cast):
    alert, by, now = alerted(cast), counsellor(cast), timezone.now()
    with entered(by):
        case = opening.open_from_alert(alert_id=alert.id, owner_id=by.id, by=by, now=now)
        after = Alert.objects.get(id=alert.id)
        assert (after.state, after.acknowledged_by_id) == ("in_case", by.id)
        assert (case.urgency, case.state) == ("red", "interview_due")
        assert CaseSource.objects.get(case=case).source == alert.id


def test_a_later_alert_joins_the_open_case_and_hastens_it(cast):
    calm = opened(cast, urgency="blue")
    alert, by = alerted(cast), counsellor(cast)
    with entered(by):
        case = opening.open_from_alert(alert_id=alert.id, owner_id=None, by=by, now=timezone.now())
    assert case.id == calm.id
    assert case.urgency == "red"
    assert case.crisis
    assert case.due_at < calm.due_at - timedelta(days=10)


def test_a_calmer_alert_slows_nothing_down(cast):
    grave = opened(cast, urgency="red")
    alert, by = alerted(cast, value=2), counsellor(cast)
    with entered(by):
        case = opening.open_from_alert(alert_id=alert.id, owner_id=None, by=by, now=timezone.now())
    assert (case.urgency, case.due_at) == ("red", grave.due_at)


def test_a_leader_sees_no_source(cast):
    opened(cast, urgency="red")
    with entered(leader(cast)):
        assert Case.objects.count() == 1
        assert CaseSource.objects.count() == 0
    with entered(counsellor(cast, cast.other)):
        assert Case.objects.count() == 0


def reported(cast, source: Source, kind: Kind = Kind.CONCERN, **more):
    """A report through a door about the pupil of the story."""
    by = None
    if source is Source.STAFF:
        by = cast.actor(cast.home.homeroom_teacher, cast.home)
        more["sender"] = str(by.id)
    raised(cast, new(kind, source, urgency=Urgency.TODAY, pupil=cast.home.pupil.id, **more), by=by)
    return stored(cast)


@pytest.mark.parametrize(
    ("source", "kind", "urgency"),
    [
        (Source.STAFF, Kind.CONCERN, "orange"),
        (Source.SELF, Kind.HELP, "red"),
        (Source.CLASSMATE, Kind.CONCERN, "orange"),
    ],
)
def test_a_report_becomes_a_case_with_its_alert_and_both_keep_the_link(cast, source, kind, urgency):
    report, by, now = reported(cast, source, kind), counsellor(cast), timezone.now()
    with entered(by):
        case = opening.open_from_concern(report_id=report.id, owner_id=by.id, by=by, now=now)
        sources = set(CaseSource.objects.filter(case=case).values_list("kind", "source"))
        alert = Alert.objects.get(report=report.id)
        assert sources == {("concern", report.id), ("alert", alert.id)}
        assert (alert.state, case.urgency, case.state) == ("in_case", urgency, "interview_due")
        report.refresh_from_db()
        assert (report.state, report.taken_by_id) == ("taken", by.id)
        trail = AuditEntry.objects.get(action="concern.in_case")
        assert trail.detail["case"] == str(case.id)
        again = opening.open_from_concern(report_id=report.id, owner_id=None, by=by, now=now)
        assert again.id == case.id, "once more changes nothing"
        assert CaseSource.objects.filter(case=case).count() == 2


def test_an_alert_of_a_report_brings_the_report_along(cast):
    report, by = reported(cast, Source.STAFF), counsellor(cast)
    with entered(by):
        alert = Alert.objects.get(report=report.id)
        case = opening.open_from_alert(alert_id=alert.id, owner_id=None, by=by, now=timezone.now())
        assert CaseSource.objects.filter(case=case, kind="concern", source=report.id).exists()


def test_a_letter_that_names_nobody_opens_no_case_before_somebody_has_said_who_it_is(cast):
    raised(cast, new(Kind.LETTER, Source.SELF))
    report, by, now = stored(cast), counsellor(cast), timezone.now()
    with entered(by):
        with pytest.raises(NotAllowed):
            opening.open_from_concern(report_id=report.id, owner_id=by.id, by=by, now=now)
        name_pupil(box=COUNSELLORS, report_id=report.id, student_id=cast.home.pupil.id, by=by, now=now)
        case = opening.open_from_concern(report_id=report.id, owner_id=by.id, by=by, now=now)
        assert case.urgency == "yellow"


def test_nobody_else_opens_one_from_a_report_and_a_committees_report_is_none(cast):
    report = reported(cast, Source.STAFF)
    for by in (leader(cast), counsellor(cast, cast.other)):
        with entered(by), pytest.raises(NotVisible):
            opening.open_from_concern(report_id=report.id, owner_id=None, by=by, now=timezone.now())
    raised(cast, new(Kind.BULLYING, Source.CLASSMATE, pupil=cast.home.pupil.id))
    other, by = stored(cast, COMMITTEE), counsellor(cast)
    with entered(by), pytest.raises(NotVisible):
        opening.open_from_concern(report_id=other.id, owner_id=by.id, by=by, now=timezone.now())
