"""A released duty pack is exactly the file that was released."""

import pytest

from qingyan.alerts.queries import duty_packs
from qingyan.alerts.rules.judging import UnfitPack


def test_every_duty_pack_is_locked_and_loads_under_its_own_name():
    files = sorted(f"{file.parent.name}/{file.stem}" for file in duty_packs.SHELF.glob("*/*.yaml"))
    assert sorted(duty_packs.locked()) == files
    for name in files:
        assert duty_packs.load(*name.split("/")).name == name


def test_the_current_pack_says_that_nobody_has_signed_it_and_when_clocks_stop():
    pack = duty_packs.current()
    assert pack.signed_by is None
    assert any("停表" in rule for rule in pack.rules)


def test_edited_minutes_are_refused(tmp_path, monkeypatch):
    (tmp_path / "default").mkdir()
    text = (duty_packs.SHELF / "default" / "1.0.yaml").read_text()
    (tmp_path / "default" / "1.0.yaml").write_text(text.replace("minutes: 10", "minutes: 600", 1))
    monkeypatch.setattr(duty_packs, "SHELF", tmp_path)
    duty_packs.load.cache_clear()
    with pytest.raises(UnfitPack, match="not the released file"):
        duty_packs.load("default", "1.0")
    duty_packs.load.cache_clear()
