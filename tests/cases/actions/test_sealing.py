"""A false flag: said by whoever carries the case, agreed by a second person, and then gone from the visible file."""

import pytest
from django.utils import timezone

from qingyan.alerts import api as alerts
from qingyan.alerts.queries.queue import QueueFilter, queue
from qingyan.archives import api as archives
from qingyan.archives.models import Entry
from qingyan.cases.actions import opening, sealing
from qingyan.cases.models import Case, CaseStep
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.foundation.pure.workflow import NotAllowed
from tests.alerts.setting import alerted, browser
from tests.cases.setting import candidate, colleague, counsellor, leader


def asked(cast, case: Case) -> Case:
    by = counsellor(cast)
    with entered(by):
        return sealing.ask_seal(case=case, reason="点错了，当面确认过", by=by, now=timezone.now())


def visible(cast) -> set[str]:
    by = counsellor(cast)
    with entered(by):
        return {entry.kind for entry in archives.entries_of(by, cast.home.pupil.id)}


def test_the_second_person_seals_and_the_entries_leave_the_visible_file(cast):
    alert, by = alerted(cast, value=2), counsellor(cast)
    with entered(by):
        case = opening.open_from_alert(alert_id=alert.id, owner_id=None, by=by, now=timezone.now())
        assert [one.id for one in queue(by, QueueFilter(state="in_case"))] == [alert.id], "the control"
    assert visible(cast) == {"alert", "acknowledgement", "case"}, "the control"
    case.urgency = "yellow"
    with entered(by):
        Case.objects.filter(id=case.id).update(urgency="yellow", crisis=False)
        case.refresh_from_db()
    asked(cast, case)
    second = leader(cast)
    with entered(second):
        sealing.seal(case=case, note="同意", by=second, now=timezone.now())
    assert visible(cast) == set()
    with entered(by):
        for state in ("", "waiting", "in_case"):
            assert not list(queue(by, QueueFilter(state=state))), f"the list of {state or 'all'} shows it no more"
        assert alerts.facts_of(by, alert.id) is None
    assert browser(cast.home.counsellor).get(f"/s/{cast.home.school.slug}/alerts/{alert.id}/").status_code == 404
    with entered(cast.platform()):
        assert Entry.objects.count() >= 4, "what was done is kept"
        assert Case.objects.get().state == "sealed"


def test_nobody_reads_the_own_seal_a_second_time(cast):
    case, by = asked(cast, candidate(cast)), counsellor(cast)
    with entered(by), pytest.raises(NotVisible):
        sealing.seal(case=case, note="x", by=by, now=timezone.now())


def test_another_counsellor_may_be_the_second_person(cast):
    case, second = asked(cast, candidate(cast)), colleague(cast)
    with entered(second):
        sealing.seal(case=case, note="x", by=second, now=timezone.now())
    assert case.state == "sealed"


def test_a_grave_flag_is_not_sealed_before_somebody_has_talked_with_the_pupil(cast):
    case = candidate(cast, urgency="red")
    with pytest.raises(sealing.NotYet) as refusal:
        asked(cast, case)
    assert refusal.value.faults == ["not_interviewed"]


def test_a_waiting_alert_stops_a_leader_who_cannot_see_it(cast):
    case = asked(cast, candidate(cast))
    alerted(cast)
    second = leader(cast)
    with entered(second), pytest.raises(sealing.NotYet) as refusal:
        sealing.seal(case=case, note="x", by=second, now=timezone.now())
    assert refusal.value.faults == ["alert_open"]


def test_whoever_does_not_agree_sends_it_to_the_interview(cast):
    case, second = asked(cast, candidate(cast)), leader(cast)
    with entered(second):
        sealing.refuse_seal(case=case, reason="还是谈一次", by=second, now=timezone.now())
        assert case.state == "interview_due"
        assert case.owner_id == cast.home.counsellor.id
        assert CaseStep.objects.get(verb="refuse_seal").note == "还是谈一次"


def test_what_nobody_asked_to_seal_is_not_sealed(cast):
    case, second = candidate(cast), colleague(cast)
    with entered(second), pytest.raises(NotAllowed):
        sealing.seal(case=case, note="x", by=second, now=timezone.now())
