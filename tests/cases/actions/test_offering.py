"""A case is offered and accepted, one or all; until then it stays; nobody offers what is not theirs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from qingyan.cases.actions.offering import Offer, accept, decline, offer, offer_all, take_back
from qingyan.cases.actions.opening import NoCounsellor, open_case
from qingyan.cases.contracts import NewSource
from qingyan.cases.models import Case, CaseStep, Handover
from qingyan.cases.queries.handovers import carriers, offered_by, offered_to, waiting_count
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.people.models import Post
from tests.cases.actions.test_running_errands import told
from tests.cases.setting import colleague, counsellor, leader, opened

WHY = "下学期调到别的学校"


def two_cases(cast) -> list[Case]:
    first, by = opened(cast), counsellor(cast)
    with entered(by):
        second = open_case(
            student_id=cast.home.pupils_a[1].id,
            source=NewSource("hand", None, "x"),
            urgency="red",
            owner_id=by.id,
            by=by,
            now=timezone.now(),
        )
    return [first, second]


def offered(cast, case, second, **more) -> Handover:
    by = counsellor(cast)
    with entered(by):
        case.refresh_from_db()
        return offer(case=case, offer=Offer(second.id, WHY, **more), by=by, now=timezone.now())


def owners(cast) -> set:
    with entered(cast.platform()):
        return set(Case.objects.values_list("owner_id", flat=True))


def test_an_offer_changes_nothing_until_it_is_accepted(cast):
    case, second = opened(cast), colleague(cast)
    made = offered(cast, case, second)
    assert owners(cast) == {cast.home.counsellor.id}
    with entered(second):
        assert (waiting_count(second), told(second.id)) == (1, ["decision_wanted"])
        assert accept(ids=[made.id], by=second, now=timezone.now()) == 1
        step = CaseStep.objects.get(verb="hand_over")
        assert (step.owner_id, step.note) == (second.id, WHY)
        assert waiting_count(second) == 0
    assert owners(cast) == {second.id}
    assert told(cast.home.counsellor)[-1] == "reply"


def test_all_cases_of_one_go_to_another_at_once_with_one_notice(cast):
    two_cases(cast)
    second, by = colleague(cast), counsellor(cast)
    with entered(by):
        assert offer_all(origin=by.id, offer=Offer(second.id, WHY), by=by, now=timezone.now()) == 2
        assert offer_all(origin=by.id, offer=Offer(second.id, WHY), by=by, now=timezone.now()) == 0, "on offer already"
        assert len(offered_by(by)) == 2
    with entered(second):
        ids = [one.id for one in offered_to(second)]
        assert accept(ids=ids, by=second, now=timezone.now()) == 2
    assert owners(cast) == {second.id}


def test_declined_with_a_reason_it_stays_and_may_be_offered_again(cast):
    case, second = opened(cast), colleague(cast)
    made = offered(cast, case, second)
    with entered(second):
        with pytest.raises(NotAllowed):
            decline(ids=[made.id], reason=" ", by=second, now=timezone.now())
        assert decline(ids=[made.id], reason="手上已满", by=second, now=timezone.now()) == 1
    assert owners(cast) == {cast.home.counsellor.id}
    assert offered(cast, case, second).id != made.id


def test_nobody_answers_or_takes_back_for_another(cast):
    case, second, by = opened(cast), colleague(cast), counsellor(cast)
    made = offered(cast, case, second)
    with entered(by):
        assert accept(ids=[made.id], by=by, now=timezone.now()) == 0
    with entered(second), pytest.raises(NotVisible):
        take_back(handover_id=made.id, by=second, now=timezone.now())
    head = leader(cast)
    with entered(head), pytest.raises(NotVisible):
        accept(ids=[made.id], by=head, now=timezone.now())
    with entered(by):
        take_back(handover_id=made.id, by=by, now=timezone.now())
    with entered(second):
        assert accept(ids=[made.id], by=second, now=timezone.now()) == 0, "taken back meanwhile"


def test_the_cases_of_a_colleague_who_is_here_are_not_offered_by_another(cast):
    case, second = opened(cast), colleague(cast)
    with entered(second):
        assert [one.account for one in carriers(second, timezone.now())] == []
        with pytest.raises(NotAllowed):
            offer(case=case, offer=Offer(second.id, WHY), by=second, now=timezone.now())


def test_the_cases_of_who_has_left_are_offered_by_a_colleague_and_accepted(cast):
    two_cases(cast)
    second, now = colleague(cast), timezone.now()
    Post.objects.filter(account=cast.home.counsellor).update(ends_on=timezone.localdate(now) - timedelta(days=1))
    with entered(second):
        (gone,) = carriers(second, now)
        assert (gone.account, gone.open, gone.left) == (cast.home.counsellor.id, 2, True)
        assert offer_all(origin=gone.account, offer=Offer(second.id, WHY), by=second, now=now) == 2
        assert accept(ids=[one.id for one in offered_to(second)], by=second, now=now) == 2
    assert owners(cast) == {second.id}


@pytest.mark.parametrize("receiver", ["homeroom_teacher", "principal", "counsellor"])
def test_only_another_counsellor_of_the_school_is_offered_one(cast, receiver):
    case, by = opened(cast), counsellor(cast)
    with entered(by), pytest.raises(NoCounsellor):
        offer(case=case, offer=Offer(getattr(cast.home, receiver).id, WHY), by=by, now=timezone.now())
    with entered(by), pytest.raises(NoCounsellor):
        offer(case=case, offer=Offer(cast.other.counsellor.id, WHY), by=by, now=timezone.now())
