"""The library: every file is the released one, and an edited one is refused."""

import pytest

from qingyan.cases.queries import packs


def test_every_file_is_released_and_every_lock_has_its_file():
    assert packs.released() == sorted(packs.locked())
    for name in packs.released():
        assert packs.content(name)


def test_an_edited_file_is_refused(tmp_path, monkeypatch):
    for name in packs.released():
        target = tmp_path / f"{name}.yaml"
        target.parent.mkdir(exist_ok=True)
        target.write_bytes((packs.LIBRARY / f"{name}.yaml").read_bytes())
    monkeypatch.setattr(packs, "LIBRARY", tmp_path)
    assert packs.content(packs.CURRENT), "the control: a copy is the same"
    (tmp_path / f"{packs.CURRENT}.yaml").write_text("code: other\n", "utf-8")
    with pytest.raises(packs.NotReleased):
        packs.content(packs.CURRENT)
