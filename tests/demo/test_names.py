"""Invented names: plausible in writing, usable as logins."""

from random import Random

from qingyan.demo.names import FAMILY, adult_name, ethnicity, pupil_name, teacher_name


def test_teachers_names_have_pinyin_that_can_be_a_login():
    rng = Random(1)
    names = [teacher_name(rng) for _ in range(500)]
    assert all(name.pinyin.isascii() and name.pinyin.isalpha() and name.pinyin.islower() for name in names)
    assert all(2 <= len(name.text) <= 4 for name in names)


def test_a_father_can_be_given_the_family_name_of_the_child():
    rng = Random(2)
    assert all(adult_name(rng, sex="M", family="欧阳").text.startswith("欧阳") for _ in range(20))


def test_a_name_without_a_surname_gives_the_guardian_any():
    known = tuple(family for family, _ in FAMILY)
    assert adult_name(Random(3), sex="F", family="").text.startswith(known)


def test_some_peoples_write_names_with_a_dot_and_without_surname():
    rng = Random(4)
    names = {pupil_name(rng, sex="F", people="维吾尔族").text for _ in range(40)}
    assert any("·" in name for name in names)


def test_the_shares_of_peoples_are_those_stated():
    rng = Random(5)
    drawn = [ethnicity(rng) for _ in range(5_000)]
    assert 0.88 < drawn.count("汉族") / len(drawn) < 0.93


def test_rare_characters_come_rarely_but_come():
    rng = Random(6)
    written = [pupil_name(rng, sex="M", people="汉族").text for _ in range(10_000)]
    rare = sum(any(char in "𬱖㛃䶮𬭎𫖯" for char in name) for name in written)
    assert 15 < rare < 80
