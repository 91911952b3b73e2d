"""Runs every measurement on a throw-away embedded server and writes docs/performance.md: `make bench`.

Each measurement gets a migrated database of its own cluster and prints one JSON object. With names of measurements as
arguments only those run; then nothing is written, except the table of one that stands by itself (report.ALONE). Exit 1
when one failed or missed an aim of its own.
"""

import json
import os
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from bench.report import ALONE, Figures, conditions, put, write
from qingyan.foundation.database.launcher import EmbeddedServer

MEASUREMENTS = (
    "bench.answering",
    "bench.rescoring",
    "bench.roster",
    "bench.policy_cost",
    "bench.alerts",
    "bench.boards",
)


def main(names: list[str]) -> int:
    """1 if any failed."""
    where, told, worst = conditions(os.getloadavg()), {}, 0
    for name in names or [one for one in MEASUREMENTS if find_spec(one)]:
        code, figures = _measured(name)
        worst = max(worst, code)
        if figures is not None:
            told[name] = figures
    if not names:
        write(told, where)
    elif set(told) <= set(ALONE):
        put(told, where)
    return worst


def _measured(name: str) -> tuple[int, Figures | None]:
    with tempfile.TemporaryDirectory(prefix="qingyan-bench-") as folder, EmbeddedServer(Path(folder)) as server:
        own = {"DJANGO_SETTINGS_MODULE": "qingyan.config.settings", "MODE": "test", "DATA_DIR": folder}
        given = os.environ | own | server.environment() | {"SUPERUSER_URL": server.url("postgres")}
        migrate = [sys.executable, "-m", "qingyan.command.main", "migrate", "--json"]
        subprocess.run(migrate, check=True, env=given, stdout=subprocess.DEVNULL)
        done = subprocess.run([sys.executable, "-m", name], check=False, env=given, stdout=subprocess.PIPE, text=True)
    print(f"{name}\n{done.stdout}", flush=True)
    return done.returncode, _told(done.stdout)


def _told(output: str) -> Figures | None:
    """The JSON object at the end of what a measurement printed."""
    start = output.rfind("\n{")
    try:
        return json.loads(output[start + 1 :])
    except ValueError:
        return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
