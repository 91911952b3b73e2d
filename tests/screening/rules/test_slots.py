"""When a class may begin: slots restrict, make-up slots only add."""

from datetime import UTC, datetime, timedelta

from qingyan.screening.rules.slots import Span, look_again, may_begin, next_start

NINE = datetime(2026, 10, 12, 9, tzinfo=UTC)
LESSON = timedelta(minutes=40)


def span(start: datetime = NINE, *classes: int, regular: bool = True) -> Span:
    return Span(start, start + LESSON, regular, frozenset(classes))


def test_without_a_slot_the_whole_window_is_open():
    assert may_begin([], class_id=1, now=NINE)


def test_a_slot_for_another_class_is_none_of_ours():
    assert may_begin([span(NINE, 2)], class_id=1, now=NINE - LESSON)


def test_a_slot_of_all_classes_is_ours_too():
    assert not may_begin([span()], class_id=1, now=NINE - timedelta(seconds=1))
    assert may_begin([span()], class_id=1, now=NINE)
    assert not may_begin([span()], class_id=1, now=NINE + LESSON)


def test_a_make_up_slot_opens_but_never_closes():
    later = NINE + timedelta(days=2)
    spans = [span(NINE, 1), span(later, 1, regular=False)]
    assert not may_begin(spans, class_id=1, now=later - LESSON)
    assert may_begin(spans, class_id=1, now=later)
    assert may_begin([span(later, 1, regular=False)], class_id=1, now=NINE)


def test_the_next_start_is_the_nearest_of_ours():
    spans = [span(NINE + timedelta(days=1), 1), span(NINE + LESSON, 1), span(NINE + timedelta(minutes=1), 2)]
    assert next_start(spans, class_id=1, now=NINE) == NINE + LESSON
    assert next_start(spans, class_id=3, now=NINE) is None


def test_a_waiting_page_asks_when_the_slot_begins_and_seldom_before():
    assert look_again(NINE + timedelta(minutes=2), now=NINE) == 121
    assert look_again(NINE + timedelta(days=1), now=NINE) == 300
    assert look_again(NINE, now=NINE) == 5
