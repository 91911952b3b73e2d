"""The pages behind the doors: a teacher's report with next steps, the two boxes, and the leader's page of times."""

import pytest
from django.test import Client
from django.urls import reverse

from qingyan.concerns.contracts import Kind, Source, Urgency
from qingyan.concerns.models import Concern
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from tests.alerts.setting import browser
from tests.concerns.setting import CANARY, COMMITTEE, moved, new, raised, stored


def at(name: str, **keys) -> str:
    return reverse(f"concerns:{name}", kwargs={"slug": "qingshi", **keys})


@pytest.fixture
def counsellor(cast) -> Client:
    return browser(cast.home.counsellor)


def do(client: Client, cast, verb: str, **sent):
    return client.post(at("concern_do", concern_id=stored(cast).id, verb=verb), sent)


def test_a_teacher_reports_and_reads_what_to_do_now(cast):
    teacher = browser(cast.home.homeroom_teacher)
    page = teacher.get(at("report")).content.decode()
    assert cast.home.pupil.name in page
    assert cast.home.pupils_b[0].name not in page
    sent = {"pupil": str(cast.home.pupil.id), "text": CANARY, "seen": "today", "urgency": "now"}
    page = teacher.post(at("report"), sent).content.decode()
    assert "不要让学生独处" in page
    assert "十分钟" in page
    assert "等人接手" in page
    row = stored(cast)
    assert (row.source, row.pupil, row.reported_by_id) == ("staff", cast.home.pupil.id, cast.home.homeroom_teacher.id)


def test_a_colleague_without_a_class_writes_who_is_meant(cast):
    guard = browser(cast.home.invigilator)
    refused = guard.post(at("report"), {"text": CANARY, "seen": "today", "urgency": "week"})
    assert refused.status_code == 422
    assert CANARY in refused.content.decode()
    sent = {"about": "高一一班戴眼镜的同学", "text": CANARY, "seen": "today", "urgency": "week"}
    assert "心理教师会联系你" in guard.post(at("report"), sent).content.decode()
    assert stored(cast).about == "高一一班戴眼镜的同学"


def test_the_list_shows_no_word_and_one_report_is_recorded_before_it_is_shown(cast, counsellor):
    raised(cast, new(pupil=cast.home.pupil.id))
    page = counsellor.get(at("concerns")).content.decode()
    assert CANARY not in page
    assert cast.home.pupil.name not in page
    assert cast.home.pupil.masked_name in page
    assert CANARY in counsellor.get(at("concern", concern_id=stored(cast).id)).content.decode()
    with entered(cast.platform()):
        seen = set(AuditEntry.objects.filter(actor_id=cast.home.counsellor.id).values_list("action", flat=True))
    assert {"concern.list", "concern.read"} <= seen


def test_the_list_is_paged_and_asks_the_same_for_many(cast, counsellor, django_assert_max_num_queries):
    for number in range(35):
        raised(cast, new(sender=f"device@{number}", pupil=cast.home.pupil.id))
    with django_assert_max_num_queries(26):
        page = counsellor.get(at("concerns")).content.decode()
    assert "共 35 条" in page


def test_taking_answering_naming_and_closing(cast, counsellor):
    raised(cast, new(Kind.CONCERN, Source.CLASSMATE, about="小桐"))
    do(counsellor, cast, "take")
    assert do(counsellor, cast, "answer", text="").status_code == 422
    do(counsellor, cast, "answer", text="谢谢")
    found = do(counsellor, cast, "find", name="雨桐")
    assert cast.home.pupil.name in found.content.decode()
    assert "?" not in found.request["PATH_INFO"] + found.request["QUERY_STRING"]
    do(counsellor, cast, "name", student=str(cast.home.pupil.id))
    assert do(counsellor, cast, "name", student="x").status_code == 404
    assert do(counsellor, cast, "close", outcome="", note="还没想好").status_code == 422
    do(counsellor, cast, "close", outcome="talked", note="已谈")
    row = stored(cast)
    assert (row.state, row.pupil, row.taken_by_id) == ("closed", cast.home.pupil.id, cast.home.counsellor.id)
    assert "已经当面了解" in counsellor.get(at("concern", concern_id=row.id)).content.decode()
    page = counsellor.post(at("concern_do", concern_id=row.id, verb="take"), follow=True).content.decode()
    assert "这一步现在做不了" in page
    assert do(counsellor, cast, "erase").status_code == 404


def test_the_committee_reads_its_box_and_the_counsellor_gets_404(cast, counsellor):
    raised(cast, new(Kind.BULLYING, Source.CLASSMATE))
    row, member = stored(cast, COMMITTEE), browser(cast.home.committee)
    address = at("bullying_report", bullying_id=row.id)
    assert CANARY in member.get(address).content.decode()
    assert row.kind == "bullying"
    assert member.get(at("bullying")).status_code == 200
    for client in (counsellor, browser(cast.home.principal), browser(cast.other.committee)):
        assert client.get(address).status_code == 404
        assert client.get(at("bullying")).status_code == 404
    assert member.get(at("concerns")).status_code == 404


def test_the_committee_brings_the_counsellors_in(cast):
    raised(cast, new(Kind.BULLYING, Source.CLASSMATE))
    row, member = stored(cast, COMMITTEE), browser(cast.home.committee)
    member.post(at("bullying_do", bullying_id=row.id, verb="name"), {"student": str(cast.home.pupil.id)})
    done = member.post(at("bullying_do", bullying_id=row.id, verb="bring-in"), follow=True)
    assert "已请心理教师一起关心" in done.content.decode()


def test_the_leader_sees_that_somebody_waits_and_no_more(cast):
    raised(cast, new(Kind.HELP, Source.OTHER, urgency=Urgency.NOW, contact=CANARY))
    leader = browser(cast.home.principal)
    page = leader.get(at("waiting")).content.decode()
    assert "由心理教师处理" in page
    assert CANARY not in page
    assert leader.get(at("concerns")).status_code == 404
    assert leader.get(at("concern", concern_id=stored(cast).id)).status_code == 404


def test_the_help_page_says_how_the_school_is_reached(cast, counsellor):
    reach = {"phone": "010-1234", "place": "综合楼 203", "hours": "上学日"}
    assert counsellor.post(at("help_settings"), reach).status_code == 302
    page = Client().get(at("help")).content.decode()
    assert "010-1234" in page
    assert "综合楼 203" in page
    assert counsellor.post(at("help_settings"), {**reach, "phone": "1" * 41}).status_code == 422


def test_the_control_reports_of_another_school_are_not_found(cast, counsellor):
    raised(cast)
    stranger = browser(cast.other.counsellor)
    row = stored(cast)
    assert stranger.get(at("concern", concern_id=row.id)).status_code == 404
    assert stranger.get(f"/s/baisha/concerns/{row.id}/").status_code == 404
    with entered(cast.platform(cast.other)):
        assert not Concern.objects.exists()


def test_after_a_move_the_report_says_so_and_nobody_else_is_put_in_the_pupils_place(cast, counsellor):
    raised(cast, new(Kind.LETTER, Source.SELF, pupil=cast.home.pupil.id, vouched=True))
    page = at("concern", concern_id=stored(cast).id)
    assert "写明是哪位学生" in counsellor.get(page).content.decode(), "the control"
    moved(cast)
    text = counsellor.get(page).content.decode()
    assert "现在不在本校" in text
    assert "写明是哪位学生" not in text
    assert cast.home.pupil.name not in text
    do(counsellor, cast, "name", student=str(cast.home.pupils_b[0].id))
    assert stored(cast).pupil == cast.home.pupil.id
    assert browser(cast.other.counsellor).get(page.replace("qingshi", cast.other.school.slug)).status_code == 404
