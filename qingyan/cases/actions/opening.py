"""A case begins: from an alert, from somebody's concern, or by hand. One open case a pupil; more sources join it."""

import secrets
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from qingyan.alerts import api as alerts
from qingyan.cases.actions.moving import OPENED, Change, deadline_of, held, move, refresh, write_step
from qingyan.cases.contracts import ALERT, CONCERN, NewSource
from qingyan.cases.models import Case, CaseSource
from qingyan.cases.models.case import Source
from qingyan.cases.policy import OPEN_CASE
from qingyan.cases.queries import packs
from qingyan.cases.queries.calendar import calendar_of
from qingyan.cases.queries.owners import counsellors
from qingyan.cases.rules.deadlines import deadline
from qingyan.cases.workflow import CANDIDATE, OPEN_STATES
from qingyan.concerns import api as concerns
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, require
from qingyan.foundation.audit.api import record
from qingyan.foundation.pure.printed_codes import new_code
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.people import api as people

CODE_LENGTH = 8


class AlreadyOpen(Exception):
    """The pupil has an open case: what is new joins it."""


class NoCounsellor(Exception):
    """Whoever is named is no counsellor of this school today: nothing is given to a person who is not there."""


def open_case(
    *, student_id: UUID, source: NewSource, urgency: str, owner_id: UUID | None, by: Actor, now: datetime
) -> Case:
    """A new case; with an owner it goes on at once to the interview. Raises NotVisible, AlreadyOpen, NoCounsellor.

    `urgency` is a level's code: how soon somebody must look. It is not the pupil's level.
    """
    require(by, OPEN_CASE)
    pupil = people.pupil(by, student_id)
    if pupil is None or by.id is None:
        raise NotVisible(OPEN_CASE.code)
    pack = packs.current()
    case = Case(
        code=new_code(secrets.choice, length=CODE_LENGTH),
        school_id=pupil.school,
        student_id=pupil.id,
        pack=pack.name,
        urgency=pack.level(urgency).code,
        crisis=pack.level(urgency).crisis,
        state=CANDIDATE,
        opened_at=now,
        opened_by_id=by.id,
        since=now,
    )
    case.due_at = case.next_due_at = deadline_of(case, now)
    try:
        with transaction.atomic():
            case.save(force_insert=True)
    except IntegrityError as refusal:
        raise AlreadyOpen from refusal
    add_source(case=case, source=source, by=by, now=now)
    write_step(case=case, verb=OPENED, origin="", note=source.note, by=by, now=now)
    if owner_id is not None:
        take(case=case, owner_id=owner_id, by=by, now=now)
    return case


def take(*, case: Case, owner_id: UUID, by: Actor, now: datetime) -> Case:
    """Name who carries the candidate from here. Raises NotVisible, NoCounsellor, NotAllowed."""
    require(by, OPEN_CASE, case)
    if owner_id not in counsellors(by, now):
        raise NoCounsellor
    move(case=case, verb="take", change=Change(given={"owner": owner_id}, owner=owner_id), by=by, now=now)
    return case


def open_from_alert(*, alert_id: UUID, owner_id: UUID | None, by: Actor, now: datetime) -> Case:
    """The alert and its sheet's others become a case of the pupil, or join the open one. Raises as open_case does.

    An alert that came of a report to the counsellors brings the report along.
    """
    require(by, OPEN_CASE)
    facts = alerts.facts_of(by, alert_id)
    if facts is None:
        raise NotVisible(OPEN_CASE.code)
    source = NewSource(kind=ALERT, source=alert_id)
    case = _joined(facts.student, source, facts.level, owner_id, by=by, now=now)
    _take_in(case, alert_id, by=by, now=now)
    if facts.report is not None and concerns.concern_facts(by, facts.report) is not None:
        _bring(case, facts.report, by=by, now=now)
    return case


def open_from_concern(*, report_id: UUID, owner_id: UUID | None, by: Actor, now: datetime) -> Case:
    """A report to the counsellors becomes a case of the pupil whom it names, or joins the open one; so do its alerts.

    Raises as open_case does, and NotAllowed while nobody has said whom the report is about.
    """
    require(by, OPEN_CASE)
    facts = concerns.concern_facts(by, report_id)
    if facts is None:
        raise NotVisible(OPEN_CASE.code)
    if facts.pupil is None:
        raise NotAllowed("case: the report names no pupil yet")
    source = NewSource(kind=CONCERN, source=report_id)
    level = alerts.level_of_report(facts.kind, facts.urgency)
    case = _joined(facts.pupil, source, level, owner_id, by=by, now=now)
    concerns.join_case(report_id=report_id, case_id=case.id, by=by, now=now)
    for alert_id in alerts.open_of_report(by, report_id, facts.pupil):
        add_source(case=case, source=NewSource(kind=ALERT, source=alert_id), by=by, now=now)
        alerts.hand_over(alert_id=alert_id, case_id=case.id, by=by, now=now)
    return case


def _joined(
    student_id: UUID, source: NewSource, level: str, owner_id: UUID | None, *, by: Actor, now: datetime
) -> Case:
    """The pupil's open case, hastened if this is graver; a new one where there is none."""
    open_one = Case.objects.filter(student_id=student_id, state__in=OPEN_STATES).values_list("id", flat=True)
    case_id = open_one.first()
    if case_id is None:
        urgency = packs.current().nearest(level)
        return open_case(student_id=student_id, source=source, urgency=urgency, owner_id=owner_id, by=by, now=now)
    case = held(by, case_id, OPEN_CASE)
    add_source(case=case, source=source, by=by, now=now)
    hasten(case=case, urgency=packs.pack(case.pack).nearest(level), by=by, now=now)
    return case


def _take_in(case: Case, alert_id: UUID, *, by: Actor, now: datetime) -> None:
    for other in alerts.hand_over(alert_id=alert_id, case_id=case.id, by=by, now=now):
        if other != alert_id:
            add_source(case=case, source=NewSource(kind=ALERT, source=other), by=by, now=now)


def _bring(case: Case, report_id: UUID, *, by: Actor, now: datetime) -> None:
    add_source(case=case, source=NewSource(kind=CONCERN, source=report_id), by=by, now=now)
    concerns.join_case(report_id=report_id, case_id=case.id, by=by, now=now)


def add_source(*, case: Case, source: NewSource, by: Actor, now: datetime) -> None:
    """One more thing that led to the case. The same thing again changes nothing."""
    require(by, OPEN_CASE, case)
    if source.source and CaseSource.objects.filter(kind=source.kind, source=source.source).exists():
        return
    row = CaseSource(
        case=case,
        school_id=case.school_id,
        student_id=case.student_id,
        kind=Source(source.kind),
        source=source.source,
        at=now,
        by_id=by.id,
        note=source.note or None,
    )
    row.save(force_insert=True)
    record(
        by=by,
        action="case.source",
        subject_kind="case",
        subject_id=case.id,
        student_id=case.student_id,
        now=now,
        detail={"kind": source.kind, "source": source.source},
    )


def hasten(*, case: Case, urgency: str, by: Actor, now: datetime) -> None:
    """Something graver has come up: the clock is set to it. A case is never slowed down, and its level is not touched.

    A case that has a level goes back to the panel by then; one that has none is seen by then.
    """
    pack = packs.pack(case.pack)
    if not pack.graver(urgency, case.level or case.urgency):
        return
    before, case.urgency = case.urgency, urgency
    if case.level:
        calendar = calendar_of(pack, school_id=case.school_id, now=now)
        found = deadline(pack.level(urgency).panel, since=now, calendar=calendar)
    else:
        case.crisis = pack.level(urgency).crisis
        found = deadline_of(case, now) or now
    case.due_at = min(found, case.due_at or found)
    refresh(case)
    case.save(update_fields=["urgency", "crisis", "due_at", "next_due_at"])
    record(
        by=by,
        action="case.hasten",
        subject_kind="case",
        subject_id=case.id,
        student_id=case.student_id,
        now=now,
        detail={"from": before, "to": urgency},
    )
