"""Whose turn it is: steps and minutes from the pack, people named and present, places passed over when empty."""

from datetime import UTC, datetime, time, timedelta
from uuid import UUID

import pytest

from qingyan.alerts.queries import duty_packs
from qingyan.alerts.rules.clock import SchoolCalendar
from qingyan.alerts.rules.duty import Away, OnDuty, Standing, Turn, goes_on_at, is_due, next_turn, person_on_duty
from qingyan.alerts.rules.judging import UnfitPack

A, B, C, D, E = (UUID(int=number) for number in range(1, 6))
NOW = datetime(2026, 11, 28, 15, tzinfo=UTC)  # Saturday night there: no school time anywhere near
CALENDAR = SchoolCalendar(time(7, 30), time(18), UTC)
RED = duty_packs.current().ladders["red"]
YELLOW = duty_packs.current().ladders["yellow"]


def since(minutes: int, step: int | None = 0, level: str = "red") -> Standing:
    return Standing(level, step, NOW - timedelta(minutes=minutes), A)


def test_a_new_alert_is_due_at_once_and_then_after_the_minutes_of_its_step():
    assert is_due(RED, since(0, None), NOW, CALENDAR)
    assert not is_due(RED, since(9), NOW, CALENDAR)
    assert is_due(RED, since(10), NOW, CALENDAR)
    assert goes_on_at(RED, since(4), CALENDAR) == NOW + timedelta(minutes=6)


def test_the_last_step_has_no_end():
    last = len(RED.steps) - 1
    assert not is_due(RED, since(10_000, last), NOW, CALENDAR)
    assert goes_on_at(RED, since(10_000, last), CALENDAR) is None


def test_red_goes_on_in_the_night_and_yellow_waits_for_the_school_to_open():
    assert is_due(RED, since(600), NOW, CALENDAR)
    assert not is_due(YELLOW, since(600, level="yellow"), NOW, CALENDAR)


def test_the_ladder_is_counsellor_deputy_leader_district():
    assert [step.to for step in RED.steps] == ["counsellor", "deputy", "leader", "district"]
    assert [step.minutes for step in RED.steps] == [10, 10, 10, None]


def test_the_next_step_is_the_next_place_with_somebody_else():
    people = {"counsellor": A, "deputy": B, "leader": C, "district": D}
    assert next_turn(RED, Standing("red", None, NOW), people) == Turn(0, A)
    assert next_turn(RED, since(10), people) == Turn(1, B)
    assert next_turn(RED, since(10), people | {"deputy": None}) == Turn(2, C, ("deputy",))
    assert next_turn(RED, since(10), people | {"deputy": A, "leader": None}) == Turn(3, D, ("deputy", "leader"))
    assert next_turn(RED, since(10, 3), people) is None
    assert next_turn(RED, since(10), {}) is None


def duty(account: UUID, **more) -> OnDuty:
    return OnDuty(account, "counsellor", **more)


@pytest.mark.parametrize(
    ("people", "away", "found"),
    [
        ([duty(A, carries=9), duty(B, carries=2)], [], B),
        ([duty(A, carries=9, named=True), duty(B)], [], A),
        ([duty(A, named=True, rank=1), duty(B, named=True, rank=0)], [], B),
        ([duty(A, named=True), duty(B)], [Away(A)], B),
        ([duty(A, named=True), duty(B)], [Away(A, C)], C),
        ([duty(A, named=True), duty(B)], [Away(A, C), Away(C, D)], B),
        ([duty(A)], [Away(A)], None),
        ([], [], None),
        ([duty(A, hours="outside"), duty(B, hours="school_time", carries=5)], [], B),
        ([duty(A, named=True, hours="outside"), duty(B)], [], B),
    ],
    ids=[
        "who carries least",
        "the named one first",
        "by rank",
        "away without a deputy",
        "the deputy",
        "the deputy is away too",
        "everybody away",
        "nobody",
        "in school time",
        "the night's person sleeps by day",
    ],
)
def test_who_is_on_duty(people, away, found):
    assert person_on_duty(people, away, school_time=True) == found


def test_outside_school_time_the_nights_person_is_on_duty():
    people = [duty(A, named=True, hours="outside"), duty(B, named=True, hours="school_time")]
    assert person_on_duty(people, [], school_time=False) == A


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("clock: always", "clock: school_time"), "red never sleeps"),
        (("{to: counsellor, minutes: 10}", "{to: counsellor}"), "needs its minutes"),
        (("{to: leader, minutes: 10}", "{to: deputy, minutes: 10}"), "stands twice"),
        (('closes: "18:00"', 'closes: "07:00"'), "opens before it closes"),
    ],
)
def test_a_crooked_pack_is_refused(change, fault):
    text = (duty_packs.SHELF / "default" / "1.0.yaml").read_text()
    assert duty_packs.parse(text), "the control: unchanged it is fit"
    with pytest.raises(UnfitPack, match=fault):
        duty_packs.parse(text.replace(*change, 1))
