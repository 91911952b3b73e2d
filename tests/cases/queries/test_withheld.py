"""Since when guardians are told nothing."""

from datetime import timedelta

from django.utils import timezone

from qingyan.cases.models import Case
from qingyan.cases.queries.withheld import withheld_since
from qingyan.foundation.access.scope import entered
from tests.cases.setting import counsellor, opened


def test_nothing_is_withheld_until_a_case_says_so_and_then_from_its_first_day(cast):
    began, home = timezone.now() - timedelta(days=9), cast.home
    case = opened(cast, now=began)
    with entered(counsellor(cast)):
        assert withheld_since(home.school.id, home.pupil.id) is None
        Case.objects.filter(id=case.id).update(guardian_withheld=True)
        assert withheld_since(home.school.id, home.pupil.id) == timezone.localdate(began)
        assert withheld_since(home.school.id, home.pupils_a[1].id) is None
