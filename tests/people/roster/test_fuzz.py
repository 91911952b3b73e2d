"""Thousands of broken files: never an exception, always rows or a refusal in words, in little memory and time."""

import io
import random
import resource
import time
import zipfile
from collections import Counter

import pytest

from qingyan.people.roster.examination import examine
from qingyan.people.roster.words import REFUSALS
from tests.people.roster.files import EXPECTED, csv_bytes, examine_apart, pupils, repacked, with_sheet, xlsx

GOOD = xlsx(pupils(5))
CSVS = [csv_bytes(pupils(5)), csv_bytes(pupils(5), encoding="gb18030")]
PARTS = zipfile.ZipFile(io.BytesIO(GOOD)).namelist()
INSERTS = [
    *(b"<", b">", b'"', b"&", b"\x00", b"<f/>", b"<!DOCTYPE a>", b"99999999", b"-1", b"]]>", b"<![CDATA[", b"\xff\xfe"),
    b"<c r='XFD1048576'><v>1</v></c>",
    b'<c r="A&#49;000000"><v>1</v></c>',
    b'<mergeCell ref="A1:Z9"/>',
]


def broken(content: bytes, chance: random.Random) -> bytes:
    """The bytes after one to six accidents."""
    found = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        place, kind = chance.randrange(len(found) + 1), chance.random()
        if kind < 0.4 and place < len(found):
            found[place] = chance.randrange(256)
        elif kind < 0.6:
            found[place:place] = chance.choice(INSERTS)
        elif kind < 0.8:
            del found[place : place + chance.randint(1, 40)]
        else:
            found[place:place] = found[max(0, place - 50) : place] * chance.randint(1, 20)
    return bytes(found)


def one(chance: random.Random) -> bytes:
    """A broken zip, a whole zip with one broken part, or a broken CSV."""
    kind = chance.random()
    if kind < 0.25:
        return broken(GOOD, chance)
    if kind < 0.75:
        wanted = chance.choice(PARTS)
        return repacked(GOOD, replace=lambda name, part: broken(part, chance) if name == wanted else part)
    return broken(chance.choice(CSVS), chance)


def fuzz(count: int, seed: int) -> None:
    chance, before = random.Random(seed), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    said = Counter()
    for number in range(count):
        content = one(chance)
        started = time.monotonic()
        found = examine(content, EXPECTED)
        assert found.refusal is None or found.refusal.code in REFUSALS, number
        said[found.refusal.code if found.refusal else "read"] += 1
        assert time.monotonic() - started < 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400 * 1024  # kB
    assert said["read"] >= 20, said  # the control: not everything is so broken that nothing is tried
    assert len(said) >= 4, said


def test_hundreds_of_broken_files_are_read_or_refused():
    fuzz(400, seed=20261124)


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(10))
def test_thousands_of_broken_files_are_read_or_refused(seed):
    fuzz(5000, seed)


HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
TAIL = b"</sheetData></worksheet>"
SPARSE = b'<row><c r="A1"><v>1</v></c></row><row><c r="XFD&#49;048576"><v>1</v></c></row>'
STRINGS = b'<row r="1">' + b'<c r="A1" t="s"><v>0</v></c>' * 400_000 + b"</row>"


@pytest.mark.parametrize("rows", [SPARSE, STRINGS], ids=["sparse", "many cells in one place"])
def test_what_slips_past_the_scan_is_stopped_by_the_limits_of_the_child(rows):
    started = time.monotonic()
    found = examine_apart(with_sheet(GOOD, HEAD + rows + TAIL), EXPECTED)
    assert found.refusal is not None
    assert found.refusal.code in REFUSALS
    assert time.monotonic() - started < 10


def test_huge_shared_strings_are_refused():
    strings = b"<sst><si><t>" + b"a" * 20_000_000 + b"</t></si></sst>"
    content = repacked(GOOD, replace=lambda name, part: strings if name == "xl/sharedStrings.xml" else part)
    assert examine_apart(content, EXPECTED).refusal.code == "bomb"
