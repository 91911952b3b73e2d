"""The roster import begins and ends here: upload a file, discard it. Only a commit changes the register.

Checking, choosing, committing and undoing each have a module beside this one. A file of about 2,000 rows is checked at
once; a bigger one by a job. The file itself is read in a process of its own.
"""

import base64
from datetime import datetime, timedelta

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.foundation.jobs.api import enqueue
from qingyan.organisations.api import School
from qingyan.people.actions.roster_checking import check
from qingyan.people.actions.roster_draft import NotReady, begin_progress, note
from qingyan.people.actions.standing import account_of
from qingyan.people.models import RosterDraft, RosterPart
from qingyan.people.models.roster import DraftState
from qingyan.people.policy import IMPORT_ROSTER
from qingyan.people.roster.limits import MOST_BYTES

CHECK_JOB = "people.check_roster"
AT_ONCE_BYTES = 192 * 1024  # about 2,000 rows as XLSX
UNDO_KEPT = timedelta(days=60)


def upload(
    *, school: School, file_name: str, content: bytes, by: Actor, now: datetime, at_once: bool = False
) -> RosterDraft:
    """Keep an uploaded file as a draft and check it: when small or `at_once` now, else by a job (state "waiting").

    A file that cannot be used gives a draft in state "refused" that says why.
    """
    draft = RosterDraft(
        school=school,
        uploaded_by_id=account_of(by),
        uploaded_at=now,
        file_name=file_name[-200:],
        state=DraftState.WAITING,
    )
    require(by, IMPORT_ROSTER, draft)
    waits = AT_ONCE_BYTES < len(content) <= MOST_BYTES and not at_once
    if waits:
        draft.file = base64.b64encode(content).decode()
    draft.save(force_insert=True)
    note(draft, "roster.uploaded", by=by, now=now, detail={"bytes": len(content)})
    _forget_old(draft, now)
    if waits:
        begin_progress(draft, total=0, now=now)
        enqueue(CHECK_JOB, by=by, key=f"{CHECK_JOB}:{draft.id}", draft_id=str(draft.id))
        return draft
    return check(draft=draft, content=content, by=by, now=now)


def discard(*, draft: RosterDraft, by: Actor, now: datetime) -> RosterDraft:
    """Throw the draft's rows away; the register stays as it is. Raises NotReady after a commit, and during one."""
    require(by, IMPORT_ROSTER, draft)
    if draft.state == DraftState.IMPORTING:
        raise NotReady(draft.state)
    draft = RosterDraft.objects.select_for_update().get(pk=draft.pk)
    if draft.state not in (DraftState.WAITING, DraftState.CHECKED):
        raise NotReady(draft.state)
    draft.state, draft.file, draft.problems, draft.choices = DraftState.DISCARDED, None, None, {}
    draft.save()
    RosterPart.objects.filter(draft=draft).delete()
    note(draft, "roster.discarded", by=by, now=now, detail={})
    return draft


def _forget_old(draft: RosterDraft, now: datetime) -> None:
    """What undoing needs holds values of before; after two months the way back is closed."""
    late = RosterPart.objects.filter(school_id=draft.school_id, draft__committed_at__lt=now - UNDO_KEPT)
    late.filter(undo__isnull=False).update(undo=None)
