"""The pages of a mandatory report: its form, its circle, its results."""

from django.utils import timezone

from qingyan.people.models import Account
from tests.alerts.setting import browser
from tests.cases.actions.test_mandating import FACTS, NUMBER
from tests.cases.setting import colleague, opened
from tests.cases.web.test_pages import at, words


def test_it_is_recorded_for_the_circle_and_for_nobody_else(cast):
    case, client = opened(cast), browser(cast.home.counsellor)
    colleague(cast)
    second = browser(Account.objects.get(login="qingshi.second"))
    address = at("mandatory", cast.home, case_id=case.id)
    filled = {
        "situations": ["many_injuries"],
        "facts": FACTS,
        "authority": "青石派出所",
        "at": f"{timezone.localtime():%Y-%m-%dT%H:%M}",
        "receipt": NUMBER,
        "readers": [str(cast.home.principal.id)],
    }
    new = at("mandatory_new", cast.home, case_id=case.id)
    assert client.post(new, filled | {"situations": []}).status_code == 422
    done = words(client.post(new, filled, follow=True))
    assert FACTS in done
    assert NUMBER in done
    assert FACTS not in words(client.get(at("case", cast.home, case_id=case.id)))
    assert second.get(address).status_code == 404


def test_a_case_without_a_report_looks_to_a_colleague_like_one_with(cast):
    case = opened(cast)
    colleague(cast)
    second = browser(Account.objects.get(login="qingshi.second"))
    assert second.get(at("mandatory", cast.home, case_id=case.id)).status_code == 404
    assert "还没有强制报告" in words(browser(cast.home.counsellor).get(at("mandatory", cast.home, case_id=case.id)))
