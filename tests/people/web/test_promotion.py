"""The pages of the turn of the year: preview, hold back, commit when the year has begun, undo."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from qingyan.foundation.access.scope import entered
from qingyan.organisations.models import SchoolYear
from qingyan.people.models import Promotion, Student
from tests.alerts.setting import browser


@pytest.fixture
def admin(cast):
    """A new year has begun this morning."""
    today = timezone.localdate()
    cast.year.starts_on, cast.year.ends_on = today - timedelta(days=300), today - timedelta(days=1)
    cast.year.save()
    SchoolYear.objects.create(name="下一学年", starts_on=today, ends_on=today + timedelta(days=300))
    return browser(cast.home.school_admin)


def at(cast, name, **keys):
    return reverse(f"people:{name}", kwargs={"slug": cast.home.school.slug, **keys})


def test_preview_hold_back_promote_and_undo_by_form(cast, admin):
    page = admin.get(at(cast, "promotion")).content.decode()
    assert "高二（1）班" in page
    assert "九年级（2）班" in page
    held = cast.home.pupils_b[0].id
    answer = admin.post(at(cast, "hold_back", class_id=cast.home.class_b.id), {"pupils": [str(held)]}, follow=True)
    assert "留级名单已保存" in answer.content.decode()
    assert str(held) in admin.get(at(cast, "hold_back", class_id=cast.home.class_b.id)).content.decode()
    done = admin.post(at(cast, "promote"), {"teachers_follow": "yes"}, follow=True)
    assert "已升级" in done.content.decode()
    with entered(cast.platform()):
        assert Student.objects.get(pk=held).school_class.grade == 8
        row = Promotion.objects.get()
    undone = admin.post(at(cast, "undo_promotion", promotion_id=row.id), follow=True)
    assert "已撤销升级" in undone.content.decode()


def test_the_preview_goes_out_as_a_workbook(cast, admin):
    assert admin.get(at(cast, "promotion_workbook")).content.startswith(b"PK")


def test_without_a_next_year_nothing_can_be_done_and_the_page_says_why(cast):
    client = browser(cast.home.school_admin)
    assert "现在没有要升级的班级" in client.get(at(cast, "promotion")).content.decode()
    assert "下一学年还没有登记" in client.post(at(cast, "promote"), follow=True).content.decode()
    where = at(cast, "hold_back", class_id=cast.home.class_a.id)
    assert client.get(where).url == at(cast, "promotion")
