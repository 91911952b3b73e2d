"""The pages of cases through the whole stack: what they show, to whom, and what looking leaves behind."""

import pytest
from django.urls import reverse
from django.utils import timezone

from qingyan.cases.models import Case, ToDo
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from qingyan.people.models import Account
from tests.alerts.setting import alerted, browser
from tests.cases.setting import WORDS, candidate, colleague, counsellor, opened


def at(name: str, place, **parts) -> str:
    return reverse(f"cases:{name}", kwargs={"slug": place.school.slug, **parts})


def words(answer) -> str:
    return answer.content.decode()


def trail(cast, action: str) -> int:
    with entered(cast.platform()):
        return AuditEntry.objects.filter(action=action).count()


def test_the_list_shows_masked_names_what_is_due_and_who_carries_how_much(cast):
    opened(cast, urgency="red")
    page = browser(cast.home.counsellor).get(at("cases", cast.home))
    assert cast.home.pupil.masked_name in words(page)
    assert cast.home.pupil.name not in words(page)
    assert "待访谈" in words(page)
    assert "危机 1" in words(page)
    assert trail(cast, "case.list") == 1


def test_a_case_that_is_not_due_today_stands_in_the_own_list_and_not_in_todays(cast):
    opened(cast, urgency="blue")
    client = browser(cast.home.counsellor)
    assert cast.home.pupil.masked_name not in words(client.get(at("cases", cast.home)))
    assert cast.home.pupil.masked_name in words(client.get(at("cases", cast.home) + "?list=mine"))


@pytest.mark.parametrize("query", ["?list=all&level=red", "?list=all&state=panel", "?list=ended"])
def test_filters_leave_out_what_does_not_fit(cast, query):
    opened(cast)
    client = browser(cast.home.counsellor)
    assert cast.home.pupil.masked_name in words(client.get(at("cases", cast.home) + "?list=all")), "the control"
    assert cast.home.pupil.masked_name not in words(client.get(at("cases", cast.home) + query))


def test_the_list_costs_the_same_for_one_and_for_many(cast, django_assert_max_num_queries):
    opened(cast)
    client = browser(cast.home.counsellor)
    with django_assert_max_num_queries(40):
        client.get(at("cases", cast.home) + "?list=all")


def test_whoever_carries_the_case_reads_what_was_said_and_a_colleague_does_not(cast):
    case, second = opened(cast), colleague(cast)
    address = at("case", cast.home, case_id=case.id)
    assert WORDS in words(browser(cast.home.counsellor).get(address))
    page = browser(Account.objects.get(id=second.id)).get(address)
    assert page.status_code == 200
    assert WORDS not in words(page)
    assert "先更换负责人" in words(page)
    assert trail(cast, "case.read") == 2


def test_a_leader_sees_a_crisis_by_name_without_a_word_of_it_and_no_other_case(cast):
    case = opened(cast, urgency="yellow")
    client = browser(cast.home.principal)
    assert client.get(at("case", cast.home, case_id=case.id)).status_code == 404
    with entered(counsellor(cast)):
        Case.objects.filter(id=case.id).update(crisis=True)
    page = client.get(at("case", cast.home, case_id=case.id))
    assert cast.home.pupil.name in words(page)
    assert WORDS not in words(page)
    assert cast.home.pupil.name in words(client.get(at("leader", cast.home)))


@pytest.mark.parametrize("who", ["homeroom_teacher", "school_admin", "invigilator"])
def test_for_others_there_is_no_case(cast, who):
    case = opened(cast, urgency="red")
    client = browser(getattr(cast.home, who))
    for name, parts in (("cases", {}), ("leader", {}), ("diagram", {}), ("case", {"case_id": case.id})):
        assert client.get(at(name, cast.home, **parts)).status_code == 404


def test_for_another_school_it_does_not_exist(cast):
    case = opened(cast, urgency="red")
    client = browser(cast.other.counsellor)
    assert client.get(at("case", cast.home, case_id=case.id)).status_code == 404
    assert client.get(at("case", cast.other, case_id=case.id)).status_code == 404


def test_a_case_is_opened_from_the_file_and_a_second_time_shown(cast):
    client = browser(cast.home.counsellor)
    address = at("open", cast.home, student_id=cast.home.pupil.id)
    assert address in words(client.get(reverse("archives:file", args=[cast.home.school.slug, cast.home.pupil.id])))
    given = {"kind": "concern", "urgency": "orange", "owner": str(cast.home.counsellor.id), "note": WORDS}
    assert client.post(address, given | {"note": ""}).status_code == 422
    made = client.post(address, given, follow=True)
    assert "个案已建立" in words(made)
    assert "已经有一个进行中的个案" in words(client.get(address, follow=True))


def test_an_alerts_page_leads_to_a_case(cast):
    alert = alerted(cast)
    client = browser(cast.home.counsellor)
    address = at("open_from_alert", cast.home, alert_id=alert.id)
    assert address in words(client.get(reverse("alerts:alert", args=[cast.home.school.slug, alert.id])))
    assert client.get(address).status_code == 200
    done = client.post(address, {"owner": str(cast.home.counsellor.id)}, follow=True)
    assert "预警已转入个案" in words(done)
    assert address not in words(client.get(reverse("alerts:alert", args=[cast.home.school.slug, alert.id])))
    assert "已经处理过" in words(client.post(address, {"owner": str(cast.home.counsellor.id)}, follow=True))


def test_the_buttons_are_those_of_the_table(cast):
    case = candidate(cast)
    client = browser(cast.home.counsellor)
    page = words(client.get(at("case", cast.home, case_id=case.id)))
    assert at("take", cast.home, case_id=case.id) in page
    assert at("ask_seal", cast.home, case_id=case.id) in page
    assert at("second_reading", cast.home, case_id=case.id) not in page


def test_a_flag_is_sealed_through_the_pages_by_two_people(cast):
    case = candidate(cast)
    first, second = browser(cast.home.counsellor), browser(cast.home.principal)
    first.post(at("ask_seal", cast.home, case_id=case.id), {"reason": "点错了"})
    address = at("second_reading", cast.home, case_id=case.id)
    assert "另一步" in words(first.get(address, follow=True)), "the own one is not read a second time"
    assert "点错了" in words(second.get(at("case", cast.home, case_id=case.id)))
    assert second.get(address).status_code == 200
    done = second.post(address, {"agrees": "yes", "reason": "同意"}, follow=True)
    assert "已封存" in words(done)
    assert first.get(at("case", cast.home, case_id=case.id)).status_code == 404


def test_what_may_not_be_sealed_says_why(cast):
    case = candidate(cast, urgency="red")
    answer = browser(cast.home.counsellor).post(
        at("ask_seal", cast.home, case_id=case.id), {"reason": "x"}, follow=True
    )
    assert "先和学生谈过" in words(answer)


def test_a_to_do_is_ticked_off_by_who_carries_the_case_only(cast):
    case = opened(cast)
    with entered(counsellor(cast)):
        todo = ToDo.objects.create(
            case=case,
            school_id=case.school_id,
            student_id=case.student_id,
            kind="contact",
            due_at=timezone.now(),
            made_at=timezone.now(),
        )
    address = at("todo_done", cast.home, case_id=case.id, todo_id=todo.id)
    assert browser(cast.home.principal).post(address).status_code == 404
    assert "已记为完成" in words(browser(cast.home.counsellor).post(address, follow=True))
    assert browser(cast.home.counsellor).post(address).status_code == 404, "twice is not there"


def test_a_step_that_is_none_here_says_so_and_an_unknown_one_is_404(cast):
    case = opened(cast)
    client = browser(cast.home.counsellor)
    assert client.get(at("step", cast.home, case_id=case.id, verb="worsen")).status_code == 302
    assert client.get(at("step", cast.home, case_id=case.id, verb="decide")).status_code == 404


def test_the_diagram_shows_every_state_and_level(cast):
    page = words(browser(cast.home.principal).get(at("diagram", cast.home)))
    for expected in ("待了解", "静默关注", "已封存", "红 · 极高", "尚未由主管部门"):
        assert expected in page


def test_the_file_tells_each_step_with_the_way_to_the_case(cast):
    case = opened(cast)
    page = browser(cast.home.counsellor).get(reverse("archives:file", args=[cast.home.school.slug, cast.home.pupil.id]))
    assert "个案：建立个案" in words(page)
    assert at("case", cast.home, case_id=case.id) in words(page)
    assert "状态：待访谈" in words(page)
