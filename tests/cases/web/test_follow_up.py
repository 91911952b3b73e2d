"""Pages of following up and closing."""

from django.utils import timezone

from tests.alerts.setting import browser
from tests.cases.setting import WORDS, in_care
from tests.cases.web.test_pages import at, words


def test_a_follow_up_is_recorded_and_read_back(cast):
    case, client = in_care(cast), browser(cast.home.counsellor)
    given = {"at": f"{timezone.localtime():%Y-%m-%dT%H:%M}", "proposed_level": "blue", "words": WORDS}
    assert client.get(at("follow_up", cast.home, case_id=case.id)).status_code == 200
    assert "回访已记下" in words(client.post(at("follow_up", cast.home, case_id=case.id), given, follow=True))
    page = words(client.get(at("follow_ups", cast.home, case_id=case.id)))
    assert WORDS in page
    assert "蓝 · 关注" in page


def test_a_case_in_care_is_not_closed_through_the_page(cast):
    case, client = in_care(cast), browser(cast.home.counsellor)
    answer = client.post(at("close", cast.home, case_id=case.id), {"summary": "x", "criteria": []}, follow=True)
    assert "另一步" in words(answer)
    assert at("close", cast.home, case_id=case.id) not in words(client.get(at("case", cast.home, case_id=case.id)))
