"""Facts that screening announces inside the transaction that stores them: handlers get (event, cursor). Pure.

Who listens is no business of screening; alerts does. An event never leaves the transaction, so it may hold an answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from qingyan.instruments.contracts import Scores


@dataclass(frozen=True, slots=True)
class AnswerSaved:
    """An answer to a critical, watched or marked item was stored. `item` counts from 0; `value` is the stored coding.

    `marks`: item id -> concern, of the brought wording that the round froze.
    """

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
    marks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AnswerSheetScored:
    """A sheet was handed in and scored. `answers` in item order, None where there is none; age in whole years.

    `marks` as in AnswerSaved.
    """

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
    marks: Mapping[str, str] = field(default_factory=dict)


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
