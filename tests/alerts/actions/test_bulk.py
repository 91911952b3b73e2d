"""Several at once, where it is safe: never a red one, never another school's, each with its own line in the trail."""

from uuid import uuid4

import pytest
from django.utils import timezone

from qingyan.alerts.actions.bulk import acknowledge_many, give_many
from qingyan.alerts.actions.refusing import Refused
from qingyan.alerts.models import Alert
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from tests.alerts.duty_setting import away, colleague
from tests.alerts.setting import DEATH, END_LIFE, Answering, alerted, counsellor
from tests.screening.setting import school_round


def test_those_that_are_not_red_are_taken_and_red_and_strange_ones_are_left(cast):
    by, now = counsellor(cast), timezone.now()
    orange = alerted(cast, value=2)
    red = alerted(cast, value=5, pupil=cast.home.pupils_a[1])
    strange = alerted(cast, cast.other, value=2)
    with entered(by):
        done = acknowledge_many(ids=[orange.id, red.id, strange.id, orange.id, uuid4()], by=by, now=now)
        assert (done.done, done.red, done.gone) == (1, 1, 2)
        assert dict(Alert.objects.values_list("id", "state")) == {orange.id: "acknowledged", red.id: "raised"}
        assert AuditEntry.objects.filter(action="alert.acknowledge").count() == 1
    with entered(cast.platform(cast.other)):
        assert Alert.objects.get(id=strange.id).state == "raised"


def test_a_mild_line_does_not_carry_the_red_one_of_its_sheet_with_it(cast):
    sheet = Answering(cast.home.pupil, school_round(cast, "scl-90"))
    sheet.save(DEATH, 4)
    sheet.save(END_LIFE, 5)
    by = counsellor(cast)
    with entered(by):
        mild = Alert.objects.get(sitting=sheet.sitting, level="orange")
        assert acknowledge_many(ids=[mild.id], by=by, now=timezone.now()).red == 1
        assert set(Alert.objects.values_list("state", flat=True)) == {"raised"}


def test_given_together_they_all_have_the_new_owner_and_nobody_away_gets_any(cast):
    second, by, now = colleague(cast.home, "second", "赵清"), counsellor(cast), timezone.now()
    ids = [alerted(cast, value=5, pupil=pupil).id for pupil in cast.home.pupils_a]
    with entered(by):
        assert give_many(ids=ids, to=second.id, by=by, now=now).done == 3
        assert set(Alert.objects.values_list("owner_id", flat=True)) == {second.id}
    away(cast.home, cast.home.counsellor, now, now.replace(year=now.year + 1))
    with entered(by), pytest.raises(Refused):
        give_many(ids=ids, to=cast.home.counsellor.id, by=by, now=now)
