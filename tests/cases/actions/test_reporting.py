"""A crisis is told upwards: by mouth, in writing, each day, and for the last time when it is none any more."""

from datetime import timedelta

import pytest
from django.utils import timezone

from qingyan.cases.actions.reporting import NamesSomebody, Oral, Unfit, Written, report_orally, write_report
from qingyan.cases.models import Case, CrisisThread, ThreadEntry, ToDo
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.notifications.models import Notification
from tests.cases.crisis_setting import PARTS, WRITTEN, reported, told
from tests.cases.setting import colleague, counsellor, interviewed, opened


def waiting(cast, case) -> list[ToDo]:
    with entered(counsellor(cast)):
        return list(
            ToDo.objects.filter(case=case, kind="written_report", done_at__isnull=True, dropped_at__isnull=True)
        )


def test_the_call_begins_the_thread_and_the_written_report_is_due_within_a_day(cast):
    now = timezone.now()
    case, thread = told(cast, now=now)
    assert thread.state == "announced"
    assert thread.due_at == now + timedelta(hours=24)
    assert [one.due_at for one in waiting(cast, case)] == [thread.due_at]
    with entered(counsellor(cast)):
        assert AuditEntry.objects.filter(action="case.crisis_reported").count() == 1


def test_the_clock_is_the_talks_when_the_call_comes_late(cast):
    then = timezone.now() - timedelta(hours=3)
    case, by = interviewed(cast, now=then, proposed_level="red"), counsellor(cast)
    now = timezone.now()
    with entered(by):
        thread = report_orally(case=case, oral=Oral(now, "区里", "有危险"), by=by, now=now)
        entry = ThreadEntry.objects.get(thread=thread)
    assert entry.due_at == then + timedelta(hours=2)
    assert entry.at > entry.due_at, "late, and shown as late"
    assert thread.due_at == then + timedelta(hours=24)


def test_the_officers_get_a_neutral_notice_and_the_school_of_another_district_none(cast):
    _, thread = told(cast)
    rows = Notification.objects.filter(path=f"/oversight/threads/{thread.id}/")
    assert {row.account_id for row in rows} == {cast.district_lead.id, cast.city_officer.id}
    assert {row.kind for row in rows} == {"attention_now"}
    assert cast.home.pupil.name not in str(list(rows.values()))


def test_reports_follow_each_other_and_each_sets_the_next_deadline(cast):
    now = timezone.now()
    case, thread = told(cast, now=now)
    first = reported(cast, case, "first", now=now + timedelta(hours=1))
    assert first.due_at == thread.due_at
    with entered(counsellor(cast)):
        thread.refresh_from_db()
    assert thread.state == "running"
    assert thread.due_at > now
    assert len(waiting(cast, case)) == 1
    reported(cast, case, "continued", now=now + timedelta(hours=20))
    assert len(waiting(cast, case)) == 1, "done, and the next one set"


def test_a_crisis_has_no_final_report_and_what_is_none_any_more_has(cast):
    case, thread = told(cast)
    reported(cast, case, "first")
    with pytest.raises(NotAllowed):
        reported(cast, case, "final")
    with entered(counsellor(cast)):
        Case.objects.filter(id=case.id).update(crisis=False, level="yellow")
    reported(cast, case, "final")
    with entered(counsellor(cast)):
        thread.refresh_from_db()
    assert (thread.state, thread.due_at) == ("ended", None)
    assert waiting(cast, case) == []


def test_a_name_in_any_part_is_refused_and_nothing_is_kept(cast):
    case, thread = told(cast)
    for part in PARTS:
        with pytest.raises(NamesSomebody):
            reported(cast, case, "first", written=Written("accompanied", PARTS | {part: f"{cast.home.pupil.name}在家"}))
    with entered(counsellor(cast)):
        assert ThreadEntry.objects.filter(thread=thread).count() == 1
    reported(cast, case, "first")


@pytest.mark.parametrize("written", [Written("nowhere", PARTS), Written("accompanied", {"facts": "x"})])
def test_a_gap_is_refused(cast, written):
    case, _ = told(cast)
    with pytest.raises(Unfit):
        reported(cast, case, "first", written=written)


def test_only_a_crisis_is_told_and_only_once_and_only_by_who_carries_it(cast):
    case, _ = told(cast)
    other = colleague(cast)
    with entered(other), pytest.raises(NotVisible):
        write_report(case=case, kind="first", written=WRITTEN, by=other, now=timezone.now())
    with entered(counsellor(cast)):
        assert CrisisThread.objects.count() == 1


def test_a_calm_case_is_not_told(cast):
    case, by = opened(cast), counsellor(cast)
    with entered(by), pytest.raises(NotAllowed):
        report_orally(case=case, oral=Oral(timezone.now(), "区里", "x"), by=by, now=timezone.now())
