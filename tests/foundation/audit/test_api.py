"""Recording: in the same transaction as the change, by the one function, and never again to be changed."""

import threading
from datetime import MAXYEAR, MINYEAR, timedelta

import pytest
from django.db import ProgrammingError, connection, connections, transaction
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from qingyan.foundation.access.actor import Actor, Kind
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.api import APPEND, NotForAudit, OutsideTransaction, record, verify_all, write_checkpoint
from qingyan.foundation.audit.chain import rendered
from qingyan.foundation.audit.models import AuditEntry
from qingyan.foundation.audit.queries import entries_here
from tests.foundation.audit.conftest import PUPIL, START, counsellor


def note(by, **changes):
    """Record one ordinary entry where the actor stands."""
    entry = {"action": "file.read", "subject_kind": "student", "subject_id": PUPIL, "now": START, **changes}
    with entered(by):
        return record(by=by, **entry)


def all_rows(columns):
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM audit_entry ORDER BY chain, seq")
        return cursor.fetchall()


def test_an_entry_keeps_who_what_why_and_when(committed_db):
    by = counsellor(1)
    with transaction.atomic():
        note(by, student_id=PUPIL, detail={"ids": [1]})
    columns = "chain, seq, at, actor_id, actor_kind, roles, action, subject_kind, subject_id, student_id, purpose"
    assert all_rows(f"{columns}, request_id, detail::text") == [
        (
            *(1, 1, START, by.id, "staff", "counsellor,school_admin", "file.read", "student", str(PUPIL), PUPIL),
            *("随访", "r-1", '{"ids": [1]}'),
        )
    ]


def test_no_name_is_kept(committed_db):
    with transaction.atomic():
        note(counsellor(1))
    assert "林若溪" not in str(all_rows("audit_entry::text"))


def test_outside_a_school_the_platform_chain_is_used(committed_db):
    with transaction.atomic():
        note(Actor(Kind.SYSTEM))
        note(counsellor(5), chain=0)
    assert all_rows("chain") == [(0,), (0,)]


def test_nobody_writes_into_the_trail_of_another_school_or_outside_a_scope(committed_db):
    for by, chain in ((counsellor(5), 7), (Actor(Kind.SYSTEM), 7), (counsellor(5), -1)):
        with pytest.raises(ProgrammingError, match="not of the entered scope"), transaction.atomic():
            note(by, chain=chain)
    with pytest.raises(ProgrammingError, match="not of the entered scope"), transaction.atomic():
        record(by=counsellor(5), action="file.read", subject_kind="student", subject_id=PUPIL, now=START)
    assert all_rows("chain") == []


def test_a_stated_purpose_goes_before_the_one_of_the_request(committed_db):
    with transaction.atomic():
        note(counsellor(1), purpose="复核")
    assert all_rows("purpose") == [("复核",)]


def test_recording_outside_a_transaction_is_refused(committed_db):
    with pytest.raises(OutsideTransaction):
        record(by=counsellor(1), action="file.read", subject_kind="student", subject_id=PUPIL, now=START)


def test_an_entry_goes_when_its_change_goes(committed_db):
    with transaction.atomic():
        note(counsellor(1))
        transaction.set_rollback(True)
    with transaction.atomic():
        note(counsellor(1))
    assert all_rows("seq") == [(1,)]
    assert verify_all(connections["owner"]) == []


@pytest.mark.parametrize(
    "changes",
    [{"purpose": "长" * 201}, {"action": "x" * 61}, {"subject_id": "x" * 201}, {"detail": {"note": "长" * 201}}],
)
def test_long_text_is_refused(db, changes):
    with pytest.raises(NotForAudit):
        note(counsellor(1), **changes)


@pytest.mark.parametrize("moment", ["infinity", "-infinity", None])
def test_a_moment_that_is_none_is_refused(db, moment):
    values = [0, moment, None, "staff", "", "a", "b", "c", None, "", "", "{}"]
    with pytest.raises(Exception, match=r"finite|null value"), connection.cursor() as cursor:
        cursor.execute(APPEND, values)


def test_the_function_belongs_to_the_owner_and_fixes_its_search_path(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.rolname, p.prosecdef, p.proconfig, has_function_privilege('public', p.oid, 'EXECUTE') "
            "FROM pg_proc p JOIN pg_roles r ON r.oid = p.proowner WHERE p.oid = 'audit.append'::regproc"
        )
        assert cursor.fetchone() == ("qingyan_owner", True, ["search_path=pg_catalog, pg_temp"], False)


def test_a_table_of_the_same_name_in_the_session_does_not_catch_entries(committed_db):
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE audit_entry (LIKE public.audit_entry) ON COMMIT DROP")
        cursor.execute("CREATE TEMP TABLE audit_head (LIKE public.audit_head) ON COMMIT DROP")
        cursor.execute(APPEND, [0, START, None, "staff", "", "a", "b", "c", None, "", "", "{}"])
        cursor.execute("SELECT (SELECT count(*) FROM pg_temp.audit_entry), (SELECT count(*) FROM public.audit_entry)")
        assert cursor.fetchone() == (0, 1)


@pytest.mark.parametrize("table", ["audit_entry", "audit_head"])
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO {} SELECT * FROM {}",
        "UPDATE {} SET seq = seq",
        "DELETE FROM {}",
        "TRUNCATE {}",
        "SELECT * FROM {} FOR UPDATE",
        "ALTER TABLE {} DISABLE ROW LEVEL SECURITY",
        "DROP TABLE {}",
    ],
)
def test_the_app_can_only_append(trail, table, statement):
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), connection.cursor() as cursor:
        cursor.execute(statement.replace("{}", table))


def test_the_app_sees_no_heads_and_no_entries_outside_a_scope(trail):
    with connection.cursor() as cursor:
        for table in ("audit_entry", "audit_head"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,)


def test_entries_of_another_school_are_not_shown(cast, acting):
    home, other = cast.platform(), cast.platform(cast.other)
    note(home)
    note(other)
    with entered(home):
        assert {entry.chain for entry in AuditEntry.objects.all()} == {home.school_id}
        assert entries_here(other).entries == ()


def test_entries_need_the_sight_for_them(cast):
    note(cast.platform())
    with entered(cast.actor(cast.home.principal, cast.home)):
        assert AuditEntry.objects.count() == 0
    with entered(cast.actor(cast.home.counsellor, cast.home)):
        assert AuditEntry.objects.count() == 1


def test_writers_at_the_same_time_keep_one_chain(committed_db):
    together = threading.Barrier(4)

    def write():
        together.wait()
        for _ in range(25):
            with transaction.atomic():
                note(counsellor(1))
        connection.close()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all_rows("seq") == [(number,) for number in range(1, 101)]
    assert verify_all(connections["owner"]) == []


def test_verifying_while_entries_are_appended_finds_nothing(committed_db):
    stop, counts = threading.Event(), []

    def write():
        while not stop.is_set():
            with transaction.atomic():
                note(counsellor(1))
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        counts = [len(verify_all(connections["owner"])) for _ in range(30)]
    finally:
        stop.set()
        writer.join()
    assert counts == [0] * 30


odd_text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
moments = st.datetimes(timezones=st.timezones())


def test_python_and_sql_agree_on_every_entry(committed_db):
    @given(odd_text, odd_text, st.none() | st.uuids(), moments)
    @settings(max_examples=150, deadline=None)
    def add(purpose, subject, student, at):
        assume(MINYEAR < at.year < MAXYEAR)
        with transaction.atomic():
            note(
                counsellor(1), purpose=purpose, subject_id=subject, student_id=student, now=at, detail={"text": purpose}
            )

    add()
    assert verify_all(connections["owner"]) == []
    shown = all_rows("""at, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')""")
    assert len(shown) >= 150
    assert [rendered(at) for at, _ in shown] == [text for _, text in shown]


def test_checkpoints_and_verification_work_through_the_front_door(trail, tmp_path):
    path = tmp_path / "kept" / "checkpoints.jsonl"
    assert write_checkpoint(connections["owner"], path, START + timedelta(hours=1)) == 3
    assert verify_all(connections["owner"], path) == []


def test_pupils_and_homeroom_teachers_can_be_recorded_and_read_nothing(cast):
    for actor in (cast.pupil_actor(), cast.actor(cast.home.homeroom_teacher, cast.home)):
        with entered(actor), connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            assert cursor.fetchone() == ("qingyan_narrow",)
            note(actor)
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                AuditEntry.objects.count()
