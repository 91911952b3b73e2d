"""Sealing one value for one row, for those who write SQL themselves."""

import random
from uuid import uuid4

import pytest

from qingyan.foundation.crypto import keyring
from qingyan.foundation.crypto.envelope import Unreadable
from qingyan.foundation.crypto.sealing import index_for, open_for, open_text, seal_for, seal_text
from qingyan.people.models import Guardian, Student

CIPHERS = ["aes-256-gcm", "sm4-gcm"]


@pytest.fixture(autouse=True)
def _forgetful():
    keyring.forget()
    yield
    keyring.forget()


@pytest.mark.parametrize("cipher", CIPHERS)
def test_a_thousand_values_swapped_between_rows_columns_and_schools_do_not_open(committed_db, settings, cipher):
    settings.QINGYAN_CIPHER = cipher
    chance, kept = random.Random(36), []
    rows = [uuid4() for _ in range(10)]
    for school_id in (1, 2):
        keyring.sealing_key(school_id)
    for number in range(1000):
        place = [chance.choice([Guardian, Student]), "", chance.choice(rows), chance.choice([1, 2])]
        place[1] = chance.choice(["name", "phone"] if place[0] is Guardian else ["student_number", "id_number"])
        kept.append((place, seal_for(*place, f"第{number}条")))
    refused = 0
    for number, (place, sealed) in enumerate(kept):
        assert open_for(*place, sealed) == f"第{number}条"
        other = next(stand for stand, _ in chance.sample(kept, len(kept)) if stand != place)
        with pytest.raises(Unreadable):
            open_for(*other, sealed)
        refused += 1
    assert refused == 1000


def test_nothing_stays_nothing(db):
    assert seal_for(Guardian, "phone", uuid4(), 1, None) is None
    assert open_for(Guardian, "phone", uuid4(), 1, None) is None
    assert index_for(Student, "student_number_index", 1, None) is None
    assert index_for(Student, "student_number_index", 1, " \u3000") is None


def test_a_row_without_an_id_and_a_value_that_is_no_text_are_refused(db):
    with pytest.raises(ValueError, match="give the row its id"):
        seal_for(Guardian, "phone", None, 1, "1")
    with pytest.raises(TypeError, match="seals text"):
        seal_for(Guardian, "phone", uuid4(), 1, 138)


def test_sealed_bytes_show_nothing_of_themselves(db):
    sealed = seal_for(Guardian, "phone", uuid4(), 1, "1")
    assert {repr(sealed), str(sealed), f"{sealed}"} == {"<sealed>"}


def test_an_index_is_the_same_for_the_same_number_and_differs_between_schools():
    assert index_for(Student, "student_number_index", 1, "ｇ12 ") == index_for(
        Student, "student_number_index", 1, "G12"
    )
    assert index_for(Student, "student_number_index", 1, "G12") != index_for(Student, "student_number_index", 2, "G12")


def test_a_packages_text_opens_only_in_its_own_place_and_unchanged(db):
    place = ("mfa_authenticator", "data")
    sealed = seal_text(place, "QINGYAN2222")
    assert "QINGYAN" not in sealed
    assert open_text(place, sealed) == "QINGYAN2222"
    changed = sealed[:-8] + ("A" if sealed[-8] != "A" else "B") + sealed[-7:]
    elsewhere = ("mfa_authenticator", "other")
    for where, what in ((elsewhere, sealed), (place, changed), (place, "QINGYAN2222"), (place, "青"), (place, "")):
        with pytest.raises(Unreadable):
            open_text(where, what)
