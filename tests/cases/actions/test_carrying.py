"""Who carries a case: handing over is a step with a reason, and only a counsellor of the school gets one."""

import pytest
from django.utils import timezone

from qingyan.cases.actions import carrying, opening
from qingyan.cases.actions.moving import held
from qingyan.cases.models import CaseStep
from qingyan.cases.policy import CARRY, OPEN_CASE
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.foundation.pure.workflow import NotAllowed
from tests.cases.setting import colleague, counsellor, leader, opened


def test_a_colleague_takes_over_and_then_carries_it(cast):
    case, second = opened(cast), colleague(cast)
    with entered(second):
        with pytest.raises(NotVisible):
            held(second, case.id, CARRY)
        case = held(second, case.id, OPEN_CASE)
        carrying.hand_over(case=case, owner_id=second.id, reason="林老师请假", by=second, now=timezone.now())
        assert held(second, case.id, CARRY).owner_id == second.id
        step = CaseStep.objects.get(verb="hand_over")
        assert (step.origin, step.target, step.note) == ("interview_due", "interview_due", "林老师请假")
    first = counsellor(cast)
    with entered(first), pytest.raises(NotVisible):
        held(first, case.id, CARRY)


@pytest.mark.parametrize("reason", ["", "  "])
def test_without_a_reason_nothing_is_handed_over(cast, reason):
    case, second = opened(cast), colleague(cast)
    with entered(second), pytest.raises(NotAllowed):
        carrying.hand_over(case=case, owner_id=second.id, reason=reason, by=second, now=timezone.now())


def test_nothing_is_handed_to_somebody_of_another_school(cast):
    case, by = opened(cast), counsellor(cast)
    with entered(by), pytest.raises(opening.NoCounsellor):
        carrying.hand_over(case=case, owner_id=cast.other.counsellor.id, reason="x", by=by, now=timezone.now())


def test_a_leader_hands_nothing_over(cast):
    case, by = opened(cast, urgency="red"), leader(cast)
    with entered(by), pytest.raises(NotVisible):
        carrying.hand_over(case=case, owner_id=cast.home.counsellor.id, reason="x", by=by, now=timezone.now())


def test_a_step_with_its_own_paper_is_not_taken_by_a_reason_alone(cast):
    case, by = opened(cast), counsellor(cast)
    with entered(by):
        for verb in ("interview", "decide", "close", "seal", "take_leave", "come_back"):
            with pytest.raises(NotAllowed):
                carrying.step_with_reason(case=case, verb=verb, reason="x", by=by, now=timezone.now())
