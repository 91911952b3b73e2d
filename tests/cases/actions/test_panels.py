"""The panel: people decide, a second person approves, and only then is there a level."""

import pytest
from django.db import connection
from django.utils import timezone

from qingyan.cases.actions import panels
from qingyan.cases.actions.sealing import NotYet
from qingyan.cases.models import Case, Interview, Panel, PanelMember, ToDo
from qingyan.cases.queries import packs
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.foundation.pure.workflow import NotAllowed
from tests.alerts.setting import alerted
from tests.cases.setting import (
    colleague,
    convened,
    counsellor,
    decided,
    held_panel,
    in_care,
    interviewed,
    leader,
    minutes,
)

ALL = tuple(one.code for one in packs.current().closing)


def kinds(cast) -> set[str]:
    with entered(counsellor(cast)):
        return set(ToDo.objects.filter(done_at__isnull=True, dropped_at__isnull=True).values_list("kind", flat=True))


def done(cast) -> None:
    with entered(counsellor(cast)):
        rows = ToDo.objects.filter(done_at__isnull=True, dropped_at__isnull=True).exclude(kind="follow_up")
        rows.update(done_at=timezone.now())


def test_there_is_no_level_before_the_leader_has_agreed(cast):
    case = interviewed(cast)
    panel = held_panel(cast, case, "yellow")
    assert (panel.state, panel.case.state, panel.case.level) == ("held", "panel", "")
    by = leader(cast)
    with entered(by):
        panels.approve(panel=panel, note="同意", by=by, now=timezone.now())
        stored = Case.objects.get()
    assert (stored.state, stored.level, stored.crisis) == ("care", "yellow", False)


def test_whoever_carries_the_case_does_not_approve_and_nor_does_a_colleague(cast):
    panel = held_panel(cast, interviewed(cast), "yellow")
    for by in (counsellor(cast), colleague(cast), cast.actor(cast.other.principal, cast.other)):
        with entered(by), pytest.raises(NotVisible):
            panels.approve(panel=panel, note="", by=by, now=timezone.now())
    with entered(cast.platform()):
        assert Case.objects.get().level == ""


def test_a_level_asks_for_its_talks_reports_plan_contact_and_follow_ups(cast):
    in_care(cast, "red")
    assert kinds(cast) == {"guardian_talk", "first_report", "written_report", "plan", "contact", "follow_up"}


def test_a_new_level_begins_the_calendar_anew_and_loses_no_day_of_it(cast):
    case = in_care(cast, "yellow")
    with entered(counsellor(cast)):
        before = set(ToDo.objects.filter(kind="follow_up").values_list("due_at", flat=True))
    decided(cast, case, "orange")
    with entered(counsellor(cast)):
        rows = ToDo.objects.filter(kind="follow_up", dropped_at__isnull=True)
        assert set(rows.values_list("due_at", flat=True)) == before
        assert len(before) >= 3
        assert ToDo.objects.filter(kind="contact", done_at__isnull=True, dropped_at__isnull=True).count() == 1


def test_the_control_a_calm_level_asks_for_less(cast):
    in_care(cast, "blue")
    assert kinds(cast) == {"plan", "contact", "follow_up"}


def test_what_the_interview_asked_for_is_not_asked_twice(cast):
    decided(cast, interviewed(cast, proposed_level="red"), "orange")
    with entered(counsellor(cast)):
        assert ToDo.objects.filter(kind="first_report").count() == 1


def test_a_leader_who_sends_it_back_says_why_and_the_panel_meets_again(cast):
    case = interviewed(cast)
    panel, by = held_panel(cast, case, "yellow"), leader(cast)
    with entered(by):
        with pytest.raises(NotAllowed):
            panels.send_back(panel=panel, reason=" ", by=by, now=timezone.now())
        panel.refresh_from_db()
        panels.send_back(panel=panel, reason="请班主任到会", by=by, now=timezone.now())
    assert panel.case.state == "panel"
    assert decided(cast, case, "orange").level == "orange"


def test_a_meeting_that_has_not_decided_is_not_stored_as_held(cast):
    panel, by = convened(cast, interviewed(cast)), counsellor(cast)
    with entered(by):
        held = minutes(panel, "yellow")
        with pytest.raises(NotYet):
            panels.hold(panel=panel, held=panels.Held({}, "yellow", "", (), held.minutes), by=by, now=timezone.now())
        assert Panel.objects.get().state == "convened"
        assert not PanelMember.objects.filter(attended=True).exists()


def test_brief_and_minutes_are_sealed_and_a_leader_reads_them_but_no_interview(cast):
    held_panel(cast, interviewed(cast), "yellow")
    with entered(leader(cast)), connection.cursor() as cursor:
        assert Panel.objects.get().minutes == "大家意见一致"
        assert not Interview.objects.exists()
        cursor.execute("SELECT brief, minutes FROM cases_panel")
        stored = b"".join(bytes(one) for one in cursor.fetchone())
    assert "大家意见一致".encode() not in stored
    assert "睡得不好".encode() not in stored


def test_a_crisis_does_not_go_into_the_quiet_watch(cast):
    case = in_care(cast, "red")
    done(cast)
    with pytest.raises(NotYet) as refusal:
        held_panel(cast, case, "watch", level="red", criteria=ALL)
    assert refusal.value.faults == ["crisis"]


def test_a_lowered_case_with_every_criterion_met_may_watch(cast):
    case = in_care(cast, "yellow")
    done(cast)
    case = decided(cast, case, "watch", level="blue", criteria=ALL)
    assert (case.state, case.level, case.crisis) == ("quiet_watch", "blue", False)
    assert kinds(cast) == {"follow_up"}


@pytest.mark.parametrize(("criteria", "level", "fault"), [(ALL[1:], "blue", "criteria_open"), (ALL, "", "no_level")])
def test_the_watch_asks_for_all_criteria_and_a_level(cast, criteria, level, fault):
    case = in_care(cast, "yellow")
    done(cast)
    with pytest.raises(NotYet) as refusal:
        held_panel(cast, case, "watch", level=level, criteria=criteria)
    assert refusal.value.faults == [fault]


def test_an_alert_between_meeting_and_approval_stops_the_watch(cast):
    case = in_care(cast, "yellow")
    done(cast)
    panel = held_panel(cast, case, "watch", level="blue", criteria=ALL)
    alerted(cast)
    by = leader(cast)
    with entered(by), pytest.raises(NotYet) as refusal:
        panels.approve(panel=panel, note="", by=by, now=timezone.now())
    assert refusal.value.faults == ["alert_open"]


def test_again_sends_the_case_back_to_the_interview(cast):
    assert decided(cast, interviewed(cast), "again").state == "interview_due"


def test_only_one_meeting_stands_open_and_only_the_owner_calls_it(cast):
    case = interviewed(cast)
    convened(cast, case)
    with pytest.raises(NotAllowed):
        convened(cast, case)
    for by in (colleague(cast), leader(cast)):
        with entered(by), pytest.raises(NotVisible):
            panels.convene(case=case, invitation=None, by=by, now=timezone.now())
