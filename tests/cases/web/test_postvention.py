"""The pages of the care after an incident."""

from django.utils import timezone

from tests.alerts.setting import browser
from tests.cases.web.test_pages import at, words


def test_a_leader_begins_it_and_the_counsellor_carries_on(cast):
    client, when = browser(cast.home.principal), f"{timezone.localtime():%Y-%m-%dT%H:%M}"
    start = {"kind": "accident", "happened_at": when, "media_owner": str(cast.home.principal.id)}
    answer = client.post(at("postventions", cast.home), start)
    assert answer.status_code == 302
    page = words(client.get(answer.url))
    assert f"只由 {cast.home.principal.name} 回应" in page
    assert "4 小时内" in page
    assert "7 天内" in page
    assert "168" not in page
    other = browser(cast.home.counsellor)
    me = str(cast.home.counsellor.id)
    ring = {"ring": "close", "words": "同桌和室友", "people": 6, "carer": me}
    assert "同桌和室友" in words(other.post(answer.url + "add/ring/", ring, follow=True))
    talk = {"school_class": cast.home.class_a.id, "planned_at": when, "leader": me}
    assert "记下已开过" in words(other.post(answer.url + "add/talk/", talk, follow=True))
    duty = {"account": me, "place": "心理室", "starts_at": when, "ends_at": when}
    assert other.post(answer.url + "add/duty/", duty).status_code == 422
    assert "完成" in words(other.post(answer.url + "done/", {"item": "safe"}, follow=True))
    assert other.post(answer.url + "done/", {"item": "nothing"}).status_code == 404
    assert other.get(answer.url + "add/name/").status_code == 404


def test_whoever_has_no_part_in_it_gets_a_404(cast):
    for account in (cast.home.homeroom_teacher, cast.home.school_admin, cast.other.counsellor, cast.district_lead):
        assert browser(account).get(at("postventions", cast.home)).status_code == 404
    assert browser(cast.home.counsellor).get(at("postventions", cast.home)).status_code == 200, "the control"
