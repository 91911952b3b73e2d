"""Asking one pupil, in private, to do an instrument once more; the first sheet, its alerts and its results stay."""

from datetime import datetime, timedelta

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.foundation.audit.api import record
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.screening.models import AnsweringQuality, Reinvitation, Sitting
from qingyan.screening.models.again import INVITED, TAKEN_BACK
from qingyan.screening.policy import JUDGE_ANSWERING
from qingyan.screening.workflow import FINISHED, SET_ASIDE

STAYS_OPEN = timedelta(days=14)


def invite(*, quality: AnsweringQuality, by: Actor, now: datetime) -> Reinvitation:
    """The pupil finds the instrument again at the next sign-in, until STAYS_OPEN from now. Twice is once.

    Raises NotVisible; NotAllowed for a sheet that is not finished, or is itself the second one.
    """
    require(by, JUDGE_ANSWERING, quality)
    first = Sitting.objects.select_for_update().get(id=quality.pk, school_id=by.school_id)
    if first.state != FINISHED or first.again_of_id is not None:
        raise NotAllowed("sitting: only a first, finished sheet can be done again")
    known = Reinvitation.objects.filter(first=first, state=INVITED).first()
    if known is not None:
        return known
    made = Reinvitation.objects.create(
        first=first,
        campaign_id=first.campaign_id,
        student_id=first.student_id,
        school_id=first.school_id,
        school_class_id=first.school_class_id,
        instrument=first.instrument,
        version=first.version,
        until=now + STAYS_OPEN,
        at=now,
        by_id=by.id,
    )
    _record("reinvitation.made", made, by=by, now=now)
    return made


def take_back(*, quality: AnsweringQuality, by: Actor, now: datetime) -> None:
    """It is not needed any more. What the pupil has begun already stays and may be finished. Raises NotVisible."""
    require(by, JUDGE_ANSWERING, quality)
    known = Reinvitation.objects.select_for_update().filter(first_id=quality.pk, state=INVITED).first()
    if known is None or Sitting.objects.filter(again_of_id=quality.pk).exclude(state=SET_ASIDE).exists():
        return
    known.state, known.taken_back_at = TAKEN_BACK, now
    known.save(update_fields=["state", "taken_back_at"])
    _record("reinvitation.taken_back", known, by=by, now=now)


def _record(action: str, one: Reinvitation, *, by: Actor, now: datetime) -> None:
    record(by=by, action=action, subject_kind="reinvitation", subject_id=one.id, student_id=one.student_id, now=now)
