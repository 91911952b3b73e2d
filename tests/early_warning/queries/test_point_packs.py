"""A pack counts as signed only while its file is byte for byte the one that was signed."""

from qingyan.early_warning.queries import point_packs
from tests.early_warning.setting import signed


def test_the_released_pack_is_unsigned_until_somebody_signs(cast):
    assert not point_packs.current(cast.city.id).is_signed
    signed(cast)
    assert point_packs.current(cast.city.id).is_signed
    assert not point_packs.current(cast.city.id + 1).is_signed


def test_one_changed_letter_makes_it_unsigned_again(cast, tmp_path):
    signed(cast)
    text = (point_packs.SHELF / "1.0.yaml").read_text(encoding="utf-8")
    changed, same = tmp_path / "changed.yaml", tmp_path / "same.yaml"
    changed.write_text(text.replace("points: 6", "points: 7", 1), encoding="utf-8")
    same.write_text(text, encoding="utf-8")
    assert not point_packs.read(changed, cast.city.id).is_signed
    assert point_packs.read(same, cast.city.id).is_signed
    found = point_packs.read(changed, cast.city.id)
    assert [one.pack for one in point_packs.earlier(cast.city.id, found.digest)] == ["points/1.0"]
