"""What other domains may ask of cases: how many wait for this person, and nothing about whom."""

from qingyan.cases import api
from qingyan.cases.actions import sealing
from qingyan.foundation.access.scope import entered
from tests.cases.setting import candidate, counsellor, leader, opened


def test_a_case_due_today_is_counted_for_who_carries_it_and_for_nobody_else(cast):
    opened(cast, urgency="red")
    with entered(counsellor(cast)):
        assert api.due_today(counsellor(cast)) == 1
    for by in (leader(cast), counsellor(cast, cast.other)):
        with entered(by):
            assert api.due_today(by) == 0


def test_a_case_that_is_due_later_is_not_counted_today(cast):
    opened(cast, urgency="blue")
    with entered(counsellor(cast)):
        assert api.due_today(counsellor(cast)) == 0


def test_a_leader_hears_of_a_seal_that_waits(cast):
    case, by = candidate(cast), counsellor(cast)
    with entered(leader(cast)):
        assert api.waiting_for_leader(leader(cast)) == 0
    with entered(by):
        sealing.ask_seal(case=case, reason="x", by=by, now=case.opened_at)
        assert api.waiting_for_leader(by) == 0
    with entered(leader(cast)):
        assert api.waiting_for_leader(leader(cast)) == 1
