"""A pupil's own word: yes, "not now", taken back. Runs in the pupil's scope; nobody else says it for the pupil."""

from datetime import datetime
from uuid import UUID

from qingyan.consent.contracts import Word
from qingyan.consent.models import AssentEntry
from qingyan.consent.queries.purposes import purpose as purpose_of
from qingyan.foundation.access.actor import Actor, Kind
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.audit.api import record


def say_for_oneself(
    *, purpose: str, word: Word, by: Actor, now: datetime, about: UUID | None = None, text: UUID | None = None
) -> None:
    """Append what the pupil says. Raises NotVisible for anybody but a pupil, KeyError, ValueError for "refused"."""
    if by.kind is not Kind.PUPIL or by.student_id is None or by.school_id is None:
        raise NotVisible("only a pupil assents")
    if word is Word.REFUSED:
        raise ValueError("a pupil is never asked to refuse for good; it is 'not now' or 'withdrawn'")
    AssentEntry.objects.create(
        student_id=by.student_id,
        school_id=by.school_id,
        purpose=purpose_of(purpose).code,
        text_id=text,
        about=about,
        word=word.value,
        recorded_at=now,
    )
    record(
        by=by,
        action="consent.own_word",
        subject_kind="student",
        subject_id=by.student_id,
        student_id=by.student_id,
        detail={"purpose": purpose},
        now=now,
    )
