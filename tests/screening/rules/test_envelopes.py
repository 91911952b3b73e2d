"""Envelopes: opened by the sitting's key alone; anything changed, foreign or cut is refused."""

from uuid import UUID

import pytest

from qingyan.screening.rules.envelopes import LENGTH, Unopenable, opened, public_key, submission_id
from tests.screening.envelopes import sealed_by_page

SECRET = b"s" * 32
MINE, OTHER = UUID(int=7), UUID(int=8)


def envelope(**answer: int) -> str:
    return sealed_by_page(public_key(SECRET, MINE), str(MINE), **answer)


def test_what_the_page_sealed_is_opened():
    one = envelope(seq=1, item=2, value=3, ms=4, at=5)
    assert len(one) == LENGTH
    assert opened(one, SECRET, MINE).strip() == b'{"seq":1,"item":2,"value":3,"ms":4,"at":5}'


def test_two_envelopes_of_one_answer_look_different_and_are_equally_long():
    short, long = (
        envelope(seq=1, item=0, value=0, ms=0, at=0),
        envelope(seq=2**31, item=89, value=5, ms=3599999, at=2**41),
    )
    assert short != envelope(seq=1, item=0, value=0, ms=0, at=0)
    assert len(short) == len(long) == LENGTH


@pytest.mark.parametrize(("secret", "sitting"), [(SECRET, OTHER), (b"t" * 32, MINE)])
def test_another_sitting_or_another_secret_opens_nothing(secret, sitting):
    with pytest.raises(Unopenable):
        opened(envelope(seq=1), secret, sitting)


def test_an_envelope_moved_to_another_sheet_does_not_open():
    """Sealed to this sheet's key, but said to be of another one."""
    with pytest.raises(Unopenable):
        opened(sealed_by_page(public_key(SECRET, MINE), str(OTHER), seq=1), SECRET, MINE)


@pytest.mark.parametrize("place", [0, 1, 30, 60, 100, 150, LENGTH - 2])
def test_one_changed_character_is_noticed(place):
    one = envelope(seq=1)
    changed = one[:place] + ("A" if one[place] != "A" else "B") + one[place + 1 :]
    with pytest.raises(Unopenable):
        opened(changed, SECRET, MINE)


@pytest.mark.parametrize("rubbish", ["", "A", "A" * LENGTH, "é" * LENGTH, "=" * LENGTH, "/" * LENGTH])
def test_rubbish_is_refused(rubbish):
    with pytest.raises(Unopenable):
        opened(rubbish, SECRET, MINE)


def test_keys_and_numbers_belong_to_one_sitting():
    assert public_key(SECRET, MINE) == public_key(SECRET, MINE)
    assert len({public_key(SECRET, one) for one in (MINE, OTHER)}) == 2
    assert submission_id(SECRET, MINE) == submission_id(SECRET, MINE) != submission_id(SECRET, OTHER)
