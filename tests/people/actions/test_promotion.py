"""The turn of the year: everybody up, last grades out, some stay, once, and back again exactly."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.organisations.models import SchoolYear
from qingyan.people.actions import promotion, schooling
from qingyan.people.models import Enrolment, Post, Promotion, Student
from qingyan.people.queries.promotion import turn_of
from qingyan.screening.models import Sitting
from tests.factories.rounds import make_city_campaign

LOCAL = ZoneInfo("Asia/Shanghai")
BEFORE, AFTER = datetime(2027, 8, 20, 9, tzinfo=LOCAL), datetime(2027, 9, 2, 9, tzinfo=LOCAL)


@pytest.fixture
def admin(cast):
    SchoolYear.objects.create(name="2027—2028", starts_on=date(2027, 9, 1), ends_on=date(2028, 8, 31))
    actor = cast.actor(cast.home.school_admin, cast.home)
    with entered(actor):
        yield actor


def register():
    return (
        {row.id: (row.state, row.school_class_id) for row in Student.objects.all()},
        set(Enrolment.objects.filter(ends_on__isnull=True).values_list("id", "school_class_id")),
    )


def promote(cast, admin, **changes):
    return promotion.promote(
        **{"school": cast.home.school, "teachers_follow": True, "by": admin, "now": AFTER, **changes}
    )


def test_before_the_new_year_only_a_look(cast, admin):
    turn = turn_of(cast.home.school.id, now=BEFORE)
    assert turn is not None
    assert not turn.ready
    with pytest.raises(promotion.Refused, match="early"):
        promote(cast, admin, now=BEFORE)


def test_without_a_next_year_there_is_no_turn(cast):
    actor = cast.actor(cast.home.school_admin, cast.home)
    with entered(actor), pytest.raises(promotion.Refused, match="year"):
        promote(cast, actor)


def test_everybody_goes_up_one_stays_and_the_homeroom_teacher_follows(cast, admin):
    held = cast.home.pupils_b[0].id
    promotion.hold_back(
        school=cast.home.school, class_id=cast.home.class_b.id, student_ids=[held], by=admin, now=BEFORE
    )
    promote(cast, admin)
    places = {row.id: (row.school_class.grade, row.school_class.number) for row in Student.objects.all()}
    assert [places[one.id] for one in cast.home.pupils_a] == [(11, 1)] * 3
    assert places[held] == (8, 2)
    assert places[cast.home.pupils_b[1].id] == (9, 2)
    assert Enrolment.objects.filter(ends_on__isnull=True).count() == 5
    assert Enrolment.objects.filter(student=cast.home.pupil).count() == 2
    posts = Post.objects.filter(account=cast.home.homeroom_teacher, ends_on__isnull=True)
    assert [post.school_class.grade for post in posts] == [11]
    years = {row.school_class.school_year.name for row in Student.objects.all()}
    assert years == {"2027—2028"}


def test_the_last_grade_graduates(cast, admin):
    cast.home.class_a.grade = 12
    cast.home.class_a.save()
    promote(cast, admin)
    assert {Student.objects.get(pk=one.pk).state for one in cast.home.pupils_a} == {"graduated"}
    assert not Post.objects.filter(account=cast.home.homeroom_teacher, ends_on__isnull=True).exists()


def test_a_second_time_is_refused_and_promotes_nobody_twice(cast, admin):
    promote(cast, admin)
    before = register()
    with pytest.raises(promotion.Refused):
        promote(cast, admin)
    assert register() == before


def test_undone_everybody_is_where_they_were_and_it_can_be_done_again(cast, admin):
    before = register()
    done = promote(cast, admin)
    assert register() != before
    promotion.undo(promotion=done, by=admin, now=AFTER)
    assert register() == before
    assert Post.objects.filter(account=cast.home.homeroom_teacher, ends_on__isnull=True).get().school_class_id
    promote(cast, admin)
    assert Promotion.objects.filter(state="done").count() == 1


def test_what_hangs_on_it_forbids_the_undo(cast, admin):
    done = promote(cast, admin)
    row = Student.objects.get(pk=cast.home.pupil.pk)
    with entered(cast.platform()):
        Sitting.objects.create(
            campaign=make_city_campaign(cast), student=row, school_id=row.school_id, instrument="scl-90", version="1",
            school_class_id=row.school_class_id, started_at=AFTER,
        )  # fmt: skip
    with entered(admin), pytest.raises(promotion.Refused, match="hangs"):
        promotion.undo(promotion=done, by=admin, now=AFTER)


def test_a_pupil_who_moved_on_forbids_the_undo(cast, admin):
    done = promote(cast, admin)
    row = Student.objects.get(pk=cast.home.pupil.pk)
    schooling.take_step(student=row, verb="leave", on=AFTER.date(), by=admin, now=AFTER)
    with pytest.raises(promotion.Refused, match="changed"):
        promotion.undo(promotion=done, by=admin, now=AFTER)


def test_a_counsellor_promotes_nobody(cast, admin):
    actor = cast.actor(cast.home.counsellor, cast.home)
    with entered(cast.platform()), pytest.raises(NotVisible):
        promote(cast, actor)
