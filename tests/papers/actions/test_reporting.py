"""A month's report: counted from the history, checked by one, signed by another, then seen by the district."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.papers.actions import reporting
from qingyan.papers.models import MonthlyReport
from qingyan.papers.rules.months import month_of
from tests.cases.setting import candidate, counsellor, in_care, leader
from tests.cases.web.test_pages import trail

NOW = timezone.now()
LAST = month_of(timezone.localdate(NOW)).before
DURING = timezone.make_aware(timezone.datetime(LAST.first.year, LAST.first.month, 10, 10))


def made(cast, place=None) -> MonthlyReport:
    who = counsellor(cast, place)
    with entered(who):
        return reporting.make(month=LAST, by=who, now=NOW)


def took(report, verb, who, **given) -> MonthlyReport:
    with entered(who):
        return reporting.step(report=report, verb=verb, given=given, by=who, now=NOW)


def handed(cast, place=None) -> MonthlyReport:
    report = took(made(cast, place), "check", counsellor(cast, place), incidents=0)
    took(report, "sign", leader(cast, place))
    return took(report, "hand", counsellor(cast, place))


def line(report, level):
    return next(one for one in report.counts["levels"] if one["level"] == level)


def test_the_months_cases_are_counted_by_level_and_what_came_later_is_not(cast):
    in_care(cast, "yellow", now=DURING)
    report = made(cast)
    assert (line(report, "yellow")["opened"], line(report, "yellow")["in_care"]) == (1, 1)
    assert not report.zero


def test_a_case_of_this_month_is_not_in_last_months_report(cast):
    candidate(cast, now=NOW)
    assert made(cast).zero


def test_a_school_with_nothing_files_a_zero_report_and_an_incident_makes_it_none(cast):
    report = made(cast)
    assert report.zero
    assert not took(report, "check", counsellor(cast), incidents=1).zero


def test_who_checked_does_not_sign_and_who_signs_is_the_leader(cast):
    report = took(made(cast), "check", counsellor(cast), incidents=0)
    with pytest.raises(NotVisible):
        took(report, "sign", counsellor(cast))
    report.checked_by_id = leader(cast).id
    with pytest.raises(NotVisible):
        took(report, "sign", leader(cast))
    with entered(counsellor(cast)), pytest.raises(IntegrityError), transaction.atomic():
        MonthlyReport.objects.update(
            state="signed", checked_by=cast.home.principal, checked_at=NOW, signed_by=cast.home.principal, signed_at=NOW
        )


def test_no_step_is_left_out_and_a_correction_needs_a_reason_and_begins_again(cast):
    report = made(cast)
    for verb, refusal in (("sign", NotAllowed), ("hand", NotAllowed), ("correct", NotAllowed), ("nothing", NotAllowed)):
        with pytest.raises(refusal):
            took(report, verb, leader(cast), reason="x")
    report = took(report, "check", counsellor(cast), incidents=0)
    took(took(report, "sign", leader(cast)), "hand", counsellor(cast))
    with pytest.raises(NotAllowed):
        took(report, "correct", leader(cast), reason=" ")
    again = took(report, "correct", leader(cast), reason="漏报一例转介")
    assert (again.state, again.checked_by_id, again.signed_by_id, again.handed_at) == ("made", None, None, None)
    assert trail(cast, "report.correct") == 1


def test_a_month_has_one_report_and_must_have_ended(cast):
    made(cast)
    with pytest.raises(reporting.TooEarly):
        made(cast)
    who = counsellor(cast)
    with entered(who), pytest.raises(reporting.TooEarly):
        reporting.make(month=month_of(timezone.localdate(NOW)), by=who, now=NOW)


def test_a_school_is_reminded_neutrally_and_only_by_its_own_district(
    committed_cast, django_capture_on_commit_callbacks
):
    cast, lead = committed_cast, committed_cast.actor(committed_cast.district_lead)
    later = timezone.make_aware(timezone.datetime.combine(LAST.due_on, timezone.datetime.min.time())) + timedelta(
        hours=9
    )
    for school, refusal in ((cast.far.school, NotVisible), (cast.home.school, None)):
        with transaction.atomic(), entered(lead):
            if refusal:
                with pytest.raises(refusal):
                    reporting.chase(school_id=school.id, month=LAST, by=lead, now=later)
            else:
                reporting.chase(school_id=school.id, month=LAST, by=lead, now=later)
    with transaction.atomic(), entered(lead), pytest.raises(NotAllowed):
        reporting.chase(school_id=cast.other.school.id, month=LAST, by=lead, now=later - timedelta(days=1))
