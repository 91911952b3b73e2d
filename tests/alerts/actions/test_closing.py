"""Closing: by reason and in words, by two for a critical one; what was false is sealed and leaves list and file."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from qingyan.alerts.actions.acknowledging import acknowledge, locked
from qingyan.alerts.actions.closing import Closing, close, confirm, send_back
from qingyan.alerts.actions.looking import open_alert
from qingyan.alerts.actions.refusing import Refused
from qingyan.alerts.models import Alert
from qingyan.alerts.queries.queue import QueueFilter, alerts_of_pupil, queue
from qingyan.alerts.rules.closing import Reason
from qingyan.archives import api as archives
from qingyan.archives.models import Entry
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from qingyan.foundation.pure.workflow import NotAllowed
from tests.alerts.duty_setting import colleague
from tests.alerts.setting import alerted, counsellor

WHY = "第三节课后谈过"


def in_hand(cast, by, *, value=2) -> Alert:
    alert = alerted(cast, value=value)
    with entered(by):
        return acknowledge(alert=locked(by, alert.id), by=by, note="", now=timezone.now())


def closed(alert, by, reason=Reason.NO_NEED, note=WHY, twin=None) -> Alert:
    with entered(by):
        held = locked(by, alert.id)
        return close(alert=held, closing=Closing(reason, note, twin), by=by, now=timezone.now())


def test_no_need_is_dismissed_with_its_reason_sealed_and_stays_in_the_file(cast):
    by = counsellor(cast)
    alert = closed(in_hand(cast, by), by)
    assert (alert.state, alert.close_reason, alert.closed_by_id) == ("dismissed", "no_need", by.id)
    with entered(by):
        assert Alert.objects.get(id=alert.id).close_note == WHY
        assert {entry.kind for entry in archives.entries_of(by, alert.student_id)} >= {"alert", "acknowledgement"}
        trail = AuditEntry.objects.get(action="alert.close")
    assert WHY not in str(trail.detail)


def test_what_was_false_is_sealed_it_leaves_every_list_and_the_file_and_nothing_is_deleted(cast):
    by = counsellor(cast)
    alert = closed(in_hand(cast, by), by, Reason.FALSE)
    assert alert.state == "sealed"
    with entered(by):
        assert list(queue(by, QueueFilter(state=""))) == []
        assert alerts_of_pupil(by, alert.student_id) == []
        assert archives.entries_of(by, alert.student_id) == []
        with pytest.raises(NotVisible):
            open_alert(alert_id=alert.id, by=by, now=timezone.now())
    with entered(cast.platform()):
        assert Alert.objects.filter(id=alert.id).count() == 1
        assert Entry.objects.filter(source=alert.id).count() == 2


def test_the_control_before_it_is_sealed_it_stands_in_list_and_file(cast):
    by = counsellor(cast)
    alert = in_hand(cast, by)
    with entered(by):
        assert len(list(queue(by, QueueFilter(state="")))) == 1
        assert len(archives.entries_of(by, alert.student_id)) == 2


def test_a_critical_one_waits_for_another_colleague_who_confirms(cast):
    by, second = counsellor(cast), cast.actor(colleague(cast.home, "second", "赵清"), cast.home)
    alert = closed(in_hand(cast, by, value=5), by, Reason.FALSE)
    assert alert.state == "review"
    with entered(by), pytest.raises(Refused) as refused:
        confirm(alert=locked(by, alert.id), by=by, now=timezone.now())
    assert refused.value.code == "second_reader_is_another"
    with entered(second):
        done = confirm(alert=locked(second, alert.id), by=second, now=timezone.now())
    assert (done.state, done.second_reader_id, done.closed_by_id) == ("sealed", second.id, by.id)


def test_the_second_reader_may_return_it_and_nothing_is_closed(cast):
    by, second = counsellor(cast), cast.actor(colleague(cast.home, "second", "赵清"), cast.home)
    alert = closed(in_hand(cast, by, value=5), by)
    with entered(second):
        back = send_back(alert=locked(second, alert.id), by=second, now=timezone.now())
    assert (back.state, back.close_reason, back.closed_by_id, back.close_note) == ("acknowledged", "", None, None)


def test_the_database_refuses_a_critical_one_closed_by_one_person(cast):
    by = counsellor(cast)
    alert = in_hand(cast, by, value=5)
    with entered(by), pytest.raises(IntegrityError, match="red_is_not_closed_by_one"), transaction.atomic():
        Alert.objects.filter(id=alert.id).update(state="dismissed")


def test_a_duplicate_names_another_alert_of_the_same_pupil(cast):
    by = counsellor(cast)
    alert = in_hand(cast, by)
    strange = alerted(cast, pupil=cast.home.pupils_a[1])
    for twin in (None, alert.id, strange.id):
        with pytest.raises(Refused) as refused:
            closed(alert, by, Reason.DUPLICATE, twin=twin)
        assert refused.value.code == "twin_missing"


def test_without_words_and_before_somebody_took_it_nothing_is_closed(cast):
    by = counsellor(cast)
    with pytest.raises(Refused):
        closed(in_hand(cast, by), by, note="  ")
    waiting = alerted(cast, value=2, pupil=cast.home.pupils_a[1])
    with pytest.raises(NotAllowed):
        closed(waiting, by)


def test_another_school_and_other_colleagues_close_nothing(cast):
    alert = in_hand(cast, counsellor(cast))
    for by in (counsellor(cast, cast.other), cast.actor(cast.home.principal, cast.home)):
        with entered(by), pytest.raises(NotVisible):
            close(alert=alert, closing=Closing(Reason.NO_NEED, WHY), by=by, now=timezone.now())
