"""Runs the real `qingyan` command in a process of its own, with an environment of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

SECONDS = 120


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
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """A migrated house, shared: commands under test leave it as it is."""
    made = house_in(tmp_path_factory.mktemp("house") / "my data")
    done = made.run("migrate")
    assert done.returncode == 0, done.stderr
    return made


@pytest.fixture(scope="session")
def demo_house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """A house with the small demo city."""
    empty = house_in(tmp_path_factory.mktemp("demo") / "data")
    made = House(empty.data_dir, empty.environment | {"QINGYAN_MODE": "demo"})
    done = made.run("demo", "load", "--size", "small")
    assert done.returncode == 0, done.stderr
    return made


@pytest.fixture
def new_house(tmp_path: Path) -> Callable[[], House]:
    """An empty house for a command that changes things."""
    return lambda: house_in(tmp_path / "data")
