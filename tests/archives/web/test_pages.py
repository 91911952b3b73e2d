"""The file through the whole stack: who may open it, what stands in it, and that every look is recorded first."""

from urllib.parse import unquote

import pytest
from django.urls import reverse

from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from tests.alerts.setting import END_LIFE, Answering, browser
from tests.screening.setting import school_round


def file_of(place, pupil=None) -> str:
    return reverse("archives:file", kwargs={"slug": place.school.slug, "student_id": (pupil or place.pupil).id})


def files_of(place) -> str:
    return reverse("archives:files", kwargs={"slug": place.school.slug})


def words(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def answered(cast):
    """The pupil of the story and the pupil of the other school have handed in SCL-90."""
    for place in (cast.home, cast.other):
        sheet = Answering(place.pupil, school_round(cast, "scl-90", place=place))
        sheet.answer_everything(3)
        sheet.hand_in()
    return cast


def test_the_file_shows_who_the_pupil_is_results_in_words_a_chart_and_alerts(answered):
    page = words(browser(answered.home.counsellor).get(file_of(answered.home)))
    for part in ("陈雨桐", "16 岁", "汉族", "2026—2027", "高一（1）班"):
        assert part in page, part
    for part in ("症状自评量表 SCL-90", "总分", "270", "达到关注线", "抑郁", "版本 1.0", "作答质量", "查看原始作答"):
        assert part in page, part
    assert "第 15 题" in page
    assert 'class="chart"' not in page, "one result has no course"


def test_a_second_result_of_the_same_instrument_draws_the_course(answered):
    again = Answering(answered.home.pupil, school_round(answered, "scl-90"))
    again.answer_everything(2)
    again.hand_in()
    page = words(browser(answered.home.counsellor).get(file_of(answered.home)))
    assert 'class="chart"' in page
    assert "3 → 2" in page


def test_a_file_without_results_says_so(cast):
    page = words(browser(cast.home.counsellor).get(file_of(cast.home)))
    assert "还没有测评结果" in page


def test_every_look_is_recorded_and_shown_to_the_next_reader(cast):
    client = browser(cast.home.counsellor)
    client.get(file_of(cast.home))
    page = words(client.get(file_of(cast.home)))
    with entered(cast.platform()):
        looks = AuditEntry.objects.filter(action="file.read", student_id=cast.home.pupil.id)
        assert looks.count() == 2
    assert page.count("林若溪 · 打开档案") == 2


def test_without_the_trail_the_file_stays_shut(cast, monkeypatch):
    def refuse(**_):
        raise RuntimeError("the trail cannot be written")

    monkeypatch.setattr("qingyan.archives.actions.record", refuse)
    client = browser(cast.home.counsellor)
    client.raise_request_exception = False
    answer = client.get(file_of(cast.home))
    assert answer.status_code == 500
    assert "陈雨桐" not in words(answer)


@pytest.mark.parametrize("who", ["homeroom_teacher", "principal", "school_admin", "invigilator"])
def test_colleagues_get_404_for_files(cast, who):
    client = browser(getattr(cast.home, who))
    assert client.get(file_of(cast.home)).status_code == 404
    assert client.get(files_of(cast.home)).status_code == 404


def test_the_counsellor_of_another_school_gets_404_also_with_the_own_address_and_leaves_no_trace(cast):
    client = browser(cast.other.counsellor)
    assert client.get(file_of(cast.home)).status_code == 404
    assert client.get(files_of(cast.home)).status_code == 404
    assert client.get(file_of(cast.other, cast.home.pupil)).status_code == 404
    assert client.get(file_of(cast.other)).status_code == 200, "the control: the own pupil's file opens"
    with entered(cast.platform()):
        assert not AuditEntry.objects.filter(student_id=cast.home.pupil.id, action="file.read").exists()


def test_files_are_found_by_part_of_a_name_and_by_class(cast):
    client = browser(cast.home.counsellor)
    by_name = words(client.post(files_of(cast.home), {"name": "小舟"}, follow=True))
    assert "王小舟" in by_name
    assert "陈雨桐" not in by_name
    by_class = words(client.get(files_of(cast.home), {"class": cast.home.class_a.id}))
    assert "陈雨桐" in by_class
    assert "王小舟" not in by_class
    assert "没有找到学生" in words(client.post(files_of(cast.home), {"name": "不存在\x00"}, follow=True))
    assert client.get(files_of(cast.home), {"class": "x", "page": "zero"}).status_code == 200


def test_a_name_that_was_searched_stands_in_no_address(cast):
    client = browser(cast.home.counsellor)
    answer = client.post(files_of(cast.home), {"name": "小舟", "class": str(cast.home.class_b.id)}, follow=True)
    (address, _), *_ = answer.redirect_chain
    assert "小舟" not in unquote(address)
    assert 'value="小舟"' in words(answer)
    assert "王小舟" in words(client.get(address)), "going back finds the same"
    for forged in ("x", "%ff", address.split("found=")[1][:60]):
        assert client.get(f"{files_of(cast.home)}?found={forged}").status_code == 200
    assert 'name="name"' in words(client.get(files_of(cast.home)))
    assert 'method="get"' not in words(client.get(files_of(cast.home)))


def test_the_list_asks_the_same_number_of_questions_for_two_pupils_and_for_five(
    answered, django_assert_max_num_queries
):
    client = browser(answered.home.counsellor)
    with django_assert_max_num_queries(60) as few:
        client.get(files_of(answered.home), {"class": answered.home.class_b.id})
    with django_assert_max_num_queries(60) as many:
        page = words(client.get(files_of(answered.home)))
    assert page.count("/files/") > 5
    assert len(many) == len(few)


def test_the_file_asks_the_same_number_of_questions_for_one_entry_and_for_many(cast, django_assert_max_num_queries):
    client, campaign = browser(cast.home.counsellor), school_round(cast, "scl-90")
    sheet = Answering(cast.home.pupil, campaign)
    sheet.save(END_LIFE, 2)
    with django_assert_max_num_queries(60) as few:
        client.get(file_of(cast.home))
    sheet.answer_everything(5)
    sheet.hand_in()
    with django_assert_max_num_queries(60) as many:
        page = words(client.get(file_of(cast.home)))
    assert page.count("moment-title") > 3
    assert len(many) == len(few)
