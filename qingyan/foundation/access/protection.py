"""Writes row-level security, grants and composite foreign keys from each model's declared scope.

`statements()` is pure text from the declarations; `apply(connection)` runs it as the owner, after every migration.
Run again it changes nothing. The catalogue test compares pg_policies with these declarations.
Whole-school scopes run as the app role, so that their plans keep the index; a pupil or a homeroom teacher runs as the
narrow role, whose policies add the own rows or classes and which has few grants. A narrow scope without the narrow
role sees nothing. `students` are pupils of one school whose answers are stored together (by the answering endpoint).
"""

from django.apps import apps
from django.db import models

from qingyan.foundation.access.scoping import Owned, SchoolScope, Scoping, Unscoped
from qingyan.foundation.access.third_party import THIRD_PARTY

APP, NARROW = "qingyan_app", "qingyan_narrow"
BUREAU, COUNTER, OWNER = "qingyan_bureau", "qingyan_counter", "qingyan_owner"

# current_setting gives '' (not NULL) after the first use on a connection, hence nullif everywhere.
FUNCTIONS = """
CREATE SCHEMA IF NOT EXISTS scope;
CREATE OR REPLACE FUNCTION scope.setting(name text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(pg_catalog.current_setting('qingyan.' || name, true), '') $$;
CREATE OR REPLACE FUNCTION scope.actor() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(pg_catalog.current_setting('qingyan.actor', true), '')::uuid $$;
CREATE OR REPLACE FUNCTION scope.school() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(pg_catalog.current_setting('qingyan.school', true), '')::bigint $$;
CREATE OR REPLACE FUNCTION scope.schools() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT coalesce(nullif(pg_catalog.current_setting('qingyan.schools', true), ''), '{}')::bigint[] $$;
CREATE OR REPLACE FUNCTION scope.classes() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(pg_catalog.current_setting('qingyan.classes', true), '')::bigint[] $$;
CREATE OR REPLACE FUNCTION scope.student() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(pg_catalog.current_setting('qingyan.student', true), '')::uuid $$;
CREATE OR REPLACE FUNCTION scope.students() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(pg_catalog.current_setting('qingyan.students', true), '')::uuid[] $$;
CREATE OR REPLACE FUNCTION scope.moving() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT coalesce(nullif(pg_catalog.current_setting('qingyan.moving', true), ''), '{}')::uuid[] $$;
CREATE OR REPLACE FUNCTION scope.overseen() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT coalesce(nullif(pg_catalog.current_setting('qingyan.overseen', true), ''), '{}')::bigint[] $$;
CREATE OR REPLACE FUNCTION scope.sees(word text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT word = ANY (coalesce(nullif(pg_catalog.current_setting('qingyan.sight', true), ''), '{}')::text[]) $$;
"""


# What the app may call with the definer's rights, the narrow role may call too.
ANNOUNCED = f"""
DO $$ DECLARE made oid; BEGIN
  FOR made IN SELECT p.oid FROM pg_proc p WHERE p.prosecdef AND has_function_privilege('{APP}', p.oid, 'EXECUTE')
      AND p.pronamespace = (SELECT oid FROM pg_namespace WHERE nspname = 'audit') LOOP
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO {NARROW}', made::regprocedure);
  END LOOP;
  EXECUTE 'GRANT USAGE ON SCHEMA audit TO {NARROW}';
END $$;
"""


SEQUENCES = f"""
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, {APP}, {NARROW}, {BUREAU}, {COUNTER};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APP};
"""

# PostgreSQL lets everybody call every new function. Functions of extensions belong to a superuser and stay as they are.
CALLS = f"""
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
DO $$ DECLARE made oid; BEGIN
  FOR made IN SELECT p.oid FROM pg_proc p WHERE p.proowner = current_user::regrole
      AND p.pronamespace IN ('public'::regnamespace, 'scope'::regnamespace) LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', made::regprocedure);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO {APP}', made::regprocedure);
  END LOOP;
END $$;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA scope TO {APP}, {NARROW}, {BUREAU}, {COUNTER};
"""


class Undeclared(Exception):
    """A model or table says neither whose rows it holds nor why it needs no scope."""


def declared() -> dict[str, tuple[type[models.Model] | None, Scoping]]:
    """Every table with its declaration. Raises Undeclared, naming the table that has none."""
    tables: dict[str, tuple[type[models.Model] | None, Scoping]] = {}
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.managed and not model._meta.db_table.startswith("procrastinate_"):
            continue
        table = model._meta.db_table
        scope = THIRD_PARTY.get(table) or getattr(model, "scope", None)
        if not isinstance(scope, SchoolScope | Unscoped):
            raise Undeclared(f"{model._meta.label} ({table}) declares no scope")
        tables[table] = (model, scope)
    tables["django_migrations"] = (None, THIRD_PARTY["django_migrations"])
    return tables


def protected_tables() -> frozenset[str]:
    """The tables under row-level security."""
    return frozenset(table for table, (_, scope) in declared().items() if isinstance(scope, SchoolScope | Owned))


def statements() -> list[str]:
    """All SQL, in order: functions, then per table policies and grants, then composite keys."""
    tables = declared()
    sql = [
        FUNCTIONS.strip(),
        f"GRANT USAGE ON SCHEMA scope, public TO {APP}, {NARROW}, {BUREAU}, {COUNTER};",
        ANNOUNCED,
    ]
    for table, (_, scope) in sorted(tables.items()):
        sql += _grants(table, scope)
        if isinstance(scope, SchoolScope):
            sql += _policies(table, scope)
        elif isinstance(scope, Owned):
            sql += _owned(table, scope)
    sql.append(SEQUENCES)
    sql.append(CALLS)
    sql += _composite_keys(tables)
    return sql


def apply(connection) -> None:
    """Run the statements on this connection, which must be the owner's. Old policies of these tables are replaced."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename, policyname, roles FROM pg_policies WHERE schemaname = 'public'")
        for table, policy, roles in cursor.fetchall():
            if OWNER not in roles:
                cursor.execute(f'DROP POLICY "{policy}" ON "{table}"')
        for statement in statements():
            cursor.execute(statement)


def _grants(table: str, scope: Scoping) -> list[str]:
    sql = [
        f'REVOKE ALL ON TABLE "{table}" FROM PUBLIC, {APP}, {NARROW}, {BUREAU}, {COUNTER};',
        f'GRANT {", ".join(("SELECT", *scope.writes))} ON TABLE "{table}" TO {APP};',
    ]
    if scope.narrow:
        sql.append(f'GRANT {", ".join(scope.narrow)} ON TABLE "{table}" TO {NARROW};')
    if scope.bureau:
        sql.append(f'GRANT SELECT ON TABLE "{table}" TO {BUREAU}, {COUNTER};')
    if isinstance(scope, SchoolScope) and scope.counted:
        sql.append(f'GRANT SELECT ({", ".join(scope.counted)}) ON TABLE "{table}" TO {COUNTER};')
    return sql


def _policies(table: str, scope: SchoolScope) -> list[str]:
    own_school = f"{scope.school} = (SELECT scope.school())"
    if scope.overseen:
        own_school += f" OR {scope.school} = ANY ((SELECT scope.overseen())::bigint[])"
    roles = f"{APP}, {NARROW}" if scope.narrow else APP
    sql = [
        f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY;',
        f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY;',
        (
            f'CREATE POLICY own_school ON "{table}" AS PERMISSIVE FOR {"ALL" if scope.writes else "SELECT"} TO {roles} '
            f"USING ({own_school}){f' WITH CHECK ({own_school})' if scope.writes else ''};"
        ),
        (
            f'CREATE POLICY whole_school ON "{table}" AS RESTRICTIVE FOR ALL TO {APP} '
            "USING ((SELECT scope.student() IS NULL AND scope.students() IS NULL AND scope.classes() IS NULL));"
        ),
    ]
    if scope.narrow:
        sql += _narrow_policies(table, scope)
    if scope.gates:
        seen = " OR ".join(f"scope.sees('{gate}')" for gate in scope.gates)
        sql.append(
            f'CREATE POLICY sight ON "{table}" AS RESTRICTIVE FOR SELECT TO {roles} '
            f"USING ((SELECT {seen}){_given(scope)});"
        )
    sql += _readers(table, scope, roles)
    if scope.student:
        sql += _moving(table, scope.student)
    if scope.counted:
        sql.append(f'CREATE POLICY counting ON "{table}" AS PERMISSIVE FOR SELECT TO {COUNTER} USING (true);')
    return sql


def _owned(table: str, scope: Owned) -> list[str]:
    """Rows of one person, some of them shared with who oversees schools; only the owner writes and removes."""
    own = f"{scope.owner} = (SELECT scope.actor())"
    seen = f"{own} OR ({scope.shared} AND (SELECT cardinality(scope.overseen()) > 0))"
    return [
        f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY;',
        f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY;',
        f'CREATE POLICY own ON "{table}" AS PERMISSIVE FOR ALL TO {APP} USING ({seen}) WITH CHECK ({own});',
        f'CREATE POLICY ending ON "{table}" AS RESTRICTIVE FOR DELETE TO {APP} USING ({own});',
    ]


def _readers(table: str, scope: SchoolScope, roles: str) -> list[str]:
    """Rows for one person, or for the few that stand in the row: nobody else of the school reads them."""
    head = f'CREATE POLICY readers ON "{table}" AS RESTRICTIVE FOR SELECT TO {roles}'
    named = [f"{scope.reader} = (SELECT scope.actor())"] if scope.reader else []
    named += [f"(SELECT scope.actor()) = ANY ({scope.readers})"] if scope.readers else []
    return [f"{head} USING ({' OR '.join(named)});"] if named else []


def _given(scope: SchoolScope) -> str:
    """A row that was given to one person opens to that person, whatever else the person sees (ADR 0033)."""
    return f" OR {scope.given} = (SELECT scope.actor())" if scope.given else ""


def _moving(table: str, student: str) -> list[str]:
    """The owner's functions behind a transfer and a merge (schema moving) reach the rows of the pupils that they move.

    Nobody else is the owner; the setting alone opens nothing.
    """
    moved = f"{student} = ANY ((SELECT scope.moving())::uuid[])"
    return [
        f'DROP POLICY IF EXISTS moving ON "{table}";',
        f'CREATE POLICY moving ON "{table}" AS PERMISSIVE FOR ALL TO {OWNER} USING ({moved}) WITH CHECK ({moved});',
    ]


def _narrow_policies(table: str, scope: SchoolScope) -> list[str]:
    """Own rows, own classes. A table without such a column is shut to the scope that would need it."""
    nobody = "(SELECT scope.student() IS NULL AND scope.students() IS NULL)"
    own = f"{scope.student} = (SELECT scope.student()) OR {scope.student} = ANY ((SELECT scope.students())::uuid[])"
    student = f" OR {own}" if scope.student else ""
    classes = f" OR {scope.class_} = ANY ((SELECT scope.classes())::bigint[])" if scope.class_ else ""
    classes += _given(scope)
    head = f'ON "{table}" AS RESTRICTIVE FOR ALL TO {NARROW}'
    return [
        f"CREATE POLICY own_student {head} USING ({nobody}{student});",
        f"CREATE POLICY own_classes {head} USING ((SELECT scope.classes()) IS NULL{classes});",
    ]


def _composite_keys(tables: dict[str, tuple[type[models.Model] | None, Scoping]]) -> list[str]:
    """Foreign keys ignore row-level security, so a child must name its parent together with the parent's school."""
    parents: dict[str, str] = {}
    children: list[str] = []
    for table, (model, scope) in sorted(tables.items()):
        if model is None or not isinstance(scope, SchoolScope):
            continue
        for key in model._meta.concrete_fields:
            target = getattr(key.remote_field, "model", None)
            parent = getattr(target, "scope", None)
            if target is None or not isinstance(parent, SchoolScope):
                continue
            parent_table, parent_key = target._meta.db_table, target._meta.pk.column
            name = f"{table}_{key.column}_same_school"[:63]
            parents[parent_table] = _add_constraint(
                parent_table, f"{parent_table}_key_with_school"[:63], f"UNIQUE ({parent_key}, {parent.school})"
            )
            children.append(
                _add_constraint(
                    table,
                    name,
                    f"FOREIGN KEY ({key.column}, {scope.school}) REFERENCES {parent_table} ({parent_key}, "
                    f"{parent.school}) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED",
                )
            )
            children.append(_without_plain_key(table, key.column, parent_table))
    return [*parents.values(), *children]


def _without_plain_key(table: str, column: str, parent: str) -> str:
    """Django's own key on the same column demands less than the composite one and costs each new row a second look."""
    return (
        "DO $$ DECLARE plain text; BEGIN FOR plain IN SELECT c.conname FROM pg_constraint c JOIN pg_attribute a "
        "ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] WHERE c.contype = 'f' AND cardinality(c.conkey) = 1 "
        f"AND c.conrelid = '{table}'::regclass AND c.confrelid = '{parent}'::regclass AND a.attname = '{column}' LOOP "
        f"EXECUTE format('ALTER TABLE %I DROP CONSTRAINT %I', '{table}', plain); END LOOP; END $$;"
    )


def _add_constraint(table: str, name: str, definition: str) -> str:
    return (
        f"DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = '{name}') THEN "
        f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {definition}; END IF; END $$;'
    )
