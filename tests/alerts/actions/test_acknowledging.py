"""Taking charge of an alert: who may, from which state, and what it leaves behind."""

import pytest
from django.db import connection
from django.utils import timezone

from qingyan.alerts.actions.acknowledging import acknowledge, acknowledge_with_others, locked
from qingyan.alerts.events import AlertAcknowledged
from qingyan.alerts.models import Alert
from qingyan.archives.models import Entry
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from qingyan.foundation.pure.workflow import NotAllowed
from tests.alerts.setting import DEATH, END_LIFE, Answering, alerted, counsellor
from tests.screening.setting import school_round

NOTE = "第三节课后见面"


def test_a_named_person_takes_charge_and_it_stands_in_the_alert_the_file_and_the_trail(cast):
    alert, by, now = alerted(cast), counsellor(cast), timezone.now()
    with entered(by):
        acknowledge(alert=locked(by, alert.id), by=by, note=NOTE, now=now)
        stored = Alert.objects.get(id=alert.id)
        entry = Entry.objects.get(kind="acknowledgement")
        trail = AuditEntry.objects.get(action="alert.acknowledge")
    assert (stored.state, stored.acknowledged_by_id, stored.acknowledged_at) == ("acknowledged", by.id, now)
    assert stored.note == NOTE
    assert (entry.source, entry.student_id) == (alert.id, alert.student_id)
    assert (trail.actor_id, trail.student_id, trail.detail["to"]) == (by.id, alert.student_id, "acknowledged")
    assert NOTE not in str(trail.detail) + str(entry.content), "free text stays in its sealed field"


def test_the_note_is_sealed_in_the_database(cast):
    alert, by = alerted(cast), counsellor(cast)
    with entered(by), connection.cursor() as cursor:
        acknowledge(alert=locked(by, alert.id), by=by, note=NOTE, now=timezone.now())
        cursor.execute("SELECT note FROM alerts_alert WHERE id = %s", [alert.id])
        (stored,) = cursor.fetchone()
    assert stored
    assert NOTE.encode() not in bytes(stored)


def test_nobody_can_take_what_somebody_has_taken(cast):
    alert, by = alerted(cast), counsellor(cast)
    with entered(by):
        acknowledge(alert=locked(by, alert.id), by=by, note="", now=timezone.now())
        with pytest.raises(NotAllowed):
            acknowledge(alert=locked(by, alert.id), by=by, note="", now=timezone.now())
        assert AuditEntry.objects.filter(action="alert.acknowledge").count() == 1


@pytest.mark.parametrize("who", ["homeroom_teacher", "principal", "school_admin", "invigilator"])
def test_colleagues_without_the_duty_may_not_acknowledge(cast, who):
    alert = alerted(cast)
    by = cast.actor(getattr(cast.home, who), cast.home)
    with entered(by), pytest.raises(NotVisible):
        acknowledge(alert=alert, by=by, note="", now=timezone.now())
    with entered(cast.platform()):
        assert Alert.objects.get(id=alert.id).state == "raised"


def test_for_the_counsellor_of_another_school_the_alert_does_not_exist(cast):
    alert, stranger = alerted(cast), counsellor(cast, cast.other)
    with entered(stranger), pytest.raises(NotVisible):
        locked(stranger, alert.id)
    with entered(stranger), pytest.raises(NotVisible):
        acknowledge(alert=alert, by=stranger, note="", now=timezone.now())


def test_one_talk_answers_all_alerts_of_a_sheet_and_none_of_another(cast):
    campaign = school_round(cast, "scl-90")
    sheet = Answering(cast.home.pupil, campaign)
    sheet.save(END_LIFE, 4)
    sheet.save(DEATH, 5)
    other = alerted(cast, pupil=cast.home.pupils_a[1])
    by = counsellor(cast)
    with entered(by):
        one = Alert.objects.filter(sitting=sheet.sitting).first()
        count = acknowledge_with_others(alert=locked(by, one.id), by=by, note="", now=timezone.now())
        states = dict(Alert.objects.values_list("id", "state"))
    assert count == 2
    assert states.pop(other.id) == "raised"
    assert set(states.values()) == {"acknowledged"}


def test_higher_domains_hear_of_it_by_identifiers_only(cast, monkeypatch):
    published = []
    monkeypatch.setattr("qingyan.alerts.actions.acknowledging.publish", lambda event, by: published.append(event))
    alert, by = alerted(cast), counsellor(cast)
    with entered(by):
        acknowledge(alert=locked(by, alert.id), by=by, note=NOTE, now=timezone.now())
    assert published == [AlertAcknowledged(alert.id, alert.school_id, alert.student_id, by.id)]
