"""Pictures on slips: sixteen, each drawn and named; and what guessing is worth with them."""

from pathlib import Path

import pytest

from qingyan.people.queries.slip_pdf import drawing
from qingyan.people.rules.pace import CLASS_TRIES, chance_to_hit
from qingyan.people.rules.pictures import CODES, PICTURES, is_right

LESSON_MINUTES = 45


def test_every_picture_is_drawn_and_named():
    folder = Path(__file__).resolve().parents[3] / "qingyan" / "people" / "library" / "pictures"
    assert {path.stem for path in folder.glob("*.svg")} == set(CODES)
    assert len(set(PICTURES.values())) == len(CODES) == 16
    assert all(drawing(code).startswith("<svg ") for code in CODES)


def test_no_other_file_can_be_asked_for():
    with pytest.raises(KeyError):
        drawing("../../models/account")


@pytest.mark.parametrize(
    ("slip", "chosen", "right"), [("sun", "sun", True), ("sun", "moon", False), ("", "", True), ("sun", "", False)]
)
def test_only_the_own_picture_is_right(slip, chosen, right):
    assert is_right(slip, chosen) is right


def test_a_lesson_of_guessing_at_a_class_stays_below_one_in_a_million():
    tries = CLASS_TRIES * LESSON_MINUTES
    without = chance_to_hit(codes=50, bits=40, tries=tries)
    assert without < 1e-6
    assert chance_to_hit(codes=50, bits=40, tries=tries, pictures=16) == pytest.approx(without / 16)


def test_the_control_six_digits_would_not_do():
    assert chance_to_hit(codes=50, bits=20, tries=CLASS_TRIES * LESSON_MINUTES, pictures=16) > 1e-6
