"""Which PostgreSQL programs serve."""

from pathlib import Path

import pytest

from qingyan.foundation.database.binaries import CannotRun, initdb_options, major_version, packaged_binaries


def _fake(folder: Path, says: str) -> Path:
    program = folder / "postgres"
    program.write_text(f"#!/bin/sh\necho '{says}'\n", encoding="utf-8")
    program.chmod(0o755)
    return folder


def test_the_packaged_server_is_new_enough_for_its_own_collation():
    assert major_version(packaged_binaries()) >= 17
    assert "--builtin-locale=C.UTF-8" in initdb_options(packaged_binaries())


def test_an_older_server_uses_the_systems_locale(tmp_path: Path):
    assert "--locale=C.UTF-8" in initdb_options(_fake(tmp_path, "postgres (PostgreSQL) 15.9 (Debian 15.9-0)"))


@pytest.mark.parametrize("says", ["postgres (PostgreSQL) 14.2", "something else"])
def test_a_server_too_old_is_refused(tmp_path: Path, says: str):
    with pytest.raises(CannotRun, match="older than 15"):
        major_version(_fake(tmp_path, says))


def test_a_folder_without_a_server_is_named(tmp_path: Path):
    with pytest.raises(CannotRun, match="no PostgreSQL server in"):
        major_version(tmp_path)
