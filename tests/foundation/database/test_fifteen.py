"""The same promises on the oldest PostgreSQL supported: the access tests run again on Debian's 15, if installed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from qingyan.foundation.database.launcher import EmbeddedServer

ROOT = Path(__file__).resolve().parents[3]
FIFTEEN = Path("/usr/lib/postgresql/15/bin")
OF_THIS_RUN = ("PYTEST_", "DATABASE_", "QINGYAN_TEST_")


@pytest.mark.skipif(
    not (FIFTEEN / "postgres").exists(), reason="PostgreSQL 15 is not installed: only the embedded 18 was tried"
)
def test_row_security_holds_on_postgresql_15(tmp_path):
    with EmbeddedServer(tmp_path / "data", bin_dir=FIFTEEN) as server:
        own = {"QINGYAN_TEST_SUPERUSER_URL": server.url("postgres")}
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "pytest",
                "-q",
                "-p",
                "no:cacheprovider",
                "tests/foundation/access/test_scope.py",
                "tests/foundation/access/test_protection.py",
                "tests/foundation/jobs",
            ],
            cwd=ROOT,
            env={name: value for name, value in os.environ.items() if not name.startswith(OF_THIS_RUN)} | own,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
    assert done.returncode == 0, done.stdout[-3000:]
    assert "passed" in done.stdout
