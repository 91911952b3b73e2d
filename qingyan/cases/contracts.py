"""What crosses the border of cases. Pure."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

# What opens a case or joins it; models.case.Source has their words.
ALERT, CONCERN, SCREENING, HAND = "alert", "concern", "screening", "hand"

# What is to be done for a case; models.todo.ToDoKind has their words.
GUARDIAN_TALK, FIRST_REPORT, WRITTEN_REPORT = "guardian_talk", "first_report", "written_report"
MANDATORY_REPORT, PLAN, CONTACT, FOLLOW_UP, TASK = "mandatory_report", "plan", "contact", "follow_up", "task"
SAME_PUPIL = "same_pupil"
REFERRAL_CHASE, LEAVE_CONTACT, RETURN_REVIEW = "referral", "leave_contact", "return_review"


@dataclass(frozen=True)
class NewSource:
    """What leads to a case: kind (models.Source), its id in its own domain, and what somebody says about it."""

    kind: str
    source: UUID | None = None
    note: str = ""


@dataclass(frozen=True)
class CaseContent:
    """Content of an entry of kind "case" in a pupil's file: which case, which step; no text of a person."""

    case: str
    code: str
    verb: str
    state: str
    level: str

    def as_json(self) -> dict[str, str]:
        """As Entry.content keeps it."""
        return {
            "case": self.case,
            "code": self.code,
            "verb": self.verb,
            "state": self.state,
            "level": self.level,
        }


@dataclass(frozen=True)
class CaseFacts:
    """What stands on the head of every paper about a case, in words. `guardian_withheld`: no letter home."""

    id: UUID
    school_id: int
    code: str
    pupil: str
    school_class: str
    level: str
    state: str
    owner: str
    opened_on: str
    due_on: str
    ended_on: str
    guardian_withheld: bool


@dataclass(frozen=True)
class TalkFacts:
    """One talk, its newest version, in words: (heading, question, answer) lines, situations, the proposal."""

    number: int
    version: int
    at: str
    by: str
    lines: tuple[tuple[str, str, str], ...]
    situations: tuple[tuple[str, str], ...]
    proposed: str
    why: str


@dataclass(frozen=True)
class SeatFacts:
    """One seat of a panel, in words."""

    name: str
    leads: bool
    attended: bool
    vote: str
    signed: bool


@dataclass(frozen=True)
class MeetingFacts:
    """One meeting of the panel that was held, in words."""

    meets_at: str
    brief: str
    materials: tuple[str, ...]
    seats: tuple[SeatFacts, ...]
    decision: str
    criteria: tuple[str, ...]
    minutes: str
    answer: str
    answered_by: str
    answered_at: str


@dataclass(frozen=True)
class ReferralFacts:
    """One referral with a basis, in words: the minimum set and nothing else; no name, no class, no level."""

    number: str
    recipient: str
    opened_on: str
    basis: str
    age: str
    sex: str
    reasons: tuple[str, ...]
    risks: tuple[str, ...]
    contacts: tuple[str, ...]


@dataclass(frozen=True)
class LetterCodes:
    """The two codes of a letter as printed, at the only moment when they are known, and until when they open."""

    secret: str = field(repr=False)
    name_code: str = field(repr=False)
    until: str


@dataclass(frozen=True)
class MonthFacts:
    """Counts of one month of one school, by the level that held at its end ("" is no level yet). Flags that were
    found false are in none of them."""

    opened: dict[str, int]
    in_care: dict[str, int]
    closed: dict[str, int]
    referred: int
    on_leave: int
    incidents: int


@dataclass(frozen=True)
class CaseTrace:
    """What a higher domain may learn an order from: when, what led to it, and what people found; no word of it.

    `found`: True when the first panel (before one: the first talk's proposal) named a level that needs care, False when
    it led to the quiet watch, to a lower level, or the flag was sealed as false; None when nobody has said yet.
    """

    id: UUID
    student: UUID
    opened_at: datetime
    sources: frozenset[UUID]
    found: bool | None
    found_at: datetime | None
    sealed: bool
    away: tuple[datetime, ...]
    follow_ups: tuple[tuple[datetime, datetime | None], ...]


@dataclass(frozen=True)
class ToDoClock:
    """One todo for counting: what kind, until when, when it was done; no pupil, no word."""

    kind: str
    due_at: datetime
    done_at: datetime | None


@dataclass(frozen=True)
class SpanCounts:
    """What was done for cases of one school in a span: numbers only."""

    opened: int
    in_care: int
    talks: int
    referred: int
