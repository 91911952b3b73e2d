"""The whole tree of processes: it answers, stops on a signal, mends itself, and never outlives a kill -9."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.command.conftest import House

SECONDS = 90.0


class Service:
    """A running `qingyan serve`."""

    def __init__(self, house: House) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        line = [
            sys.executable,
            "-m",
            "qingyan.command.main",
            "serve",
            "--port",
            str(self.port),
            "--workers",
            "1",
            "--json",
        ]
        self.process = subprocess.Popen(
            line, env=house.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        self.said = json.loads(self.process.stdout.readline())
        assert _within(SECONDS, lambda: self.get("/readyz") == 200)
        self.family = [
            self.process.pid,
            *(one.pid for one in psutil.Process(self.process.pid).children(recursive=True)),
        ]

    def get(self, path: str) -> int:
        """The status of a page; 0 when nobody answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def child(self, word: str) -> psutil.Process:
        """The direct child whose command line holds the word."""
        found = [one for one in psutil.Process(self.process.pid).children() if word in " ".join(one.cmdline())]
        assert len(found) == 1, found
        return found[0]

    def left_over(self) -> list[int]:
        """Processes of the tree that are still alive after a while."""
        _within(SECONDS, lambda: not self._alive())
        return self._alive()

    def _alive(self) -> list[int]:
        return [pid for pid in self.family if psutil.pid_exists(pid) and _is_alive(pid)]


def _is_alive(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _within(seconds: float, question) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if question():
            return True
        time.sleep(0.1)
    return False


@pytest.fixture
def service(house: House) -> Iterator[Service]:
    """Started for one test; whatever the test leaves is killed by its own process ids."""
    running = Service(house)
    yield running
    for pid in running.family:
        if _is_alive(pid):
            os.kill(pid, signal.SIGKILL)
    running.process.communicate()


def test_it_says_its_address_and_a_signal_stops_everything(service: Service):
    assert service.said["address"] == f"http://127.0.0.1:{service.port}"
    assert service.get("/healthz") == 200
    assert service.get("/a/save") == 405  # the answering endpoint takes POST only
    assert len(service.family) >= 6  # itself, web with a worker, jobs, the database with its helpers
    service.process.send_signal(signal.SIGINT)
    assert service.process.wait(timeout=SECONDS) == 0
    assert service.left_over() == []


def test_kill_9_of_the_command_leaves_no_process(service: Service):
    service.process.kill()
    service.process.wait()
    assert service.left_over() == []


def test_a_killed_web_server_takes_its_workers_along_and_comes_back(service: Service):
    web = service.child("granian")
    workers = [one.pid for one in web.children(recursive=True) if "granian" in " ".join(one.cmdline())]
    assert workers
    web.kill()
    assert _within(SECONDS, lambda: not any(_is_alive(pid) for pid in workers))
    assert _within(SECONDS, lambda: service.get("/readyz") == 200)
    service.family += [one.pid for one in psutil.Process(service.process.pid).children(recursive=True)]


def test_a_killed_database_recovers_and_is_served_again(service: Service):
    service.child("postgres").kill()
    assert _within(SECONDS, lambda: service.get("/readyz") != 200)
    assert _within(SECONDS, lambda: service.get("/readyz") == 200)
    service.family += [one.pid for one in psutil.Process(service.process.pid).children(recursive=True)]


def test_a_port_in_use_is_told_with_advice(house: House):
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", 0))
        stranger.listen()
        done = house.run("serve", "--port", str(stranger.getsockname()[1]))
    assert done.returncode == 3
    assert "is in use" in done.stderr


def test_it_stops_with_the_process_that_called_it(house: House, tmp_path: Path):
    """As under make, which may be killed itself."""
    script = (
        "import subprocess, sys, time; p = subprocess.Popen([sys.executable, '-m', 'qingyan.command.main', 'serve',"
        "'--with-parent', '--port', sys.argv[1]], stdout=subprocess.DEVNULL); print(p.pid, flush=True); time.sleep(600)"
    )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    line = [sys.executable, "-c", script, str(port)]
    with subprocess.Popen(line, env=house.environment, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        assert _within(SECONDS, lambda: len(psutil.Process(pid).children()) >= 3)
        family = [pid, *(one.pid for one in psutil.Process(pid).children(recursive=True))]
        parent.kill()
    assert _within(SECONDS, lambda: not any(_is_alive(one) for one in family))
