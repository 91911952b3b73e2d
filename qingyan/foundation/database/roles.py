"""The four database roles and the database they share, as repeatable statements.

Decides: who may log in, what each may never do. Does not: grant on tables (`foundation.access.protection`).
A superuser runs them once: the embedded launcher by itself, a configured server by `qingyan database roles --print`.
"""

from collections.abc import Mapping
from typing import Any

from psycopg import Connection, connect
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL, Identifier, Literal

from qingyan.foundation.database.addresses import DATABASE

OWNER, APP, BUREAU, COUNTER = "qingyan_owner", "qingyan_app", "qingyan_bureau", "qingyan_counter"
NARROW = "qingyan_narrow"  # what the app becomes for a pupil or a homeroom teacher
LOGINS = (OWNER, APP, BUREAU)
# NOINHERIT: before 16 the owner, as a member of the counter, would otherwise fall under its policies and see every row.
POWERLESS = "NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS NOINHERIT"
FIRST_WITH_SET_OPTION = 160000  # server_version_num: before 16, membership always allows SET ROLE

DURABLE = ("synchronous_commit", "on"), ("row_security", "on"), ("lock_timeout", "10s")
SESSION_SETTINGS = {
    APP: (*DURABLE, ("idle_in_transaction_session_timeout", "60s")),
    BUREAU: (*DURABLE, ("default_transaction_read_only", "on")),
    OWNER: (("synchronous_commit", "on"), ("lock_timeout", "60s")),
}


def role_statements(version: int) -> list[str]:
    """SQL that makes the roles and their limits; passwords apart. `version` is server_version_num."""
    made = [_created(role, "LOGIN") for role in LOGINS] + [_created(role, "NOLOGIN") for role in (COUNTER, NARROW)]
    limits = [f"ALTER ROLE {role} {POWERLESS}" for role in (*LOGINS, COUNTER, NARROW)]
    # The owner gives its counting functions to the counter, and needs no right of the counter for anything else.
    option = " WITH SET TRUE, INHERIT FALSE" if version >= FIRST_WITH_SET_OPTION else ""
    sessions = [
        f"ALTER ROLE {role} SET {name} = '{value}'" for role, pairs in SESSION_SETTINGS.items() for name, value in pairs
    ]
    # NOINHERIT and INHERIT FALSE: the app must become narrow on purpose, never hold its policies beside its own.
    members = [f"GRANT {COUNTER} TO {OWNER}{option}", f"ALTER ROLE {APP} NOINHERIT", f"GRANT {NARROW} TO {APP}{option}"]
    return [*made, *limits, *members, *sessions]


def database_statements(database: str) -> list[str]:
    """SQL for the database itself, run inside it by a superuser once it exists."""
    name = '"' + database.replace('"', '""') + '"'
    return [
        f"ALTER DATABASE {name} OWNER TO {OWNER}",
        f"REVOKE ALL ON DATABASE {name} FROM PUBLIC",
        f"GRANT CONNECT ON DATABASE {name} TO {APP}, {BUREAU}",
        f"GRANT CONNECT, CREATE, TEMPORARY ON DATABASE {name} TO {OWNER}",
        f"ALTER SCHEMA public OWNER TO {OWNER}",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA public TO {APP}, {COUNTER}, {NARROW}",
        "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    ]


def ensure(connection: Connection[Any], passwords: Mapping[str, str], database: str = DATABASE) -> None:
    """Brings roles and database into the wanted state. `connection`: superuser, autocommit, any database."""
    for statement in role_statements(connection.info.server_version):
        connection.execute(SQL(statement))
    for role, word in passwords.items():
        sealed = connection.pgconn.encrypt_password(word.encode(), role.encode(), b"scram-sha-256").decode()
        connection.execute(SQL("ALTER ROLE {} PASSWORD {}").format(Identifier(role), Literal(sealed)))
    ensure_database(connection, database)


def ensure_database(connection: Connection[Any], database: str) -> None:
    """Makes the database if it is missing and closes it to strangers."""
    if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone() is None:
        connection.execute(SQL("CREATE DATABASE {} TEMPLATE template0").format(Identifier(database)))
    arguments = connection.info.get_parameters() | {"dbname": database, "password": connection.info.password}
    with connect(make_conninfo("", **arguments), autocommit=True) as inside:
        for statement in database_statements(database):
            inside.execute(SQL(statement))


def printed(version: int, database: str = DATABASE) -> str:
    """The same as a psql script; it asks for the passwords, so none is ever in a file."""
    asked = [f"\\prompt 'Password for {role}: ' {role}_password" for role in LOGINS]
    words = [f"ALTER ROLE {role} PASSWORD :'{role}_password';" for role in LOGINS]
    absent = f"NOT EXISTS (SELECT FROM pg_database WHERE datname = '{database}')"
    made = f"SELECT 'CREATE DATABASE {database} TEMPLATE template0' WHERE {absent}\\gexec"
    lines = [
        "-- Run as a superuser: psql -X -v ON_ERROR_STOP=1 -d postgres -f THIS_FILE",
        *(f"{statement};" for statement in role_statements(version)),
        *asked,
        *words,
        made,
        f"\\connect {database}",
        *(f"{statement};" for statement in database_statements(database)),
    ]
    return "\n".join(lines) + "\n"


def _created(role: str, login: str) -> str:
    return (
        f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN "
        f"CREATE ROLE {role} {login}; END IF; END $$"
    )
