"""The bytes of one sealed value: they open in exactly one place, with exactly one key."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingyan.foundation.crypto import envelope
from qingyan.foundation.crypto.envelope import (
    Algorithm,
    Key,
    Tampered,
    Unreadable,
    WrongKey,
    associated_data,
    key_id_of,
    open_,
    padded_length,
    seal,
)

KEYS = {algorithm: Key(uuid4(), algorithm, bytes(range(algorithm.key_length))) for algorithm in Algorithm}
PLACE = associated_data("people_guardian", "phone", str(UUID(int=7)), 3)

algorithms = st.sampled_from(Algorithm)
names = st.text(st.characters(codec="ascii", categories=["Ll"]), min_size=1, max_size=4)
places = st.tuples(names, names, st.uuids().map(str), st.none() | st.integers(1, 9))


@given(algorithms, st.binary(max_size=9000), st.booleans())
@settings(max_examples=300, deadline=None)
def test_what_is_sealed_opens_to_the_same_bytes(algorithm, plaintext, padded):
    assert open_(KEYS[algorithm], seal(KEYS[algorithm], plaintext, PLACE, padded=padded), PLACE) == plaintext


@given(algorithms, places, places, st.binary(max_size=40))
@settings(max_examples=1000, deadline=None)
def test_a_value_moved_to_another_table_column_row_or_school_does_not_open(algorithm, place, other, plaintext):
    sealed = seal(KEYS[algorithm], plaintext, associated_data(*place))
    if place == other:
        assert open_(KEYS[algorithm], sealed, associated_data(*other)) == plaintext
    else:
        with pytest.raises(Tampered):
            open_(KEYS[algorithm], sealed, associated_data(*other))


@pytest.mark.parametrize("part", range(4))
def test_a_change_of_any_single_part_of_the_place_is_noticed(part):
    place = ["people_guardian", "phone", str(UUID(int=7)), 3]
    sealed = seal(KEYS[Algorithm.AES_256_GCM], b"text", associated_data(*place))
    place[part] = 4 if part == 3 else place[part] + "x"
    with pytest.raises(Tampered):
        open_(KEYS[Algorithm.AES_256_GCM], sealed, associated_data(*place))


def test_parts_of_a_place_cannot_run_together():
    assert associated_data("ab", "c", "", None) != associated_data("a", "bc", "", None)


@pytest.mark.parametrize("algorithm", Algorithm)
def test_no_single_bit_can_be_changed(algorithm):
    sealed = seal(KEYS[algorithm], "随访记录".encode(), PLACE)
    for place in range(len(sealed) * 8):
        changed = bytearray(sealed)
        changed[place // 8] ^= 1 << place % 8
        with pytest.raises(Unreadable):
            open_(KEYS[algorithm], bytes(changed), PLACE)


@pytest.mark.parametrize("algorithm", Algorithm)
def test_a_cut_value_does_not_open(algorithm):
    sealed = seal(KEYS[algorithm], b"text", PLACE)
    for length in range(len(sealed)):
        with pytest.raises(Unreadable):
            open_(KEYS[algorithm], sealed[:length], PLACE)


@pytest.mark.parametrize("algorithm", Algorithm)
def test_another_key_is_named_as_such(algorithm):
    sealed = seal(KEYS[algorithm], b"text", PLACE)
    with pytest.raises(WrongKey):
        open_(Key(uuid4(), algorithm, KEYS[algorithm].secret), sealed, PLACE)


@pytest.mark.parametrize("algorithm", Algorithm)
def test_a_key_with_the_right_id_and_another_secret_does_not_open(algorithm):
    sealed = seal(KEYS[algorithm], b"text", PLACE)
    with pytest.raises(Tampered):
        open_(Key(KEYS[algorithm].id, algorithm, b"?" * algorithm.key_length), sealed, PLACE)


def test_the_envelope_names_its_key_and_algorithm():
    for algorithm, key in KEYS.items():
        sealed = seal(key, b"", PLACE)
        assert (key_id_of(sealed), sealed[1]) == (key.id, algorithm)


def test_the_same_text_is_sealed_differently_each_time():
    assert len({seal(KEYS[Algorithm.SM4_GCM], b"text", PLACE) for _ in range(50)}) == 50


def test_padding_hides_the_length_of_short_texts_and_without_it_the_length_shows():
    texts = ["好", "今天和她谈了二十分钟"]
    padded = {len(seal(KEYS[Algorithm.AES_256_GCM], text.encode(), PLACE, padded=True)) for text in texts}
    bare = {len(seal(KEYS[Algorithm.AES_256_GCM], text.encode(), PLACE)) for text in texts}
    assert (len(padded), len(bare)) == (1, 2)


@pytest.mark.parametrize(
    ("length", "bucket"), [(1, 64), (64, 64), (65, 128), (2049, 4096), (4097, 8192), (8192, 8192), (8193, 12288)]
)
def test_lengths_fall_into_buckets(length, bucket):
    assert padded_length(length) == bucket


def test_sm4_gcm_gives_the_published_result():
    """The example of RFC 8998, appendix A.1."""
    key = Key(uuid4(), Algorithm.SM4_GCM, bytes.fromhex("0123456789abcdeffedcba9876543210"))
    text = b"".join(bytes([value]) * 8 for value in (0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF, 0xEE, 0xAA))
    aad = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    sealed = envelope._encrypt(key, bytes.fromhex("00001234567800000000abcd"), text, aad)
    assert sealed.hex() == (
        "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
        "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
        "83de3541e4c2b58177e065a9bf7b62ec"
    )


def test_a_secret_is_not_shown_and_must_have_the_right_length():
    assert "secret" not in repr(KEYS[Algorithm.AES_256_GCM])
    with pytest.raises(ValueError, match="32 bytes"):
        Key(uuid4(), Algorithm.AES_256_GCM, b"short")


def test_ciphers_are_found_by_their_settings_word():
    assert [Algorithm.named("aes-256-gcm"), Algorithm.named("sm4-gcm")] == list(Algorithm)
    with pytest.raises(ValueError, match="des"):
        Algorithm.named("des")
