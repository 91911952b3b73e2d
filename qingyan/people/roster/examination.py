"""A roster file from bytes to result, and the program that does it in a process of its own (`python -m …examination`).

The process gets the expectation as one line of JSON and then the file on standard input, limits itself, and answers
with JSON. It holds no key, no setting and no database; child.py starts it and never reads the file itself.
"""

import gc
import resource
import sys

import msgspec

from qingyan.people.roster import checking, reading
from qingyan.people.roster.checking import Expectation
from qingyan.people.roster.columns import find_header
from qingyan.people.roster.limits import CHILD_ANSWER, CHILD_CPU_SECONDS, CHILD_MEMORY
from qingyan.people.roster.oneroster import archive
from qingyan.people.roster.oneroster.translating import register_rows
from qingyan.people.roster.outcome import Examined, Problem, Refused

PLACES_TO_NAME = 5


def examine(content: bytes, expected: Expectation) -> Examined:
    """Read and check. A file that cannot be used comes back as a refusal, never as an exception."""
    try:
        table = _table(content, expected)
        header = find_header(table.rows)
        _refuse_merges(table, header.line)
        examined = checking.check(table.rows, header, expected)
    except Refused as refused:
        return Examined(refusal=refused.problem)
    examined.encoding = table.encoding
    return examined


def main() -> None:
    """Run as the child process: limits first, then one file. Nothing here makes cycles, and the process ends soon."""
    gc.disable()
    limit_oneself()
    first, _, content = sys.stdin.buffer.read().partition(b"\n")
    expected = msgspec.json.decode(first, type=Expectation)
    try:
        answer = msgspec.json.encode(examine(content, expected))
    except (MemoryError, RecursionError):
        answer = msgspec.json.encode(Examined(refusal=Problem(code="too_heavy")))
    sys.stdout.buffer.write(answer)


def _table(content: bytes, expected: Expectation) -> reading.Table:
    """The rows of the register format, whatever form the file has."""
    if not archive.is_set(content):
        return reading.read(content)
    files = archive.read_set(content)
    names, year = expected.school_names, expected.year
    return reading.Table(register_rows(files, school_names=names, year=year, today=expected.today), encoding="utf-8")


def _refuse_merges(table: reading.Table, header_line: int) -> None:
    """A merged title above the header does no harm; merged cells in the list hide values."""
    places = [merge.place for merge in table.merges if merge.last_line >= header_line]
    if places:
        raise Refused("merged_cells", count=len(places), cells="、".join(places[:PLACES_TO_NAME]))


def limit_oneself() -> None:
    """Put the limits on this process, for good."""
    for limit, most in (
        (resource.RLIMIT_AS, CHILD_MEMORY),
        (resource.RLIMIT_CPU, CHILD_CPU_SECONDS),
        (resource.RLIMIT_FSIZE, CHILD_ANSWER),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))


if __name__ == "__main__":
    main()
