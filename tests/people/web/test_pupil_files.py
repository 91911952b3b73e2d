"""The pages of files: no name in an address, steps and transfers by form, counts that add up and hide small numbers."""

from urllib.parse import unquote

import pytest
from django.urls import reverse
from django.utils import timezone

from qingyan.foundation.access.scope import entered
from qingyan.people.models import Student, Transfer
from tests.alerts.setting import browser


@pytest.fixture
def admin(cast):
    return browser(cast.home.school_admin)


def at(cast, name, place=None, **keys):
    return reverse(f"people:{name}", kwargs={"slug": (place or cast.home).school.slug, **keys})


def words(answer) -> str:
    return answer.content.decode()


def test_a_searched_name_finds_and_stands_in_no_address(cast, admin):
    answer = admin.post(at(cast, "pupils"), {"name": "陈雨桐"}, follow=True)
    assert "陈雨桐" in words(answer)
    assert "王小舟" not in words(answer)
    assert "陈雨桐" not in unquote(answer.redirect_chain[0][0])


def test_the_list_goes_out_as_a_workbook(cast, admin):
    answer = admin.get(at(cast, "pupils_workbook"))
    assert answer.content.startswith(b"PK")
    assert "陈" not in answer.headers["Content-Disposition"]


def test_a_pupil_takes_leave_and_comes_back_by_form(cast, admin):
    key = {"student_id": cast.home.pupil.id}
    given = {"take_leave-on": f"{timezone.localdate():%Y-%m-%d}", "take_leave-note": ""}
    answer = admin.post(at(cast, "pupil_step", verb="take_leave", **key), given, follow=True)
    assert "已办理：休学" in words(answer)
    bad = admin.post(
        at(cast, "pupil_step", verb="return", **key), {"return-on": "2020-01-01", "return-school_class": ""}
    )
    assert bad.status_code == 422
    given = {"return-on": given["take_leave-on"], "return-school_class": cast.home.class_b.id}
    assert "已办理：复学" in words(admin.post(at(cast, "pupil_step", verb="return", **key), given, follow=True))
    assert admin.post(at(cast, "pupil_step", verb="fly", **key)).status_code == 404


def test_a_transfer_from_page_to_page(cast, admin):
    answer = admin.post(
        at(cast, "offer_pupil", student_id=cast.home.pupil.id), {"school": cast.other.school.id}, follow=True
    )
    assert "已向对方学校提出" in words(answer)
    receiver = browser(cast.other.school_admin)
    assert cast.home.pupil.name in words(receiver.get(at(cast, "transfers", cast.other)))
    with entered(cast.platform(cast.other)):
        copy = Transfer.objects.get()
    key = {"place": cast.other, "transfer_id": copy.id}
    assert receiver.post(at(cast, "accept_transfer", **key), {"school_class": ""}).status_code == 422
    done = receiver.post(at(cast, "accept_transfer", **key), {"school_class": cast.other.class_a.id}, follow=True)
    assert "已接收" in words(done)
    assert cast.home.school.short_name in words(done)
    assert admin.get(at(cast, "pupil", student_id=cast.home.pupil.id)).status_code == 404


def test_a_request_is_asked_released_and_declined_by_form(cast, admin):
    receiver = browser(cast.other.school_admin)
    given = {"school": cast.home.school.id, "name": "陈雨桐", "sex": "F", "birth_date": "2010-05-04"}
    assert receiver.post(at(cast, "ask_transfer", cast.other), given | {"birth_date": "2999-01-01"}).status_code == 422
    assert "已向原学校提出" in words(receiver.post(at(cast, "ask_transfer", cast.other), given, follow=True))
    with entered(cast.platform()):
        copy = Transfer.objects.get()
    key = {"transfer_id": copy.id}
    assert "陈雨桐" in words(admin.get(at(cast, "transfer", **key)))
    searched = admin.post(at(cast, "transfer", **key), {"name": "陈雨晴"}, follow=True)
    assert "陈雨晴" in words(searched)
    answer = admin.post(at(cast, "release_pupil", student_id=cast.home.pupil.id, **key), follow=True)
    assert "已同意转出" in words(answer)
    with entered(cast.platform(cast.other)):
        theirs = Transfer.objects.get().id
    where = at(cast, "decline_transfer", cast.other, transfer_id=theirs)
    assert receiver.post(where, {"reason": ""}).status_code == 422
    receiver.post(where, {"reason": "没有学位"})
    assert "没有学位" in words(admin.get(at(cast, "transfer", **key)))


def test_an_answer_that_is_late_is_marked(cast, admin):
    with entered(cast.platform()):
        long_ago = timezone.now() - timezone.timedelta(days=20)
        Transfer.objects.create(
            school=cast.home.school,
            other_school=cast.other.school,
            name="x",
            opened_at=long_ago,
            waiting_since=long_ago,
        )
    assert "超过 10 个工作日" in words(admin.get(at(cast, "transfers")))
    assert admin.get(at(cast, "transfers_workbook")).content.startswith(b"PK")


def test_counts_of_a_school_add_up(cast, admin):
    with entered(cast.platform()):
        Student.objects.filter(pk=cast.home.pupil.pk).update(state="on_leave")
    counts = admin.get(at(cast, "file_counts")).context["counts"]
    assert (counts.total, counts.enrolled, counts.on_leave) == (5, 4, 1)


def test_the_page_of_the_city_needs_no_name_and_hides_small_numbers(committed_cast):
    """Committed, because the bureau has a connection of its own."""
    cast = committed_cast
    page = browser(cast.city_officer).get(reverse("people:city_file_counts"))
    assert page.context["whole"].total == 15
    assert all(line.hidden for line in page.context["districts"])
    assert "不显示" in words(page)
    lead = browser(cast.district_lead).get(reverse("people:city_file_counts"))
    assert [line.name for line in lead.context["districts"]] == ["海岸区"]
    assert not lead.context["whole_city"]
