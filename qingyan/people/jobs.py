"""Background work of people: checking a big roster file. The draft's id is all that the job row holds."""

from datetime import datetime

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.jobs.api import job
from qingyan.people.actions import roster
from qingyan.people.models import RosterDraft

SIGHT = frozenset({Sight.IDENTITY, Sight.ROSTER})


@job(roster.CHECK_JOB, sight=SIGHT, purpose="check a roster file")
def check_roster(*, by: Actor, now: datetime, draft_id: str) -> None:
    """Check the file of a waiting draft; one that has been discarded meanwhile stays so."""
    draft = RosterDraft.objects.filter(pk=draft_id).first()
    if draft:
        roster.check_waiting(draft=draft, by=by, now=now)
