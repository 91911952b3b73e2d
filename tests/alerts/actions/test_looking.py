"""Every look at an alert or at answers is in the trail before it is shown; strangers see nothing and leave nothing."""

import pytest
from django.utils import timezone

from qingyan.alerts.actions.looking import PURPOSES, look_at_queue, open_alert, open_answers
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from tests.alerts.setting import alerted, counsellor


def looks(cast, action: str) -> list[AuditEntry]:
    with entered(cast.platform()):
        return list(AuditEntry.objects.filter(action=action))


def test_opening_an_alert_is_recorded_about_its_pupil(cast):
    alert, by = alerted(cast), counsellor(cast)
    with entered(by):
        assert open_alert(alert_id=alert.id, by=by, now=timezone.now()).student.name == cast.home.pupil.name
    (look,) = looks(cast, "alert.read")
    assert (look.actor_id, look.student_id, look.subject_id) == (by.id, alert.student_id, str(alert.id))


def test_answers_are_opened_for_a_purpose_that_stays_in_the_trail(cast):
    alert, by = alerted(cast), counsellor(cast)
    with entered(by):
        sheet = open_answers(sitting_id=alert.sitting_id, purpose="interview", by=by, now=timezone.now())
    assert [item.answer for item in sheet.items if item.number == 15] == ["较重"]
    assert sum(bool(item.answer) for item in sheet.items) == 1
    (look,) = looks(cast, "answers.read")
    assert (look.purpose, look.student_id) == (PURPOSES["interview"], alert.student_id)


def test_an_invented_purpose_opens_nothing(cast):
    alert, by = alerted(cast), counsellor(cast)
    with entered(by), pytest.raises(KeyError):
        open_answers(sitting_id=alert.sitting_id, purpose="curiosity", by=by, now=timezone.now())
    assert looks(cast, "answers.read") == []


@pytest.mark.parametrize("who", ["homeroom_teacher", "principal", "school_admin", "invigilator"])
def test_colleagues_open_neither_alerts_nor_answers(cast, who):
    alert = alerted(cast)
    by = cast.actor(getattr(cast.home, who), cast.home)
    with entered(by):
        with pytest.raises(NotVisible):
            open_alert(alert_id=alert.id, by=by, now=timezone.now())
        with pytest.raises(NotVisible):
            open_answers(sitting_id=alert.sitting_id, purpose="risk", by=by, now=timezone.now())
        with pytest.raises(NotVisible):
            look_at_queue(shown=1, by=by, now=timezone.now())


def test_for_the_counsellor_of_another_school_there_is_nothing_to_open(cast):
    alerted(cast, cast.other)
    alert, stranger = alerted(cast), counsellor(cast, cast.other)
    with entered(stranger):
        with pytest.raises(NotVisible):
            open_alert(alert_id=alert.id, by=stranger, now=timezone.now())
        with pytest.raises(NotVisible):
            open_answers(sitting_id=alert.sitting_id, purpose="risk", by=stranger, now=timezone.now())
    assert looks(cast, "alert.read") == []


def test_the_queue_leaves_a_line_with_how_much_it_showed(cast):
    by = counsellor(cast)
    with entered(by):
        look_at_queue(shown=7, by=by, now=timezone.now())
    (look,) = looks(cast, "alert.queue")
    assert (look.detail, look.student_id) == ({"shown": 7}, None)
