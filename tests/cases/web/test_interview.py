"""The interview's pages: the form from the guide, the nine situations, versions, and the look that is recorded."""

from django.utils import timezone

from qingyan.cases.models import Interview
from qingyan.foundation.access.scope import entered
from tests.alerts.setting import browser
from tests.cases.setting import ANSWERS, NOTHING_FOUND, WORDS, counsellor, interviewed, opened
from tests.cases.web.test_pages import at, trail, words


def filled(**changes) -> dict:
    given = {f"answer-{key}": value for key, value in ANSWERS.items()}
    given |= {f"situation-{key}": value for key, value in NOTHING_FOUND.items()}
    given |= {"at": f"{timezone.localtime():%Y-%m-%dT%H:%M}", "proposed_level": "yellow", "why": "睡得不好"}
    return given | changes


def test_a_talk_is_recorded_through_the_form_and_read_back(cast):
    case, client = opened(cast), browser(cast.home.counsellor)
    address = at("interview", cast.home, case_id=case.id)
    page = words(client.get(address))
    assert "强制报告九种情形" in page
    assert page.count("situation-") >= 9
    done = client.post(address, filled(), follow=True)
    assert "访谈已记下" in words(done)
    assert "已访谈" in words(done)
    read = words(client.get(at("interviews", cast.home, case_id=case.id)))
    assert WORDS in read
    assert "睡得不好" in read
    assert trail(cast, "case.papers_read") == 1


def test_what_was_not_filled_in_is_said_and_kept(cast):
    case, client = opened(cast), browser(cast.home.counsellor)
    answer = client.post(at("interview", cast.home, case_id=case.id), filled(**{"situation-begging": "", "why": ""}))
    assert answer.status_code == 422
    assert WORDS in words(answer)
    with entered(counsellor(cast)):
        assert not Interview.objects.exists()


def test_a_correction_begins_with_what_was_written(cast):
    case, client = interviewed(cast), browser(cast.home.counsellor)
    address = at("interview", cast.home, case_id=case.id) + "?correct=yes"
    assert WORDS in words(client.get(address))
    client.post(address, filled(why="更正后的理由"))
    read = words(client.get(at("interviews", cast.home, case_id=case.id)))
    assert "第 1 次 · 第 2 版" in read
    assert "第 1 次 · 第 1 版" in read


def test_a_suspected_guardian_is_said_on_every_page(cast):
    case, client = opened(cast), browser(cast.home.counsellor)
    changed = filled(**{"situation-many_injuries": "suspected", "guardian_suspected": "on", "proposed_level": "red"})
    done = client.post(at("interview", cast.home, case_id=case.id), changed, follow=True)
    assert "先不要联系监护人" in words(done)
    assert "强制报告" in words(done)
    assert "先不要联系监护人" in words(browser(cast.home.principal).get(at("case", cast.home, case_id=case.id)))
