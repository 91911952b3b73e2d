"""A talk is written down: appended, sealed, and the clocks of a crisis begin without waiting for a meeting."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from qingyan.cases.actions.interviewing import Unfit, record_interview
from qingyan.cases.actions.todos import drop_all
from qingyan.cases.models import Interview, ToDo
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from tests.cases.setting import NOTHING_FOUND, WORDS, colleague, counsellor, interviewed, leader, opened, talk

SUSPECTED = NOTHING_FOUND | {"many_injuries": "suspected"}


def todos(cast) -> dict[str, object]:
    with entered(counsellor(cast)):
        return dict(ToDo.objects.filter(dropped_at__isnull=True).values_list("kind", "due_at"))


def test_a_talk_leads_to_the_panel_and_sets_no_level(cast):
    case = interviewed(cast, proposed_level="yellow")
    assert (case.state, case.level) == ("interviewed", "")
    with entered(counsellor(cast)):
        row = Interview.objects.get()
        assert (row.number, row.version, row.proposed_level) == (1, 1, "yellow")
        assert WORDS in row.content
        trail = AuditEntry.objects.get(action="case.interview_recorded")
    assert WORDS not in str(trail.detail)


def test_a_correction_is_a_new_version_and_the_old_one_stays(cast):
    case, by = interviewed(cast), counsellor(cast)
    with entered(by):
        record_interview(case=case, talk=talk(corrects=1, why="补充：周末问过家里"), by=by, now=timezone.now())
        record_interview(case=case, talk=talk(), by=by, now=timezone.now())
        found = list(Interview.objects.order_by("number", "version").values_list("number", "version"))
        assert found == [(1, 1), (1, 2), (2, 1)]
        with pytest.raises(Exception, match="permission denied"), transaction.atomic():
            Interview.objects.update(proposed_level="blue")


def test_the_words_are_sealed_in_the_database(cast):
    interviewed(cast)
    with entered(counsellor(cast)), connection.cursor() as cursor:
        cursor.execute("SELECT content FROM cases_interview")
        (stored,) = cursor.fetchone()
    assert WORDS.encode() not in bytes(stored)


def test_a_grave_proposal_starts_its_clocks_at_once_and_hastens_the_panel(cast):
    now = timezone.now()
    calm = interviewed(cast, now=now)
    by = counsellor(cast)
    before = calm.due_at
    with entered(by):
        record_interview(case=calm, talk=talk(now, proposed_level="red"), by=by, now=now)
    found = todos(cast)
    assert set(found) == {"first_report", "written_report", "guardian_talk"}
    assert found["first_report"] == now + timedelta(hours=2)
    assert calm.due_at < before
    assert calm.next_due_at == found["first_report"]
    assert calm.level == "", "a proposal is no level"


def test_the_control_a_calm_proposal_starts_none(cast):
    interviewed(cast)
    assert todos(cast) == {}


def test_a_suspicion_asks_for_the_mandatory_report_and_a_guardian_under_suspicion_is_not_called(cast):
    case = interviewed(cast, situations=SUSPECTED, guardian_suspected=True, proposed_level="red")
    assert set(todos(cast)) == {"mandatory_report", "first_report", "written_report"}
    assert case.guardian_withheld


def test_a_suspicion_that_comes_later_takes_the_talk_with_the_guardian_away(cast):
    case, by = interviewed(cast, proposed_level="red"), counsellor(cast)
    assert "guardian_talk" in todos(cast)
    with entered(by):
        record_interview(case=case, talk=talk(guardian_suspected=True), by=by, now=timezone.now())
    assert "guardian_talk" not in todos(cast)


@pytest.mark.parametrize(
    "change",
    [
        {"answers": {"thoughts": "none"}},
        {"situations": {}},
        {"proposed_level": "purple"},
        {"why": " "},
        {"corrects": 7},
        {"at": timezone.now() + timedelta(days=1)},
    ],
    ids=["safety not asked", "nine not asked", "unknown level", "no reason", "no such talk", "in the future"],
)
def test_what_is_missing_is_refused_and_nothing_is_stored(cast, change):
    case, by = opened(cast), counsellor(cast)
    with entered(by):
        with pytest.raises(Unfit):
            record_interview(case=case, talk=talk(**change), by=by, now=timezone.now())
        assert not Interview.objects.exists()
        assert case.state == "interview_due"


def test_nobody_else_writes_or_reads_it(cast):
    case = interviewed(cast)
    for by in (leader(cast), colleague(cast), counsellor(cast, cast.other)):
        with entered(by), pytest.raises(NotVisible):
            record_interview(case=case, talk=talk(), by=by, now=timezone.now())
    with entered(leader(cast)):
        assert not Interview.objects.exists()
    with entered(counsellor(cast)):
        assert Interview.objects.exists(), "the control"


def test_a_duty_to_report_is_not_dropped_beside_others(cast):
    case, by = interviewed(cast, situations=SUSPECTED, proposed_level="red"), counsellor(cast)
    with entered(by):
        drop_all(case=case, by=by, now=timezone.now(), kinds=["guardian_talk", "first_report"])
    assert set(todos(cast)) == {"mandatory_report", "written_report"}
