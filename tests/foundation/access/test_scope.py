"""Entering a scope, and every pitfall that was met in the laboratory, each with the control that shows it is real."""

import pytest
from django.db import DataError, IntegrityError, ProgrammingError, connection, connections, transaction

from qingyan.foundation.access.actor import system_actor
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import OutsideTransaction, entered
from qingyan.people.models import Guardian, Student

ALL = frozenset(Sight)


def _here(place, sight=ALL):
    return system_actor(school_id=place.school.id, sight=sight, purpose="test")


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


def test_outside_a_transaction_a_scope_is_refused(committed_cast):
    with pytest.raises(OutsideTransaction), entered(_here(committed_cast.home)):
        pass


def test_the_control_a_local_setting_without_a_transaction_evaporates(committed_cast):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('qingyan.school', %s, true), set_config('qingyan.sight', '{identity}', true)",
            [str(committed_cast.home.school.id)],
        )
    assert _count("people_student") == 0


def test_in_a_scope_only_the_own_school_is_seen(cast, acting):
    with acting(_here(cast.home)):
        assert {student.school_id for student in Student.objects.all()} == {cast.home.school.id}
        assert Student.objects.count() == 5
    with acting(_here(cast.far)):
        assert {student.school_id for student in Student.objects.all()} == {cast.far.school.id}


def test_without_a_scope_nothing_is_seen_and_nothing_written_on_a_fresh_and_on_a_used_connection(
    committed_cast, acting
):
    connections["default"].close()
    assert _count("people_student") == 0
    with acting(_here(committed_cast.home)):
        assert _count("people_student") == 5
    assert _count("people_student") == 0
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute("UPDATE people_student SET name = 'x'")
        assert cursor.rowcount == 0


def test_the_control_a_setting_for_the_session_shows_rows_to_the_next_request(committed_cast):
    """Why set_config(…, false) is forbidden: what one request sets, the next one on the connection sees."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('qingyan.school', %s, false), set_config('qingyan.sight', '{identity}', false)",
            [str(committed_cast.home.school.id)],
        )
    try:
        assert _count("people_student") == 5
    finally:
        connections["default"].close()


def test_the_empty_text_that_a_used_connection_gives_is_read_as_not_set(committed_cast, acting):
    with acting(_here(committed_cast.home)):
        pass
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('qingyan.school', true), scope.school(), scope.student(), scope.classes()"
        )
        assert cursor.fetchone() == ("", None, None, None)


def test_the_control_without_nullif_the_empty_text_is_an_error(committed_cast, acting):
    with acting(_here(committed_cast.home)):
        pass
    with pytest.raises(Exception, match="invalid input syntax"), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('qingyan.school', true)::bigint")


def test_sight_is_needed_beside_the_school(cast, acting):
    with acting(_here(cast.home, frozenset({Sight.PROGRESS}))):
        assert Student.objects.count() == 0
    with acting(_here(cast.home, frozenset({Sight.IDENTITY}))):
        assert Student.objects.count() == 5
        assert Guardian.objects.count() == 0


def test_a_homeroom_teacher_sees_the_own_class_only(cast, acting):
    with acting(cast.actor(cast.home.homeroom_teacher, cast.home)):
        assert {student.school_class_id for student in Student.objects.all()} == {cast.home.class_a.id}


def test_a_pupil_sees_the_own_row_only(cast, acting):
    with acting(cast.pupil_actor()):
        assert list(Student.objects.all()) == [cast.home.pupil]


def test_a_narrow_scope_that_forgot_the_narrow_role_sees_nothing(cast, acting):
    with acting(cast.pupil_actor()):
        assert Student.objects.count() == 1
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user, set_config('role', 'none', true)")
            assert cursor.fetchone()[0] == "qingyan_narrow"
        assert Student.objects.count() == 0


def test_after_a_narrow_scope_the_role_is_the_apps_own_again(committed_cast, acting):
    with acting(committed_cast.pupil_actor()):
        pass
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("qingyan_app",)


def test_a_counsellor_of_another_school_sees_nothing_of_this_one(cast, acting):
    with acting(cast.actor(cast.other.counsellor, cast.home)):
        assert Student.objects.count() == 0


def test_a_row_cannot_be_moved_to_another_school_or_written_there(cast, acting):
    with acting(_here(cast.home)):
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Student.objects.filter(id=cast.home.pupil.id).update(school_id=cast.other.school.id)
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Student(school=cast.other.school, school_class=cast.other.class_a, name="过路人").save(force_insert=True)


def test_a_child_row_cannot_point_at_a_pupil_of_another_school(cast, acting):
    """Foreign keys ignore row-level security; the composite key does not."""

    def point_across():
        with transaction.atomic(), connection.cursor() as cursor:
            Guardian(student=cast.other.pupil, school=cast.home.school, position=7).save(force_insert=True)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    with acting(_here(cast.home)), pytest.raises(IntegrityError, match="same_school"):
        point_across()


def test_scopes_nest_and_the_outer_one_comes_back(cast):
    with transaction.atomic(), entered(_here(cast.home)):
        with entered(_here(cast.far)):
            assert Student.objects.filter(school_id=cast.far.school.id).count() == 5
        assert Student.objects.filter(school_id=cast.home.school.id).count() == 5
        assert Student.objects.filter(school_id=cast.far.school.id).count() == 0


def test_an_error_of_the_database_inside_a_scope_is_the_error_that_is_heard(committed_cast):
    def divide():
        with transaction.atomic(), entered(_here(committed_cast.home)), connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")

    with pytest.raises(DataError, match="division by zero"):
        divide()


def test_the_app_role_may_not_truncate_or_switch_security_off(cast, acting):
    with acting(_here(cast.home)), connection.cursor() as cursor:
        for statement in ("TRUNCATE people_guardian", "ALTER TABLE people_student DISABLE ROW LEVEL SECURITY"):
            with pytest.raises(ProgrammingError), transaction.atomic():
                cursor.execute(statement)
        cursor.execute("SET LOCAL row_security = off")
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            cursor.execute("SELECT * FROM people_student")


def test_the_bureau_role_is_refused_on_tables_of_persons(committed_cast):
    with pytest.raises(ProgrammingError, match="permission denied"), connections["bureau"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_student")
    connections["bureau"].close()


def test_owner_rights_do_not_open_a_forced_table(committed_cast, owner_connection):
    with owner_connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_student")
        assert cursor.fetchone() == (0,)


def test_the_control_unforced_the_owner_sees_everything(committed_cast, owner_connection):
    with owner_connection.cursor() as cursor:
        cursor.execute("ALTER TABLE people_student NO FORCE ROW LEVEL SECURITY")
        try:
            cursor.execute("SELECT count(*) FROM people_student")
            assert cursor.fetchone() == (15,)
        finally:
            cursor.execute("ALTER TABLE people_student FORCE ROW LEVEL SECURITY")


def test_the_control_two_permissive_policies_add_up(committed_cast, owner_connection, acting):
    """Why every policy beside own_school is restrictive."""
    with owner_connection.cursor() as cursor:
        cursor.execute("CREATE POLICY careless ON people_student FOR SELECT TO qingyan_app USING (true)")
    try:
        with acting(_here(committed_cast.home)):
            assert _count("people_student") == 15
    finally:
        with owner_connection.cursor() as cursor:
            cursor.execute("DROP POLICY careless ON people_student")
    with acting(_here(committed_cast.home)):
        assert _count("people_student") == 5


def test_an_error_inside_a_scope_is_heard_as_it_is_and_the_scope_before_it_holds_again(cast, acting):
    with acting(_here(cast.home)):
        with pytest.raises(DataError), transaction.atomic(), entered(_here(cast.far)), connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
        assert {student.school_id for student in Student.objects.all()} == {cast.home.school.id}


def test_outside_a_school_nobody_is_narrower_than_anybody_and_nobody_sees_a_pupil(cast, acting):
    """A city officer plans rounds and keeps the calendar, which the narrow role may not write."""
    with acting(cast.actor(cast.city_officer)):
        assert _role() == "qingyan_app"
        assert Student.objects.count() == 0
    with acting(cast.actor(cast.other.counsellor, cast.home)):
        assert _role() == "qingyan_narrow"
        assert Student.objects.count() == 0


def _role() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return cursor.fetchone()[0]
