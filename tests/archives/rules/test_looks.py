"""What is told of looks: days and roles, merged; guardians later, and nothing since harm by a guardian was feared."""

from datetime import date, timedelta

from qingyan.archives.rules.looks import GUARDIANS_WAIT, guardians_end, told

TODAY = date(2026, 11, 27)


def test_a_day_is_told_once_however_often_and_by_however_many():
    looks = [("counsellor", TODAY)] * 5 + [("counsellor,homeroom_teacher", TODAY), ("counsellor", date(2026, 9, 1))]
    assert told(looks) == [(TODAY, ("counsellor", "homeroom_teacher")), (date(2026, 9, 1), ("counsellor",))]


def test_guardians_hear_of_no_fresh_look():
    assert guardians_end(TODAY, None) == TODAY - GUARDIANS_WAIT


def test_guardians_hear_of_nothing_since_harm_was_feared_nor_of_the_weeks_before():
    feared = TODAY - timedelta(days=90)
    assert guardians_end(TODAY, feared) == feared - GUARDIANS_WAIT
