"""Facts that cases announces to higher domains. Identifiers only."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class CaseMoved:
    """A case took a step of its workflow; the first one, "open", leads to its first state."""

    case_id: UUID
    school_id: int
    student_id: UUID
    verb: str
    state: str
