"""Every kind of tampering by somebody who owns the database, hundreds of times, and what only a checkpoint can show."""

import random

import pytest
from django.db import connections, transaction

from qingyan.foundation.audit.chain import canonical, entry_hash
from qingyan.foundation.audit.checkpoint import Checkpoint
from qingyan.foundation.audit.findings import Fault
from qingyan.foundation.audit.verify import PARTS, heads, verify
from tests.foundation.audit.conftest import START

OWNER = "owner"
COLUMNS = {
    "id": "id + 1000",
    "at": "at + interval '1 microsecond'",
    "actor_id": "gen_random_uuid()",
    "actor_kind": "actor_kind || 'x'",
    "roles": "''",
    "action": "action || ' '",
    "subject_kind": "upper(subject_kind)",
    "subject_id": "subject_id || '0'",
    "student_id": "CASE WHEN student_id IS NULL THEN gen_random_uuid() END",
    "purpose": "purpose || '。'",
    "request_id": "''",
    "detail": "detail || '{\"more\": 1}'",
    "prev_hash": "sha256(prev_hash)",
    "hash": "sha256(hash)",
}


@pytest.fixture
def owner(trail):
    """The owner's connection with a trail of three chains."""
    return connections[OWNER]


def tampered(owner, *statements):
    """The faults found after these statements, which are undone afterwards."""
    with transaction.atomic(using=OWNER):
        with owner.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
                assert cursor.rowcount > 0, statement
        found = verify(owner)
        transaction.set_rollback(True, using=OWNER)
    return {finding.fault for finding in found}


def place(chain, seq):
    return f"chain = {chain} AND seq = {seq}"


def copied(chain, seq, new_seq):
    """Insert a copy of one entry at another place of its chain."""
    rest = (
        "at, actor_id, actor_kind, roles, action, subject_kind, subject_id, student_id, purpose, request_id, detail, "
        "prev_hash, hash"
    )
    return (
        f"INSERT INTO audit_entry (chain, seq, {rest}) "
        f"SELECT chain, {new_seq}, {rest} FROM audit_entry WHERE {place(chain, seq)}"
    )


def an_edit(chance):
    column = chance.choice(sorted(COLUMNS))
    return [
        f"UPDATE audit_entry SET {column} = {COLUMNS[column]} WHERE {place(chance.randrange(3), chance.randint(1, 20))}"
    ]


def a_deletion(chance):
    return [f"DELETE FROM audit_entry WHERE {place(chance.randrange(3), chance.randint(1, 20))}"]


def an_insertion(chance):
    return [copied(chance.randrange(3), chance.randint(1, 20), chance.choice([0, 21, 22, 99]))]


def a_swap(chance):
    chain, (one, other) = chance.randrange(3), chance.sample(range(1, 21), 2)
    return [
        f"UPDATE audit_entry SET seq = -1 WHERE {place(chain, one)}",
        f"UPDATE audit_entry SET seq = {one} WHERE {place(chain, other)}",
        f"UPDATE audit_entry SET seq = {other} WHERE {place(chain, -1)}",
    ]


def a_move_to_another_chain(chance):
    chain, seq = chance.randrange(3), chance.randint(1, 20)
    return [f"UPDATE audit_entry SET chain = {(chain + 1) % 3}, seq = 21 WHERE {place(chain, seq)}"]


def a_changed_head(chance):
    return [f"UPDATE audit_head SET seq = seq - {chance.randint(1, 20)} WHERE chain = {chance.randrange(3)}"]


def test_an_untouched_trail_is_whole(owner):
    assert verify(owner) == []


@pytest.mark.parametrize(
    "mutation", [an_edit, a_deletion, an_insertion, a_swap, a_move_to_another_chain, a_changed_head]
)
def test_every_random_mutation_is_found(owner, mutation):
    chance = random.Random(mutation.__name__)
    assert [bool(tampered(owner, *mutation(chance))) for _ in range(100)] == [True] * 100


@pytest.mark.parametrize("column", sorted(COLUMNS))
def test_no_column_can_be_edited(owner, column):
    assert tampered(owner, f"UPDATE audit_entry SET {column} = {COLUMNS[column]} WHERE {place(1, 7)}")


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        (f"UPDATE audit_entry SET purpose = '' WHERE {place(1, 7)}", Fault.EDITED),
        (f"UPDATE audit_entry SET at = 'infinity' WHERE {place(1, 7)}", Fault.EDITED),
        (f"DELETE FROM audit_entry WHERE {place(1, 7)}", Fault.GAP),
        (f"DELETE FROM audit_entry WHERE {place(1, 20)}", Fault.HEAD_DIFFERS),
        ("DELETE FROM audit_head WHERE chain = 1", Fault.HEAD_MISSING),
        ("DELETE FROM audit_entry WHERE chain = 1", Fault.CHAIN_EMPTIED),
    ],
)
def test_a_fault_is_called_by_its_name(owner, statement, fault):
    assert fault in tampered(owner, statement)


def test_a_fault_says_where_it_is(owner):
    with transaction.atomic(using=OWNER):
        with owner.cursor() as cursor:
            cursor.execute(f"UPDATE audit_entry SET purpose = 'x' WHERE {place(2, 7)}")
        found = verify(owner)
        transaction.set_rollback(True, using=OWNER)
    assert [(finding.fault, finding.chain, finding.seq) for finding in found] == [(Fault.EDITED, 2, 7)]
    assert "2/7" in str(found[0])


def test_an_entry_edited_and_given_a_fitting_hash_breaks_the_link_to_the_next(owner):
    with transaction.atomic(using=OWNER):
        with owner.cursor() as cursor:
            cursor.execute(f"UPDATE audit_entry SET purpose = 'x' WHERE {place(1, 7)}")
            cursor.execute(f"SELECT prev_hash, {PARTS} FROM audit_entry e WHERE {place(1, 7)}")
            prev_hash, *parts = cursor.fetchone()
            fitting = entry_hash(parts, bytes(prev_hash))
            cursor.execute(f"UPDATE audit_entry SET hash = %s WHERE {place(1, 7)}", [fitting])
        assert [(found.fault, found.chain, found.seq) for found in verify(owner)] == [(Fault.BROKEN_LINK, 1, 8)]
        transaction.set_rollback(True, using=OWNER)


def test_renumbering_and_rehashing_a_whole_chain_needs_a_checkpoint_to_be_seen(owner):
    """Whoever owns the database can write a chain that fits; only what was signed before tells."""
    points = signed(owner)
    with transaction.atomic(using=OWNER):
        rewrite_chain(owner, 1)
        assert verify(owner) == []
        assert {finding.fault for finding in verify(owner, points)} == {Fault.REWRITTEN}
        transaction.set_rollback(True, using=OWNER)


@pytest.mark.parametrize("cut", [1, 5, 19, 20])
def test_a_cut_tail_with_a_rewritten_head_is_seen_only_with_a_checkpoint(owner, cut):
    points = signed(owner)
    with transaction.atomic(using=OWNER):
        cut_tail(owner, 1, cut)
        assert verify(owner) == []
        assert [(f.fault, f.chain, f.seq) for f in verify(owner, points)] == [(Fault.TAIL_CUT, 1, 20)]
        transaction.set_rollback(True, using=OWNER)


def test_entries_after_a_checkpoint_are_no_fault(owner):
    early = [Checkpoint(chain, seq, last, START) for chain, seq, last in heads_at(owner, 5)]
    assert verify(owner, early) == []


@pytest.mark.parametrize("pieces", [1, 7, 20, 60, 1000])
def test_chains_are_judged_alike_in_whatever_pieces_they_are_fetched(owner, monkeypatch, pieces):
    monkeypatch.setattr("qingyan.foundation.audit.verify.FETCHED_AT_ONCE", pieces)
    assert verify(owner) == []
    assert Fault.EDITED in tampered(owner, f"UPDATE audit_entry SET purpose = 'x' WHERE {place(2, 7)}")


def test_the_hashed_text_of_a_row_is_what_the_function_hashed(owner):
    with owner.cursor() as cursor:
        cursor.execute("SELECT audit.part(NULL) || audit.part('') || audit.part('好😀')")
        assert cursor.fetchone()[0] == canonical([None, "", "好😀"])


def signed(owner):
    return [Checkpoint(chain, seq, last, START) for chain, seq, last in heads(owner)]


def heads_at(owner, seq):
    with owner.cursor() as cursor:
        cursor.execute("SELECT chain, seq, hash FROM audit_entry WHERE seq = %s", [seq])
        return [(chain, number, bytes(last)) for chain, number, last in cursor.fetchall()]


def cut_tail(owner, chain, cut):
    """Delete the last entries and make the head fit, as an insider with the owner's rights would."""
    with owner.cursor() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE chain = %s AND seq > 20 - %s", [chain, cut])
        cursor.execute(
            "UPDATE audit_head h SET (seq, hash) = (SELECT seq, hash FROM audit_entry e WHERE e.chain = h.chain "
            "ORDER BY seq DESC LIMIT 1) WHERE chain = %s AND %s < 20",
            [chain, cut],
        )
        if cut == 20:
            cursor.execute("DELETE FROM audit_head WHERE chain = %s", [chain])


def rewrite_chain(owner, chain):
    """Append the entries of a chain anew with one purpose changed, so that every hash fits again."""
    with owner.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE kept ON COMMIT DROP AS SELECT * FROM audit_entry WHERE chain = %s ORDER BY seq", [chain]
        )
        cursor.execute("DELETE FROM audit_entry WHERE chain = %s", [chain])
        cursor.execute("DELETE FROM audit_head WHERE chain = %s", [chain])
        cursor.execute("SELECT set_config('qingyan.school', %s, true)", [str(chain)])
        cursor.execute(
            "SELECT audit.append(chain, at, actor_id, actor_kind, roles, action, subject_kind, subject_id, student_id, "
            "CASE seq WHEN 7 THEN 'x' ELSE purpose END, request_id, detail) FROM (SELECT * FROM kept ORDER BY seq) k"
        )
