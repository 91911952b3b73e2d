"""Starts a PostgreSQL for the tests before Django reads its settings; loaded early with `-p tests.server`.

Every xdist worker gets databases of its own on one server (tests/databases.py makes them). QINGYAN_TEST_SUPERUSER_URL
names a server to use instead of the embedded one (that is how the suite is run on PostgreSQL 15).
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from unittest import mock
from urllib.parse import quote

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from qingyan.foundation.database import launcher
from qingyan.foundation.database.roles import LOGINS, ensure

SUPERUSER = "QINGYAN_TEST_SUPERUSER_URL"
TEMPLATE = "QINGYAN_TEST_TEMPLATE"  # names the migrated database of which every worker gets copies
PASSWORD = "only-for-tests"
# Nothing here outlives the run. That the real server keeps what it acknowledged is tried on servers of their own.
HASTY = {"fsync": "off", "full_page_writes": "off", "wal_compression": "off"}


def superuser_url(database: str) -> str:
    """The address of one of the databases, for the superuser."""
    return make_conninfo(os.environ[SUPERUSER], dbname=database)


def _start() -> str:
    folder = Path(tempfile.mkdtemp(prefix="qingyan-test-"))
    server = launcher.EmbeddedServer(folder / "data")
    with mock.patch.dict(launcher.SETTINGS, HASTY):
        server.start()

    def stop() -> None:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(stop)
    return server.url("postgres")


def _prepare(url: str) -> None:
    """Make the roles and the template (once for all workers); put the addresses of this worker into the environment."""
    if TEMPLATE not in os.environ:
        os.environ[TEMPLATE] = f"qingyan_test_template_{os.getpid()}"
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("SELECT pg_advisory_lock(20260901)")  # another run may use this server
            ensure(connection, dict.fromkeys(LOGINS, PASSWORD), os.environ[TEMPLATE])
    name = f"qingyan_test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
    parts = conninfo_to_dict(url)
    place = f"{quote(str(parts.get('host', '127.0.0.1')), safe='')}:{parts.get('port', 5432)}/{name}"
    for role, variable in zip(LOGINS, ("DATABASE_OWNER_URL", "DATABASE_URL", "DATABASE_BUREAU_URL"), strict=True):
        os.environ[variable] = f"postgresql://{role}:{PASSWORD}@{place}"


os.environ["MODE"] = "test"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qingyan.config.settings")
if SUPERUSER not in os.environ:
    os.environ[SUPERUSER] = _start()
_prepare(os.environ[SUPERUSER])
