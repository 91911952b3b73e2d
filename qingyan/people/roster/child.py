"""Starts the process that examines a roster file, and takes its answer. The process that serves never parses the file.

A file that makes the child exceed its memory or time comes back as a refusal like any other. Nothing of the file
touches a disk: both directions are anonymous files in memory, so that neither side can block the other.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import msgspec

from qingyan.people.roster.checking import Expectation
from qingyan.people.roster.limits import CHILD_WALL_SECONDS, MEGABYTE, MOST_BYTES
from qingyan.people.roster.outcome import Examined, Problem, Refused, RosterRow, Tables

PROGRAM = "qingyan.people.roster.examination"
TABLES_PROGRAM = "qingyan.people.roster.tables"
ROOT = Path(__file__).resolve().parents[3]
PATHS = (ROOT,)
LOOK_EVERY = 0.5  # seconds


class Answer:
    """What the child said: everything but the good rows, and these in parts, read when they are asked for."""

    def __init__(self, examined: Examined, lines: Iterable[bytes] = ()) -> None:
        self.examined, self.lines = examined, lines

    def parts(self) -> Iterator[list[RosterRow]]:
        """The good rows, some two thousand at a time, once. Raises Refused for an answer of another shape."""
        try:
            for line in self.lines:
                yield msgspec.json.decode(line, type=list[RosterRow])
        except msgspec.DecodeError:
            raise Refused("damaged") from None


@contextmanager
def examined_apart(
    content: bytes, expected: Expectation, *, seconds: float = CHILD_WALL_SECONDS, waiting: Callable[[], object] = bool
) -> Iterator[Answer]:
    """Examine in a child process within its limits. Always answers; `refusal` says why a file could not be examined.

    `waiting` is called twice a second while the child works.
    """
    if len(content) > MOST_BYTES:
        yield Answer(Examined(refusal=_too_big(content)))
        return
    with _anonymous() as question, _anonymous() as answer:
        question.write(msgspec.json.encode(expected) + b"\n" + content)
        question.seek(0)
        code = _run(question, answer, seconds, waiting=waiting)
        answer.seek(0)
        yield Answer(Examined(refusal=Problem(code="too_slow"))) if code is None else _understood(code, answer)


def tables_apart(content: bytes, *, seconds: float = CHILD_WALL_SECONDS) -> Tables:
    """All sheets of a workbook as text, read in a child process within the same limits. Always answers."""
    if len(content) > MOST_BYTES:
        return Tables(refusal=_too_big(content))
    with _anonymous() as question, _anonymous() as answer:
        question.write(content)
        question.seek(0)
        code = _run(question, answer, seconds, TABLES_PROGRAM)
        answer.seek(0)
        try:
            if code == 0:
                return msgspec.json.decode(answer.read(), type=Tables)
        except msgspec.DecodeError:
            code = 1
        return Tables(refusal=Problem(code="too_slow" if code is None else "too_heavy" if code < 0 else "damaged"))


def _too_big(content: bytes) -> Problem:
    size = f"{len(content) / MEGABYTE:.1f}"
    return Problem(code="too_many_bytes", params={"size": size, "limit": MOST_BYTES // MEGABYTE})


def _run(
    question: IO[bytes], answer: IO[bytes], seconds: float, program: str = "", waiting: Callable[[], object] = bool
) -> int | None:
    """The exit code, or None when time ran out. The child inherits no environment: no key, no password."""
    process = subprocess.Popen(
        [sys.executable, "-m", program or PROGRAM],
        stdin=question,
        stdout=answer,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env={"PYTHONPATH": os.pathsep.join(map(str, PATHS)), "PYTHONUTF8": "1"},
    )
    ends = time.monotonic() + seconds
    try:
        while (left := ends - time.monotonic()) > 0:
            with suppress(subprocess.TimeoutExpired):
                return process.wait(timeout=min(left, LOOK_EVERY))
            waiting()
        return None
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def _understood(code: int, answer: IO[bytes]) -> Answer:
    if code == 0:
        try:
            return Answer(msgspec.json.decode(answer.readline(), type=Examined), answer)
        except msgspec.DecodeError:
            return Answer(Examined(refusal=Problem(code="damaged")))
    return Answer(Examined(refusal=Problem(code="too_heavy" if code < 0 else "damaged")))


def _anonymous() -> IO[bytes]:
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("roster"), "w+b")
    return tempfile.TemporaryFile()
