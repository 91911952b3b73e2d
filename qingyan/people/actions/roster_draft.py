"""What every step of a roster import needs: why it cannot be done, the lock, the sight, the line in the trail.

Comparing guardians needs sight of contacts, which a school's administrator has not: the actions lend it to themselves
for the comparison and say only that a contact changes, never what it was.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Q

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.api import record
from qingyan.people.models import RosterDraft, RosterProgress
from qingyan.people.models.roster import DraftState

LENT = frozenset({Sight.IDENTITY, Sight.CONTACTS, Sight.SLIPS, Sight.ROSTER})
OPEN = (DraftState.CHECKED, DraftState.IMPORTING)
Tell = Callable[[str, int, int], None]  # phase, done, total


class NotReady(Exception):
    """The draft is not in a state from which this can be done: it waits, was refused, committed or discarded."""


class BadRowsLeft(Exception):
    """There are rows with errors, and nobody has said that they may be left out."""


class PreviewOutdated(Exception):
    """The register has changed since the preview; look at the new preview first."""


def quiet(phase: str, done: int, total: int) -> None:
    """Tells nobody how far the work is."""


def locked(draft: RosterDraft, states: Sequence[Any] = OPEN) -> RosterDraft:
    """The draft as it is now; all open drafts of the school are locked, so that two commits go one after the other.

    Raises NotReady unless it is in one of these states.
    """
    mine = RosterDraft.objects.select_for_update().filter(Q(state__in=OPEN) | Q(pk=draft.pk), school_id=draft.school_id)
    found = dict(mine.order_by("id").values_list("pk", "state"))
    if found.get(draft.pk) not in states:
        raise NotReady(found.get(draft.pk, "gone"))
    return RosterDraft.objects.get(pk=draft.pk)


@contextmanager
def lent_sight(by: Actor) -> Iterator[None]:
    """See contacts and slips, for comparing and writing only."""
    with entered(replace(by, extra_sight=by.extra_sight | LENT)):
        yield


def begin_progress(draft: RosterDraft, *, total: int, now: datetime) -> None:
    """Work in the background has been asked for; from here on the page may look how far it is."""
    fresh = {"school_id": draft.school_id, "phase": "waiting", "done": 0, "total": total, "at": now}
    RosterProgress.objects.update_or_create(draft_id=draft.pk, defaults=fresh)


def note(draft: RosterDraft, action: str, *, by: Actor, now: datetime, detail: dict[str, Any]) -> None:
    """One line in the trail, with counts and no name."""
    record(by=by, action=action, subject_kind="roster_draft", subject_id=draft.id, detail=detail, now=now)
