"""A flag may be false: whoever carries the case says so, and a second person agrees or not. Then it leaves the file."""

from datetime import datetime

from qingyan.alerts import api as alerts
from qingyan.archives import api as archives
from qingyan.cases.actions.moving import Change, move
from qingyan.cases.actions.supporting import withdraw_card
from qingyan.cases.actions.todos import drop_all
from qingyan.cases.models import Case, CaseSource, CaseStep
from qingyan.cases.models.case import Source
from qingyan.cases.policy import CARRY, OPEN_CASE, SECOND_READ
from qingyan.cases.queries import packs
from qingyan.cases.queries.standing import standing_of
from qingyan.cases.rules.closing import seal_faults
from qingyan.foundation.access.actor import Actor, system_actor
from qingyan.foundation.access.policy import NotVisible, require
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered

SEALING_SIGHT = frozenset({Sight.CASES, Sight.FILE})  # lent for one statement: a leader reads neither papers nor files


class NotYet(Exception):
    """The case may not end; `faults` are codes of rules/closing.py."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(", ".join(faults))
        self.faults = faults


def ask_seal(*, case: Case, reason: str, by: Actor, now: datetime) -> Case:
    """Say that the flag was false, with the reason. Raises NotVisible, NotAllowed, NotYet."""
    require(by, CARRY if case.owner_id else OPEN_CASE, case)
    if by.id is None:
        raise NotVisible(CARRY.code)
    _may_be_sealed(case)
    change = Change(given={"reason": reason}, owner=case.owner_id or by.id, note=reason)
    move(case=case, verb="ask_seal", change=change, by=by, now=now)
    return case


def seal(*, case: Case, note: str, by: Actor, now: datetime) -> Case:
    """The second person agrees: the case ends and its entries leave the visible file. Raises as ask_seal does."""
    require(by, SECOND_READ, case)
    _may_be_sealed(case)
    drop_all(case=case, by=by, now=now)
    withdraw_card(case=case, by=by, now=now)
    move(case=case, verb="seal", change=Change(given={"second_reader": by.id}, note=note), by=by, now=now)
    with entered(system_actor(school_id=case.school_id, sight=SEALING_SIGHT, purpose="seal a false flag")):
        archives.seal_sources(school_id=case.school_id, student_id=case.student_id, sources=_sources(case), at=now)
        flags = list(CaseSource.objects.filter(case_id=case.id, kind=Source.ALERT).values_list("source", flat=True))
    alerts.seal_with_case(alert_ids=flags, case_id=case.id, by=by, now=now)
    return case


def refuse_seal(*, case: Case, reason: str, by: Actor, now: datetime) -> Case:
    """The second person does not agree: the pupil is talked with. Raises NotVisible, NotAllowed."""
    require(by, SECOND_READ, case)
    move(case=case, verb="refuse_seal", change=Change(given={"reason": reason}, note=reason), by=by, now=now)
    return case


def _may_be_sealed(case: Case) -> None:
    faults = seal_faults(packs.pack(case.pack), standing_of(case))
    if faults:
        raise NotYet(faults)


def _sources(case: Case) -> list:
    steps = CaseStep.objects.filter(case_id=case.id).values_list("id", flat=True)
    found = CaseSource.objects.filter(case_id=case.id, source__isnull=False).values_list("source", flat=True)
    return [*steps, *found]
