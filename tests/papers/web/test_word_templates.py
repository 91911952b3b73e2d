"""The city's page of templates, and that a school's paper wears the template in use."""

from django.core.files.uploadedfile import SimpleUploadedFile

from qingyan.papers.models import WordTemplate
from qingyan.papers.rules.forms import MEETING
from tests.alerts.setting import browser
from tests.cases.setting import held_panel, interviewed
from tests.cases.web.test_pages import words
from tests.papers.queries.test_word_check import written
from tests.papers.reading import word_body, word_headers
from tests.papers.web.test_case_papers import minutes

PLACE = "/word-templates/"


def brought(client, content: bytes):
    file = SimpleUploadedFile("own.docx", content)
    return client.post(PLACE, {"form": MEETING, "file": file}, follow=True)


def test_a_template_is_brought_tried_and_used(cast):
    client = browser(cast.city_officer)
    assert "已保存为新版本" in words(brought(client, written("本市格式 {{ pupil }} {{ minutes }}")))
    made = WordTemplate.objects.get()
    tried = client.get(f"{PLACE}{made.id}/preview/").content
    assert "【示例】学生" in word_body(tried)
    assert "示例，不是真实数据" in word_headers(tried)[0]
    case = interviewed(cast)
    held_panel(cast, case, "yellow")
    school = browser(cast.home.counsellor)
    assert "本市格式" not in word_body(school.get(minutes(cast.home, case, "docx")).content)
    client.post(f"{PLACE}{made.id}/use/")
    said = school.get(minutes(cast.home, case, "docx")).content
    assert word_body(said) == f"本市格式{cast.home.pupil.name}大家意见一致"
    assert cast.home.counsellor.name in word_headers(said)[0]


def test_faults_are_listed_and_nothing_is_kept(cast):
    answer = brought(browser(cast.city_officer), written("{{ phone }}"))
    assert answer.status_code == 422
    assert "没有这个字段。 phone" in words(answer)
    assert not WordTemplate.objects.exists()


def test_the_default_can_be_taken_and_strangers_find_nothing(cast):
    assert browser(cast.city_officer).get(f"{PLACE}default/{MEETING}/").content[:2] == b"PK"
    assert browser(cast.city_officer).get(f"{PLACE}default/nothing/").status_code == 404
    for account in (cast.home.counsellor, cast.home.principal, cast.district_lead):
        assert browser(account).get(PLACE).status_code == 404
