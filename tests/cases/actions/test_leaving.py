"""Leave in four steps, return in five: who may take which, by when, and an appeal that somebody else decides."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from qingyan.cases.actions import leaving
from qingyan.cases.actions.leaving import OnLeaveAlready, Word, take_step
from qingyan.cases.models import Case, Leave, LeaveStep, ToDo
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.roles import Role
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.notifications.models import Notification
from qingyan.people.models import Student
from tests.cases.setting import WORDS, colleague, counsellor, leader, opened
from tests.factories.city import _staff

SAID = Word(WORDS)


def second_leader(cast):
    account = _staff("qingshi.second.principal", "沈行", Role.PRINCIPAL, school=cast.home.school)
    return cast.actor(account, cast.home)


def found(cast, now=None) -> Leave:
    case, by = opened(cast, now=now), counsellor(cast)
    with entered(by):
        return leaving.find(case=case, note=WORDS, by=by, now=now or timezone.now())


def went(cast, leave, *verbs, by=None, now=None, word=SAID) -> Leave:
    who = by or counsellor(cast)
    with entered(who):
        row = leaving.held_leave(who, leave.id, leaving.permission_of(verbs[0]))
        for verb in verbs:
            take_step(leave=row, verb=verb, word=word, by=who, now=now or timezone.now())
        return row


def register(cast, state: str) -> None:
    """What the school office does in people's pages."""
    with entered(cast.platform()):
        Student.objects.filter(id=cast.home.pupil.id).update(state=state)


def away(cast, now=None) -> Leave:
    leave = found(cast, now)
    went(cast, leave, "assess", "talk", "apply", now=now)
    went(cast, leave, "grant", by=leader(cast), now=now)
    register(cast, "on_leave")
    return went(cast, leave, "begin", now=now)


def evaluated(cast, now=None) -> Leave:
    return went(cast, away(cast, now), "hand_in", "check", "evaluate", now=now)


def todos(cast, kind: str) -> list:
    with entered(counsellor(cast)):
        rows = ToDo.objects.filter(kind=kind, done_at__isnull=True, dropped_at__isnull=True)
        return list(rows.values_list("due_at", flat=True))


def test_four_steps_lead_to_leave_and_the_leader_is_asked_once(cast):
    leave = found(cast)
    went(cast, leave, "assess", "talk", "apply")
    with entered(cast.platform()):
        kinds = Notification.objects.filter(account_id=cast.home.principal.id).values_list("kind", flat=True)
        assert list(kinds) == ["decision_wanted"]
    row = went(cast, leave, "grant", by=leader(cast))
    assert row.state == "granted"
    with entered(cast.platform()):
        assert Notification.objects.filter(account_id=cast.home.school_admin.id, kind="task").count() == 1


def test_leave_begins_only_when_the_register_says_so(cast):
    leave = found(cast)
    went(cast, leave, "assess", "talk", "apply")
    went(cast, leave, "grant", by=leader(cast))
    with pytest.raises(NotAllowed):
        went(cast, leave, "begin")
    register(cast, "on_leave")
    assert went(cast, leave, "begin").state == "away", "the control"


def test_each_month_away_asks_for_a_contact(cast):
    now = timezone.now()
    leave = away(cast, now)
    assert todos(cast, "leave_contact") == [now + timedelta(days=30)]
    later = now + timedelta(days=29)
    went(cast, leave, "contact", now=later)
    assert todos(cast, "leave_contact") == [later + timedelta(days=30)]
    with pytest.raises(NotAllowed):
        went(cast, leave, "contact", word=Word(" "))


def test_a_return_is_decided_within_ten_working_days_of_the_hand_in(cast):
    now = timezone.now()
    leave = went(cast, away(cast, now), "hand_in", now=now)
    (due,) = todos(cast, "return_review")
    assert due - now <= timedelta(days=21)
    late = now + timedelta(days=6)
    row = went(cast, leave, "check", "evaluate", now=late)
    assert row.due_at == due, "a slow check leaves less for the rest"
    went(cast, leave, "admit", by=leader(cast), now=late)
    assert todos(cast, "return_review") == []


def test_an_appeal_is_decided_by_somebody_else(cast):
    leave, first = evaluated(cast), leader(cast)
    went(cast, leave, "not_yet", by=first)
    went(cast, leave, "appeal")
    with pytest.raises(NotVisible):
        went(cast, leave, "overturn", by=first)
    row = went(cast, leave, "overturn", by=second_leader(cast), word=Word("同意", "每周见一次心理教师"))
    assert (row.state, row.decided_by_id) == ("admitted", first.id)
    with entered(counsellor(cast)):
        assert "每周见一次" in LeaveStep.objects.get(verb="overturn").conditions


def test_the_database_refuses_one_person_for_both(cast):
    leave, first = evaluated(cast), leader(cast)
    went(cast, leave, "not_yet", by=first)
    refused = pytest.raises(Exception, match="an_appeal_is_decided_by_another")
    with entered(counsellor(cast)), refused, transaction.atomic():
        Leave.objects.filter(id=leave.id).update(appeal_decided_by=first.id)


def test_who_was_turned_down_may_hand_in_again_and_is_judged_anew(cast):
    leave = evaluated(cast)
    went(cast, leave, "not_yet", by=leader(cast))
    row = went(cast, leave, "hand_in")
    assert (row.state, row.decided_by_id) == ("handed_in", None)


def test_after_the_return_there_is_a_plan_and_support_until_it_ends(cast):
    leave = evaluated(cast)
    went(cast, leave, "admit", by=leader(cast))
    with pytest.raises(NotAllowed):
        went(cast, leave, "return")
    register(cast, "enrolled")
    with pytest.raises(NotAllowed):
        went(cast, leave, "return", word=Word(""))
    row = went(cast, leave, "return", "support", "finish")
    assert (row.state, row.due_at) == ("done", None)
    assert todos(cast, "leave_contact") == []


def test_the_case_goes_along_where_its_table_has_the_step(cast):
    leave, by = found(cast), counsellor(cast)
    with entered(by):
        Case.objects.filter(id=leave.case_id).update(state="care", level="yellow")
    went(cast, leave, "assess", "talk", "apply")
    went(cast, leave, "grant", by=leader(cast))
    register(cast, "on_leave")
    went(cast, leave, "begin")
    with entered(by):
        assert Case.objects.get(id=leave.case_id).state == "on_leave"


def test_one_leave_a_pupil(cast):
    leave, by = found(cast), counsellor(cast)
    with entered(by), pytest.raises(OnLeaveAlready):
        leaving.find(case=Case.objects.get(id=leave.case_id), note="x", by=by, now=timezone.now())


def test_each_sees_and_does_what_is_theirs(cast):
    leave = found(cast)
    for by in (colleague(cast), leader(cast), counsellor(cast, cast.other)):
        with pytest.raises(NotVisible):
            went(cast, leave, "assess", by=by)
    went(cast, leave, "assess", "talk", "apply")
    with pytest.raises(NotVisible):
        went(cast, leave, "grant", by=counsellor(cast))
    with entered(counsellor(cast, cast.other)):
        assert not Leave.objects.exists()
    with entered(leader(cast)):
        assert Leave.objects.exists(), "the control"


def test_the_history_is_never_changed_and_the_trail_has_no_word(cast):
    leave = found(cast)
    with entered(counsellor(cast)):
        assert LeaveStep.objects.get(leave_id=leave.id).note == WORDS
        with pytest.raises(Exception, match="permission denied"), transaction.atomic():
            LeaveStep.objects.update(verb="x")
        trail = AuditEntry.objects.filter(action__startswith="leave.")
        assert trail.exists()
        assert WORDS not in str([one.detail for one in trail])
