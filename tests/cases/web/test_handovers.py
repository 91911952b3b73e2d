"""The pages of handing cases over: offering one, offering all, ticking what one accepts."""

from datetime import timedelta

from django.utils import timezone

from qingyan.cases.models import Case, Handover
from qingyan.foundation.access.scope import entered
from qingyan.people.models import Account, Post
from tests.alerts.setting import browser
from tests.cases.actions.test_inheriting import MEMORY, taken, written
from tests.cases.actions.test_offering import WHY, two_cases
from tests.cases.setting import colleague, counsellor, opened
from tests.cases.web.test_pages import at, trail, words


def offers(cast) -> list[str]:
    with entered(counsellor(cast)):
        return [str(key) for key in Handover.objects.filter(state="offered").values_list("id", flat=True)]


def test_one_case_is_offered_and_accepted(cast):
    case, second = opened(cast), colleague(cast)
    given = {"owner": str(second.id), "reason": WHY}
    page = browser(cast.home.counsellor).post(at("hand_over", cast.home, case_id=case.id), given, follow=True)
    assert "已请对方接手" in words(page)
    client = browser(Account.objects.get(id=second.id))
    listed = words(client.get(at("handovers", cast.home)))
    assert WHY in listed
    assert cast.home.pupil.masked_name in listed
    assert cast.home.pupil.name not in listed
    address = at("answer_handovers", cast.home)
    assert "请先勾选" in words(client.post(address, {"said": "accept"}, follow=True))
    assert "已接手 1 个个案" in words(client.post(address, {"said": "accept", "id": offers(cast)}, follow=True))
    assert trail(cast, "handover.list") >= 1


def test_all_cases_are_offered_and_one_is_declined(cast):
    two_cases(cast)
    second, client = colleague(cast), browser(cast.home.counsellor)
    given = {"origin": str(cast.home.counsellor.id), "owner": str(second.id), "reason": WHY}
    assert "2 个个案等对方接手" in words(client.post(at("offer_all", cast.home), given, follow=True))
    theirs, first = browser(Account.objects.get(id=second.id)), offers(cast)[:1]
    address = at("answer_handovers", cast.home)
    theirs.post(address, {"said": "decline", "reason": "手上已满", "id": first})
    assert "手上已满" in words(client.get(at("handovers", cast.home)))
    back = at("take_back_handover", cast.home, handover_id=offers(cast)[0])
    assert "已收回" in words(client.post(back, follow=True))
    assert offers(cast) == []
    with entered(counsellor(cast)):
        assert set(Case.objects.values_list("owner_id", flat=True)) == {cast.home.counsellor.id}


def test_the_own_cases_are_never_offered_to_oneself(cast):
    opened(cast)
    second, client, address = colleague(cast), browser(cast.home.counsellor), at("offer_all", cast.home)
    assert receivers(client.get(address)) == {second.id}
    given = {"origin": str(cast.home.counsellor.id), "owner": str(cast.home.counsellor.id), "reason": WHY}
    assert client.post(address, given).status_code == 422
    assert offers(cast) == []


def test_what_somebody_who_left_carried_may_come_to_oneself(cast):
    opened(cast)
    second = colleague(cast)
    Post.objects.filter(account=cast.home.counsellor).update(ends_on=timezone.localdate() - timedelta(days=1))
    client, address = browser(Account.objects.get(id=second.id)), at("offer_all", cast.home)
    assert receivers(client.get(address)) == {second.id}
    given = {"origin": str(cast.home.counsellor.id), "owner": str(second.id), "reason": WHY}
    assert "1 个个案等对方接手" in words(client.post(address, given, follow=True))


def receivers(page) -> set:
    """Whom the form offers."""
    return {key for key, _name in page.context["form"].fields["owner"].choices}


def test_a_colleague_who_steps_in_may_only_take_it_over_oneself(cast):
    case, second = opened(cast), colleague(cast)
    third = browser(Account.objects.get(id=second.id))
    form = words(third.get(at("hand_over", cast.home, case_id=case.id)))
    assert str(second.id) in form
    assert str(cast.home.counsellor.id) not in form
    done = third.post(
        at("hand_over", cast.home, case_id=case.id), {"owner": str(second.id), "reason": "请假"}, follow=True
    )
    assert "已更换负责人" in words(done)


def test_sealed_papers_are_opened_with_a_reason_by_who_carries_the_case(cast):
    case, second = written(cast), colleague(cast)
    Post.objects.filter(account=cast.home.counsellor).update(ends_on=timezone.localdate() - timedelta(days=1))
    taken(cast, case, second)
    client, address = browser(Account.objects.get(id=second.id)), at("sealed", cast.home, case_id=case.id)
    assert address in words(client.get(at("case", cast.home, case_id=case.id)))
    assert client.post(address, {"reason": ""}).status_code == 422
    assert "过程记录 1 份" in words(client.post(address, {"reason": "接着辅导"}, follow=True))
    assert MEMORY in words(client.get(at("notes", cast.home, case_id=case.id)))
    assert browser(cast.home.principal).get(address).status_code == 404
