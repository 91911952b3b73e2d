"""Monthly reports: the school's own, and what its schools handed to a district or the city. Counts, never a person."""

import json
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import connections
from django.db.models import QuerySet
from django.utils import timezone

from qingyan.cases import api as cases
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, permitted_rows, require
from qingyan.foundation.access.roles import Role
from qingyan.organisations import api as organisations
from qingyan.organisations.api import School
from qingyan.papers.models import MonthlyReport
from qingyan.papers.policy import READ_REPORT, SEE_REPORTS
from qingyan.papers.rules.data import ReportFacts
from qingyan.papers.rules.months import Month, may_chase, standing, total

HANDED = "SELECT school_id, counts, zero, handed_at FROM counting.monthly_reports(%s)"


@dataclass(frozen=True)
class SchoolLine:
    """How one school stands with one month; `counts` is empty until it has handed in."""

    school: School
    standing: str
    zero: bool
    handed_at: datetime | None
    counts: dict[str, int]
    may_chase: bool


def reports_of(actor: Actor) -> "QuerySet[MonthlyReport]":
    """The school's reports, the newest month first."""
    return MonthlyReport.objects.filter(permitted_rows(actor, READ_REPORT)).order_by("-month")


def has_report(actor: Actor, month: Month) -> bool:
    """Whether the school has a report of this month, in whatever state."""
    return reports_of(actor).filter(month=month.first).exists()


def report_of(actor: Actor, report_id: UUID) -> MonthlyReport:
    """One report of the school, held until the transaction ends. Raises NotVisible."""
    rows = reports_of(actor).select_related("made_by", "checked_by", "signed_by").select_for_update(of=("self",))
    found = rows.filter(id=report_id).first()
    if found is None:
        raise NotVisible(READ_REPORT.code)
    return found


def counts_of(actor: Actor, month: Month) -> dict[str, Any]:
    """The counts of a month of the school, read from the cases' history."""
    found = cases.month_counts(actor, _midnight(month.first), _midnight(month.after))
    known = [*cases.levels(), ("", "未定级")]
    lines = [
        {
            "level": code,
            "words": words,
            "opened": found.opened.get(code, 0),
            "in_care": found.in_care.get(code, 0),
            "closed": found.closed.get(code, 0),
        }
        for code, words in known
    ]
    return {"levels": lines, "referred": found.referred, "on_leave": found.on_leave, "incidents": found.incidents}


def facts(report: MonthlyReport) -> ReportFacts:
    """The report as its paper wants it."""
    return ReportFacts(
        month=f"{report.month:%Y-%m}",
        zero=report.zero,
        made_by=report.made_by.name,
        signed_by=report.signed_by.name if report.signed_by else "",
        handed_at=f"{timezone.localtime(report.handed_at):%Y-%m-%d %H:%M}" if report.handed_at else "",
        counts=report.counts,
    )


def school_lines(actor: Actor, month: Month, today: date) -> list[SchoolLine]:
    """Every school that the actor oversees, those that are missing first. Raises NotVisible."""
    handed = _handed(month)
    lines = [_line(school, month, handed.get(school.id), today) for school in overseen(actor)]
    return sorted(lines, key=lambda line: line.handed_at is not None)


def overseen(actor: Actor) -> list[School]:
    """The schools of the district, or of the city. Raises NotVisible."""
    require(actor, SEE_REPORTS)
    schools = organisations.all_schools()
    if Role.CITY_OFFICER in actor.roles:
        return schools
    mine = {post.district_id for post in actor.posts if post.role is Role.DISTRICT_LEAD}
    return [school for school in schools if school.district_id in mine]


def _line(school: School, month: Month, handed: tuple | None, today: date) -> SchoolLine:
    counts, zero, at = handed or ({}, False, None)
    return SchoolLine(
        school=school,
        standing=standing(month, handed=at is not None, today=today),
        zero=zero,
        handed_at=at,
        counts=total(counts) if at else {},
        may_chase=may_chase(month, handed=at is not None, today=today),
    )


def _handed(month: Month) -> dict[int, tuple[dict[str, Any], bool, datetime]]:
    with connections["bureau"].cursor() as cursor:
        cursor.execute(HANDED, [month.first])
        rows = cursor.fetchall()
    return {school: (_read(counts), zero, at) for school, counts, zero, at in rows}


def _read(counts: Any) -> dict[str, Any]:
    return json.loads(counts) if isinstance(counts, str) else counts


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone())
