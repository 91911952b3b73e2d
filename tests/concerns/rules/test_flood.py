"""Bounds: a sender waits, a school goes on, and staff are told together when very many come."""

from datetime import UTC, datetime, timedelta

from qingyan.concerns.rules.flood import OF_A_SCHOOL, OF_ONE_DEVICE, OF_ONE_PERSON, TOLD_ONE_BY_ONE, admitted, told_as

NOW = datetime(2026, 11, 26, 2, tzinfo=UTC)


def test_one_device_is_bounded_and_somebody_known_may_write_more():
    assert admitted(of_sender=OF_ONE_DEVICE - 1, of_school=0, known=False)
    assert not admitted(of_sender=OF_ONE_DEVICE, of_school=0, known=False)
    assert admitted(of_sender=OF_ONE_DEVICE, of_school=0, known=True)
    assert not admitted(of_sender=OF_ONE_PERSON, of_school=0, known=True)


def test_a_flood_at_a_school_never_shuts_out_who_is_known():
    assert not admitted(of_sender=0, of_school=OF_A_SCHOOL, known=False)
    assert admitted(of_sender=0, of_school=OF_A_SCHOOL * 9, known=True)


def test_in_a_flood_one_notice_stands_for_ten_minutes():
    assert told_as("a", of_school=TOLD_ONE_BY_ONE - 1, now=NOW) == "a"
    together = told_as("a", of_school=TOLD_ONE_BY_ONE, now=NOW)
    assert together == told_as("b", of_school=TOLD_ONE_BY_ONE, now=NOW + timedelta(minutes=5))
    assert together != told_as("b", of_school=TOLD_ONE_BY_ONE, now=NOW + timedelta(minutes=11))
