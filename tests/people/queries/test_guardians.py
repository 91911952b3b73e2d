"""Guardians' numbers are for those who must call: the sight of contacts opens them, and nothing else."""

from qingyan.foundation.access.actor import system_actor
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered
from qingyan.people.api import guardians_of


def test_a_counsellor_sees_the_number_and_a_scope_without_contacts_sees_none(cast):
    pupil = cast.home.pupil.id
    counsellor = cast.actor(cast.home.counsellor, cast.home)
    with entered(counsellor):
        (found,) = guardians_of(counsellor, pupil)
    assert (found.name, found.phone) == ("陈家长", "00000000000")
    assert "00000000000" not in repr(found)
    blind = system_actor(school_id=cast.home.school.id, sight=frozenset({Sight.IDENTITY}), purpose="test")
    with entered(blind):
        assert guardians_of(blind, pupil) == []


def test_another_schools_counsellor_sees_none(cast):
    other = cast.actor(cast.other.counsellor, cast.other)
    with entered(other):
        assert guardians_of(other, cast.home.pupil.id) == []
