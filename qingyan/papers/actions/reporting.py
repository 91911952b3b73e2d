"""The monthly report: counted from the month's cases, checked, signed by another person, handed in; and chased."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, Permission, require
from qingyan.foundation.access.roles import Role
from qingyan.foundation.audit.api import record
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.notifications import api as notifications
from qingyan.papers.models import MonthlyReport
from qingyan.papers.policy import KEEP_REPORT, READ_REPORT, SEE_REPORTS, SIGN_REPORT
from qingyan.papers.queries.reports import counts_of, school_lines
from qingyan.papers.rules.months import Month, is_zero, month_of
from qingyan.papers.workflow import REPORT
from qingyan.people import api as people

# Who may take which step of the table.
STEPS: dict[str, Permission] = {
    "count": KEEP_REPORT,
    "check": KEEP_REPORT,
    "send_back": SIGN_REPORT,
    "sign": SIGN_REPORT,
    "hand": READ_REPORT,
    "correct": SIGN_REPORT,
}


class TooEarly(NotAllowed):
    """The month has not ended yet, or has its report already."""


def make(*, month: Month, by: Actor, now: datetime) -> MonthlyReport:
    """Count a month that has ended. Raises NotVisible, TooEarly."""
    require(by, KEEP_REPORT)
    known = MonthlyReport.objects.filter(school_id=by.school_id, month=month.first).exists()
    if known or month.after > timezone.localdate(now) or by.id is None or by.school_id is None:
        raise TooEarly("report: the month has a report, or has not ended")
    report = MonthlyReport(school_id=by.school_id, month=month.first, made_at=now, made_by_id=by.id)
    _count(report, by, now)
    report.save(force_insert=True)
    _record(report, "made", by=by, now=now)
    return report


def step(*, report: MonthlyReport, verb: str, given: dict[str, Any], by: Actor, now: datetime) -> MonthlyReport:
    """Take a step of the table; `given` holds incidents or a reason. Raises NotVisible, NotAllowed."""
    if verb not in STEPS:
        raise NotAllowed(f"report: no step {verb}")
    require(by, STEPS[verb], report)
    reason = str(given.get("reason") or "").strip()[:300]
    known = {"incidents": given.get("incidents") is not None, "reason": reason}
    target = REPORT.target(verb=verb, origin=report.state, given=known)
    report.state, report.reason = target, reason
    _apply(report, verb, given, by, now)
    report.save()
    _record(report, verb, by=by, now=now)
    return report


def chase(*, school_id: int, month: Month, by: Actor, now: datetime) -> None:
    """Remind a school's counsellors and leaders, once a day, in a neutral sentence. Raises NotVisible, NotAllowed."""
    require(by, SEE_REPORTS)
    today = timezone.localdate(now)
    line = next((one for one in school_lines(by, month, today) if one.school.id == school_id), None)
    if line is None:
        raise NotVisible(SEE_REPORTS.code)
    if not line.may_chase:
        raise NotAllowed("report: not due yet, or handed in")
    notifications.notify(
        to=people.holders(Role.COUNSELLOR, Role.PRINCIPAL, school_id=school_id, today=today),
        kind="paper_due",
        path=reverse("papers:reports", kwargs={"slug": line.school.slug}),
        by=by,
        now=now,
        key=f"report/{school_id}/{month.code}/{today}",
    )
    record(
        by=by,
        action="report.chased",
        subject_kind="school",
        subject_id=school_id,
        now=now,
        detail={"month": month.code},
    )


def collect(*, month: Month, by: Actor, now: datetime) -> None:
    """That the counts of all schools were taken away in one file. Raises NotVisible."""
    require(by, SEE_REPORTS)
    record(by=by, action="report.collected", subject_kind="month", subject_id=month.code, now=now)


def print_report(*, report: MonthlyReport, kind: str, by: Actor, now: datetime) -> None:
    """That a file of the report was made. Raises NotVisible."""
    require(by, READ_REPORT, report)
    _record(report, f"printed_{kind}", by=by, now=now)


def _apply(report: MonthlyReport, verb: str, given: dict[str, Any], by: Actor, now: datetime) -> None:
    if verb == "count":
        _count(report, by, now)
    elif verb == "check":
        report.counts = {**report.counts, "incidents": max(0, int(given["incidents"]))}
        report.zero = is_zero(report.counts)
        report.checked_at, report.checked_by_id = now, by.id
    elif verb == "sign":
        report.signed_at, report.signed_by_id = now, by.id
    elif verb == "hand":
        report.handed_at = now
    else:  # it comes back: nothing that was said about the old counts holds
        report.checked_at = report.checked_by = report.signed_at = report.signed_by = report.handed_at = None


def _count(report: MonthlyReport, by: Actor, now: datetime) -> None:
    report.counts = counts_of(by, month_of(report.month))
    report.zero, report.made_at = is_zero(report.counts), now


def _record(report: MonthlyReport, verb: str, *, by: Actor, now: datetime) -> None:
    record(
        by=by,
        action=f"report.{verb}",
        subject_kind="report",
        subject_id=report.id,
        now=now,
        detail={"month": f"{report.month:%Y-%m}", "to": report.state, "zero": report.zero},
    )
