"""The vault's pages: the author reads both notes, a colleague the summary, a leader finds no such page."""

from django.utils import timezone

from qingyan.people.models import Account
from tests.alerts.setting import browser
from tests.cases.actions.test_noting import PROCESS, SUMMARY, noted
from tests.cases.setting import colleague, opened
from tests.cases.web.test_pages import at, trail, words


def test_a_talk_is_noted_through_the_form_and_read_back(cast):
    case, client = opened(cast), browser(cast.home.counsellor)
    talk = {"at": f"{timezone.localtime():%Y-%m-%dT%H:%M}", "minutes": 40, "way": "room"}
    address = at("note", cast.home, case_id=case.id)
    assert client.post(address, talk | {"summary": ""}).status_code == 422
    done = words(client.post(address, talk | {"summary": SUMMARY, "process": PROCESS}, follow=True))
    assert SUMMARY in done
    assert PROCESS in done
    assert trail(cast, "counselling.read") == 1


def test_a_colleague_reads_the_summary_and_a_leader_finds_nothing(cast):
    talk = noted(cast)
    colleague(cast)
    address = at("notes", cast.home, case_id=talk.case_id)
    page = words(browser(Account.objects.get(login="qingshi.second")).get(address))
    assert SUMMARY in page
    assert PROCESS not in page
    assert "过程记录</h3>" not in page
    assert browser(cast.home.principal).get(address).status_code == 404
    again = at("note_again", cast.home, counselling_id=talk.id)
    assert browser(Account.objects.get(login="qingshi.second")).get(again).status_code == 404
    assert browser(cast.home.counsellor).get(again).status_code == 200, "the control"


def test_a_new_version_stands_beside_the_old_one(cast):
    talk, client = noted(cast), browser(cast.home.counsellor)
    again = at("note_again", cast.home, counselling_id=talk.id)
    assert client.post(again, {"summary": "", "process": ""}).status_code == 422
    page = words(client.post(again, {"summary": "", "process": "后来想起她说过害怕"}, follow=True))
    assert "后来想起她说过害怕" in page
    assert PROCESS in page
    assert "已有更正" in page
