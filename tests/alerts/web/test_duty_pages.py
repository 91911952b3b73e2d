"""Pages of duty through the whole stack: the leader's, the counsellor's, the district's; and what nobody else sees."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from qingyan.alerts.models import Absence, Alert, DistrictCall, DutyPost
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from qingyan.notifications.models import Notification
from tests.alerts.duty_setting import colleague, keep_time, keeper, owner
from tests.alerts.setting import alerted, browser

MINUTE = timedelta(minutes=1)


def at(name: str, place, **parts) -> str:
    return reverse(f"alerts:{name}", kwargs={"slug": place.school.slug, **parts})


def words(answer) -> str:
    return answer.content.decode()


def climbed(cast, *minutes: int) -> Alert:
    alert = alerted(cast)
    for passed in minutes:
        keep_time(cast.home, alert.raised_at + passed * MINUTE)
    return alert


def test_the_leader_sees_whom_to_go_to_and_neither_reason_nor_answer_and_the_look_is_recorded(cast):
    alert = climbed(cast, 0, 10)
    page = words(browser(cast.home.principal).get(at("duty", cast.home)))
    for part in (cast.home.pupil.name, "高一（1）班", "今天放学前见到这位同学", "我来处理"):
        assert part in page
    for part in ("第 15 题", "较重", "SCL", "scl-90", alert.rule):
        assert part not in page
    with entered(cast.platform()):
        assert AuditEntry.objects.get(action="alert.call_read").student_id == alert.student_id


def test_before_it_comes_to_the_leader_the_page_names_nobody(cast):
    climbed(cast, 0)
    page = words(browser(cast.home.principal).get(at("duty", cast.home)))
    assert cast.home.pupil.name not in page
    assert "林若溪" in page, "who is responsible now"


def test_the_leader_takes_charge_and_it_goes_no_further(cast):
    alert = climbed(cast, 0, 10)
    done = browser(cast.home.principal).post(at("answer", cast.home, alert_id=alert.id), follow=True)
    assert "由你处理中" in words(done)
    keep_time(cast.home, alert.raised_at + 1000 * MINUTE)
    assert owner(cast, alert) == cast.home.principal
    with entered(cast.platform()):
        assert Alert.objects.get(id=alert.id).acknowledged_by == cast.home.principal


def test_a_leader_cannot_take_what_did_not_come_to_them_nor_open_it_as_a_counsellor_does(cast):
    alert = climbed(cast, 0)
    client = browser(cast.home.principal)
    assert client.post(at("answer", cast.home, alert_id=alert.id)).status_code == 404
    assert client.get(at("alert", cast.home, alert_id=alert.id)).status_code == 404
    climbing = alert.raised_at + 10 * MINUTE
    keep_time(cast.home, climbing)
    assert client.get(at("alert", cast.home, alert_id=alert.id)).status_code == 404
    assert client.post(at("acknowledge", cast.home, alert_id=alert.id), {}).status_code == 404
    assert browser(cast.other.principal).post(at("answer", cast.other, alert_id=alert.id)).status_code == 404


def test_the_alerts_page_says_who_is_responsible_until_when_and_how_it_came_to_them(cast):
    alert = climbed(cast, 0, 10)
    page = words(browser(cast.home.counsellor).get(at("alert", cast.home, alert_id=alert.id)))
    for part in ("由谁负责", "宋远", "时间到，没有人确认", "此时没有人", "副岗", "就转给下一级"):
        assert part in page


def test_a_counsellor_gives_it_to_a_colleague_and_back(cast):
    second = colleague(cast.home, "second", "赵清")
    alert, client = climbed(cast), browser(cast.home.counsellor)
    client.post(at("give", cast.home, alert_id=alert.id), {"to": str(second.id)})
    assert owner(cast, alert) == second
    client.post(at("acknowledge", cast.home, alert_id=alert.id), {"note": ""})
    assert owner(cast, alert) == cast.home.counsellor
    again = client.post(at("release", cast.home, alert_id=alert.id), follow=True)
    assert "正在按值守安排负责人" in words(again)
    assert client.post(at("give", cast.home, alert_id=alert.id), {"to": "x"}).status_code == 302


def test_staff_mark_themselves_away_with_a_deputy_and_come_back(cast):
    second = colleague(cast.home, "second", "赵清")
    client, now = browser(cast.home.counsellor), timezone.localtime()
    form = {
        "account": str(cast.home.counsellor.id),
        "deputy": str(second.id),
        "starts_at": (now - MINUTE).strftime("%Y-%m-%dT%H:%M"),
        "ends_at": (now + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M"),
    }
    page = words(client.post(at("away", cast.home), form, follow=True))
    assert "由 赵清 代班" in page
    alert = climbed(cast, 1)
    assert owner(cast, alert) == second
    refused = browser(second).post(
        at("give", cast.home, alert_id=alert.id), {"to": str(cast.home.counsellor.id)}, follow=True
    )
    assert "登记为不在岗" in words(refused)
    assert owner(cast, alert) == second
    with entered(keeper(cast.home)):
        absence = Absence.objects.get()
    assert "已结束" in words(client.post(at("back", cast.home, absence_id=absence.id), follow=True))
    client.post(at("acknowledge", cast.home, alert_id=alert.id), {"note": ""})
    assert owner(cast, alert) == cast.home.counsellor


def test_a_crooked_absence_is_told_beside_the_form(cast):
    form = {"account": str(cast.home.counsellor.id), "starts_at": "2030-01-02T08:00", "ends_at": "2030-01-01T08:00"}
    answer = browser(cast.home.counsellor).post(at("away", cast.home), form)
    assert (answer.status_code, "结束时间要晚于开始时间" in words(answer)) == (422, True)
    form["account"] = str(cast.home.principal.id)
    form["ends_at"] = "2030-01-03T08:00"
    assert browser(cast.home.counsellor).post(at("away", cast.home), form).status_code == 404


def test_the_ladder_is_told_in_school_days_and_hours_not_in_minutes_of_school_time(cast):
    page = words(browser(cast.home.principal).get(at("duty", cast.home)))
    for span in ("10 分钟内没有确认", "上课时间 8 小时内没有确认", "3 个上课日内没有确认"):
        assert span in page
    assert "1890" not in page


def test_the_leader_names_somebody_for_duty_and_strikes_them_again(cast):
    client = browser(cast.home.principal)
    form = {"account": str(cast.home.counsellor.id), "place": "deputy", "hours": "outside"}
    assert "已指定" in words(client.post(at("name", cast.home), form, follow=True))
    assert client.post(at("name", cast.home), form).status_code == 422
    with entered(keeper(cast.home)):
        post = DutyPost.objects.get()
    assert "已撤下" in words(client.post(at("strike", cast.home, duty_post_id=post.id), follow=True))


def test_the_district_sees_the_school_and_no_pupil_and_notes_that_it_rang(cast):
    climbed(cast, 0, 10, 20)
    client = browser(cast.district_lead)
    page = words(client.get(reverse("alerts:district")))
    assert "云州市青石中学" in page
    assert not [part for part in (cast.home.pupil.name, "高一", "scl", "第 15 题") if part in page]
    call = DistrictCall.objects.get()
    assert "已联系" in words(client.post(reverse("alerts:rang", kwargs={"call_id": call.id}), follow=True))
    assert words(browser(cast.city_officer).get(reverse("alerts:district"))).count("青石中学") >= 1


@pytest.mark.parametrize("who", ["homeroom_teacher", "school_admin", "invigilator"])
def test_others_find_no_page_of_duty(cast, who):
    client = browser(getattr(cast.home, who))
    assert client.get(at("duty", cast.home)).status_code == 404
    assert client.get(reverse("alerts:district")).status_code == 404


def test_each_owner_is_told_once_in_neutral_words_with_the_way_to_their_own_page(cast):
    alert = climbed(cast, 0, 10, 20)
    told = [(one.account_id, one.kind, one.path) for one in Notification.objects.order_by("created_at")]
    slug = cast.home.school.slug
    assert told == [
        (cast.home.counsellor.id, "attention_now", f"/s/{slug}/alerts/{alert.id}/"),
        (cast.home.principal.id, "handed_over", f"/s/{slug}/duty/"),
        (cast.district_lead.id, "handed_over", "/district/calls/"),
    ]


def test_a_yellow_alert_rings_nobody_up(cast):
    alert = alerted(cast, value=2)
    with entered(cast.platform()):
        Alert.objects.filter(id=alert.id).update(level="yellow")
    keep_time(cast.home, alert.raised_at)
    assert owner(cast, alert) is not None
    assert not Notification.objects.exists()
