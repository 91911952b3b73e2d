"""Starts the process that examines a roster file, and takes its answer. The process that serves never parses the file.

A file that makes the child exceed its memory or time comes back as a refusal like any other. Nothing of the file
touches a disk: both directions are anonymous files in memory, so that neither side can block the other.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO

import msgspec

from qingyan.people.roster.checking import Expectation
from qingyan.people.roster.limits import CHILD_WALL_SECONDS, MEGABYTE, MOST_BYTES
from qingyan.people.roster.outcome import Examined, Problem, Tables

PROGRAM = "qingyan.people.roster.examination"
TABLES_PROGRAM = "qingyan.people.roster.tables"
ROOT = Path(__file__).resolve().parents[3]
PATHS = (ROOT,)


def examine_apart(content: bytes, expected: Expectation, *, seconds: float = CHILD_WALL_SECONDS) -> Examined:
    """Examine in a child process within its limits. Always answers; `refusal` says why a file could not be examined."""
    if len(content) > MOST_BYTES:
        return Examined(refusal=_too_big(content))
    with _anonymous() as question, _anonymous() as answer:
        question.write(msgspec.json.encode(expected) + b"\n" + content)
        question.seek(0)
        code = _run(question, answer, seconds)
        if code is None:
            return Examined(refusal=Problem(code="too_slow"))
        answer.seek(0)
        return _understood(code, answer)


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


def _run(question: IO[bytes], answer: IO[bytes], seconds: float, program: str = "") -> int | None:
    """The exit code, or None when time ran out. The child inherits no environment: no key, no password."""
    process = subprocess.Popen(
        [sys.executable, "-m", program or PROGRAM],
        stdin=question,
        stdout=answer,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env={"PYTHONPATH": os.pathsep.join(map(str, PATHS)), "PYTHONUTF8": "1"},
    )
    try:
        return process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def _understood(code: int, answer: IO[bytes]) -> Examined:
    if code == 0:
        try:
            return msgspec.json.decode(answer.read(), type=Examined)
        except msgspec.DecodeError:
            return Examined(refusal=Problem(code="damaged"))
    return Examined(refusal=Problem(code="too_heavy" if code < 0 else "damaged"))


def _anonymous() -> IO[bytes]:
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("roster"), "w+b")
    return tempfile.TemporaryFile()
