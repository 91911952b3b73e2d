"""A guardian's word enters the ledger: keyed in from paper by somebody, or said online. Only ever appended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from qingyan.consent.contracts import Way, Word
from qingyan.consent.models import ConsentEntry
from qingyan.consent.policy import KEY_IN
from qingyan.consent.queries.purposes import purpose as purpose_of
from qingyan.consent.queries.standing import reading_the_ledger
from qingyan.consent.queries.texts import text_asked
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, require
from qingyan.foundation.audit.api import record
from qingyan.organisations.api import SchoolClass
from qingyan.people.api import pupils_of_class


class NoText(Exception):
    """There is nothing to agree to: no text of this purpose has been published for the school."""


@dataclass(frozen=True)
class Answered:
    """What one paper says."""

    student: UUID
    word: Word
    said_on: date
    relation: str = ""


def key_in(*, school_class: SchoolClass, purpose: str, papers: Sequence[Answered], by: Actor, now: datetime) -> int:
    """Append the papers of one class; gives back how many. Raises NotVisible, NoText, KeyError.

    A paper of a pupil who is not in the class is nobody's: NotVisible.
    """
    require(by, KEY_IN, _Place(school_class))
    text = text_asked(school_class.school_id, purpose_of(purpose).code)
    if text is None:
        raise NoText
    here = {pupil.id for pupil in pupils_of_class(by, school_class.id)}
    if any(paper.student not in here for paper in papers):
        raise NotVisible("a pupil of another class")
    rows = [
        ConsentEntry(
            student_id=paper.student,
            school_id=school_class.school_id,
            purpose=purpose,
            text_id=text.id,
            word=paper.word.value,
            way=Way.PAPER.value,
            relation=paper.relation,
            said_on=paper.said_on,
            recorded_at=now,
            recorded_by_id=by.id,
        )
        for paper in papers
    ]
    with reading_the_ledger(school_class.school_id):  # the narrow role of a homeroom teacher writes no line itself
        ConsentEntry.objects.bulk_create(rows)
    for row in rows:
        _record(row, by=by, now=now)
    return len(rows)


def _record(row: ConsentEntry, *, by: Actor, now: datetime) -> None:
    record(
        by=by,
        action="consent.recorded",
        subject_kind="consent_entry",
        subject_id=row.id,
        student_id=row.student_id,
        detail={"purpose": row.purpose, "way": row.way, "text": row.text_id},
        now=now,
    )


@dataclass(frozen=True)
class _Place:
    """What the policy asks of a class: its school and itself."""

    school_class: SchoolClass

    @property
    def school_id(self) -> int:
        """The school."""
        return self.school_class.school_id

    @property
    def school_class_id(self) -> int:
        """The class."""
        return self.school_class.id
