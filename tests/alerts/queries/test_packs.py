"""A released pack is exactly the file that was released."""

from hashlib import sha256

import pytest
from pydantic import ValidationError

from qingyan.alerts.queries import packs
from qingyan.alerts.rules.judging import UnfitPack


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    """A library of its own with a copy of the current pack."""
    content = (packs.LIBRARY / "default" / "1.0.yaml").read_bytes()
    (tmp_path / "default").mkdir()
    (tmp_path / "default" / "1.0.yaml").write_bytes(content)
    (tmp_path / "released.lock").write_text(f"{sha256(content).hexdigest()}  default/1.0\n")
    monkeypatch.setattr(packs, "LIBRARY", tmp_path)
    monkeypatch.setattr(packs, "LOCK", tmp_path / "released.lock")
    packs.load.cache_clear()
    yield tmp_path
    packs.load.cache_clear()


def test_every_pack_in_the_library_is_locked_and_loads_under_its_own_name():
    assert sorted(packs.locked()) == [f"{code}/{version}" for code, version in packs.released()]
    for code, version in packs.released():
        assert packs.load(code, version).name == f"{code}/{version}"


def test_the_current_pack_says_that_nobody_has_signed_it():
    assert packs.current().signed_by is None
    assert "演示" in packs.current().about


def test_an_edited_threshold_is_refused(shelf):
    file = shelf / "default" / "1.0.yaml"
    assert packs.load("default", "1.0").rules
    packs.load.cache_clear()
    file.write_text(file.read_text().replace("value: 3}", "value: 4}", 1))
    with pytest.raises(UnfitPack, match="not the released file"):
        packs.load("default", "1.0")


def test_a_pack_under_another_name_is_refused(shelf):
    content = (shelf / "default" / "1.0.yaml").read_bytes()
    (shelf / "default" / "2.0.yaml").write_bytes(content)
    (shelf / "released.lock").write_text(f"{sha256(content).hexdigest()}  default/2.0\n")
    with pytest.raises(UnfitPack, match="calls itself"):
        packs.load("default", "2.0")


def test_an_unknown_pack_and_an_unknown_key_are_errors(shelf):
    with pytest.raises(FileNotFoundError):
        packs.load("default", "9.9")
    with pytest.raises(ValidationError):
        packs.parse((shelf / "default" / "1.0.yaml").read_text() + "\nsecret_weight: 3\n")
