"""SQL on a protected table outside a scope is an error that a programmer hears, not a silent emptiness."""

import pytest

from qingyan.foundation.access.guard import OutsideScope
from qingyan.organisations.models import School
from qingyan.people.models import Student


def test_a_protected_table_outside_a_scope_is_refused_by_name(cast):
    with pytest.raises(OutsideScope, match="people_student"):
        Student.objects.count()


def test_a_table_of_places_needs_no_scope(cast):
    assert School.objects.count() == 3


def test_inside_a_scope_the_same_question_is_answered(cast, acting):
    with acting(cast.platform()):
        assert Student.objects.count() == 5
