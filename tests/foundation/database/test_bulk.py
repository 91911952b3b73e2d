"""Many rows at once are the rows that save() would write, and row-level security looks at each of them."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from qingyan.foundation.access.scope import entered
from qingyan.foundation.crypto.api import Tampered, index_for, seal_for
from qingyan.foundation.database.bulk import ROWS_A_STATEMENT, delete, insert, insert_values, update
from qingyan.people.models import Enrolment, Guardian, Student
from qingyan.screening.models import AnswerSheet, Sitting
from tests.factories.rounds import make_city_campaign


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


GIVEN = (
    *("id", "school", "school_class", "name", "sex", "birth_date", "ethnicity", "id_kind", "id_number"),
    *("id_number_index", "state", "demo", "created_at"),
)
NUMBER = "999999201102030017"


def given(place, **changes) -> tuple:
    """A pupil as values in the order of GIVEN, sealed for exactly this row."""
    key, school = changes.pop("id", uuid4()), place.school.id
    sealed = seal_for(Student, "id_number", key, school, NUMBER)
    index = index_for(Student, "id_number_index", school, NUMBER)
    plain = ("赵六", "U", date(2011, 2, 3), "汉族", "")
    row = (key, school, place.class_a.id, *plain, sealed, index, "enrolled", False, timezone.now())
    return tuple((dict(zip(GIVEN, row, strict=True)) | changes).values())


def test_values_come_back_as_they_were_given(cast):
    with entered(cast.platform()):
        assert insert_values(Student, GIVEN, [given(cast.home)]) == 1
        found = Student.objects.get(name="赵六")
        assert (found.id_number, found.birth_date, found.school_class_id) == (
            NUMBER,
            date(2011, 2, 3),
            cast.home.class_a.id,
        )


@pytest.mark.parametrize(
    "unsealed", [{"id_number": NUMBER}, {"id_number": NUMBER.encode()}, {"id_number_index": NUMBER.encode()}]
)
def test_what_is_not_sealed_never_gets_in_and_nothing_else_does(cast, unsealed):
    with entered(cast.platform()), pytest.raises(TypeError), transaction.atomic():
        insert_values(
            Student, GIVEN, [given(cast.home, id_number=None, id_number_index=None), given(cast.home, **unsealed)]
        )
    with entered(cast.platform()):
        assert not Student.objects.filter(name="赵六").exists()


def test_what_was_sealed_for_another_row_cannot_be_read_in_this_one(cast):
    elsewhere = seal_for(Student, "id_number", uuid4(), cast.home.school.id, NUMBER)
    with entered(cast.platform()):
        insert_values(Student, GIVEN, [given(cast.home, id_number=elsewhere)])
        with pytest.raises(Tampered):
            _ = Student.objects.get(name="赵六").id_number


def test_values_for_another_school_are_refused_by_the_database(cast):
    with entered(cast.platform()), pytest.raises(DatabaseError), transaction.atomic():
        insert_values(Student, GIVEN, [given(cast.far)])


def test_a_value_too_few_or_a_number_twice_is_an_error_and_not_a_row(cast):
    with entered(cast.platform()), pytest.raises(ValueError, match="zip"), transaction.atomic():
        insert_values(Student, GIVEN, [given(cast.home)[:-1]])
    with entered(cast.platform()), pytest.raises(IntegrityError), transaction.atomic():
        insert_values(Student, GIVEN, [given(cast.home), given(cast.home)])
    with entered(cast.platform()):
        assert not Student.objects.filter(name="赵六").exists()


def test_many_values_are_counted_over_all_statements(cast):
    numberless = {"id_number": None, "id_number_index": None}
    with entered(cast.platform()):
        assert (
            insert_values(Student, GIVEN, (given(cast.home, **numberless) for _ in range(5 * ROWS_A_STATEMENT + 3)))
            == 10_003
        )


def test_an_update_writes_the_named_fields_seals_them_and_leaves_the_others(cast):
    with entered(cast.platform()):
        one, other = pupil(cast.home), pupil(cast.home)
        insert(Student, [one, other])
        one.name, one.id_number, one.ethnicity = "改名", NUMBER, "苗族"
        assert update(Student, [one], names=("name", "id_number", "id_number_index")) == 1
        found = Student.objects.get(pk=one.pk)
        assert (found.name, found.id_number, found.ethnicity) == ("改名", NUMBER, "")
        assert bytes(found.id_number_index) == index_for(Student, "id_number_index", cast.home.school.id, NUMBER)
        assert Student.objects.get(pk=other.pk).name == other.name
        with connection.cursor() as cursor:
            cursor.execute("SELECT id_number FROM people_student WHERE id = %s", [one.pk])
            assert NUMBER.encode() not in bytes(cursor.fetchone()[0])


def test_an_update_reaches_no_row_of_another_school(cast):
    with entered(cast.platform(cast.far)):
        one = pupil(cast.far)
        insert(Student, [one])
    one.name = "改名"
    with entered(cast.platform(cast.home)):
        assert update(Student, [one], names=("name",)) == 0
    with entered(cast.platform(cast.far)):
        assert Student.objects.get(pk=one.pk).name != "改名"


def test_deleting_takes_the_named_rows_of_the_own_school_only(cast):
    with entered(cast.platform(cast.far)):
        elsewhere = pupil(cast.far)
        insert(Student, [elsewhere])
    with entered(cast.platform(cast.home)):
        one, other = pupil(cast.home), pupil(cast.home)
        insert(Student, [one, other])
        assert delete(Student, [one.pk, elsewhere.pk]) == 1
        assert Student.objects.filter(pk=other.pk).exists()
    with entered(cast.platform(cast.far)):
        assert Student.objects.filter(pk=elsewhere.pk).exists()


def deleted_at_once(one: Student) -> None:
    """Delete, and let the database look at its foreign keys now instead of at the commit."""
    delete(Student, [one.pk])
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_row_on_which_something_hangs_is_not_deleted(cast):
    with entered(cast.platform()):
        one = pupil(cast.home)
        insert(Student, [one])
        Guardian.objects.create(student=one, school=cast.home.school, name="母亲")
        with pytest.raises(IntegrityError), transaction.atomic():
            deleted_at_once(one)
        assert Student.objects.filter(pk=one.pk).exists()
        assert not Enrolment.objects.filter(student=one).exists()
