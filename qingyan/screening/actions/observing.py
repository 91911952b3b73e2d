"""The teachers' observation: one pupil saved, the whole ended by the school. Blind: nothing here reads a score."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, require
from qingyan.foundation.audit.api import record
from qingyan.people import api as people
from qingyan.screening.models import Campaign, Observation, ObservationEnd
from qingyan.screening.observation_form import VERSION
from qingyan.screening.policy import OBSERVE, READ_CANDIDATES
from qingyan.screening.queries.observation import running
from qingyan.screening.queries.progress import ClassRow

LONGEST_SENTENCE = 200


class NotRunning(Exception):
    """The observation has ended or has not begun."""


class TooLong(Exception):
    """The sentence is longer than LONGEST_SENTENCE."""


def observe(
    *, campaign: Campaign, student_id: UUID, marks: Sequence[int], sentence: str, by: Actor, now: datetime
) -> Observation:
    """Write down what a teacher saw of a pupil of the own class; again: the newest counts.

    Raises NotVisible, NotRunning, TooLong.
    """
    pupil = people.pupil(by, student_id)
    if pupil is None or pupil.school_class is None:
        raise NotVisible("no such pupil")
    require(by, OBSERVE, ClassRow(pupil.school, pupil.school_class))
    if running(by, campaign, now=now) is None:
        raise NotRunning
    if len(sentence) > LONGEST_SENTENCE:
        raise TooLong
    found = Observation.objects.filter(campaign=campaign, student_id=student_id, observer_id=by.id).first()
    one = found or Observation(
        campaign=campaign,
        student_id=student_id,
        observer_id=by.id,
        school_id=pupil.school,
        school_class_id=pupil.school_class,
    )
    one.marks, one.sentence, one.form_version, one.saved_at = list(marks), sentence or None, VERSION, now
    one.save(update_fields=["marks", "sentence", "form_version", "saved_at"] if found else None)
    record(
        by=by, action="observation.saved", subject_kind="observation", subject_id=one.id, student_id=student_id, now=now
    )
    return one


def end(*, campaign: Campaign, by: Actor, now: datetime) -> None:
    """End the observation at this school: teachers write no more, the list of candidates appears. Twice is no fault.

    Raises NotVisible.
    """
    require(by, READ_CANDIDATES)
    if running(by, campaign, now=now) is None:
        return
    ObservationEnd.objects.create(campaign=campaign, school_id=by.school_id, ended_at=now, by_id=by.id)
    record(by=by, action="observation.ended", subject_kind="campaign", subject_id=campaign.id, now=now)
