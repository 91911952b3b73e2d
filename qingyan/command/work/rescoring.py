"""Scoring stored sheets again, school by school, as the platform."""

import time
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from qingyan.foundation.access.actor import system_actor
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered
from qingyan.organisations.api import all_schools
from qingyan.screening.actions.rescoring import Which, rescore_school

SIGHT = frozenset({Sight.ANSWERS, Sight.RESULTS, Sight.PROGRESS})


def rescore(campaign: UUID | None, instrument: str | None, *, write: bool, bar: Any = None) -> dict[str, Any]:
    """Each school in a transaction of its own. `bar` is a progress bar over the schools."""
    schools, seen, changed, began = list(all_schools()), 0, 0, time.monotonic()
    if bar is not None:
        bar.length = max(1, len(schools))
    for school in schools:
        by = system_actor(school_id=school.id, sight=SIGHT, purpose="rescoring")
        with transaction.atomic(), entered(by):
            which = Which(campaign, instrument)
            for page in rescore_school(which=which, write=write, by=by, now=timezone.now()):
                seen += page.seen
                changed += page.changed
        if bar is not None:
            bar.update(1)
    return {"seen": seen, "changed": changed, "schools": len(schools), "seconds": round(time.monotonic() - began, 2)}
