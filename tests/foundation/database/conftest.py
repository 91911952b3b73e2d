"""Servers of their own for the launcher's tests, beside the one that the other tests share."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from qingyan.foundation.database.launcher import EmbeddedServer, packaged_binaries

DEBIAN = Path("/usr/lib/postgresql/15/bin")
SECONDS = 30.0


def present(binaries: Path) -> bool:
    """Whether this server can be tried here."""
    return (binaries / "postgres").exists()


@pytest.fixture(
    params=[
        pytest.param(packaged_binaries(), id="embedded"),
        pytest.param(DEBIAN, id="debian-15", marks=pytest.mark.skipif(not present(DEBIAN), reason="no PostgreSQL 15")),
    ]
)
def binaries(request: pytest.FixtureRequest) -> Path:
    """The packaged server, and Debian's where it is installed."""
    return request.param


@pytest.fixture
def server(tmp_path: Path) -> Iterator[EmbeddedServer]:
    """A running packaged server in a path with a space."""
    with EmbeddedServer(tmp_path / "my data") as running:
        yield running


@pytest.fixture
def launching() -> Iterator[Callable[..., tuple[subprocess.Popen[str], int]]]:
    """Starts a process that starts a server and sleeps; gives the process and the server's process id."""
    started: list[subprocess.Popen[str]] = []

    def launch(data_dir: Path) -> tuple[subprocess.Popen[str], int]:
        script = (
            "import sys, time; from pathlib import Path;"
            "from qingyan.foundation.database.launcher import EmbeddedServer;"
            "s = EmbeddedServer(Path(sys.argv[1])).start(); print(s.pid, flush=True); time.sleep(120)"
        )
        line = [sys.executable, "-c", script, str(data_dir)]
        process = subprocess.Popen(line, stdout=subprocess.PIPE, text=True)
        started.append(process)
        assert process.stdout is not None
        return process, int(process.stdout.readline())

    yield launch
    for process in started:
        process.kill()
        process.wait()


def gone(pid: int) -> bool:
    """Waits until the process is dead; a zombie that nobody reaps counts as dead."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        if not alive(pid):
            return True
        time.sleep(0.05)
    return False


def alive(pid: int) -> bool:
    """Whether the process exists and is not a zombie."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def is_root() -> bool:
    """Whether the tests run as root, which is where becoming somebody else can be tried."""
    return os.geteuid() == 0
