"""The embedded PostgreSQL server: `postgres` as a direct child that dies with us and recovers by itself.

Decides: start, join, stop, recovery. Does not: choose the user (`dwelling`), name addresses, make roles.
A lock that every server process inherits says whether the cluster is in use; process ids are never trusted.
Start it from the main thread: the kernel ties the child to the thread that made it.
"""

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import psycopg

from qingyan.foundation.database import roles
from qingyan.foundation.database.addresses import (
    DATABASE,
    ROLE_OF_ALIAS,
    SUPERUSER,
    VARIABLE_OF_ALIAS,
    Address,
    address_file,
    password,
)
from qingyan.foundation.database.binaries import CannotRun, initdb_options, packaged_binaries, refuse_other_version
from qingyan.foundation.database.child import CANNOT_BECOME, command
from qingyan.foundation.database.dwelling import Dwelling, dwelling_for

LONGEST_SOCKET_PATH = 107  # bytes in sockaddr_un, without the closing zero
START_SECONDS, STOP_SECONDS, PAUSE = 60.0, 30.0, 0.02
LARGEST_LOG = 10_000_000
SETTINGS = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "wal_compression": "on",
    "checkpoint_timeout": "15min",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "password_encryption": "scram-sha-256",
    "unix_socket_permissions": "0700",
    "log_min_error_statement": "panic",  # a refused statement would put a child's row into the log
    "log_error_verbosity": "terse",  # and so would the DETAIL line
    "log_timezone": "UTC",
}


class EmbeddedServer:
    """One PostgreSQL cluster inside a data directory; usable as a context manager."""

    def __init__(self, data_dir: Path, bin_dir: Path | None = None, identity: str | None = None) -> None:
        """`bin_dir`: another PostgreSQL than the packaged one. `identity`: see `child`; chosen when absent."""
        self.data_dir = data_dir.absolute()
        self.bin_dir = (bin_dir or packaged_binaries()).absolute()
        self.address: Address | None = None
        self.keeps_port = False  # when started again: others know the port already and will not learn another
        self._identity = identity
        self._process: subprocess.Popen[bytes] | None = None
        self._lock: IO[bytes] | None = None

    @property
    def owned(self) -> bool:
        """Whether this object started the server, rather than joining one that another process runs."""
        return self._process is not None

    @property
    def pid(self) -> int | None:
        """Process id of the server, where this object started it."""
        return self._process.pid if self._process else None

    def start(self) -> Self:
        """Starts the server, or joins the one which another process runs on this data directory. Raises CannotRun."""
        self.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        deadline = time.monotonic() + START_SECONDS
        while True:
            if self._take_lock():
                self._launch()
                return self
            if self._joined():
                return self
            if time.monotonic() > deadline:
                raise CannotRun(
                    f"another process holds {self.data_dir} but its server does not answer; see {self._log}"
                )
            time.sleep(PAUSE)

    def stop(self) -> None:
        """Ends the server if this object started it: open transactions roll back, committed ones are safe."""
        if self._process is not None:
            for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
                if self._ended(how, STOP_SECONDS):
                    break
            self._process = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def is_running(self) -> bool:
        """Whether the server which this object started is alive."""
        return self._process is not None and self._process.poll() is None

    def url(self, role: str, database: str = DATABASE) -> str:
        """A libpq URL for one of the roles, or for the superuser `postgres`."""
        if self.address is None:
            raise CannotRun("the embedded server was not started")
        return self.address.url(role, password(self.data_dir, role), database)

    def environment(self) -> dict[str, str]:
        """The variables by which settings find this server."""
        return {variable: self.url(ROLE_OF_ALIAS[alias]) for alias, variable in VARIABLE_OF_ALIAS.items()}

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def _log(self) -> Path:
        return self.data_dir / "postgres.log"

    def _take_lock(self) -> bool:
        """The lock is free only when no process of an earlier server is left, orphaned workers included."""
        handle = (self.data_dir / "postgres.lock").open("ab")
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            handle.close()
            return False
        self._lock = handle
        return True

    def _joined(self) -> bool:
        address = Address.kept(address_file(self.data_dir))
        if address is None or not _answers(address.url("qingyan_app", password(self.data_dir, "qingyan_app"))):
            return False
        self.address = address
        return True

    def _launch(self) -> None:
        try:
            dwelling = dwelling_for(self.data_dir, self.bin_dir, self._identity)
            cluster = Path(dwelling.cluster)
            refuse_other_version(cluster, self.bin_dir)
            if not cluster.exists():
                self._initialise(dwelling)
            (cluster / "postmaster.pid").unlink(missing_ok=True)  # safe: we hold the lock
            self._run(dwelling)
            with psycopg.connect(self.url(SUPERUSER, "postgres"), autocommit=True) as connection:
                roles.ensure(connection, {role: password(self.data_dir, role) for role in ROLE_OF_ALIAS.values()})
        except BaseException:
            self.stop()
            raise

    def _initialise(self, dwelling: Dwelling) -> None:
        """Makes the cluster beside its place and moves it there when it is whole."""
        cluster = Path(dwelling.cluster)
        draft = cluster.with_name(cluster.name + ".new")
        shutil.rmtree(draft, ignore_errors=True)
        word = cluster.with_name("first-password")
        word.unlink(missing_ok=True)
        word.touch(mode=0o600)
        word.write_text(password(self.data_dir, SUPERUSER), encoding="utf-8")
        if ":" in dwelling.identity:
            os.chown(word, *(int(part) for part in dwelling.identity.split(":")))
        program = [
            f"{dwelling.binaries}/initdb",
            "-D",
            str(draft),
            "-U",
            SUPERUSER,
            f"--pwfile={word}",
            *initdb_options(self.bin_dir),
        ]
        try:
            done = subprocess.run(
                command(dwelling.identity, program), capture_output=True, check=False, env=_clean_environment()
            )
        finally:
            word.unlink()
        if done.returncode != 0:
            raise CannotRun(f"initdb failed: {done.stderr.decode(errors='replace').strip()}")
        draft.rename(cluster)

    def _run(self, dwelling: Dwelling) -> None:
        socket_dir = _socket_dir(Path(dwelling.cluster))
        known: tuple[int | None, ...] = (_kept_port(self.data_dir), _free_port(), _free_port())
        if self.address is not None and self.keeps_port:
            known = (self.address.port,)
        for port in known:
            if port is None:
                continue
            self._spawn(dwelling, port, socket_dir)
            address = Address(port=port, socket_dir=socket_dir, pid=self.pid or 0)
            if self._becomes_ready(address):
                self.address = address
                address.keep(address_file(self.data_dir))
                return
        raise CannotRun(f"the database server does not start:\n{self._last_words()}")

    def _spawn(self, dwelling: Dwelling, port: int, socket_dir: str) -> None:
        given = SETTINGS | {
            "port": str(port),
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": _listed(socket_dir),
        }
        options = [part for name, value in given.items() for part in ("-c", f"{name}={value}")]
        program = [f"{dwelling.binaries}/postgres", "-D", dwelling.cluster, *options]
        if self._log.exists() and self._log.stat().st_size > LARGEST_LOG:
            self._log.replace(self._log.with_suffix(".log.1"))
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                command(dwelling.identity, program, death_signal=signal.SIGINT),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=_clean_environment(),
                pass_fds=[self._lock.fileno()] if self._lock else [],
                start_new_session=True,  # Ctrl-C is for the supervisor, which stops the workers first
            )

    def _becomes_ready(self, address: Address) -> bool:
        """False when the server ended at once, as with a port that was taken meanwhile."""
        assert self._process is not None
        url = address.url(SUPERUSER, password(self.data_dir, SUPERUSER), "postgres")
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if (code := self._process.poll()) is not None:
                if code == CANNOT_BECOME:
                    raise CannotRun(self._last_words())
                return False
            if _answers(url):
                return True
            time.sleep(PAUSE)
        raise CannotRun(f"the database server is still recovering after {START_SECONDS:.0f} s; see {self._log}")

    def _ended(self, how: signal.Signals, seconds: float) -> bool:
        """Polls instead of Popen.wait: a signal handler of the main thread may call this while it waits."""
        assert self._process is not None
        if self._process.poll() is None:
            self._process.send_signal(how)
        deadline = time.monotonic() + seconds
        while self._process.poll() is None:
            if time.monotonic() > deadline:
                return False
            time.sleep(PAUSE)
        return True

    def _last_words(self) -> str:
        lines = self._log.read_text(encoding="utf-8", errors="replace").splitlines() if self._log.exists() else []
        return "\n".join(lines[-8:])


def _clean_environment() -> dict[str, str]:
    """Without PG… variables (they would redirect the server) and without the secrets of this process."""
    return {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH") if name in os.environ} | {
        "LC_ALL": "C"
    }


def _socket_dir(cluster: Path) -> str:
    path = f"{cluster}/.s.PGSQL.65535"
    fits = len(os.fsencode(path)) <= LONGEST_SOCKET_PATH and "," not in path and '"' not in path
    return str(cluster) if fits else ""


def _listed(socket_dir: str) -> str:
    return f'"{socket_dir}"' if socket_dir else ""


def _kept_port(data_dir: Path) -> int | None:
    kept = Address.kept(address_file(data_dir))
    return kept.port if kept else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True
