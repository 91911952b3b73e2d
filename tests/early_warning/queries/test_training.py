"""Examples of a school: what people found, without what led to it; false flags count as looked into, once a sheet."""

from django.utils import timezone

from qingyan.alerts.actions.acknowledging import acknowledge, locked
from qingyan.alerts.actions.closing import Closing, close
from qingyan.alerts.rules.closing import Reason
from qingyan.cases.actions.opening import open_from_alert
from qingyan.early_warning.queries.point_packs import current
from qingyan.early_warning.queries.training import examples
from qingyan.foundation.access.scope import entered
from tests.alerts.setting import alerted, counsellor
from tests.cases.setting import in_care


def gathered(cast, place=None):
    signs = current(cast.city.id).pack.learned()
    by = cast.platform(place)
    with entered(by):
        return [
            (one.found, dict(zip([sign.code for sign in signs], one.levels, strict=True)), one.groups)
            for one in examples(by, signs, place=0)
        ]


def in_hand(cast, pupil=None):
    by, alert = counsellor(cast), alerted(cast, value=2, pupil=pupil)
    with entered(by):
        return by, acknowledge(alert=locked(by, alert.id), by=by, note="", now=timezone.now())


def test_a_panels_level_is_an_outcome_and_another_school_sees_none(cast):
    in_care(cast, "yellow")
    ((found, levels, groups),) = gathered(cast)
    assert (found, levels["earlier_case"], groups) == (True, 0, ("girls",))
    assert gathered(cast, cast.other) == []


def test_a_low_level_is_no_need(cast):
    in_care(cast, "green")
    assert [found for found, _levels, _groups in gathered(cast)] == [False]


def test_a_flag_that_people_looked_into_and_closed_is_an_outcome_and_not_its_own_sign(cast):
    by, alert = in_hand(cast)
    with entered(by):
        close(alert=alert, closing=Closing(Reason.NO_NEED, "谈过", None), by=by, now=timezone.now())
    ((found, levels, _groups),) = gathered(cast)
    assert (found, levels["earlier_alert"], levels["asked"]) == (False, 0, 0)


def test_a_case_that_nobody_has_judged_yet_is_no_outcome(cast):
    by, alert = in_hand(cast)
    with entered(by):
        open_from_alert(alert_id=alert.id, owner_id=by.id, by=by, now=timezone.now())
    assert gathered(cast) == []
