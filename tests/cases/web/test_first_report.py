"""The page on which the leader confirms the first written report, or says what is to be set right."""

from tests.alerts.setting import browser
from tests.cases.crisis_setting import reported, told
from tests.cases.web.test_pages import at, words


def test_the_leader_comes_from_the_list_says_why_and_it_stands_in_the_thread(cast):
    case, _ = told(cast)
    reported(cast, case, "first")
    client, address = browser(cast.home.principal), at("answer_first", cast.home, case_id=case.id)
    assert address in words(client.get(at("leader", cast.home)))
    assert address in words(client.get(at("thread", cast.home, case_id=case.id)))
    bare = client.post(address, {"agrees": "no", "said": ""})
    assert (bare.status_code, "请写清楚要补充或更正什么" in words(bare)) == (422, True)
    done = words(client.post(address, {"agrees": "no", "said": "请补充陪同人员。"}, follow=True))
    assert "请补充陪同人员。" in done
    assert "校领导有不同意见" in done
    assert address not in words(client.get(at("leader", cast.home)))


def test_pressed_twice_it_is_said_kindly(cast):
    case, _ = told(cast)
    reported(cast, case, "first")
    client, address = browser(cast.home.principal), at("answer_first", cast.home, case_id=case.id)
    client.post(address, {"agrees": "yes"})
    again = words(client.post(address, {"agrees": "yes"}, follow=True))
    assert "现在没有等你确认的书面首报" in again


def test_for_others_the_page_does_not_exist(cast):
    case, _ = told(cast)
    reported(cast, case, "first")
    address = at("answer_first", cast.home, case_id=case.id)
    for account in (cast.home.counsellor, cast.home.homeroom_teacher, cast.other.principal, cast.district_lead):
        assert browser(account).get(address).status_code == 404
    assert browser(cast.home.principal).get(address).status_code == 200
