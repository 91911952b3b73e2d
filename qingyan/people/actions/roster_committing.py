"""Committing a roster: what the preview showed comes into the register, all of it or nothing.

A small one at once; a bigger one by a job, which leaves the draft to be looked at again when it cannot be done.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.foundation.jobs.api import enqueue
from qingyan.organisations import api as organisations
from qingyan.people.actions import roster_elsewhere, roster_writing, standing
from qingyan.people.actions.roster_draft import (
    BadRowsLeft,
    NotReady,
    PreviewOutdated,
    Tell,
    begin_progress,
    lent_sight,
    locked,
    note,
    quiet,
)
from qingyan.people.models import RosterDraft, RosterPart
from qingyan.people.models.roster import DraftState
from qingyan.people.policy import IMPORT_ROSTER
from qingyan.people.queries.roster_register import Register, counted
from qingyan.people.roster import choosing, keeping, planning
from qingyan.people.roster.apart import as_kept, parted
from qingyan.people.roster.keeping import ROWS_A_PART
from qingyan.people.roster.planning import Fate, Step

COMMIT_JOB = "people.commit_roster"


def ask_commit(
    *, draft: RosterDraft, by: Actor, now: datetime, leave_out_bad: bool = False, skip: Collection[Fate] = ()
) -> RosterDraft:
    """Commit: at once when there are few rows, else by a job (state "importing"). Raises what commit raises."""
    if draft.rows_good <= ROWS_A_PART:
        return commit(draft=draft, by=by, now=now, leave_out_bad=leave_out_bad, skip=skip)
    require(by, IMPORT_ROSTER, draft)
    draft = locked(draft, (DraftState.CHECKED,))
    _check(draft, leave_out_bad=leave_out_bad)
    draft.state, draft.problem = DraftState.IMPORTING, ""
    draft.asked = {"leave_out_bad": leave_out_bad, "skip": sorted(fate.value for fate in skip)}
    draft.save()
    begin_progress(draft, total=draft.rows_good, now=now)
    enqueue(COMMIT_JOB, by=by, key=f"{COMMIT_JOB}:{uuid4()}", draft_id=str(draft.id))
    note(draft, "roster.commit_asked", by=by, now=now, detail={"rows": draft.rows_good})
    return draft


def commit_asked(*, draft: RosterDraft, by: Actor, now: datetime, tell: Tell) -> RosterDraft:
    """Do what ask_commit left; a draft that nobody is waiting for stays as it is."""
    if draft.state != DraftState.IMPORTING:
        return draft
    skip = [Fate(name) for name in draft.asked["skip"]]
    leave_out_bad = bool(draft.asked["leave_out_bad"])
    return commit(draft=draft, by=by, now=now, leave_out_bad=leave_out_bad, skip=skip, tell=tell)


def take_back(*, draft: RosterDraft, code: str, by: Actor, now: datetime) -> RosterDraft:
    """A commit that could not be done: the draft can be looked at again, and says what happened."""
    require(by, IMPORT_ROSTER, draft)
    draft = locked(draft)
    draft.state, draft.asked = DraftState.CHECKED, {}
    draft.problem = code
    draft.save()
    note(draft, "roster.commit_failed", by=by, now=now, detail={"code": code})
    return draft


def commit(
    *,
    draft: RosterDraft,
    by: Actor,
    now: datetime,
    leave_out_bad: bool = False,
    skip: Collection[Fate] = (),
    tell: Tell = quiet,
) -> RosterDraft:
    """Bring the good rows into the register, once; rows left out, and those of the kinds in `skip`, stay out.

    Raises NotReady (not checked, committed already, no good row), BadRowsLeft, PreviewOutdated: nothing has changed.
    """
    require(by, IMPORT_ROSTER, draft)
    draft = locked(draft)
    _check(draft, leave_out_bad=leave_out_bad)
    year = organisations.current_year(now)
    if year is None:
        raise NotReady("no school year")
    with transaction.atomic(), lent_sight(by):
        register = Register(draft.school_id, now=now)
        done = _Done(roster_writing.Writer(draft.school_id, register.places, year=year, now=now))
        for part in RosterPart.objects.filter(draft=draft).order_by("number").iterator(chunk_size=1):
            _commit_part(part, register, done, draft.choices, skip)
            tell("writing", done.seen, draft.rows_good)
        if not roster_elsewhere.claim_all(done.apart, by=by, now=now):
            raise PreviewOutdated
    draft.state, draft.committed_at, draft.problem, draft.asked = DraftState.COMMITTED, now, "", {}
    draft.plan |= done.counts | {"new_classes": done.writer.opened}
    draft.choices = {}
    draft.save()
    counts = {name: draft.plan[name] for name in (*Fate, "missing", "new_classes")}
    left_out = {"left_out": draft.rows_bad, "slips_voided": done.voided, "skipped": done.seen - done.taken}
    note(draft, "roster.committed", by=by, now=now, detail=counts | left_out)
    standing.announce_classes(draft.school_id, now)
    return draft


@dataclass
class _Done:
    """What has been done so far."""

    writer: roster_writing.Writer
    counts: dict[str, int] = field(default_factory=lambda: {fate.value: 0 for fate in Fate})
    seen: int = 0
    taken: int = 0
    voided: int = 0
    apart: list[Step] = field(default_factory=list)

    def add(self, seen: int, steps: Sequence[Step]) -> None:
        """Count what was taken of a part."""
        self.seen, self.taken = self.seen + seen, self.taken + len(steps)
        for name, count in counted(steps).items():
            self.counts[name] += count


def _check(draft: RosterDraft, *, leave_out_bad: bool) -> None:
    if draft.rows_bad and not leave_out_bad:
        raise BadRowsLeft
    if not draft.rows_good:
        raise NotReady("nothing to import")


def _commit_part(
    part: RosterPart, register: Register, done: _Done, choices: dict[str, Any], skip: Collection[Fate]
) -> None:
    steps = keeping.steps_from(part.rows)
    fresh = register.plan([step.row for step in steps], [step.own for step in steps])
    if as_kept(fresh.steps, steps) != steps:
        raise PreviewOutdated
    taken = [one for step in steps if (one := choosing.taken(step, choices, skip))]
    taken = _linked(taken, register, choices)
    done.add(len(steps), taken)
    written, apart = parted(taken)
    done.apart += apart
    undo = done.writer.write(written)
    register.made |= {one.student for one in undo.made}
    done.voided += undo.slips_voided
    part.rows, part.undo = None, keeping.packed(undo)
    part.save(update_fields=["rows", "undo"])


def _linked(steps: list[Step], register: Register, choices: dict[str, Any]) -> list[Step]:
    """Where a person has named the pupil, the row does to that pupil what it would do by a number."""
    named = {step.row.line: pupil for step in steps if (pupil := choosing.linked(step, choices))}
    if not named:
        return steps
    pupils = register.pupils(set(named.values()), with_guardians=True)
    return [_meant(step, pupils, named.get(step.row.line)) for step in steps]


def _meant(step: Step, pupils: dict[UUID, planning.Known], pupil: UUID | None) -> Step:
    if pupil is None:
        return step
    if pupil not in pupils or pupils[pupil].merged:
        raise PreviewOutdated
    return planning.step(step.row, step.own, pupils[pupil])
