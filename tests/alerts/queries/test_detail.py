"""What stands beside an alert: the same sheet's other alerts, results, steps of its level, who signed the rules."""

from django.utils import timezone

from qingyan.alerts.actions.looking import open_alert
from qingyan.alerts.models import Alert
from qingyan.alerts.queries.detail import Detail, detail_of
from qingyan.foundation.access.scope import entered
from tests.alerts.setting import Answering, alerted, counsellor
from tests.factories.records import make_records
from tests.screening.setting import school_round


def opened(cast, alert_id) -> Detail:
    by, now = counsellor(cast), timezone.now()
    with entered(by):
        return detail_of(by, open_alert(alert_id=alert_id, by=by, now=now), slug="qingshi", now=now)


def test_before_the_hand_in_the_reasons_and_steps_are_there_and_no_result(cast):
    detail = opened(cast, alerted(cast).id)
    assert (detail.waits, detail.signed, detail.results) == (True, "", [])
    assert detail.steps[0].startswith("今天放学前")
    assert "还没有交卷" in detail.quality
    assert detail.alike == 1


def test_after_the_hand_in_result_and_answering_quality_are_there(cast):
    sheet = Answering(cast.home.pupil, school_round(cast, "scl-90"))
    sheet.answer_everything(4)
    sheet.hand_in()
    with entered(cast.platform()):
        alert = Alert.objects.get(level="red")
    detail = opened(cast, alert.id)
    assert [reading.title for _, reading in detail.results] == ["症状自评量表 SCL-90"]
    assert detail.doubtful, "the same answer ninety times"
    assert "连续 90 题" in detail.quality
    assert detail.others


def test_an_alert_of_a_pack_that_is_not_here_any_more_still_opens(cast):
    records = make_records(cast, cast.home)
    detail = opened(cast, records.alert)
    assert (detail.source, detail.signed) == ("", "")
