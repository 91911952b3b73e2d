"""Telling: in the caller's transaction, once an occasion, from any scope, and never a word."""

import pytest
from django.db import connection, transaction

from qingyan.foundation.access.scope import current, entered
from qingyan.foundation.audit.models import AuditEntry
from qingyan.notifications.api import NotOpaque, UnknownKind, notify
from qingyan.notifications.models import Notification
from tests.notifications.setting import NOON, PATH, told


def jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'notifications.deliver'")
        return cursor.fetchone()[0]


def test_a_pupil_s_deed_tells_staff_and_defers_one_job(cast):
    told(cast, cast.home.counsellor, cast.home.principal)
    notices = Notification.objects.all()
    assert {one.account_id for one in notices} == {cast.home.counsellor.id, cast.home.principal.id}
    assert {(one.path, one.school_id) for one in notices} == {(PATH, cast.home.school.id)}
    assert jobs() == 1


def test_the_scope_of_the_caller_is_the_same_afterwards(cast):
    pupil = cast.pupil_actor()
    with entered(pupil) as mine:
        notify(to=[cast.home.counsellor.id], kind="attention", path=PATH, by=pupil, now=NOON)
        assert current() == mine
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user, scope.student()")
            assert cursor.fetchone() == ("qingyan_narrow", pupil.student_id)


def test_what_is_rolled_back_was_never_told(cast):
    with transaction.atomic():
        told(cast, cast.home.counsellor)
        transaction.set_rollback(True)
    assert (Notification.objects.count(), jobs()) == (0, 0)


def test_the_same_occasion_reaches_a_person_once(cast):
    first = told(cast, cast.home.counsellor, key="alert:1")
    again = told(cast, cast.home.counsellor, cast.home.principal, key="alert:1")
    assert first == again
    assert Notification.objects.count() == 2
    told(cast, cast.home.counsellor, key="alert:2")
    told(cast, cast.home.counsellor, key="alert:1", kind="overdue")
    assert Notification.objects.filter(account=cast.home.counsellor).count() == 3


def test_nobody_to_tell_is_no_error_and_leaves_nothing(cast):
    told(cast)
    assert (Notification.objects.count(), jobs()) == (0, 0)


def test_a_word_cannot_be_passed(cast):
    with pytest.raises(UnknownKind):
        told(cast, cast.home.counsellor, kind="陈雨桐需要帮助")
    with pytest.raises(NotOpaque):
        notify(to=[cast.home.counsellor.id], kind="attention", path="/s/陈雨桐/", by=cast.platform(), now=NOON)
    assert Notification.objects.count() == 0


def test_telling_leaves_its_line_in_the_trail(cast):
    told(cast, cast.home.counsellor)
    with entered(cast.platform()):
        line = AuditEntry.objects.get(action="notification.made")
    assert line.detail == {"kind": "attention", "count": 1}
