"""Starts a PostgreSQL for the tests before Django reads its settings; loaded early with `-p tests.server`.

Every xdist worker gets a database of its own on one server. QINGYAN_TEST_SUPERUSER_URL names a server to use instead
of the embedded one (that is how the suite is run on PostgreSQL 15).
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict

from qingyan.foundation.database.launcher import EmbeddedServer
from qingyan.foundation.database.roles import role_statements

SUPERUSER = "QINGYAN_TEST_SUPERUSER_URL"
PASSWORD = "only-for-tests"  # noqa: S105


def _start() -> str:
    folder = Path(tempfile.mkdtemp(prefix="qingyan-test-"))
    server = EmbeddedServer(folder / "data")
    server.start()

    def stop() -> None:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(stop)
    return server.url("postgres")


def _prepare(superuser_url: str) -> None:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    name = f"qingyan_test_{worker}_{os.getpid()}"
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(20260901)")  # roles are shared by all workers
        for statement in role_statements({role: PASSWORD for role in ("qingyan_owner", "qingyan_app", "qingyan_bureau")}):
            connection.execute(statement)
        connection.execute(f'CREATE DATABASE "{name}" OWNER qingyan_owner')
    parts = conninfo_to_dict(superuser_url)
    for role, variable in (("app", "DATABASE_URL"), ("owner", "DATABASE_OWNER_URL"), ("bureau", "DATABASE_BUREAU_URL")):
        os.environ[variable] = (
            f"postgresql://qingyan_{role}:{PASSWORD}@{parts.get('host', '127.0.0.1')}:{parts.get('port', 5432)}/{name}"
        )
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"].replace("qingyan_owner:" + PASSWORD, _credentials(parts)), autocommit=True) as connection:
        connection.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
        connection.execute("GRANT ALL ON SCHEMA public TO qingyan_owner")


def _credentials(parts: dict) -> str:
    return f"{parts['user']}:{parts['password']}" if parts.get("password") else str(parts["user"])


os.environ["MODE"] = "test"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qingyan.config.settings")
if SUPERUSER not in os.environ:
    os.environ[SUPERUSER] = _start()
_prepare(os.environ[SUPERUSER])
