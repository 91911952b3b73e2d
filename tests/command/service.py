"""A running `qingyan serve`, for the tests that start a whole process tree. Not a test."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import IO

import psutil

from tests.command.conftest import House

SECONDS = 90.0


class Service:
    """A running `qingyan serve`. Whoever reads no `stderr` hands in a file, or a full pipe stops the service."""

    def __init__(self, house: House, *, workers: int = 1, errors: int | IO[str] = subprocess.PIPE) -> None:
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
            str(workers),
            "--json",
        ]
        self.process = subprocess.Popen(line, env=house.environment, stdout=subprocess.PIPE, stderr=errors, text=True)
        assert self.process.stdout is not None
        self.said = json.loads(self.process.stdout.readline())
        assert within(SECONDS, lambda: self.get("/readyz") == 200)
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

    def end(self) -> None:
        """Whatever a test leaves is killed by its own process ids."""
        for pid in {*self.family, *(one.pid for one in offspring(self.process.pid))}:
            if is_alive(pid):
                os.kill(pid, signal.SIGKILL)
        self.process.communicate()

    def child(self, word: str) -> psutil.Process:
        """The direct child whose command line holds the word."""
        found = [one for one in psutil.Process(self.process.pid).children() if word in " ".join(one.cmdline())]
        assert len(found) == 1, found
        return found[0]

    def left_over(self) -> list[int]:
        """Processes of the tree that are still alive after a while."""
        within(SECONDS, lambda: not self._alive())
        return self._alive()

    def _alive(self) -> list[int]:
        return [pid for pid in self.family if psutil.pid_exists(pid) and is_alive(pid)]


def is_alive(pid: int) -> bool:
    """Whether the process is there and no zombie."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def within(seconds: float, question: Callable[[], bool]) -> bool:
    """Whether the question was answered yes in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if question():
            return True
        time.sleep(0.1)
    return False


def offspring(pid: int) -> list[psutil.Process]:
    """The processes below this one; none when it is gone."""
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []
