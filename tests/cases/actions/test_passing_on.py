"""Cards and errands follow the pupil at once, whatever moved pupil or teacher; both are told in neutral words."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from qingyan.cases.actions.passing_on import PASSING_SIGHT, pass_on_school
from qingyan.cases.actions.supporting import release_card
from qingyan.cases.models import Errand, SupportCard, ToDo
from qingyan.cases.queries.errands import errands_for
from qingyan.cases.queries.plans import cards_for
from qingyan.foundation.access.actor import system_actor
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.roles import Role
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from qingyan.organisations.models import SchoolYear
from qingyan.people.actions import promotion, schooling, staff, transfers
from qingyan.people.models import Post, Transfer
from tests.cases.actions.test_running_errands import asked, teacher, told, waiting
from tests.cases.actions.test_supporting import KIND
from tests.cases.setting import counsellor, leader
from tests.factories.city import _staff
from tests.people.actions.test_promotion import AFTER


def cared_for(cast):
    """The pupil of the story with a card and an errand of the homeroom teacher, and one of the leader."""
    case, by = asked(cast, cast.home.homeroom_teacher, cast.home.principal), counsellor(cast)
    with entered(by):
        release_card(case=case, words=KIND, next_on=None, by=by, now=timezone.now())
    return case


def teacher_of_b(cast):
    where = {"school": cast.home.school, "school_class": cast.home.class_b}
    return _staff("home.class.b", "许老师", Role.HOMEROOM_TEACHER, **where)


def seen_by(cast, account, place=None) -> tuple[int, int]:
    """How many cards and errands this person sees: the database answers, not the page."""
    by = cast.actor(account, place or cast.home)
    with entered(by):
        return SupportCard.objects.filter(withdrawn_at__isnull=True).count(), len(errands_for(by))


def moved_to_b(cast) -> None:
    """Leave and return into the other class: how a school moves a pupil."""
    admin, now = cast.actor(cast.home.school_admin, cast.home), timezone.now()
    with entered(admin):
        for verb, class_id in (("take_leave", None), ("return", cast.home.class_b.id)):
            step = {"verb": verb, "on": timezone.localdate(now), "class_id": class_id}
            schooling.take_step(student=cast.home.pupil, **step, by=admin, now=now)


def test_the_first_teacher_is_told_of_a_card(cast):
    cared_for(cast)
    assert told(cast.home.homeroom_teacher) == ["task", "attention"]
    assert seen_by(cast, cast.home.homeroom_teacher) == (1, 1)


def test_when_the_class_has_another_teacher_both_pass_in_the_same_transaction(cast):
    cared_for(cast)
    admin, now = cast.actor(cast.home.school_admin, cast.home), timezone.now()
    where = {"school": cast.home.school, "school_class": cast.home.class_b}
    heir = _staff("home.heir", "许老师", Role.HOMEROOM_TEACHER, **where)
    with entered(admin):
        post = Post.objects.get(account=cast.home.homeroom_teacher, school_class=cast.home.class_a)
        appointment = staff.Appointment(
            Role.HOMEROOM_TEACHER,
            school_id=cast.home.school.id,
            school_class_id=cast.home.class_a.id,
            starts_on=date(2020, 9, 1),
        )
        staff.appoint(account=heir, appointment=appointment, by=admin, now=now)
        staff.end_post(post=post, by=admin, now=now)
    assert seen_by(cast, heir) == (1, 1)
    assert sorted(told(heir)) == ["attention", "task"]
    assert told(cast.home.homeroom_teacher)[-1] == "passed_on"
    assert seen_by(cast, cast.home.principal)[1] == 1, "what the leader was asked stays with the leader"
    with entered(cast.platform()):
        trail = set(AuditEntry.objects.values_list("action", flat=True))
        assert {"support.pass", "errand.pass"} <= trail


def test_a_pupil_on_leave_leaves_the_card_and_the_errand_goes_to_who_carries_the_case(cast):
    cared_for(cast)
    admin, now = cast.actor(cast.home.school_admin, cast.home), timezone.now()
    with entered(admin):
        step = {"verb": "take_leave", "on": timezone.localdate(now)}
        schooling.take_step(student=cast.home.pupil, **step, by=admin, now=now)
    assert seen_by(cast, cast.home.homeroom_teacher) == (0, 0)
    assert len(waiting(counsellor(cast))) == 1
    assert "passed_on" in told(cast.home.homeroom_teacher)


def test_an_errand_follows_into_the_new_class_and_the_old_teacher_sees_nothing(cast):
    cared_for(cast)
    heir = teacher_of_b(cast)
    assert seen_by(cast, heir)[1] == 0, "the control"
    moved_to_b(cast)
    assert seen_by(cast, heir)[1] == 1
    assert seen_by(cast, cast.home.homeroom_teacher) == (0, 0)


def test_a_promotion_passes_card_and_errand_and_can_be_undone(cast):
    cared_for(cast)
    SchoolYear.objects.create(name="2027—2028", starts_on=date(2027, 9, 1), ends_on=date(2028, 8, 31))
    admin = cast.actor(cast.home.school_admin, cast.home)
    before = seen_by(cast, cast.home.homeroom_teacher)
    with entered(admin):
        done = promotion.promote(school=cast.home.school, teachers_follow=True, by=admin, now=AFTER)
    with entered(cast.platform()):
        card = SupportCard.objects.get(withdrawn_at__isnull=True)
        cast.home.pupil.refresh_from_db()
        assert card.school_class_id == cast.home.pupil.school_class_id != cast.home.class_a.id
        assert Errand.objects.get(as_homeroom=True).assignee == cast.home.homeroom_teacher, "who followed keeps it"
    with entered(admin):
        promotion.undo(promotion=done, by=admin, now=AFTER + timedelta(hours=1))
    assert before == (1, 1)
    with entered(cast.platform()):
        assert SupportCard.objects.get().school_class_id == cast.home.class_a.id


def test_at_another_school_the_new_teacher_gets_the_card_and_the_old_school_nothing(cast):
    cared_for(cast)
    ours, theirs = cast.actor(cast.home.school_admin, cast.home), cast.actor(cast.other.school_admin, cast.other)
    now = timezone.now()
    with entered(ours):
        transfers.offer(student=cast.home.pupil, to_school_id=cast.other.school.id, by=ours, now=now)
    with entered(theirs):
        copy = Transfer.objects.get(direction="in")
        transfers.accept(transfer=copy, class_id=cast.other.class_a.id, by=theirs, now=now)
    assert seen_by(cast, cast.other.homeroom_teacher, cast.other) == (1, 1)
    for account in (cast.home.homeroom_teacher, cast.home.principal):
        assert seen_by(cast, account) == (0, 0)
    by = cast.actor(cast.other.homeroom_teacher, cast.other)
    with entered(by):
        assert [one.words for one in cards_for(by)] == [KIND]


def test_once_more_changes_nothing_and_nobody_but_the_platform_does_it(cast):
    cared_for(cast)
    platform = system_actor(school_id=cast.home.school.id, sight=PASSING_SIGHT, purpose="test")
    with entered(platform):
        assert pass_on_school(by=platform, now=timezone.now()) == 0
    for by in (counsellor(cast), leader(cast), teacher(cast)):
        with entered(by), pytest.raises(NotVisible):
            pass_on_school(by=by, now=timezone.now())


def test_an_errand_withdrawn_for_want_of_anybody_is_back_when_who_was_asked_has_the_pupil_again(cast):
    cared_for(cast)
    platform = system_actor(school_id=cast.home.school.id, sight=PASSING_SIGHT, purpose="test")
    posts = Post.objects.filter(account__in=[cast.home.homeroom_teacher, cast.home.counsellor])
    before = dict(posts.values_list("id", "ends_on"))

    def passed() -> tuple[int, bool]:
        with entered(platform):
            moved = pass_on_school(by=platform, now=timezone.now())
            return moved, Errand.objects.get(as_homeroom=True).withdrawn_at is None

    posts.update(ends_on=timezone.localdate() - timedelta(days=1))
    assert passed()[1] is False, "the control: nobody is here to be asked"
    assert passed() == (0, False)
    for key, ends_on in before.items():
        Post.objects.filter(id=key).update(ends_on=ends_on)
    assert passed()[1] is True
    assert seen_by(cast, cast.home.homeroom_teacher)[1] == 1
    assert passed() == (0, True)


def test_an_errand_whose_case_waits_no_longer_stays_withdrawn(cast):
    cared_for(cast)
    platform = system_actor(school_id=cast.home.school.id, sight=PASSING_SIGHT, purpose="test")
    now = timezone.now()
    with entered(platform):
        errand = Errand.objects.get(as_homeroom=True)
        ToDo.objects.filter(key=str(errand.id)).update(dropped_at=now)
        Errand.objects.filter(id=errand.id).update(withdrawn_at=now)
        assert pass_on_school(by=platform, now=now) == 0
        assert Errand.objects.get(id=errand.id).withdrawn_at == now
