"""Looking at cases: permitted, recorded, and only then shown."""

from datetime import datetime
from uuid import UUID

from qingyan.cases.models import Case, Leave
from qingyan.cases.policy import (
    READ_CASES,
    READ_LEADER_LIST,
    READ_LEAVE,
    READ_LEAVES,
    READ_PANEL,
    READ_PAPERS,
    READ_REFERRALS,
    READ_STATUS,
    READ_SUPPORT,
)
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, Permission, permitted_rows, require
from qingyan.foundation.audit.api import record


def open_status(*, case_id: UUID, by: Actor, now: datetime) -> Case:
    """The case with its owner; the look is recorded in this transaction. Raises NotVisible."""
    return _opened(case_id, READ_STATUS, "case.read", by=by, now=now)


def open_papers(*, case_id: UUID, paper: str, by: Actor, now: datetime) -> Case:
    """The case whose papers of this kind are about to be shown to who carries it. Raises NotVisible."""
    return _opened(case_id, READ_PAPERS, "case.papers_read", by=by, now=now, paper=paper)


def open_panels(*, case_id: UUID, by: Actor, now: datetime) -> Case:
    """The case whose meetings are about to be shown, to who carries it or leads the school. Raises NotVisible."""
    return _opened(case_id, READ_PANEL, "case.papers_read", by=by, now=now, paper="panel")


def open_referrals(*, case_id: UUID, by: Actor, now: datetime) -> Case:
    """The case whose referrals and slips are about to be shown to who carries it. Raises NotVisible."""
    return _opened(case_id, READ_REFERRALS, "case.papers_read", by=by, now=now, paper="referral")


def look_at_cards(*, shown: int, by: Actor, now: datetime, student_id: UUID | None = None) -> None:
    """That support cards were looked at: a page of them, or the one of this pupil."""
    require(by, READ_SUPPORT)
    record(
        by=by,
        action="support.read",
        subject_kind="support_cards",
        subject_id=student_id or "list",
        student_id=student_id,
        now=now,
        detail={"shown": shown},
    )


def open_leave(*, leave_id: UUID, by: Actor, now: datetime) -> Leave:
    """The leave that is about to be shown; the look is recorded. Raises NotVisible."""
    found = Leave.objects.select_related("case").filter(permitted_rows(by, READ_LEAVE), id=leave_id).first()
    if found is None:
        raise NotVisible(READ_LEAVE.code)
    record(by=by, action="leave.read", subject_kind="leave", subject_id=found.id, student_id=found.student_id, now=now)
    return found


def look_at_leaves(*, shown: int, by: Actor, now: datetime) -> None:
    """That a list of leaves was looked at, with names."""
    require(by, READ_LEAVES)
    record(by=by, action="leave.list", subject_kind="leaves", subject_id="list", now=now, detail={"shown": shown})


def look_at_list(*, shown: int, by: Actor, now: datetime) -> None:
    """That a page of the list was looked at, and how many lines it showed (names are masked there)."""
    require(by, READ_CASES)
    record(by=by, action="case.list", subject_kind="cases", subject_id="list", now=now, detail={"shown": shown})


def look_at_leader_list(*, shown: int, by: Actor, now: datetime) -> None:
    """That a school's leader looked at what waits for them, with names."""
    require(by, READ_LEADER_LIST)
    record(
        by=by, action="case.leader_list", subject_kind="cases", subject_id="leader", now=now, detail={"shown": shown}
    )


def _opened(case_id: UUID, permission: Permission, action: str, *, by: Actor, now: datetime, paper: str = "") -> Case:
    rows = Case.objects.select_related("owner").filter(permitted_rows(by, permission), id=case_id)
    case = rows.first()
    if case is None:
        raise NotVisible(permission.code)
    record(
        by=by,
        action=action,
        subject_kind="case",
        subject_id=case.id,
        student_id=case.student_id,
        now=now,
        detail={"paper": paper} if paper else None,
    )
    return case
