"""The pages of a crisis thread: at the school with its case, and above it without a name."""

from django.urls import reverse
from django.utils import timezone

from qingyan.cases import api
from qingyan.cases.models import CrisisThread
from qingyan.foundation.access.scope import entered
from qingyan.people.models import Account
from tests.alerts.setting import browser
from tests.cases.crisis_setting import PARTS, away, district, reported, told
from tests.cases.setting import colleague, counsellor, opened
from tests.cases.web.test_pages import at, trail, words

CALL = {"told_to": "区心理中心值班室", "said": "一名高一学生有危险"}


def above(name: str, thread) -> str:
    return reverse(f"cases:{name}", kwargs={"thread_id": thread.id})


def test_the_counsellor_notes_the_call_and_writes_the_report(cast):
    case, client = opened(cast, urgency="red"), browser(cast.home.counsellor)
    address = at("thread", cast.home, case_id=case.id)
    assert "还没有上报" in words(client.get(address))
    call = CALL | {"at": f"{timezone.localtime():%Y-%m-%dT%H:%M:%S}"}
    assert "已记下口头首报" in words(client.post(at("oral", cast.home, case_id=case.id), call, follow=True))
    written = at("written", cast.home, case_id=case.id, report="first")
    named = words(client.post(written, PARTS | {"situation": "accompanied", "facts": cast.home.pupil.name}))
    assert "文字里有学生的姓名" in named
    done = words(client.post(written, PARTS | {"situation": "accompanied"}, follow=True))
    assert PARTS["facts"] in done
    assert "续报中" in done
    assert trail(cast, "case.thread_read") == 3


def test_what_is_late_is_said(cast):
    then = timezone.now() - timezone.timedelta(hours=30)
    case, _ = told(cast, now=then)
    reported(cast, case, "first")
    assert "晚于期限" in words(browser(cast.home.counsellor).get(at("thread", cast.home, case_id=case.id)))


def test_the_leader_reads_it_and_writes_nothing_and_a_colleague_sees_nothing(cast):
    case, _ = told(cast)
    page = browser(cast.home.principal).get(at("thread", cast.home, case_id=case.id))
    assert CALL["told_to"] in words(page)
    assert "书面首报" not in words(page)
    colleague(cast)
    second = browser(Account.objects.get(login="qingshi.second"))
    assert second.get(at("thread", cast.home, case_id=case.id)).status_code == 404
    assert browser(cast.home.principal).get(at("oral", cast.home, case_id=case.id)).status_code == 404


def test_an_officer_finds_it_without_a_name_and_answers(cast):
    _, thread = told(cast)
    client = browser(cast.district_lead)
    listed = words(client.get(reverse("cases:threads")))
    assert thread.code in listed
    assert "待表示收到" in listed
    page = words(client.get(above("overseen", thread)))
    for word in (cast.home.pupil.name, cast.home.pupil.masked_name, str(cast.home.pupil.id)):
        assert word not in listed + page
    assert "你收到了" in words(client.post(above("seen", thread), follow=True))
    assert "专家下午到校" in words(client.post(above("overseen", thread), {"text": "专家下午到校"}, follow=True))
    with entered(counsellor(cast)):
        assert CrisisThread.objects.get().seen_by_id == cast.district_lead.id


def test_strangers_get_a_404(cast):
    _, thread = told(cast)
    assert browser(cast.district_lead).get(above("overseen", thread)).status_code == 200, "the control"
    strange = away(cast)
    for account in (Account.objects.get(id=strange.id), cast.home.counsellor, cast.auditor, cast.security_admin):
        assert browser(account).get(above("overseen", thread)).status_code == 404
        assert browser(account).post(above("seen", thread)).status_code == 404


def test_a_district_that_is_asked_counts_it_until_it_is_seen(cast):
    _, thread = told(cast)
    by = district(cast)
    with entered(by):
        assert api.threads_asking(by) == 1
    browser(cast.district_lead).post(above("seen", thread))
    with entered(by):
        assert api.threads_asking(by) == 0
