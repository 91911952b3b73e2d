"""Looking at the pupil again, and the end of a case: only from the quiet watch, with every criterion met."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from qingyan.cases.actions.levelling import ask_for
from qingyan.cases.actions.moving import Change, move
from qingyan.cases.actions.opening import hasten
from qingyan.cases.actions.sealing import NotYet
from qingyan.cases.actions.supporting import withdraw_card
from qingyan.cases.actions.todos import drop_all, fulfil
from qingyan.cases.actions.trail import record_on
from qingyan.cases.contracts import CONTACT, FOLLOW_UP
from qingyan.cases.models import Case, FollowUp, ToDo
from qingyan.cases.policy import CARRY
from qingyan.cases.queries import packs
from qingyan.cases.queries.standing import standing_of
from qingyan.cases.rules.closing import close_faults
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.foundation.pure.workflow import NotAllowed

EARLY = timedelta(days=3)  # a look some days early counts for the day that was meant


def follow_up(*, case: Case, at: datetime, proposed_level: str, words: str, by: Actor, now: datetime) -> FollowUp:
    """Append the look; the days of the calendar up to it are done. Something graver hastens the case to its panel.

    Raises NotVisible, NotAllowed (no level yet, an unknown one, a look in the future, no words).
    """
    require(by, CARRY, case)
    pack = packs.pack(case.pack)
    known = {one.code for one in pack.levels}
    if by.id is None or not case.level or proposed_level not in known or at > now or not words.strip():
        raise NotAllowed("case: a follow-up needs a level that holds, a level that is proposed, a time and words")
    row = FollowUp(
        case=case,
        school_id=case.school_id,
        student_id=case.student_id,
        at=at,
        by_id=by.id,
        recorded_at=now,
        level=case.level,
        proposed_level=proposed_level,
        words=words.strip(),
    )
    row.save(force_insert=True)
    meant = ToDo.objects.filter(case_id=case.id, kind=FOLLOW_UP, done_at__isnull=True, due_at__lte=at + EARLY)
    for key in list(meant.values_list("key", flat=True)):
        fulfil(case=case, kind=FOLLOW_UP, key=key, by=by, now=now)
    if pack.graver(proposed_level, case.level):
        hasten(case=case, urgency=proposed_level, by=by, now=now)
        if pack.level(proposed_level).crisis:
            ask_for(case=case, level=proposed_level, by=by, now=now)
    record_on(case, "case.followed_up", {"level": case.level, "proposed": proposed_level}, by=by, now=now)
    return row


def close(*, case: Case, summary: str, criteria: Sequence[str], by: Actor, now: datetime) -> Case:
    """The case ends. Raises NotVisible, NotAllowed, NotYet with what stands in the way."""
    require(by, CARRY, case)
    if case.state != "quiet_watch":
        raise NotAllowed(f"case: no step close from {case.state}")
    pack = packs.pack(case.pack)
    standing = standing_of(case, follow_ups=True)
    faults = close_faults(pack, standing, criteria, watched_since=case.since, now=now)
    if faults:
        raise NotYet(faults)
    drop_all(case=case, by=by, now=now, kinds=[CONTACT])
    withdraw_card(case=case, by=by, now=now)
    given = {"summary": summary.strip(), "criteria": list(criteria)}
    move(case=case, verb="close", change=Change(given=given, note=summary.strip()), by=by, now=now)
    return case
