"""The pages of doubled files: found, compared side by side, merged and undone by form."""

import pytest
from django.urls import reverse

from qingyan.foundation.access.scope import entered
from qingyan.people.models import Merge
from tests.alerts.setting import browser
from tests.factories.city import make_pupil


@pytest.fixture
def twin(cast):
    with entered(cast.platform()):
        return make_pupil(cast.home.class_b, cast.home.pupil.name, 2010)


def at(cast, name, **keys):
    return reverse(f"people:{name}", kwargs={"slug": cast.home.school.slug, **keys})


def test_doubled_files_are_compared_merged_and_undone_by_form(cast, twin):
    admin = browser(cast.home.school_admin)
    listed = admin.get(at(cast, "merges")).content.decode()
    assert str(twin.id) in listed
    where = at(cast, "compare_files", student_id=cast.home.pupil.id, other_id=twin.id)
    page = admin.get(where).content.decode()
    assert "高一（1）班" in page
    assert "八年级（2）班" in page
    assert twin.student_number not in page
    assert twin.student_number[-4:] in page
    assert "已合并" in admin.post(where, follow=True).content.decode()
    assert admin.get(where).status_code == 404
    with entered(cast.platform()):
        row = Merge.objects.get()
    assert "恢复原样" in admin.post(at(cast, "undo_merge", merge_id=row.id), follow=True).content.decode()
    again = admin.post(at(cast, "undo_merge", merge_id=row.id), follow=True).content.decode()
    assert "状态已经变了" in again


def test_a_file_of_another_school_is_compared_by_nobody(cast, twin):
    admin = browser(cast.home.school_admin)
    where = at(cast, "compare_files", student_id=cast.home.pupil.id, other_id=cast.other.pupil.id)
    assert admin.get(where).status_code == 404
