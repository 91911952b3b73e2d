"""A roster file from bytes to result, and the program that does it in a process of its own (`python -m …examination`).

The process gets the expectation as one line of JSON and then the file on standard input, limits itself, and answers in
lines of JSON: first everything but the good rows, then these in parts. It holds no key, no setting and no database;
child.py starts it and never reads the file itself.
"""

import gc
import resource
import sys
from itertools import chain, islice

import msgspec

from qingyan.people.roster import checking, reading
from qingyan.people.roster.checking import Expectation
from qingyan.people.roster.columns import LOOK_IN_FIRST_ROWS, find_header
from qingyan.people.roster.keeping import in_parts
from qingyan.people.roster.limits import CHILD_ANSWER, CHILD_CPU_SECONDS, CHILD_MEMORY
from qingyan.people.roster.oneroster import archive
from qingyan.people.roster.oneroster.translating import register_rows
from qingyan.people.roster.outcome import Examined, Problem, Refused

PLACES_TO_NAME = 5


def examine(content: bytes, expected: Expectation) -> Examined:
    """Read and check. A file that cannot be used comes back as a refusal, never as an exception."""
    try:
        table = _table(content, expected)
        rows = iter(table.rows)
        first = list(islice(rows, LOOK_IN_FIRST_ROWS))
        header = find_header(first)
        _refuse_merges(table, header.line)
        examined = checking.check(chain(first, rows), header, expected)
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
        examined = examine(content, expected)
        rows, examined.rows = examined.rows, []
        _say(examined)
        for part in in_parts(rows):
            _say(part)
    except (MemoryError, RecursionError):
        _say(Examined(refusal=Problem(code="too_heavy")))


def _say(answer: object) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(answer) + b"\n")


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
