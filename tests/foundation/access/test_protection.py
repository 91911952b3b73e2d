"""Row-level security as the catalogue tells it, compared with the declarations; each test has a control that fails."""

import pytest
from django.db import ProgrammingError, connection, connections

from qingyan.foundation.access.protection import (
    APP,
    BUREAU,
    COUNTER,
    NARROW,
    OWNER,
    Undeclared,
    declared,
    protected_tables,
)
from qingyan.foundation.access.scoping import Owned, SchoolScope

PERSON_WORDS = ("student", "pupil", "guardian", "answer", "result", "alert", "sitting", "slip", "enrolment", "entry")


def _unprotected(cursor) -> set[str]:
    cursor.execute(
        """SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
           WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
             AND NOT (c.relrowsecurity AND c.relforcerowsecurity)"""
    )
    return {name for (name,) in cursor.fetchall()}


def test_the_tests_run_as_the_role_that_serves(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, session_user")
        assert cursor.fetchone() == (APP, APP)


def test_every_table_in_the_database_is_declared(owner_connection):
    with owner_connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        assert {name for (name,) in cursor.fetchall()} - set(declared()) == set()


def test_every_scoped_table_is_under_forced_row_security(owner_connection):
    with owner_connection.cursor() as cursor:
        assert _unprotected(cursor) & protected_tables() == set()


def test_a_table_whose_force_was_taken_away_is_noticed(owner_connection):
    with owner_connection.cursor() as cursor:
        cursor.execute("ALTER TABLE people_student NO FORCE ROW LEVEL SECURITY")
        try:
            assert _unprotected(cursor) & protected_tables() == {"people_student"}
        finally:
            cursor.execute("ALTER TABLE people_student FORCE ROW LEVEL SECURITY")


def test_no_table_whose_name_speaks_of_a_pupil_is_unscoped():
    unscoped = {name for name, (_, scope) in declared().items() if not isinstance(scope, SchoolScope)}
    # The district reads which school has not answered in time: the number of an alert that no officer can open.
    unscoped -= {"alerts_districtcall"}
    # When the platform looked for missing alerts, and how many it found: no alert, no school.
    unscoped -= {"alerts_sweep"}
    assert [
        name
        for name in unscoped
        if name.startswith(("people_", "screening_", "alerts_", "archives_"))
        and any(word in name for word in PERSON_WORDS)
    ] == []


def test_a_model_without_a_declaration_is_refused(monkeypatch):
    model = declared()["people_student"][0]
    monkeypatch.delattr(model, "scope")
    with pytest.raises(Undeclared, match="people_student"):
        declared()


def test_the_policies_in_the_catalogue_are_the_declared_ones(owner_connection):
    wanted = {}
    for table, (_, scope) in declared().items():
        if isinstance(scope, SchoolScope):
            names = {"own_school", "whole_school"}
            names |= {"own_student", "own_classes"} if scope.narrow else set()
            names |= {"sight"} if scope.gates else set()
            names |= {"counting"} if scope.counted else set()
            names |= {"readers"} if scope.reader or scope.readers else set()
            wanted[table] = names
        elif isinstance(scope, Owned):
            wanted[table] = {"own", "ending"}
    with owner_connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename, policyname FROM pg_policies WHERE schemaname = 'public' AND NOT %s = ANY (roles)",
            [OWNER],
        )
        found: dict[str, set[str]] = {}
        for table, policy in cursor.fetchall():
            found.setdefault(table, set()).add(policy)
    assert found == wanted


def test_there_is_one_permissive_policy_for_the_app_on_each_table(owner_connection):
    with owner_connection.cursor() as cursor:
        cursor.execute(
            """SELECT tablename, count(*) FROM pg_policies
               WHERE permissive = 'PERMISSIVE' AND %s = ANY (roles) GROUP BY tablename HAVING count(*) <> 1""",
            [APP],
        )
        assert cursor.fetchall() == []


@pytest.mark.parametrize("role", [APP, NARROW, BUREAU, COUNTER])
def test_the_serving_roles_have_no_power(owner_connection, role):
    with owner_connection.cursor() as cursor:
        cursor.execute(
            """SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication
               FROM pg_roles WHERE rolname = %s""",
            [role],
        )
        assert cursor.fetchone() == (False,) * 5
        cursor.execute(
            "SELECT count(*) FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE r.rolname = %s", [role]
        )
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT pg_has_role(%s, %s, 'MEMBER')", [role, OWNER])
        assert cursor.fetchone() == (False,)


def test_nobody_who_serves_may_truncate_or_reference_or_add_triggers(owner_connection):
    with owner_connection.cursor() as cursor:
        cursor.execute(
            """SELECT grantee, table_name, privilege_type FROM information_schema.table_privileges
               WHERE grantee = ANY (%s) AND privilege_type IN ('TRUNCATE', 'REFERENCES', 'TRIGGER')""",
            [[APP, NARROW, BUREAU, COUNTER]],
        )
        assert cursor.fetchall() == []


def test_the_bureau_has_no_grant_on_any_table_of_persons(owner_connection):
    with owner_connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.table_privileges WHERE grantee = %s", [BUREAU])
        assert {name for (name,) in cursor.fetchall()} & protected_tables() == set()


def test_every_view_would_run_with_the_rights_of_who_asks(owner_connection):
    with owner_connection.cursor() as cursor:
        cursor.execute(
            """SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
               WHERE n.nspname = 'public' AND (c.relkind = 'm' OR (c.relkind = 'v'
                 AND NOT coalesce(c.reloptions::text LIKE '%%security_invoker=true%%', false)))"""
        )
        assert cursor.fetchall() == []


def test_every_foreign_key_between_scoped_tables_carries_the_school(owner_connection):
    with owner_connection.cursor() as cursor:
        cursor.execute(
            """SELECT conrelid::regclass::text, confrelid::regclass::text, array_length(conkey, 1)
               FROM pg_constraint WHERE contype = 'f'"""
        )
        keys = cursor.fetchall()
    pairs = {(child, parent) for child, parent, _ in keys if {child, parent} <= protected_tables()}
    with_school = {(child, parent) for child, parent, width in keys if width == 2}
    assert pairs
    assert pairs <= with_school


@pytest.mark.parametrize(
    "secret",
    [
        "SELECT password FROM people_account",
        "SELECT * FROM mfa_authenticator",
        "SELECT session_key FROM django_session",
        "SELECT wrapped FROM crypto_datakey",
        "SELECT args FROM procrastinate_jobs",
        "SELECT * FROM axes_accessattempt",
        "SELECT values FROM screening_result",
        "SELECT * FROM alerts_alert",
        "SELECT content FROM archives_entry",
        "SELECT phone FROM people_guardian",
        "SELECT code_hash FROM people_slip",
        "SELECT detail FROM audit_entry",
        "INSERT INTO people_post (id) VALUES (gen_random_uuid())",
        "UPDATE people_account SET password = ''",
        "UPDATE alerts_alert SET state = 'closed'",
        "UPDATE people_student SET name = 'x'",
        "UPDATE people_pupilsession SET ended_at = NULL",
        "UPDATE screening_campaign SET closes_at = now()",
        "UPDATE screening_sitting SET student_id = student_id",
        "DELETE FROM screening_answersheet",
        "SELECT nextval('audit_entry_id_seq')",
    ],
)
def test_a_pupils_scope_has_no_right_at_all_to_what_a_pupil_never_needs(cast, acting, secret):
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        acting(cast.pupil_actor()),
        connection.cursor() as cursor,
    ):
        cursor.execute(secret)


def test_nobody_may_call_a_function_only_because_it_is_there(owner_connection):
    """New functions are open to PUBLIC in PostgreSQL; ours are not. Extensions keep theirs, which read no table."""
    asked = """SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
               WHERE n.nspname IN ('public', 'scope', 'audit', 'counting') AND p.proowner::regrole::text <> 'postgres'
                 AND (p.proacl IS NULL OR EXISTS (SELECT 1 FROM aclexplode(p.proacl) WHERE grantee = 0))"""
    with owner_connection.cursor() as cursor:
        cursor.execute(asked)
        assert cursor.fetchall() == []
        cursor.execute("CREATE FUNCTION public.newcomer() RETURNS int LANGUAGE sql RETURN 1")
        cursor.execute(asked)
        assert cursor.fetchall() == [], "not even one made a moment ago"
        cursor.execute("GRANT EXECUTE ON FUNCTION public.newcomer() TO PUBLIC")
        cursor.execute(asked)
        assert cursor.fetchall() == [("newcomer()",)], "the control"
        cursor.execute("DROP FUNCTION public.newcomer()")


@pytest.mark.parametrize("role", [APP, NARROW, BUREAU, COUNTER])
def test_the_serving_roles_make_nothing_and_keep_nothing_in_the_database(owner_connection, role):
    with owner_connection.cursor() as cursor:
        for schema in ("public", "scope", "audit", "counting"):
            cursor.execute("SELECT has_schema_privilege(%s, %s, 'CREATE')", [role, schema])
            assert cursor.fetchone() == (False,), schema
        for right in ("CREATE", "TEMPORARY"):
            cursor.execute("SELECT has_database_privilege(%s, current_database(), %s)", [role, right])
            assert cursor.fetchone() == (False,), right


DEFINERS = {"audit.append"}


def test_functions_with_the_definers_rights_are_a_known_few_with_a_fixed_search_path(owner_connection):
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            """SELECT n.nspname || '.' || p.proname, pg_get_userbyid(p.proowner), p.proconfig::text FROM pg_proc p
               JOIN pg_namespace n ON n.oid = p.pronamespace WHERE p.prosecdef
                 AND n.nspname NOT IN ('pg_catalog', 'information_schema')"""
        )
        found = cursor.fetchall()
    assert {name for name, _, _ in found} >= DEFINERS
    for name, owner, settings in found:
        assert owner in (OWNER, COUNTER), name
        assert "search_path" in (settings or ""), name
