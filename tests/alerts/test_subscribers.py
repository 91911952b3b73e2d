"""An answer that worries raises its alert in the transaction that stores it; the own school's counsellor sees it."""

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from qingyan.alerts import subscribers
from qingyan.alerts.models import Alert
from qingyan.archives.models import Entry
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from qingyan.foundation.events import api as events
from qingyan.people.models import Student
from qingyan.screening.events import AnswerSaved, AnswerSheetScored, HelpRequested
from qingyan.screening.models import AnswerSheet
from tests.alerts.setting import DEATH, END_LIFE, Answering, counsellor
from tests.screening.setting import school_round


@pytest.fixture
def sheet(cast) -> Answering:
    """The pupil of the story at SCL-90; the other school has a round and a pupil at it too."""
    Answering(cast.other.pupil, school_round(cast, "scl-90", place=cast.other))
    return Answering(cast.home.pupil, school_round(cast, "scl-90"))


def seen_by(actor, model=Alert) -> list:
    with entered(actor):
        return list(model.objects.order_by("id"))


def test_a_critical_answer_is_an_alert_before_the_sheet_is_handed_in(cast, sheet):
    sheet.save(END_LIFE, 4)
    (alert,) = seen_by(counsellor(cast))
    assert (alert.level, alert.rule, alert.state) == ("red", "scl90_end_life_red", "raised")
    assert alert.student_id == cast.home.pupil.id
    assert alert.because[0]["detail"] == "作答：较重"
    assert alert.due_at > alert.raised_at


def test_the_counsellor_of_another_school_and_the_pupil_see_no_alert(cast, sheet):
    sheet.save(END_LIFE, 5)
    assert seen_by(counsellor(cast, cast.other)) == []
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        seen_by(sheet.by)
    assert len(seen_by(counsellor(cast))) == 1, "the control: it is there"


def test_a_harmless_answer_raises_nothing(cast, sheet):
    sheet.save(END_LIFE, 1)
    sheet.save(3, 5)
    assert seen_by(counsellor(cast)) == []


def test_the_same_answer_again_raises_nothing_new_and_a_worse_one_raises_the_worse_level(cast, sheet):
    sheet.save(END_LIFE, 2)
    sheet.save(END_LIFE, 2)
    assert [alert.level for alert in seen_by(counsellor(cast))] == ["orange"]
    sheet.save(END_LIFE, 5)
    assert sorted(alert.level for alert in seen_by(counsellor(cast))) == ["orange", "red"]


def test_an_alert_stays_when_the_pupil_takes_the_answer_back(cast, sheet):
    sheet.save(END_LIFE, 4)
    sheet.save(END_LIFE, 1)
    assert len(seen_by(counsellor(cast))) == 1


def test_handing_in_judges_the_whole_sheet_and_repeats_nothing(cast, sheet):
    sheet.answer_everything(4)
    at_once = {alert.rule for alert in seen_by(counsellor(cast))}
    sheet.hand_in()
    rules = [alert.rule for alert in seen_by(counsellor(cast))]
    assert "scl90_low_mood_orange" in rules
    assert "scl90_low_mood_orange" not in at_once
    assert len(rules) == len(set(rules))


def test_an_alert_writes_its_line_into_the_file_and_into_the_trail(cast, sheet):
    sheet.save(END_LIFE, 4)
    (alert,) = seen_by(counsellor(cast))
    (entry,) = [entry for entry in seen_by(counsellor(cast), Entry) if entry.kind == "alert"]
    assert (entry.source, entry.student_id) == (alert.id, alert.student_id)
    assert entry.content["level"] == "red"
    with entered(counsellor(cast)):
        trail = AuditEntry.objects.get(action="alert.raise")
    assert (trail.subject_id, trail.student_id, trail.actor_kind) == (str(alert.id), alert.student_id, "system")
    assert "作答" not in str(trail.detail)


def test_when_the_alert_cannot_be_stored_the_answer_is_not_stored_either(cast, sheet, monkeypatch):
    def broken(event, cursor):
        subscribers.on_answer_saved(event, cursor)
        raise RuntimeError("the last step failed")

    monkeypatch.setitem(events._inside, AnswerSaved, [broken])
    with pytest.raises(RuntimeError), transaction.atomic():
        sheet.save(END_LIFE, 4)
    with entered(sheet.by):
        assert AnswerSheet.objects.get(sitting=sheet.sitting).answers[END_LIFE] is None
    assert seen_by(counsellor(cast)) == []


def test_a_pupil_s_scope_cannot_raise_an_alert_about_a_pupil_of_another_school(cast, sheet):
    other: Student = cast.other.pupil
    event = AnswerSaved(
        sitting=sheet.sitting.id,
        student=other.id,
        school=other.school_id,
        school_class=other.school_class_id,
        instrument="scl-90",
        version="1.0",
        item=END_LIFE,
        value=5,
        age=16,
        at=timezone.now(),
    )
    refused = pytest.raises(ProgrammingError, match="row-level security")
    with entered(sheet.by), refused, transaction.atomic(), connection.cursor() as cursor:
        subscribers.on_answer_saved(event, cursor)


def test_asking_for_a_talk_is_an_alert_of_its_own(cast, sheet):
    pupil = cast.home.pupil
    event = HelpRequested(
        sitting=sheet.sitting.id,
        student=pupil.id,
        school=pupil.school_id,
        school_class=pupil.school_class_id,
        instrument="scl-90",
        at=timezone.now(),
    )
    with entered(sheet.by), connection.cursor() as cursor:
        subscribers.on_help_requested(event, cursor)
    (alert,) = seen_by(counsellor(cast))
    assert (alert.rule, alert.level) == ("help_requested", "red")


def test_several_worrying_answers_are_several_alerts_of_one_sheet(cast, sheet):
    sheet.save(END_LIFE, 3)
    sheet.save(DEATH, 4)
    assert {alert.sitting_id for alert in seen_by(counsellor(cast))} == {sheet.sitting.id}
    assert len(seen_by(counsellor(cast))) == 2


def test_alerts_listens_to_every_fact_that_screening_announces_about_answers():
    for kind, handler in (
        (AnswerSaved, subscribers.on_answer_saved),
        (AnswerSheetScored, subscribers.on_answer_sheet_scored),
        (HelpRequested, subscribers.on_help_requested),
    ):
        assert events._inside[kind].count(handler) == 1
