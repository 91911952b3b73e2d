"""Accounts and posts: who may give what, what is refused, what is recorded. Each refusal changes nothing."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.roles import Role
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from qingyan.people.actions import staff
from qingyan.people.contracts import Appointment
from qingyan.people.models import Account, Post
from qingyan.people.queries.staff import staff_actor
from qingyan.people.rules.posts import GRANTED_BY_SCHOOL, PLACES_OF

TODAY = date(2026, 10, 1)


@pytest.fixture
def security(cast):
    actor = cast.actor(cast.security_admin)
    with entered(actor):
        yield actor


@pytest.fixture
def admin(cast):
    actor = cast.actor(cast.home.school_admin, cast.home)
    with entered(actor):
        yield actor


def at_school(place, role, school_class=None) -> Appointment:
    class_id = school_class.id if school_class else None
    return Appointment(role, TODAY, school_id=place.school.id, school_class_id=class_id)


def hire(by, appointment, login="xin.laoshi"):
    return staff.hire(login=login, name="新老师", appointment=appointment, by=by, now=timezone.now())


def give(by, account, appointment):
    return staff.appoint(account=account, appointment=appointment, by=by, now=timezone.now())


def roles(account) -> set[str]:
    return {str(post.role) for post in staff_actor(account, timezone.localdate()).posts}


def post_of(account) -> Post:
    return Post.objects.get(account=account)


def trail(cast, place=None) -> list[str]:
    """Actions in the chain of a school, or outside any."""
    actor = cast.platform(place) if place else cast.actor(cast.auditor)
    with entered(actor):
        return list(AuditEntry.objects.order_by("id").values_list("action", flat=True))


def test_a_new_account_has_its_post_and_must_change_its_password(cast, security):
    hired = hire(security, at_school(cast.home, Role.COUNSELLOR), login=" Ｘin.Laoshi ")
    account = Account.objects.get(id=hired.account)
    assert (account.login, account.name, account.must_change_password) == ("xin.laoshi", "新老师", True)
    assert account.check_password(hired.password)
    assert roles(account) == {"counsellor"}


def test_what_is_done_is_recorded_without_the_password(cast, admin):
    hired = hire(admin, at_school(cast.home, Role.INVIGILATOR))
    account = Account.objects.get(id=hired.account)
    renewed = staff.renew_password(account=account, by=admin, now=timezone.now())
    staff.disable(account=account, by=admin, now=timezone.now())
    staff.enable(account=account, by=admin, now=timezone.now())
    staff.end_post(post=post_of(account), by=admin, now=timezone.now())
    told = ["account.created", "post.given", "account.password_renewed", "account.disabled", "account.enabled"]
    assert trail(cast, cast.home) == [*told, "post.ended"]
    with entered(cast.platform()):
        written = str(list(AuditEntry.objects.values()))
    assert str(hired.account) in written
    assert hired.password not in written
    assert renewed.password not in written


@pytest.mark.parametrize("role", sorted(set(PLACES_OF) - set(GRANTED_BY_SCHOOL)))
def test_a_school_grants_neither_counsellors_nor_administrators_nor_anything_of_the_city(cast, admin, role):
    with pytest.raises(NotVisible):
        hire(admin, at_school(cast.home, role))
    with pytest.raises(NotVisible):
        give(admin, cast.home.homeroom_teacher, at_school(cast.home, role))
    with pytest.raises(NotVisible):
        hire(admin, Appointment(role, TODAY, city_id=cast.city.id))
    assert not Account.objects.filter(login="xin.laoshi").exists()


def test_a_school_grants_nothing_elsewhere_and_nothing_to_people_of_elsewhere(cast, admin):
    with pytest.raises(NotVisible):
        hire(admin, at_school(cast.other, Role.INVIGILATOR))
    with pytest.raises(NotVisible):
        give(admin, cast.other.homeroom_teacher, at_school(cast.home, Role.INVIGILATOR))
    with pytest.raises(NotVisible):
        staff.end_post(post=post_of(cast.other.invigilator), by=admin, now=timezone.now())


@pytest.mark.parametrize("verb", [staff.renew_password, staff.disable, staff.enable])
def test_a_school_never_reaches_the_account_of_somebody_who_holds_more(cast, admin, verb):
    """Otherwise a new password would open a counsellor's desk, here or at another school."""
    give_by_city = cast.actor(cast.security_admin)
    give(give_by_city, cast.home.invigilator, at_school(cast.other, Role.COUNSELLOR))
    for account in (cast.home.counsellor, cast.home.invigilator, cast.other.principal, cast.security_admin):
        with pytest.raises(NotVisible):
            verb(account=account, by=admin, now=timezone.now())
    assert not Account.objects.exclude(session_epoch=0).exists()


def test_a_school_does_not_end_its_counsellor_s_post(cast, admin):
    with pytest.raises(NotVisible):
        staff.end_post(post=post_of(cast.home.counsellor), by=admin, now=timezone.now())


@pytest.mark.parametrize("who", ["counsellor", "homeroom_teacher", "principal", "invigilator"])
def test_nobody_else_of_the_school_gives_posts(cast, who):
    by = cast.actor(getattr(cast.home, who), cast.home)
    with entered(by), pytest.raises(NotVisible):
        hire(by, at_school(cast.home, Role.INVIGILATOR))


@pytest.mark.parametrize("who", ["city_officer", "system_admin", "auditor", "district_lead"])
def test_nobody_else_of_the_city_gives_posts(cast, who):
    by = cast.actor(getattr(cast, who))
    with entered(by), pytest.raises(NotVisible):
        hire(by, at_school(cast.home, Role.COUNSELLOR))


def refused(code, ask, *arguments, **more):
    with pytest.raises(staff.Refused) as said:
        ask(*arguments, **more)
    assert said.value.code == code


def test_nobody_touches_the_own_account(cast, security):
    refused("own_account", give, security, cast.security_admin, at_school(cast.home, Role.COUNSELLOR))
    refused("own_account", staff.end_post, post=post_of(cast.security_admin), by=security, now=timezone.now())
    for verb in (staff.disable, staff.renew_password):
        refused("own_account", verb, account=cast.security_admin, by=security, now=timezone.now())


def test_three_administrators_stay_three_people(cast, security):
    city = Appointment(Role.AUDIT_ADMIN, TODAY, city_id=cast.city.id)
    refused("separate_powers", give, security, cast.system_admin, city)
    refused("separate_powers", give, security, cast.home.counsellor, city)
    refused("separate_powers", give, security, cast.auditor, at_school(cast.home, Role.COUNSELLOR))


def test_impossible_posts_are_refused_in_words(cast, security):
    home = cast.home
    refused("held_already", give, security, home.counsellor, at_school(home, Role.COUNSELLOR))
    refused("class_missing", give, security, home.invigilator, at_school(home, Role.HOMEROOM_TEACHER))
    foreign = at_school(home, Role.HOMEROOM_TEACHER, cast.other.class_a)
    refused("class_elsewhere", give, security, home.invigilator, foreign)
    refused("wrong_place", give, security, home.principal, Appointment(Role.PRINCIPAL, TODAY, city_id=cast.city.id))
    refused("login_taken", hire, security, at_school(home, Role.PRINCIPAL), login="QINGSHI.Counsellor")
    refused("login_shape", hire, security, at_school(home, Role.PRINCIPAL), login="新老师")


def test_an_ended_post_counts_no_more_on_the_same_day_and_ends_once(cast, security):
    post = post_of(cast.home.counsellor)
    assert staff.end_post(post=post, by=security, now=timezone.now())
    assert roles(cast.home.counsellor) == set()
    assert not staff.end_post(post=post, by=security, now=timezone.now())
    assert Account.objects.get(id=cast.home.counsellor.id).session_epoch == 1


def test_a_post_of_the_future_does_not_count_yet(cast, security):
    tomorrow = timezone.localdate() + timedelta(days=1)
    give(security, cast.home.invigilator, Appointment(Role.PRINCIPAL, tomorrow, school_id=cast.home.school.id))
    assert roles(cast.home.invigilator) == {"invigilator"}
