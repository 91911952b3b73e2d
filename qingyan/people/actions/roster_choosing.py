"""Keeps a person's word on single rows of a checked roster, until the commit does as it says."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.people.actions.roster_draft import locked, note
from qingyan.people.models import RosterDraft, RosterPart
from qingyan.people.models.roster import DraftState
from qingyan.people.policy import IMPORT_ROSTER
from qingyan.people.roster import choosing, keeping
from qingyan.people.roster.choosing import LINK, Unfit
from qingyan.people.roster.planning import Step

__all__ = ["NamedAlready", "Unfit", "choose"]


class NamedAlready(Exception):
    """Another row of the file means the pupil to whom this one should be linked."""


def choose(*, draft: RosterDraft, choices: Mapping[int, str], by: Actor, now: datetime) -> RosterDraft:
    """Keep these choices (line: choice). Raises NotReady, Unfit, NamedAlready: nothing is kept then."""
    require(by, IMPORT_ROSTER, draft)
    draft = locked(draft, (DraftState.CHECKED,))
    kept = dict(draft.choices)
    steps = _steps(draft, choices)
    if len(steps) != len(choices):
        raise Unfit("no such row")
    for step in steps:
        kept = choosing.decided(step, choices[step.row.line], kept)
    _check_links(draft, kept)
    changed = len(set(kept.items()) ^ set(draft.choices.items()))
    draft.choices = kept
    draft.save(update_fields=["choices"])
    note(draft, "roster.rows_chosen", by=by, now=now, detail={"rows": len(steps), "changed": changed})
    return draft


def _steps(draft: RosterDraft, lines: Mapping[int, str]) -> list[Step]:
    found = []
    for part in RosterPart.objects.filter(draft=draft).order_by("number").iterator(chunk_size=1):
        if any(part.counts["first"] <= line <= part.counts["last"] for line in lines):
            found += [step for step in keeping.steps_from(part.rows) if step.row.line in lines]
    return found


def _check_links(draft: RosterDraft, choices: Mapping[str, str]) -> None:
    """One pupil cannot be meant by two rows. Only a file in which somebody was linked is looked through."""
    linked = [UUID(choice.removeprefix(LINK)) for choice in choices.values() if choice.startswith(LINK)]
    if not linked:
        return
    if len(set(linked)) < len(linked):
        raise NamedAlready
    for part in RosterPart.objects.filter(draft=draft).iterator(chunk_size=1):
        if any(step.student in linked for step in keeping.steps_from(part.rows)):
            raise NamedAlready
