"""The whole tree of processes: it answers, stops on a signal, mends itself, and never outlives a kill -9."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.command.conftest import House
from tests.command.service import SECONDS, Service, is_alive, within


@pytest.fixture
def service(house: House) -> Iterator[Service]:
    """Started for one test."""
    running = Service(house)
    yield running
    running.end()


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
    assert within(SECONDS, lambda: not any(is_alive(pid) for pid in workers))
    assert within(SECONDS, lambda: service.get("/readyz") == 200)
    service.family += [one.pid for one in psutil.Process(service.process.pid).children(recursive=True)]


def test_a_killed_database_recovers_and_is_served_again(service: Service):
    killed = service.child("postgres")
    killed.kill()
    # It may be back before anybody can ask: what proves the recovery is another server, not a moment without one.
    assert within(SECONDS, lambda: not is_alive(killed.pid))
    assert within(SECONDS, lambda: service.get("/readyz") == 200 and service.get("/") == 200)
    assert service.child("postgres").pid != killed.pid
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
        assert within(SECONDS, lambda: len(psutil.Process(pid).children()) >= 3)
        family = [pid, *(one.pid for one in psutil.Process(pid).children(recursive=True))]
        parent.kill()
    assert within(SECONDS, lambda: not any(is_alive(one) for one in family))
