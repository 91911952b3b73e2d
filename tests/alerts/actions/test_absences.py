"""Being away: who may say so for whom, with whom instead, and that it can end early."""

from datetime import timedelta

import pytest
from django.utils import timezone

from qingyan.alerts.actions.absences import AwayPlan, come_back, mark_away
from qingyan.alerts.actions.refusing import WORDS, Refused
from qingyan.alerts.models import Absence
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from tests.alerts.duty_setting import colleague
from tests.alerts.setting import counsellor

DAY = timedelta(days=1)


def plan(account, deputy=None, first=timedelta(0), last=2 * DAY) -> AwayPlan:
    now = timezone.now()
    return AwayPlan(account.id, now + first, now + last, deputy.id if deputy else None)


def marked(by, wanted: AwayPlan) -> Absence:
    with entered(by):
        return mark_away(plan=wanted, by=by, now=timezone.now())


def test_staff_say_themselves_that_they_are_away_and_who_acts_meanwhile(cast):
    second, by = colleague(cast.home, "second", "赵清"), counsellor(cast)
    absence = marked(by, plan(cast.home.counsellor, second))
    assert (absence.account_id, absence.deputy_id, absence.by_id) == (by.id, second.id, by.id)
    with entered(cast.platform()):
        assert AuditEntry.objects.get(action="duty.away").detail["deputy"] == str(second.id)


def test_the_leader_says_it_for_anybody_of_the_school_and_a_colleague_for_nobody_else(cast):
    second = colleague(cast.home, "second", "赵清")
    leader = cast.actor(cast.home.principal, cast.home)
    assert marked(leader, plan(second)).account_id == second.id
    with pytest.raises(NotVisible):
        marked(counsellor(cast), plan(second, first=5 * DAY, last=6 * DAY))


def test_somebody_of_another_school_can_neither_be_away_here_nor_stand_in(cast):
    leader = cast.actor(cast.home.principal, cast.home)
    for wanted in (plan(cast.other.counsellor), plan(cast.home.counsellor, cast.other.counsellor)):
        with pytest.raises(Refused) as refused:
            marked(leader, wanted)
        assert refused.value.code == "not_of_the_school"


@pytest.mark.parametrize(
    ("first", "last", "deputy", "code"),
    [
        (2 * DAY, DAY, False, "ends_before_it_starts"),
        (-3 * DAY, -DAY, False, "over_already"),
        (DAY, 2 * DAY, True, "deputy_is_the_same"),
    ],
)
def test_a_crooked_absence_is_refused_in_words(cast, first, last, deputy, code):
    me = cast.home.counsellor
    with pytest.raises(Refused) as refused:
        marked(counsellor(cast), plan(me, me if deputy else None, first, last))
    assert refused.value.code == code
    assert str(refused.value) == str(WORDS[code])


def test_two_absences_of_one_person_do_not_overlap_and_a_deputy_is_here(cast):
    second, by = colleague(cast.home, "second", "赵清"), counsellor(cast)
    marked(by, plan(cast.home.counsellor, second))
    with pytest.raises(Refused) as twice:
        marked(by, plan(cast.home.counsellor, None, DAY, 3 * DAY))
    leader = cast.actor(cast.home.principal, cast.home)
    with pytest.raises(Refused) as gone:
        marked(leader, plan(second, cast.home.counsellor))
    assert (twice.value.code, gone.value.code) == ("absence_overlaps", "deputy_away")


def test_it_ends_when_the_person_is_back_or_before_it_begins(cast):
    by, now = counsellor(cast), timezone.now()
    absence = marked(by, plan(cast.home.counsellor))
    later = marked(by, plan(cast.home.counsellor, None, 5 * DAY, 6 * DAY))
    with entered(by):
        assert come_back(absence_id=absence.id, by=by, now=now + DAY).ends_at == now + DAY
        assert come_back(absence_id=later.id, by=by, now=now + DAY).ends_at == later.starts_at
        with pytest.raises(NotVisible):
            come_back(absence_id=absence.id, by=by, now=now + DAY)
    assert Absence._meta.get_field("ends_at")


def test_nobody_ends_the_absence_of_somebody_else(cast):
    second = colleague(cast.home, "second", "赵清")
    absence = marked(cast.actor(cast.home.principal, cast.home), plan(second))
    by = counsellor(cast)
    with entered(by), pytest.raises(NotVisible):
        come_back(absence_id=absence.id, by=by, now=timezone.now())
    stranger = cast.actor(cast.other.principal, cast.other)
    with entered(stranger), pytest.raises(NotVisible):
        come_back(absence_id=absence.id, by=stranger, now=timezone.now())
