"""What screening gives and takes across its border, and between its own layers: plain frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class Chosen:
    """One instrument of a round for these grades, both ends included; no `screen_rule`: the file's first."""

    instrument: str
    version: str
    grade_from: int
    grade_to: int
    screen_rule: str = ""


@dataclass(frozen=True)
class CampaignPlan:
    """A round as somebody plans it."""

    title: str
    notice: str
    opens_at: datetime
    closes_at: datetime
    instruments: tuple[Chosen, ...]


@dataclass(frozen=True)
class ClassProgress:
    """How far one class is. Who has finished all instruments of the own grade counts as finished."""

    school: int
    school_class: int
    invited: int
    started: int
    finished: int

    @property
    def share(self) -> int:
        """Finished of invited, in whole per cent, rounded down, so that 100 means everybody."""
        return 100 * self.finished // self.invited if self.invited else 0


@dataclass(frozen=True)
class PupilProgress:
    """Whether one pupil has done it; nothing about how."""

    student: UUID
    name: str
    done: int
    asked: int

    @property
    def finished(self) -> bool:
        """Everything asked is handed in."""
        return self.done >= self.asked


@dataclass(frozen=True)
class Answer:
    """One answer on its way in. `item` counts from 0; a higher `seq` is newer; `ms` is the time spent on it."""

    sheet: UUID
    item: int
    value: int
    seq: int
    ms: int


@dataclass(frozen=True)
class HandIn:
    """A hand-in: one `submission` for every try. `answers` are those of the page, `hash` their fingerprint or ""."""

    sheet: UUID
    submission: UUID
    hash: str = ""
    answers: tuple[int | None, ...] | None = None


@dataclass(frozen=True)
class Saved:
    """An answer is stored for good (or a newer one is there already). `answered` counts the answers of the sheet."""

    seq: int
    answered: int


@dataclass(frozen=True)
class Receipt:
    """A sheet is handed in for good; every try of the same hand-in gets the same receipt."""

    sheet: UUID
    submission: UUID
    finished_at: datetime


@dataclass(frozen=True)
class SittingFacts:
    """Whose sitting it is, at what, and whether it is handed in; no answer."""

    id: UUID
    campaign: UUID
    student: UUID
    school: int
    school_class: int
    instrument: str
    version: str
    started_at: datetime
    finished_at: datetime | None
    screen_rule: str = ""  # the round's cut-off where it was asked for; "" is the file's first


@dataclass(frozen=True)
class ReadSheet:
    """The answers of a sitting, in item order, None where there is none. `marks`: item id -> concern."""

    sitting: SittingFacts
    answers: tuple[int | None, ...]
    age: int | None
    saved_at: datetime | None
    marks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class OpenCampaign:
    """A round that is open now, with its progress at this school."""

    id: UUID
    title: str
    closes_at: datetime
    invited: int
    finished: int
    behind: tuple[str, ...]

    @property
    def share(self) -> int:
        """Finished of invited in whole per cent, rounded down."""
        return 100 * self.finished // self.invited if self.invited else 0


@dataclass(frozen=True)
class ScoredSheet:
    """The stored values of one handed-in sheet, by scale."""

    sitting: UUID
    student: UUID
    instrument: str
    version: str
    values: Mapping[str, int | float | None]
    at: datetime


@dataclass(frozen=True)
class ObservedOften:
    """How many behaviours one teacher marked as often seen, 0 included; not which."""

    student: UUID
    at: datetime
    often: int


@dataclass(frozen=True)
class RoundFacts:
    """A round as the counting of a school needs it. `newest`: the last score or verdict on answering there."""

    id: UUID
    of_the_city: bool
    closes_at: datetime
    over: bool
    newest: datetime | None


@dataclass(frozen=True)
class RoundName:
    """A round by name and time; `school` is empty for those of the city."""

    id: UUID
    title: str
    school: int | None
    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True)
class SheetTally:
    """One scored sheet for counting: `reached` None is undecided, `doubtful` None was not judged."""

    student: UUID
    grade: int
    instrument: str
    version: str
    reached: bool | None
    bands: Mapping[str, str]
    doubtful: bool | None
