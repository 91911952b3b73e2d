"""A timetable that gives every pupil a device."""

from datetime import UTC, datetime, time

from qingyan.screening.rules.timetable import Group, lessons, staggered

FRIDAY = datetime(2026, 10, 16, 9, tzinfo=UTC)
TUESDAY = datetime(2026, 10, 20, 9, 50, tzinfo=UTC)
STARTS = (time(9), time(8), time(10))


def _week():
    return lessons(opens_at=FRIDAY, closes_at=TUESDAY, starts=STARTS, minutes=40)


def test_lessons_lie_in_the_window_and_on_school_days():
    assert [(one.starts_at.day, one.starts_at.hour) for one in _week()] == [
        (16, 9), (16, 10), (19, 8), (19, 9), (19, 10), (20, 8), (20, 9),
    ]  # fmt: skip


def test_small_classes_share_a_lesson():
    used, homeless = staggered([Group(1, 20), Group(2, 25), Group(3, 30)], _week(), devices=50)
    assert [one.classes for one in used] == [[1, 2], [3]]
    assert homeless == []


def test_a_class_larger_than_the_room_comes_twice_and_alone():
    used, homeless = staggered([Group(1, 60), Group(2, 5)], _week(), devices=50)
    assert [one.classes for one in used] == [[1], [1], [2]]
    assert homeless == []


def test_who_finds_no_place_is_named():
    used, homeless = staggered([Group(number, 50) for number in range(9)], _week(), devices=50)
    assert len(used) == 7
    assert homeless == [7, 8]
