"""The roles have no powers, repeat without harm, and the owner can give a function to the counter on every version."""

import subprocess
from pathlib import Path

import psycopg
import pytest

from qingyan.foundation.database.launcher import EmbeddedServer
from qingyan.foundation.database.roles import COUNTER, LOGINS, OWNER, ensure, printed

POWERS = "SELECT rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls FROM pg_roles WHERE rolname = %s"


def test_no_role_has_powers_and_the_counter_cannot_log_in(tmp_path: Path, binaries: Path):
    with (
        EmbeddedServer(tmp_path / "d", binaries) as server,
        psycopg.connect(server.url("postgres"), autocommit=True) as connection,
    ):
        for role in (*LOGINS, COUNTER):
            assert connection.execute(POWERS, [role]).fetchone() == (False,) * 5, role
        login = connection.execute("SELECT rolcanlogin FROM pg_roles WHERE rolname = %s", [COUNTER]).fetchone()
        assert login == (False,)
        ensure(connection, {})  # a second time changes nothing and fails at nothing


def test_the_owner_gives_a_counting_function_to_the_counter(tmp_path: Path, binaries: Path):
    with (
        EmbeddedServer(tmp_path / "d", binaries) as server,
        psycopg.connect(server.url(OWNER), autocommit=True) as owner,
    ):
        owner.execute("CREATE SCHEMA counting")
        owner.execute(f"GRANT CREATE, USAGE ON SCHEMA counting TO {COUNTER}")
        owner.execute("CREATE FUNCTION counting.one() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'")
        owner.execute(f"ALTER FUNCTION counting.one() OWNER TO {COUNTER}")
        found = owner.execute("SELECT proowner::regrole::text FROM pg_proc WHERE proname = 'one'").fetchone()
        assert found == (COUNTER,)


def test_the_owner_does_not_fall_under_the_counters_policies(tmp_path: Path, binaries: Path):
    with (
        EmbeddedServer(tmp_path / "d", binaries) as server,
        psycopg.connect(server.url(OWNER), autocommit=True) as owner,
    ):
        owner.execute("CREATE TABLE pupil (n int)")
        owner.execute("INSERT INTO pupil VALUES (1)")
        owner.execute("ALTER TABLE pupil ENABLE ROW LEVEL SECURITY")
        owner.execute("ALTER TABLE pupil FORCE ROW LEVEL SECURITY")
        owner.execute(f"CREATE POLICY counting ON pupil FOR SELECT TO {COUNTER} USING (true)")
        assert owner.execute("SELECT count(*) FROM pupil").fetchone() == (0,)


def test_the_app_can_neither_make_a_table_nor_become_another_role(server: EmbeddedServer):
    with psycopg.connect(server.url("qingyan_app"), autocommit=True) as app:
        for statement in (
            "CREATE TABLE mine (n int)",
            "CREATE TEMPORARY TABLE mine (n int)",
            "CREATE SCHEMA mine",
            "CREATE ROLE mine",
            f"SET ROLE {OWNER}",
            f"SET ROLE {COUNTER}",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(statement)


def test_the_bureau_sees_no_table_and_writes_nothing(server: EmbeddedServer):
    with psycopg.connect(server.url(OWNER), autocommit=True) as owner:
        owner.execute("CREATE TABLE person (n int)")
    with psycopg.connect(server.url("qingyan_bureau"), autocommit=True) as bureau:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            bureau.execute("SELECT * FROM public.person")
        assert bureau.execute("SHOW default_transaction_read_only").fetchone() == ("on",)


def test_a_stranger_cannot_connect_to_the_database(server: EmbeddedServer):
    with psycopg.connect(server.url("postgres"), autocommit=True) as superuser:
        superuser.execute("CREATE ROLE stranger LOGIN PASSWORD 'x'")
    url = server.address.url("stranger", "x")
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(url)


def test_the_printed_script_makes_the_same_on_another_server(tmp_path: Path, binaries: Path):
    psql = binaries / "psql"
    with EmbeddedServer(tmp_path / "d", binaries) as server:
        version = psycopg.connect(server.url("postgres"))
        script = printed(version.info.server_version, "second_city")
        version.close()
        assert "geheim" not in script
        lines = [line for line in script.splitlines() if not line.startswith("\\prompt")]
        words = "".join(f"\\set {role}_password geheim{at}\n" for at, role in enumerate(LOGINS))
        (tmp_path / "roles.sql").write_text(words + "\n".join(lines), encoding="utf-8")
        line = [
            str(psql),
            "-X",
            "-q",
            "-v",
            "ON_ERROR_STOP=1",
            "-f",
            str(tmp_path / "roles.sql"),
            server.url("postgres", "postgres"),
        ]
        done = subprocess.run(line, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        with psycopg.connect(server.address.url("qingyan_app", "geheim1", "second_city")) as app:
            assert app.execute("SELECT current_database()").fetchone() == ("second_city",)
