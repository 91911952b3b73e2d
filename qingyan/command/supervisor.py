"""Keeps the processes of one machine together: database, web workers, job worker.

Decides: start again what ended by itself, end everything on a signal, leave nothing behind. A database that is away for
a minute ends the job worker again and again; that must never end the web server, which takes the pupils' answers.
Each child dies with this process, killed or not (`foundation.database.child`).
"""

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from types import FrameType

from qingyan.command.output import Code, warn
from qingyan.foundation.database.binaries import CannotRun
from qingyan.foundation.database.child import SAME, command
from qingyan.foundation.database.launcher import EmbeddedServer

PAUSE = 0.2
PATIENCE = 15.0  # seconds for open requests and running jobs after a signal
LIVED, LONGEST_PAUSE = 5.0, 10.0  # a life of 5 s counts as one; pauses between starts double up to 10 s
MOST_STARTS = 5
# Threads of one web process. A request that waits for its COMMIT holds one, and those that wait are stored together.
THREADS = 64
# Open connections of one web process; a browser keeps its own between two answers, and whoever finds none free waits.
CONNECTIONS = 8192
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
SUPERVISED = "QINGYAN_SUPERVISED"


@dataclass
class Child:
    """One program that should always run. Without an `essential` one that never came to life, nothing can be served."""

    name: str
    program: Sequence[str]
    essential: bool = False
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_again_at: float | None = None
    short_lives: int = 0
    has_lived: bool = False

    def start(self) -> None:
        """In a session of its own: Ctrl-C is for the supervisor, which ends its children in order."""
        self.started_at, self.start_again_at = time.monotonic(), None
        self.process = subprocess.Popen(
            command(SAME, self.program, death_signal=signal.SIGTERM),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            env=os.environ | {SUPERVISED: "1"},
        )

    @property
    def ended(self) -> bool:
        """Whether it was started and is gone."""
        return self.process is not None and self.process.poll() is not None

    @property
    def is_hopeless(self) -> bool:
        """Whether it has never come to life however often it was started."""
        return self.essential and not self.has_lived and self.short_lives >= MOST_STARTS

    def note_end(self) -> None:
        """Once after each end: when to start again, the later the more short lives came one after the other."""
        now = time.monotonic()
        lived = now - self.started_at >= LIVED
        self.has_lived = self.has_lived or lived
        self.short_lives = 1 if lived else self.short_lives + 1
        self.start_again_at = now + min(PAUSE * 2 ** (self.short_lives - 1), LONGEST_PAUSE)


class Supervisor:
    """Runs children until a signal arrives or one of them cannot be kept alive."""

    def __init__(self, children: Sequence[Child], server: EmbeddedServer | None) -> None:
        self.children = children
        self.server = server if server is not None and server.owned else None
        self._asked_to_stop = False

    def run(self) -> Code:
        """Blocks. Handlers only set a flag: waiting inside one would deadlock with a wait outside."""
        for number in SIGNALS:
            signal.signal(number, self._note)
        _allow_many_files()
        try:
            for child in self.children:
                child.start()
            return self._watch()
        finally:
            self._end_all()

    def _note(self, _number: int, _frame: FrameType | None) -> None:
        self._asked_to_stop = True

    def _watch(self) -> Code:
        while not self._asked_to_stop:
            self._revive_server()
            for child in self.children:
                if child.ended and not self._revived(child):
                    return Code.CANNOT_RUN
            time.sleep(PAUSE)
        return Code.DONE

    def _revive_server(self) -> None:
        """A server that cannot start now (killed again, disk full) is tried again; the web server says so meanwhile."""
        if self.server is None or self.server.is_running():
            return
        warn("the database server ended; starting it again")
        try:
            self.server.keeps_port = True
            self.server.stop()
            self.server.start()
        except CannotRun as error:
            warn(f"{error}; trying again")
            time.sleep(PAUSE)

    def _revived(self, child: Child) -> bool:
        if child.start_again_at is None:
            child.note_end()
            if child.is_hopeless:
                warn(f"{child.name} ended {MOST_STARTS} times and never ran; giving up, see the lines above")
                return False
            warn(f"{child.name} ended; starting it again")
        if child.start_again_at is not None and child.start_again_at <= time.monotonic():
            child.start()
        return True

    def _end_all(self) -> None:
        running = [child.process for child in self.children if child.process is not None]
        for process in running:
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + PATIENCE
        while any(process.poll() is None for process in running) and time.monotonic() < deadline:
            time.sleep(PAUSE / 4)
        for process in running:
            _end_group(process)


def web(host: str, port: int, workers: int) -> Child:
    """The HTTP server with its worker processes."""
    options = ["--interface", "wsgi", "--host", host, "--port", str(port), "--workers", str(workers), "--no-ws"]
    limits = ["--blocking-threads", str(THREADS), "--backlog", "2048", "--backpressure", str(CONNECTIONS)]
    limits += ["--workers-kill-timeout", "5s", "--respawn-failed-workers"]
    quiet = ["--log-level", "warning", "--no-access-log"]
    target = "qingyan.config.wsgi:application"
    return Child("web", [sys.executable, "-m", "granian", *options, *limits, *quiet, target], essential=True)


def jobs() -> Child:
    """The worker that runs background jobs."""
    return Child("jobs", [sys.executable, "-m", "qingyan.command.main", "worker"])


def _allow_many_files() -> None:
    """Each connection is an open file, and the usual soft limit of 1,024 is below one school on a test day."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """Whatever is left of the child's session, its own children included."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return
    process.poll()
