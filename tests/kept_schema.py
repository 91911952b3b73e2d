"""The migrated test database, kept between runs: migrating from nothing takes a minute, a restore a second.

What is kept is named by everything that a migration can read; a changed byte makes a new one. Policies are written anew
in every run, after the restore. The first worker of a run migrates while the others wait, then restore what it made.
"""

import fcntl
import hashlib
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg

from qingyan.foundation.database.binaries import major_version, packaged_binaries

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / ".make" / "test-schema"
READ_BY_MIGRATIONS = (
    "qingyan/**/migrations/*.py",
    "qingyan/foundation/crypto/*.py",
    "qingyan/foundation/database/*.py",
)


def migrated(superuser_url: str, migrate: Callable[[], None]) -> None:
    """The database of `superuser_url` as migrations leave it: restored where it was kept, else migrated, and kept."""
    if not _same_version(superuser_url):
        migrate()
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    kept = FOLDER / f"{_key()}.dump"
    with (FOLDER / "lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            migrate()
            _keep(superuser_url, kept)
            return
    _run("pg_restore", "--clean", "--if-exists", "--exit-on-error", f"--dbname={superuser_url}", str(kept))


def _same_version(superuser_url: str) -> bool:
    """A dump of these programs is not for an older server that somebody named."""
    with psycopg.connect(superuser_url) as connection:
        return connection.info.server_version // 10_000 == major_version(packaged_binaries())


def _keep(superuser_url: str, kept: Path) -> None:
    for old in FOLDER.glob("*.dump"):
        old.unlink()
    fresh = kept.with_suffix(f".{os.getpid()}")
    _run("pg_dump", "--format=custom", "--compress=0", f"--dbname={superuser_url}", f"--file={fresh}")
    fresh.rename(kept)


def _key() -> str:
    digest = hashlib.sha256()
    for path in _sources():
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:24]


def _sources() -> Iterator[Path]:
    yield Path(__file__).resolve()
    yield ROOT / "requirements" / "dev.txt"  # migrations of packages
    for pattern in READ_BY_MIGRATIONS:
        yield from sorted(ROOT.glob(pattern))


def _run(program: str, *arguments: str) -> None:
    done = subprocess.run([packaged_binaries() / program, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{program}: {done.stderr[-2000:]}")
