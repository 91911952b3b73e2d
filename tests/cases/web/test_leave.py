"""The pages of leave and return: for who carries the case, for the leader whose word is wanted, 404 for the others."""

from qingyan.cases.api import leaves_waiting
from qingyan.cases.models import Leave
from qingyan.foundation.access.scope import entered
from tests.alerts.setting import browser
from tests.cases.actions.test_leaving import evaluated, found, second_leader, went
from tests.cases.setting import WORDS, counsellor, in_care, leader, opened
from tests.cases.web.test_pages import at, trail, words


def test_a_counsellor_begins_and_goes_through_the_steps(cast):
    case, client = opened(cast), browser(cast.home.counsellor)
    begun = client.post(at("find_leave", cast.home, case_id=case.id), {"note": WORDS}, follow=True)
    assert "已发现，等专业评估" in words(begun)
    with entered(counsellor(cast)):
        leave = Leave.objects.get()
    step = at("leave_step", cast.home, leave_id=leave.id, verb="assess")
    assert client.post(step, {"note": ""}).status_code == 422
    assert "已评估，等家校沟通" in words(client.post(step, {"note": "医院建议休息"}, follow=True))
    assert cast.home.pupil.name in words(client.get(at("case_leaves", cast.home, case_id=case.id)))
    again = client.get(at("find_leave", cast.home, case_id=case.id))
    assert again.url == at("leave", cast.home, leave_id=leave.id)
    assert trail(cast, "leave.read") >= 1


def test_the_case_knows_one_way_to_leave_and_back(cast):
    case, client = in_care(cast), browser(cast.home.counsellor)
    here = at("case", cast.home, case_id=case.id)
    assert at("find_leave", cast.home, case_id=case.id) in client.get(here).content.decode()
    for verb in ("take_leave", "come_back"):
        step = at("step", cast.home, case_id=case.id, verb=verb)
        assert client.post(step, {"reason": WORDS}).status_code == 404
    with entered(counsellor(cast)):
        case.refresh_from_db()
        assert case.state == "care"


def test_a_leader_sees_what_waits_for_a_word_and_nothing_before_or_after(cast):
    leave, client = found(cast), browser(cast.home.principal)
    page = at("leave", cast.home, leave_id=leave.id)
    assert client.get(page).status_code == 404
    assert cast.home.pupil.name not in words(client.get(at("leaves", cast.home)))
    went(cast, leave, "assess", "talk", "apply")
    assert cast.home.pupil.name in words(client.get(at("leaves", cast.home)))
    assert "批准休学" in words(client.get(page))
    done = client.post(at("leave_decision", cast.home, leave_id=leave.id, verb="grant"), {"note": ""}, follow=True)
    assert done.status_code == 200
    assert client.get(page).status_code == 404


def test_the_first_decider_is_told_that_another_must_decide_the_appeal(cast):
    leave = evaluated(cast)
    went(cast, leave, "not_yet", by=leader(cast))
    went(cast, leave, "appeal")
    client = browser(cast.home.principal)
    assert "另一位校领导" in words(client.get(at("leave", cast.home, leave_id=leave.id)))
    assert (
        client.post(at("leave_appeal", cast.home, leave_id=leave.id, verb="uphold"), {"note": "x"}).status_code == 404
    )


def test_only_a_leader_whose_word_is_wanted_counts_a_leave(cast):
    leave, people = evaluated(cast), (leader(cast), second_leader(cast), counsellor(cast))
    assert counted(people) == [1, 1, 0]
    went(cast, leave, "not_yet", by=people[0])
    assert counted(people) == [0, 0, 0]
    went(cast, leave, "appeal")
    assert counted(people) == [0, 1, 0], "an appeal is decided by another"


def counted(people) -> list[int]:
    """What each of them sees beside the line."""
    found_counts = []
    for actor in people:
        with entered(actor):
            found_counts.append(leaves_waiting(actor))
    return found_counts


def test_strangers_get_404(cast):
    leave = found(cast)
    pages = [
        at("leave", cast.home, leave_id=leave.id),
        at("leave_step", cast.home, leave_id=leave.id, verb="assess"),
        at("case_leaves", cast.home, case_id=leave.case_id),
        at("find_leave", cast.home, case_id=leave.case_id),
    ]
    for account in (cast.other.counsellor, cast.home.homeroom_teacher, cast.home.school_admin, cast.city_officer):
        assert [browser(account).get(page).status_code for page in pages] == [404] * len(pages)
    own = [browser(cast.home.counsellor).get(page).status_code for page in pages]
    assert own == [200, 200, 200, 302], "the control"


def test_a_step_that_the_register_does_not_allow_is_said_kindly(cast):
    leave = found(cast)
    went(cast, leave, "assess", "talk", "apply")
    went(cast, leave, "grant", by=leader(cast))
    client = browser(cast.home.counsellor)
    begin = at("leave_step", cast.home, leave_id=leave.id, verb="begin")
    assert "学籍还没有办好" in words(client.post(begin, {"note": ""}, follow=True))
