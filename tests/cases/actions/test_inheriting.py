"""Sealed papers find one successor: after a transfer, after an author left, with a handover; nobody else is let in."""

from datetime import timedelta

import pytest
from django.utils import timezone

from qingyan.cases.actions.carrying import hand_over
from qingyan.cases.actions.inheriting import open_sealed
from qingyan.cases.actions.mandating import Report, record_mandatory
from qingyan.cases.actions.noting import Held, note_counselling
from qingyan.cases.actions.offering import Offer, accept, offer
from qingyan.cases.models import Case, MandatoryRecord, ProcessNote
from qingyan.cases.queries import packs
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.people.actions import transfers
from qingyan.people.models import Post, Transfer
from tests.cases.setting import colleague, counsellor, opened

MEMORY = "只有我自己记得的话"


def written(cast, *, readers=()) -> Case:
    """A case with a process note and a mandatory report of the counsellor of the story."""
    case, by, now = opened(cast), counsellor(cast), timezone.now()
    with entered(by):
        held = Held(now - timedelta(hours=1), 40, "room", "小结", MEMORY)
        note_counselling(case=case, held=held, by=by, now=now)
        situation = packs.law().situations[0].code
        report = Report({situation}, "事实", "派出所", now, "1", guardian_suspected=False, readers=list(readers))
        record_mandatory(case=case, report=report, by=by, now=now)
    return case


def seen(by) -> tuple[int, int]:
    with entered(by):
        return ProcessNote.objects.count(), MandatoryRecord.objects.count()


def moved(cast) -> None:
    ours, theirs = cast.actor(cast.home.school_admin, cast.home), cast.actor(cast.other.school_admin, cast.other)
    now = timezone.now()
    with entered(ours):
        transfers.offer(student=cast.home.pupil, to_school_id=cast.other.school.id, by=ours, now=now)
    with entered(theirs):
        copy = Transfer.objects.get(direction="in")
        transfers.accept(transfer=copy, class_id=cast.other.class_a.id, by=theirs, now=now)


def taken(cast, case: Case, by) -> Case:
    with entered(by):
        fresh = Case.objects.get(id=case.id)
        return hand_over(case=fresh, owner_id=by.id, reason="转学", by=by, now=timezone.now())


def test_after_a_transfer_who_takes_the_case_over_opens_them_with_a_reason_and_nobody_else(cast):
    case = written(cast)
    assert seen(counsellor(cast)) == (1, 1), "the control"
    moved(cast)
    assert seen(counsellor(cast)) == (0, 0), "the author keeps access to nothing"
    by, second = counsellor(cast, cast.other), colleague(cast, cast.other)
    assert seen(by) == (0, 0)
    with entered(by), pytest.raises(NotVisible):
        open_sealed(case=Case.objects.get(id=case.id), reason="x", by=by, now=timezone.now())
    fresh = taken(cast, case, by)
    with entered(by):
        with pytest.raises(NotAllowed):
            open_sealed(case=fresh, reason=" ", by=by, now=timezone.now())
        done = open_sealed(case=fresh, reason="要继续做安全计划", by=by, now=timezone.now())
        assert (done.notes, done.reports) == (1, 1)
        assert ProcessNote.objects.get().text == MEMORY
        assert AuditEntry.objects.get(action="case.sealed_papers_opened").detail["notes"] == 1
        assert open_sealed(case=fresh, reason="再看", by=by, now=timezone.now()).notes == 0, "opened once"
    assert seen(by) == (1, 1)
    assert seen(second) == (0, 0)
    assert seen(cast.actor(cast.other.principal, cast.other)) == (0, 0)


def test_the_papers_of_a_colleague_who_is_here_are_not_opened(cast):
    case, second = written(cast), colleague(cast)
    fresh = taken(cast, case, second)
    with entered(second):
        assert open_sealed(case=fresh, reason="想看", by=second, now=timezone.now()).notes == 0
    assert seen(second) == (0, 0)


def test_when_the_author_has_left_the_school_the_successor_opens_them(cast):
    case, second = written(cast), colleague(cast)
    Post.objects.filter(account=cast.home.counsellor).update(ends_on=timezone.localdate() - timedelta(days=1))
    fresh = taken(cast, case, second)
    with entered(second):
        assert open_sealed(case=fresh, reason="接着辅导", by=second, now=timezone.now()).notes == 1


def test_a_report_whose_circle_is_here_stays_with_the_circle(cast):
    case, second = written(cast, readers=[cast.home.principal.id]), colleague(cast)
    Post.objects.filter(account=cast.home.counsellor).update(ends_on=timezone.localdate() - timedelta(days=1))
    fresh = taken(cast, case, second)
    with entered(second):
        assert open_sealed(case=fresh, reason="接着辅导", by=second, now=timezone.now()).reports == 0
    assert seen(second) == (1, 0)


@pytest.mark.parametrize("with_notes", [True, False])
def test_the_own_notes_go_along_with_a_handover_only_if_the_author_says_so(cast, with_notes):
    case, second, by = written(cast), colleague(cast), counsellor(cast)
    with entered(by):
        case.refresh_from_db()
        made = offer(case=case, offer=Offer(second.id, "调岗", with_notes), by=by, now=timezone.now())
    assert seen(second)[0] == 0, "not before it is accepted"
    with entered(second):
        accept(ids=[made.id], by=second, now=timezone.now())
    assert seen(second)[0] == (1 if with_notes else 0)


def test_the_words_themselves_cannot_be_changed(cast):
    written(cast)
    by = counsellor(cast)
    with entered(by), pytest.raises(Exception, match="permission denied"):
        ProcessNote.objects.update(version=9)
