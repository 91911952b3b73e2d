"""Sealed model fields: plain in the hands of the code, closed in the database, bound to their row."""

import copy
import pickle
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.exceptions import FieldError
from django.db import connection, models
from django.db.migrations.state import ProjectState
from django.db.models.signals import post_init
from django.test.utils import isolate_apps

from qingyan.foundation.crypto import keyring
from qingyan.foundation.crypto.envelope import Tampered
from qingyan.foundation.crypto.fields import BlindIndex, SealedText
from qingyan.foundation.crypto.sealing import Sealed, index_for, open_for, seal_for
from qingyan.people.models import Guardian, Student

NUMBER = "13800001111"


@pytest.fixture(autouse=True)
def _forgetful():
    keyring.forget()
    yield
    keyring.forget()


@pytest.fixture
def guardian(cast, acting):
    """The guardian of the story's pupil with a telephone number, inside the platform's scope at the home school."""
    with acting(cast.platform()):
        found = Guardian.objects.get(student=cast.home.pupil)
        found.phone = NUMBER
        found.save()
        yield Guardian.objects.get(pk=found.pk)


def stored(row, column="phone"):
    """The bytes of a column as they are in the database."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {column} FROM {row._meta.db_table} WHERE "id" = %s', [row.pk])
        return bytes(cursor.fetchone()[0])


def overwrite(row, value, column="phone"):
    """Put bytes into a column behind the back of the model."""
    with connection.cursor() as cursor:
        cursor.execute(f'UPDATE {row._meta.db_table} SET {column} = %s WHERE "id" = %s', [bytes(value), row.pk])


def test_the_code_reads_text_and_the_database_holds_none_of_it(guardian):
    assert guardian.phone == NUMBER
    assert NUMBER.encode() not in stored(guardian)


def test_nothing_stays_null(guardian):
    guardian.phone = None
    guardian.save()
    assert Guardian.objects.filter(pk=guardian.pk, phone__isnull=True).exists()
    assert Guardian.objects.get(pk=guardian.pk).phone is None


def test_a_new_row_can_be_read_before_and_after_it_is_saved(guardian):
    fresh = Guardian(student_id=guardian.student_id, school_id=guardian.school_id, phone=NUMBER, position=2)
    assert fresh.phone == NUMBER
    fresh.save()
    assert (fresh.phone, Guardian.objects.get(pk=fresh.pk).phone) == (NUMBER, NUMBER)


def test_many_rows_can_be_created_at_once(guardian):
    rows = [
        Guardian(student_id=guardian.student_id, school_id=guardian.school_id, phone=f"{number}", position=number)
        for number in range(10, 60)
    ]
    Guardian.objects.bulk_create(rows)
    found = {row.position: row.phone for row in Guardian.objects.filter(position__gte=10)}
    assert found == {number: f"{number}" for number in range(10, 60)}


def test_saving_an_unchanged_row_writes_the_same_bytes(guardian):
    before = stored(guardian)
    assert guardian.phone == NUMBER
    guardian.save()
    Guardian.objects.get(pk=guardian.pk).save()
    assert stored(guardian) == before


def test_saving_a_changed_row_writes_others(guardian):
    before = stored(guardian)
    guardian.phone = NUMBER
    guardian.save()
    assert stored(guardian) != before


def test_a_row_that_goes_to_another_school_is_sealed_again_for_it(guardian, cast):
    old = guardian.school_id
    guardian.school_id = cast.other.school.id
    sealed = guardian._meta.get_field("phone").pre_save(guardian, add=False)
    assert open_for(Guardian, "phone", guardian.pk, cast.other.school.id, sealed) == NUMBER
    with pytest.raises(Tampered):
        open_for(Guardian, "phone", guardian.pk, old, sealed)


def test_a_copy_under_a_new_id_is_sealed_for_the_new_row(guardian):
    twin = Guardian.objects.get(pk=guardian.pk)
    twin.pk, twin.position, twin._state.adding = uuid4(), 2, True
    twin.save()
    assert Guardian.objects.get(pk=twin.pk).phone == NUMBER


@pytest.mark.parametrize("column", ["phone", "name"])
def test_bytes_taken_from_another_row_or_column_do_not_open(guardian, column):
    other = Guardian(student_id=guardian.student_id, school_id=guardian.school_id, phone="1", name="2", position=2)
    other.save()
    overwrite(guardian, stored(other if column == "phone" else guardian, column))
    with pytest.raises(Tampered):
        _ = Guardian.objects.get(pk=guardian.pk).phone


def test_saving_does_not_make_stolen_bytes_good(guardian):
    other = Guardian.objects.create(student_id=guardian.student_id, school_id=guardian.school_id, phone="1", position=2)
    overwrite(guardian, stored(other))
    Guardian.objects.get(pk=guardian.pk).save()
    with pytest.raises(Tampered):
        _ = Guardian.objects.get(pk=guardian.pk).phone


def test_update_with_text_is_refused_with_advice(guardian):
    with pytest.raises(TypeError, match="seal_for"):
        Guardian.objects.filter(pk=guardian.pk).update(phone="1")


def test_update_with_bytes_sealed_for_the_row_works(guardian):
    sealed = seal_for(Guardian, "phone", guardian.pk, guardian.school_id, "110")
    Guardian.objects.filter(pk=guardian.pk).update(phone=sealed)
    assert Guardian.objects.get(pk=guardian.pk).phone == "110"


def test_update_to_nothing_works(guardian):
    Guardian.objects.filter(pk=guardian.pk).update(phone=None)
    assert Guardian.objects.get(pk=guardian.pk).phone is None


def test_bulk_update_is_refused_with_advice(guardian):
    guardian.phone = "1"
    with pytest.raises(TypeError, match="seal_for"):
        Guardian.objects.bulk_update([guardian], ["phone"])


@pytest.mark.parametrize("lookup", ["phone", "phone__contains", "phone__in", "phone__startswith"])
def test_searching_sealed_text_is_refused_with_advice(guardian, lookup):
    with pytest.raises(FieldError, match="BlindIndex"):
        list(Guardian.objects.filter(**{lookup: ["1"] if lookup.endswith("in") else "1"}))


def test_values_shows_only_that_something_is_sealed(guardian):
    assert repr(list(Guardian.objects.filter(pk=guardian.pk).values_list("phone"))) == "[(<sealed>,)]"


def test_neither_repr_nor_vars_show_the_text(guardian):
    assert guardian.phone == NUMBER
    assert NUMBER not in repr(guardian) + str(guardian) + repr(vars(guardian))


def test_an_opened_row_cannot_be_pickled_and_an_unopened_one_carries_no_text(guardian):
    assert NUMBER.encode() not in pickle.dumps(guardian)
    assert pickle.loads(pickle.dumps(guardian)).phone == NUMBER
    assert guardian.phone == NUMBER
    with pytest.raises(TypeError, match="cannot be pickled"):
        pickle.dumps(guardian)


def test_rows_can_be_copied_in_memory(guardian):
    assert guardian.phone == NUMBER
    assert (copy.copy(guardian).phone, copy.deepcopy(guardian).phone) == (NUMBER, NUMBER)


def test_serialising_is_refused(guardian):
    with pytest.raises(TypeError, match="not serialised"):
        guardian._meta.get_field("phone").value_to_string(guardian)


def test_a_deferred_value_is_fetched_when_read(guardian):
    assert Guardian.objects.defer("phone").get(pk=guardian.pk).phone == NUMBER
    assert Guardian.objects.only("phone").get(pk=guardian.pk).phone == NUMBER


def test_refreshing_reads_the_new_text(guardian):
    seen = Guardian.objects.get(pk=guardian.pk)
    assert seen.phone == NUMBER
    guardian.phone = "120"
    guardian.save(update_fields=["phone"])
    seen.refresh_from_db()
    assert seen.phone == "120"


def test_reading_opens_once(guardian, monkeypatch):
    assert guardian.phone == NUMBER
    monkeypatch.setattr(keyring, "key", None)
    assert guardian.phone == NUMBER


def test_the_index_follows_its_source(guardian):
    student = Student.objects.get(pk=guardian.student_id)
    student.student_number = "Ｇ 2026 x1"
    student.save()
    wanted = index_for(Student, "student_number_index", student.school_id, "g2026X1")
    assert Student.objects.get(student_number_index=wanted) == student
    student.student_number = None
    student.save()
    assert Student.objects.get(pk=student.pk).student_number_index is None


def test_the_index_is_made_for_rows_created_together(guardian):
    pupil = Student.objects.get(pk=guardian.student_id)
    twin = Student(school_id=pupil.school_id, school_class_id=pupil.school_class_id, name="甲", student_number="G77")
    Student.objects.bulk_create([twin])
    assert Student.objects.get(student_number_index=index_for(Student, "student_number_index", pupil.school_id, "g77"))


def test_asking_an_index_with_plain_text_is_refused_with_advice(guardian):
    with pytest.raises(TypeError, match="index_for"):
        list(Student.objects.filter(student_number_index="G1"))


def test_assigned_sealed_bytes_are_stored_as_they_are(guardian):
    guardian.phone = seal_for(Guardian, "phone", guardian.pk, guardian.school_id, "119")
    guardian.save()
    assert Guardian.objects.get(pk=guardian.pk).phone == "119"


def test_a_form_field_offers_the_text_with_its_greatest_length():
    assert SealedText(max_length=20).formfield().max_length == 20


def test_a_migration_can_write_the_fields_down():
    for field in (SealedText(padded=False, school=None), BlindIndex(source="phone", city_wide=True)):
        _, path, args, kwargs = field.deconstruct()
        assert path.startswith("qingyan.foundation.crypto.fields.")
        assert type(field)(*args, **kwargs).deconstruct()[3] == kwargs


@isolate_apps("qingyan.people")
def test_a_sealed_field_needs_a_uuid_key_and_a_school():
    class Numbered(models.Model):
        id = models.BigAutoField(primary_key=True)
        note = SealedText()

        class Meta:
            app_label = "people"

    assert [found.id for found in Numbered._meta.get_field("note").check()] == ["crypto.E001", "crypto.E002"]


@isolate_apps("qingyan.people")
def test_a_city_wide_field_needs_no_school(db):
    class Notice(models.Model):
        id = models.UUIDField(primary_key=True, default=uuid4)
        note = SealedText(school=None)

        class Meta:
            app_label = "people"

    assert Notice._meta.get_field("note").check() == []
    notice = Notice(note="城市")
    sealed = Notice._meta.get_field("note").pre_save(notice, add=True)
    assert isinstance(sealed, Sealed)
    assert open_for(Notice, "note", notice.pk, None, sealed) == "城市"


def _of_a_migration() -> type[models.Model]:
    """Guardian as a migration sees it."""
    return ProjectState.from_apps(apps).apps.get_model("people", "Guardian")


def test_the_passing_models_of_migrations_leave_no_trace():
    """Each of them once stayed in memory, and migrating an empty database took ten times as long."""
    before = len(post_init.receivers)
    assert _of_a_migration()._meta.get_field("phone").get_internal_type() == "BinaryField"
    assert len(post_init.receivers) == before


def test_a_migration_reads_and_writes_sealed_text_in_its_place(guardian):
    old = _of_a_migration().objects.get(pk=guardian.pk)
    assert old.phone == NUMBER
    old.save()
    assert Guardian.objects.get(pk=guardian.pk).phone == NUMBER


def test_a_migration_that_moves_a_row_without_opening_it_is_stopped(guardian, cast):
    old = _of_a_migration().objects.get(pk=guardian.pk)
    old.school_id = cast.other.school.id
    with pytest.raises(Tampered):
        old.save()
