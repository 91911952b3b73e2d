"""What the supervisor does with children that end: start again, ever later, and give up only what never ran."""

import signal
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from qingyan.command import supervisor
from qingyan.command.output import Code
from qingyan.command.supervisor import LONGEST_PAUSE, SIGNALS, Child, Supervisor

FAILS = [sys.executable, "-S", "-c", "raise SystemExit(1)"]
LIVES = [sys.executable, "-S", "-c", "import time; time.sleep(600)"]


@pytest.fixture(autouse=True)
def quick(monkeypatch) -> Iterator[None]:
    """Short pauses, and the signal handlers of before."""
    monkeypatch.setattr(supervisor, "PAUSE", 0.02)
    monkeypatch.setattr(supervisor, "LONGEST_PAUSE", 0.05)
    handlers = [(number, signal.getsignal(number)) for number in SIGNALS]
    yield
    for number, handler in handlers:
        signal.signal(number, handler)


def stopped_after(seconds: float, *children: Child) -> Code:
    """Supervise the children for a while."""
    watching = Supervisor(children, None)
    threading.Timer(seconds, watching._note, (signal.SIGTERM, None)).start()
    return watching.run()


def test_a_job_worker_that_ends_for_ever_does_not_end_the_web_server():
    """As while the database recovers from a crash: each worker starts, finds no database, and ends."""
    worker, web = Child("jobs", FAILS), Child("web", LIVES, essential=True)
    assert stopped_after(1.5, worker, web) is Code.DONE
    assert worker.short_lives > supervisor.MOST_STARTS
    assert web.short_lives == 0


def test_a_web_server_that_never_runs_is_given_up_soon():
    started = time.monotonic()
    assert stopped_after(30, Child("web", FAILS, essential=True)) is Code.CANNOT_RUN
    assert time.monotonic() - started < 10


def test_a_web_server_that_has_run_is_never_given_up():
    web = Child("web", FAILS, essential=True, has_lived=True)
    assert stopped_after(1.5, web) is Code.DONE
    assert web.short_lives > supervisor.MOST_STARTS


def test_the_pauses_grow_and_a_life_makes_them_short_again(monkeypatch):
    monkeypatch.undo()
    child, pauses = Child("web", FAILS), []
    for _ in range(9):
        child.started_at = time.monotonic()
        child.note_end()
        pauses.append(round(child.start_again_at - time.monotonic(), 1))
    assert pauses == [0.2, 0.4, 0.8, 1.6, 3.2, 6.4, LONGEST_PAUSE, LONGEST_PAUSE, LONGEST_PAUSE]
    child.started_at = time.monotonic() - supervisor.LIVED
    child.note_end()
    assert round(child.start_again_at - time.monotonic(), 1) == 0.2
