"""Runs every measurement on a throw-away embedded server: python -m bench (or `make bench`).

Each measurement gets a migrated database of its own cluster, prints its figures and exits 1 when its aim is missed.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from qingyan.foundation.database.launcher import EmbeddedServer

MEASUREMENTS = ("bench.policy_cost", "bench.answering")


def main() -> int:
    """1 if any aim was missed."""
    return max(_measured(name) for name in MEASUREMENTS)


def _measured(name: str) -> int:
    with tempfile.TemporaryDirectory(prefix="qingyan-bench-") as folder, EmbeddedServer(Path(folder)) as server:
        own = {"DJANGO_SETTINGS_MODULE": "qingyan.config.settings", "MODE": "test", "DATA_DIR": folder}
        given = os.environ | own | server.environment() | {"SUPERUSER_URL": server.url("postgres")}
        subprocess.run(
            [sys.executable, "-m", "qingyan.command.main", "migrate", "--json"],
            check=True,
            env=given,
            stdout=subprocess.DEVNULL,
        )
        return subprocess.run([sys.executable, "-m", name], check=False, env=given).returncode


if __name__ == "__main__":
    sys.exit(main())
