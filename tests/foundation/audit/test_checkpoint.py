"""Signed lines in a file: they hold, they can be checked by anybody, and a changed one is found."""

import json
from datetime import UTC, datetime

import pytest

from qingyan.foundation.audit.checkpoint import Checkpoint, append_checkpoints, public_key, read_checkpoints
from qingyan.foundation.audit.findings import Fault

SEED, NOW = b"c" * 32, datetime(2026, 11, 24, 8, tzinfo=UTC)
POINTS = [Checkpoint(chain, 20 + chain, bytes([chain]) * 32, NOW) for chain in range(3)]


@pytest.fixture
def path(tmp_path):
    found = tmp_path / "kept" / "checkpoints.jsonl"
    append_checkpoints(found, POINTS, SEED)
    return found


def test_what_is_written_is_read(path):
    assert read_checkpoints(path, public_key(SEED)) == (POINTS, [])


def test_later_checkpoints_are_appended(path):
    append_checkpoints(path, POINTS[:1], SEED)
    assert read_checkpoints(path, public_key(SEED))[0] == [*POINTS, POINTS[0]]


@pytest.mark.parametrize(
    ("name", "value"),
    [("chain", 9), ("seq", 5), ("hash", "00" * 32), ("at", "2026-11-24T08:00:01.000000Z"), ("signature", "00" * 64)],
)
def test_no_part_of_a_line_can_be_changed(path, name, value):
    lines = path.read_text().splitlines()
    lines[1] = json.dumps({**json.loads(lines[1]), name: value})
    path.write_text("\n".join(lines))
    points, faults = read_checkpoints(path, public_key(SEED))
    assert points == [POINTS[0], POINTS[2]]
    assert [(fault.fault, fault.seq) for fault in faults] == [(Fault.CHECKPOINT_FORGED, 2)]


def test_a_line_signed_with_another_key_is_forged(path):
    assert [fault.fault for fault in read_checkpoints(path, public_key(b"o" * 32))[1]] == [Fault.CHECKPOINT_FORGED] * 3


@pytest.mark.parametrize("line", ["", "{}", "[]", "nonsense", '{"chain": 1}', '{"chain": "x", "at": 5}', "\udcff"])
def test_a_broken_line_is_reported_and_the_others_still_count(path, line):
    path.write_bytes(path.read_bytes() + line.encode(errors="surrogateescape") + b"\n")
    points, faults = read_checkpoints(path, public_key(SEED))
    assert points == POINTS
    assert [(fault.fault, fault.seq) for fault in faults] == [(Fault.CHECKPOINT_UNREADABLE, 4)]


def test_a_missing_file_is_a_finding_and_not_silence(tmp_path):
    points, faults = read_checkpoints(tmp_path / "gone", public_key(SEED))
    assert (points, [fault.fault for fault in faults]) == ([], [Fault.CHECKPOINT_UNREADABLE])
