"""The two databases of one worker, copies of a migrated one: an empty one, and one in which the city stands.

A test that asks for `cast` runs in the second, in a transaction that is rolled back; every other test in the first.
"""

import os

import psycopg
from django.core.cache import cache
from django.core.management import call_command
from django.db import connections, transaction
from psycopg.sql import SQL, Identifier

from qingyan.foundation.access.protection import apply
from qingyan.foundation.crypto.keyring import forget
from qingyan.foundation.database.roles import ensure_database
from tests.kept_schema import migrated
from tests.server import TEMPLATE, superuser_url

KEPT = ("django_migrations", "django_content_type", "auth_permission")
EMPTY = os.environ["DATABASE_URL"].rpartition("/")[2]
CITY = f"{EMPTY}_city"
WHOLE = "migrated, with its policies"


def superuser(database: str) -> psycopg.Connection:
    """A superuser's connection that commits each statement."""
    return psycopg.connect(superuser_url(database), autocommit=True)


def enter(name: str) -> None:
    """All aliases stand in this database from now on; what was remembered of the other one is forgotten."""
    if connections.settings["default"]["NAME"] != name:
        connections.close_all()
        for settings in connections.settings.values():
            settings["NAME"] = name
        forget()
    cache.clear()


def copy_template(name: str) -> None:
    """A new database with every table and policy; whichever worker comes first sees to the template."""
    template = os.environ[TEMPLATE]
    with superuser("postgres") as connection:
        connection.execute("SELECT pg_advisory_lock(20260902)")
        asked = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
        if connection.execute(asked, [template]).fetchone() != (WHOLE,):
            _make_whole(template)
            connection.execute(SQL("COMMENT ON DATABASE {} IS {}").format(Identifier(template), WHOLE))
        connection.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(template)))
        ensure_database(connection, name)


def _make_whole(template: str) -> None:
    """Migrate as the owner, or restore what another run migrated; then write the policies, which the models declare."""
    stood = connections.settings["owner"]["NAME"]
    enter(template)
    migrated(superuser_url(template), lambda: call_command("migrate", database="owner", verbosity=0, skip_checks=True))
    with transaction.atomic(using="owner"):
        apply(connections["owner"])
    enter(stood)


def empty() -> None:
    """Every row is gone and every count begins anew. A superuser as replica: no trigger refuses, no key is followed."""
    forget()
    connections["default"].close()
    connections["owner"].close()
    with superuser(EMPTY) as connection, connection.transaction():
        connection.execute("SET LOCAL session_replication_role = replica")
        for table in _filled(connection):
            connection.execute(SQL("DELETE FROM {}").format(Identifier(table)))
        connection.execute(
            """SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
               FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL"""
        )


def rows(database: str) -> dict[str, int]:
    """How many rows each table holds that holds any."""
    with superuser(database) as connection:
        counted = SQL(" UNION ALL ").join(
            SQL("SELECT {}, count(*) FROM {}").format(name, Identifier(name)) for name in _tables(connection)
        )
        return {name: count for name, count in connection.execute(counted).fetchall() if count}


def _filled(connection: psycopg.Connection) -> list[str]:
    """The tables that hold a row: emptying all of them would cost more than most tests."""
    asked = SQL(" UNION ALL ").join(
        SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(name, Identifier(name)) for name in _tables(connection)
    )
    return [name for (name,) in connection.execute(asked).fetchall()]


def _tables(connection: psycopg.Connection) -> list[str]:
    found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    return [name for (name,) in found if name not in KEPT]
