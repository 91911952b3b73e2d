"""Root without user namespaces still gets a server, as `nobody`, and the choice is kept."""

import shutil
from pathlib import Path

import psycopg
import pytest

from qingyan.foundation.database import dwelling
from qingyan.foundation.database.binaries import CannotRun, packaged_binaries
from qingyan.foundation.database.child import MAPPED, SAME
from qingyan.foundation.database.dwelling import dwelling_for
from qingyan.foundation.database.launcher import EmbeddedServer
from tests.foundation.database.conftest import is_root

NOBODY = "65534:65534"
only_root = pytest.mark.skipif(not is_root(), reason="only root needs another user")


@only_root
def test_without_user_namespaces_nobody_runs_it_outside_the_data_directory(tmp_path: Path, monkeypatch):
    """The packaged binaries are moved out of nobody's reach first, as in a checkout below /root."""
    package = packaged_binaries().parent.parent
    for name in (package.name, f"{package.name}.libs"):
        shutil.copytree(package.with_name(name), tmp_path / "hidden" / name, symlinks=True)
    hidden = tmp_path / "hidden" / package.name / "pginstall"
    (tmp_path / "hidden").chmod(0o700)
    monkeypatch.setattr(dwelling, "LODGINGS", Path("/var/tmp") / f"qingyan-lodgings-{tmp_path.name}")
    try:
        with EmbeddedServer(tmp_path / "d", hidden / "bin", identity=NOBODY) as server:
            assert server.address.socket_dir.startswith(str(dwelling.LODGINGS))
            assert Path(server.address.socket_dir).stat().st_uid == 65534
            with psycopg.connect(server.url("qingyan_app")) as connection:
                assert connection.execute("SELECT current_user").fetchone() == ("qingyan_app",)
        with EmbeddedServer(tmp_path / "d", hidden / "bin") as again:  # the kept choice, without being told
            assert again.address.socket_dir == server.address.socket_dir
    finally:
        shutil.rmtree(dwelling.LODGINGS, ignore_errors=True)


@only_root
def test_root_falls_back_to_nobody_when_namespaces_are_refused(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(dwelling, "LODGINGS", tmp_path / "lodgings")
    monkeypatch.setattr(dwelling, "_can_become", lambda identity: identity != MAPPED)
    monkeypatch.setattr(dwelling, "_runs", lambda identity, program: True)
    assert dwelling_for(tmp_path, packaged_binaries()).identity == NOBODY


def test_a_kept_identity_that_is_no_longer_possible_is_told_rather_than_starting_empty(tmp_path: Path, monkeypatch):
    kept = dwelling_for(tmp_path, packaged_binaries(), SAME)
    assert kept.cluster == str(tmp_path / "postgres")
    monkeypatch.setattr(dwelling, "_can_become", lambda _identity: False)
    with pytest.raises(CannotRun, match="was made to run as"):
        dwelling_for(tmp_path, packaged_binaries())
