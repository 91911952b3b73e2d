"""Many rows at once are the rows that save() would write, and row-level security looks at each of them."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from qingyan.foundation.access.scope import entered
from qingyan.foundation.database.bulk import ROWS_A_STATEMENT, insert
from qingyan.people.models import Student
from qingyan.screening.models import AnswerSheet, Sitting
from tests.factories.records import make_city_campaign


def pupil(place, **more):
    return Student(
        id=uuid4(),
        school=place.school,
        school_class=place.class_a,
        name="“引号\\与\n换行”",
        birth_date=date(2011, 2, 3),
        id_number=f"999999{uuid4().int % 10**12:012d}",
        **more,
    )


def test_sealed_values_and_odd_texts_come_back_as_they_were(cast):
    one = pupil(cast.home)
    with entered(cast.platform()):
        assert insert(Student, [one]) == 1
        found = Student.objects.get(id=one.id)
        assert (found.name, found.id_number, found.birth_date) == (one.name, one.id_number, one.birth_date)
        assert bytes(found.id_number_index) == one.id_number_index
        assert found.created_at is not None


def test_more_rows_than_one_statement_holds(cast):
    with entered(cast.platform()):
        assert insert(Student, (pupil(cast.home, student_number=None) for _ in range(ROWS_A_STATEMENT + 1))) == 2001


def test_no_row_of_another_school_gets_in(cast):
    with entered(cast.platform()), pytest.raises(DatabaseError), transaction.atomic():
        insert(Student, [pupil(cast.home), pupil(cast.far)])
    with entered(cast.platform()):
        assert not Student.objects.filter(name__startswith="“引号").exists()


def test_arrays_keep_their_gaps(cast, records):
    sitting, sheet = records
    with entered(cast.platform()):
        insert(Sitting, [sitting])
        insert(AnswerSheet, [sheet])
        assert AnswerSheet.objects.get(pk=sitting.pk).answers == [1, None, 3]


@pytest.fixture
def records(cast):
    """A sitting and its sheet, not yet written."""
    campaign, now = make_city_campaign(cast), timezone.now()
    owned = {"student": cast.home.pupil, "school": cast.home.school, "school_class": cast.home.class_a}
    sitting = Sitting(campaign=campaign, instrument="x", version="1.0", started_at=now, **owned)
    sheet = AnswerSheet(
        sitting=sitting,
        instrument="x",
        version="1.0",
        answers=[1, None, 3],
        times=[1, 2, 3],
        sequences=[1, 2, 3],
        **owned,
    )
    return sitting, sheet
