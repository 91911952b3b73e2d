"""Background work of people: checking a big roster file, printing slips. Job rows hold keys only."""

from datetime import datetime
from uuid import UUID

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.jobs.api import job
from qingyan.people.actions import roster, slip_printing
from qingyan.people.models import RosterDraft

SIGHT = frozenset({Sight.IDENTITY, Sight.ROSTER})


@job(roster.CHECK_JOB, sight=SIGHT, purpose="check a roster file")
def check_roster(*, by: Actor, now: datetime, draft_id: str) -> None:
    """Check the file of a waiting draft; one that has been discarded meanwhile stays so."""
    draft = RosterDraft.objects.filter(pk=draft_id).first()
    if draft:
        roster.check_waiting(draft=draft, by=by, now=now)


@job(slip_printing.JOB, sight=frozenset({Sight.IDENTITY, Sight.SLIPS}), purpose="print sign-in slips")
def print_slips(*, by: Actor, now: datetime, print_id: str) -> None:
    """Make the slips that somebody asked for, and their PDF."""
    slip_printing.make(print_id=UUID(print_id), by=by, now=now)
