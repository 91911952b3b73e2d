"""Background work of people: big rosters, printing slips, the night's index and forgetting. Job rows hold keys only."""

import logging
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from qingyan.foundation.access.actor import Actor, system_actor
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered
from qingyan.foundation.jobs.api import job
from qingyan.organisations import api as organisations
from qingyan.people.actions import (
    city_index,
    forgetting,
    roster,
    roster_committing,
    roster_undoing,
    roster_work,
    slip_printing,
)

SIGHT = frozenset({Sight.IDENTITY, Sight.ROSTER})
log = logging.getLogger(__name__)


@job(roster.CHECK_JOB, sight=SIGHT, purpose="check a roster file")
def check_roster(*, by: Actor, now: datetime, draft_id: str) -> None:
    """Check the file of a waiting draft; one that has been discarded meanwhile stays so."""
    roster_work.check(draft_id=UUID(draft_id), by=by, now=now)


@job(roster_committing.COMMIT_JOB, sight=SIGHT, purpose="commit a roster")
def commit_roster(*, by: Actor, now: datetime, draft_id: str) -> None:
    """Bring a big roster into the register as its draft shows it."""
    roster_work.commit(draft_id=UUID(draft_id), by=by, now=now)


@job(roster_undoing.UNDO_JOB, sight=SIGHT, purpose="undo a roster import")
def undo_roster(*, by: Actor, now: datetime, draft_id: str) -> None:
    """Take a big import back, while nothing hangs on it."""
    roster_work.undo(draft_id=UUID(draft_id), by=by, now=now)


@job(slip_printing.JOB, sight=frozenset({Sight.IDENTITY, Sight.SLIPS}), purpose="print sign-in slips")
def print_slips(*, by: Actor, now: datetime, print_id: str) -> None:
    """Make the slips that somebody asked for, and their PDF."""
    slip_printing.make(print_id=UUID(print_id), by=by, now=now)


@app.periodic(cron="10 19 * * *")  # ten past three in the night in China; cron counts in UTC
@app.task(name="people.index_pupils", queueing_lock="people.index_pupils")
def index_pupils(timestamp: int) -> int:
    """Every night: pupils without a city-wide index get theirs, each school in its own scope and transaction."""
    done = 0
    for school_id in organisations.school_ids():
        by = system_actor(school_id=school_id, sight=SIGHT, purpose="complete the city-wide index")
        try:
            with transaction.atomic(), entered(by):
                done += city_index.complete(by=by, now=timezone.now())
        except Exception:
            log.exception("the index of a school failed", extra={"school": school_id})
    return done


@app.periodic(cron="25 19 * * *")
@app.task(name="people.forget_tries", queueing_lock="people.forget_tries")
def forget_old_tries(timestamp: int) -> int:
    """Every night: wrong tries at the doors of pupils and staff, older than a day, are forgotten."""
    gone, purpose = forgetting.forget_staff_tries(now=timezone.now()), "forget wrong tries at the pupils' door"
    for school_id in organisations.school_ids():
        by = system_actor(school_id=school_id, sight=frozenset({Sight.DOOR}), purpose=purpose)
        try:
            with transaction.atomic(), entered(by):
                gone += forgetting.forget_tries(by=by, now=timezone.now())
        except Exception:
            log.exception("the tries of a school were not forgotten", extra={"school": school_id})
    return gone
