"""The front door of people: who is asking, and pupils for other domains."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import timezone

from qingyan.foundation.access.actor import ANONYMOUS, Kind
from qingyan.foundation.access.roles import Role
from qingyan.foundation.access.scope import entered
from qingyan.people import api as people
from qingyan.people.models import Post
from qingyan.people.rules.tickets import seal
from tests.screening.setting import signed_in_at_the_door


@pytest.fixture
def ask(cast):
    """A request at a school, with a member of staff or a ticket or both."""

    def make(user=None, ticket=None, school=cast.home.school):
        request = RequestFactory().get("/")
        request.user = user or AnonymousUser()
        request.school = school
        if ticket:
            request.COOKIES[people.PUPIL_COOKIE] = seal(ticket, people.ticket_secret())
        return request

    return make


def test_nobody_is_anonymous(ask):
    assert people.actor_of(ask()) == ANONYMOUS


def test_a_pupil_with_a_live_session_is_the_pupil_at_the_own_school_only(ask, cast):
    ticket = signed_in_at_the_door(cast, cast.home.pupil)
    actor = people.actor_of(ask(ticket=ticket))
    assert (actor.kind, actor.student_id, actor.school_id) == (Kind.PUPIL, cast.home.pupil.id, cast.home.school.id)
    assert actor.roles_here == {Role.STUDENT}
    assert people.actor_of(ask(ticket=ticket, school=cast.other.school)) == ANONYMOUS
    assert people.actor_of(ask(ticket=ticket, school=None)) == ANONYMOUS


def test_an_ended_session_is_nobody(ask, cast):
    ticket = signed_in_at_the_door(cast, cast.home.pupil)
    people.end_session(ticket=ticket, now=timezone.now())
    assert people.actor_of(ask(ticket=ticket)) == ANONYMOUS


def test_the_newer_sign_in_counts(ask, cast):
    ticket = signed_in_at_the_door(cast, cast.home.pupil)
    teacher = cast.home.counsellor
    teacher.last_login = timezone.now() - timedelta(hours=1)
    assert people.actor_of(ask(teacher, ticket)).kind is Kind.PUPIL
    teacher.last_login = timezone.now() + timedelta(seconds=1)
    assert people.actor_of(ask(teacher, ticket)).kind is Kind.STAFF


def test_posts_count_from_their_first_day_until_the_day_of_their_end(cast, django_assert_num_queries):
    today = timezone.localdate()
    account = cast.home.counsellor
    Post.objects.filter(account=account).update(starts_on=today, ends_on=today + timedelta(days=1))
    with django_assert_num_queries(1):
        assert people.staff_actor(account, today).posts
    assert not people.staff_actor(account, today - timedelta(days=1)).posts
    assert not people.staff_actor(account, today + timedelta(days=1)).posts


def test_pupils_of_another_school_or_class_are_left_out(cast):
    counsellor = cast.actor(cast.home.counsellor, cast.home)
    with entered(counsellor):
        found = people.pupils(counsellor, [cast.home.pupil.id, cast.other.pupil.id])
    assert set(found) == {cast.home.pupil.id}
    teacher = cast.actor(cast.home.homeroom_teacher, cast.home)
    with entered(teacher):
        assert people.pupil(teacher, cast.home.pupil.id).masked_name == "陈＊＊"
        assert people.pupil(teacher, cast.home.pupils_b[0].id) is None
        assert people.pupils_of_class(teacher, cast.home.class_b.id) == []
