"""Facts that screening announces inside the transaction that stores them: handlers get (event, cursor). Pure.

Who listens is no business of screening; alerts does. An event never leaves the transaction, so it may hold an answer.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from qingyan.instruments.contracts import Scores


@dataclass(frozen=True, slots=True)
class AnswerSaved:
    """An answer to a critical or watched item was stored. `item` counts from 0; `value` is the stored coding."""

    sitting: UUID
    student: UUID
    school: int
    school_class: int
    instrument: str
    version: str
    item: int
    value: int
    age: int | None
    at: datetime
    request: str = ""


@dataclass(frozen=True, slots=True)
class AnswerSheetScored:
    """A sheet was handed in and scored. `answers` in item order, None where there is none; age in whole years."""

    sitting: UUID
    campaign: UUID
    student: UUID
    school: int
    school_class: int
    instrument: str
    version: str
    answers: tuple[int | None, ...]
    scores: Scores
    age: int | None
    at: datetime
    request: str = ""


@dataclass(frozen=True, slots=True)
class HelpRequested:
    """A pupil asked, while answering, that a teacher come and talk. Nothing says why."""

    sitting: UUID
    student: UUID
    school: int
    school_class: int
    instrument: str
    at: datetime
    request: str = ""
