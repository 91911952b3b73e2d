"""Runs the real `qingyan` command in a process of its own, with an environment of its own."""

import fcntl
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

SECONDS = 300  # a busy machine migrates slowly


@dataclass(frozen=True)
class House:
    """A data directory with the environment of a command that works in it."""

    data_dir: Path
    environment: dict[str, str]

    def run(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Runs `qingyan …` to its end."""
        line = [sys.executable, "-m", "qingyan.command.main", *arguments]
        given = self.environment | more
        return subprocess.run(line, capture_output=True, text=True, check=False, env=given, timeout=SECONDS)

    def told(self, *arguments: str, code: int = 0, **more: str) -> dict[str, Any]:
        """What the command says with --json; its exit code must be `code`."""
        done = self.run(*arguments, "--json", **more)
        assert done.returncode == code, done.stdout + done.stderr
        return json.loads(done.stdout)


def house_in(data_dir: Path) -> House:
    """Nothing of this process's settings leaks in: no DATABASE_URL, no mode."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "PYTHONPATH") if name in os.environ}
    return House(data_dir, kept | {"DATA_DIR": str(data_dir), "QINGYAN_MODE": "test"})


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> House:
    """A migrated house that nobody lives in, made once for all workers: migrating costs more than any command."""
    workers = "PYTEST_XDIST_WORKER" in os.environ
    place = tmp_path_factory.getbasetemp().parent if workers else tmp_path_factory.getbasetemp()
    made, done = house_in(place / "migrated"), place / "migrated.done"
    with (place / "migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            made.told("migrate")
            done.touch()
    return made


def _copied(migrated: House, data_dir: Path) -> House:
    """A house of its own with the tables and the keys of the migrated one, whose server is stopped."""
    made, note = house_in(data_dir), "postgres.dwelling.json"
    dwelling = json.loads((migrated.data_dir / note).read_text(encoding="utf-8"))
    if Path(dwelling["cluster"]).parent != migrated.data_dir:  # root without user namespaces lodges it elsewhere
        made.told("migrate")
        return made
    data_dir.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["cp", "-a", str(migrated.data_dir), str(data_dir)], check=True)
    (data_dir / note).write_text(json.dumps(dwelling | {"cluster": str(data_dir / "postgres")}), encoding="utf-8")
    return made


@pytest.fixture(scope="session")
def house(migrated: House, tmp_path_factory: pytest.TempPathFactory) -> House:
    """A migrated house, shared: commands under test leave it as it is."""
    return _copied(migrated, tmp_path_factory.mktemp("house") / "my data")


@pytest.fixture(scope="session")
def demo_house(migrated: House, tmp_path_factory: pytest.TempPathFactory) -> House:
    """A house with the small demo city."""
    empty = _copied(migrated, tmp_path_factory.mktemp("demo") / "data")
    made = House(empty.data_dir, empty.environment | {"QINGYAN_MODE": "demo"})
    done = made.run("demo", "load", "--size", "small")
    assert done.returncode == 0, done.stderr
    return made


@pytest.fixture
def new_house(migrated: House, tmp_path: Path) -> House:
    """A migrated house for commands that change things."""
    return _copied(migrated, tmp_path / "data")
