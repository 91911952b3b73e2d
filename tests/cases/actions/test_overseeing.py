"""Officers read the threads of their schools and of no other; the rows hold no identity, and the database agrees."""

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from qingyan.cases.actions import overseeing
from qingyan.cases.actions.reporting import NamesSomebody
from qingyan.cases.models import Case, CrisisThread, ThreadEntry
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from qingyan.notifications.models import Notification
from qingyan.people.models import Student
from tests.cases.crisis_setting import away, city, district, told
from tests.cases.setting import counsellor, leader


def shown(model) -> int:
    """How many rows the entered scope shows; a scope without the right shows none either."""
    try:
        with transaction.atomic():
            return model.objects.count()
    except ProgrammingError:
        return 0


def test_district_and_city_see_the_thread_and_neither_the_case_nor_the_pupil(cast):
    _, thread = told(cast)
    for officer in (district(cast), city(cast)):
        with entered(officer):
            assert CrisisThread.objects.get().id == thread.id
            assert ThreadEntry.objects.count() == 1
            assert Case.objects.count() == 0
            assert Student.objects.count() == 0


def test_another_district_another_school_and_staff_without_the_sight_see_no_row(cast):
    told(cast)
    others = [
        away(cast),
        counsellor(cast, cast.other),
        cast.actor(cast.home.homeroom_teacher, cast.home),
        cast.actor(cast.home.school_admin, cast.home),
        cast.actor(cast.auditor),
        cast.actor(cast.district_lead, cast.home),
    ]
    for one in others:
        with entered(one):
            assert shown(CrisisThread) == 0, one.name
            assert shown(ThreadEntry) == 0
    with entered(leader(cast)):
        assert CrisisThread.objects.count() == 1, "the control: the school's own leader"


def test_the_columns_hold_no_pupil():
    names = {one.name for model in (CrisisThread, ThreadEntry) for one in model._meta.get_fields()}
    assert not names & {"student", "pupil", "name"}


def test_an_officer_cannot_write_a_thread_of_another_district(cast):
    _, thread = told(cast)
    strange = away(cast)
    with entered(strange), pytest.raises(ProgrammingError), transaction.atomic():
        ThreadEntry.objects.create(
            thread=thread, school=cast.home.school, kind="answer", at=timezone.now(), by_id=strange.id, content="x"
        )
    with pytest.raises(NotVisible), entered(strange):
        overseeing.look_at_thread(thread_id=thread.id, by=strange, now=timezone.now())


def test_seen_is_said_once_by_a_named_officer_and_the_school_is_told(cast):
    case, thread = told(cast)
    for officer in (district(cast), city(cast)):
        with entered(officer):
            seen = overseeing.mark_seen(thread_id=thread.id, by=officer, now=timezone.now())
            assert seen.seen_by_id == cast.district_lead.id
    with entered(counsellor(cast)):
        assert ThreadEntry.objects.filter(kind="seen").count() == 1
    told_to = Notification.objects.filter(path=f"/s/{cast.home.school.slug}/cases/{case.id}/thread/")
    assert {row.account_id for row in told_to} == {cast.home.counsellor.id, cast.home.principal.id}
    assert {row.kind for row in told_to} == {"reply"}


def test_an_answer_reaches_the_school_and_a_name_in_it_is_refused(cast):
    _, thread = told(cast)
    by = district(cast)
    with entered(by):
        overseeing.answer(thread_id=thread.id, text="专家下午到校", by=by, now=timezone.now())
        with pytest.raises(NamesSomebody):
            overseeing.answer(thread_id=thread.id, text=f"{cast.home.pupil.name}怎么样", by=by, now=timezone.now())
    with entered(counsellor(cast)):
        assert [one.content for one in ThreadEntry.objects.filter(kind="answer")] == ['{"said": "专家下午到校"}']


def test_looking_is_recorded_before_it_is_shown(cast):
    _, thread = told(cast)
    by = district(cast)
    with entered(by):
        overseeing.look_at_thread(thread_id=thread.id, by=by, now=timezone.now())
    with entered(cast.platform()):
        assert not AuditEntry.objects.filter(action="thread.read").exists(), "no line in a school's chain"
