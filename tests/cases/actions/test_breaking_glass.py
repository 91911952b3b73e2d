"""One officer opens one pupil's identity for an hour: whoever else, whatever else, whenever else is refused."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from qingyan.cases.actions.breaking_glass import (
    NotProved,
    Terms,
    Unfit,
    _lent,
    break_glass,
    look_through,
    review,
)
from qingyan.cases.models import Case, Glass
from qingyan.cases.queries.pseudonym import behind
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.notifications.models import Notification
from qingyan.people.models import Student
from tests.cases.crisis_setting import away, city, district, reported, second_lead, told
from tests.cases.setting import counsellor, leader

TERMS = Terms("rescue", "公安正在找人，需要知道是谁")
HOUR = timedelta(minutes=60)


def broken(cast, thread, *, now=None, by=None, **changes) -> Glass:
    officer, at = by or district(cast), now or timezone.now()
    given = {"terms": TERMS, "proved_at": at} | changes
    with entered(officer):
        return break_glass(thread_id=thread.id, by=officer, now=at, **given)


def seen(cast, glass, *, by=None, now=None) -> str:
    officer = by or district(cast)
    with entered(officer):
        return look_through(glass_id=glass.id, by=officer, now=now or timezone.now())[1].name


def school_trail(cast, action: str) -> list[AuditEntry]:
    with entered(cast.platform()):
        return list(AuditEntry.objects.filter(action=action))


def test_whoever_opened_it_sees_the_name_within_the_hour(cast):
    now = timezone.now()
    glass = broken(cast, told(cast)[1], now=now)
    assert seen(cast, glass, now=now + HOUR - timedelta(seconds=1)) == cast.home.pupil.name


def test_after_the_hour_there_is_no_such_page(cast):
    now = timezone.now()
    glass = broken(cast, told(cast)[1], now=now)
    for later in (HOUR, HOUR + timedelta(days=1)):
        with pytest.raises(NotVisible):
            seen(cast, glass, now=now + later)


def test_another_person_sees_nothing(cast):
    glass = broken(cast, told(cast)[1])
    second = cast.actor(second_lead(cast))
    for other in (city(cast), second, away(cast), cast.actor(cast.auditor)):
        with pytest.raises(NotVisible):
            seen(cast, glass, by=other)
    assert seen(cast, glass) == cast.home.pupil.name, "the control"


@pytest.mark.parametrize("proved", [None, -timedelta(minutes=6), timedelta(minutes=1)])
def test_without_a_fresh_proof_nothing_is_opened(cast, proved):
    _, thread = told(cast)
    now = timezone.now()
    with pytest.raises(NotProved):
        broken(cast, thread, now=now, proved_at=None if proved is None else now + proved)
    with entered(district(cast)):
        assert Glass.objects.count() == 0
    broken(cast, thread, now=now, proved_at=now - timedelta(minutes=4))


@pytest.mark.parametrize("terms", [Terms("curious", "x" * 30), Terms("rescue", "看看"), Terms("rescue", "   " * 9)])
def test_a_purpose_is_chosen_and_written(cast, terms):
    with pytest.raises(Unfit):
        broken(cast, told(cast)[1], terms=terms)


def test_whoever_does_not_oversee_the_school_opens_nothing(cast):
    _, thread = told(cast)
    for other in (away(cast), counsellor(cast), leader(cast), cast.actor(cast.security_admin)):
        with pytest.raises(NotVisible):
            broken(cast, thread, by=other)


def test_the_lent_scope_shows_this_pupil_and_no_second_one(cast):
    glass = broken(cast, told(cast)[1])
    by = district(cast)
    with entered(_lent(glass, behind(glass.thread), by)):
        assert [one.id for one in Student.objects.all()] == [cast.home.pupil.id]
    with entered(by):
        assert Student.objects.count() == 0, "the control: an officer's own scope shows none"
        assert Case.objects.count() == 0


def test_it_is_recorded_in_the_schools_trail_and_the_school_is_told_before_anything_is_shown(cast):
    case, thread = told(cast)
    glass = broken(cast, thread)
    (line,) = school_trail(cast, "glass.broken")
    assert (line.student_id, line.actor_id) == (cast.home.pupil.id, cast.district_lead.id)
    assert school_trail(cast, "glass.looked") == []
    path = f"/s/{cast.home.school.slug}/cases/{case.id}/thread/"
    notices = Notification.objects.filter(path=path, kind="attention_now")
    assert {one.account_id for one in notices} == {cast.home.counsellor.id, cast.home.principal.id}
    seen(cast, glass)
    seen(cast, glass)
    assert len(school_trail(cast, "glass.looked")) == 2, "every look"


def test_the_other_officers_are_asked_to_review_and_the_opener_is_not(cast):
    broken(cast, told(cast)[1])
    asked = Notification.objects.filter(path="/oversight/glasses/", kind="decision_wanted")
    assert {one.account_id for one in asked} == {cast.city_officer.id}


def test_another_officer_reviews_it_once(cast):
    glass, by = broken(cast, told(cast)[1]), city(cast)
    with entered(by):
        found = review(glass_id=glass.id, verdict="doubtful", words="请补充说明", by=by, now=timezone.now())
        assert found.reviewed_by_id == by.id
        with pytest.raises(NotAllowed):
            review(glass_id=glass.id, verdict="right", words="x", by=by, now=timezone.now())


def test_nobody_reviews_their_own(cast):
    glass, by = broken(cast, told(cast)[1]), district(cast)
    with entered(by):
        with pytest.raises(NotVisible):
            review(glass_id=glass.id, verdict="right", words="x", by=by, now=timezone.now())
        with pytest.raises(IntegrityError), transaction.atomic():
            Glass.objects.update(reviewed_by=by.id, reviewed_at=timezone.now(), verdict="right")


def test_an_ended_crisis_opens_no_name(cast):
    case, thread = told(cast)
    reported(cast, case, "first")
    with entered(counsellor(cast)):
        Case.objects.filter(id=case.id).update(crisis=False, level="yellow")
    reported(cast, case, "final")
    with pytest.raises(NotAllowed):
        broken(cast, thread)
