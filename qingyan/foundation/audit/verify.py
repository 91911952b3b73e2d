"""Recomputes every chain from its rows, streamed, and reports each place where rows and hashes disagree.

Decides: what counts as a fault. Memory does not grow with the trail, only with the number of checkpoints and faults.
Neighbours: `chain` (the arithmetic), `checkpoint` (what the chain itself cannot know).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from django.db import transaction

from qingyan.foundation.audit.chain import FIRST_PREV, entry_hash
from qingyan.foundation.audit.checkpoint import Checkpoint
from qingyan.foundation.audit.findings import Fault, Finding

FETCHED_AT_ONCE = 2000
PARTS = """e.id::text, e.chain::text, e.seq::text,
  to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), e.actor_id::text, e.actor_kind, e.roles, e.action,
  e.subject_kind, e.subject_id, e.student_id::text, e.purpose, e.request_id, e.detail::text"""
# One statement is one snapshot: entries appended meanwhile are seen together with their head, or not at all.
ENTRIES = f"""SELECT e.chain, e.seq, e.prev_hash, e.hash, h.seq, h.hash, {PARTS}
  FROM public.audit_entry e LEFT JOIN public.audit_head h ON h.chain = e.chain ORDER BY e.chain, e.seq, e.id"""
EMPTIED = """SELECT h.chain, h.seq FROM public.audit_head h
  WHERE NOT EXISTS (SELECT 1 FROM public.audit_entry e WHERE e.chain = h.chain) ORDER BY h.chain"""
HEADS = "SELECT chain, seq, hash FROM public.audit_head ORDER BY chain"


class Row(NamedTuple):
    """An entry as the database returns it: hashes, its chain's head, and the texts that were hashed."""

    chain: int
    seq: int
    prev_hash: bytes
    hash: bytes
    head_seq: int | None
    head_hash: bytes | None
    parts: tuple[str | None, ...]


@dataclass
class _Walk:
    """Where the walk along one chain stands."""

    seq: int = 0
    hash: bytes = FIRST_PREV


def verify(connection: Any, checkpoints: Iterable[Checkpoint] = ()) -> list[Finding]:
    """All faults, by chain and place. `connection` is a Django connection that sees every chain (alias `owner`)."""
    signed: dict[int, dict[int, set[bytes]]] = defaultdict(lambda: defaultdict(set))
    for point in checkpoints:
        signed[point.chain][point.seq].add(point.hash)
    findings: list[Finding] = []
    with transaction.atomic(using=connection.alias):
        for chain, rows in groupby(_entries(connection), key=lambda row: row.chain):
            findings += _faults_of_chain(chain, rows, signed.pop(chain, {}))
        emptied = _rows(connection, EMPTIED)
    findings += [Finding(Fault.CHAIN_EMPTIED, chain, seq) for chain, seq in emptied]
    for chain, points in signed.items():
        findings += [Finding(Fault.TAIL_CUT, chain, max(points))] if max(points, default=0) else []
    return findings


def heads(connection: Any) -> list[tuple[int, int, bytes]]:
    """Chain, length and last hash of every chain."""
    return [(chain, seq, bytes(last)) for chain, seq, last in _rows(connection, HEADS)]


def _faults_of_chain(chain: int, rows: Iterable[Row], signed: dict[int, set[bytes]]) -> Iterator[Finding]:
    walk, row = _Walk(), None
    for row in rows:
        for fault in _faults_of_entry(row, walk, signed.get(row.seq, set())):
            yield Finding(fault, chain, row.seq)
        walk.seq, walk.hash = row.seq, row.hash
    if row is None or row.head_seq is None:
        yield Finding(Fault.HEAD_MISSING, chain, walk.seq)
    elif (row.head_seq, row.head_hash) != (walk.seq, walk.hash):
        yield Finding(Fault.HEAD_DIFFERS, chain, row.head_seq)
    if max(signed, default=0) > walk.seq:
        yield Finding(Fault.TAIL_CUT, chain, max(signed))


def _faults_of_entry(row: Row, before: _Walk, signed: set[bytes]) -> Iterator[Fault]:
    """What is wrong with one entry after `before`; `signed` are the hashes that checkpoints hold for its place."""
    if row.seq != before.seq + 1:
        yield Fault.GAP
    if row.prev_hash != before.hash:
        yield Fault.BROKEN_LINK
    if entry_hash(row.parts, row.prev_hash) != row.hash:
        yield Fault.EDITED
    if any(known != row.hash for known in signed):
        yield Fault.REWRITTEN


def _entries(connection: Any) -> Iterator[Row]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(ENTRIES)
        while batch := cursor.fetchmany(FETCHED_AT_ONCE):
            for chain, seq, prev_hash, own, head_seq, head_hash, *parts in batch:
                head = None if head_hash is None else bytes(head_hash)
                yield Row(chain, seq, bytes(prev_hash), bytes(own), head_seq, head, tuple(parts))


def _rows(connection: Any, statement: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()
