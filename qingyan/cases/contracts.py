"""What crosses the border of cases. Pure."""

from dataclasses import dataclass
from uuid import UUID

# What opens a case or joins it; models.case.Source has their words.
ALERT, CONCERN, SCREENING, HAND = "alert", "concern", "screening", "hand"

# What is to be done for a case; models.todo.ToDoKind has their words.
GUARDIAN_TALK, FIRST_REPORT, WRITTEN_REPORT = "guardian_talk", "first_report", "written_report"
MANDATORY_REPORT, PLAN, CONTACT, FOLLOW_UP, TASK = "mandatory_report", "plan", "contact", "follow_up", "task"
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
