"""Pupils from before there was a city-wide index get theirs, school by school, once."""

from django.utils import timezone

from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from qingyan.people.actions import city_index
from qingyan.people.jobs import index_pupils
from qingyan.people.models import Student
from tests.people.queries.test_elsewhere import NUMBER, numbered


def forgotten(cast, place):
    numbered(cast, place, id_number=NUMBER)
    with entered(cast.platform(place)):
        Student.objects.filter(school=place.school).update(city_index=None)


def indexes(cast, place):
    with entered(cast.platform(place)):
        return list(Student.objects.filter(school=place.school).values_list("city_index", flat=True))


def test_everybody_with_a_number_is_indexed_once_and_the_trail_counts(cast, monkeypatch):
    monkeypatch.setattr(city_index, "AT_ONCE", 2)
    forgotten(cast, cast.home)
    by = cast.platform(cast.home)
    with entered(by):
        Student.objects.filter(pk=cast.home.pupils_b[0].pk).update(student_number=None)
        assert city_index.complete(by=by, now=timezone.now()) == 4
        assert city_index.complete(by=by, now=timezone.now()) == 0
        assert AuditEntry.objects.get(action="pupils.indexed").detail == {"pupils": 4}
    assert sum(one is None for one in indexes(cast, cast.home)) == 1


def test_the_night_goes_through_every_school(cast):
    forgotten(cast, cast.home)
    forgotten(cast, cast.other)
    assert index_pupils(0) == 10
    assert None not in indexes(cast, cast.home) + indexes(cast, cast.other)
