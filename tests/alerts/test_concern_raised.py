"""A report about a known pupil is an alert in the same transaction; each stands alone in queue, talk and count."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from qingyan.alerts.actions.acknowledging import acknowledge_with_others
from qingyan.alerts.models import Alert
from qingyan.alerts.queries.duty import on_duty_now
from qingyan.alerts.queries.queue import QueueFilter, earlier_of_pupil, others_of_sheet, queue, waiting_sheets
from qingyan.concerns.actions.handling import bring_in, name_pupil
from qingyan.concerns.contracts import Kind, Source, Urgency
from qingyan.foundation.access.scope import entered
from tests.alerts.setting import alerted, browser, counsellor
from tests.concerns.setting import CANARY, COMMITTEE, COUNSELLORS, member, new, nobody, raised, stored


def helped(cast, pupil=None):
    """A pupil asks for help with the own name."""
    who = pupil or cast.home.pupil
    return raised(cast, new(Kind.HELP, urgency=Urgency.NOW, pupil=who.id, vouched=True), now=timezone.now())


def alerts(cast) -> list[Alert]:
    with entered(cast.platform()):
        return list(Alert.objects.order_by("raised_at", "id"))


def test_a_call_for_help_is_a_red_alert_at_once(cast):
    helped(cast)
    (alert,) = alerts(cast)
    assert (alert.level, alert.rule, alert.sitting_id) == ("red", "report_help", None)
    assert (alert.student_id, alert.report) == (cast.home.pupil.id, stored(cast).id)
    assert alert.due_at > timezone.now()
    assert CANARY not in str(alert.because)


def test_without_a_pupil_there_is_no_alert_until_somebody_names_one(cast):
    raised(cast, new(Kind.CONCERN, Source.CLASSMATE, urgency=Urgency.TODAY))
    assert alerts(cast) == []
    me = counsellor(cast)
    for _ in range(2):
        with entered(me):
            report = stored(cast).id
            name_pupil(box=COUNSELLORS, report_id=report, student_id=cast.home.pupil.id, by=me, now=timezone.now())
    (alert,) = alerts(cast)
    assert alert.level == "orange"


def test_the_committee_s_report_raises_nothing_until_it_brings_the_counsellors_in(cast):
    pupil = cast.pupil_actor()
    raised(cast, new(Kind.BULLYING, pupil=pupil.student_id, vouched=True), by=pupil)
    assert alerts(cast) == []
    me = member(cast)
    with entered(me):
        bring_in(box=COMMITTEE, report_id=stored(cast, COMMITTEE).id, by=me, now=timezone.now())
    (alert,) = alerts(cast)
    assert alert.rule == "report_bullying"
    page = browser(cast.home.counsellor).get(reverse("alerts:alert", args=["qingshi", alert.id])).content.decode()
    assert "防欺凌委员会请心理教师一起关心这名学生" in page
    assert CANARY not in page
    assert str(alert.report) not in page


def test_two_calls_of_two_pupils_are_two_lines_and_one_talk_answers_one(cast):
    helped(cast)
    helped(cast, cast.home.pupils_a[1])
    me = counsellor(cast)
    first = alerts(cast)[0]
    with entered(me):
        assert len(queue(me, QueueFilter())) == waiting_sheets(me) == 2
        assert others_of_sheet(me, first) == []
        assert acknowledge_with_others(alert=first, by=me, note="", now=timezone.now()) == 1
        assert waiting_sheets(me) == 1


def test_a_report_and_a_sheet_of_one_pupil_know_of_each_other_as_earlier_ones(cast):
    helped(cast)
    sheet = alerted(cast)
    me = counsellor(cast)
    with entered(me):
        assert [one.rule for one in earlier_of_pupil(me, sheet)] == ["report_help"]
        report = Alert.objects.get(sitting__isnull=True)
        assert sheet.id in {one.id for one in earlier_of_pupil(me, report)}


def test_the_page_of_the_alert_leads_to_the_report_and_not_to_answers(cast):
    helped(cast)
    (alert,) = alerts(cast)
    client = browser(cast.home.counsellor)
    page = client.get(reverse("alerts:alert", args=["qingshi", alert.id])).content.decode()
    assert reverse("concerns:concern", args=["qingshi", alert.report]) in page
    assert "/answers/" not in page
    assert CANARY not in page
    assert client.get(reverse("alerts:alert_sheet", args=["qingshi", alert.id])).status_code == 200
    assert client.get(reverse("alerts:today", args=["qingshi"])).status_code == 200
    assert client.get(reverse("alerts:queue", args=["qingshi"])).status_code == 200
    assert client.get(reverse("archives:file", args=["qingshi", cast.home.pupil.id])).status_code == 200


def test_an_alert_that_cannot_be_stored_takes_the_report_with_it(cast, monkeypatch):
    monkeypatch.setattr("qingyan.alerts.subscribers.raise_findings", lambda **given: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        helped(cast)


def test_the_help_page_names_who_is_on_duty_by_the_rota(cast):
    with entered(nobody(cast.home)):
        assert on_duty_now(cast.home.school.id, timezone.now() + timedelta(0)) == [cast.home.counsellor.id]
