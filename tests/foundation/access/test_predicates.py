"""The two faces of every predicate agree: the list holds exactly the rows that the detail page would show."""

import pytest

from qingyan.foundation.access import policy
from qingyan.foundation.access.policy import Permission, allowed, permitted_rows, register, registered
from qingyan.foundation.access.predicates import EVERYTHING, NOTHING, holds, is_the_pupil, teaches_the_class
from qingyan.foundation.access.roles import Role
from qingyan.organisations.models import School
from qingyan.people.models import Enrolment


@pytest.fixture(autouse=True)
def own_table(monkeypatch):
    """What these tests register is forgotten after each."""
    monkeypatch.setattr(policy, "_tables", dict(policy._tables))
    monkeypatch.setattr(policy, "_permissions", dict(policy._permissions))


FACES = {
    "holds": [[holds(Role.COUNSELLOR)]],
    "teaches": [[holds(Role.HOMEROOM_TEACHER), teaches_the_class]],
    "pupil": [[is_the_pupil]],
    "several": [[holds(Role.COUNSELLOR)], [holds(Role.HOMEROOM_TEACHER), teaches_the_class], [is_the_pupil]],
}


@pytest.mark.parametrize("name", FACES)
def test_both_faces_give_the_same_rows_for_everybody(cast, acting, name):
    permission = Permission(f"test.{name}", "x")
    if permission.code not in {known.code for known in registered()}:
        register({permission: FACES[name]})
    people = [
        cast.actor(cast.home.counsellor, cast.home),
        cast.actor(cast.home.homeroom_teacher, cast.home),
        cast.actor(cast.home.school_admin, cast.home),
        cast.actor(cast.other.counsellor, cast.home),
        cast.pupil_actor(),
    ]
    with acting(cast.platform()):
        rows = list(Enrolment.objects.all())
        for actor in people:
            listed = set(Enrolment.objects.filter(permitted_rows(actor, permission)))
            assert listed == {row for row in rows if allowed(actor, permission, row)}, actor.name


def test_everything_survives_an_or_with_nothing(cast):
    """An empty Q() would vanish here and hide all rows; that is why EVERYTHING is not one."""
    assert School.objects.filter(NOTHING | EVERYTHING).count() == 3


def test_an_unregistered_permission_is_denied(cast):
    assert not allowed(cast.actor(cast.home.counsellor, cast.home), Permission("never.registered", "x"))


def test_a_code_registered_twice_is_refused():
    permission = Permission("test.twice", "x")
    register({permission: []})
    with pytest.raises(ValueError, match="twice"):
        register({permission: []})
