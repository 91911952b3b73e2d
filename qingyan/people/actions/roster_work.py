"""Work on a big roster in the background: it tells how far it is, and when it fails it leaves a draft that says so.

What fails is rolled back to the point before it began; the draft's new state is kept with the job's receipt.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import OperationalError, transaction

from qingyan.foundation.access.actor import Actor
from qingyan.people.actions import roster_checking, roster_committing, roster_undoing
from qingyan.people.actions.roster_draft import NotReady, PreviewOutdated, Tell
from qingyan.people.actions.roster_progress import told
from qingyan.people.models import RosterDraft
from qingyan.people.models.roster import DraftState

logger = logging.getLogger(__name__)


def check(*, draft_id: UUID, by: Actor, now: datetime) -> None:
    """Check a waiting draft."""
    draft = _draft(draft_id, DraftState.WAITING)
    if draft is None:
        return
    work = lambda tell: roster_checking.check_waiting(draft=draft, by=by, now=now, tell=tell)  # noqa: E731
    if _tried(work, draft_id, by):
        roster_checking.give_up(draft=draft, by=by, now=now)


def commit(*, draft_id: UUID, by: Actor, now: datetime) -> None:
    """Commit a draft of which somebody has asked it. A preview that is no longer true is made anew instead."""
    draft = _draft(draft_id, DraftState.IMPORTING)
    if draft is None:
        return
    work = lambda tell: roster_committing.commit_asked(draft=draft, by=by, now=now, tell=tell)  # noqa: E731
    code = _tried(work, draft_id, by)
    if code == "preview_outdated":
        roster_checking.replan(draft=draft, by=by, now=now)
    if code:
        roster_committing.take_back(draft=draft, code=code, by=by, now=now)


def undo(*, draft_id: UUID, by: Actor, now: datetime) -> None:
    """Undo an import of which somebody has asked it."""
    draft = _draft(draft_id, DraftState.UNDOING)
    if draft is None:
        return
    work = lambda tell: roster_undoing.undo(draft=draft, by=by, now=now, tell=tell)  # noqa: E731
    if code := _tried(work, draft_id, by):
        roster_undoing.stay(draft=draft, code=code, by=by, now=now)


def _draft(draft_id: UUID, state: Any) -> RosterDraft | None:
    return RosterDraft.objects.select_related("school").filter(pk=draft_id, state=state).first()


def _tried(work: Callable[[Tell], object], draft_id: UUID, by: Actor) -> str:
    """Do it, or undo what it did and say why not. A database that is gone is the queue's matter: it tries again."""
    try:
        with transaction.atomic(), told(draft_id, by=by) as tell:
            work(tell)
    except PreviewOutdated:
        return "preview_outdated"
    except NotReady:
        return ""
    except OperationalError:
        raise
    except Exception:
        logger.exception("work on a roster failed", extra={"draft": str(draft_id)})
        return "work_failed"
    return ""
