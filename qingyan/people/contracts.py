"""What people gives across its border: plain frozen values, never a model."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from qingyan.foundation.access.roles import Role
from qingyan.people.rules.posts import CITY, DISTRICT, SCHOOL
from qingyan.people.rules.tickets import PupilTicket

__all__ = [
    "Appointment",
    "AskedPerson",
    "Hired",
    "Holder",
    "ImportReport",
    "PrintedSlip",
    "Pupil",
    "PupilTicket",
    "RowProblem",
]


@dataclass(frozen=True)
class Pupil:
    """A pupil as other domains may show one. `school_class` is None for somebody without a present class."""

    id: UUID
    school: int
    school_class: int | None
    name: str
    masked_name: str
    sex: str
    birth_date: date | None
    state: str


@dataclass(frozen=True)
class PrintedSlip:
    """One slip at the only moment when its code is known."""

    student: UUID
    name: str
    code: str
    picture: str
    expires_at: datetime


@dataclass(frozen=True)
class RowProblem:
    """A row of a roster file and what is wrong with it, in the reader's language; `level` is "error" or "warning"."""

    line: int
    level: str
    text: str


@dataclass(frozen=True)
class ImportReport:
    """What a roster file would do, or did, to a school's register. `refusal` says why it cannot be used at all."""

    school: str
    file_name: str
    committed: bool
    refusal: str
    rows_total: int
    rows_good: int
    rows_bad: int
    new: int
    changed: int
    moved: int
    unchanged: int
    duplicate: int
    elsewhere: int
    missing: int
    new_classes: int
    problems: tuple[RowProblem, ...]


@dataclass(frozen=True)
class AskedPerson:
    """Who a school asks another one for, as it knows them itself. Numbers find the file and are not kept."""

    name: str
    sex: str
    birth_date: date | None
    id_number: str = ""
    student_number: str = ""


@dataclass(frozen=True)
class Identity:
    """Who a pupil is, as the head of a file shows it. `enrolments` newest first."""

    pupil: Pupil
    ethnicity: str
    enrolments: tuple["EnrolmentLine", ...]


@dataclass(frozen=True)
class EnrolmentLine:
    """A pupil in a class for a period; `ends_on` is None for the present one."""

    year: str
    school_class: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True)
class Appointment:
    """A post to be given: a role at exactly one place, from a day on. A class belongs to its school."""

    role: Role
    starts_on: date
    city_id: int | None = None
    district_id: int | None = None
    school_id: int | None = None
    school_class_id: int | None = None

    @property
    def place(self) -> str:
        """The kind of place."""
        if self.school_id is not None:
            return SCHOOL
        return DISTRICT if self.district_id is not None else CITY


@dataclass(frozen=True)
class Hired:
    """A new account at the only moment when its one-time password is known."""

    account: UUID
    login: str
    name: str
    password: str


@dataclass(frozen=True)
class Holder:
    """A member of staff and a role that they hold at the place asked about."""

    account: UUID
    name: str
    role: Role
