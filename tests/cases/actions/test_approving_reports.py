"""The leader's word on the first written report: the report goes up without it, and the word stands beside it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from qingyan.cases.actions.approving_reports import LeadersWord, NoWords, answer_first_report
from qingyan.cases.actions.reporting import NamesSomebody
from qingyan.cases.actions.sweeping_crises import sweep_school
from qingyan.cases.models import CrisisThread, ThreadEntry
from qingyan.cases.queries.leader import waiting_count
from qingyan.cases.rules.crisis import APPROVED, OBJECTED
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.notifications.models import Notification
from tests.cases.crisis_setting import district, reported, told
from tests.cases.setting import counsellor

YES = LeadersWord(agrees=True)


def leader(cast):
    return cast.actor(cast.home.principal, cast.home)


def answered(cast, case, word=YES, *, now=None) -> ThreadEntry:
    by = leader(cast)
    with entered(by):
        return answer_first_report(case=case, word=word, by=by, now=now or timezone.now())


def test_the_report_is_with_the_district_at_once_and_the_leader_has_a_day(cast):
    now = timezone.now()
    case, thread = told(cast, now=now)
    with entered(leader(cast)):
        before = waiting_count(leader(cast))
    first = reported(cast, case, "first", now=now)
    with entered(district(cast)):
        seen = ThreadEntry.objects.get(id=first.id)
        assert CrisisThread.objects.get(id=thread.id).approval_due_at == now + timedelta(hours=24)
    assert seen.kind == "first"
    with entered(leader(cast)):
        assert waiting_count(leader(cast)) == before + 1
    assert Notification.objects.filter(account=cast.home.principal, kind="attention").exists()


@pytest.mark.parametrize(("agrees", "kind"), [(True, APPROVED), (False, OBJECTED)])
def test_the_word_is_an_entry_that_the_district_reads_and_is_given_once(cast, agrees, kind):
    case, thread = told(cast)
    reported(cast, case, "first")
    entry = answered(cast, case, LeadersWord(agrees, "请补充陪同人员。"))
    assert entry.kind == kind
    with entered(district(cast)):
        assert "请补充陪同人员" in ThreadEntry.objects.get(id=entry.id).content
        assert CrisisThread.objects.get(id=thread.id).approval_due_at is None
    with entered(cast.platform()):
        assert AuditEntry.objects.get(action="case.report_answered").actor_id == cast.home.principal.id
    with pytest.raises(NotAllowed):
        answered(cast, case)


def test_an_objection_says_why_and_names_nobody(cast):
    case, _ = told(cast)
    reported(cast, case, "first")
    with pytest.raises(NoWords):
        answered(cast, case, LeadersWord(agrees=False, said="  "))
    with pytest.raises(NamesSomebody):
        answered(cast, case, LeadersWord(agrees=False, said=f"{cast.home.pupil.name} 写错了"))


def test_nothing_is_asked_before_the_written_report_nor_of_anybody_else(cast):
    case, _ = told(cast)
    with pytest.raises(NotAllowed):
        answered(cast, case)
    reported(cast, case, "first")
    by = counsellor(cast)
    with entered(by), pytest.raises(NotVisible):
        answer_first_report(case=case, word=YES, by=by, now=timezone.now())


def test_later_reports_ask_for_no_word(cast):
    case, thread = told(cast)
    reported(cast, case, "first")
    answered(cast, case)
    reported(cast, case, "continued")
    with entered(leader(cast)):
        assert CrisisThread.objects.get(id=thread.id).approval_due_at is None


def test_a_word_that_is_late_is_told_once_to_the_school_and_above(cast):
    now = timezone.now()
    case, thread = told(cast, now=now)
    reported(cast, case, "first", now=now)
    keeper = cast.platform()
    path = f"/oversight/threads/{thread.id}/"
    with entered(keeper):
        sweep_school(by=keeper, now=now + timedelta(hours=23))
        early = Notification.objects.filter(path=path, kind="overdue").count()
        for _ in range(2):
            sweep_school(by=keeper, now=now + timedelta(hours=24, minutes=1))
        assert AuditEntry.objects.filter(action="thread.approval_late").count() == 1
    assert early == 0
    assert Notification.objects.filter(path=path, kind="overdue", account=cast.district_lead).exists()
