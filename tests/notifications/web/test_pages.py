"""The pages: the bell, the inbox, the wishes, and the robots with their log."""

import pytest
from django.test import Client
from django.urls import reverse

from qingyan.notifications.actions.planning import plan_new
from qingyan.notifications.models import Delivery, Notification, Preference, Robot
from tests.alerts.setting import browser
from tests.notifications.setting import NOON, PATH, mail_to, told

ROBOT = {"provider": "dingtalk", "title": "值班群", "secret": ""}
GOOD = "https://oapi.dingtalk.com/robot/send?access_token=canary-token"


@pytest.fixture
def counsellor(cast) -> Client:
    return browser(cast.home.counsellor)


@pytest.fixture
def principal(cast) -> Client:
    return browser(cast.home.principal)


def test_the_bell_shows_on_every_page_how_many_are_unread(cast, counsellor):
    told(cast, cast.home.counsellor)
    told(cast, cast.home.counsellor)
    page = counsellor.get(reverse("alerts:today", args=["qingshi"])).content.decode()
    assert '<b class="bell-count num">2' in page
    counsellor.post(reverse("notifications:read_all"))
    assert "bell-count" not in counsellor.get(reverse("alerts:today", args=["qingshi"])).content.decode()


def test_a_notice_leads_to_its_page_once_read(cast, counsellor):
    told(cast, cast.home.counsellor)
    notice = Notification.objects.get()
    assert str(notice.id) in counsellor.get(reverse("notifications:inbox")).content.decode()
    assert counsellor.get(reverse("notifications:open", args=[notice.id])).url == PATH
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_somebody_else_s_notice_stays_unread_and_leads_nowhere(cast, principal):
    told(cast, cast.home.counsellor)
    notice = Notification.objects.get()
    assert principal.get(reverse("notifications:open", args=[notice.id])).url == reverse("notifications:inbox")
    notice.refresh_from_db()
    assert notice.read_at is None


def test_the_inbox_is_paged_and_asks_few_questions(cast, counsellor, django_assert_max_num_queries):
    for _ in range(35):
        told(cast, cast.home.counsellor)
    with django_assert_max_num_queries(14):
        page = counsellor.get(reverse("notifications:inbox"))
    assert "共 35 条" in page.content.decode()


def test_wishes_are_kept_and_half_a_quiet_time_is_refused(cast, counsellor):
    at = reverse("notifications:preferences")
    given = {"email": "digest", "digest_at": "18:00", "quiet_from": "21:00", "quiet_until": ""}
    refused = counsellor.post(at, given)
    assert refused.status_code == 422
    assert 'value="21:00' in refused.content.decode()
    assert counsellor.post(at, {**given, "quiet_until": "06:30"}).status_code == 302
    kept = Preference.objects.get()
    assert (kept.email, kept.wecom, str(kept.quiet_until)) == ("digest", False, "06:30:00")
    assert 'value="06:30' in counsellor.get(at).content.decode()


def test_the_person_sees_what_was_mailed(cast, counsellor):
    told(cast, mail_to(cast.home.counsellor))
    plan_new(now=NOON)
    page = counsellor.get(reverse("notifications:preferences")).content.decode()
    assert "lin@example.org" in page
    assert "等待发送" in page


def test_a_leader_sets_up_a_robot_tries_it_and_takes_it_away(cast, principal):
    at = reverse("notifications:robots", args=["qingshi"])
    assert principal.post(at, {**ROBOT, "url": GOOD}).status_code == 302
    page = principal.get(at).content.decode()
    assert "值班群" in page
    assert "canary-token" not in page
    robot = Robot.objects.get()
    principal.post(reverse("notifications:trial", args=["qingshi", robot.id]))
    assert Delivery.objects.get().kind == "trial"
    assert "这是一条测试消息" in principal.get(at).content.decode()
    principal.post(reverse("notifications:away", args=["qingshi", robot.id]))
    assert not Robot.objects.exists()


@pytest.mark.parametrize("url", ["https://evil.example/robot/send?access_token=a", "http://127.0.0.1/x", "x", "\x00"])
def test_a_wrong_address_is_explained_and_what_was_typed_stays(cast, principal, url):
    answer = principal.post(reverse("notifications:robots", args=["qingshi"]), {**ROBOT, "url": url})
    assert answer.status_code == 422
    assert "值班群" in answer.content.decode()
    assert not Robot.objects.exists()


def test_the_city_keeps_its_robots_outside_any_school(cast):
    officer = browser(cast.city_officer)
    at = reverse("notifications:city_robots")
    assert officer.post(at, {**ROBOT, "url": GOOD}).status_code == 302
    robot = Robot.objects.get(city=cast.city)
    assert officer.post(reverse("notifications:city_trial", args=[robot.id])).status_code == 302
    assert officer.post(reverse("notifications:city_away", args=[robot.id])).status_code == 302
    assert not Robot.objects.exists()


def test_strangers_and_pupils_find_nothing(cast, counsellor):
    assert counsellor.get(reverse("notifications:robots", args=["qingshi"])).status_code == 404
    assert counsellor.get(reverse("notifications:city_robots")).status_code == 404
    assert Client().get(reverse("notifications:inbox")).status_code == 302
