"""Looking again and closing: the calendar is ticked off, what is graver hastens, and the end needs every criterion."""

from datetime import timedelta

import pytest
from django.utils import timezone

from qingyan.cases.actions import following
from qingyan.cases.actions.sealing import NotYet
from qingyan.cases.models import Case, FollowUp, ToDo
from qingyan.cases.queries import packs
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.foundation.pure.workflow import NotAllowed
from tests.cases.setting import WORDS, colleague, counsellor, decided, in_care, interviewed, leader

PACK = packs.current()
ALL = tuple(one.code for one in PACK.closing)


def watched(cast, now) -> Case:
    case = in_care(cast, "yellow", now=now)
    with entered(counsellor(cast)):
        ToDo.objects.filter(done_at__isnull=True).exclude(kind="follow_up").update(done_at=now)
    return decided(cast, case, "watch", level="blue", criteria=ALL, now=now)


def look(cast, case, level: str, at):
    by = counsellor(cast)
    with entered(by):
        return following.follow_up(case=case, at=at, proposed_level=level, words=WORDS, by=by, now=at)


def test_a_look_ticks_off_the_days_of_the_calendar_up_to_it(cast):
    now = timezone.now()
    case = in_care(cast, now=now)
    later = now + timedelta(days=15)
    with entered(counsellor(cast)):
        before = ToDo.objects.filter(kind="follow_up", done_at__isnull=True).count()
    look(cast, case, "yellow", later)
    with entered(counsellor(cast)):
        left = ToDo.objects.filter(kind="follow_up", done_at__isnull=True)
        assert 0 < left.count() < before
        assert all(one.due_at > later for one in left)
        assert FollowUp.objects.get().words == WORDS


def test_something_graver_hastens_the_case_and_changes_no_level(cast):
    now = timezone.now()
    case = in_care(cast, "blue", now=now)
    before = case.due_at
    look(cast, case, "red", now)
    assert case.level == "blue"
    assert case.due_at < before - timedelta(days=30)
    with entered(counsellor(cast)):
        assert ToDo.objects.filter(kind="first_report").exists()


def test_the_control_a_calmer_look_hastens_nothing(cast):
    now = timezone.now()
    case = in_care(cast, now=now)
    before = case.due_at
    look(cast, case, "green", now)
    assert case.due_at == before


@pytest.mark.parametrize("change", [{"proposed_level": "purple"}, {"words": " "}])
def test_a_look_without_words_or_a_known_level_is_none(cast, change):
    case, by, now = in_care(cast), counsellor(cast), timezone.now()
    given = {"at": now, "proposed_level": "blue", "words": "x"} | change
    with entered(by), pytest.raises(NotAllowed):
        following.follow_up(case=case, by=by, now=now, **given)


def test_before_there_is_a_level_nothing_is_followed_up(cast):
    case = interviewed(cast)
    with pytest.raises(NotAllowed):
        look(cast, case, "blue", timezone.now())


def test_a_case_is_closed_when_the_watch_is_over_and_everything_is_met(cast):
    now = timezone.now()
    case, by = watched(cast, now), counsellor(cast)
    end = now + timedelta(days=PACK.follow_up.watch_days)
    look(cast, case, "green", end)
    with entered(by):
        following.close(case=case, summary="已经稳定", criteria=ALL, by=by, now=end)
        stored = Case.objects.get()
    assert (stored.state, stored.ended_at, stored.due_at, stored.next_due_at) == ("closed", end, None, None)


def test_what_stands_in_the_way_is_said_all_at_once(cast):
    now = timezone.now()
    case, by = watched(cast, now), counsellor(cast)
    with entered(by), pytest.raises(NotYet) as refusal:
        following.close(case=case, summary="x", criteria=ALL[1:], by=by, now=now)
    assert set(refusal.value.faults) == {"todo_open", "criteria_open", "watch_too_short"}


def test_what_came_up_during_the_watch_keeps_it_open(cast):
    now = timezone.now()
    case, by = watched(cast, now), counsellor(cast)
    end = now + timedelta(days=PACK.follow_up.watch_days)
    look(cast, case, "red", end)
    with entered(by):
        ToDo.objects.filter(done_at__isnull=True, dropped_at__isnull=True).update(done_at=end)
        with pytest.raises(NotYet) as refusal:
            following.close(case=case, summary="x", criteria=ALL, by=by, now=end)
    assert refusal.value.faults == ["unconsidered"]


def test_from_care_nothing_closes_and_nobody_else_closes(cast):
    case, now = in_care(cast), timezone.now()
    by = counsellor(cast)
    with entered(by), pytest.raises(NotAllowed):
        following.close(case=case, summary="x", criteria=ALL, by=by, now=now)
    for other in (leader(cast), colleague(cast)):
        with entered(other), pytest.raises(NotVisible):
            following.close(case=case, summary="x", criteria=ALL, by=other, now=now)
