"""Who sat, and what a sheet holds."""

from datetime import datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

import pytest

from qingyan.demo.cast import BURDENED, STORY_SCHOOL, WITH_SLIPS
from qingyan.demo.places import SCHOOLS
from qingyan.demo.roll import roll
from qingyan.demo.rounds import CLOSED, OPEN, RoundPlan
from qingyan.demo.sittings import SittingPlan, school_sittings, sheet_of
from qingyan.instruments import api as instruments

NOW = datetime(2026, 11, 24, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


def _sat(slug: str, plan: RoundPlan, *, seed: int = 20260901, now: datetime = NOW) -> list[SittingPlan]:
    school = next(school for school in SCHOOLS if school.slug == slug)
    return list(school_sittings(school, roll(school, year=2026, seed=seed), plan, seed=seed, now=now))


@pytest.fixture(scope="module")
def closed() -> list[SittingPlan]:
    return _sat(STORY_SCHOOL, CLOSED)


def test_the_same_seed_gives_the_same_sheets_whatever_the_hour():
    def fingerprint(sat: list[SittingPlan]) -> str:
        return sha256(repr([(one.id, one.pupil.name, one.answers, one.times) for one in sat]).encode()).hexdigest()

    first = fingerprint(_sat(STORY_SCHOOL, CLOSED))
    assert first == fingerprint(_sat(STORY_SCHOOL, CLOSED, now=NOW + timedelta(hours=5)))
    assert first != fingerprint(_sat(STORY_SCHOOL, CLOSED, seed=7))


def test_every_sheet_fits_its_instrument_and_its_age(closed):
    for one in closed:
        assert one.plan.suits(one.age)
        assert len(one.answers) == len(one.times) == len(one.sequences) == len(one.plan.items)
        assert all(answer is None or one.plan.valid(index, answer) for index, answer in enumerate(one.answers))
        assert [answer is None for answer in one.answers] == [time is None for time in one.times]


def test_a_finished_sheet_has_every_answer_and_an_unfinished_one_has_a_gap_at_its_end(closed):
    unfinished = [one for one in closed if not one.finished]
    assert unfinished
    assert all(None not in one.answers for one in closed if one.finished)
    for one in unfinished:
        gap = one.answers.index(None)
        assert gap > 0
        assert set(one.answers[gap:]) == {None}


def test_who_breaks_off_does_not_begin_the_next_instrument(closed):
    broken_off = {one.pupil.id for one in closed if not one.finished}
    assert all(sum(one.pupil.id == pupil for one in closed) == 1 for pupil in broken_off - _second(closed))


def _second(sat: list[SittingPlan]) -> set:
    """Those who finished the first instrument and broke off the second."""
    return {one.pupil.id for one in sat if not one.finished and one.plan.code == "phq-a"}


def test_nobody_answers_two_instruments_at_once_or_tomorrow(closed):
    ends: dict = {}
    for one in closed:
        assert one.started_at < one.ended_at < NOW
        assert ends.get(one.pupil.id, one.started_at) <= one.started_at
        ends[one.pupil.id] = one.ended_at


def test_primary_and_special_schools_are_asked_nothing():
    for school in SCHOOLS:
        if school.kind in {"primary", "special"}:
            assert _sat(school.slug, CLOSED) == _sat(school.slug, OPEN) == []


def test_the_open_round_waits_for_the_three_pupils_with_printed_slips():
    waiting = {pupil.id for pupil in WITH_SLIPS}
    for slug in {pupil.school for pupil in WITH_SLIPS}:
        assert not waiting & {one.pupil.id for one in _sat(slug, OPEN)}
        here = {pupil.id for pupil in WITH_SLIPS if pupil.school == slug}
        assert here <= {one.pupil.id for one in _sat(slug, CLOSED) if one.finished}


def test_what_the_cast_is_sure_of_is_on_the_sheet():
    pupil = BURDENED[0]
    (sheet,) = [one for one in _sat(pupil.school, OPEN) if one.pupil.id == pupil.id]
    assert dict(zip((item.id for item in sheet.plan.items), sheet.answers, strict=True))["q15"] == 4


def test_the_generator_is_told_scales_options_and_reversed_items():
    sheet = sheet_of(instruments.plan("ces-dc"))
    assert sheet.reversed_items == {"q4", "q8", "q12", "q16"}
    scl = sheet_of(instruments.plan("scl-90"))
    assert len(set(scl.scale_of_item)) == 10
    assert 0 in sheet_of(instruments.plan("phq-a")).scale_of_item  # items that no scale counts
