"""The counsellor's pages through the whole stack: what they show, to whom, and what looking at them leaves behind."""

import pytest
from django.urls import reverse
from django.utils import timezone

from qingyan.alerts.models import Alert
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from tests.alerts.duty_setting import colleague, keep_time
from tests.alerts.setting import alerted, browser


def at(name: str, place, **parts) -> str:
    return reverse(f"alerts:{name}", kwargs={"slug": place.school.slug, **parts})


def words(answer) -> str:
    return answer.content.decode()


def pages(cast, alert) -> dict[str, str]:
    return {
        "today": at("today", cast.home),
        "queue": at("queue", cast.home),
        "pulse": at("pulse", cast.home),
        "alert": at("alert", cast.home, alert_id=alert.id),
        "sheet": at("alert_sheet", cast.home, alert_id=alert.id),
        "acknowledge": at("acknowledge", cast.home, alert_id=alert.id),
        "answers": at("answers", cast.home, sitting_id=alert.sitting_id),
    }


def test_the_morning_greets_by_name_and_shows_what_comes_first(cast):
    alerted(cast)
    alerted(cast, cast.other)
    page = words(browser(cast.home.counsellor).get(at("today", cast.home)))
    assert "林老师，今天有 1 件事，先看这 1 件" in page
    assert "第 15 题" in page
    assert "秋季测评" in page


def test_an_empty_morning_says_so(cast):
    page = words(browser(cast.home.counsellor).get(at("today", cast.home)))
    assert "今天没有等你处理的事" in page


def test_the_queue_masks_names_gives_reasons_and_is_recorded(cast):
    alerted(cast)
    page = words(browser(cast.home.counsellor).get(at("queue", cast.home)))
    assert "陈＊＊" in page
    assert cast.home.pupil.name not in page
    assert "作答：较重" in page
    assert "演示规则包" in page
    with entered(cast.platform()):
        assert AuditEntry.objects.get(action="alert.queue").detail == {"shown": 1}


def test_the_queue_gives_htmx_the_lines_alone(cast):
    alerted(cast)
    part = words(browser(cast.home.counsellor).get(at("queue", cast.home), headers={"HX-Request": "true"}))
    assert "陈＊＊" in part
    assert "<html" not in part


def test_the_pulse_is_silent_until_an_alert_is_new(cast):
    client = browser(cast.home.counsellor)
    first = client.get(at("pulse", cast.home)).json()
    assert first["waiting"] == 0
    assert client.get(at("pulse", cast.home), {"seen": first["token"]}).status_code == 204
    alerted(cast)
    news = client.get(at("pulse", cast.home), {"seen": first["token"]})
    assert (news.status_code, news.json()["waiting"]) == (200, 1)


def test_the_alert_shows_pupil_reasons_steps_and_hotlines_after_recording_the_look(cast):
    alert = alerted(cast)
    page = words(browser(cast.home.counsellor).get(at("alert", cast.home, alert_id=alert.id)))
    for part in (
        cast.home.pupil.name,
        "高一（1）班",
        "作答：较重",
        "还剩",
        "今天放学前见到这位同学",
        "12355",
        "我来处理",
    ):
        assert part in page
    with entered(cast.platform()):
        assert AuditEntry.objects.filter(action="alert.read", student_id=alert.student_id).count() == 1


def test_without_the_trail_nothing_is_shown(cast, monkeypatch):
    def refuse(**_):
        raise RuntimeError("the trail cannot be written")

    alert = alerted(cast)
    monkeypatch.setattr("qingyan.alerts.actions.looking.record", refuse)
    client = browser(cast.home.counsellor)
    client.raise_request_exception = False
    answer = client.get(at("alert", cast.home, alert_id=alert.id))
    assert answer.status_code == 500
    assert cast.home.pupil.name not in words(answer)


def test_a_counsellor_takes_charge_and_the_queue_is_empty(cast):
    alert, client = alerted(cast), browser(cast.home.counsellor)
    done = client.post(at("acknowledge", cast.home, alert_id=alert.id), {"note": "今天放学前见面"}, follow=True)
    page = words(done)
    assert "由你处理" in page
    assert "林若溪 于" in page
    assert "今天放学前见面" in page
    assert "这里没有预警" in words(client.get(at("queue", cast.home)))
    again = client.post(at("acknowledge", cast.home, alert_id=alert.id), {"note": ""}, follow=True)
    assert "已经有老师在处理" in words(again)


def test_the_queue_filters_by_state_level_and_class(cast):
    alerted(cast)
    client = browser(cast.home.counsellor)
    shown = {
        name: "陈＊＊" in words(client.get(at("queue", cast.home), query))
        for name, query in {
            "red": {"level": "red"},
            "yellow": {"level": "yellow"},
            "class": {"class": cast.home.class_a.id},
            "other class": {"class": cast.home.class_b.id},
            "all": {"state": "all"},
            "acknowledged": {"state": "acknowledged"},
            "nonsense": {"state": "x", "level": "x", "class": "x"},
        }.items()
    }
    assert shown == {
        "red": True,
        "yellow": False,
        "class": True,
        "other class": False,
        "all": True,
        "acknowledged": False,
        "nonsense": True,
    }


def test_raw_answers_need_a_purpose_and_are_shown_once(cast):
    alert, client = alerted(cast), browser(cast.home.counsellor)
    place = at("answers", cast.home, sitting_id=alert.sitting_id)
    cover = words(client.get(place))
    assert "选择用途" in cover
    assert "较重" not in cover
    assert client.post(place, {}).status_code == 422
    opened = words(client.post(place, {"purpose": "risk"}))
    assert "较重" in opened
    assert "较重" not in words(client.get(place))
    with entered(cast.platform()):
        assert AuditEntry.objects.filter(action="answers.read").count() == 1


@pytest.mark.parametrize("who", ["homeroom_teacher", "principal", "school_admin", "invigilator"])
def test_colleagues_get_404_for_every_page(cast, who):
    alert = alerted(cast)
    client = browser(getattr(cast.home, who))
    for name, address in pages(cast, alert).items():
        assert client.get(address).status_code == 404, name
        assert client.post(address, {"purpose": "risk"}).status_code == 404, name


def test_the_counsellor_of_another_school_gets_404_here_and_for_the_same_ids_at_the_own_school(cast):
    alert = alerted(cast)
    own = alerted(cast, cast.other)
    client = browser(cast.other.counsellor)
    for name, address in pages(cast, alert).items():
        assert client.get(address).status_code == 404, name
        smuggled = address.replace(cast.home.school.slug, cast.other.school.slug)
        if str(alert.id) in smuggled or str(alert.sitting_id) in smuggled:
            opened, posted = client.get(smuggled).status_code, client.post(smuggled, {"purpose": "risk"}).status_code
            assert (opened, posted) in {(404, 404), (405, 404), (404, 405)}, name  # 405: offered to nobody
    assert client.get(at("alert", cast.other, alert_id=own.id)).status_code == 200, "the control: the own one opens"


def test_the_signed_out_are_led_to_the_door(client, cast):
    alert = alerted(cast)
    for address in pages(cast, alert).values():
        answer = client.get(address)
        assert (answer.status_code, "login" in answer["Location"]) == (302, True)


def test_the_queue_asks_the_database_the_same_number_of_questions_for_one_line_and_for_many(
    cast, django_assert_max_num_queries
):
    client = browser(cast.home.counsellor)
    alerted(cast)
    with django_assert_max_num_queries(60) as one:
        client.get(at("queue", cast.home))
    for pupil in cast.home.pupils_a[1:]:
        alerted(cast, pupil=pupil)
    with django_assert_max_num_queries(60) as many:
        page = words(client.get(at("queue", cast.home)))
    assert page.count("查看并处理") == 3
    assert len(many) == len(one)


def test_the_printed_page_carries_the_viewer(cast):
    alert = alerted(cast)
    page = words(browser(cast.home.counsellor).get(at("alert_sheet", cast.home, alert_id=alert.id)))
    assert "林若溪" in page
    assert "不得用于评优" in page


def test_the_queue_takes_and_gives_several_at_once_and_leaves_red_ones(cast):
    second = colleague(cast.home, "second", "赵清")
    orange, red = alerted(cast, value=2), alerted(cast, pupil=cast.home.pupils_a[1])
    client = browser(cast.home.counsellor)
    sent = {"alert": [str(orange.id), str(red.id), "nonsense"], "do": "give", "to": str(second.id)}
    assert "已处理 2 份" in words(client.post(at("bulk", cast.home), sent, follow=True))
    page = words(client.post(at("bulk", cast.home), sent | {"do": "acknowledge"}, follow=True))
    assert "已处理 1 份" in page
    assert "须逐条打开" in page


def test_the_queue_filters_by_owner_and_by_sign(cast):
    alert, client = alerted(cast), browser(cast.home.counsellor)

    def shown(**query):
        return "陈＊＊" in words(client.get(at("queue", cast.home), query))

    assert (shown(owner="nobody"), shown(owner="mine"), shown(sign="seen")) == (True, False, False)
    keep_time(cast.home, alert.raised_at)
    with entered(cast.platform()):
        Alert.objects.filter(id=alert.id).update(signs=[{"code": "seen", "detail": ""}])
    assert (shown(owner="nobody"), shown(owner="mine"), shown(sign="seen")) == (False, True, True)


def test_the_queue_explains_its_order_and_shows_when_a_talk_fits_in(cast):
    alerted(cast)
    page = words(browser(cast.home.counsellor).get(at("queue", cast.home)))
    for part in (
        "为什么这样排",
        "相当于多等了多少小时",
        "今天",
        "这条规则没有公开发表的比率可以参考",
        "各人手上的预警",
    ):
        assert part in page


def test_the_caseload_page_names_colleagues_and_no_pupil(cast):
    alerted(cast)
    keep_time(cast.home, timezone.now())
    page = words(browser(cast.home.counsellor).get(at("caseload", cast.home)))
    assert "林若溪" in page
    assert cast.home.pupil.name not in page
    assert "陈＊＊" not in page


def test_an_alert_is_closed_on_its_page_and_a_red_one_by_two(cast):
    second = colleague(cast.home, "second", "赵清")
    alert, client = alerted(cast), browser(cast.home.counsellor)
    client.post(at("acknowledge", cast.home, alert_id=alert.id), {"note": ""})
    close = at("close", cast.home, alert_id=alert.id)
    assert "写几句依据" in words(client.post(close, {"reason": "false"}, follow=True))
    assert "复核" in words(client.post(close, {"reason": "false", "note": "填错了"}, follow=True))
    page = words(client.get(at("alert", cast.home, alert_id=alert.id)))
    assert "复核要由另一位老师来做" in page
    other = browser(second)
    assert "填错了" in words(other.get(at("alert", cast.home, alert_id=alert.id)))
    other.post(at("review", cast.home, alert_id=alert.id), {"do": "confirm"})
    assert client.get(at("alert", cast.home, alert_id=alert.id)).status_code == 404, "sealed"
