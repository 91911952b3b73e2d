"""A talk is written down. The counsellor proposes a level; the clocks of a crisis begin here, before any meeting."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Max

from qingyan.cases.actions.levelling import ask_for
from qingyan.cases.actions.moving import Change, move
from qingyan.cases.actions.opening import hasten
from qingyan.cases.actions.todos import drop_all, ensure
from qingyan.cases.contracts import GUARDIAN_TALK, MANDATORY_REPORT
from qingyan.cases.models import Case, Interview
from qingyan.cases.policy import CARRY
from qingyan.cases.queries import packs
from qingyan.cases.rules.interview import Answer, faults
from qingyan.cases.rules.mandatory import must_report, unanswered
from qingyan.cases.rules.pack import CasePack
from qingyan.cases.workflow import INTERVIEW_DUE
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, require
from qingyan.foundation.audit.api import record


class Unfit(Exception):
    """Something is missing or is none of the options; its text is a code."""


@dataclass(frozen=True)
class Talk:
    """What the counsellor wrote. `corrects`: the number of an earlier talk of which this is a new version."""

    at: datetime
    answers: Mapping[str, Answer] = field(repr=False)
    situations: Mapping[str, str] = field(repr=False)
    proposed_level: str
    why: str = field(repr=False)
    guardian_suspected: bool
    corrects: int | None = None


def record_interview(*, case: Case, talk: Talk, by: Actor, now: datetime) -> Interview:
    """Append the talk; where the interview is due, the case goes on to the panel. Raises NotVisible, Unfit."""
    require(by, CARRY, case)
    pack = _checked(case, talk, now)
    row = _row(case, talk, by=by, now=now)
    row.save(force_insert=True)
    detail = {"number": row.number, "version": row.version, "must_report": row.must_report}
    record(
        by=by,
        action="case.interview_recorded",
        subject_kind="case",
        subject_id=case.id,
        student_id=case.student_id,
        now=now,
        detail=detail,
    )
    hasten(case=case, urgency=row.proposed_level, by=by, now=now)
    if case.state == INTERVIEW_DUE:
        move(case=case, verb="interview", change=Change(given={"interview": row.id}), by=by, now=now)
    if talk.guardian_suspected and not case.guardian_withheld:
        withhold_guardian(case=case, by=by, now=now)
    _start_clocks(case, row, pack, by=by, now=now)
    return row


def withhold_guardian(*, case: Case, by: Actor, now: datetime) -> None:
    """A guardian may be the source of harm: no talk is asked for, and every page of the case says so."""
    require(by, CARRY, case)
    case.guardian_withheld = True
    case.save(update_fields=["guardian_withheld"])
    drop_all(case=case, by=by, now=now, kinds=[GUARDIAN_TALK])
    record(
        by=by,
        action="case.guardian_withheld",
        subject_kind="case",
        subject_id=case.id,
        student_id=case.student_id,
        now=now,
    )


def _checked(case: Case, talk: Talk, now: datetime) -> CasePack:
    pack, law = packs.pack(case.pack), packs.law()
    if wrong := faults(packs.guide(), talk.answers):
        raise Unfit(f"answers: {', '.join(wrong)}")
    if gaps := unanswered(law, talk.situations):
        raise Unfit(f"situations: {', '.join(gaps)}")
    if talk.proposed_level not in {one.code for one in pack.levels} or not talk.why.strip():
        raise Unfit("level")
    if talk.at > now:
        raise Unfit("at")
    return pack


def _row(case: Case, talk: Talk, *, by: Actor, now: datetime) -> Interview:
    if by.id is None:
        raise NotVisible(CARRY.code)
    earlier = Interview.objects.filter(case_id=case.id)
    last = earlier.aggregate(last=Max("number"))["last"] or 0
    number = talk.corrects or last + 1
    if number > last + 1:
        raise Unfit("corrects")
    version = (earlier.filter(number=number).aggregate(last=Max("version"))["last"] or 0) + 1
    content = {"answers": dict(talk.answers), "situations": dict(talk.situations), "why": talk.why.strip()}
    return Interview(
        case=case,
        school_id=case.school_id,
        student_id=case.student_id,
        number=number,
        version=version,
        at=talk.at,
        by_id=by.id,
        recorded_at=now,
        guide=packs.GUIDE,
        law=packs.LAW,
        proposed_level=talk.proposed_level,
        must_report=must_report(talk.situations),
        guardian_suspected=talk.guardian_suspected,
        content=json.dumps(content, ensure_ascii=False),
    )


def _start_clocks(case: Case, row: Interview, pack: CasePack, *, by: Actor, now: datetime) -> None:
    if row.must_report:
        ensure(case=case, wanted=[(MANDATORY_REPORT, "", packs.law().report_within)], by=by, now=now)
    if pack.level(row.proposed_level).crisis:
        ask_for(case=case, level=row.proposed_level, by=by, now=now)
