"""Two files with an open case each stay two until the counsellor has settled it; one open case goes along."""

import pytest
from django.utils import timezone

from qingyan.cases.actions.opening import open_case
from qingyan.cases.contracts import NewSource
from qingyan.cases.models import Case, ToDo
from qingyan.foundation.access.scope import entered
from qingyan.people.actions import merging
from qingyan.people.models import Student
from qingyan.people.queries.life_words import REFUSED
from tests.cases.actions.test_running_errands import told
from tests.cases.setting import counsellor, opened


def merged(cast):
    by = cast.actor(cast.home.school_admin, cast.home)
    with entered(by):
        survivor, other = (Student.objects.get(id=one.id) for one in (cast.home.pupils_a[1], cast.home.pupil))
        return merging.merge(survivor=survivor, other=other, by=by, now=timezone.now())


def test_two_open_cases_hold_the_merge_and_the_counsellor_is_told_what_to_do(cast):
    first, by = opened(cast), counsellor(cast)
    with entered(by):
        second = open_case(
            student_id=cast.home.pupils_a[1].id,
            source=NewSource("hand"),
            urgency="red",
            owner_id=by.id,
            by=by,
            now=timezone.now(),
        )
    with pytest.raises(merging.Refused) as refused:
        merged(cast)
    assert refused.value.code == "held"
    assert "个案" not in str(REFUSED["held"]), "the register does not learn why"
    with entered(by):
        todos = set(ToDo.objects.filter(kind="same_pupil").values_list("case_id", "key"))
        assert todos == {(first.id, second.code), (second.id, first.code)}
        assert Student.objects.get(id=cast.home.pupil.id).state == "enrolled"
    assert "attention" in told(cast.home.counsellor)


def test_one_open_case_goes_along_with_its_papers(cast):
    case, by = opened(cast), counsellor(cast)
    merged(cast)
    with entered(by):
        assert Case.objects.get(id=case.id).student_id == cast.home.pupils_a[1].id
