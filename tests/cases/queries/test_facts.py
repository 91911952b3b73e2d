"""The month's counts come from the history: what was sealed as false is in none, and other schools are in none."""

from datetime import timedelta

from django.utils import timezone

from qingyan.cases.queries.facts import facts_of, meetings_of, month_facts, talks_of
from qingyan.foundation.access.scope import entered
from tests.cases.setting import counsellor, decided, in_care, interviewed

NOW = timezone.now()


def test_a_case_is_counted_by_the_level_that_held_at_the_end(cast):
    case = in_care(cast, "yellow", now=NOW - timedelta(days=10))
    with entered(counsellor(cast)):
        early = month_facts(case.school_id, NOW - timedelta(days=20), NOW - timedelta(days=11))
        later = month_facts(case.school_id, NOW - timedelta(days=20), NOW)
    assert (early.opened, early.in_care) == ({}, {})
    assert (later.opened, later.in_care, later.closed) == ({"yellow": 1}, {"yellow": 1}, {})


def test_another_school_counts_nothing_of_ours(cast):
    in_care(cast, "yellow", now=NOW - timedelta(days=10))
    who = counsellor(cast, cast.other)
    with entered(who):
        found = month_facts(cast.home.school.id, NOW - timedelta(days=20), NOW)
    assert (found.opened, found.in_care) == ({}, {})


def test_head_talks_and_meetings_are_told_in_words(cast):
    case = decided(cast, interviewed(cast), "orange")
    with entered(counsellor(cast)):
        case.refresh_from_db()
        head, talk, meeting = facts_of([case])[0], talks_of(case)[0], meetings_of(case)[0]
    assert head.pupil == cast.home.pupil.name
    assert head.school_class == str(cast.home.class_a)
    assert talk.why == "睡得不好，其他还好"
    assert meeting.minutes == "大家意见一致"
    assert meeting.answered_by == cast.home.principal.name
