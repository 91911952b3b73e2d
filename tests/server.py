"""Starts a PostgreSQL for the tests before Django reads its settings; loaded early with `-p tests.server`.

Every xdist worker gets a database of its own on one server. QINGYAN_TEST_SUPERUSER_URL names a server to use instead
of the embedded one (that is how the suite is run on PostgreSQL 15).
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from qingyan.foundation.database.launcher import EmbeddedServer
from qingyan.foundation.database.roles import LOGINS, ensure

SUPERUSER = "QINGYAN_TEST_SUPERUSER_URL"
PASSWORD = "only-for-tests"


def _start() -> str:
    folder = Path(tempfile.mkdtemp(prefix="qingyan-test-"))
    server = EmbeddedServer(folder / "data")
    server.start()

    def stop() -> None:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(stop)
    return server.url("postgres")


def superuser_url() -> str:
    """This worker's database, for the superuser."""
    return make_conninfo(os.environ[SUPERUSER], dbname=_database())


def _database() -> str:
    return f"qingyan_test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"


def _prepare(url: str) -> None:
    """Make the roles (once for all workers) and this worker's database; put their addresses into the environment."""
    name = _database()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(20260901)")
        ensure(connection, dict.fromkeys(LOGINS, PASSWORD), name)
    parts = conninfo_to_dict(url)
    place = f"{quote(str(parts.get('host', '127.0.0.1')), safe='')}:{parts.get('port', 5432)}/{name}"
    for role, variable in zip(LOGINS, ("DATABASE_OWNER_URL", "DATABASE_URL", "DATABASE_BUREAU_URL"), strict=True):
        os.environ[variable] = f"postgresql://{role}:{PASSWORD}@{place}"


os.environ["MODE"] = "test"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qingyan.config.settings")
if SUPERUSER not in os.environ:
    os.environ[SUPERUSER] = _start()
_prepare(os.environ[SUPERUSER])
